package model

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// truths lists the ways in which events can be true, given the days on which
// they became known.
func (h History[S, E]) truths(events []timeline.Event[E], known []edtf.Day) [][]bool {
	left := h.left(events, known)
	ways := [][]bool{left}
	for _, key := range rivalKeys(events) {
		candidates := h.candidates(events, left, key)
		if len(candidates) == 0 {
			candidates = []int{-1} // none of them is true
		}
		var more [][]bool
		for _, way := range ways {
			for _, chosen := range candidates {
				more = append(more, onlyRival(events, way, key, chosen))
			}
		}
		ways = more
	}
	return ways
}

// left returns which events are known, fold something and are not replaced.
func (h History[S, E]) left(events []timeline.Event[E], known []edtf.Day) []bool {
	left := make([]bool, len(events))
	for i, e := range events {
		left[i] = known[i] <= h.Known && !e.Retracts()
		for j, c := range events {
			if slices.Contains(c.Replaces, e.ID) && h.stands(events, known, j, nil) {
				left[i] = false
			}
		}
	}
	return left
}

// stands reports whether correction c is known and not taken back by a retraction
// that stands in its turn. Of retractions that take back each other, which are asked
// about already, it is taken that they stand.
func (h History[S, E]) stands(events []timeline.Event[E], known []edtf.Day, c int, asked []int) bool {
	if known[c] > h.Known {
		return false
	}
	if slices.Contains(asked, c) {
		return true
	}
	for r, e := range events {
		if e.Retracts() && slices.Contains(e.Replaces, events[c].ID) && h.stands(events, known, r, append(slices.Clip(asked), c)) {
			return false
		}
	}
	return true
}

// candidates returns those of the rivals with a key that may be true: those that
// are not deprecated or, if there are none, the deprecated ones.
func (h History[S, E]) candidates(events []timeline.Event[E], left []bool, key string) []int {
	var valid, deprecated []int
	for i, e := range events {
		only, chosen := h.Chosen[key]
		switch {
		case !left[i] || e.Rival != key || chosen && e.ID != only:
		case e.Rank == timeline.RankDeprecated:
			deprecated = append(deprecated, i)
		default:
			valid = append(valid, i)
		}
	}
	if len(valid) > 0 {
		return valid
	}
	return deprecated
}

// onlyRival returns way with event chosen as the only one of a key that is true.
func onlyRival[E any](events []timeline.Event[E], way []bool, key string, chosen int) []bool {
	way = slices.Clone(way)
	for i, e := range events {
		if e.Rival == key {
			way[i] = i == chosen
		}
	}
	return way
}

func rivalKeys[E any](events []timeline.Event[E]) []string {
	var keys []string
	for _, e := range events {
		if e.Rival != "" && !slices.Contains(keys, e.Rival) {
			keys = append(keys, e.Rival)
		}
	}
	return keys
}

// better reports whether choice a among rivals is better than b: for each key the
// event of higher rank, else the later one, else the last in sequence order.
func better[E any](events []timeline.Event[E], when []edtf.Day, a, b []bool) bool {
	for i := range events {
		if a[i] == b[i] || !a[i] {
			continue
		}
		for j := range events { // i is true in a; find the rival that is true in b
			if b[j] && !a[j] && events[i].Rival == events[j].Rival {
				better := cmp.Or(cmp.Compare(events[i].Rank, events[j].Rank), cmp.Compare(when[i], when[j]), cmp.Compare(i, j)) > 0
				if !better {
					return false
				}
			}
		}
	}
	return true
}
