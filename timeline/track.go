package timeline

import (
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Change is a value that something came to have, or a set of values of which
// it had one, and how long it kept it.
type Change[V comparable, E any] struct {
	// Value is that of the cautious reading from the latest day of From on.
	Value V
	// Others are the values it may have had instead. There is none if Value is
	// certain between the latest day of From and the earliest day of Until.
	Others []V
	// From is the day on which it changed to Value: a window as imprecise as the
	// event that changed it. The zero Date means that it has been so ever since.
	From edtf.Date
	// Until is the From of the change that follows. The zero Date means that
	// none does.
	Until edtf.Date
	// Because are the events that made it so, in the order of the telling: each
	// of them did in some world. If Undecided, they are all those that changed
	// it in some world since it was last certain.
	Because []Event[E]
	// Undecided says that the values since the last certain one do not follow
	// each other in the same way in every world: that the order of events is not
	// decided, or which of them are true. From is then the very day since which
	// just these values are possible.
	Undecided bool
	// Incomplete says that there were more than [MaxWorlds] worlds. There may be
	// other values.
	Incomplete bool
	// Err is a [*FoldError] if the fold refuses an event of the cautious
	// reading by then, which only a view can have. Value is that before it.
	Err error
}

// Track returns an iterator over the successive values of pick, from the first
// day to the last. They leave no gap, and two that follow each other differ.
// The value of [Timeline.At] on any day is that of the last change whose From
// is certainly over or touches the day with its last.
//
// If in every world the same values follow each other, each has the window in
// which it may have begun: a value that all events of "2023-10" lead to begins
// in 2023-10. A value that lasts less than a day in every world is left out. If
// worlds differ in which values follow each other, Track does not choose: it
// gives the days on which the possible values change.
//
// pick must be pure, and its values must equal themselves. Track looks only at
// what is recorded: it knows nothing of [Coverage].
func Track[V comparable, S, E any](t *Timeline[S, E], pick func(S) V) iter.Seq[Change[V, E]] {
	return func(yield func(Change[V, E]) bool) {
		tr := &tracker[V, S, E]{t: t, pick: pick, sweep: t.worlds.sweep(), yield: yield}
		tr.run()
	}
}

// A tracker goes through the days on which something may change. Days on which
// there is one value are certain; the others make zones, each from a certain day
// to the next.
type tracker[V comparable, S, E any] struct {
	t     *Timeline[S, E]
	pick  func(S) V
	sweep *sweep[S, E]
	watch *sweep[watched[S, *course[V]], E] // made when it is needed
	days  []edtf.Day                        // on which what is watched may change

	yield   func(Change[V, E]) bool
	last    *Change[V, E] // not yielded yet, since its end is not known
	stopped bool
}

// A moment is the values that are possible on a day.
type moment[V comparable] struct {
	day        edtf.Day
	value      V // of the cautious reading
	others     []V
	certain    bool
	incomplete bool
	err        error
}

func (tr *tracker[V, S, E]) run() {
	var zero S
	f := tr.sweep.outset()
	start, value := f, tr.pick(tr.t.rules.handOut(zero)) // on the last certain day
	var zone []moment[V]
	tr.emit(Change[V, E]{Value: value})
	for _, day := range tr.sweep.changes() {
		f = tr.sweep.carry(f, day)
		m := tr.moment(f)
		switch {
		case !m.certain:
			zone = append(zone, m)
			continue
		case len(zone) > 0:
			tr.pass(start, value, zone, &m)
		case m.value != value:
			tr.jump(start, value, m)
		}
		if tr.stopped {
			return
		}
		zone, start, value = nil, f, m.value
	}
	if len(zone) > 0 {
		tr.pass(start, value, zone, nil)
	}
	if !tr.stopped {
		tr.yield(*tr.last)
	}
}

// moment returns the values that are possible on the day of f.
func (tr *tracker[V, S, E]) moment(f frontier[S]) moment[V] {
	cautious, err := tr.t.cautious.state(tr.t.cautious.count(f.day))
	m := moment[V]{day: f.day, value: tr.pick(tr.t.rules.handOut(cautious))}
	if err != nil {
		m.err = err
	}
	f = tr.sweep.expand(f)
	if f.settled && err == nil {
		m.certain = true
		return m
	}
	f = tr.sweep.whole(f)
	possible := false // whether the cautious value is
	for n := range f.worlds {
		switch v := tr.pick(tr.t.rules.handOut(f.worlds[n].state)); {
		case v == m.value:
			possible = true
		case !slices.Contains(m.others, v):
			m.others = append(m.others, v)
		}
	}
	m.incomplete = f.incomplete
	m.certain = possible && len(m.others) == 0 && !m.incomplete && err == nil
	return m
}

// emit yields the last change and keeps c, unless c says nothing new.
func (tr *tracker[V, S, E]) emit(c Change[V, E]) {
	if l := tr.last; l != nil {
		if l.Value == c.Value && sameValues(l.Others, c.Others) && l.Incomplete == c.Incomplete && (l.Err == nil) == (c.Err == nil) {
			return
		}
		if c.From.IsZero() {
			*l = c // there is no day before it
			return
		}
		l.Until = c.From
		if !tr.yield(*l) {
			tr.stopped = true
		}
	}
	tr.last = &c
}

// sameValues reports whether a and b, which have no value twice, have the same
// ones.
func sameValues[V comparable](a, b []V) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(v V) bool { return !slices.Contains(b, v) })
}

