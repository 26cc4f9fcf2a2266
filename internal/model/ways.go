package model

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

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
// the sequence if it decides.
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
		soFar := keep(picks(windows[:i+1]), upTo(pairs, i))
		now := windowsOf(soFar, i+1)
		for j := range i {
			if events[i].Retracts() || events[j].Retracts() {
				continue // its date means nothing
			}
			if tellTheSame(events[i], events[j]) {
				continue
			}
			if slices.Min(now[j]) <= slices.Max(now[i]) && slices.Min(now[i]) <= slices.Max(now[j]) {
				pairs = append(pairs, pair{j, i})
			}
		}
	}
	return keep(ways, pairs)
}

// tellTheSame reports whether one event corrects the other, or both are rivals.
func tellTheSame[E any](e, f timeline.Event[E]) bool {
	return slices.Contains(e.Replaces, f.ID) || slices.Contains(f.Replaces, e.ID) || e.Rival != "" && e.Rival == f.Rival
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
		knowns = append(knowns, daysOf(e.KnowledgeTime()))
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

// order lists the events that count by day, by their days, then in sequence order.
func (w way) order(day edtf.Day) []int {
	var order []int
	for i := range w.when {
		if w.isTrue[i] && w.when[i] <= day {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(w.when[i], w.when[j]), cmp.Compare(i, j)) })
	return order
}

// each calls yield with the order of events that count on day, for every way
// in which things can have been.
func (h History[S, E]) each(events []timeline.Event[E], day edtf.Day, yield func(order []int)) {
	for _, w := range h.ways(events) {
		yield(w.order(day))
	}
}
