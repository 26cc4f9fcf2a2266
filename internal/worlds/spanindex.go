package worlds

import (
	"cmp"
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A spanIndex finds the items whose spans overlap given days. Spans are sorted by
// their first day. Those that begin too late are cut off by a search; the others
// are gone through from the last one back, until no span before reaches as far.
//
//	spans by first day      asked for:  [  ]
//	0  ##                                        not reached: latest[1] is before
//	1    ######                                  the search ends here
//	2        ##########                          overlaps
//	3               ####                         overlaps
//	4                          ####              cut off: it begins too late
type spanIndex struct {
	items  []int // by first day
	spans  []Range
	latest []edtf.Day // the latest day of the spans up to each
}

func newSpanIndex(items []int, span func(int) Range) *spanIndex {
	x := &spanIndex{items: slices.Clone(items)}
	slices.SortStableFunc(x.items, func(i, j int) int { return cmp.Compare(span(i).First, span(j).First) })
	latest := edtf.DistantPast
	for _, i := range x.items {
		s := span(i)
		latest = max(latest, s.Last)
		x.spans, x.latest = append(x.spans, s), append(x.latest, latest)
	}
	return x
}

// each calls yield with the items whose spans overlap r, until it returns false.
func (x *spanIndex) each(r Range, yield func(i int) bool) {
	n := sort.Search(len(x.items), func(n int) bool { return x.spans[n].First > r.Last })
	for n--; n >= 0 && x.latest[n] >= r.First; n-- {
		if x.spans[n].Last >= r.First && !yield(x.items[n]) {
			return
		}
	}
}

// anyOther reports whether the span of an item other than i overlaps r.
func (x *spanIndex) anyOther(i int, r Range) bool {
	found := false
	x.each(r, func(j int) bool {
		found = j != i
		return !found
	})
	return found
}
