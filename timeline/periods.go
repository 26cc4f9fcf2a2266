package timeline

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Period is a stretch of days on which something held, or may have.
type Period[E any] struct {
	// From is the day on which it began: a window from the earliest to the latest, in
	// the worlds that have it. The zero Date means that it has been so ever since.
	From edtf.Date
	// Until is the first day on which it was over: a window too. On the day of
	// the event that ends it, it is over. The zero Date means that it still goes
	// on; a window without a last day, that it may.
	Until edtf.Date
	// Held is Certain if it held in every world, Possible if there may have been
	// no such period.
	Held edtf.Truth
	// Undecided says that the order of events is not decided, or which of them
	// are true: worlds differ in more than when it began and ended.
	Undecided bool
	// Interrupted says that there are days on which it may not have held between others
	// on which it certainly did.
	Interrupted bool
	// Began and Ended are the events that began and ended it in some world. If
	// it is Undecided they are those that decide about it: all that by then had
	// made a change, one way or the other, since it was last certain.
	Began, Ended []Event[E]
	// Caveats are why there may have been more than this, or something else. If it is
	// Undecided, Decides are the events that decide on the first day on which it is not
	// certain. If it is Incomplete, the bounds are those of what was found.
	Caveats[E]

	uncertain edtf.Day // the first day on which it is not certain, of an undecided one
	silent    bool     // it is a stretch of which nothing is recorded
}

