package archive

import (
	"cmp"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An undecidedSpan is the days on which an event is undecided.
type undecidedSpan struct {
	from     int32
	slot     int32
	order    int32 // among all spans: the order of their events
	earliest int32 // the least from of this span and those behind it
	never    bool  // it is not decided in the distant future either
}

// undecidedIndex has the spans of a version: those that end, by their last day, and those
// that do not, by their first. Few span a day; they are found without a look at the others.
type undecidedIndex struct {
	until        []int32 // when each of ending ends; the day itself is out
	ending, open []undecidedSpan
}

// on appends the spans that day is in to found, in the order of their events.
func (x *undecidedIndex) on(found []undecidedSpan, day int32) []undecidedSpan {
	first := len(found)
	for i := worlds.Search(x.until, day); i < len(x.ending) && x.ending[i].earliest <= day; i++ {
		if x.ending[i].from <= day {
			found = append(found, x.ending[i])
		}
	}
	if len(x.open) == 0 || x.open[0].from > day {
		return found
	}
	for i := 0; i < len(x.open) && x.open[i].from <= day; i++ {
		if day < int32(edtf.DistantFuture) || x.open[i].never {
			found = append(found, x.open[i])
		}
	}
	slices.SortFunc(found[first:], func(a, b undecidedSpan) int { return cmp.Compare(a.order, b.order) })
	return found
}

// An openEvent is one that is undecided at some time, and where it stands.
type openEvent struct {
	position
	from, until int32
	never       bool // whether it counts is not decided on any day
}

// undecidedNow returns the index of what is undecided in v as known now.
func (v *version[S, E]) undecidedNow() *undecidedIndex {
	x := v.undecided.Load()
	if x == nil {
		x = v.findUndecided(edtf.DistantFuture)
		v.undecided.Store(x)
	}
	return x
}

// findUndecided returns the index of what is undecided in v as known on a day.
func (v *version[S, E]) findUndecided(known edtf.Day) *undecidedIndex {
	linked := map[int32]bool{}
	var events []openEvent
	for _, k := range v.components() {
		for _, slot := range k.slots {
			linked[slot] = true
		}
		events = append(events, v.openIn(k, known)...)
	}
	for slot := int32(0); slot < int32(v.events.len()); slot++ {
		w, k := v.window(slot), v.knownDays(slot)
		if k.First > known || k.Last <= known && w.First == w.Last || len(linked) > 0 && linked[slot] {
			continue
		}
		events = append(events, openEvent{v.ownPosition(slot), int32(w.First), decided(k.Last <= known, w.Last), k.Last > known})
	}
	slices.SortFunc(events, func(a, b openEvent) int { return v.comparePositions(a.position, b.position) })
	return indexOf(events)
}

// decided returns from which day an event is decided: whether it counts then is certain or
// will never be.
func decided(certain bool, latest edtf.Day) int32 {
	if !certain {
		return math.MaxInt32
	}
	return int32(latest)
}

// openIn returns the events of k that are undecided at some time, as known on a day.
func (v *version[S, E]) openIn(k *component, known edtf.Day) (events []openEvent) {
	a, ok := v.arrange(k, known)
	if !ok {
		return nil // it had no faults when it was made
	}
	conflicts := worlds.NewConflicts(a.items, known, nil)
	for i := range a.items {
		it := &a.items[i]
		some, all := conflicts.True(i)
		if !some || all && it.Exact() {
			continue
		}
		events = append(events, openEvent{a.position(i), int32(it.Earliest()), decided(all, it.Latest()), !all})
	}
	return events
}

// indexOf returns the index of events, which are in order.
func indexOf(events []openEvent) *undecidedIndex {
	x := &undecidedIndex{}
	for i, e := range events {
		s := undecidedSpan{from: e.from, slot: e.slot, order: int32(i), earliest: e.from, never: e.never}
		if e.until == math.MaxInt32 {
			x.open = append(x.open, s)
		} else {
			x.until, x.ending = append(x.until, e.until), append(x.ending, s)
		}
	}
	x.until, x.ending, x.open = slices.Clone(x.until), slices.Clone(x.ending), slices.Clone(x.open) // without room for more
	for i := len(x.ending) - 2; i >= 0; i-- {
		x.ending[i].earliest = min(x.ending[i].earliest, x.ending[i+1].earliest)
	}
	slices.SortStableFunc(x.open, func(a, b undecidedSpan) int { return cmp.Compare(a.from, b.from) })
	return x
}

// bytes returns about how many bytes x takes.
func (x *undecidedIndex) bytes() int64 {
	if x == nil {
		return 0
	}
	return allocated[undecidedIndex](1) + allocated[int32](cap(x.until)) + allocated[undecidedSpan](cap(x.ending)) + allocated[undecidedSpan](cap(x.open))
}
