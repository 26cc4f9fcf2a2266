package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// What a selector gives at the end of a day is found from the states of that
// day. What it gave on the way there, in each world, needs something that is
// carried along with the state: a watch is a sweep whose states are watched.
//
// Events that touch nothing in common can still be seen one after the other, so
// that in a watch no item is free.

// watched is a state and what was seen on the way to it.
type watched[S, K any] struct {
	state S
	seen  K
}

// A watch says how what is seen is carried along.
type watch[S any] struct {
	// tick is called at the end of each day on which something has happened, and
	// at least once if days pass on which nothing has. It must not matter how
	// often it is called for one state. It is nil if the ends of days do not
	// matter.
	tick func(S) S
	// merge makes one of two watched states that are equal, of which the first
	// can stand for the second; level means that the second can stand for the
	// first as well. It reports whether that can be done. It is nil if equal
	// states have nothing that differs.
	merge func(kept, gone S, level bool) (S, bool)
}

// newWatch returns a sweep over the items of t whose states are watched: look
// returns what is seen once e has led to s. It begins where its first frontier
// is made with begin.
func newWatch[K, S, E any](
	t *Timeline[S, E], look func(seen K, s S, e *Event[E]) K, same func(a, b K) bool, w *watch[watched[S, K]],
) *sweep[watched[S, K], E] {
	r := rules[watched[S, K], E]{
		fold: func(x watched[S, K], e Event[E]) (watched[S, K], error) {
			next, err := t.rules.fold(x.state, e)
			if err != nil {
				return x, err
			}
			return watched[S, K]{next, look(x.seen, next, &e)}, nil
		},
		equal: func(x, y watched[S, K]) bool { return same(x.seen, y.seen) && t.rules.equal(x.state, y.state) },
	}
	s := &sweep[watched[S, K], E]{
		rules: r, items: t.items, modes: t.modes, watch: w,
		cautious: cautious[watched[S, K], E]{order: t.cautious.order},
		free:     &free[E]{items: t.items, modes: t.modes, is: make([]bool, len(t.items)), spans: &spanIndex{}},
	}
	s.findRegions()
	return s
}

// begin returns the worlds of f, with all free items told apart, as watched ones.
func begin[K, S any](f frontier[S], seen K) frontier[watched[S, K]] {
	g := frontier[watched[S, K]]{day: f.day, fresh: f.fresh, incomplete: f.incomplete}
	for _, x := range f.worlds {
		g.worlds = append(g.worlds, world[watched[S, K]]{
			state: watched[S, K]{x.state, seen}, placed: x.placed, modes: x.modes,
		})
	}
	return g
}

// endDay lets the worlds of f see the end of their day.
func (w *sweep[S, E]) endDay(f frontier[S]) frontier[S] {
	if w.watch == nil || w.watch.tick == nil || f.settled {
		return f
	}
	t := w.newTable()
	for _, x := range f.worlds {
		x.state = w.watch.tick(x.state)
		t.add(spot[S]{world: x})
	}
	f.worlds = t.worlds()
	return f
}

// changes returns the days on which the worlds may differ from those of the day
// before, in order. Of days without a bound one stands for all.
func (w *sweep[S, E]) changes() []edtf.Day {
	var ds []edtf.Day
	for _, i := range w.plain {
		ds = append(ds, w.items[i].latest())
	}
	for _, r := range w.regions {
		for _, s := range w.segments(r) {
			// Items that come against the order of the telling take a day more
			// each, and one may pass before the first.
			most := min(len(s.active)+1, s.days.count(s.days.last)-1)
			if s.days.first == edtf.DistantPast {
				ds = append(ds, s.days.first+edtf.Day(most))
			}
			for j := 0; j <= most && s.days.first != edtf.DistantPast; j++ {
				ds = append(ds, s.days.first+edtf.Day(j))
			}
			ds = append(ds, s.days.last)
			for _, i := range s.last {
				ds = append(ds, w.items[i].latest())
			}
		}
	}
	for n, i := range w.free.spans.items {
		ds = append(ds, w.free.spans.spans[n].first, w.items[i].latest())
	}
	slices.Sort(ds)
	return slices.Compact(ds)
}
