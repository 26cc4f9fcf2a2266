// Package foldtest checks that a fold, and the scopes and questions that go with it,
// keep the promises on which answers rest. A fold that changes the state it is given
// makes every day look like the last, and a scope that leaves something out makes a
// confident wrong answer; neither shows by itself.
//
//	func TestFold(t *testing.T) {
//		if err := foldtest.Check(fold, events...); err != nil {
//			t.Error(err)
//		}
//	}
package foldtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// maxFaults is how many broken promises an error lists.
const maxFaults = 10

// Check folds events, in the order in which they are given, and returns an error for
// each promise that fold or the scopes of the payloads do not keep:
//
//   - the fold is pure: it does not change the state that it is given, nor one that it has
//     returned before, and gives the same again;
//   - each event can follow one of the states at least;
//   - two events without a part in common can be folded in either order with equal
//     results, and neither decides whether the other is refused.
//
// States are compared by their method Equal(S) bool if they have one, else by
// reflect.DeepEqual. The cost is that of six folds for each two events. What is not
// found with these events may be found with others: give all kinds.
func Check[S, E any](fold timeline.Fold[S, E], events ...timeline.Event[E]) error {
	c := checker[S, E]{fold: fold, equal: value.Equality[S](), events: events}
	c.findStates()
	c.checkPure()
	c.checkTaken()
	for n := range events {
		for m := range events[n+1:] {
			c.checkOrder(n, n+1+m)
		}
	}
	return errors.Join(c.faults...)
}

// CheckQuestion folds events as Check does, and returns an error for each promise that
// q does not keep, asked about the days from the first that a date may be to the last,
// such as those of "2018/2019":
//
//   - an event without one of the parts of q in its scope does not change the value;
//   - states that are equal by their method Equal have the same value;
//   - the calendar alone does not change the value, unless q is Dated; then it does on
//     days that events name in their Schedule, and on no others.
func CheckQuestion[V comparable, S, E any](fold timeline.Fold[S, E], q timeline.Question[S, V], days edtf.Date, events ...timeline.Event[E]) error {
	first, last := days.Bounds()
	c := checker[S, E]{fold: fold, equal: value.Equality[S](), events: events}
	c.findStates()
	name := cmp.Or(q.Name, "the value")
	asked := askedOn(q.Dated, first, last, events)
	var turns []edtf.Day
	for n, s := range c.states {
		if n > 0 {
			before, e := c.states[n-1], events[n-1]
			changes := slices.ContainsFunc(asked, func(day edtf.Day) bool { return q.Read(before, day) != q.Read(s, day) })
			if changes && c.equal(before, s) {
				c.fault("%s changes %s, but the states before and after it are equal by the method Equal", e.Label(), name)
			}
			if changes && q.Parts != nil && !overlap(scopeOf(e), q.Parts) {
				c.fault("%s changes %s, but its scope %q has none of the parts %q", e.Label(), name, scopeOf(e), q.Parts)
			}
			if p, ok := any(e.Data).(timeline.Scheduled); ok {
				turns = append(turns, p.Schedule()...)
			}
		}
		for day := first + 1; day <= last; day++ {
			if q.Read(s, day-1) != q.Read(s, day) && !(q.Dated && slices.Contains(turns, day)) {
				c.fault("the calendar changes %s on %v, which no event has in its Schedule", name, day)
				break
			}
		}
	}
	return errors.Join(c.faults...)
}

// askedOn returns the days on which values are compared: the last, and if the calendar changes them, the first, those
// that events have in their Schedule, and each day before one of these.
func askedOn[E any](dated bool, first, last edtf.Day, events []timeline.Event[E]) []edtf.Day {
	days := []edtf.Day{last}
	if !dated {
		return days
	}
	days = append(days, first)
	for _, e := range events {
		p, ok := any(e.Data).(timeline.Scheduled)
		if !ok {
			continue
		}
		for _, day := range p.Schedule() {
			for _, d := range []edtf.Day{day - 1, day} {
				if first <= d && d <= last {
					days = append(days, d)
				}
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

type checker[S, E any] struct {
	fold   timeline.Fold[S, E]
	equal  func(a, b S) bool
	events []timeline.Event[E]
	states []S // before the first event, and after each that was folded so far
	faults []error
}

func (c *checker[S, E]) fault(format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

// step folds an event. A retraction changes nothing; what is refused does not either.
func (c *checker[S, E]) step(s S, e timeline.Event[E]) (S, error) {
	if e.Retracts() {
		return s, nil
	}
	next, err := c.fold(s, e)
	if err != nil {
		return s, err
	}
	return next, nil
}

// findStates folds all events, one after the other.
func (c *checker[S, E]) findStates() {
	var s S
	c.states = []S{s}
	for _, e := range c.events {
		s, _ = c.step(s, e)
		c.states = append(c.states, s)
	}
}

// checkPure folds everything again, with a new state for each event, and compares what
// was kept with what is found now.
func (c *checker[S, E]) checkPure() {
	for n, s := range c.states { // another event may follow s too, and must not change what followed it before
		for m, e := range c.events {
			if m != n {
				_, _ = c.step(s, e)
			}
		}
	}
	for n := range c.states {
		var s S
		for _, e := range c.events[:n] {
			s, _ = c.step(s, e)
		}
		if !c.equal(s, c.states[n]) {
			c.fault("the fold is not pure: the state after %d events is another once later events are folded, or if it is folded again", n)
			return
		}
	}
}

// checkTaken looks for events that are refused after every state. As one of several rivals such an event would be true
// in no world, and the others certain.
func (c *checker[S, E]) checkTaken() {
	for _, e := range c.events {
		if e.Retracts() {
			continue
		}
		var refused error
		for _, s := range c.states {
			if _, refused = c.fold(s, e); refused == nil {
				break
			}
		}
		if refused != nil {
			c.fault("%s is refused after every state: %w", e.Label(), refused)
		}
	}
}

// checkOrder folds events n and m, if they have no part in common, in both orders.
func (c *checker[S, E]) checkOrder(n, m int) {
	a, b := c.events[n], c.events[m]
	if overlap(scopeOf(a), scopeOf(b)) {
		return
	}
	s := c.states[n]
	withA, errA := c.step(s, a)
	withB, errB := c.step(s, b)
	both, errBAfter := c.step(withA, b)
	turned, errAAfter := c.step(withB, a)
	switch {
	case (errA == nil) != (errAAfter == nil), (errB == nil) != (errBAfter == nil):
		c.fault("%s decides whether %s is refused, or the other way round, but their scopes %q and %q have no part in common",
			a.Label(), b.Label(), scopeOf(a), scopeOf(b))
	case errA == nil && errB == nil && !c.equal(both, turned):
		c.fault("%s and %s give another state in the other order, but their scopes %q and %q have no part in common",
			a.Label(), b.Label(), scopeOf(a), scopeOf(b))
	}
}

// scopeOf returns the parts that an event reads or changes.
func scopeOf[E any](e timeline.Event[E]) []string {
	if e.Retracts() {
		return nil
	}
	if s, ok := any(e.Data).(timeline.Scoped); ok {
		return s.Scope()
	}
	return []string{timeline.AnyPart}
}

// overlap reports whether a part of a and one of b have something in common.
func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool { return worlds.PartsOverlap(x, y) })
	})
}
