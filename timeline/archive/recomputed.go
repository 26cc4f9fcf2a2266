package archive

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

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
		return v.foldPositions(result[S]{state: new(S)}, r.positions(start(v.root), positions), w)
	}
	c := seekDay(v.root, from-1)
	return v.foldPositions(v.stateAt(&c, w), r.positions(c, positions), w)
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
