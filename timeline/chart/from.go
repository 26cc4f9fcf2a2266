package chart

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// SpanOf returns a period as an item without texts. Its key is the name of the
// event that began it, if it was one.
func SpanOf[E any](p timeline.Period[E]) Item {
	item := Item{Kind: Span, When: p.From, Until: p.Until, Undecided: p.Undecided || p.Held != edtf.Certain}
	if len(p.Began) == 1 {
		item.Key = p.Began[0].Label()
	}
	return item
}

// InstantOf returns an event as an item without texts; its key is the event's
// name.
func InstantOf[E any](e timeline.Event[E]) Item {
	return Item{Key: e.Label(), When: e.When, Rival: e.Rival}
}
