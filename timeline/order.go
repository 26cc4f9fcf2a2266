package timeline

import (
	"slices"

	"github.com/google/uuid"
)

// A Relation is which of two events came first.
type Relation uint8

// The relations. The zero value says that it is not decided.
const (
	Undecided Relation = iota
	Before             // the first came before the second
	After
	SameDay // they happened on one day, and nothing says which came first
)

// String returns "undecided", "before", "after" or "same day".
func (r Relation) String() string {
	return [...]string{"undecided", "before", "after", "same day"}[r&3]
}

// Order returns whether the event a came before or after the event b. Events of
// one day have an order if After gives one, or the telling where it is
// authoritative; see [Timeline.Sequenced]. It looks at days alone, of whether
// the events are true or replaced, or could follow each other in the fold, it
// does not ask. It is Undecided, besides, if t does not have both events.
func (t *Timeline[S, E]) Order(a, b uuid.UUID) Relation {
	i, okA := t.place(a)
	j, okB := t.place(b)
	switch {
	case !okA || !okB:
		return Undecided
	case i == j:
		return SameDay
	case t.preceding(j)[i]:
		return Before
	case t.preceding(i)[j]:
		return After
	}
	x, y := &t.items[i], &t.items[j]
	before, after, same := x.earliest() < y.latest(), y.earliest() < x.latest(), x.sharesDay(y)
	switch {
	case before && !after && !same:
		return Before
	case after && !before && !same:
		return After
	case same && !before && !after:
		if t.rules.sequenced {
			return map[bool]Relation{true: Before, false: After}[i < j]
		}
		return SameDay
	}
	return Undecided
}

// sharesDay reports whether both may happen on one day.
func (it *item[E]) sharesDay(other *item[E]) bool {
	return slices.ContainsFunc(other.days, it.touches)
}

// preceding returns the items that come before item i, directly or not.
func (t *Timeline[S, E]) preceding(i int) map[int]bool {
	found := map[int]bool{}
	for next := []int{i}; len(next) > 0; {
		k := next[0]
		next = next[1:]
		for _, j := range t.items[k].before {
			if !found[j] {
				found[j] = true
				next = append(next, j)
			}
		}
	}
	return found
}
