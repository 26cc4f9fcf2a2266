package worlds

import (
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A trace is the values that a question went through in a world, item by item:
//
//	world      5 since 2015, then 7 by item 3, then 9 by item 8
//	trace      9 (item 8) -> 7 (item 3) -> 5
//	short      9 (items 3 and 8)
//
// the last one, and the trace before it. A short trace has the last value alone,
// and what led to any of them. Traces are shared and never changed.
type trace[V comparable] struct {
	before *trace[V]
	n      int // how many values come before it
	value  V
	causes []int // the items that led to it in the worlds that became one; sorted
	short  bool
}

// then returns c after items have led to v: one of them, or none if the calendar
// has.
func (c *trace[V]) then(v V, items ...int) *trace[V] {
	switch {
	case c.value == v:
		return c
	case c.short:
		return &trace[V]{value: v, causes: union(c.causes, items), short: true}
	}
	return &trace[V]{before: c, n: c.n + 1, value: v, causes: items}
}

// equal reports whether c and d have the same values.
func (c *trace[V]) equal(d *trace[V]) bool {
	for ; c != d; c, d = c.before, d.before {
		if c.n != d.n || c.value != d.value {
			return false
		}
	}
	return true
}

// covers reports whether c, which is equal to d, has all causes of d.
func (c *trace[V]) covers(d *trace[V]) bool {
	for ; c != d; c, d = c.before, d.before {
		n := 0 // of c's causes; both are sorted
		for _, i := range d.causes {
			for n < len(c.causes) && c.causes[n] < i {
				n++
			}
			if n == len(c.causes) || c.causes[n] != i {
				return false
			}
		}
	}
	return true
}

// join returns c with the causes of d, which is equal to it: 5 then 7 by item 3, and
// 5 then 7 by item 4, is 5 then 7 by items 3 and 4. Both worlds went
// through the same values, perhaps because of different items; the world that
// stays has the causes of both.
func (c *trace[V]) join(d *trace[V]) *trace[V] {
	if c == d {
		return c
	}
	j := &trace[V]{n: c.n, value: c.value, causes: union(c.causes, d.causes), short: c.short}
	if c.before != nil {
		j.before = c.before.join(d.before)
	}
	return j
}

// back returns the beginning of c that has length n.
func (c *trace[V]) back(n int) *trace[V] {
	for c.n > n {
		c = c.before
	}
	return c
}

// union returns the numbers of a and b, sorted.
func union(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// mergeTraces is the merge of an observer of traces.
func mergeTraces[V comparable](keptTrace, goneTrace any, level bool) (any, bool) {
	kept, gone := keptTrace.(*trace[V]), goneTrace.(*trace[V])
	switch {
	case kept.covers(gone):
		return kept, true
	case !level:
		return kept, false
	}
	return kept.join(gone), true
}

// Traces are the traces of all worlds over some days. If each of them is the
// beginning of the longest, the same values follow each other in every world, at
// most at different times, and Steps says when each came:
//
//	world 1     5 ---- 7 -------- 9 ----
//	world 2     5 -------- 7 -- 9 ------
//	7                  [  ]                its earliest and latest day
//	9                           [ ]
//
// If not, worlds differ in which values there were, and only the sets of values
// day by day can be given.
type Traces[V comparable] struct {
	days    []traceDay
	longest *trace[V]    // among those of all days
	last    []*trace[V]  // on the last day
	one     bool         // each is the beginning of the longest, as far as was seen
	lasting map[int]bool // the lengths that some world had at the end of some day
}

// A traceDay is how far the traces are on a day.
type traceDay struct {
	day         edtf.Day
	least, most int
	causes      []int // of short traces: all that has led to any value by then
}

// A Step is a value that follows another in every world.
type Step[V comparable] struct {
	Value            V
	Causes           []int // the items that led to it, each in some world
	Earliest, Latest edtf.Day
}

// A Tracer follows the values of a question through all worlds.
type Tracer[V comparable] struct {
	engine    *Engine
	value     func(s State, day edtf.Day) V
	turns     []edtf.Day // on which the calendar alone may change it; ascending
	on        edtf.Day   // the last turn, or where following began
	observing *Engine    // made when it is needed
	days      []edtf.Day // on which what is observed may change
}

// NewTracer returns a tracer of value, which the calendar alone may change on turns;
// they ascend.
func NewTracer[V comparable](e *Engine, value func(s State, day edtf.Day) V, turns []edtf.Day) *Tracer[V] {
	return &Tracer[V]{engine: e, value: value, turns: turns}
}

// Follow returns the traces of the given days, from the frontier start before
// them, in all of whose worlds there is one value. The longer way is tried first: with
// it each value can be given its own dates. If worlds differ in which values there
// were, whoever asks follows short traces next, of which there are fewer. Short traces have the last
// value alone; others are followed until they are seen not to be one.
func (t *Tracer[V]) Follow(start Frontier, value V, days Range, short bool) *Traces[V] {
	t.observe()
	if days.First >= edtf.MinDay && days.First-1 > start.Day {
		start = t.engine.Carry(start, days.First-1)
	}
	if !start.atStart {
		start = t.engine.Expand(start)
	}
	t.on = start.Day
	begun := &trace[V]{value: value, short: short}
	f := observedFrom(t.engine.Materialise(start), begun)
	c := &Traces[V]{longest: begun, one: true, lasting: map[int]bool{}}
	n, _ := slices.BinarySearch(t.days, days.First)
	for ; n < len(t.days) && t.days[n] <= days.Last && (c.one || short); n++ {
		f = t.observing.Carry(f, t.days[n])
		c.add(f.Day, f.Incomplete, seenIn[*trace[V]](f))
	}
	return c
}

// observe makes the observing engine, once.
func (t *Tracer[V]) observe() {
	if t.observing != nil {
		return
	}
	t.observing = observing(t.engine, &observer{
		observe: func(seen any, s State, item int) any { return seen.(*trace[V]).then(t.value(s, t.on), item) },
		equal:   func(a, b any) bool { return a.(*trace[V]).equal(b.(*trace[V])) },
		merge:   mergeTraces[V],
		turn: func(s State, seen any, day edtf.Day) any {
			t.on = day
			return seen.(*trace[V]).then(t.value(s, day))
		},
	}, t.turns)
	t.days = t.observing.Changes()
}

// add takes in the traces of the worlds on a day.
func (c *Traces[V]) add(day edtf.Day, incomplete bool, seen []*trace[V]) {
	d := traceDay{day: day}
	c.one = c.one && !incomplete && len(seen) > 0
	for n, s := range seen {
		if s.n > c.longest.n {
			c.one = c.one && c.longest.equal(s.back(c.longest.n))
			c.longest = s
		} else {
			c.one = c.one && s.equal(c.longest.back(s.n))
		}
		if n == 0 || s.n < d.least {
			d.least = s.n
		}
		d.most = max(d.most, s.n)
		c.lasting[s.n] = true
		if s.short {
			d.causes = append(d.causes, s.causes...)
		}
	}
	if n := len(c.days); n > 0 {
		d.causes = append(d.causes, c.days[n-1].causes...)
	}
	d.causes = union(d.causes, nil)
	c.days, c.last = append(c.days, d), seen
}

// Steps returns the values that follow each other in every world, or false if
// they are not the same in all.
func (c *Traces[V]) Steps() ([]Step[V], bool) {
	if !c.one || len(c.days) == 0 || c.days[len(c.days)-1].least < c.longest.n {
		return nil, false
	}
	var steps []Step[V]
	for n := range c.longest.n {
		if c.lasting[n+1] {
			steps = append(steps, c.step(n+1))
		}
	}
	return steps, true
}

// step returns the value after n others. It may have come on the first day on
// which some world has it, and has come by the day on which all have.
func (c *Traces[V]) step(n int) Step[V] {
	s := Step[V]{
		Value: c.longest.back(n).value, Causes: c.causesOf(n),
		Earliest: edtf.DistantFuture, Latest: edtf.DistantFuture,
	}
	for _, d := range slices.Backward(c.days) {
		if d.most >= n {
			s.Earliest = d.day
		}
		if d.least >= n {
			s.Latest = d.day
		}
	}
	if s.Earliest < edtf.MinDay {
		s.Earliest = edtf.DistantPast
	}
	return s
}

// causesOf returns the causes of the value after n others, in the worlds of the
// last day.
func (c *Traces[V]) causesOf(n int) []int {
	var causes []int
	for _, s := range c.last {
		causes = append(causes, s.back(n).causes...)
	}
	return union(causes, nil)
}

// CausesBy returns all that has changed the value by the end of day in some
// world, of short traces.
func (c *Traces[V]) CausesBy(day edtf.Day) []int {
	n := sort.Search(len(c.days), func(n int) bool { return c.days[n].day > day })
	if n == 0 {
		return nil
	}
	return c.days[n-1].causes
}

// CausesOf returns what led to v, the value on the last day.
func (c *Traces[V]) CausesOf(v V) []int {
	var causes []int
	for _, s := range c.last {
		if s.value == v {
			causes = append(causes, s.causes...)
		}
	}
	return union(causes, nil)
}
