package timeline

import (
	"cmp"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// MaxWorlds is how many worlds that differ are told apart on one day: by
// which of the undecided events have happened, or by the state they lead to.
// Past it an answer is incomplete and claims no certainty.
const MaxWorlds = 1 << 13

// worlds finds the states that may be, without going through the worlds day
// by day.
//
// Most days decide nothing: there the only state is that of the cautious
// reading. The exceptions are regions, made by the windows of undecided items.
// A region is cut into segments at each day on which a window begins or ends,
// so that within a segment the days of an item are all alike. What has to be
// carried from one segment to the next is a frontier: each set of items that
// can have happened first, and the states they can have led to. Equal states
// merge. The frontier on a day is the answer for that day, and at the same
// time where the next day starts, so frontiers are kept at intervals. Items
// that are free stay out of this; see free.
//
// It is made when it is first asked for: most timelines, and most views, are
// only asked for snapshots.
type worlds[S, E any] struct {
	once sync.Once
	make func() *sweep[S, E]
	made *sweep[S, E]
}

func (w *worlds[S, E]) sweep() *sweep[S, E] {
	w.once.Do(func() { w.made = w.make() })
	return w.made
}

// A sweep goes through a history from its first day on, as far as it is asked.
type sweep[S, E any] struct {
	rules    rules[S, E]
	items    []item[E]
	modes    *modes
	cautious cautious[S, E]
	free     *free[E]
	watch    *watch[S] // nil unless something is followed through the days
	regions  []*region
	plain    []int // the items outside regions that have one place: exact or free

	mu     sync.Mutex
	kept   []frontier[S] // where to start from; ascending by day
	worlds int           // how many worlds are in kept
	recent []frontier[S] // the last answers, latest first, for further questions about their days
}

// A region is a stretch of days in which something is undecided.
type region struct {
	days    days
	items   []int // those with a day in it
	once    sync.Once
	segs    []segment
	settled settling
}

// A settling is the first day after a region from which on, as far as anybody
// has asked, nothing is left undecided by it. What a region leaves open, an
// event of a single day may settle later.
type settling struct{ daysBack atomic.Uint64 } // counted from the distant future; 0: not known

func (s *settling) by(day edtf.Day) bool {
	back := s.daysBack.Load()
	return back > 0 && daysBack(day) <= back
}

// found remembers that nothing is open on day, nor on any later one before the
// next region.
func (s *settling) found(day edtf.Day) {
	for back := s.daysBack.Load(); daysBack(day) > back; back = s.daysBack.Load() {
		if s.daysBack.CompareAndSwap(back, daysBack(day)) {
			return
		}
	}
}

// daysBack is how far day lies before the distant future, and one more.
func daysBack(day edtf.Day) uint64 { return uint64(int64(edtf.DistantFuture)-int64(day)) + 1 }

// A segment is a stretch of days during which no window begins or ends.
type segment struct {
	days   days
	active []int // the items that may happen in it, in the order of the telling
	last   []int // the free items whose latest day is in it, by that day
	due    []int // those of which it is the last chance
	opens  []int // the groups that have their first chance
	closes []int // the groups that have had their last
}

func newWorlds[S, E any](r rules[S, E], items []item[E], m *modes, c cautious[S, E]) *worlds[S, E] {
	return &worlds[S, E]{make: func() *sweep[S, E] {
		w := &sweep[S, E]{rules: r, items: items, modes: m, cautious: c, free: newFree(items, m)}
		w.findRegions()
		return w
	}}
}

// present reports whether item i takes part in worlds at all: it folds, or its
// day limits that of others.
func (w *sweep[S, E]) present(i int) bool {
	return w.modes.status[i] != out || w.items[i].edges
}

func (w *sweep[S, E]) findRegions() {
	var fixed []int
	for _, i := range w.cautious.order {
		switch {
		case !w.present(i), w.free.is[i] && w.modes.status[i] == loose:
		case w.free.is[i], w.modes.status[i] == counts && w.items[i].exact():
			fixed = append(fixed, i)
		default:
			w.regions = append(w.regions, &region{
				days: days{w.items[i].earliest(), w.items[i].latest()}, items: []int{i},
			})
		}
	}
	w.regions = mergeRegions(w.regions)
	for _, i := range fixed {
		day := w.items[i].latest()
		if r := w.regionOf(day); r != nil {
			r.items = append(r.items, i)
		} else {
			w.plain = append(w.plain, i)
		}
	}
}

func mergeRegions(regions []*region) []*region {
	slices.SortStableFunc(regions, func(a, b *region) int { return cmp.Compare(a.days.first, b.days.first) })
	var merged []*region
	for _, r := range regions {
		if n := len(merged); n > 0 && r.days.first <= merged[n-1].days.last {
			merged[n-1].days.last = max(merged[n-1].days.last, r.days.last)
			merged[n-1].items = append(merged[n-1].items, r.items...)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}

// regionOf returns the region that day lies in, or nil.
func (w *sweep[S, E]) regionOf(day edtf.Day) *region {
	if n, outside := w.regionsBefore(day); !outside {
		return w.regions[n]
	}
	return nil
}

// segments cuts r into segments, once.
func (w *sweep[S, E]) segments(r *region) []segment {
	r.once.Do(func() {
		slices.Sort(r.items)
		cuts := w.cuts(r)
		for n := range len(cuts) - 1 {
			last := cuts[n+1] - 1
			if cuts[n+1] == edtf.DistantFuture {
				last = edtf.DistantFuture
			}
			if s := w.segment(r, days{cuts[n], last}); len(s.active)+len(s.last) > 0 {
				r.segs = append(r.segs, s)
			}
		}
	})
	return r.segs
}

// cuts returns the days on which something changes, in order: the first day
// of each segment, and the day after the last.
func (w *sweep[S, E]) cuts(r *region) []edtf.Day {
	var cuts []edtf.Day
	for n, i := range r.items {
		if w.free.is[i] {
			// A free item needs no segment of its own. Some get one, so that
			// what is kept of the way is never far.
			if n%freePerSegment == 0 {
				cuts = append(cuts, dayAfter(w.items[i].latest()))
			}
			continue
		}
		for _, d := range w.items[i].days {
			cuts = append(cuts, d.first, dayAfter(d.last))
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// freePerSegment is about how many free items there are at most in a segment.
const freePerSegment = 32

func dayAfter(d edtf.Day) edtf.Day {
	if d == edtf.DistantFuture {
		return d
	}
	return d + 1
}

func (w *sweep[S, E]) segment(r *region, ds days) segment {
	s := segment{days: ds}
	for _, i := range r.items {
		if w.free.is[i] {
			if latest := w.items[i].latest(); ds.first <= latest && latest <= ds.last {
				s.last = append(s.last, i)
			}
			continue
		}
		if !w.items[i].covers(ds) {
			continue
		}
		s.active = append(s.active, i)
		if w.items[i].latest() == ds.last {
			s.due = append(s.due, i)
		}
		if w.modes.status[i] != grouped {
			continue
		}
		n := w.modes.groupOf[i]
		opens, closes := w.groupDays(n)
		if opens == ds.first && !slices.Contains(s.opens, n) {
			s.opens = append(s.opens, n)
		}
		if closes == ds.last && !slices.Contains(s.closes, n) {
			s.closes = append(s.closes, n)
		}
	}
	slices.SortStableFunc(s.last, func(i, j int) int { return cmp.Compare(w.items[i].latest(), w.items[j].latest()) })
	return s
}

// groupDays returns the first and the last day that a member of group n has.
func (w *sweep[S, E]) groupDays(n int) (first, last edtf.Day) {
	first, last = edtf.DistantFuture, edtf.DistantPast
	for _, i := range w.modes.groups[n].members {
		first = min(first, w.items[i].earliest())
		last = max(last, w.items[i].latest())
	}
	return first, last
}

// at returns the frontier on day.
func (w *sweep[S, E]) at(day edtf.Day) frontier[S] {
	w.mu.Lock()
	i := slices.IndexFunc(w.recent, func(f frontier[S]) bool { return f.day == day })
	if i >= 0 {
		defer w.mu.Unlock()
		return w.recent[i]
	}
	w.mu.Unlock()
	f := w.expand(w.find(day))
	if len(f.worlds) > 1 {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.recent = slices.Insert(w.recent, 0, f)[:min(len(w.recent)+1, keepRecent)]
	}
	return f
}

// keepRecent is how many answers are kept.
const keepRecent = 8

// find works out the frontier on day.
func (w *sweep[S, E]) find(day edtf.Day) frontier[S] {
	f := w.carry(w.nearest(day), day)
	if n, outside := w.regionsBefore(day); outside && n > 0 && f.settled {
		w.regions[n-1].settled.found(day)
	}
	return w.whole(f)
}

// regionsBefore returns how many regions are over by day, and whether day lies
// outside of the next.
func (w *sweep[S, E]) regionsBefore(day edtf.Day) (int, bool) {
	n := sort.Search(len(w.regions), func(n int) bool { return w.regions[n].days.last >= day })
	return n, n == len(w.regions) || day < w.regions[n].days.first
}

// decided reports whether it is known that on day there is no world but the
// cautious reading. It answers for the days between two regions from the
// earliest on that has been asked for and was found so.
func (w *sweep[S, E]) decided(day edtf.Day) bool {
	n, outside := w.regionsBefore(day)
	if !outside || n > 0 && !w.regions[n-1].settled.by(day) {
		return false
	}
	return !w.free.anyPending(day)
}

// carry returns the frontier on day, which is not before f's, starting from f.
func (w *sweep[S, E]) carry(f frontier[S], day edtf.Day) frontier[S] {
	n := sort.Search(len(w.regions), func(n int) bool { return w.regions[n].days.last > f.day })
	for ; n < len(w.regions) && w.regions[n].days.first <= day; n++ {
		r := w.regions[n]
		if f.day < r.days.first {
			f = w.passPlain(f, r.days.first-1)
		}
		f = w.passRegion(f, r, day)
	}
	return w.passPlain(f, day)
}

// passRegion carries f through the segments of r that begin by day.
func (w *sweep[S, E]) passRegion(f frontier[S], r *region, day edtf.Day) frontier[S] {
	for n, s := range w.segments(r) {
		switch {
		case s.days.first > day:
			return f
		case f.fresh:
		case s.days.last <= f.day:
			continue
		case s.days.first <= f.day:
			s = w.rest(s, f.day)
		case s.days.first > f.day+1:
			f = w.endDay(f)
		}
		f = w.advance(w.whole(f), &s, min(s.days.last, day))
		f = w.foldFree(f, &s)
		if f.day == s.days.last && (n%keepEvery == 0 || f.day == r.days.last) {
			w.keep(f)
		}
	}
	return f
}

// rest returns what of s comes after day.
func (w *sweep[S, E]) rest(s segment, day edtf.Day) segment {
	s.days.first = day + 1
	s.opens = nil
	s.last = slices.DeleteFunc(slices.Clone(s.last), func(i int) bool { return w.items[i].latest() <= day })
	return s
}

// foldFree folds the free items of s whose latest day has come. What is active
// in s has nothing to do with them, so that they may come after it.
func (w *sweep[S, E]) foldFree(f frontier[S], s *segment) frontier[S] {
	if f.settled {
		return f // the cautious reading has them
	}
	day := f.day
	for _, i := range s.last {
		if w.items[i].latest() <= day {
			f = w.foldOn(f, i)
		}
	}
	f.day = day
	return w.settle(f)
}

// keepEvery is how many steps there are from one kept frontier to the next, and
// maxKept how many worlds they may have in all.
const (
	keepEvery = 4
	maxKept   = 1 << 16
)

// passPlain carries f over days on which nothing is undecided, up to day.
func (w *sweep[S, E]) passPlain(f frontier[S], day edtf.Day) frontier[S] {
	if day <= f.day {
		return f
	}
	n := sort.Search(len(w.plain), func(n int) bool { return w.items[w.plain[n]].latest() > f.day })
	for steps := 0; n < len(w.plain) && !f.settled; n, steps = n+1, steps+1 {
		i := w.plain[n]
		if w.items[i].latest() > day {
			break
		}
		if d := w.items[i].latest(); steps > 0 && d > f.day || d > f.day+1 {
			f = w.endDay(f) // of an item's day, or of days without any
		}
		if steps > 0 && steps%keepEvery == 0 && w.items[i].latest() > f.day {
			w.keep(f)
		}
		f = w.settle(w.foldOn(f, i))
	}
	f = w.endDay(f)
	f.day, f.fresh = day, false
	return f
}

// foldOn folds item i in each world of f.
func (w *sweep[S, E]) foldOn(f frontier[S], i int) frontier[S] {
	next := frontier[S]{day: w.items[i].latest(), incomplete: f.incomplete}
	t := w.newTable()
	for _, x := range f.worlds {
		if s, err := w.rules.step(x.state, w.items[i].event); err == nil {
			x.state = s
			x.told = &told{before: x.told, item: i}
			t.add(spot[S]{world: x})
		}
	}
	next.worlds = t.worlds()
	return next
}

// outset returns the frontier before the first day.
func (w *sweep[S, E]) outset() frontier[S] {
	return frontier[S]{day: edtf.DistantPast, fresh: true, settled: true}
}

// nearest returns the latest kept frontier that is not after day.
func (w *sweep[S, E]) nearest(day edtf.Day) frontier[S] {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := sort.Search(len(w.kept), func(n int) bool { return w.kept[n].day > day })
	if n == 0 {
		return w.outset()
	}
	return w.kept[n-1]
}

// keep stores f for later questions, as long as there is room.
func (w *sweep[S, E]) keep(f frontier[S]) {
	if w.watch != nil {
		return // it is carried through once
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.worlds+len(f.worlds) > maxKept {
		return
	}
	n := sort.Search(len(w.kept), func(n int) bool { return w.kept[n].day >= f.day })
	if n == len(w.kept) || w.kept[n].day != f.day {
		w.kept = slices.Insert(w.kept, n, f)
		w.worlds += len(f.worlds)
	}
}

// whole returns f with its one world spelled out if it is settled.
func (w *sweep[S, E]) whole(f frontier[S]) frontier[S] {
	if !f.settled {
		return f
	}
	n := 0
	if !f.fresh {
		n = w.cautious.count(f.day)
	}
	s, err := w.cautious.state(n)
	f.settled = false
	if err == nil {
		f.worlds = []world[S]{{state: s, told: &told{item: n}}}
	}
	return f
}