// Periods returns an iterator over the periods in which q held, as far as any
// world has it, in the order of time. Periods with no day between them are one. A
// stretch of days about which the sources are silent, and for which nothing is recorded,
// is a period that is Possible, with no event that began or ended it. If the question
// is a mistake, the only period has the error in its Err.
func (t *Timeline[S, E]) Periods(q Question[S, bool]) iter.Seq[Period[E]] {
	return func(yield func(Period[E]) bool) {
		x, err := inquire(t, q)
		if err != nil {
			yield(Period[E]{Held: edtf.Possible, Caveats: Caveats[E]{Err: err}})
			return
		}
		for p := range withSilence(&x, periodsOf(x.track())) {
			if p.Undecided && p.Err == nil && p.Incomplete == nil {
				refine(&x, &p)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// withSilence returns periods with those of which nothing is recorded between them.
func withSilence[S, E any](x *inquiry[bool, S, E], recorded iter.Seq[Period[E]]) iter.Seq[Period[E]] {
	all := worlds.Range{First: edtf.DistantPast, Last: edtf.DistantFuture}
	silences := x.coverage.silent(all, x.Topics, x.Parts)
	if len(silences) == 0 {
		return recorded
	}
	periods := slices.Collect(recorded)
	var taken, gaps dayset
	for n := range periods {
		taken = append(taken, periods[n].days())
	}
	for _, s := range silences {
		gaps = append(gaps, x.coverage.gap(&s)...)
	}
	for _, gap := range gaps.merged() {
		for _, r := range taken.complement(gap) {
			periods = append(periods, silentPeriod[E](r, x.caveats(r.First, r.Last)))
		}
	}
	slices.SortStableFunc(periods, func(a, b Period[E]) int { return cmp.Compare(a.days().First, b.days().First) })
	return slices.Values(periods)
}

// silentPeriod returns the period of days of which nothing is recorded.
func silentPeriod[E any](r worlds.Range, c Caveats[E]) Period[E] {
	p := Period[E]{Held: edtf.Possible, Caveats: c, silent: true}
	if r.First > edtf.DistantPast {
		p.From = r.First.Date()
	}
	if r.Last < edtf.DistantFuture {
		p.Until = r.Last.Next().Date()
	}
	return p
}

// days returns the days on which p may have held.
func (p *Period[E]) days() worlds.Range {
	r := worlds.Range{First: edtf.DistantPast, Last: edtf.DistantFuture}
	if !p.From.IsZero() {
		r.First = p.From.Earliest()
	}
	if !p.Until.IsZero() && p.Until.Latest() < edtf.DistantFuture {
		r.Last = p.Until.Latest() - 1
	}
	return r
}

// refine finds the exact bounds of a period that is undecided: on which days it began
// and ended in any of the worlds that have it, and whether all do.
func refine[S, E any](x *inquiry[bool, S, E], p *Period[E]) {
	days := worlds.Range{First: edtf.DistantPast, Last: p.Until.Latest()}
	if !p.From.IsZero() {
		days.First = p.From.Earliest()
	}
	sighting := func() *worlds.Sighting { return worlds.NewSighting(x.values(), days.First, x.readIn, x.turns()) }
	seen, latest := sighting(), days.First
	changes := daysIn(seen.Changes(), days)
	for _, day := range changes {
		if day == days.Last && days.Last != edtf.DistantFuture {
			break // it is over
		}
		if seen.By(day) == edtf.Certain {
			p.Held = edtf.Certain
		}
		if seen.Lately() {
			latest = day
		}
	}
	// It may have ended by a day just if there is a world in which it held before, and
	// not from then on.
	n := sort.Search(len(changes), func(n int) bool {
		if changes[n] == days.First {
			return false
		}
		s := sighting()
		s.By(changes[n] - 1)
		s.Split()
		s.By(max(changes[n], days.Last-1))
		return s.OnlyBefore()
	})
	if x.work().Spent() {
		p.Incomplete = x.limit(true)
		return
	}
	if !p.From.IsZero() {
		p.From = edtf.Between(days.First, latest)
	}
	if n < len(changes) && !p.Until.IsZero() {
		p.Until = edtf.Between(changes[n], days.Last)
	}
	p.Decides = x.ask(p.uncertain).answer.Decides
}

// periodsOf returns the periods in which the changes of a track are true, or may
// be.
func periodsOf[E any](track iter.Seq[Change[bool, E]]) iter.Seq[Period[E]] {
	return func(yield func(Period[E]) bool) {
		var run []Change[bool, E] // of changes that may be true
		for c := range track {
			if c.Value || len(c.Others) > 0 || c.Incomplete != nil || c.Err != nil {
				run = append(run, c)
				continue
			}
			if len(run) > 0 && !yield(periodOf(run, &c)) {
				return
			}
			run = nil
		}
		if len(run) > 0 {
			yield(periodOf(run, nil))
		}
	}
}

// certain reports whether c has one value.
func (c *Change[V, E]) certain() bool {
	return len(c.Others) == 0 && c.Incomplete == nil && c.Err == nil
}

// periodOf returns the period made of a run of changes in which something is
// possible. next follows it, if anything does.
func periodOf[E any](run []Change[bool, E], next *Change[bool, E]) Period[E] {
	first, last := &run[0], &run[len(run)-1]
	p := Period[E]{From: first.From, Held: edtf.Possible, Began: first.Because, Caveats: first.Caveats}
	for n := range run[1:] {
		p.also(&run[n+1].Caveats)
	}
	if len(run) == 1 && first.certain() && !first.Undecided && (next == nil || !next.Undecided) {
		p.Until = last.Until // as the events say
		if next != nil {
			p.Ended = next.Because
		}
		if p.lasts() {
			p.Held = edtf.Certain
		}
		return p
	}
	p.Undecided, p.uncertain = true, uncertainOn(run)
	begins, over := first.From.Earliest(), edtf.DistantFuture // the bounds of all of it
	if next != nil {
		over, p.Ended = next.From.Latest(), next.Because
	}
	lastBegin, firstOver := over, begins // if it is never certain: any day of it
	if over != edtf.DistantFuture {
		lastBegin = over - 1
	}
	if begins != edtf.DistantPast {
		firstOver = begins + 1
	}
	for n := range run {
		if !run[n].certain() {
			continue
		}
		p.Interrupted = p.Held == edtf.Certain // there was a certain part before
		firstOver = run[n].Until.Earliest()
		if run[n].Until.IsZero() {
			firstOver = edtf.DistantFuture
		}
		if p.Held != edtf.Certain {
			p.Held, lastBegin = edtf.Certain, run[n].From.Latest()
			p.Began = run[n].Because
			if run[n].From.IsZero() {
				lastBegin = edtf.DistantPast
			}
		}
	}
	p.From = edtf.Between(begins, lastBegin)
	p.Until = edtf.Between(firstOver, over)
	return p
}

// uncertainOn returns the first day of a run on which it is not certain.
func uncertainOn[E any](run []Change[bool, E]) edtf.Day {
	for n := range run {
		if !run[n].certain() && !run[n].From.IsZero() {
			return run[n].From.Earliest()
		}
	}
	return run[0].From.Earliest()
}

// also takes over the caveats of the same question about days that follow.
func (c *Caveats[E]) also(next *Caveats[E]) {
	c.add(next.Incomplete, next.Err)
	for _, s := range next.NotRecorded {
		if !slices.Contains(c.NotRecorded, s) {
			c.NotRecorded = append(slices.Clip(c.NotRecorded), s)
		}
	}
	if c.Horizon.IsZero() {
		c.Horizon = next.Horizon
	}
}

// Days returns how many days the period has, from the day it began to that on
// which it was over, as far as its bounds say. Without a beginning or an end
// it has any number of days. If it is Undecided, days of an interruption are
// counted in.
func (p Period[E]) Days() edtf.Days {
	if p.From.IsZero() || p.Until.IsZero() {
		return edtf.Days{Min: edtf.MinDays, Max: edtf.MaxDays}
	}
	days := edtf.DaysBetween(p.From, p.Until)
	days.Min, days.Max = max(days.Min, 0), max(days.Max, 0)
	return days
}

// lasts reports whether the bounds leave p at least a day.
func (p *Period[E]) lasts() bool {
	switch {
	case p.Until.IsZero():
		return true
	case p.From.IsZero():
		return p.Until.Earliest() > edtf.DistantPast
	}
	return p.From.Latest() < p.Until.Earliest()
}

// String returns p as "2024-06 to 2025-03, 244 to 303 days", "since 2024-06" or
// "until 2025-03". What is not certain begins with "possibly", and what may go on is
// "since 2024-06, or until a day from 2025-03-01 on". What is incomplete says so.
func (p Period[E]) String() string {
	return p.warn(p.text(edtf.Date.String, func(from, until string) string { return from + " to " + until }))
}

// English returns p as String does, in words: "from June 2024 to March 2025, 244 to 303
// days", "since a day between 2016 and 20 September 2022".
func (p Period[E]) English() string {
	return p.text(inWords, func(from, until string) string { return "from " + from + " to " + until })
}

// inWords returns a date as it stands after "since".
func inWords(d edtf.Date) string {
	text := d.English()
	if strings.HasPrefix(text, "between ") {
		return "a day " + text
	}
	return text
}

// text returns p with its dates as they are written, and those of both ends joined.
func (p *Period[E]) text(date func(edtf.Date) string, ends func(from, until string) string) string {
	text := ""
	if p.Held != edtf.Certain {
		text = "possibly "
	}
	switch {
	case p.From.IsZero() && p.Until.IsZero():
		text += "always"
	case p.Until.IsZero():
		text += "since " + date(p.From)
	case p.Until.Latest() == edtf.DistantFuture:
		if !p.From.IsZero() {
			text += "since " + date(p.From) + ", or "
		}
		text += "until a day from " + date(p.Until.Earliest().Date()) + " on"
	case p.From.IsZero():
		text += "until " + date(p.Until)
	default:
		text += ends(date(p.From), date(p.Until)) + ", " + p.Days().String()
	}
	if p.silent {
		text += ", not recorded: " + p.topics()
	}
	if p.Incomplete != nil {
		text += ", incomplete"
	}
	return text
}
