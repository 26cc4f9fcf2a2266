// Package model is the slow and obvious reading of what a timeline means. It
// picks a day for every event, one way after another, and folds. Nothing in it
// is clever; tests hold the engine against it on small histories.
package model

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A History is what a timeline is made of. Its events must have short windows.
type History[S, E any] struct {
	Fold      timeline.Fold[S, E]
	Events    []timeline.Event[E]
	Known     edtf.Day // what could be known by then; DistantFuture for all
	Sequenced bool
	Chosen    map[string]uuid.UUID // for some rival keys, the only event that may be true
	// Related reports whether two events have to do with each other; nil if all
	// have. It changes no world, only what departs from the cautious reading.
	Related func(a, b timeline.Event[E]) bool
}

// A World is one way in which things can have been.
type World[S any] struct {
	State S
	// Departs are the events whose part in this world is another than in the
	// cautious reading: they are earlier than something that it has before
	// them and that they have to do with, or count in only one of the two.
	Departs map[uuid.UUID]bool
	// Corrections are the events that replace others.
	Corrections map[uuid.UUID]bool
}

// shown returns the events that could be known, in the order of the telling:
// by Seq and ID, but each behind all that it comes after.
func (h History[S, E]) shown() []timeline.Event[E] {
	var left, told []timeline.Event[E]
	for _, e := range h.Events {
		if knownOf(e).Earliest() <= h.Known {
			left = append(left, e)
		}
	}
	for len(left) > 0 {
		best := -1
		for i, e := range left {
			waits := slices.ContainsFunc(left, func(f timeline.Event[E]) bool { return slices.Contains(e.After, f.ID) })
			if !waits && (best < 0 || toldBefore(e, left[best])) {
				best = i
			}
		}
		told = append(told, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return told
}

func toldBefore[E any](a, b timeline.Event[E]) bool {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), bytes.Compare(a.ID[:], b.ID[:])) < 0
}

func knownOf[E any](e timeline.Event[E]) edtf.Date {
	if e.Known.IsZero() {
		return e.When
	}
	return e.Known
}

// daysOf lists the days of a window.
func daysOf(d edtf.Date) []edtf.Day {
	var out []edtf.Day
	for first, last := range d.Ranges() {
		for day := first; day <= last; day++ {
			out = append(out, day)
		}
	}
	return out
}

// picks lists every way to pick one day of each window.
func picks(windows [][]edtf.Day) [][]edtf.Day {
	ways := [][]edtf.Day{nil}
	for _, w := range windows {
		var longer [][]edtf.Day
		for _, way := range ways {
			for _, day := range w {
				longer = append(longer, append(slices.Clip(way), day))
			}
		}
		ways = longer
	}
	return ways
}

// A pair says that event a comes before event b.
type pair struct{ a, b int }

// whens lists every way to pick the days of events, so that After holds, and
// the telling if it decides.
func (h History[S, E]) whens(events []timeline.Event[E]) [][]edtf.Day {
	var windows [][]edtf.Day
	var pairs []pair
	for i, e := range events {
		windows = append(windows, daysOf(e.When))
		for j, f := range events {
			if slices.Contains(e.After, f.ID) {
				pairs = append(pairs, pair{j, i})
			}
		}
	}
	ways := keep(picks(windows), pairs)
	if !h.Sequenced {
		return ways
	}
	windows = windowsOf(ways, len(events))
	for i := range events {
		told := keep(picks(windows[:i+1]), upTo(pairs, i))
		now := windowsOf(told, i+1)
		for j := range i {
			if slices.Min(now[j]) <= slices.Max(now[i]) && slices.Min(now[i]) <= slices.Max(now[j]) {
				pairs = append(pairs, pair{j, i})
			}
		}
	}
	return keep(ways, pairs)
}

func upTo(pairs []pair, i int) []pair {
	return slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return p.a > i || p.b > i })
}

