package worlds

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Sighting is whether something has held at the end of some day, from a first
// day on. That can be certain though it is certain on no single day: if it held for
// one day in June, and nobody knows which, then by July it has held in every world.
type Sighting[S any] struct {
	engine *Engine[observed[S, bool]]
	at     Frontier[observed[S, bool]]
}

// NewSighting returns a sighting of p from day first on. The calendar alone may
// change what p says on turns, which ascend.
func NewSighting[S any](e *Engine[S], first edtf.Day, p func(s S, day edtf.Day) bool, turns []edtf.Day) *Sighting[S] {
	look := sight[S, bool]{
		observe: func(seen bool, _ S, _ int) bool { return seen },
		same:    func(a, b bool) bool { return a == b },
	}
	on := first // the last turn, or the first day
	o := &observer[observed[S, bool]]{
		endOfDay: func(x observed[S, bool]) observed[S, bool] {
			x.seen = x.seen || p(x.state, on)
			return x
		},
		turn: func(x observed[S, bool], day edtf.Day) observed[S, bool] {
			on = day
			return x
		},
	}
	before := e.Start()
	if first > edtf.DistantPast {
		before = e.Expand(e.Carry(e.Nearest(first-1), first-1))
	}
	return &Sighting[S]{observing(e, look, o, turns), observedFrom(e.Materialise(before), false)}
}

// Changes returns the days on which it may change; see [Engine.Changes].
func (s *Sighting[S]) Changes() []edtf.Day { return s.engine.Changes() }

// By reports whether it has held by the end of day. Days must ascend from call
// to call.
func (s *Sighting[S]) By(day edtf.Day) edtf.Truth {
	s.at = s.engine.Carry(s.at, day)
	seen := seenIn(s.at)
	if s.at.Incomplete || len(seen) == 0 || slices.Contains(seen, true) && slices.Contains(seen, false) {
		return edtf.Possible
	}
	return edtf.TruthOf(seen[0])
}
