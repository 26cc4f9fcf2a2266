package timeline

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A Snapshot is the state at the end of a day in the baseline: the world in
// which everything happened, and became known, as late as it may, and of rivals
// the one of highest rank, then latest, then last in sequence order is true.
// Rivals apart, it holds exactly what has certainly happened.
//
// It is not a stored snapshot in the sense of event sourcing: nothing depends on
// it, and to make one costs a search.
type Snapshot[S any] struct {
	State S
	On    edtf.Day
	// KnownOn is the day by which it could be known: [edtf.DistantFuture] if
	// everything that is known today counts.
	KnownOn edtf.Day
	// Err is a [*FoldError] if the fold refuses an event of the baseline by that
	// day, which only a view, a lenient timeline and an archive can have. State
	// is then that before the event. It is a [*LackingError] if an event is lacking.
	Err error
}

// At returns the snapshot at the end of day: an event dated that day counts.
// It allocates nothing if the state has been folded before, unless S has a method Clone.
func (t *Timeline[S, E]) At(day edtf.Day) (s Snapshot[S]) {
	state, refusal := t.baseline.At(day)
	t.rules.handTo(&s.State, state)
	s.On, s.KnownOn = day, t.view.known
	if refusal != nil || len(t.rules.lacking) > 0 {
		s.Err = t.errorOn(day, t.foldError(refusal))
	}
	return s
}
