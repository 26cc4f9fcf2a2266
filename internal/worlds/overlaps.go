package worlds

import (
	"cmp"
	"slices"
)

// JoinOverlaps joins the indexes i whose windows overlap, directly or through
// others, unless both are a single day. Sorted by first day, a window overlaps an
// earlier one if and only if it overlaps the one that ends last. The cost is that
// of sorting.
func JoinOverlaps(sets UnionFind, window func(i int) Range) {
	order := UpTo(len(sets))
	slices.SortFunc(order, func(i, j int) int {
		a, b := window(i), window(j)
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last)) // windows before single days
	})
	widest := -1 // of the windows so far, the one that is over last
	for _, i := range order {
		w := window(i)
		if widest >= 0 && w.First <= window(widest).Last {
			sets.Union(i, widest)
		}
		if w.First != w.Last && (widest < 0 || w.Last > window(widest).Last) {
			widest = i
		}
	}
}
