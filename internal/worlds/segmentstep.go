package worlds

import (
	"cmp"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// sampleSize is how many worlds are carried on once there have been too many:
// those nearest to the baseline. Nothing is certain from then on, and it need
// not cost more than that.
const sampleSize = 1 << 8

// A segmentStep carries worlds through one segment, or its first days, by
// placing one more item at a time.
//
// All days of a segment are alike, so that only the order of its items matters.
// Not every order fits into few days: on one day items come in sequence order, so
// that each item with a lower index than the one before it needs a day more.
//
//	items 0, 1, 2 in a segment of two days
//
//	0 1 2   one day     1 0 2   two days: 1 | 0 2
//	2 1 0   three days, and so impossible
//
// If there are more days than items, every order fits, and days need not be counted:
// worlds that differ in them alone are one.
//
// A world may leave the segment when everything due in it is placed; what is not
// due may be left for a later segment.
type segmentStep struct {
	*Engine
	*segment
	days int  // how many days there are to place items on
	ends bool // whether the segment ends here, so that what is due must be placed
	free bool // whether each item can have a day of its own, so that every order fits
}

// passSegment carries f through s up to day, which is in s.
func (e *Engine) passSegment(f Frontier, s *segment, day edtf.Day) Frontier {
	step := &segmentStep{Engine: e, segment: s, days: s.days.count(day), ends: day == s.days.Last}
	step.free = step.days > len(s.active) && !e.observer.seesDays()
	most := MaxWorlds
	if f.Incomplete {
		most = sampleSize
	}
	done, overflow := e.newWorldSet(), true
	if !e.work.Spent() {
		done, overflow = step.run(f.Worlds, most)
	}
	next := Frontier{Day: day, Incomplete: f.Incomplete || overflow}
	if overflow {
		step.addBaseline(f.Worlds, done)
	}
	if next.Incomplete {
		most = sampleSize
	}
	next.Worlds = done.sorted()
	next.Worlds = next.Worlds[:min(len(next.Worlds), most)]
	return e.compact(next)
}

// run returns the worlds that the given ones lead to, and whether there may be
// others. It goes on from worlds with n more items placed to those with n+1.
func (w *segmentStep) run(worlds []World, most int) (done *worldSet, overflow bool) {
	done = w.newWorldSet()
	layer, all := w.start(worlds)
	overflow = !all || slices.ContainsFunc(w.opens, func(n int) bool { return w.conflicts.sets[n].truncated })
	for len(layer) > 0 {
		longer := w.newWorldSet()
		for n := range layer {
			if w.work.Spent() {
				return done, true
			}
			owed := w.owed(&layer[n].World)
			if owed == nothingOwed {
				done.add(w.leave(layer[n].World))
			}
			if len(longer.worlds) <= most {
				w.extend(&layer[n], owed, longer)
			}
		}
		if layer = longer.worlds; len(layer) > most || len(done.worlds) > most {
			return done, true
		}
	}
	return done, overflow
}

// start returns each world with an alternative for each conflict set that opens
// here: with n alternatives of a set there are n times as many worlds. Worlds choose
// when the first member may happen, and not when it does, so that all that happens
// on the way knows whether the others count. It reports
// whether these are all; if not, the first is still that with the alternatives of
// the baseline.
func (w *segmentStep) start(worlds []World) (partial []partialWorld, all bool) {
	all = true
	for _, x := range worlds {
		partial = append(partial, partialWorld{World: x, last: -1})
	}
	for _, n := range w.opens {
		var branched []partialWorld
		for a := range w.conflicts.sets[n].alternatives {
			for _, p := range partial {
				if len(branched) == MaxWorlds {
					all = false
					break
				}
				branched = append(branched, w.choose(p, choice{n, a}))
			}
		}
		partial = branched
	}
	return partial, all
}

// choose returns p with an alternative for a conflict set.
func (w *segmentStep) choose(p partialWorld, c choice) partialWorld {
	p.alternatives = insert(p.alternatives, c, func(a, b choice) int { return cmp.Compare(a.set, b.set) })
	if w.observer != nil || w.valuesOnly {
		return p // nobody asks for deviations
	}
	for _, d := range w.conflicts.sets[c.set].alternatives[c.alternative].deviations {
		p.deviations = insert(p.deviations, d, CompareDeviations)
	}
	return p
}

// nothingOwed says that everything due is placed.
const nothingOwed = math.MaxInt

// owed returns the first item that is due and still to be placed in x, or
// nothingOwed.
func (w *segmentStep) owed(x *World) int {
	if w.ends {
		for _, i := range w.due {
			if w.owes(x, i) {
				return i
			}
		}
	}
	return nothingOwed
}

// owes reports whether item i, which is due, is still to be placed in x. One that is
// optional may never be known, and nothing waits for it. One that is not true in x is
// owed if its day limits that of others, true or not.
func (w *segmentStep) owes(x *World, i int) bool {
	if w.conflicts.status[i] == optional || !w.isTrue(x, i) && !w.items[i].Linked {
		return false
	}
	return !x.placedHas(i)
}

// extend adds to set each world that p, in which owed is the first item that is still
// owed, leads to by placing one more item.
func (w *segmentStep) extend(p *partialWorld, owed int, set *worldSet) {
	w.work.Spend(1 + len(w.active)/16)
	for _, i := range w.active {
		if q, ok := w.place(p, i, owed); ok {
			set.add(q)
		}
		if w.observer.seesDays() && i > p.last {
			next := w.nextDay(p) // what is seen at the end of a day may differ
			if q, ok := w.place(&next, i, owed); ok {
				set.add(q)
			}
		}
	}
}

// nextDay returns p at the beginning of the next day.
func (w *segmentStep) nextDay(p *partialWorld) partialWorld {
	q := *p
	q.day, q.last = p.day+1, -1
	if w.observer.seesDays() {
		q.seen = w.observer.endOfDay(q.State, q.seen)
	}
	return q
}

// place returns p with item i placed next, as early as that may be, or false
// if it cannot be: if it is placed already or is not true in p, if something that
// comes before it has not happened, if there is no day left, or if the fold
// refuses it. On the last day nothing that is owed may have its place before it, or
// it could no longer be placed. An item that is not true but linked is placed without being folded,
// since its day limits that of others.
func (w *segmentStep) place(p *partialWorld, i, owed int) (partialWorld, bool) {
	folds := w.isTrue(&p.World, i)
	if p.placedHas(i) || !folds && !w.items[i].Linked || !w.follows(&p.World, i) {
		return partialWorld{}, false
	}
	q := *p
	if i < p.last {
		q = w.nextDay(p)
	}
	if !w.free {
		q.last = i
	}
	if q.day >= w.days || q.day == w.days-1 && owed < i {
		return partialWorld{}, false
	}
	if folds {
		w.work.Spend(1 + len(p.placed)/16)
		state, err := w.rules.Fold(q.State, i)
		if err != nil {
			return partialWorld{}, false
		}
		q.State, q.seen = state, w.observer.see(q.seen, state, i)
		q.deviations = w.deviationsWith(&p.World, i)
		q.folded = &foldedItem{before: p.folded, item: i}
	}
	q.placed = insert(p.placed, i, cmp.Compare[int])
	return q, true
}

// follows reports whether everything that comes before item i has happened in
// x: it is placed, or it had its last chance before this segment.
func (w *segmentStep) follows(x *World, i int) bool {
	for _, j := range w.items[i].Before {
		if w.items[j].Latest() >= w.segment.days.First && !x.placedHas(j) {
			return false
		}
	}
	return true
}

// deviationsWith returns how x differs from the baseline once item i is placed:
// items that the baseline has later, and that i depends on, are earlier.
//
//	0 in March, 1 in 2015; the baseline has 0 on the 31st of March, and 1 in December
//	a world with 1 in January, then 0:  1 is Earlier, once 0 is placed behind it
//
// Before 0 is placed, 1 has merely happened before its latest day, which is counted
// for each day by Deviations.
func (w *segmentStep) deviationsWith(x *World, i int) []Deviation {
	ds := x.deviations
	if w.observer != nil || w.valuesOnly {
		return ds // nobody asks
	}
	if !w.conflicts.InBaseline(i) {
		return insert(ds, Deviation{i, Earlier}, CompareDeviations)
	}
	for _, j := range x.placed {
		later := cmp.Or(cmp.Compare(w.items[j].Latest(), w.items[i].Latest()), cmp.Compare(j, i)) > 0
		if later && w.isTrue(x, j) && w.conflicts.InBaseline(j) && w.independent.dependent(i, j) {
			ds = insert(ds, Deviation{j, Earlier}, CompareDeviations)
		}
	}
	return ds
}

// leave returns x as it leaves the segment: without what is over. Items whose
// latest day has come, and choices of sets that are closed, can make no difference
// any more, and worlds that differed in them alone become one.
func (w *segmentStep) leave(x World) partialWorld {
	if w.ends {
		x.placed = slices.DeleteFunc(slices.Clone(x.placed), func(i int) bool {
			return w.items[i].Latest() <= w.segment.days.Last
		})
		x.alternatives = slices.DeleteFunc(slices.Clone(x.alternatives), func(c choice) bool {
			return slices.Contains(w.closes, c.set)
		})
	}
	if w.observer.seesDays() {
		x.seen = w.observer.endOfDay(x.State, x.seen)
	}
	return partialWorld{World: x}
}

// addBaseline makes sure that the baseline is among the worlds when not all of
// them could be followed: in it, nothing is placed before it is due. So an incomplete
// answer still has the value of the snapshot, and never loses it to the limit.
func (w *segmentStep) addBaseline(worlds []World, set *worldSet) {
	n := slices.IndexFunc(worlds, func(x World) bool { return len(x.placed)+len(x.deviations) == 0 })
	if n < 0 {
		return // the fold refuses it
	}
	p := partialWorld{World: worlds[n], last: -1}
	for _, n := range w.opens {
		p = w.choose(p, choice{n, 0})
	}
	for _, i := range w.due {
		if w.ends && w.owes(&p.World, i) {
			var ok bool
			if p, ok = w.place(&p, i, i); !ok {
				return
			}
		}
	}
	set.add(w.leave(p.World))
}
