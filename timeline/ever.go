package timeline

import (
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Ever reports whether p held on some day from first to last, both in: Certain
// if it did in every world, be it on different days, No if it did in none, else
// Possible. Days without coverage, past the horizon or silent about a topic, make
// the answer Possible, unless the covered days alone make it Certain. If last
// comes before first there is no day, and the answer is No. An event whose window
// has no first day may have happened before any day.
func Ever[S, E any](t *Timeline[S, E], first, last edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	if last < first {
		return edtf.No
	}
	covered, all := t.covered(worlds.Range{First: first, Last: last}, topics)
	truth := edtf.No
	if !all {
		truth = edtf.Possible
	}
	for _, r := range covered {
		truth = truth.Or(ever(t, r, p))
	}
	return truth
}

// Always reports whether p held on every day from first to last, both in. It
// is the opposite of [Ever] for the opposite of p.
func Always[S, E any](t *Timeline[S, E], first, last edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	return Ever(t, first, last, func(s S) bool { return !p(s) }, topics...).Not()
}

// covered returns the days of r of which the sources report on topics, and
// whether these are all.
func (t *Timeline[S, E]) covered(r worlds.Range, topics []string) (covered []worlds.Range, all bool) {
	covered, all = []worlds.Range{r}, true
	without := func(gap worlds.Range) {
		var left []worlds.Range
		for _, d := range covered {
			if !gap.Overlaps(d) {
				left = append(left, d)
				continue
			}
			all = false
			if d.First < gap.First {
				left = append(left, worlds.Range{First: d.First, Last: gap.First - 1})
			}
			if gap.Last < d.Last {
				left = append(left, worlds.Range{First: gap.Last + 1, Last: d.Last})
			}
		}
		covered = left
	}
	if horizon := t.rules.coverage.Horizon.Latest(); horizon < edtf.DistantFuture {
		without(worlds.Range{First: horizon + 1, Last: edtf.DistantFuture})
	}
	for _, s := range t.rules.coverage.Silent {
		if slices.Contains(topics, s.Topic) {
			first, last := s.When.Bounds()
			without(worlds.Range{First: first, Last: last})
		}
	}
	return covered, all
}

// ever is [Ever] without coverage.
func ever[S, E any](t *Timeline[S, E], r worlds.Range, p func(S) bool) edtf.Truth {
	possible, faulty := false, false
	for _, m := range moments(t, r, p) {
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
	return worlds.NewSighting(t.engine(), r.First, reading(t, p)).By(r.Last)
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
	if reading(t, p)(zero) {
		return edtf.Date{}, edtf.Certain
	}
	r, truth, faulty := firstOf(moments(t, worlds.Range{First: edtf.DistantPast, Last: edtf.DistantFuture}, p))
	if truth == edtf.No {
		return edtf.Date{}, edtf.No
	}
	if !faulty {
		r.Last, truth = firstSighting(t, r, truth, p)
	}
	if r.First < edtf.MinDay {
		r.First = edtf.DistantPast
	}
	return edtf.Between(r.First, r.Last), truth
}

// firstOf returns the days on which p may have held for the first time, by what
// is possible on single days, whether it did, and whether the fold refuses
// something on the way.
func firstOf(moments []moment[bool]) (r worlds.Range, truth edtf.Truth, faulty bool) {
	r = worlds.Range{First: edtf.DistantFuture, Last: edtf.DistantPast}
	for n, m := range moments {
		if m.certain && !m.value {
			continue
		}
		r.First, r.Last, truth = min(r.First, m.day), edtf.DistantFuture, edtf.Possible
		faulty = faulty || m.err != nil
		if m.certain {
			return worlds.Range{First: r.First, Last: m.day}, edtf.Certain, faulty
		}
		if n+1 < len(moments) {
			r.Last = moments[n+1].day - 1
		}
	}
	return r, truth, faulty
}

// firstSighting returns the last of the days r and truth, unless p has held in
// every world before it is certain on any day.
func firstSighting[S, E any](t *Timeline[S, E], r worlds.Range, truth edtf.Truth, p func(S) bool) (edtf.Day, edtf.Truth) {
	until := edtf.DistantFuture
	if truth == edtf.Certain {
		until = r.Last
	}
	s := worlds.NewSighting(t.engine(), r.First, reading(t, p))
	for _, day := range daysIn(s.Changes(), worlds.Range{First: r.First, Last: until}) {
		if s.By(day) == edtf.Certain {
			return day, edtf.Certain
		}
	}
	return r.Last, truth
}

// moments returns the values of p that are possible on the first day of r, and
// on those days of r on which they may change.
func moments[S, E any](t *Timeline[S, E], r worlds.Range, p func(S) bool) []moment[bool] {
	tr := newTracker(t, p, nil)
	var moments []moment[bool]
	f := tr.engine.Nearest(r.First)
	for _, day := range daysIn(tr.engine.Changes(), r) {
		f = tr.engine.Carry(f, day)
		moments = append(moments, tr.moment(f))
	}
	return moments
}

// daysIn returns the first day of r and those of days, which ascend, that come
// after it and are in r.
func daysIn(days []edtf.Day, r worlds.Range) []edtf.Day {
	in := []edtf.Day{r.First}
	for n := sort.Search(len(days), func(n int) bool { return days[n] > r.First }); n < len(days) && days[n] <= r.Last; n++ {
		in = append(in, days[n])
	}
	return in
}
