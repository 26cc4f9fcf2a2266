package timeline

import (
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Ever reports whether p held on some day from first to last, both in: Certain
// if it did in every world, be it on different days, No if it did in none, else
// Possible. What is not recorded is not "no": of days past the horizon, and of
// those on which the sources are or may be silent about a topic, nothing is
// known, so that the answer is Possible unless it is Certain for a stretch of
// other days by itself. If last comes before first there is no day, and the answer is No. An
// event whose window has no first day may have happened before any day.
func Ever[S, E any](t *Timeline[S, E], first, last edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	if last < first {
		return edtf.No
	}
	told, all := t.toldOf(days{first, last}, topics)
	truth := edtf.No
	if !all {
		truth = edtf.Possible
	}
	for _, r := range told {
		truth = truth.Or(ever(t, r.first, r.last, p))
	}
	return truth
}

// Always reports whether p held on every day from first to last, both in. It
// is the opposite of [Ever] for the opposite of p.
func Always[S, E any](t *Timeline[S, E], first, last edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	return Ever(t, first, last, func(s S) bool { return !p(s) }, topics...).Not()
}

// toldOf returns the days of r of which the sources tell about topics, and
// whether these are all.
func (t *Timeline[S, E]) toldOf(r days, topics []string) (told []days, all bool) {
	told, all = []days{r}, true
	without := func(gap days) {
		var left []days
		for _, d := range told {
			if gap.last < d.first || d.last < gap.first {
				left = append(left, d)
				continue
			}
			all = false
			if d.first < gap.first {
				left = append(left, days{d.first, gap.first - 1})
			}
			if gap.last < d.last {
				left = append(left, days{gap.last + 1, d.last})
			}
		}
		told = left
	}
	if horizon := t.rules.coverage.Horizon.Latest(); horizon < edtf.DistantFuture {
		without(days{horizon + 1, edtf.DistantFuture})
	}
	for _, s := range t.rules.coverage.Silent {
		if slices.Contains(topics, s.Topic) {
			first, last := s.When.Bounds()
			without(days{first, last})
		}
	}
	return told, all
}

// ever is [Ever] without coverage.
func ever[S, E any](t *Timeline[S, E], first, last edtf.Day, p func(S) bool) edtf.Truth {
	possible, faulty := false, false
	for _, m := range momentsFrom(t, first, last, p) {
		switch {
		case m.certain && m.value:
			return edtf.Certain
		case !m.certain:
			possible, faulty = true, faulty || m.err != nil
		}
	}
	switch {
	case !possible:
		return edtf.No
	case faulty:
		return edtf.Possible
	}
	// It may be that it is certain on no day, and yet no world is without one.
	s := newSight(t, first, p)
	return s.truth(s.carry(s.start, last))
}

// First returns when p held for the first time: the window of that day, and
// whether there is one. If it certainly held at some time, the window runs to
// the first day by which it has in every world. If it is only possible that it
// ever did, the window runs to the last day on which it may have. If it never
// did, there is no window, nor if it held before anything happened.
//
// First looks only at what is recorded: it knows nothing of [Coverage].
func First[S, E any](t *Timeline[S, E], p func(S) bool) (edtf.Date, edtf.Truth) {
	var zero S
	if p(t.rules.handOut(zero)) {
		return edtf.Date{}, edtf.Certain
	}
	first, last := edtf.DistantFuture, edtf.DistantPast // of the days on which it may hold
	truth, faulty := edtf.No, false
	moments := momentsFrom(t, edtf.DistantPast, edtf.DistantFuture, p)
	for n, m := range moments {
		if m.certain && !m.value {
			continue
		}
		first, last, truth = min(first, m.day), edtf.DistantFuture, edtf.Possible
		faulty = faulty || m.err != nil
		if m.certain {
			last, truth = m.day, edtf.Certain
			break
		}
		if n+1 < len(moments) {
			last = moments[n+1].day - 1
		}
	}
	if truth == edtf.No {
		return edtf.Date{}, edtf.No
	}
	if !faulty {
		// It may be seen in every world before it is certain on any day.
		until := edtf.DistantFuture
		if truth == edtf.Certain {
			until = last
		}
		s := newSight(t, first, p)
		f := s.start
		for _, day := range daysIn(s.changes(), first, until) {
			if f = s.carry(f, day); s.truth(f) == edtf.Certain {
				truth, last = edtf.Certain, day
				break
			}
		}
	}
	if first < edtf.MinDay {
		first = edtf.DistantPast
	}
	return edtf.Between(first, last), truth
}

// momentsFrom returns the values of p that are possible on the days from first
// to last on which they may change, and on first.
func momentsFrom[S, E any](t *Timeline[S, E], first, last edtf.Day, p func(S) bool) []moment[bool] {
	tr := &tracker[bool, S, E]{t: t, pick: p, sweep: t.worlds.sweep()}
	var moments []moment[bool]
	f := tr.sweep.nearest(first)
	for _, day := range daysIn(tr.sweep.changes(), first, last) {
		f = tr.sweep.carry(f, day)
		moments = append(moments, tr.moment(f))
	}
	return moments
}

// daysIn returns first and those of days, which are in order, that come after
// it, up to last.
func daysIn(days []edtf.Day, first, last edtf.Day) []edtf.Day {
	in := []edtf.Day{first}
	for n := sort.Search(len(days), func(n int) bool { return days[n] > first }); n < len(days) && days[n] <= last; n++ {
		in = append(in, days[n])
	}
	return in
}

// A sight is a watch for whether something has held at the end of a day.
type sight[S, E any] struct {
	*sweep[watched[S, bool], E]
	start frontier[watched[S, bool]]
}

// newSight returns a watch for p from day first on.
func newSight[S, E any](t *Timeline[S, E], first edtf.Day, p func(S) bool) sight[S, E] {
	w := &watch[watched[S, bool]]{tick: func(x watched[S, bool]) watched[S, bool] {
		x.seen = x.seen || p(t.rules.handOut(x.state))
		return x
	}}
	keep := func(seen bool, _ S, _ *Event[E]) bool { return seen }
	sweep := t.worlds.sweep()
	before := sweep.outset()
	if first > edtf.DistantPast {
		before = sweep.expand(sweep.carry(sweep.nearest(first-1), first-1))
	}
	return sight[S, E]{
		sweep: newWatch(t, keep, func(a, b bool) bool { return a == b }, w),
		start: begin(sweep.whole(before), false),
	}
}

// truth returns whether it has been seen in the worlds of f.
func (s sight[S, E]) truth(f frontier[watched[S, bool]]) edtf.Truth {
	seen := seenIn(f)
	if f.incomplete || len(seen) == 0 || slices.Contains(seen, true) && slices.Contains(seen, false) {
		return edtf.Possible
	}
	return edtf.TruthOf(seen[0])
}
