package timeline

import (
	"errors"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// ErrScope reports that the events which name the parts of a question in their Scope do not give the value
// that the state has: a Scope, or the parts that the question reads, leave something out. Package foldtest
// finds what.
var ErrScope = errors.New("timeline: a Scope, or the parts that the question reads, leave something out")

// scopeError compares the value in the baseline of all events with that in the baseline of those that can decide
// about the question, as far as the states are there: nothing is folded for it.
func (x *inquiry[V, S, E]) scopeError(day edtf.Day) error {
	if x.asked == nil || x.asked == x.t {
		return nil
	}
	whole, ok := x.asked.baseline.AtHand(day)
	if !ok {
		return nil
	}
	part, refusal := x.t.baseline.At(day)
	if refusal != nil {
		return nil
	}
	want, got := x.read(*whole, day), x.read(*part, day)
	if want == got {
		return nil
	}
	if seen := map[V]bool{want: true, got: true}; !seen[want] || !seen[got] { // NaN, which equals nothing
		return nil
	}
	return fmt.Errorf("%w: on %v the state has %v, and the events about %q alone give %v", ErrScope, day, want, x.Parts, got)
}