// jump emits the change from one certain value to another from one day to the
// next.
func (tr *tracker[V, S, E]) jump(start frontier[S], value V, m moment[V]) {
	c := tr.follow(start, value, m.day, m.day, false)
	tr.emit(Change[V, E]{Value: m.value, From: dateOf(m.day), Because: tr.events(c.leading(m.value))})
}

// pass emits the changes in a zone that ends with the certain moment end, if it
// ends.
func (tr *tracker[V, S, E]) pass(start frontier[S], value V, zone []moment[V], end *moment[V]) {
	last := edtf.DistantFuture
	if end != nil {
		last = end.day
	}
	c := tr.follow(start, value, zone[0].day, last, false)
	if steps, ok := c.steps(); ok && end != nil && agrees(value, steps, zone) {
		for _, s := range steps {
			tr.emit(Change[V, E]{Value: s.value, From: tr.window(s), Because: tr.events(s.causes)})
			if tr.stopped {
				return
			}
		}
		return
	}
	c = tr.follow(start, value, zone[0].day, last, true)
	if end != nil {
		zone = append(zone, *end)
	}
	for _, m := range zone {
		if m.day > edtf.MaxDay {
			break // the last day there is, which never comes
		}
		tr.emit(Change[V, E]{
			Value: m.value, Others: m.others, From: dateOf(m.day), Because: tr.events(c.causesBy(m.day)),
			Undecided: true, Incomplete: m.incomplete, Err: m.err,
		})
		if tr.stopped {
			return
		}
	}
}

// dateOf returns day as a date, or the zero Date if it stands for all days
// before the first.
func dateOf(day edtf.Day) edtf.Date { return edtf.Between(day, day) }

// window returns when a step happened: as its event says, if it is one event
// and all of its window is left.
func (tr *tracker[V, S, E]) window(s step[V]) edtf.Date {
	if len(s.causes) == 1 {
		when := tr.t.items[s.causes[0]].event.When
		if first, last := when.Bounds(); first == s.earliest && last == s.latest {
			return when
		}
	}
	return edtf.Between(s.earliest, s.latest)
}

// events returns the events of items.
func (tr *tracker[V, S, E]) events(items []int) []Event[E] {
	var events []Event[E]
	for _, i := range items {
		events = append(events, tr.t.items[i].event.clone())
	}
	return events
}

// String returns c as "20 % from 2023-10", "5 or 7 from 2015 until 2016" or
// "none until 2015".
func (c Change[V, E]) String() string {
	words := []string{word(c.Value)}
	for _, v := range c.Others {
		words = append(words, word(v))
	}
	if c.Incomplete {
		words = append(words, "other")
	}
	text := strings.Join(words, " or ")
	if !c.From.IsZero() {
		text += " from " + c.From.String()
	}
	if !c.Until.IsZero() {
		text += " until " + c.Until.String()
	}
	return text
}
