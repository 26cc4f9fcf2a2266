package model

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Relations returns which of two shown events came first, in every way in which
// things can have been.
func (h History[S, E]) Relations(a, b uuid.UUID) map[timeline.Relation]bool {
	events := h.shown()
	find := func(id uuid.UUID) int {
		return slices.IndexFunc(events, func(e timeline.Event[E]) bool { return e.ID == id })
	}
	i, j := find(a), find(b)
	found := map[timeline.Relation]bool{}
	if i < 0 || j < 0 {
		return found
	}
	for _, when := range h.whens(events) {
		switch {
		case when[i] < when[j]:
			found[timeline.RelationBefore] = true
		case when[i] > when[j]:
			found[timeline.RelationAfter] = true
		case h.Sequenced && i < j, comesAfter(events, j, i):
			found[timeline.RelationBefore] = true
		case h.Sequenced, comesAfter(events, i, j):
			found[timeline.RelationAfter] = true
		default:
			found[timeline.RelationSameDay] = true
		}
	}
	return found
}

// comesAfter reports whether event i comes after event j, directly or not.
func comesAfter[E any](events []timeline.Event[E], i, j int) bool {
	for k, e := range events {
		if slices.Contains(events[i].After, e.ID) && (k == j || comesAfter(events, k, j)) {
			return true
		}
	}
	return false
}
