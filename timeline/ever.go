package timeline

import (
	"sort"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Ever reports whether q held on some day from first to last, both in: Certain
// if it did in every world, be it on different days, No if it did in none, else
// Possible. Days past the horizon, or about which all sources are silent, make the
// truth Possible, unless the covered days alone make it Certain. If last comes
// before first there is no day, and the truth is No. An event whose window has no
// first day may have happened before any day. A mistake in the question is in the
// Err of the verdict.
func (t *Timeline[S, E]) Ever(first, last edtf.Day, q Question[S, bool]) Verdict[E] {
	x, err := inquire(t, q)
	if err != nil {
		return failed[E](err)
	}
	if last < first {
		return Verdict[E]{}
	}
	return everOf(&x, worlds.Range{First: first, Last: last})
}

// everOf is Ever of the days of r.
func everOf[S, E any](x *inquiry[bool, S, E], r worlds.Range) Verdict[E] {
	v := ever(x, r)
	if v.Truth == edtf.Certain || v.Complete() {
		return v
	}
	v.Truth = edtf.Possible
	gaps := x.coverage.gaps(r, x.Topics, x.Parts)
	if len(gaps) == 0 || len(v.NeverMentioned) > 0 {
		return v
	}
	for _, covered := range gaps.complement(r) {
		if ever(x, covered).Truth == edtf.Certain {
			v.Truth = edtf.Certain
		}
	}
	return v
}

// Always reports whether q held on every day from first to last, both in. It
// is the opposite of [Timeline.Ever] for the opposite of q.
func (t *Timeline[S, E]) Always(first, last edtf.Day, q Question[S, bool]) Verdict[E] {
	v := t.Ever(first, last, Not(q))
	if v.Err == nil || isOfRecord(v.Err) {
		v.Truth, v.Recorded = v.Truth.Not(), v.Recorded.Not()
	}
	return v
}

// ever reports whether x held on some day of r. The truth is Certain only if that
// is certain on a day, or in sum, without a caveat.
func ever[S, E any](x *inquiry[bool, S, E], r worlds.Range) Verdict[E] {
	v := Verdict[E]{Caveats: x.caveats(r.First, r.Last)}
	var undecided edtf.Day // the first on which it is
	for _, m := range moments(x, r) {
		v.Caveats.add(m.incomplete, m.err)
		switch {
		case m.certain && m.value:
			v.Recorded = edtf.Certain
			v.Incomplete, v.Err = nil, nil // whatever else there may be
			return v.judged()
		case !m.certain && v.Recorded == edtf.No:
			v.Recorded, undecided = edtf.Possible, m.day
		}
	}
	if v.Recorded == edtf.Possible && v.Err == nil {
		// It may be that it is certain on no day, and yet no world is without one.
		v.Recorded = worlds.NewSighting(x.values(), r.First, x.readIn, x.turns()).By(r.Last)
	}
	if v.Recorded == edtf.Possible && x.work().Spent() {
		v.Caveats.add(x.limit(true), nil)
	}
	if v.Recorded == edtf.Possible {
		v.Decides = x.ask(undecided).answer.Decides
	} else {
		v.Incomplete = nil // it was enough
	}
	return v.judged()
}

// First returns when q held for the first time: the window of that day, and
// whether there is one. If it certainly held at some time, the window runs to
// the first day by which it has in every world. If it is only possible that it
// ever did, the window runs to the last day on which it may have. If it never
// did, there is no window, nor if it held before anything happened.
//
// The window is that by what is recorded. If the sources are silent about what is
// asked on a day up to its end, the verdict says so.
func (t *Timeline[S, E]) First(q Question[S, bool]) (edtf.Date, Verdict[E]) {
	x, err := inquire(t, q)
	if err != nil {
		return edtf.Date{}, failed[E](err)
	}
	var zero S
	if x.read(zero, edtf.DistantPast) {
		v := Verdict[E]{Caveats: x.caveats(edtf.DistantPast, edtf.DistantPast), Recorded: edtf.Certain}
		v.Caveats.add(nil, t.lackingBy(edtf.DistantPast))
		return edtf.Date{}, v.judged()
	}
	r, found := firstOf(&x, worlds.Range{First: edtf.DistantPast, Last: edtf.DistantFuture})
	found.Horizon, found.NotRecorded = x.coverage.caveats(worlds.Range{First: edtf.DistantPast, Last: r.Last}, q.Topics, q.Parts)
	found.Caveats.add(nil, t.lackingBy(r.Last))
	if found.Recorded == edtf.No {
		return edtf.Date{}, found.judged()
	}
	if found.Err == nil {
		r.Last, found.Recorded = firstSighting(&x, r, found.Recorded)
	}
	if found.Recorded == edtf.Possible && x.work().Spent() {
		found.Caveats.add(x.limit(true), nil)
	}
	if found.Recorded == edtf.Possible {
		found.Decides = x.ask(max(r.First, edtf.MinDay)).answer.Decides
	}
	if r.First < edtf.MinDay {
		r.First = edtf.DistantPast
	}
	return edtf.Between(r.First, r.Last), found.judged()
}

// firstOf returns the days of r on which x may have held for the first time, by
// what is possible on single days, and whether it did.
func firstOf[S, E any](x *inquiry[bool, S, E], r worlds.Range) (worlds.Range, Verdict[E]) {
	v := Verdict[E]{Caveats: x.base}
	all := moments(x, r)
	days := worlds.Range{First: edtf.DistantFuture, Last: edtf.DistantPast}
	for n, m := range all {
		if m.certain && !m.value {
			continue
		}
		days.First, days.Last, v.Recorded = min(days.First, m.day), edtf.DistantFuture, edtf.Possible
		v.Caveats.add(m.incomplete, m.err)
		if m.certain {
			v.Recorded = edtf.Certain
			return worlds.Range{First: days.First, Last: m.day}, v
		}
		if n+1 < len(all) {
			days.Last = all[n+1].day - 1
		}
	}
	if v.Recorded == edtf.No {
		days.Last = edtf.DistantFuture
	}
	return days, v
}

// firstSighting returns the last of the days r and truth, unless x has held in
// every world before it is certain on any day.
func firstSighting[S, E any](x *inquiry[bool, S, E], r worlds.Range, truth edtf.Truth) (edtf.Day, edtf.Truth) {
	until := edtf.DistantFuture
	if truth == edtf.Certain {
		until = r.Last
	}
	s := worlds.NewSighting(x.values(), r.First, x.readIn, x.turns())
	for _, day := range daysIn(s.Changes(), worlds.Range{First: r.First, Last: until}) {
		if s.By(day) == edtf.Certain {
			return day, edtf.Certain
		}
	}
	return r.Last, truth
}

// moments returns the values of x that are possible on the first day of r, and
// on those days of r on which they may change.
func moments[S, E any](x *inquiry[bool, S, E], r worlds.Range) []moment[bool] {
	tr := newTracker(x, nil)
	var moments []moment[bool]
	f := tr.engine.Nearest(r.First)
	for _, day := range daysIn(tr.days(), r) {
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
