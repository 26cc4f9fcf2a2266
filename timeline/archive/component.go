package archive

import (
	"cmp"
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A component is a set of events of one stream that decide about each other:
// whether they count, or on which day. They are rivals, corrections with what
// they replace, events that come after one another and, if the sequence is
// authoritative, events whose windows overlap. The positions of its events are
// worked out from the whole component; all other events stand where their own
// dates put them. A component is never changed: one more event makes a new one.
type component[E any] struct {
	slots     []int32              // in sequence order
	events    []*timeline.Event[E] // at the slots
	positions []position           // of those that count; those of an extended component that were replaced since are left
	known     edtf.Day             // the last day on which one of them may become known
	sequenced bool
}

// newComponent returns the component of the events at slots, which are in
// sequence order, or what is wrong with them.
func newComponent[E any](slots []int32, events []*timeline.Event[E], sequenced bool) (*component[E], timeline.Faults) {
	k := &component[E]{slots: slots, events: events, known: edtf.DistantPast, sequenced: sequenced}
	for _, e := range events {
		k.known = max(k.known, e.KnowledgeTime().Latest())
	}
	var ok bool
	if k.positions, ok = k.knownOn(edtf.DistantFuture); !ok {
		return k, k.faults()
	}
	return k, nil
}

// with returns k with one more event, which is last in sequence order and stands at p.
// The two share what they have in common: only the newest of a component gets more.
func (k *component[E]) with(p position, e *timeline.Event[E]) *component[E] {
	return &component[E]{
		slots: append(k.slots, p.slot), events: append(k.events, e), positions: append(k.positions, p),
		known: max(k.known, e.KnowledgeTime().Latest()), sequenced: k.sequenced,
	}
}

// faults returns what is wrong with the order of the events.
func (k *component[E]) faults() timeline.Faults {
	events := make([]timeline.Event[E], len(k.events))
	for i, e := range k.events {
		events[i] = *e
	}
	fold := func(s struct{}, _ timeline.Event[E]) (struct{}, error) { return s, nil }
	_, err := timeline.NewLenient(fold, events...)
	var faults timeline.Faults
	errors.As(err, &faults)
	return faults
}

// knownOn returns where the events of k stand in the baseline as known on day,
// or false if they have no order.
func (k *component[E]) knownOn(day edtf.Day) ([]position, bool) {
	var shown []int
	for i, e := range k.events {
		if e.KnowledgeTime().Earliest() <= day {
			shown = append(shown, i)
		}
	}
	items, order, faults := worlds.Arrange(len(shown), func(n int) worlds.Fact[uuid.UUID] { return factOf(k.events[shown[n]]) })
	if len(faults) > 0 {
		return nil, false
	}
	anchors := anchorsOf(items, order)
	if k.sequenced {
		worlds.Sequence(items)
	}
	inBaseline := worlds.BaselineOf(items, day)
	var positions []position
	for i := range items {
		if inBaseline(i) {
			positions = append(positions, position{
				day: items[i].Latest(), known: items[i].Known.Last, order: int32(i),
				slot: k.slots[shown[order[i]]], anchor: k.slots[shown[anchors[i]]],
			})
		}
	}
	slices.SortFunc(positions, func(a, b position) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.order, b.order))
	})
	return positions, true
}

// anchorsOf returns for each item the last fact in sequence order among it and
// all that come before it.
func anchorsOf(items []worlds.Item, order []int) []int {
	anchors := make([]int, len(items))
	for i := range items {
		anchors[i] = order[i]
		for _, j := range items[i].Before {
			anchors[i] = max(anchors[i], anchors[j])
		}
	}
	return anchors
}

// factOf returns what decides about the order of e, and whether it is true.
func factOf[E any](e *timeline.Event[E]) worlds.Fact[uuid.UUID] {
	return worlds.Fact[uuid.UUID]{
		Key: e.ID, When: e.When, Known: e.KnowledgeTime(), After: e.After, Replaces: e.Replaces,
		Rival: e.Rival, Rank: int8(e.Rank), Inert: e.Retracts(),
	}
}
