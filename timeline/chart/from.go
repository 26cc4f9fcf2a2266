package chart

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// SpanOf returns a period as an item without a label, whose text is the period in
// words. Its key is the name of the event that began it, if it was one.
func SpanOf[E any](p timeline.Period[E]) Item {
	item := Item{Text: p.String(), Kind: Span, When: p.From, Until: p.Until, Undecided: p.Interrupted || p.Incomplete != nil || p.Held != edtf.Certain}
	if len(p.Began) == 1 {
		item.Key, item.Rival = p.Began[0].Label(), p.Began[0].Rival
	}
	return item
}

// InstantOf returns an event as an item without a label; its key and its text are
// the event's name.
func InstantOf[E any](e timeline.Event[E]) Item {
	return Item{Key: e.Label(), Text: e.Label(), When: e.When, Rival: e.Rival}
}
