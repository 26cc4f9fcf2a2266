package timeline

import (
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// A dayset is a set of days, as ranges in any order, which may overlap.
type dayset []worlds.Range

// and returns the days that are in both sets.
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
