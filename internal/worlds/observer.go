package worlds

import (
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// What a question gives at the end of a day is found from the states of that
// day. What it gave on the way there, in each world, must be carried along with
// the state: an observing engine has an observer, which looks at the state after each item.
//
// Two uses are in this package: a Sighting carries whether something has held at
// the end of some day, a Tracer the values that a question went through.
//
// Items with nothing in common can still be seen one after the other, so that
// to an observer no item is independent.

// An observer says what is seen on the way to a state, and how that is carried along. What is seen
// is never changed.
type observer struct {
	// observe returns what is seen once item has led to s.
	observe func(seen any, s State, item int) any
	// equal reports whether the same was seen.
	equal func(a, b any) bool
	// endOfDay is called at the end of each day on which something has happened,
	// and at least once if days pass on which nothing has. It must be idempotent.
	// It is nil if the ends of days do not matter.
	endOfDay func(s State, seen any) any
	// turn is called for each world at the beginning of a day on which the calendar
	// alone may change what is seen: one of the engine's turns. It is nil if there
	// are none.
	turn func(s State, seen any, day edtf.Day) any
	// merge makes one of what was seen in two worlds that are equal, of which the first
	// can stand for the second; level means that the second can stand for the
	// first as well. It reports whether that can be done. It is nil if what is seen
	// in equal worlds has nothing that differs.
	merge func(kept, gone any, level bool) (any, bool)
}

// seesDays reports whether the ends of days matter to o, which may be nil.
func (o *observer) seesDays() bool { return o != nil && o.endOfDay != nil }

// see returns what is seen once item has led to s; nothing if o is nil.
func (o *observer) see(seen any, s State, item int) any {
	if o == nil {
		return nil
	}
	return o.observe(seen, s, item)
}

// same reports whether the same was seen in two worlds.
func (o *observer) same(x, y *World) bool { return o == nil || o.equal(x.seen, y.seen) }

// observing returns an engine over the items of e with an observer, and
// days on which the calendar alone may change what is observed. It begins where its
// first frontier is made with observedFrom.
func observing(e *Engine, o *observer, turns []edtf.Day) *Engine {
	observing := &Engine{
		rules: Rules{Fold: e.rules.Fold, Equal: e.rules.Equal}, items: e.items, conflicts: e.conflicts, order: e.order,
		observer: o, turns: turns, independent: noneIndependent(e.items, e.conflicts), cache: &frontierCache{}, work: e.work,
	}
	observing.findRegions()
	return observing
}

// observedFrom returns the worlds of f as ones that have seen the same.
func observedFrom(f Frontier, seen any) Frontier {
	g := Frontier{Day: f.Day, atStart: f.atStart, Incomplete: f.Incomplete}
	for _, x := range f.Worlds {
		g.Worlds = append(g.Worlds, World{State: x.State, seen: seen, placed: x.placed, alternatives: x.alternatives})
	}
	return g
}

// seenIn returns what was seen in each world of f.
func seenIn[K any](f Frontier) []K {
	seen := make([]K, len(f.Worlds))
	for n := range f.Worlds {
		seen[n] = f.Worlds[n].seen.(K)
	}
	return seen
}

// turnTo lets the worlds of f see the beginnings of the days after its own, up to
// day, on which the calendar turns. open says that the end of f's own day is still
// to be seen; turnTo returns whether it still is. What f says of its day is then
// that it is over.
func (e *Engine) turnTo(f Frontier, day edtf.Day, open bool) (Frontier, bool) {
	if len(e.turns) == 0 || f.IsBaseline {
		return f, open
	}
	n := sort.Search(len(e.turns), func(n int) bool { return e.turns[n] > f.Day })
	for ; n < len(e.turns) && e.turns[n] <= day; n++ {
		turn := e.turns[n]
		if open || turn > f.Day+1 {
			f = e.endDay(f)
		}
		f.Worlds = slices.Clone(f.Worlds)
		for w := range f.Worlds {
			f.Worlds[w].seen = e.observer.turn(f.Worlds[w].State, f.Worlds[w].seen, turn)
		}
		f.Day, f.atStart, open = turn-1, false, false
	}
	return f, open
}

// endDay lets the worlds of f see the end of their day.
func (e *Engine) endDay(f Frontier) Frontier {
	if !e.observer.seesDays() || f.IsBaseline {
		return f
	}
	set := e.newWorldSet()
	for _, x := range f.Worlds {
		x.seen = e.observer.endOfDay(x.State, x.seen)
		set.add(partialWorld{World: x})
	}
	f.Worlds = set.sorted()
	return f
}
