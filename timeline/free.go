package timeline

import (
	"cmp"
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Toucher is a payload that says what its event has to do with: names of
// parts of the state that the fold reads or changes for it, in whatever terms
// suit the state.
//
// It is a promise about the fold. Two events that touch nothing in common can be
// folded in either order with equal results, and neither decides whether the
// fold refuses the other. Once their windows are over, events that keep this
// promise decide nothing about each other and cost nothing, where otherwise n
// of them whose windows overlap would make 2 to the n worlds on the way. On a
// day inside their windows there still are 2 to the n: each may have happened
// or not. A payload without the method touches [Everything].
type Toucher interface {
	Touches() []string
}

// Everything is touched by an event that may have to do with any other.
const Everything = "*"

// free finds the items whose order decides nothing, because they have nothing
// to do with any item that they might change places with. Such an item need
// not be placed among the others: it is folded on its latest day, and while
// that has not come it may have happened or not.
type free[E any] struct {
	items  []item[E]
	modes  *modes
	byPart map[string]*spanIndex // the items that touch each part
	all    *spanIndex
	parts  [][]string
	is     []bool     // whether each item is free
	spans  *spanIndex // of the free ones
}

func newFree[E any](items []item[E], m *modes) *free[E] {
	f := &free[E]{items: items, modes: m, is: make([]bool, len(items)), spans: &spanIndex{}}
	if !f.findParts() {
		return f
	}
	for i := range items {
		if f.mayBe(i) && !f.meetsAny(i) {
			f.is[i] = true
		}
	}
	f.keepEdgesInside()
	var is []int
	for i := range items {
		if f.is[i] {
			is = append(is, i)
		}
	}
	f.spans = newSpanIndex(is, f.span)
	return f
}

// findParts asks every payload what it touches, and reports whether any says.
func (f *free[E]) findParts() bool {
	said := false
	f.parts = make([][]string, len(f.items))
	members := map[string][]int{}
	var all []int
	for i := range f.items {
		if f.modes.status[i] == out && !f.items[i].edges {
			continue
		}
		f.parts[i] = touched(f.items[i].event)
		said = said || !slices.Contains(f.parts[i], Everything)
		all = append(all, i)
		for _, part := range f.parts[i] {
			members[part] = append(members[part], i)
		}
	}
	if !said {
		return false
	}
	f.byPart = map[string]*spanIndex{}
	for part, is := range members {
		f.byPart[part] = newSpanIndex(is, f.span)
	}
	f.all = newSpanIndex(all, f.span)
	return true
}

// related reports whether items i and j touch anything in common.
func (f *free[E]) related(i, j int) bool {
	if f.byPart == nil {
		return true
	}
	return slices.ContainsFunc(f.parts[i], func(part string) bool {
		return part == Everything && len(f.parts[j]) > 0 || slices.Contains(f.parts[j], part) ||
			slices.Contains(f.parts[j], Everything)
	})
}

// span returns the days from the first on which item i may happen to the last
// on which it may matter when it does. An item that may never be known matters
// for ever.
func (f *free[E]) span(i int) days {
	if f.modes.status[i] == loose {
		return days{f.items[i].earliest(), edtf.DistantFuture}
	}
	return days{f.items[i].earliest(), f.items[i].latest()}
}

// mayBe reports whether item i is of a kind that can be free.
func (f *free[E]) mayBe(i int) bool {
	return (f.modes.status[i] == counts || f.modes.status[i] == loose) && len(f.items[i].days) == 1 &&
		!slices.Contains(f.parts[i], Everything)
}

// meetsAny reports whether item i touches a part that another item touches
// which it might change places with.
func (f *free[E]) meetsAny(i int) bool {
	parts := f.parts[i]
	if len(parts) > 0 {
		parts = append(slices.Clip(parts), Everything)
	}
	for _, part := range parts {
		if index := f.byPart[part]; index != nil && index.anyOther(i, f.span(i)) {
			return true
		}
	}
	return false
}

// keepEdgesInside drops free items that come before one that is not free: that
// one has to know whether they have happened.
func (f *free[E]) keepEdgesInside() {
	for i := len(f.items) - 1; i >= 0; i-- {
		if !f.is[i] {
			for _, j := range f.items[i].before {
				f.is[j] = false
			}
		}
	}
}

// pending returns the free items that may have happened by day, or not.
func (f *free[E]) pending(day edtf.Day) []int {
	var is []int
	f.spans.each(days{day, day}, func(i int) bool {
		if f.modes.status[i] == loose || f.items[i].latest() > day {
			is = append(is, i)
		}
		return true
	})
	slices.Sort(is)
	return is
}

// anyPending reports whether pending would return any.
func (f *free[E]) anyPending(day edtf.Day) bool {
	found := false
	f.spans.each(days{day, day}, func(i int) bool {
		found = f.modes.status[i] == loose || f.items[i].latest() > day
		return !found
	})
	return found
}

// A spanIndex finds the items whose spans touch given days.
type spanIndex struct {
	items  []int // by first day
	spans  []days
	latest []edtf.Day // the latest day of the spans up to each
}

func newSpanIndex(items []int, span func(int) days) *spanIndex {
	x := &spanIndex{items: slices.Clone(items)}
	slices.SortStableFunc(x.items, func(i, j int) int { return cmp.Compare(span(i).first, span(j).first) })
	latest := edtf.DistantPast
	for _, i := range x.items {
		s := span(i)
		latest = max(latest, s.last)
		x.spans, x.latest = append(x.spans, s), append(x.latest, latest)
	}
	return x
}

// each calls yield with the items whose spans touch r, until it returns false.
func (x *spanIndex) each(r days, yield func(i int) bool) {
	n := sort.Search(len(x.items), func(n int) bool { return x.spans[n].first > r.last })
	for n--; n >= 0 && x.latest[n] >= r.first; n-- {
		if x.spans[n].last >= r.first && !yield(x.items[n]) {
			return
		}
	}
}

// anyOther reports whether the span of an item other than i touches r.
func (x *spanIndex) anyOther(i int, r days) bool {
	found := false
	x.each(r, func(j int) bool {
		found = j != i
		return !found
	})
	return found
}

// expand adds to the worlds of f, which are those on its day, the ways in which
// free items may have happened by then: those with fewer of them first, so that
// the nearest ones are there even if there are too many.
func (w *sweep[S, E]) expand(f frontier[S]) frontier[S] {
	pending := w.free.pending(f.day)
	if len(pending) == 0 {
		return f
	}
	f = w.whole(f)
	worlds := slices.Clone(f.worlds)
	next := make([]int, len(worlds), MaxWorlds) // which pending item may come next in each
	for n := 0; n < len(worlds); n++ {
		for m := next[n]; m < len(pending); m++ {
			y, ok := w.addFree(worlds[n], pending[m], f.day)
			if !ok || !w.items[pending[m]].edges && w.rules.equal(worlds[n].state, y.state) {
				continue // it changes nothing, nor would it together with others
			}
			if len(worlds) == MaxWorlds {
				f.incomplete, f.worlds = true, worlds
				return f
			}
			worlds, next = append(worlds, y), append(next, m+1)
		}
	}
	f.worlds = worlds
	return f
}

// addFree returns x with free item i, or false if that cannot be.
func (w *sweep[S, E]) addFree(x world[S], i int, day edtf.Day) (world[S], bool) {
	for _, j := range w.items[i].before {
		happened := w.items[j].latest() <= day || placed(&x, j)
		if !happened && !slices.Contains(x.departs, depart{j, early}) {
			return x, false
		}
	}
	s, err := w.rules.step(x.state, w.items[i].event)
	x.state = s
	x.departs = insert(x.departs, depart{i, early}, compareDeparts)
	x.placed = insert(x.placed, i, cmp.Compare[int])
	x.told = &told{before: x.told, item: i}
	return x, err == nil
}
