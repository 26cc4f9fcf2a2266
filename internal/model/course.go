package model

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
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

// A Step is the value after an event.
type Step[V comparable] struct {
	Event uuid.UUID
	Value V
}

// A Course is the values of something over some days, in every life and in the
// cautious reading.
type Course[V comparable] struct {
	First, Last edtf.Day
	Before      V // the value before anything happened
	Lives       []Life[V]
	Cautious    []V    // by day; the last value that the fold allows
	Refused     []bool // whether the fold refuses the cautious reading by that day
}

// CourseOf returns the course of pick over the days from first to last, before
// the first of which nothing may have happened.
func CourseOf[V comparable, S, E any](h History[S, E], first, last edtf.Day, pick func(S) V) Course[V] {
	events := h.shown()
	var zero S
	c := Course[V]{First: first, Last: last, Before: pick(zero)}
	for _, w := range h.ways(events) {
		c.Lives = append(c.Lives, lifeOf(h, events, w, first, last, pick))
	}
	for day := first; day <= last; day++ {
		s, err := h.Cautious(day)
		c.Cautious = append(c.Cautious, pick(s))
		c.Refused = append(c.Refused, err != nil)
	}
	return c
}

func lifeOf[V comparable, S, E any](h History[S, E], events []timeline.Event[E], w way, first, last edtf.Day, pick func(S) V) Life[V] {
	var l Life[V]
	var s S
	for day := first; day <= last; day++ {
		var lived Lived[V]
		for _, i := range order(w.when, w.isTrue, day) {
			if w.when[i] != day {
				continue
			}
			var err error
			if s, err = h.Fold(s, events[i]); err != nil {
				return l
			}
			lived.Steps = append(lived.Steps, Step[V]{events[i].ID, pick(s)})
		}
		lived.Value = pick(s)
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

// certain reports whether there is one value on day, that of the cautious
// reading.
func (c Course[V]) certain(day edtf.Day) bool {
	n := int(day - c.First)
	values := c.On(day)
	return len(values) == 1 && values[c.Cautious[n]] && !c.Refused[n]
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
			if v := c.Cautious[day-c.First]; v != value {
				add(Change[V]{Value: v, Earliest: day, Latest: day, Because: c.leading(value, day)})
			}
		default:
			steps, ok := c.steps(value, day, end)
			if !ok {
				steps = c.daily(value, day, min(end, c.Last))
			}
			for _, x := range steps {
				add(x)
			}
		}
		if end > c.Last {
			break
		}
		day, value = end, c.Cautious[end-c.First]
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
			because[steps[len(steps)-1].Event] = true
		}
	}
	return because
}

// steps returns the values that follow each other from day first to day last
// in every life, if they do.
func (c Course[V]) steps(value V, first, last edtf.Day) ([]Change[V], bool) {
	if last > c.Last {
		return nil, false // there is no certain day
	}
	var longest []Step[V]
	for day := first; day <= last; day++ {
		for _, l := range c.Lives {
			if steps, ok := l.seen(value, int(first-c.First), int(day-c.First)); ok && len(steps) > len(longest) {
				longest = steps
			}
		}
	}
	changes := make([]Change[V], len(longest))
	lasting := make([]bool, len(longest)+1)
	for n := range changes {
		changes[n] = Change[V]{Value: longest[n].Value, Because: map[uuid.UUID]bool{}, Earliest: edtf.DistantFuture, Latest: edtf.DistantFuture}
	}
	for day := last; day >= first; day-- {
		least, most := len(longest), 0
		for _, l := range c.Lives {
			steps, ok := l.seen(value, int(first-c.First), int(day-c.First))
			if !ok {
				continue
			}
			for n, s := range steps {
				if s.Value != longest[n].Value {
					return nil, false
				}
				if day == last {
					changes[n].Because[s.Event] = true
				}
			}
			least, most = min(least, len(steps)), max(most, len(steps))
			lasting[len(steps)] = true
		}
		if day == last && least < len(longest) {
			return nil, false
		}
		for n := range changes {
			if most > n {
				changes[n].Earliest = day
			}
			if least > n {
				changes[n].Latest = day
			}
		}
	}
	var kept []Change[V]
	for n, x := range changes {
		if lasting[n+1] {
			kept = append(kept, x)
		}
	}
	for day := first; day < last; day++ {
		v := value
		for _, x := range kept {
			if x.Latest <= day {
				v = x.Value
			}
		}
		if n := int(day - c.First); v != c.Cautious[n] || c.Refused[n] {
			return nil, false
		}
	}
	return kept, true
}

// daily returns the values that are possible from day first to day last.
func (c Course[V]) daily(value V, first, last edtf.Day) []Change[V] {
	var changes []Change[V]
	because := map[uuid.UUID]bool{}
	for day := first; day <= last; day++ {
		for _, l := range c.Lives {
			steps, _ := l.seen(value, int(first-c.First), int(day-c.First))
			for _, s := range steps {
				because[s.Event] = true
			}
		}
		x := Change[V]{
			Value: c.Cautious[day-c.First], Others: c.On(day), Earliest: day, Latest: day,
			Because: maps.Clone(because), Undecided: true, Err: c.Refused[day-c.First],
		}
		delete(x.Others, x.Value)
		changes = append(changes, x)
	}
	return changes
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

// Relations returns which of two shown events came first, in every way in which
// things can have been.
func (h History[S, E]) Relations(a, b uuid.UUID) map[timeline.Relation]bool {
	events := h.shown()
	find := func(id uuid.UUID) int {
		return slices.IndexFunc(events, func(e timeline.Event[E]) bool { return e.ID == id })
	}
	i, j := find(a), find(b)
	found := map[timeline.Relation]bool{}
	if i < 0 || j < 0 {
		return found
	}
	for _, when := range h.whens(events) {
		switch {
		case when[i] < when[j]:
			found[timeline.RelationBefore] = true
		case when[i] > when[j]:
			found[timeline.RelationAfter] = true
		case h.Sequenced && i < j, comesAfter(events, j, i):
			found[timeline.RelationBefore] = true
		case h.Sequenced, comesAfter(events, i, j):
			found[timeline.RelationAfter] = true
		default:
			found[timeline.RelationSameDay] = true
		}
	}
	return found
}

// comesAfter reports whether event i comes after event j, directly or not.
func comesAfter[E any](events []timeline.Event[E], i, j int) bool {
	for k, e := range events {
		if slices.Contains(events[i].After, e.ID) && (k == j || comesAfter(events, k, j)) {
			return true
		}
	}
	return false
}
