package worlds

import (
	"slices"
	"sort"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// MaxWorlds is how many worlds that differ are followed on one day: by which
// of the undecided items have happened, or by the state they lead to.
const MaxWorlds = 1 << 13

const (
	// checkpointEvery is how many steps there are from one checkpoint to the
	// next, and maxCheckpointWorlds how many worlds all checkpoints may have.
	checkpointEvery     = 4
	maxCheckpointWorlds = 1 << 16
	// maxRecent is how many answers are kept.
	maxRecent = 8
)

// An Engine finds the worlds of a history on any day, from the first day on as
// far as it is asked. It is safe for concurrent use.
//
// To answer for a day it starts from the nearest checkpoint before it and carries
// the frontier there through what lies between:
//
//	passFixed     days outside of regions: fold the fixed items one by one
//	passRegion    a region, segment by segment
//	passSegment   a segment: place its items in every order that its days allow
//
// On most days the frontier is the baseline, whose states are kept, and nothing is
// folded at all.
type Engine struct {
	rules       Rules
	items       []Item
	conflicts   *Conflicts
	order       []int       // all items, by latest day, then in sequence order
	baseline    AnyBaseline // nil in an observing engine
	independent *independence
	observer    *observer  // nil unless something is observed on the way
	turns       []edtf.Day // on which the calendar alone may change what is observed; ascending
	regions     []*region
	fixed       []int // the items outside regions, by day: exact or independent
	cache       *frontierCache
	work        *Work // what may be done for the question at hand
	valuesOnly  bool  // nobody asks how worlds differ from the baseline
}

// A frontierCache keeps frontiers for further questions. Only what was found without
// running out of work is kept.
type frontierCache struct {
	mu          sync.Mutex
	checkpoints []Frontier // where to start from, ascending by day
	kept        int        // how many worlds the checkpoints have
	recent      []Frontier // the last answers, latest first, for further questions about their days
}

// Within returns e for one question, for which so much work may be done.
func (e *Engine) Within(w *Work) *Engine {
	within := *e
	within.work = w
	return &within
}

// AnyBaseline is a [Baseline], whatever the type of its states.
type AnyBaseline interface {
	Order() []int
	Items() []int
	Count(day edtf.Day) int
	AnyState(n int) (State, *Refusal) // the state after the first n items
}

// NewEngine returns the engine of items.
func NewEngine(rules Rules, items []Item, c *Conflicts, b AnyBaseline) *Engine {
	e := &Engine{
		rules: rules, items: items, conflicts: c, order: b.Order(), baseline: b,
		independent: newIndependence(items, c, rules.Scope), cache: &frontierCache{},
	}
	e.findRegions()
	return e
}

// ValuesOnly returns an engine of the same items for questions that need the states
// alone, and not how worlds differ from the baseline. Worlds that differ in nothing but
// how they came about are one, so that there are fewer.
func (e *Engine) ValuesOnly() *Engine {
	values := *e
	values.valuesOnly, values.cache = true, &frontierCache{}
	return &values
}

// At returns the frontier on day, with independent items that may have happened
// distinguished.
func (e *Engine) At(day edtf.Day) Frontier {
	c := e.cache
	c.mu.Lock()
	i := slices.IndexFunc(c.recent, func(f Frontier) bool { return f.Day == day })
	if i >= 0 {
		defer c.mu.Unlock()
		return c.recent[i]
	}
	c.mu.Unlock()
	f := e.Expand(e.find(day))
	if len(f.Worlds) > 1 && !e.work.Spent() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.recent = slices.Insert(c.recent, 0, f)[:min(len(c.recent)+1, maxRecent)]
	}
	return f
}

// find works out the frontier on day.
func (e *Engine) find(day edtf.Day) Frontier {
	f := e.Carry(e.Nearest(day), day)
	if n, outside := e.regionsBefore(day); outside && n > 0 && f.IsBaseline {
		e.regions[n-1].decide(day)
	}
	return e.Materialise(f)
}

