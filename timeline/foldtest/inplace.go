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
	copies, ok := c.applyAll(apply, copy)
	if ok {
		c.checkCopies(copies, copy)
	}
	return errors.Join(c.faults...)
}

// applyAll applies the events one after the other, and returns a copy of the state before
// the first and after each, or false if a promise was not kept.
func (c *checker[S, E]) applyAll(apply func(*S, *timeline.Event[E]) error, copy func(into, from *S)) (copies []*S, ok bool) {
	var s S
	copies = []*S{new(S)}
	copy(copies[0], &s)
	for n, e := range c.events {
		was := c.states[n]
		if !c.equal(*copies[n], was) {
			c.fault("before %s: a copy is not equal to what it was made of", e.Label())
			return nil, false
		}
		if !e.Retracts() && !c.apply(n, &s, copies[n], apply, copy) {
			return nil, false
		}
		copies = append(copies, new(S))
		copy(copies[n+1], &s)
	}
	return copies, true
}

// apply applies event n to s, of which there is a copy, and another event to one more.
func (c *checker[S, E]) apply(n int, s, copied *S, apply func(*S, *timeline.Event[E]) error, copy func(into, from *S)) bool {
	e := c.events[n]
	_, refused := c.fold(c.states[n], e)
	var fork S
	copy(&fork, s)
	err := apply(s, &e)
	switch {
	case !c.equal(*copied, c.states[n]):
		c.fault("%s changes a copy: it shares something with what it was made of", e.Label())
	case (err == nil) != (refused == nil):
		c.fault("apply refuses %s with the error %v, and the fold with %v", e.Label(), err, refused)
	case !c.equal(*s, c.states[n+1]) && err != nil:
		c.fault("apply changes the state by %s, although it refuses it", e.Label())
	case !c.equal(*s, c.states[n+1]):
		c.fault("after %s the state that apply has changed is another than that of the fold", e.Label())
	default:
		other := c.following(n)
		_ = apply(&fork, &other) // it may be refused in that state
		if !c.equal(*s, c.states[n+1]) {
			c.fault("%s, applied to a copy, changes what it was made of: the copy shares something with it", other.Label())
			return false
		}
		return true
	}
	return false
}

// following returns the next event behind event n that is folded, perhaps event n itself.
func (c *checker[S, E]) following(n int) timeline.Event[E] {
	for m := n + 1; ; m++ {
		if e := c.events[m%len(c.events)]; !e.Retracts() {
			return e
		}
	}
}

// checkCopies copies each state into memory in which there was a later one.
func (c *checker[S, E]) checkCopies(copies []*S, copy func(into, from *S)) {
	var used S
	for n := len(copies) - 1; n >= 0; n-- {
		copy(&used, copies[n])
		if !c.equal(used, c.states[n]) {
			c.fault("a copy of the state after %d events, in memory that was used for a later one, is not equal to it", n)
			return
		}
	}
}
