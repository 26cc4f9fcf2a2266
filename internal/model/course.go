package model

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Life is one way in which things can have been, day by day, until the fold
// refuses it.
type Life[V comparable] struct {
	Days []Lived[V]
}

// A Lived day is one of a life: the value at its end, and those that each event
// of the day led to.
type Lived[V comparable] struct {
	Value V
	Steps []Step[V]
}

// A Step is the value after an event, or at the beginning of a day on which the
// calendar alone has changed it.
type Step[V comparable] struct {
	Event uuid.UUID // uuid.Nil for the calendar
	Value V
}

// A Course is the values of something over some days, in every life and in the
// baseline.
type Course[V comparable] struct {
	First, Last edtf.Day
	Before      V // the value before anything happened
	Lives       []Life[V]
	Baseline    []V    // by day; the last value that the fold allows
	Refused     []bool // whether the fold refuses the baseline by that day
}

// CourseOf returns the course of pick over the days from first to last, before
// the first of which nothing may have happened.
func CourseOf[V comparable, S, E any](h History[S, E], first, last edtf.Day, pick func(S, edtf.Day) V) Course[V] {
	events := h.shown()
	var zero S
	c := Course[V]{First: first, Last: last, Before: pick(zero, edtf.DistantPast)}
	for _, w := range h.ways(events) {
		c.Lives = append(c.Lives, lifeOf(h, w, &c, pick))
	}
	for day := first; day <= last; day++ {
		s, err := h.Baseline(day)
		c.Baseline = append(c.Baseline, pick(s, day))
		c.Refused = append(c.Refused, err != nil)
	}
	return c
}

// lifeOf returns the life of a way over the days of c.
func lifeOf[V comparable, S, E any](h History[S, E], w way, c *Course[V], pick func(S, edtf.Day) V) Life[V] {
	events := h.shown()
	var l Life[V]
	var s S
	before := c.Before
	for day := c.First; day <= c.Last; day++ {
		var lived Lived[V]
		if v := pick(s, day); v != before {
			lived.Steps = append(lived.Steps, Step[V]{uuid.Nil, v})
		}
		for _, i := range w.order(day) {
			if w.when[i] != day {
				continue
			}
			var err error
			if s, err = h.Fold(s, events[i]); err != nil {
				return l
			}
			lived.Steps = append(lived.Steps, Step[V]{events[i].ID, pick(s, day)})
		}
		lived.Value = pick(s, day)
		before = lived.Value
		l.Days = append(l.Days, lived)
	}
	return l
}

// On returns the values that are possible on day.
func (c Course[V]) On(day edtf.Day) map[V]bool {
	values := map[V]bool{}
	for _, l := range c.Lives {
		if n := int(day - c.First); n < len(l.Days) {
			values[l.Days[n].Value] = true
		}
	}
	return values
}

// certain reports whether there is one value on day, that of the baseline
// reading.
func (c Course[V]) certain(day edtf.Day) bool {
	n := int(day - c.First)
	values := c.On(day)
	return len(values) == 1 && values[c.Baseline[n]] && !c.Refused[n]
}

// A Change is what [timeline.Change] means.
type Change[V comparable] struct {
	Value            V
	Others           map[V]bool
	Earliest, Latest edtf.Day // of From; DistantPast for the first change
	Because          map[uuid.UUID]bool
	Undecided, Err   bool
}

// Track lists the changes of c: from one certain day to the next, either the
// values that follow each other in every life, or the sets of values day by
// day.
func (c Course[V]) Track() []Change[V] {
	changes := []Change[V]{{Value: c.Before, Earliest: edtf.DistantPast, Latest: edtf.DistantPast}}
	add := func(x Change[V]) {
		l := changes[len(changes)-1]
		if l.Value != x.Value || !maps.Equal(l.Others, x.Others) || l.Err != x.Err {
			changes = append(changes, x)
		}
	}
	value := c.Before
	for day := c.First; day <= c.Last; day++ {
		end := day
		for end <= c.Last && !c.certain(end) {
			end++
		}
		switch {
		case end == day: // certain, as the day before
			if v := c.Baseline[day-c.First]; v != value {
				add(Change[V]{Value: v, Earliest: day, Latest: day, Because: c.leading(value, day)})
			}
		default:
			steps, ok := c.steps(zone[V]{value, day, end})
			if !ok {
				steps = c.daily(zone[V]{value, day, min(end, c.Last)})
			}
			for _, x := range steps {
				add(x)
			}
		}
		if end > c.Last {
			break
		}
		day, value = end, c.Baseline[end-c.First]
	}
	return changes
}

// seen returns the steps of a life from day first to day last that change the
// value, which was value before, or false if it does not get there.
func (l Life[V]) seen(value V, first, last int) ([]Step[V], bool) {
	if last >= len(l.Days) {
		return nil, false
	}
	var steps []Step[V]
	for _, d := range l.Days[first : last+1] {
		for _, s := range d.Steps {
			if s.Value != value {
				steps = append(steps, s)
			}
			value = s.Value
		}
	}
	return steps, true
}

// leading returns what led to the value on day in some life.
func (c Course[V]) leading(value V, day edtf.Day) map[uuid.UUID]bool {
	because := map[uuid.UUID]bool{}
	n := int(day - c.First)
	for _, l := range c.Lives {
		if steps, ok := l.seen(value, n, n); ok && len(steps) > 0 {
			addCause(because, steps[len(steps)-1].Event)
		}
	}
	return because
}

// addCause adds an event to those that led to something; the calendar is none.
func addCause(because map[uuid.UUID]bool, event uuid.UUID) {
	if event != uuid.Nil {
		because[event] = true
	}
}

// Ever returns, of the lives that last to the day last, how many there are and
// in how many something held on a day from first on.
func Ever(c Course[bool], first, last edtf.Day) (lives, held int) {
	for _, l := range c.Lives {
		if int(last-c.First) >= len(l.Days) {
			continue
		}
		lives++
		days := l.Days[first-c.First : last-c.First+1]
		if slices.ContainsFunc(days, func(d Lived[bool]) bool { return d.Value }) {
			held++
		}
	}
	return lives, held
}
