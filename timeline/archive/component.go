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
type component struct {
	slots     []int32    // in sequence order
	positions []position // of those that count; those of an extended component that were replaced since are left
	known     edtf.Day   // the last day on which one of them may become known
	sequenced bool
}

// newComponent returns the component of the events of v at slots, which are in sequence
// order, or what is wrong with them.
func (v *version[S, E]) newComponent(slots []int32, sequenced bool) (*component, timeline.Faults) {
	k := &component{slots: slots, known: edtf.DistantPast, sequenced: sequenced}
	for _, slot := range slots {
		k.known = max(k.known, v.knownDays(slot).Last)
	}
	var ok bool
	if k.positions, ok = v.positionsOf(k, edtf.DistantFuture); !ok {
		return k, v.faults(k)
	}
	return k, nil
}

// with returns k with one more event, which is last in sequence order, stands at p and
// may become known until a day. The two share what they have in common: only the newest
// of a component gets more.
func (k *component) with(p position, known edtf.Day) *component {
	return &component{
		slots: append(k.slots, p.slot), positions: append(k.positions, p),
		known: max(k.known, known), sequenced: k.sequenced,
	}
}

// bytes returns about how many bytes k takes, with what the stream knows of its events.
func (k *component) bytes() int64 {
	return allocated[component](1) + allocated[owner](1) + allocated[int32](cap(k.slots)) + allocated[position](cap(k.positions)) + int64(len(k.slots))*linkedBytes
}

// linkedBytes is how many bytes an event takes in the map of those in components.
const linkedBytes = 40

// faults returns what is wrong with the order of the events of k.
func (v *version[S, E]) faults(k *component) timeline.Faults {
	events := make([]timeline.Event[E], len(k.slots))
	for i, slot := range k.slots {
		events[i] = v.event(slot)
	}
	_, err := timeline.NewLenient(v.stream.archive.fold, events...) // which folds nothing
	var faults timeline.Faults
	errors.As(err, &faults)
	return faults
}

// knownDays returns the days between which the event at slot became known.
func (v *version[S, E]) knownDays(slot int32) worlds.Range {
	c := v.events.at(slot)
	if c.known != 0 {
		return v.stream.archive.dates.bounds(c.known)
	}
	return v.stream.archive.dates.bounds(c.when)
}

// positionsOf returns where the events of k stand in the baseline as known on day,
// or false if they have no order.
func (v *version[S, E]) positionsOf(k *component, day edtf.Day) ([]position, bool) {
	a, ok := v.arrange(k, day)
	if !ok {
		return nil, false
	}
	inBaseline := worlds.BaselineOf(a.items, day)
	var positions []position
	for i := range a.items {
		if inBaseline(i) {
			positions = append(positions, a.position(i))
		}
	}
	slices.SortFunc(positions, func(a, b position) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.order, b.order))
	})
	return positions, true
}

// An arrangement is the events of a component that may be known by some day, each behind its
// After.
type arrangement struct {
	items   []worlds.Item
	slots   []int32 // of each item
	anchors []int32 // of each item; see anchorsOf
}

// arrange arranges the events of k that may be known by the end of day, or reports that they
// have no order.
func (v *version[S, E]) arrange(k *component, day edtf.Day) (arrangement, bool) {
	shown := v.shown(k, day)
	items, order, faults := worlds.Arrange(len(shown), func(n int) worlds.Fact[uuid.UUID] { return v.fact(shown[n]) })
	if len(faults) > 0 {
		return arrangement{}, false
	}
	a := arrangement{items: items, slots: make([]int32, len(items)), anchors: make([]int32, len(items))}
	for i, anchor := range anchorsOf(items, order) {
		a.slots[i], a.anchors[i] = shown[order[i]], shown[anchor]
	}
	if k.sequenced {
		worlds.Sequence(items)
	}
	return a, true
}

// position returns where item i stands in the baseline, if it counts.
func (a *arrangement) position(i int) position {
	it := &a.items[i]
	return position{day: it.Latest(), known: it.Known.Last, order: int32(i), slot: a.slots[i], anchor: a.anchors[i]}
}

// shown returns the events of k that may be known by the end of day, in sequence order.
func (v *version[S, E]) shown(k *component, day edtf.Day) (slots []int32) {
	for _, slot := range k.slots {
		if v.knownDays(slot).First <= day {
			slots = append(slots, slot)
		}
	}
	return slots
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

// fact returns what decides about the order of the event at slot, and whether it is true.
func (v *version[S, E]) fact(slot int32) worlds.Fact[uuid.UUID] {
	e := v.event(slot)
	return worlds.Fact[uuid.UUID]{
		Key: e.ID, When: e.When, Known: e.KnowledgeTime(), After: e.After, Replaces: e.Replaces,
		Rival: e.Rival, Rank: int8(e.Rank), Inert: e.Retracts(),
	}
}
