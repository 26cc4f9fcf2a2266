package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// stateKnown returns the state on day as known on another. Up to the first
// event that was not known yet, that is the state as known today.
func (v *version[S, E]) stateKnown(day, known edtf.Day) result[S] {
	n := 0
	for n < len(v.knots) && v.knots[n].known > known {
		n++
	}
	if n > 0 {
		return v.stateKnotted(day, known, n)
	}
	c, ok := v.firstUnknown(day, known)
	if !ok {
		return v.state(day)
	}
	r, ok := v.keptState(c.leaf, c.since, c.n)
	if !ok {
		r = v.stateAt(&c)
	}
	f := v.from(r)
	for more := true; more && f.err == nil; more = c.next() {
		for i := c.n; i < len(c.leaf.days) && f.err == nil; i++ {
			if c.leaf.day(i) > day {
				return f.result()
			}
			if c.leaf.known[i] <= int32(known) {
				f.fold(c.leaf.slots[i], c.leaf.day(i))
			}
		}
	}
	return f.result()
}

// firstUnknown returns the cursor before the first event up to day that was
// not known for certain, or false if there is none.
func (v *version[S, E]) firstUnknown(day, known edtf.Day) (cursor[S], bool) {
	c := cursor[S]{root: v.root, leaf: v.root}
	if v.root.inner != nil {
		var ok bool
		if c, ok = seekUnknown(v.root, known); !ok {
			return c, false
		}
		return c, c.leaf.day(c.n) <= day
	}
	most := search(v.root.days, int32(day))
	for c.n < most && v.root.known[c.n] <= int32(known) {
		c.n++
	}
	return c, c.n < most
}

// A folding is a state that events are folded into, until one is refused.
type folding[S, E any] struct {
	version *version[S, E]
	state   S
	err     *FoldError
}

func (v *version[S, E]) from(r result[S]) folding[S, E] { return folding[S, E]{v, *r.state, r.err} }

func (f *folding[S, E]) fold(slot int32, day edtf.Day) {
	next, err := f.version.step(f.state, slot)
	if err != nil {
		f.err = f.version.refusal(slot, day, err)
		return
	}
	f.state = next
}

func (f *folding[S, E]) result() result[S] { return result[S]{&f.state, f.err} }

// stateKnotted is stateKnown if not all of the first n knots was known: their
// events may have stood elsewhere.
func (v *version[S, E]) stateKnotted(day, known edtf.Day, n int) result[S] {
	leads := map[int32]place{} // where the events of the other knots stand
	for _, k := range v.knots[n:] {
		for _, p := range k.places {
			leads[p.slot] = p
		}
	}
	moved := map[int32]bool{}
	from := edtf.DistantFuture // nothing differs before this day
	var places []place
	for _, k := range v.knots[:n] {
		then, _ := k.knownOn(known)
		places = append(places, then...)
		for _, p := range slices.Concat(then, k.places) {
			from = min(from, p.day)
		}
		for _, slot := range k.slots {
			moved[slot] = true
		}
	}
	if c, ok := seekUnknown(v.root, known); ok {
		from = min(from, c.leaf.day(c.n))
	}
	if from > day {
		return v.state(day)
	}
	if from == edtf.DistantPast {
		return v.foldPlaces(result[S]{state: new(S)}, v.placesKnown(v.start(), day, known, moved, leads, places))
	}
	c := seekDay(v.root, from-1)
	return v.foldPlaces(v.stateAt(&c), v.placesKnown(c, day, known, moved, leads, places))
}

// start returns the cursor before the first event.
func (v *version[S, E]) start() cursor[S] {
	c := cursor[S]{root: v.root}
	c.descend(v.root, 0, func(*node[S]) int { return 0 })
	return c
}

// placesKnown returns, in order, the events from c to day that were known for
// certain and have not moved, and the given places.
func (v *version[S, E]) placesKnown(c cursor[S], day, known edtf.Day, moved map[int32]bool, leads map[int32]place, places []place) []place {
	places = slices.DeleteFunc(places, func(p place) bool { return p.day > day })
	for more := true; more; more = c.next() && c.leaf.day(0) <= day {
		for i := c.n; i < len(c.leaf.days) && c.leaf.day(i) <= day; i++ {
			slot := c.leaf.slots[i]
			if moved[slot] || c.leaf.known[i] > int32(known) {
				continue
			}
			p, ok := leads[slot]
			if !ok {
				p = v.plain(slot)
			}
			places = append(places, p)
		}
	}
	slices.SortFunc(places, v.comparePlaces)
	return places
}

func (v *version[S, E]) foldPlaces(r result[S], places []place) result[S] {
	f := v.from(r)
	for i := 0; i < len(places) && f.err == nil; i++ {
		f.fold(places[i].slot, places[i].day)
	}
	return f.result()
}
