package foldtest

import (
	"errors"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// CheckInPlace folds events with both folds of an archive, in the order in which they are
// given, and returns an error for each promise that apply and copy do not keep:
//
//   - apply makes of a state what fold makes of it, and refuses the same events;
//   - an event that it refuses leaves the state as it was;
//   - a copy is equal to what it was made of, also in memory that was used before, and
//     does not change with it.
//
// See archive.InPlace. States are compared as [Check] does; if they have slices or maps that
// are nil at first and empty in a copy, S needs a method Equal for which that is the same.
func CheckInPlace[S, E any](fold timeline.Fold[S, E], apply func(*S, *timeline.Event[E]) error, copy func(into, from *S), events ...timeline.Event[E]) error {
	c := checker[S, E]{fold: fold, equal: value.Equality[S](), events: events}
	c.findStates()
	var s, again S
	for n, e := range events {
		if e.Retracts() {
			continue
		}
		was := c.states[n]
		copy(&again, &s)
		if !c.equal(again, was) {
			c.fault("before %s: a copy is not equal to what it was made of", e.Label())
			break
		}
		_, refused := fold(was, e)
		err := apply(&s, &e)
		switch {
		case !c.equal(again, was):
			c.fault("%s changes a copy: it shares something with what it was made of", e.Label())
		case (err == nil) != (refused == nil):
			c.fault("apply refuses %s with the error %v, and the fold with %v", e.Label(), err, refused)
		case !c.equal(s, c.states[n+1]) && err != nil:
			c.fault("apply changes the state by %s, although it refuses it", e.Label())
		case !c.equal(s, c.states[n+1]):
			c.fault("after %s the state that apply has changed is another than that of the fold", e.Label())
		default:
			continue
		}
		break
	}
	return errors.Join(c.faults...)
}
