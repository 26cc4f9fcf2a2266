package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A view is what a timeline shows of its events.
type view[E any] struct {
	known edtf.Day // what could be known by then; DistantFuture for all
	keep  []func(Event[E]) bool
	about [][]string // the parts asked about; each narrows it further
}

func wholeView[E any]() view[E] { return view[E]{known: edtf.DistantFuture} }

func (v view[E]) isWhole() bool {
	return v.known == edtf.DistantFuture && len(v.keep)+len(v.about) == 0
}

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
	return t.through(v)
}

// Where returns t with only the events for which keep holds: the history
// according to one source, say. The other events are as if they were not there, so
// what the events that are left refer to may be missing.
func (t *Timeline[S, E]) Where(keep func(Event[E]) bool) *Timeline[S, E] {
	v := t.view
	v.keep = append(slices.Clip(v.keep), keep)
	return t.through(v)
}

// through returns the events that t was given, as v shows them. It folds
// nothing yet; what the fold refuses shows up in snapshots and answers.
func (t *Timeline[S, E]) through(v view[E]) *Timeline[S, E] {
	u := &Timeline[S, E]{rules: t.rules, all: t.all, view: v}
	// Fewer events mean fewer constraints: what had no fault has none now.
	_ = u.arrange(u.shown())
	u.reuse(t)
	return u
}

// shown returns the events that the view of t shows.
func (t *Timeline[S, E]) shown() []*Event[E] {
	var shown []*Event[E]
	for _, e := range t.all {
		if t.view.shows(e) {
			shown = append(shown, e)
		}
	}
	return t.view.narrow(shown, t.rules.sequenced)
}

// KnowledgeDay returns the day given to [Timeline.KnownOn], or false if
// everything that is known counts.
func (t *Timeline[S, E]) KnowledgeDay() (edtf.Day, bool) {
	return t.view.known, t.view.known != edtf.DistantFuture
}
