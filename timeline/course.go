package timeline

import (
	"slices"
	"sort"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A course is the values that a selector went through in a world, event by
// event: the last one, and the course before it. A short course has the last
// value alone, and what led to any of them. Courses are shared and never
// changed.
type course[V comparable] struct {
	before *course[V]
	n      int // how many values come before it
	value  V
	causes []int // the items that led to it in the worlds that became one; sorted
	short  bool
}

// then returns c after item i has led to v.
func (c *course[V]) then(v V, i int) *course[V] {
	switch {
	case c.value == v:
		return c
	case c.short:
		return &course[V]{value: v, causes: union(c.causes, []int{i}), short: true}
	}
	return &course[V]{before: c, n: c.n + 1, value: v, causes: []int{i}}
}

func (c *course[V]) equal(d *course[V]) bool {
	for ; c != d; c, d = c.before, d.before {
		if c.n != d.n || c.value != d.value {
			return false
		}
	}
	return true
}

// covers reports whether c, which is equal to d, has all causes of d.
func (c *course[V]) covers(d *course[V]) bool {
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

// join returns c with the causes of d, which is equal to it.
func (c *course[V]) join(d *course[V]) *course[V] {
	if c == d {
		return c
	}
	j := &course[V]{n: c.n, value: c.value, causes: union(c.causes, d.causes), short: c.short}
	if c.before != nil {
		j.before = c.before.join(d.before)
	}
	return j
}

func union(a, b []int) []int {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// mergeCourses is the merge of a [watch] of courses.
func mergeCourses[V comparable, S any](kept, gone watched[S, *course[V]], level bool) (watched[S, *course[V]], bool) {
	switch {
	case kept.seen.covers(gone.seen):
		return kept, true
	case !level:
		return kept, false
	}
	kept.seen = kept.seen.join(gone.seen)
	return kept, true
}

// courses is what was seen of all courses in a zone.
type courses[V comparable] struct {
	days    []courseDay
	longest *course[V]   // among those of all days
	last    []*course[V] // on the last day
	one     bool         // each is the beginning of the longest, as far as was seen
	lasting map[int]bool // the lengths that some world had at the end of some day
}

// courseDay is how far the courses are on a day.
type courseDay struct {
	day         edtf.Day
	least, most int
	causes      []int // of short courses: all that has led to any value by then
}

// A step is a value that follows another in every world.
type step[V comparable] struct {
	value            V
	causes           []int
	earliest, latest edtf.Day
}

// follow returns the courses from the frontier before the day first, on which
// there is one value, to the end of the day last. It stops when they are seen
// not to be one, unless they are short.
func (tr *tracker[V, S, E]) follow(start frontier[S], value V, first, last edtf.Day, short bool) *courses[V] {
	tr.watchCourses()
	if first >= edtf.MinDay && first-1 > start.day {
		start = tr.sweep.carry(start, first-1)
	}
	if !start.fresh {
		start = tr.sweep.expand(start)
	}
	begun := &course[V]{value: value, short: short}
	f := begin(tr.sweep.whole(start), begun)
	c := &courses[V]{longest: begun, one: true, lasting: map[int]bool{}}
	n, _ := slices.BinarySearch(tr.days, first)
	if start.fresh {
		n = 0
	}
	for ; n < len(tr.days) && tr.days[n] <= last && (c.one || short); n++ {
		f = tr.watch.carry(f, tr.days[n])
		c.add(f.day, f.incomplete, seenIn(f))
	}
	return c
}

// watchCourses makes the watch for courses, once.
func (tr *tracker[V, S, E]) watchCourses() {
	if tr.watch != nil {
		return
	}
	look := func(c *course[V], s S, e *Event[E]) *course[V] {
		i, _ := tr.t.place(e.ID)
		return c.then(tr.pick(tr.t.rules.handOut(s)), i)
	}
	w := &watch[watched[S, *course[V]]]{merge: mergeCourses[V, S]}
	tr.watch = newWatch(tr.t, look, (*course[V]).equal, w)
	tr.days = tr.watch.changes()
}

// seenIn returns what was seen in each world of f.
func seenIn[S, K any](f frontier[watched[S, K]]) []K {
	seen := make([]K, len(f.worlds))
	for n := range f.worlds {
		seen[n] = f.worlds[n].state.seen
	}
	return seen
}

// add takes in the courses of the worlds on a day.
func (c *courses[V]) add(day edtf.Day, incomplete bool, seen []*course[V]) {
	d := courseDay{day: day}
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

// back returns the beginning of c that has length n.
func (c *course[V]) back(n int) *course[V] {
	for c.n > n {
		c = c.before
	}
	return c
}

// steps returns the values that follow each other in every world, or false if
// they are not the same in all.
func (c *courses[V]) steps() ([]step[V], bool) {
	if !c.one || len(c.days) == 0 || c.days[len(c.days)-1].least < c.longest.n {
		return nil, false
	}
	steps := make([]step[V], c.longest.n)
	for n := range steps {
		x := c.longest.back(n + 1)
		steps[n] = step[V]{value: x.value, causes: c.causesOf(n + 1), earliest: edtf.DistantFuture, latest: edtf.DistantFuture}
		for _, d := range slices.Backward(c.days) {
			if d.most > n {
				steps[n].earliest = d.day
			}
			if d.least > n {
				steps[n].latest = d.day
			}
		}
		if steps[n].earliest < edtf.MinDay {
			steps[n].earliest = edtf.DistantPast
		}
	}
	lasting := steps[:0]
	for n, s := range steps {
		if c.lasting[n+1] {
			lasting = append(lasting, s)
		}
	}
	return lasting, true
}

// causesOf returns the causes of the value after n others, in the worlds of the
// last day.
func (c *courses[V]) causesOf(n int) []int {
	var causes []int
	for _, s := range c.last {
		causes = append(causes, s.back(n).causes...)
	}
	return union(causes, nil)
}

// causesBy returns all that has changed the value by the end of day in some
// world, of short courses.
func (c *courses[V]) causesBy(day edtf.Day) []int {
	n := sort.Search(len(c.days), func(n int) bool { return c.days[n].day > day })
	if n == 0 {
		return nil
	}
	return c.days[n-1].causes
}

// leading returns the causes of v, the value on the last day.
func (c *courses[V]) leading(v V) []int {
	var causes []int
	for _, s := range c.last {
		if s.value == v {
			causes = append(causes, s.causes...)
		}
	}
	return union(causes, nil)
}

// agrees reports whether on each moment of a zone that begins with value the
// steps give the value of the cautious reading.
func agrees[V comparable](value V, steps []step[V], zone []moment[V]) bool {
	for _, m := range zone {
		v := value
		for _, s := range steps {
			if s.latest <= m.day {
				v = s.value
			}
		}
		if v != m.value || m.err != nil {
			return false
		}
	}
	return true
}