// keep drops the ways in which a pair is the wrong way round.
func keep(ways [][]edtf.Day, pairs []pair) [][]edtf.Day {
	return slices.DeleteFunc(ways, func(way []edtf.Day) bool {
		return slices.ContainsFunc(pairs, func(p pair) bool { return way[p.a] > way[p.b] })
	})
}

// windowsOf lists the days that each event has in some way.
func windowsOf(ways [][]edtf.Day, n int) [][]edtf.Day {
	windows := make([][]edtf.Day, n)
	for _, way := range ways {
		for i, day := range way {
			if !slices.Contains(windows[i], day) {
				windows[i] = append(windows[i], day)
			}
		}
	}
	return windows
}

// A way is one in which things can have been, whatever the fold says: the day
// of each event, and which are true.
type way struct {
	when   []edtf.Day
	isTrue []bool
}

// ways lists them all.
func (h History[S, E]) ways(events []timeline.Event[E]) []way {
	var knowns [][]edtf.Day
	for _, e := range events {
		knowns = append(knowns, daysOf(knownOf(e)))
	}
	var truths [][]bool // each once
	for _, known := range picks(knowns) {
		for _, isTrue := range h.truths(events, known) {
			if !slices.ContainsFunc(truths, func(t []bool) bool { return slices.Equal(t, isTrue) }) {
				truths = append(truths, isTrue)
			}
		}
	}
	var ways []way
	for _, when := range h.whens(events) {
		for _, isTrue := range truths {
			ways = append(ways, way{when, isTrue})
		}
	}
	return ways
}

// each calls yield with the order of events that count on day, for every way
// in which things can have been.
func (h History[S, E]) each(events []timeline.Event[E], day edtf.Day, yield func(order []int)) {
	for _, w := range h.ways(events) {
		yield(order(w.when, w.isTrue, day))
	}
}

// Worlds lists the worlds on day that the fold allows.
func (h History[S, E]) Worlds(day edtf.Day) []World[S] {
	events := h.shown()
	late, lateTrue := h.late(events)
	var worlds []World[S]
	h.each(events, day, func(order []int) {
		if s, err := h.foldAll(events, order); err == nil {
			worlds = append(worlds, World[S]{s, h.departs(events, order, late, lateTrue, day), corrections(events)})
		}
	})
	return worlds
}

// Happened says of each event whether it counts on day in every way that things
// can have been, whether or not the fold allows it, in some, or in none.
func (h History[S, E]) Happened(day edtf.Day) map[uuid.UUID]edtf.Truth {
	events := h.shown()
	ways, in := 0, make([]int, len(events))
	h.each(events, day, func(order []int) {
		ways++
		for _, i := range order {
			in[i]++
		}
	})
	happened := map[uuid.UUID]edtf.Truth{}
	for i, e := range events {
		switch in[i] {
		case 0:
			happened[e.ID] = edtf.No
		case ways:
			happened[e.ID] = edtf.Certain
		default:
			happened[e.ID] = edtf.Possible
		}
	}
	return happened
}

// Cautious returns the state of the cautious reading on day, and the error if
// the fold refuses it.
func (h History[S, E]) Cautious(day edtf.Day) (S, error) {
	events := h.shown()
	late, isTrue := h.late(events)
	return h.foldAll(events, order(late, isTrue, day))
}

// late returns the days of the cautious reading: the latest that each event
// has in any way, and which events are true in it.
func (h History[S, E]) late(events []timeline.Event[E]) (when []edtf.Day, isTrue []bool) {
	when = make([]edtf.Day, len(events))
	for i := range when {
		when[i] = edtf.DistantPast
	}
	for _, way := range h.whens(events) {
		for i, day := range way {
			when[i] = max(when[i], day)
		}
	}
	var known []edtf.Day
	for _, e := range events {
		known = append(known, knownOf(e).Latest())
	}
	// Of all ways to choose among rivals, the best: highest rank, then latest,
	// then last told.
	for _, choice := range h.truths(events, known) {
		if isTrue == nil || better(events, when, choice, isTrue) {
			isTrue = choice
		}
	}
	return when, isTrue
}

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

