package timeline

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A frontier is every world there may be at the end of a day, as far as they
// differ.
type frontier[S any] struct {
	day        edtf.Day
	fresh      bool // the first day has not come yet
	settled    bool // there is one world, that of the cautious reading; worlds is nil
	incomplete bool // there were more worlds than MaxWorlds
	worlds     []world[S]
}

// A world is what has happened by a day in one way that things can have been.
type world[S any] struct {
	state   S
	placed  []int    // the items that have happened and might still have come later; sorted
	modes   []choice // of the groups that are open; sorted
	departs []depart // how it differs from the cautious reading; sorted
	told    *told    // what was folded, as one of those ways
}

// told is an item that was folded and what was folded before it. At the root
// there is no item but the number of events of the cautious reading that come
// before all others.
type told struct {
	before *told
	item   int
}

type choice struct{ group, mode int }

// settle turns a frontier whose one world is that of the cautious reading into
// a settled one.
func (w *sweep[S, E]) settle(f frontier[S]) frontier[S] {
	if len(f.worlds) == 1 && !f.incomplete && w.watch == nil {
		x := &f.worlds[0]
		if len(x.placed)+len(x.modes)+len(x.departs) == 0 {
			f.settled, f.worlds = true, nil
		}
	}
	return f
}

// mode returns the mode in which x has group n, if it is open.
func (x *world[S]) mode(n int) int {
	for _, c := range x.modes {
		if c.group == n {
			return c.mode
		}
	}
	return 0
}

// A spot is a world within a segment, with how far it has got there: how many
// days have passed at least, and the last item on the present day. On one day
// items come in the order of the telling; an item told before the last one
// needs a new day. The least spot leaves most open.
type spot[S any] struct {
	world[S]
	day, last int
}

// comesBefore reports whether p is not behind q in time.
func (p *spot[S]) comesBefore(q *spot[S]) bool {
	return p.day < q.day || p.day == q.day && p.last <= q.last
}

// A table collects spots and drops those that another one makes superfluous:
// the same items placed and the same modes, an equal state, no further in
// time and no further from the cautious reading.
type table[S any] struct {
	equal  func(a, b S) bool
	watch  *watch[S]
	budget int // how many more states may be compared
	spots  []spot[S]
	byKey  map[string][]int
}

// maxComparisons bounds how many states one table compares. Past it equal
// states stay apart, which costs worlds but changes no answer.
const maxComparisons = 1 << 14

func (w *sweep[S, E]) newTable() *table[S] {
	return &table[S]{equal: w.rules.equal, watch: w.watch, budget: maxComparisons, byKey: map[string][]int{}}
}

func (t *table[S]) add(p spot[S]) {
	key := p.key()
	for _, n := range t.byKey[key] {
		if t.budget == 0 {
			break
		}
		t.budget--
		q := &t.spots[n]
		if !t.equal(p.state, q.state) {
			continue
		}
		switch {
		case q.comesBefore(&p) && len(q.departs) <= len(p.departs) && t.takesIn(q, &p):
			return
		case p.comesBefore(q) && len(p.departs) <= len(q.departs) && t.takesIn(&p, q):
			*q = p
			return
		}
	}
	t.byKey[key] = append(t.byKey[key], len(t.spots))
	t.spots = append(t.spots, p)
}

// takesIn makes p stand for q as well, whose state is equal, and reports whether
// it can.
func (t *table[S]) takesIn(p, q *spot[S]) bool {
	if t.watch == nil || t.watch.merge == nil {
		return true
	}
	s, ok := t.watch.merge(p.state, q.state, p.day == q.day && p.last == q.last)
	if ok {
		p.state = s
	}
	return ok
}

// key identifies what x has placed and which modes it has.
func (x *world[S]) key() string {
	b := make([]byte, 0, 64)
	for _, i := range x.placed {
		b = binary.AppendUvarint(b, uint64(i)+1)
	}
	b = append(b, 0)
	for _, c := range x.modes {
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(c.group)), uint64(c.mode))
	}
	return string(b)
}

// worlds returns the worlds that were collected, those nearest to the cautious
// reading first.
func (t *table[S]) worlds() []world[S] {
	worlds := make([]world[S], len(t.spots))
	for n := range t.spots {
		worlds[n] = t.spots[n].world
	}
	slices.SortStableFunc(worlds, func(a, b world[S]) int {
		return cmp.Or(
			cmp.Compare(len(a.placed)+len(a.departs), len(b.placed)+len(b.departs)),
			slices.CompareFunc(a.departs, b.departs, compareDeparts),
			slices.Compare(a.placed, b.placed),
		)
	})
	return worlds
}

