package timeline

import (
	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// A Relation is which of two events came first.
type Relation uint8

// The relations. The zero value says that it is not decided.
const (
	RelationUndecided Relation = iota
	RelationBefore             // the first came before the second
	RelationAfter
	RelationSameDay // they happened on one day, and nothing says which came first
)

// String returns "undecided", "before", "after" or "same day".
func (r Relation) String() string {
	return [...]string{"undecided", "before", "after", "same day"}[r&3]
}

// Order returns whether the event a came before or after the event b. Events of
// one day have an order if After gives one, or the sequence where it is
// authoritative; see [Timeline.Sequenced]. Order compares days only. It ignores
// whether either event is replaced, or refused by the fold. The error is an
// [*UnknownError] if t does not have both events.
func (t *Timeline[S, E]) Order(a, b uuid.UUID) (Relation, error) {
	i, err := t.find(a)
	if err != nil {
		return RelationUndecided, err
	}
	j, err := t.find(b)
	if err != nil {
		return RelationUndecided, err
	}
	return t.order(i, j), nil
}

// order returns whether event i came before or after event j.
func (t *Timeline[S, E]) order(i, j int) Relation {
	switch {
	case i == j:
		return RelationSameDay
	case worlds.Precede(t.items, j)[i]:
		return RelationBefore
	case worlds.Precede(t.items, i)[j]:
		return RelationAfter
	}
	x, y := &t.items[i], &t.items[j]
	before, after, same := x.Earliest() < y.Latest(), y.Earliest() < x.Latest(), x.SharesDay(y)
	if same && t.rules.sequenced { // on that day the sequence decides
		before, after, same = before || i < j, after || i > j, false
	}
	switch {
	case before && !after && !same:
		return RelationBefore
	case after && !before && !same:
		return RelationAfter
	case same && !before && !after:
		return RelationSameDay
	}
	return RelationUndecided
}
