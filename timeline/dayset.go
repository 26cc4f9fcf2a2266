package timeline

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// A dayset is a set of days, as ranges in any order, which may overlap.
type dayset []worlds.Range

// and returns the days that are in both sets. If neither has ranges that overlap, the
// result has none.
func (a dayset) and(b dayset) dayset {
	var both dayset
	for _, r := range b {
		both = append(both, a.within(r)...)
	}
	return both
}

// within returns the days that are in r.
func (a dayset) within(r worlds.Range) dayset {
	var in dayset
	for _, d := range a {
		if first, last := max(d.First, r.First), min(d.Last, r.Last); first <= last {
			in = append(in, worlds.Range{First: first, Last: last})
		}
	}
	return in
}

// merged returns the same days in ranges that neither overlap nor touch, ascending.
func (a dayset) merged() dayset {
	a = slices.Clone(a)
	slices.SortFunc(a, func(x, y worlds.Range) int { return cmp.Compare(x.First, y.First) })
	var all dayset
	for _, r := range a {
		if last := len(all) - 1; last >= 0 && r.First <= all[last].Last.Next() {
			all[last].Last = max(all[last].Last, r.Last)
		} else {
			all = append(all, r)
		}
	}
	return all
}

// complement returns the days of r that are not in a, ascending.
func (a dayset) complement(r worlds.Range) dayset {
	left := dayset{r}
	for _, gap := range a {
		var rest dayset
		for _, d := range left {
			if !gap.Overlaps(d) {
				rest = append(rest, d)
				continue
			}
			if d.First < gap.First {
				rest = append(rest, worlds.Range{First: d.First, Last: gap.First - 1})
			}
			if gap.Last < d.Last {
				rest = append(rest, worlds.Range{First: gap.Last + 1, Last: d.Last})
			}
		}
		left = rest
	}
	return left
}
