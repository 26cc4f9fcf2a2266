package worlds

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A region is a range of days on which something is undecided.
type region struct {
	days  Range
	items []int // those with a day in it
	once  sync.Once
	segs  []segment

	// decided is the first day after the region from which on nothing of it is
	// undecided, as far as anybody has asked; math.MaxInt64 if that is not known.
	// What a region leaves open, an item of a single day may decide later.
	decided atomic.Int64
}

func newRegion(days Range, item int) *region {
	r := &region{days: days, items: []int{item}}
	r.decided.Store(math.MaxInt64)
	return r
}

// isDecided reports whether it is known that nothing is undecided on day.
func (r *region) isDecided(day edtf.Day) bool { return int64(day) >= r.decided.Load() }

// decide notes that nothing is undecided on day, nor on any later one before
// the next region.
func (r *region) decide(day edtf.Day) {
	for old := r.decided.Load(); int64(day) < old; old = r.decided.Load() {
		if r.decided.CompareAndSwap(old, int64(day)) {
			return
		}
	}
}

// A segment is a range of days during which no window begins or ends.
//
//	           1     5     8         20
//	item 0     #####################        active in all three, due in the last
//	item 1           ######                 active and due in the second
//	segments   |-----|-----|--------|
type segment struct {
	days   Range
	active []int // the items that may happen in it, in sequence order
	due    []int // those of which it is the last chance
	last   []int // the independent items whose latest day is in it, by that day
	opens  []int // the conflict sets that have their first chance
	closes []int // those that have their last
}

// findRegions puts every item into a region, or among those that are fixed.
//
// An item with more than one day, or in a conflict, makes a region of its window,
// and overlapping regions become one. An exact item that is certain, and every
// independent item, has its place on its latest day: inside a region it belongs
// to the region, outside it is fixed. An independent item that may never be known
// is in neither: it is added at the end, when somebody asks for a day.
func (e *Engine) findRegions() {
	var fixed []int
	for _, i := range e.order {
		switch {
		case !e.present(i), e.independent.is[i] && e.conflicts.status[i] == optional:
		case e.independent.is[i], e.conflicts.status[i] == included && e.items[i].Exact():
			fixed = append(fixed, i)
		default:
			e.regions = append(e.regions, newRegion(Range{e.items[i].Earliest(), e.items[i].Latest()}, i))
		}
	}
	e.regions = mergeRegions(e.regions)
	for _, i := range fixed {
		if n, outside := e.regionsBefore(e.items[i].Latest()); outside {
			e.fixed = append(e.fixed, i)
		} else {
			e.regions[n].items = append(e.regions[n].items, i)
		}
	}
}

// present reports whether item i takes part in worlds at all: it may be true,
// or its day limits that of others.
func (e *Engine) present(i int) bool {
	return e.conflicts.status[i] != excluded || e.items[i].Linked
}

// mergeRegions makes one region of those that overlap.
func mergeRegions(regions []*region) []*region {
	slices.SortStableFunc(regions, func(a, b *region) int { return cmp.Compare(a.days.First, b.days.First) })
	var merged []*region
	for _, r := range regions {
		if n := len(merged); n > 0 && r.days.First <= merged[n-1].days.Last {
			merged[n-1].days.Last = max(merged[n-1].days.Last, r.days.Last)
			merged[n-1].items = append(merged[n-1].items, r.items...)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}

// regionsBefore returns how many regions are over by day, and whether day lies
// outside of the next.
func (e *Engine) regionsBefore(day edtf.Day) (n int, outside bool) {
	n = sort.Search(len(e.regions), func(n int) bool { return e.regions[n].days.Last >= day })
	return n, n == len(e.regions) || day < e.regions[n].days.First
}

// segments cuts r into segments, once. A cut is the first day of a window, and
// the day after its last one; of a window with gaps, of each of its parts. Between
// two cuts every item either may happen on each day or on none. Parts of the
// region in which nothing may happen are left out.
func (e *Engine) segments(r *region) []segment {
	r.once.Do(func() {
		slices.Sort(r.items)
		cuts := e.cuts(r)
		for n := range len(cuts) - 1 {
			last := cuts[n+1] - 1
			if cuts[n+1] == edtf.DistantFuture {
				last = edtf.DistantFuture
			}
			if s := e.segment(r, Range{cuts[n], last}); len(s.active)+len(s.last) > 0 {
				r.segs = append(r.segs, s)
			}
		}
	})
	return r.segs
}

// independentPerSegment is how many independent items there are in a segment,
// at most about.
const independentPerSegment = 32

// cuts returns the days on which something changes, ascending: the first day
// of each segment, and the day after the last.
func (e *Engine) cuts(r *region) []edtf.Day {
	var cuts []edtf.Day
	for n, i := range r.items {
		if e.independent.is[i] {
			// An independent item needs no segment of its own. Some get one, so
			// that the nearest checkpoint is never far.
			if n%independentPerSegment == 0 {
				cuts = append(cuts, e.items[i].Latest().Next())
			}
			continue
		}
		for _, d := range e.items[i].Days {
			cuts = append(cuts, d.First, d.Last.Next())
		}
	}
	for _, d := range e.turns {
		if r.days.contains(Range{d, d}) {
			cuts = append(cuts, d)
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// segment returns the segment of r with the given days.
func (e *Engine) segment(r *region, days Range) segment {
	s := segment{days: days}
	for _, i := range r.items {
		it := &e.items[i]
		if e.independent.is[i] {
			if days.contains(Range{it.Latest(), it.Latest()}) {
				s.last = append(s.last, i)
			}
			continue
		}
		if !it.covers(days) {
			continue
		}
		s.active = append(s.active, i)
		if it.Latest() == days.Last {
			s.due = append(s.due, i)
		}
		if e.conflicts.status[i] == contested {
			e.openOrClose(&s, e.conflicts.setOf[i])
		}
	}
	slices.SortStableFunc(s.last, func(i, j int) int { return cmp.Compare(e.items[i].Latest(), e.items[j].Latest()) })
	return s
}

// openOrClose notes in s whether conflict set n has its first or last chance
// there: whether the earliest day of all members is the first day of s, or the
// latest day of all of them the last.
func (e *Engine) openOrClose(s *segment, n int) {
	days := e.conflicts.sets[n].days
	if days.First == s.days.First && !slices.Contains(s.opens, n) {
		s.opens = append(s.opens, n)
	}
	if days.Last == s.days.Last && !slices.Contains(s.closes, n) {
		s.closes = append(s.closes, n)
	}
}