// sample is how many worlds are carried on once there have been too many: those
// nearest to the cautious reading. Nothing is certain from then on, and it need
// not cost more than that.
const sample = 1 << 8

// advance carries f through s, up to day, which is in s.
func (w *sweep[S, E]) advance(f frontier[S], s *segment, day edtf.Day) frontier[S] {
	walk := &walk[S, E]{sweep: w, segment: s, days: s.days.count(day), ends: day == s.days.last}
	next := frontier[S]{day: day, incomplete: f.incomplete}
	done := w.newTable()
	most := MaxWorlds
	if f.incomplete {
		most = sample
	}
	layer, all := walk.start(f.worlds)
	overflow := !all
	for len(layer) > 0 {
		longer := w.newTable()
		for n := range layer {
			if walk.complete(&layer[n].world) {
				done.add(walk.leave(layer[n].world))
			}
			if len(longer.spots) <= most {
				walk.extend(&layer[n], longer)
			}
		}
		if layer = longer.spots; len(layer) > most || len(done.spots) > most {
			overflow = true
			break
		}
	}
	for _, n := range s.opens {
		overflow = overflow || w.modes.groups[n].truncated
	}
	if overflow {
		next.incomplete = true
		walk.addCautious(f.worlds, done)
	}
	next.worlds = done.worlds()
	if next.incomplete {
		most = sample
	}
	next.worlds = next.worlds[:min(len(next.worlds), most)]
	return w.settle(next)
}

// count returns how many days of r there are up to day.
func (r days) count(day edtf.Day) int {
	return int(min(int64(day)-int64(r.first)+1, 1<<30))
}

// A walk places items in one segment.
type walk[S, E any] struct {
	*sweep[S, E]
	*segment
	days int  // how many days there are to place them on
	ends bool // whether the segment ends here, so that what is due must be placed
}

// start returns where the walk begins in each world: with a mode for each
// group that opens here. It reports whether these are all; if not, the first
// is still that with the cautious modes.
func (w *walk[S, E]) start(worlds []world[S]) (spots []spot[S], all bool) {
	all = true
	for _, x := range worlds {
		spots = append(spots, spot[S]{world: x, last: -1})
	}
	for _, n := range w.opens {
		var branched []spot[S]
		for m := range w.modes.groups[n].modes {
			for _, p := range spots {
				if len(branched) == MaxWorlds {
					all = false
					break
				}
				branched = append(branched, w.choose(p, n, m))
			}
		}
		spots = branched
	}
	return spots, all
}

// choose returns p with mode m of group n.
func (w *walk[S, E]) choose(p spot[S], n, m int) spot[S] {
	p.modes = insert(p.modes, choice{n, m}, func(a, b choice) int { return cmp.Compare(a.group, b.group) })
	if w.watch != nil {
		return p
	}
	for _, d := range w.modes.groups[n].modes[m].departs {
		p.departs = insert(p.departs, d, compareDeparts)
	}
	return p
}

// insert returns s, which is sorted, with x, as a new slice.
func insert[T comparable](s []T, x T, compare func(a, b T) int) []T {
	n, found := slices.BinarySearchFunc(s, x, compare)
	if found {
		return s
	}
	return slices.Insert(slices.Clip(s), n, x)
}

// isTrue reports whether item i is true in x.
func (w *walk[S, E]) isTrue(x *world[S], i int) bool {
	if w.modes.status[i] != grouped {
		return w.modes.status[i] != out
	}
	n := w.modes.groupOf[i]
	return w.modes.groups[n].modes[x.mode(n)].has(i)
}

// complete reports whether everything due is placed in x.
func (w *walk[S, E]) complete(x *world[S]) bool {
	return !w.ends || !slices.ContainsFunc(w.due, func(i int) bool { return w.owes(x, i) })
}

// owes reports whether item i, which is due, is still to be placed in x.
func (w *walk[S, E]) owes(x *world[S], i int) bool {
	if w.modes.status[i] == loose || !w.isTrue(x, i) && !w.items[i].edges {
		return false
	}
	return !placed(x, i)
}

func placed[S any](x *world[S], i int) bool {
	_, ok := slices.BinarySearch(x.placed, i)
	return ok
}

