package worlds

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// independence finds the items whose order decides nothing: they have no part
// of the state in common with any item that they might change places with. Such
// an item needs no place among the others: it is folded on its latest day, and
// until that day has come it may have happened or not.
//
// This is what keeps a month of unrelated events cheap. Thirty events of one
// month that all depend on each other make two to the thirty sets of what may have
// happened first, and all of them are carried through the month. If each has a
// part of its own they are all independent, nothing is carried, and once the month
// is over there is one world. On a day within the month there still are as many
// worlds as sets, and Expand lists them, those with few events first.
//
// An item is not independent if it is in a conflict, has a window with gaps, may
// have to do with any other, or comes before an item that is dependent.
type independence struct {
	items     []Item
	conflicts *Conflicts
	scopes    [][]string
	byPart    map[string]*spanIndex // the items with each part in their scope
	below     map[string]*spanIndex // the items with a part below each in their scope
	is        []bool                // whether each item is independent
	spans     *spanIndex            // of the independent ones
}

// noneIndependent says that every item depends on every other.
func noneIndependent(items []Item, c *Conflicts) *independence {
	return &independence{items: items, conflicts: c, is: make([]bool, len(items)), spans: &spanIndex{}}
}

func newIndependence(items []Item, c *Conflicts, scope func(int) []string) *independence {
	d := noneIndependent(items, c)
	if !d.findScopes(scope) {
		return d
	}
	for i := range items {
		d.is[i] = d.mayBe(i) && !d.meetsAny(i)
	}
	d.excludePredecessors()
	var is []int
	for i := range items {
		if d.is[i] {
			is = append(is, i)
		}
	}
	d.spans = newSpanIndex(is, d.span)
	return d
}

// findScopes asks for the scope of every item, and reports whether any is less
// than everything.
func (d *independence) findScopes(scope func(int) []string) bool {
	limited := false
	d.scopes = make([][]string, len(d.items))
	members, below := map[string][]int{}, map[string][]int{}
	for i := range d.items {
		if d.conflicts.status[i] == excluded && !d.items[i].Linked {
			continue
		}
		d.scopes[i] = scope(i)
		limited = limited || !slices.Contains(d.scopes[i], AnyPart)
		for _, part := range d.scopes[i] {
			members[part] = append(members[part], i)
			for above := range PartsAbove(part) {
				below[above] = append(below[above], i)
			}
		}
	}
	if !limited {
		return false
	}
	d.byPart, d.below = d.indexes(members), d.indexes(below)
	return true
}

// indexes returns an index of the spans of each list of items.
func (d *independence) indexes(lists map[string][]int) map[string]*spanIndex {
	indexes := make(map[string]*spanIndex, len(lists))
	for part, is := range lists {
		indexes[part] = newSpanIndex(is, d.span)
	}
	return indexes
}

// dependent reports whether the scopes of items i and j have a part in common.
func (d *independence) dependent(i, j int) bool {
	if d.byPart == nil {
		return true
	}
	return slices.ContainsFunc(d.scopes[i], func(a string) bool {
		return slices.ContainsFunc(d.scopes[j], func(b string) bool { return PartsOverlap(a, b) })
	})
}

// span returns the days from the first on which item i may happen to the last
// on which it may matter when it does. An item that may never be known matters
// for ever.
func (d *independence) span(i int) Range {
	if d.conflicts.status[i] == optional {
		return Range{d.items[i].Earliest(), edtf.DistantFuture}
	}
	return Range{d.items[i].Earliest(), d.items[i].Latest()}
}

// mayBe reports whether item i is of a kind that can be independent.
func (d *independence) mayBe(i int) bool {
	s := d.conflicts.status[i]
	return (s == included || s == optional) && len(d.items[i].Days) == 1 && !slices.Contains(d.scopes[i], AnyPart)
}

// meetsAny reports whether item i might change places with another item that
// has a part in common with it: whether their spans overlap. AnyPart is a part of
// every item that has a scope at all.
func (d *independence) meetsAny(i int) bool {
	meets := func(index *spanIndex) bool { return index != nil && index.anyOther(i, d.span(i)) }
	for _, part := range d.scopes[i] {
		if meets(d.byPart[part]) || meets(d.below[part]) || meets(d.byPart[AnyPart]) {
			return true
		}
		for above := range PartsAbove(part) {
			if meets(d.byPart[above]) {
				return true
			}
		}
	}
	return false
}

// excludePredecessors leaves out the items that come before a dependent one:
// that one has to know whether they have happened.
func (d *independence) excludePredecessors() {
	for i := len(d.items) - 1; i >= 0; i-- {
		if !d.is[i] {
			for _, j := range d.items[i].Before {
				d.is[j] = false
			}
		}
	}
}

// isPending reports whether independent item i may have happened by day, or not.
func (d *independence) isPending(i int, day edtf.Day) bool {
	return d.conflicts.status[i] == optional || d.items[i].Latest() > day
}

// pending returns the independent items that may have happened by day, or not.
func (d *independence) pending(day edtf.Day) []int {
	var is []int
	d.spans.each(Range{day, day}, func(i int) bool {
		if d.isPending(i, day) {
			is = append(is, i)
		}
		return true
	})
	slices.Sort(is)
	return is
}

// anyPending reports whether pending would return any.
func (d *independence) anyPending(day edtf.Day) bool {
	found := false
	d.spans.each(Range{day, day}, func(i int) bool {
		found = d.isPending(i, day)
		return !found
	})
	return found
}

// Expand adds to the worlds of f, which are those on its day, the ways in which
// independent items may have happened by then: those with fewer of them first,
// so that the worlds nearest to the baseline are there even if there are too
// many. Each world goes on with the items behind its last one, so that each set of
// items comes once:
//
//	pending a, b, c:   -   a   b   c   a b   a c   b c   a b c
//
// An item that changes nothing in one world is left out there, so that worlds with
// equal states are not listed twice. Other items have no part in common with it, and
// so it would change nothing beside them either.
func (e *Engine) Expand(f Frontier) Frontier {
	pending := e.independent.pending(f.Day)
	if len(pending) == 0 {
		return f
	}
	f = e.Materialise(f)
	worlds := slices.Clone(f.Worlds)
	next := make([]int, len(worlds), MaxWorlds) // which pending item may come next in each
	for n := 0; n < len(worlds); n++ {
		for m := next[n]; m < len(pending); m++ {
			y, ok := e.addIndependent(worlds[n], pending[m], f.Day)
			if !ok || !e.items[pending[m]].Linked && e.rules.Equal(worlds[n].State, y.State) {
				continue // it changes nothing, nor would it together with others
			}
			if len(worlds) == MaxWorlds || !e.work.Spend(1) {
				f.Incomplete, f.Worlds = true, worlds
				return f
			}
			worlds, next = append(worlds, y), append(next, m+1)
		}
	}
	f.Worlds = worlds
	return f
}

// addIndependent returns x with independent item i, or false if that cannot be:
// if something that comes before it has not happened in x, or the fold refuses it.
func (e *Engine) addIndependent(x World, i int, day edtf.Day) (World, bool) {
	for _, j := range e.items[i].Before {
		happened := e.items[j].Latest() <= day || x.placedHas(j)
		if !happened && !slices.Contains(x.deviations, Deviation{j, Earlier}) {
			return x, false
		}
	}
	s, err := e.rules.Fold(x.State, i)
	x.State = s
	x.deviations = insert(x.deviations, Deviation{i, Earlier}, CompareDeviations)
	x.placed = insert(x.placed, i, cmp.Compare[int])
	x.folded = &foldedItem{before: x.folded, item: i}
	return x, err == nil
}
