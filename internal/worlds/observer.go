package worlds

import (
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// What a question gives at the end of a day is found from the states of that
// day. What it gave on the way there, in each world, must be carried along with
// the state: an observing engine is one whose states are observed states. It is an
// Engine like any other, with a fold that folds the state and looks at it.
//
// Two uses are in this package: a Sighting carries whether something has held at
// the end of some day, a Tracer the values that a question went through.
//
// Items with nothing in common can still be seen one after the other, so that
// to an observer no item is independent.

// An observed state is a state and what was seen on the way to it.
type observed[S, K any] struct {
	state S
	seen  K
}

// An observer says how what is seen is carried along.
type observer[S any] struct {
	// endOfDay is called at the end of each day on which something has happened,
	// and at least once if days pass on which nothing has. It must be idempotent.
	// It is nil if the ends of days do not matter.
	endOfDay func(S) S
	// turn is called for each world at the beginning of a day on which the calendar
	// alone may change what is seen: one of the engine's turns. It is nil if there
	// are none.
	turn func(s S, day edtf.Day) S
	// merge makes one of two observed states that are equal, of which the first
	// can stand for the second; level means that the second can stand for the
	// first as well. It reports whether that can be done. It is nil if equal
	// states have nothing that differs.
	merge func(kept, gone S, level bool) (S, bool)
}

// seesDays reports whether the ends of days matter to o, which may be nil.
func (o *observer[S]) seesDays() bool { return o != nil && o.endOfDay != nil }

// A sight is what an observer looks at: the state after each item.
type sight[S, K any] struct {
	observe func(seen K, s S, item int) K
	same    func(a, b K) bool
}

// observing returns an engine over the items of e whose states are observed, with
// days on which the calendar alone may change what is seen. It begins where its
// first frontier is made with observedFrom.
func observing[S, K any](e *Engine[S], look sight[S, K], o *observer[observed[S, K]], turns []edtf.Day) *Engine[observed[S, K]] {
	rules := Rules[observed[S, K]]{
		Fold: func(x observed[S, K], item int) (observed[S, K], error) {
			next, err := e.rules.Fold(x.state, item)
			if err != nil {
				return x, err
			}
			return observed[S, K]{next, look.observe(x.seen, next, item)}, nil
		},
		Equal: func(x, y observed[S, K]) bool { return look.same(x.seen, y.seen) && e.rules.Equal(x.state, y.state) },
	}
	observing := &Engine[observed[S, K]]{
		rules: rules, items: e.items, conflicts: e.conflicts, order: e.order, observer: o, turns: turns,
		independent: noneIndependent(e.items, e.conflicts), cache: &frontierCache[observed[S, K]]{}, work: e.work,
	}
	observing.findRegions()
	return observing
}

// observedFrom returns the worlds of f as observed ones that have seen the same.
func observedFrom[K, S any](f Frontier[S], seen K) Frontier[observed[S, K]] {
	g := Frontier[observed[S, K]]{Day: f.Day, atStart: f.atStart, Incomplete: f.Incomplete}
	for _, x := range f.Worlds {
		g.Worlds = append(g.Worlds, World[observed[S, K]]{
			State: observed[S, K]{x.State, seen}, placed: x.placed, alternatives: x.alternatives,
		})
	}
	return g
}

// seenIn returns what was seen in each world of f.
func seenIn[S, K any](f Frontier[observed[S, K]]) []K {
	seen := make([]K, len(f.Worlds))
	for n := range f.Worlds {
		seen[n] = f.Worlds[n].State.seen
	}
	return seen
}

// turnTo lets the worlds of f see the beginnings of the days after its own, up to
// day, on which the calendar turns. open says that the end of f's own day is still
// to be seen; turnTo returns whether it still is. What f says of its day is then
// that it is over.
func (e *Engine[S]) turnTo(f Frontier[S], day edtf.Day, open bool) (Frontier[S], bool) {
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
			f.Worlds[w].State = e.observer.turn(f.Worlds[w].State, turn)
		}
		f.Day, f.atStart, open = turn-1, false, false
	}
	return f, open
}

// endDay lets the worlds of f see the end of their day.
func (e *Engine[S]) endDay(f Frontier[S]) Frontier[S] {
	if !e.observer.seesDays() || f.IsBaseline {
		return f
	}
	set := e.newWorldSet()
	for _, x := range f.Worlds {
		x.State = e.observer.endOfDay(x.State)
		set.add(partialWorld[S]{World: x})
	}
	f.Worlds = set.sorted()
	return f
}
