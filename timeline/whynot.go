package timeline

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Missing is what is missing for something to have held on a day.
type Missing[E any] struct {
	// Holds says whether it held all the same. If that is Certain, nothing is
	// missing.
	Holds edtf.Truth
	// Incomplete says that there were more than [MaxWorlds] worlds: Undecided may
	// be missing alternatives, even when it is empty.
	Incomplete bool
	// Undecided are the ways in which it may have held, compared with the
	// baseline: all single-event alternatives; else all pairs; else one smallest
	// set.
	Undecided []Scenario[E]
	// Later is when it next came to hold, or may have, if it did so only after
	// the day, and LaterBecause are the events that made it so.
	Later        edtf.Date
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

// WhyNot returns what is missing for p to have held on day. If p holds in the
// baseline, the result is empty. If it is then only Possible, call WhyNot with
// the negated test to see what speaks against it, unless that is the horizon of
// the [Coverage].
func WhyNot[S, E any](t *Timeline[S, E], day edtf.Day, p func(S) bool) Missing[E] {
	a := ask(t, day, p)
	l := Missing[E]{Holds: edtf.Possible, Incomplete: a.answer.Incomplete}
	if v, ok := a.answer.Certain(); ok {
		l.Holds = edtf.TruthOf(v)
	}
	if s := t.At(day); s.Err == nil && p(s.State) {
		return l // the baseline has it
	}
	l.Undecided = scenarios(t, &a.frontier, p)
	if len(l.Undecided) > 0 {
		return l
	}
	for c := range Track(t, p) {
		if may := c.Value || len(c.Others) > 0 || c.Incomplete; may && !c.From.IsZero() && c.From.Latest() > day {
			l.Later, l.LaterBecause = c.From, c.Because
			break
		}
	}
	l.Unknown = unknown(t, day, p)
	l.Corrections = corrections(t, day, p)
	return l
}

// scenarios returns how the worlds of f in which p holds differ from the baseline.
func scenarios[S, E any](t *Timeline[S, E], f *worlds.Frontier[S], p func(S) bool) []Scenario[E] {
	var all [][]worlds.Deviation
	holds := reading(t, p)
	for n := range f.Worlds {
		if holds(f.Worlds[n].State) {
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

// unknown returns a least set of the events that t does not show because they
// were not known, but for which p is not possible.
func unknown[S, E any](t *Timeline[S, E], day edtf.Day, p func(S) bool) []Event[E] {
	var hidden []*Event[E]
	all := t.view
	all.known = edtf.DistantFuture
	for _, e := range t.all {
		if !t.view.shows(e) && all.shows(e) {
			hidden = append(hidden, e)
		}
	}
	works := func(set []int) bool {
		known := map[uuid.UUID]bool{}
		for _, n := range set {
			known[hidden[n].ID] = true
		}
		return slices.Contains(Ask(t.knowing(known), day, p).Values(), true)
	}
	return leastOf(hidden, works)
}

// corrections returns a least set of the corrections that t shows, but for which
// p would be possible.
func corrections[S, E any](t *Timeline[S, E], day edtf.Day, p func(S) bool) []Event[E] {
	var all []*Event[E]
	for _, e := range t.events {
		if len(e.Replaces) > 0 {
			all = append(all, e)
		}
	}
	works := func(set []int) bool {
		without := t.Where(func(e Event[E]) bool {
			return !slices.ContainsFunc(set, func(n int) bool { return all[n].ID == e.ID })
		})
		return slices.Contains(Ask(without, day, p).Values(), true)
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
	u := &Timeline[S, E]{rules: t.rules, all: slices.Clone(t.all), events: t.events, baseline: t.baseline}
	for n, e := range u.all {
		if ids[e.ID] {
			c := *e
			c.Known = edtf.Between(edtf.DistantPast, t.view.known)
			u.all[n] = &c
		}
	}
	return u.through(t.view)
}
