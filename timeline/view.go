package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A view is what a timeline shows of its events.
type view[E any] struct {
	about [][]string // the parts asked about; each narrows it further
	keep  []func(Event[E]) bool
	known edtf.Day // what could be known by then; DistantFuture for all
}

func wholeView[E any]() view[E] { return view[E]{known: edtf.DistantFuture} }

func (v view[E]) shows(e *Event[E]) bool {
	if e.KnowledgeTime().Earliest() > v.known {
		return false
	}
	return !slices.ContainsFunc(v.keep, func(keep func(Event[E]) bool) bool { return !keep(e.clone()) })
}

// KnownOn returns what could be known of t by the end of day. Events that
// became known later are not there at all, nor are the corrections they make;
// an event whose Known window has begun but is not over is undecided. Called
// on a view it can only take more away.
func (t *Timeline[S, E]) KnownOn(day edtf.Day) *Timeline[S, E] {
	v := t.view
	v.known = min(v.known, day)
	u := t.through(v)
	u.whole = t.asKnownNow()
	return u
}

// Where returns t with only the events for which keep holds: the history
// according to one source, say. The other events are as if they were not there, so
// what the events that are left refer to may be missing. If keep is nil, it is t.
func (t *Timeline[S, E]) Where(keep func(Event[E]) bool) *Timeline[S, E] {
	if keep == nil {
		return t
	}
	v := t.view
	v.keep = append(slices.Clip(v.keep), keep)
	u := t.through(v)
	if t.whole != nil {
		u.whole = t.whole.Where(keep)
	}
	return u
}

// asKnownNow returns t with all that is known.
func (t *Timeline[S, E]) asKnownNow() *Timeline[S, E] {
	if t.whole != nil {
		return t.whole
	}
	return t
}

// through returns the events from which t chooses, as v shows them. It folds
// nothing yet; what the fold refuses shows up in snapshots and answers.
func (t *Timeline[S, E]) through(v view[E]) *Timeline[S, E] {
	u := &Timeline[S, E]{rules: t.rules, all: t.all, pool: t.pool, words: t.words, view: v, effort: t.effort}
	// Fewer events mean fewer constraints: what had no fault has none now.
	_ = u.arrange(u.shown())
	u.reuse(t)
	return u
}

// viewed returns t, which shows everything, as v does.
func (t *Timeline[S, E]) viewed(v view[E]) *Timeline[S, E] {
	for _, parts := range v.about {
		t = t.about(parts)
	}
	for _, keep := range v.keep {
		t = t.Where(keep)
	}
	if v.known != edtf.DistantFuture {
		t = t.KnownOn(v.known)
	}
	return t
}

// sibling returns a timeline like t, of which other things can be said.
func (t *Timeline[S, E]) sibling() *Timeline[S, E] {
	return &Timeline[S, E]{
		rules: t.rules, all: t.all, pool: t.pool, words: t.words, view: t.view, whole: t.whole,
		events: t.events, items: t.items, conflicts: t.conflicts, baseline: t.baseline, engine: t.engine, values: t.values,
		parts: t.parts, effort: t.effort,
	}
}

// shown returns the events that the view of t shows, in sequence order.
func (t *Timeline[S, E]) shown() []*Event[E] {
	shown := make([]*Event[E], 0, len(t.pool))
	for _, e := range t.pool {
		if t.view.shows(e) {
			shown = append(shown, e)
		}
	}
	return shown
}

// KnowledgeDay returns the day given to [Timeline.KnownOn], or false if
// everything that is known counts.
func (t *Timeline[S, E]) KnowledgeDay() (edtf.Day, bool) {
	return t.view.known, t.view.known != edtf.DistantFuture
}