// truths lists the ways in which events can be true, given the days on which
// they became known.
func (h History[S, E]) truths(events []timeline.Event[E], known []edtf.Day) [][]bool {
	left := make([]bool, len(events))
	for i, e := range events {
		left[i] = known[i] <= h.Known && !retracts(e)
		for j, c := range events {
			if known[j] <= h.Known && slices.Contains(c.Replaces, e.ID) {
				left[i] = false
			}
		}
	}
	ways := [][]bool{left}
	for _, key := range rivalKeys(events) {
		candidates := func(deprecated bool) (is []int) {
			for i, e := range events {
				if left[i] && e.Rival == key && (deprecated || e.Rank != timeline.RankDeprecated) {
					is = append(is, i)
				}
			}
			return is
		}
		is := candidates(false)
		if len(is) == 0 {
			is = candidates(true)
		}
		if only, ok := h.Chosen[key]; ok {
			is = slices.DeleteFunc(candidates(true), func(i int) bool { return events[i].ID != only })
			if len(is) == 0 { // it is replaced, and no other takes its place
				for _, way := range ways {
					for i, e := range events {
						way[i] = way[i] && e.Rival != key
					}
				}
			}
		}
		if len(is) == 0 {
			continue
		}
		var more [][]bool
		for _, way := range ways {
			for _, chosen := range is {
				w := slices.Clone(way)
				for i, e := range events {
					if e.Rival == key {
						w[i] = i == chosen
					}
				}
				more = append(more, w)
			}
		}
		ways = more
	}
	return ways
}

func retracts[E any](e timeline.Event[E]) bool {
	return e.Retraction || len(e.Replaces) > 0 && any(e.Data) == nil
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

// order lists the events that count by day, by their days, then by telling.
func order(when []edtf.Day, isTrue []bool, day edtf.Day) []int {
	var order []int
	for i := range when {
		if isTrue[i] && when[i] <= day {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(when[i], when[j]), cmp.Compare(i, j)) })
	return order
}

func (h History[S, E]) foldAll(events []timeline.Event[E], order []int) (S, error) {
	var s S
	for _, i := range order {
		var err error
		if s, err = h.Fold(s, events[i]); err != nil {
			return s, err
		}
	}
	return s, nil
}

// departs returns in what the order of a world differs from the cautious one.
func (h History[S, E]) departs(events []timeline.Event[E], got []int, late []edtf.Day, lateTrue []bool, day edtf.Day) map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	cautious := order(late, lateTrue, day)
	all := order(late, lateTrue, edtf.DistantFuture)
	for i := range events {
		if slices.Contains(got, i) != slices.Contains(cautious, i) {
			out[events[i].ID] = true
		}
	}
	for n, i := range got {
		for _, j := range got[n+1:] {
			a, b := slices.Index(all, i), slices.Index(all, j)
			related := h.Related == nil || h.Related(events[i], events[j])
			if a >= 0 && b >= 0 && a > b && related {
				out[events[i].ID] = true
			}
		}
	}
	return out
}

func corrections[E any](events []timeline.Event[E]) map[uuid.UUID]bool {
	out := map[uuid.UUID]bool{}
	for _, e := range events {
		if len(e.Replaces) > 0 {
			out[e.ID] = true
		}
	}
	return out
}

// Told lists, for each world on day that the fold allows, the events that count,
// in order.
func (h History[S, E]) Told(day edtf.Day) [][]timeline.Event[E] {
	events := h.shown()
	var told [][]timeline.Event[E]
	h.each(events, day, func(order []int) {
		if _, err := h.foldAll(events, order); err != nil {
			return
		}
		var in []timeline.Event[E]
		for _, i := range order {
			in = append(in, events[i])
		}
		told = append(told, in)
	})
	return told
}
