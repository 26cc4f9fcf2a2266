package timeline

import (
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Fold returns the state that follows s once e has happened. It must be
// pure: the same s and e always give the same result, neither is modified, and
// nothing else is touched, since a timeline folds the same events in many
// orders and keeps the states. An error means that e cannot follow s.
type Fold[S, E any] func(s S, e Event[E]) (S, error)

// ErrNoFold reports a nil fold.
var ErrNoFold = errors.New("timeline: no fold")

// A FoldError says that the fold refused an event of the baseline: that this
// cannot follow what came before it.
type FoldError struct {
	ID   uuid.UUID
	Name string   // the event's name, or its ID if it has none
	Day  edtf.Day // the day on which the baseline has it
	Err  error    // what the fold said
}

// Error names the event, the day and the cause.
func (e *FoldError) Error() string {
	return fmt.Sprintf("timeline: %s on %v: %v", e.Name, e.Day, e.Err)
}

// Unwrap returns what the fold said.
func (e *FoldError) Unwrap() error { return e.Err }

// foldError returns what the fold said about an event of the baseline, or nil.
func (t *Timeline[S, E]) foldError(r *worlds.Refusal) error {
	if r == nil {
		return nil
	}
	e := t.events[r.Item]
	return &FoldError{ID: e.ID, Name: e.Label(), Day: r.Day, Err: r.Err}
}

// step folds one event. A retraction changes nothing.
func (r *rules[S, E]) step(s S, e *Event[E]) (S, error) {
	if e.Retracts() {
		return s, nil
	}
	return r.fold(s, *e)
}

// handOut returns a state that the caller may keep.
func (r *rules[S, E]) handOut(s *S) S {
	if r.clone != nil {
		return r.clone(*s)
	}
	return *s
}

// handTo is handOut into a place of the caller's, which saves a copy.
func (r *rules[S, E]) handTo(to, s *S) {
	if r.clone != nil {
		*to = r.clone(*s)
	} else {
		*to = *s
	}
}