// extend adds to t each spot that p leads to by placing one more item.
func (w *walk[S, E]) extend(p *spot[S], t *table[S]) {
	for _, i := range w.active {
		if q, ok := w.place(p, i); ok {
			t.add(q)
		}
		if w.watch != nil && w.watch.tick != nil && i > p.last {
			next := w.nextDay(p) // what has to be seen at the end of a day may differ
			if q, ok := w.place(&next, i); ok {
				t.add(q)
			}
		}
	}
}

// nextDay returns p at the beginning of the next day.
func (w *walk[S, E]) nextDay(p *spot[S]) spot[S] {
	q := *p
	q.day, q.last = p.day+1, -1
	if w.watch != nil && w.watch.tick != nil {
		q.state = w.watch.tick(q.state)
	}
	return q
}

// place returns p with item i placed next, as early as that may be, or false
// if it cannot be.
func (w *walk[S, E]) place(p *spot[S], i int) (spot[S], bool) {
	folds := w.isTrue(&p.world, i)
	if placed(&p.world, i) || !folds && !w.items[i].edges || !w.follows(&p.world, i) {
		return spot[S]{}, false
	}
	q := *p
	if i < p.last {
		q = w.nextDay(p)
	}
	q.last = i
	if q.day >= w.days || q.day == w.days-1 && w.missed(&p.world, i) {
		return spot[S]{}, false
	}
	if folds {
		state, err := w.rules.step(q.state, w.items[i].event)
		if err != nil {
			return spot[S]{}, false
		}
		q.state = state
		q.departs = w.departsWith(&p.world, i)
		q.told = &told{before: p.told, item: i}
	}
	q.placed = insert(p.placed, i, cmp.Compare[int])
	return q, true
}

// missed reports whether something due has its place before item i, so that
// it can no longer be placed if i is placed on the last day.
func (w *walk[S, E]) missed(x *world[S], i int) bool {
	if !w.ends {
		return false
	}
	for _, j := range w.due {
		if j >= i {
			return false
		}
		if w.owes(x, j) {
			return true
		}
	}
	return false
}

// follows reports whether everything that comes before item i has happened in
// x: it is placed, or it had its last chance before this segment.
func (w *walk[S, E]) follows(x *world[S], i int) bool {
	for _, j := range w.items[i].before {
		if w.items[j].latest() >= w.segment.days.first && !placed(x, j) {
			return false
		}
	}
	return true
}

// departsWith returns how x differs from the cautious reading once item i is
// placed: those that the cautious reading has later, and that have to do with
// it, are early.
func (w *walk[S, E]) departsWith(x *world[S], i int) []depart {
	departs := x.departs
	if w.watch != nil {
		return departs // nobody asks
	}
	if !w.modes.settled(i) {
		return insert(departs, depart{i, early}, compareDeparts)
	}
	for _, j := range x.placed {
		later := cmp.Or(cmp.Compare(w.items[j].latest(), w.items[i].latest()), cmp.Compare(j, i)) > 0
		if later && w.isTrue(x, j) && w.modes.settled(j) && w.free.related(i, j) {
			departs = insert(departs, depart{j, early}, compareDeparts)
		}
	}
	return departs
}

// leave returns x as it leaves the segment: without what is over.
func (w *walk[S, E]) leave(x world[S]) spot[S] {
	if w.ends {
		x.placed = slices.DeleteFunc(slices.Clone(x.placed), func(i int) bool {
			return w.items[i].latest() <= w.segment.days.last
		})
		x.modes = slices.DeleteFunc(slices.Clone(x.modes), func(c choice) bool { return slices.Contains(w.closes, c.group) })
	}
	if w.watch != nil && w.watch.tick != nil {
		x.state = w.watch.tick(x.state)
	}
	return spot[S]{world: x}
}

// addCautious makes sure that the cautious reading is among the worlds when
// not all of them could be followed: in it, nothing is placed before it is due.
func (w *walk[S, E]) addCautious(worlds []world[S], t *table[S]) {
	n := slices.IndexFunc(worlds, func(x world[S]) bool { return len(x.placed)+len(x.departs) == 0 })
	if n < 0 {
		return // the fold refuses it
	}
	p := spot[S]{world: worlds[n], last: -1}
	for _, group := range w.opens {
		p = w.choose(p, group, 0)
	}
	for _, i := range w.due {
		if w.ends && w.owes(&p.world, i) {
			var ok bool
			if p, ok = w.place(&p, i); !ok {
				return
			}
		}
	}
	t.add(w.leave(p.world))
}
