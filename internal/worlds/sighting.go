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
type Sighting struct {
	engine *Engine
	at     Frontier
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
func NewSighting(e *Engine, first edtf.Day, p func(s State, day edtf.Day) bool, turns []edtf.Day) *Sighting {
	on := first // the last turn, or the first day
	s := &Sighting{mark: lately}
	o := &observer{
		observe: func(seen any, _ State, _ int) any { return seen },
		equal:   func(a, b any) bool { return a.(sights) == b.(sights) },
		endOfDay: func(state State, seen any) any {
			if k := seen.(sights); (k == 0 || s.mark == after) && p(state, on) {
				return k | s.mark
			}
			return seen
		},
		turn: func(_ State, seen any, day edtf.Day) any {
			on = day
			return seen
		},
	}
	before := e.Start()
	if first > edtf.DistantPast {
		before = e.Expand(e.Carry(e.Nearest(first-1), first-1))
	}
	s.engine, s.at = observing(e, o, turns), observedFrom(e.Materialise(before), sights(0))
	return s
}

// Changes returns the days on which it may change; see [Engine.Changes].
func (s *Sighting) Changes() []edtf.Day { return s.engine.Changes() }

// By reports whether it has held by the end of day. Days must ascend from call
// to call.
func (s *Sighting) By(day edtf.Day) edtf.Truth {
	s.settle()
	s.at = s.engine.Carry(s.at, day)
	seen := seenIn[sights](s.at)
	if s.at.Incomplete || len(seen) == 0 || slices.Contains(seen, 0) && slices.ContainsFunc(seen, func(k sights) bool { return k != 0 }) {
		return edtf.Possible
	}
	return edtf.TruthOf(seen[0] != 0)
}

// settle makes what held lately earlier, so that Lately speaks of the days since the
// last call of By alone. Frontiers are shared: the worlds are copied before.
func (s *Sighting) settle() {
	s.at.Worlds = slices.Clone(s.at.Worlds)
	for n := range s.at.Worlds {
		if k := s.at.Worlds[n].seen.(sights); k&lately != 0 {
			s.at.Worlds[n].seen = k&^lately | earlier
		}
	}
}

// Lately reports whether there is a world in which it held for the first time after
// the day before the last for which By was called.
func (s *Sighting) Lately() bool {
	return slices.ContainsFunc(seenIn[sights](s.at), func(k sights) bool { return k&lately != 0 })
}

// Split begins to note whether it holds again. Asked for a later day, OnlyBefore then
// says whether some world has seen the last of it before the split.
func (s *Sighting) Split() {
	s.settle()
	s.mark = after
}

// OnlyBefore reports whether there is a world in which it held before the split, and
// not since.
func (s *Sighting) OnlyBefore() bool {
	return slices.Contains(seenIn[sights](s.at), earlier)
}
