package worlds

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Sighting is whether something has held at the end of some day, from a first
// day on. That can be certain though it is certain on no single day: if it held for
// one day in June, and nobody knows which, then by July it has held in every world.
//
//	            Jun 1   Jun 2   Jun 3   Jul 1
//	world 1      held
//	world 2              held
//	world 3                      held
//	on the day  possible in June, no in July
//	by the day  possible              certain
//
// Each world carries a mark from the first day on which it held there. To find on which
// days it may have held last, the marks are split at a day: see Split.
type Sighting[S any] struct {
	engine *Engine[observed[S, sights]]
	at     Frontier[observed[S, sights]]
	mark   sights // what is noted if it holds
}

// sights are when it has held in a world.
type sights uint8

const (
	lately  sights = 1 << iota // since By was last called
	earlier                    // before that
	after                      // since the split
)

// NewSighting returns a sighting of p from day first on. The calendar alone may
// change what p says on turns, which ascend.
func NewSighting[S any](e *Engine[S], first edtf.Day, p func(s S, day edtf.Day) bool, turns []edtf.Day) *Sighting[S] {
	look := sight[S, sights]{
		observe: func(seen sights, _ S, _ int) sights { return seen },
		same:    func(a, b sights) bool { return a == b },
	}
	on := first // the last turn, or the first day
	s := &Sighting[S]{mark: lately}
	o := &observer[observed[S, sights]]{
		endOfDay: func(x observed[S, sights]) observed[S, sights] {
			if (x.seen == 0 || s.mark == after) && p(x.state, on) {
				x.seen |= s.mark
			}
			return x
		},
		turn: func(x observed[S, sights], day edtf.Day) observed[S, sights] {
			on = day
			return x
		},
	}
	before := e.Start()
	if first > edtf.DistantPast {
		before = e.Expand(e.Carry(e.Nearest(first-1), first-1))
	}
	s.engine, s.at = observing(e, look, o, turns), observedFrom(e.Materialise(before), sights(0))
	return s
}

// Changes returns the days on which it may change; see [Engine.Changes].
func (s *Sighting[S]) Changes() []edtf.Day { return s.engine.Changes() }

// By reports whether it has held by the end of day. Days must ascend from call
// to call.
func (s *Sighting[S]) By(day edtf.Day) edtf.Truth {
	s.settle()
	s.at = s.engine.Carry(s.at, day)
	seen := seenIn(s.at)
	if s.at.Incomplete || len(seen) == 0 || slices.Contains(seen, 0) && slices.ContainsFunc(seen, func(k sights) bool { return k != 0 }) {
		return edtf.Possible
	}
	return edtf.TruthOf(seen[0] != 0)
}

// settle makes what held lately earlier, so that Lately speaks of the days since the
// last call of By alone. Frontiers are shared: the worlds are copied before.
func (s *Sighting[S]) settle() {
	s.at.Worlds = slices.Clone(s.at.Worlds)
	for n := range s.at.Worlds {
		if seen := &s.at.Worlds[n].State.seen; *seen&lately != 0 {
			*seen = *seen&^lately | earlier
		}
	}
}

// Lately reports whether there is a world in which it held for the first time after
// the day before the last for which By was called.
func (s *Sighting[S]) Lately() bool {
	return slices.ContainsFunc(seenIn(s.at), func(k sights) bool { return k&lately != 0 })
}

// Split begins to note whether it holds again. Asked for a later day, OnlyBefore then
// says whether some world has seen the last of it before the split.
func (s *Sighting[S]) Split() {
	s.settle()
	s.mark = after
}

// OnlyBefore reports whether there is a world in which it held before the split, and
// not since.
func (s *Sighting[S]) OnlyBefore() bool {
	return slices.Contains(seenIn(s.at), earlier)
}
