package worlds

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Frontier is the distinct worlds at the end of a day: those that have become
// alike are one. After two items of one month, 0 and 1, which both add to a number, there
// are four on a day in the middle of the month, and one at its end:
//
//	what has happened   in the middle          at the end
//	nothing             0; nothing is placed
//	item 0              1; 0 is placed
//	item 1              1; 1 is placed
//	both                2; 0, 1 are placed     2; nothing is placed, since both are over
//
// What is placed is what tells worlds with equal states apart: which items can still
// happen in them.
type Frontier struct {
	Day        edtf.Day
	IsBaseline bool // the only world is the baseline; Worlds is nil then
	Incomplete bool // there were more worlds than MaxWorlds
	Worlds     []World

	atStart bool // the first day has not come yet
}

// A World is one way in which things can have been, up to a day. Two worlds with
// equal states, in which the same items can still happen, have the same future, so
// they are one World. Its deviations and its folded items are those of the nearest
// to the baseline of all that it stands for.
type World struct {
	State State

	seen         any         // by an observer, on the way
	placed       []int       // the items that have happened and could still come later; sorted
	alternatives []choice    // of the conflict sets that are open; sorted
	deviations   []Deviation // how it differs from the baseline; sorted
	folded       *foldedItem // what was folded, as one of the ways that led to State
}

// A choice is the alternative that a world has of a conflict set.
type choice struct{ set, alternative int }

// A foldedItem is an item that was folded and, before it, the others. The first
// in the list is no item: it says how many items of the baseline come before.
type foldedItem struct {
	before *foldedItem
	item   int
}

// placedHas reports whether item i is among those that have happened and could
// still come later.
func (x *World) placedHas(i int) bool {
	_, ok := slices.BinarySearch(x.placed, i)
	return ok
}

// alternative returns which alternative x has of set n. If the set is not open it is
// that of the baseline: no member can have happened yet, or all are over.
func (x *World) alternative(n int) int {
	for _, c := range x.alternatives {
		if c.set == n {
			return c.alternative
		}
	}
	return 0
}

// key identifies what x has placed and which alternatives it has: together with its
// state, all that its future depends on. See worldSet.
func (x *World) key() string {
	b := make([]byte, 0, 64)
	for _, i := range x.placed {
		b = binary.AppendUvarint(b, uint64(i)+1)
	}
	b = append(b, 0)
	for _, c := range x.alternatives {
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(c.set)), uint64(c.alternative))
	}
	return string(b)
}

// isTrue reports whether item i is true in x.
func (e *Engine) isTrue(x *World, i int) bool {
	if e.conflicts.status[i] != contested {
		return e.conflicts.status[i] != excluded
	}
	n := e.conflicts.setOf[i]
	return e.conflicts.sets[n].alternatives[x.alternative(n)].has(i)
}

// compact marks a frontier whose only world is the baseline as such: nothing is
// placed that could still come later, no conflict set is open, and nothing differs
// from the baseline. Its state is then among those that the baseline keeps.
func (e *Engine) compact(f Frontier) Frontier {
	if len(f.Worlds) == 1 && !f.Incomplete && e.observer == nil {
		x := &f.Worlds[0]
		if len(x.placed)+len(x.alternatives)+len(x.deviations) == 0 && (!e.valuesOnly || e.isBaselineState(x.State, f.Day)) {
			f.IsBaseline, f.Worlds = true, nil
		}
	}
	return f
}

// isBaselineState reports whether the baseline has a state that is equal to s on day.
func (e *Engine) isBaselineState(s State, day edtf.Day) bool {
	b, refused := e.baseline.AnyState(e.baseline.Count(day))
	return refused == nil && e.rules.Equal(s, b)
}

// Materialise returns f with its world in Worlds if it is the baseline. There
// is none if the fold refuses an item of the baseline.
func (e *Engine) Materialise(f Frontier) Frontier {
	if !f.IsBaseline {
		return f
	}
	n := 0
	if !f.atStart {
		n = e.baseline.Count(f.Day)
	}
	s, err := e.baseline.AnyState(n)
	f.IsBaseline = false
	if err == nil {
		f.Worlds = []World{{State: s, folded: &foldedItem{item: n}}}
	}
	return f
}

// Folded returns the items that were folded in x, in order.
func (e *Engine) Folded(x *World) []int {
	var items []int
	at := x.folded
	for ; at.before != nil; at = at.before {
		items = append(items, at.item)
	}
	slices.Reverse(items)
	return slices.Concat(e.baseline.Items()[:at.item], items)
}

// Deviations returns how x, a world on day, differs from the baseline of that
// day: the deviations that it came with, and the items that have happened in x
// though their latest day has not come. An item that is absent differs only once
// the baseline has it.
func (e *Engine) Deviations(x *World, day edtf.Day) []Deviation {
	var ds []Deviation
	for _, d := range x.deviations {
		if d.Kind != Absent || e.items[d.Item].Latest() <= day {
			ds = append(ds, d)
		}
	}
	for _, i := range x.placed {
		if e.isTrue(x, i) {
			ds = append(ds, Deviation{i, Earlier})
		}
	}
	slices.SortFunc(ds, CompareDeviations)
	return slices.Compact(ds)
}

// CompareSets orders sets of deviations: fewer come before more.
func CompareSets(a, b []Deviation) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.CompareFunc(a, b, CompareDeviations))
}

// insert returns s, which is sorted, with x, as a new slice.
func insert[T comparable](s []T, x T, compare func(a, b T) int) []T {
	n, found := slices.BinarySearchFunc(s, x, compare)
	if found {
		return s
	}
	return slices.Insert(slices.Clip(s), n, x)
}
