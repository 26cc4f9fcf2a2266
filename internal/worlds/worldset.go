package worlds

import (
	"cmp"
	"slices"
)

// A partialWorld is a world within a segment. Which days of the segment its
// items have is open; day and last are the least that they need: how many days
// have passed, and the last item on the present day. On one day items come in
// sequence order, so an item with a lower index than last needs a new day.
type partialWorld struct {
	World
	day, last int
}

// notLater reports whether p needs no more of the segment than q.
func (p *partialWorld) notLater(q *partialWorld) bool {
	return p.day < q.day || p.day == q.day && p.last <= q.last
}

// notFarther reports whether x is as near to the baseline as y, in which the same items
// are placed: whether it has fewer deviations or, of as many, fewer once each item that
// is placed is one too, as it is when an item comes behind that depends on it.
//
//	placed 3;  x: 3 is Earlier;  y: 1 is Earlier
//	both have one deviation, but soon y has two
func (x *World) notFarther(y *World) bool {
	if c := cmp.Compare(len(x.deviations), len(y.deviations)); c != 0 {
		return c < 0
	}
	return x.beyondPlaced() <= y.beyondPlaced()
}

// beyondPlaced returns how many deviations of x are not those of an item that is placed.
func (x *World) beyondPlaced() int {
	n := 0
	for _, d := range x.deviations {
		if d.Kind != Earlier || !x.placedHas(d.Item) {
			n++
		}
	}
	return n
}

// A worldSet keeps, of partial worlds with the same items placed, the same
// alternatives and equal states, only the one earliest in time and nearest to
// the baseline.
//
// Of two such worlds one stands for the other if it needs no more of the segment
// and has no more deviations. If one is earlier and the other nearer, both stay.
// States have no order and perhaps no hash, so they are compared one with another,
// but only among worlds with the same key.
type worldSet struct {
	equal    func(a, b State) bool
	observer *observer
	budget   int // how many more states may be compared
	work     *Work
	worlds   []partialWorld
	byKey    map[string][]int
}

// maxComparisons bounds how many states one set compares. Past it equal states
// stay apart, which costs worlds but changes no answer.
const maxComparisons = 1 << 14

func (e *Engine) newWorldSet() *worldSet {
	return &worldSet{equal: e.rules.Equal, observer: e.observer, budget: maxComparisons, work: e.work, byKey: map[string][]int{}}
}

// add adds p, unless a world of the set stands for it.
func (t *worldSet) add(p partialWorld) {
	key := p.key()
	for _, n := range t.byKey[key] {
		if t.budget == 0 || !t.work.Spend(1) {
			break
		}
		t.budget--
		q := &t.worlds[n]
		if !t.observer.same(&p.World, &q.World) || !t.equal(p.State, q.State) {
			continue
		}
		switch {
		case q.notLater(&p) && q.notFarther(&p.World) && t.absorb(q, &p):
			return
		case p.notLater(q) && p.notFarther(&q.World) && t.absorb(&p, q):
			*q = p
			return
		}
	}
	t.byKey[key] = append(t.byKey[key], len(t.worlds))
	t.worlds = append(t.worlds, p)
}

// absorb makes p stand for q as well, whose state is equal, and reports whether
// it can.
func (t *worldSet) absorb(p, q *partialWorld) bool {
	if t.observer == nil || t.observer.merge == nil {
		return true
	}
	seen, ok := t.observer.merge(p.seen, q.seen, p.day == q.day && p.last == q.last)
	if ok {
		p.seen = seen
	}
	return ok
}

// sorted returns the worlds of the set, those nearest to the baseline first.
func (t *worldSet) sorted() []World {
	worlds := make([]World, len(t.worlds))
	for n := range t.worlds {
		worlds[n] = t.worlds[n].World
	}
	slices.SortStableFunc(worlds, func(a, b World) int {
		return cmp.Or(
			cmp.Compare(len(a.placed)+len(a.deviations), len(b.placed)+len(b.deviations)),
			slices.CompareFunc(a.deviations, b.deviations, CompareDeviations),
			slices.Compare(a.placed, b.placed),
		)
	})
	return worlds
}
