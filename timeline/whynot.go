package timeline

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Missing is what is missing for something to have held on a day.
type Missing[E any] struct {
	// Verdict says whether it held all the same. If that is Certain, nothing is
	// missing; and what the sources do not cover is among its caveats. If it is
	// Incomplete, Undecided may lack alternatives, even when it is empty.
	Verdict[E]
	// Undecided are the ways in which it may have held, compared with the
	// baseline: all single-event alternatives; else all pairs; else one smallest
	// set.
	Undecided []Scenario[E]
	// Later is when it next came to hold, or may have, if it did so only after
	// the day; LaterTruth is Possible if it may have. LaterBecause are the events that
	// made it so.
	Later        edtf.Date
	LaterTruth   edtf.Truth
	LaterBecause []Event[E]
	// Unknown is a minimal set of events, not yet known on the day given to
	// [Timeline.KnownOn], that would make it possible. It is empty if none is
	// needed or no set is enough.
	Unknown []Event[E]
	// Corrections is a minimal set of corrections without which it would be
	// possible. It is empty if there is none.
	Corrections []Event[E]
}

// A Scenario is how a world differs from the baseline.
type Scenario[E any] struct {
	// If are the events that would have to be earlier than in the baseline, or to
	// count at all; Without are those that must not count.
	If, Without []Event[E]
}

// WhyNot returns what is missing for q to have held at the end of day. If q holds
// in the baseline, there are no ways and no events in the result. If it is then only
// Possible, ask for [Not] of q to see what speaks against it, unless a caveat
// says. A mistake in the question is in the Err of the result.
func (t *Timeline[S, E]) WhyNot(day edtf.Day, q Question[S, bool]) Missing[E] {
	x, err := inquire(t, q)
	if err != nil {
		return Missing[E]{Verdict: failed[E](err)}
	}
	a := x.ask(day)
	l := Missing[E]{Verdict: verdictOf(&a.answer)}
	p := x.on(day)
	if s, refusal := x.t.baseline.At(day); refusal == nil && p(*s) {
		return l // the baseline has it
	}
	if l.Undecided = scenarios(x.t, &a.frontier, p); len(l.Undecided) == 0 && a.frontier.Incomplete {
		l.Undecided = singles(&x, day)
	}
	if len(l.Undecided) > 0 {
		return l
	}
	for c := range x.track() {
		if may := c.Value || len(c.Others) > 0 || c.Incomplete != nil; may && !c.From.IsZero() && c.From.Latest() > day {
			l.Later, l.LaterTruth, l.LaterBecause = c.From, edtf.Possible, c.Because
			if c.Value && len(c.Others) == 0 && !c.Undecided && c.Incomplete == nil && len(c.NotRecorded) == 0 {
				l.LaterTruth = edtf.Certain
			}
			break
		}
	}
	l.Unknown = unknown(&x, day)
	l.Corrections = corrections(&x, day)
	if x.work().Spent() {
		l.Caveats.add(x.limit(true), nil)
	}
	return l
}

// maxSingles is how many undecided events are tried one by one.
const maxSingles = 1 << 9

// scenarios returns how the worlds of f in which p holds differ from the baseline.
func scenarios[S, E any](t *Timeline[S, E], f *worlds.Frontier, p func(S) bool) []Scenario[E] {
	var all [][]worlds.Deviation
	for n := range f.Worlds {
		if p(*f.Worlds[n].State.(*S)) {
			all = append(all, t.engine().Deviations(&f.Worlds[n], f.Day))
		}
	}
	slices.SortStableFunc(all, worlds.CompareSets)
	all = slices.CompactFunc(all, func(a, b []worlds.Deviation) bool { return slices.Equal(a, b) })
	var scenarios []Scenario[E]
	for n, ds := range all {
		if len(ds) > len(all[0]) || n > 0 && len(ds) > 2 {
			break
		}
		with, without := t.eventsOf(ds)
		scenarios = append(scenarios, Scenario[E]{with, without})
	}
	return scenarios
}

// may reports whether x may have had a value on day by what t shows.
func (x *inquiry[V, S, E]) may(t *Timeline[S, E], day edtf.Day, is V) bool {
	if !x.work().Spend(len(t.events)) {
		return false
	}
	one := *x
	one.t = t
	return slices.Contains(one.ask(day).answer.Values(), is)
}

// singles returns the undecided events each of which alone, besides what has
// certainly happened, would make x hold: for when there are too many worlds to have
// looked at all.
func singles[S, E any](x *inquiry[bool, S, E], day edtf.Day) []Scenario[E] {
	var found []Scenario[E]
	undecided := map[uuid.UUID]bool{}
	for e := range x.t.Pending(day) {
		undecided[e.ID] = true
	}
	for e := range x.t.Pending(day) {
		if len(undecided) > maxSingles {
			break
		}
		alone := x.t.Where(func(other Event[E]) bool { return other.ID == e.ID || !undecided[other.ID] })
		if x.may(alone, day, true) {
			found = append(found, Scenario[E]{If: []Event[E]{e}})
		}
	}
	return found
}

// unknown returns a least set of the events that the timeline does not show because
// they were not known, but for which x is not possible.
func unknown[S, E any](x *inquiry[bool, S, E], day edtf.Day) []Event[E] {
	t := x.t
	var hidden []*Event[E]
	all := t.view
	all.known = edtf.DistantFuture
	for _, e := range t.pool {
		if !t.view.shows(e) && all.shows(e) {
			hidden = append(hidden, e)
		}
	}
	works := func(set []int) bool {
		known := map[uuid.UUID]bool{}
		for _, n := range set {
			known[hidden[n].ID] = true
		}
		return x.may(t.knowing(known), day, true)
	}
	return leastOf(hidden, works)
}

// corrections returns a least set of the corrections that the timeline shows, but for
// which x would be possible.
func corrections[S, E any](x *inquiry[bool, S, E], day edtf.Day) []Event[E] {
	var all []*Event[E]
	for _, e := range x.t.events {
		if len(e.Replaces) > 0 {
			all = append(all, e)
		}
	}
	works := func(set []int) bool {
		gone := map[uuid.UUID]bool{}
		for _, n := range set {
			gone[all[n].ID] = true
		}
		without := x.t.Where(func(e Event[E]) bool { return !gone[e.ID] })
		return x.may(without, day, true)
	}
	return leastOf(all, works)
}

// leastOf returns events from which nothing can be taken away, of those that
// work together, or none if they do not.
func leastOf[E any](all []*Event[E], works func(set []int) bool) []Event[E] {
	is := worlds.UpTo(len(all))
	if len(all) == 0 || !works(is) {
		return nil
	}
	var events []Event[E]
	for _, n := range shrink(is, works) {
		events = append(events, all[n].clone())
	}
	return events
}

// knowing returns t as if the given events had been known all along.
func (t *Timeline[S, E]) knowing(ids map[uuid.UUID]bool) *Timeline[S, E] {
	u := &Timeline[S, E]{rules: t.rules, all: t.all, pool: slices.Clone(t.pool), words: t.words, events: t.events, baseline: t.baseline}
	for n, e := range u.pool {
		if ids[e.ID] {
			c := *e
			c.Known = edtf.Between(edtf.DistantPast, t.view.known)
			u.pool[n] = &c
		}
	}
	return u.through(t.view)
}