// Decided reports whether it is known that on day there is no world but the
// baseline. Between two regions it knows so from the earliest day on for which
// At has found it. It costs two searches, and so makes the most frequent question
// cheap: one about a day on which nothing is open.
func (e *Engine) Decided(day edtf.Day) bool {
	n, outside := e.regionsBefore(day)
	if !outside || n > 0 && !e.regions[n-1].isDecided(day) {
		return false
	}
	return !e.independent.anyPending(day)
}

// Start returns the frontier before the first day.
func (e *Engine) Start() Frontier {
	return Frontier{Day: edtf.DistantPast, atStart: true, IsBaseline: true}
}

// Nearest returns the latest checkpoint that is not after day.
func (e *Engine) Nearest(day edtf.Day) Frontier {
	c := e.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	n := sort.Search(len(c.checkpoints), func(n int) bool { return c.checkpoints[n].Day > day })
	if n == 0 {
		return e.Start()
	}
	return c.checkpoints[n-1]
}

// keep makes f a checkpoint, as long as there is room. A frontier is never
// changed, so that it can be shared.
func (e *Engine) keep(f Frontier) {
	if e.observer != nil || e.work.Spent() {
		return // it is carried through once, or not all of it is there
	}
	c := e.cache
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept+len(f.Worlds) > maxCheckpointWorlds {
		return
	}
	n := sort.Search(len(c.checkpoints), func(n int) bool { return c.checkpoints[n].Day >= f.Day })
	if n == len(c.checkpoints) || c.checkpoints[n].Day != f.Day {
		c.checkpoints = slices.Insert(c.checkpoints, n, f)
		c.kept += len(f.Worlds)
	}
}

// Carry returns the frontier on day, which is not before f's, starting from f.
func (e *Engine) Carry(f Frontier, day edtf.Day) Frontier {
	n := sort.Search(len(e.regions), func(n int) bool { return e.regions[n].days.Last > f.Day })
	for ; n < len(e.regions) && e.regions[n].days.First <= day; n++ {
		r := e.regions[n]
		if f.Day < r.days.First {
			f = e.passFixed(f, r.days.First-1)
		}
		f = e.passRegion(f, r, day)
	}
	return e.passFixed(f, day)
}

// passRegion carries f through the segments of r that begin by day. f may be anywhere:
// before the region, in it or at the end of one of its segments.
//
//	region     |-- segment 0 --|-- segment 1 --|-- segment 2 --|
//	f at the end of segment 0  ^
//	day                                   ^
//	carried    through segment 1 up to day: items due later may still wait
//
// A frontier in the middle of a segment goes on with the rest of it. Frontiers at the
// end of a segment serve any later question, and some of them are kept.
func (e *Engine) passRegion(f Frontier, r *region, day edtf.Day) Frontier {
	for n, s := range e.segments(r) {
		if s.days.First <= day {
			f, _ = e.turnTo(f, s.days.First, false)
		}
		switch {
		case s.days.First > day:
			return f
		case f.atStart:
		case s.days.Last <= f.Day:
			continue
		case s.days.First <= f.Day:
			s = e.rest(s, f.Day)
		case s.days.First > f.Day+1:
			f = e.endDay(f)
		}
		f = e.passSegment(e.Materialise(f), &s, min(s.days.Last, day))
		f = e.foldIndependent(f, &s)
		if f.Day == s.days.Last && (n%checkpointEvery == 0 || f.Day == r.days.Last) {
			e.keep(f)
		}
	}
	return f
}

// rest returns what of s comes after day, for a frontier that is in the middle of it.
// Its worlds have chosen among the sets that open in s, and have the independent items
// of its first days.
func (e *Engine) rest(s segment, day edtf.Day) segment {
	s.days.First = day + 1
	s.opens = nil
	s.last = slices.DeleteFunc(slices.Clone(s.last), func(i int) bool { return e.items[i].Latest() <= day })
	return s
}

