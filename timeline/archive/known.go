package archive

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// stateKnown returns the state on day as known on another. Up to the first
// event that was not known yet, that is the state as known today.
func (v *version[S, E]) stateKnown(day, known edtf.Day, w *workspace[S, E]) result[S] {
	n := 0
	components := v.components()
	for n < len(components) && components[n].known > known {
		n++
	}
	if n > 0 {
		return v.stateRecomputed(day, known, n, w)
	}
	c, ok := v.firstUnknown(day, known)
	if !ok {
		return v.state(day, w)
	}
	r, ok := v.cachedState(valid(c.leaf, c.stateEpoch), c.n)
	if !ok {
		r = v.stateAt(&c, w)
	}
	f := v.from(r, w)
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
	most := worlds.Search(v.root.days, int32(day))
	for c.n < most && v.root.known[c.n] <= int32(known) {
		c.n++
	}
	return c, c.n < most
}

// An accumulator is a state that events are folded into, until one is refused. It is in
// its workspace, if that has a fold.
type accumulator[S, E any] struct {
	version *version[S, E]
	work    *workspace[S, E]
	state   S
	err     *timeline.FoldError
}

func (v *version[S, E]) from(r result[S], w *workspace[S, E]) accumulator[S, E] {
	if w.foldsInPlace() {
		w.begin(r.state)
		return accumulator[S, E]{version: v, work: w, err: r.err}
	}
	return accumulator[S, E]{version: v, state: *r.state, err: r.err}
}

func (f *accumulator[S, E]) fold(slot int32, day edtf.Day) {
	var err error
	if f.work != nil {
		err = f.work.step(f.version, slot)
	} else {
		var next S
		if next, err = f.version.step(f.state, slot); err == nil {
			f.state = next
		}
	}
	if err != nil {
		f.err = f.version.refusal(slot, day, err)
	}
}

// keep returns the state, to be kept.
func (f *accumulator[S, E]) keep() S {
	if f.work != nil {
		return f.work.keep(&f.work.snapshot.State)
	}
	return f.state
}

func (f *accumulator[S, E]) result() result[S] {
	if f.work != nil {
		return result[S]{state: &f.work.snapshot.State, err: f.err}
	}
	state := f.state // only now it needs memory of its own
	return result[S]{state: &state, err: f.err, fresh: true}
}

// stateRecomputed is stateKnown if not all of the first n components was known:
// their events may have stood elsewhere.
func (v *version[S, E]) stateRecomputed(day, known edtf.Day, n int, w *workspace[S, E]) result[S] {
	r := recomputed[S, E]{version: v, day: day, known: known, moved: map[int32]bool{}, linked: map[int32]position{}}
	for _, k := range v.components()[n:] {
		for _, p := range k.positions {
			r.linked[p.slot] = p
		}
	}
	from := edtf.DistantFuture // nothing differs before this day
	var positions []position
	for _, k := range v.components()[:n] {
		then, _ := v.positionsOf(k, known) // it had no faults when it was made
		positions = append(positions, then...)
		for _, p := range slices.Concat(then, k.positions) {
			from = min(from, p.day)
		}
		for _, slot := range k.slots {
			r.moved[slot] = true
		}
	}
	if c, ok := seekUnknown(v.root, known); ok {
		from = min(from, c.leaf.day(c.n))
	}
	if from > day {
		return v.state(day, w)
	}
	if from == edtf.DistantPast {
		return v.foldPositions(result[S]{state: new(S)}, r.positions(v.start(), positions), w)
	}
	c := seekDay(v.root, from-1)
	return v.foldPositions(v.stateAt(&c, w), r.positions(c, positions), w)
}

// start returns the cursor before the first event.
func (v *version[S, E]) start() cursor[S] {
	c := cursor[S]{root: v.root}
	c.descend(v.root, 0, func(*node[S]) int { return 0 })
	return c
}

// recomputed is a version as known on a day, with the components of which not
// all was known then worked out again.
type recomputed[S, E any] struct {
	*version[S, E]
	day, known edtf.Day
	moved      map[int32]bool     // the events of these components
	linked     map[int32]position // where the events of the other components stand
}

// positions returns, in order, the events from c to the day that were known for
// certain and are in none of the components worked out again, and those that are.
func (r *recomputed[S, E]) positions(c cursor[S], again []position) []position {
	positions := slices.DeleteFunc(again, func(p position) bool { return p.day > r.day })
	for more := true; more; more = c.next() && c.leaf.day(0) <= r.day {
		for i := c.n; i < len(c.leaf.days) && c.leaf.day(i) <= r.day; i++ {
			slot := c.leaf.slots[i]
			if r.moved[slot] || c.leaf.known[i] > int32(r.known) {
				continue
			}
			p, ok := r.linked[slot]
			if !ok {
				p = r.ownPosition(slot)
			}
			positions = append(positions, p)
		}
	}
	slices.SortFunc(positions, r.comparePositions)
	return positions
}

// foldPositions folds the events at positions into r.
func (v *version[S, E]) foldPositions(r result[S], positions []position, w *workspace[S, E]) result[S] {
	f := v.from(r, w)
	for i := 0; i < len(positions) && f.err == nil; i++ {
		f.fold(positions[i].slot, positions[i].day)
	}
	return f.result()
}
