package timeline

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A knot is a set of events of one stream that have a say in whether, or when,
// each other counts: rivals, corrections with what they replace, and what
// comes after one another. Where an event of a knot stands in the reading is
// worked out from the whole knot; all other events stand where their own dates
// put them. A knot is never changed: one more event makes a new one.
type knot[E any] struct {
	slots  []int32
	events []*Event[E] // of the slots
	places []place     // of those that count, in the order of the reading
	known  edtf.Day    // the last day on which one of them may become known
}

// tie returns the knot of the events at slots, or what is wrong with their
// order.
func tie[E any](slots []int32, events []*Event[E]) (*knot[E], Faults) {
	k := &knot[E]{slots: slots, events: events, known: edtf.DistantPast}
	for _, e := range events {
		k.known = max(k.known, e.known().Latest())
	}
	var faults Faults
	k.places, faults = k.knownOn(edtf.DistantFuture)
	return k, faults
}

// knownOn returns where the events of k stand in the reading as known on day.
func (k *knot[E]) knownOn(day edtf.Day) ([]place, Faults) {
	var shown []*Event[E]
	slot := map[*Event[E]]int32{}
	for i, e := range k.events {
		if e.known().Earliest() <= day {
			shown = append(shown, e)
			slot[e] = k.slots[i]
		}
	}
	items, faults := order(shown)
	if len(faults) > 0 {
		return nil, faults
	}
	v := everything[E]()
	v.known = day
	modes := newModes(items, v)
	var places []place
	lead := make([]int, len(items))
	for i := range items {
		lead[i] = i
		for _, j := range items[i].before {
			if byTelling(items[lead[j]].event, items[lead[i]].event) > 0 {
				lead[i] = lead[j]
			}
		}
		if modes.settled(i) {
			places = append(places, place{
				day: items[i].latest(), known: items[i].known.last, slot: slot[items[i].event],
				lead: slot[items[lead[i]].event], order: int32(i),
			})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.order, b.order))
	})
	return places, nil
}