// foldIndependent folds the independent items of s whose latest day has come.
// What is active in s does not depend on them, so that they may come after it.
func (e *Engine) foldIndependent(f Frontier, s *segment) Frontier {
	if f.IsBaseline {
		return f // the baseline has them
	}
	day := f.Day
	for _, i := range s.last {
		if e.items[i].Latest() <= day {
			f = e.foldInAll(f, i)
		}
	}
	f.Day = day
	return e.compact(f)
}

// passFixed carries f over days on which nothing is undecided, up to day. Worlds
// may differ all the same, in what an earlier region has left. Each fixed item is
// folded in all of them, and where their states become equal they become one. Once
// only the baseline is left, the rest of the way costs nothing.
func (e *Engine) passFixed(f Frontier, day edtf.Day) Frontier {
	if day <= f.Day {
		return f
	}
	n := sort.Search(len(e.fixed), func(n int) bool { return e.items[e.fixed[n]].Latest() > f.Day })
	open := false // whether the end of the day of an item is still to be seen
	for steps := 0; n < len(e.fixed) && !f.IsBaseline; n, steps = n+1, steps+1 {
		i := e.fixed[n]
		d := e.items[i].Latest()
		if d > day {
			break
		}
		f, open = e.turnTo(f, d, open)
		if open && d > f.Day || d > f.Day+1 {
			f = e.endDay(f) // of an item's day, or of days without any
		}
		if steps > 0 && steps%checkpointEvery == 0 && d > f.Day {
			e.keep(f)
		}
		f, open = e.compact(e.foldInAll(f, i)), true
	}
	f, _ = e.turnTo(f, day, open)
	f = e.endDay(f)
	f.Day, f.atStart = day, false
	return f
}

// foldInAll folds item i in each world of f. A world in which the fold refuses it
// is impossible, and is left out.
func (e *Engine) foldInAll(f Frontier, i int) Frontier {
	next := Frontier{Day: e.items[i].Latest(), Incomplete: f.Incomplete}
	set := e.newWorldSet()
	for n, x := range f.Worlds {
		if n > 0 && !e.work.Spend(1) {
			next.Incomplete = true
			break
		}
		if s, err := e.rules.Fold(x.State, i); err == nil {
			x.State, x.seen = s, e.observer.see(x.seen, s, i)
			x.folded = &foldedItem{before: x.folded, item: i}
			set.add(partialWorld{World: x})
		}
	}
	next.Worlds = set.sorted()
	return next
}

// Changes returns the days on which the worlds may differ from those of the day
// before, ascending. Of days without a bound one stands for all.
func (e *Engine) Changes() []edtf.Day {
	var ds []edtf.Day
	for _, i := range e.fixed {
		ds = append(ds, e.items[i].Latest())
	}
	for _, r := range e.regions {
		for _, s := range e.segments(r) {
			ds = s.appendChanges(ds)
			for _, i := range s.last {
				ds = append(ds, e.items[i].Latest())
			}
		}
	}
	for n, i := range e.independent.spans.items {
		ds = append(ds, e.independent.spans.spans[n].First, e.items[i].Latest())
	}
	ds = append(ds, e.turns...)
	slices.Sort(ds)
	return slices.Compact(ds)
}

// appendChanges appends the days of s on which worlds may differ from those of
// the day before: of a year in which three things may happen in any order, the first
// five days and the last are enough. Items that come against the sequence order take a day more
// each, and one may pass before the first; after that all days are alike.
func (s *segment) appendChanges(ds []edtf.Day) []edtf.Day {
	most := min(len(s.active)+1, s.days.count(s.days.Last)-1)
	if s.days.First == edtf.DistantPast {
		ds = append(ds, s.days.First+edtf.Day(most))
	}
	for j := 0; j <= most && s.days.First != edtf.DistantPast; j++ {
		ds = append(ds, s.days.First+edtf.Day(j))
	}
	return append(ds, s.days.Last)
}
