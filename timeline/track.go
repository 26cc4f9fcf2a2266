package timeline

import (
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Change is a value that something came to have, or a set of values of which
// it had one, and how long it kept it.
type Change[V comparable, E any] struct {
	// Value is that of the baseline from the latest day of From on.
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
	// Because are the events that made it so, in sequence order: each
	// of them did in some world. If Undecided, they are all those that changed
	// it in some world since it was last certain.
	Because []Event[E]
	// Undecided says that the values since the last certain one do not follow
	// each other in the same way in every world: that the order of events is not
	// decided, or which of them are true. From is then the very day since which
	// just these values are possible.
	Undecided bool
	// Caveats are why the values are not certain, or not all. If Err is a
	// [*FoldError], Value is that before the event. The horizon and silences are those
	// on any day on which it may have been so.
	Caveats[E]
}

// Track returns an iterator over the successive values of q, from the first
// day to the last. They leave no gap, and two that follow each other differ.
// The value of [Timeline.At] on a day is that of the last change whose From
// ends on or before the day.
//
// If in every world the same values follow each other, each has the window in
// which it may have begun: a value that all events of "2023-10" lead to begins
// in 2023-10. A value that lasts less than a day in every world is left out. If
// worlds differ in which values follow each other, Track does not choose: it
// gives the days on which the possible values change.
//
// If the question is a mistake, the only change has the error in its Err.
func Track[V comparable, S, E any](t *Timeline[S, E], q Question[S, V]) iter.Seq[Change[V, E]] {
	return func(yield func(Change[V, E]) bool) {
		x, err := inquire(t, q)
		if err != nil {
			yield(Change[V, E]{Caveats: Caveats[E]{Err: err}})
			return
		}
		x.track()(yield)
	}
}

func (x *inquiry[V, S, E]) track() iter.Seq[Change[V, E]] {
	return func(yield func(Change[V, E]) bool) {
		newTracker(x, func(c Change[V, E]) bool {
			c.Horizon, c.NotRecorded = x.coverage.caveats(c.days(), x.Topics, x.Parts)
			c.NeverMentioned = x.base.NeverMentioned
			return yield(c)
		}).run()
	}
}

// days returns the days on which c may have been so.
func (c *Change[V, E]) days() worlds.Range {
	r := worlds.Range{First: edtf.DistantPast, Last: edtf.DistantFuture}
	if !c.From.IsZero() {
		r.First = c.From.Earliest()
	}
	if !c.Until.IsZero() {
		r.Last = max(r.First, c.Until.Latest()-1)
	}
	return r
}

// A tracker goes through the days on which something may change. Days on which
// there is one value are certain; the others make zones, each from a certain day
// to the next.
type tracker[V comparable, S, E any] struct {
	*inquiry[V, S, E]
	engine *worlds.Engine
	tracer *worlds.Tracer[V]

	yield   func(Change[V, E]) bool
	last    *Change[V, E] // not yielded yet, since its end is not known
	stopped bool
}

func newTracker[V comparable, S, E any](x *inquiry[V, S, E], yield func(Change[V, E]) bool) *tracker[V, S, E] {
	engine := x.values()
	return &tracker[V, S, E]{inquiry: x, engine: engine, tracer: worlds.NewTracer(engine, x.readIn, x.turns()), yield: yield}
}

// days returns the days on which the value may change, or an answer begins to lack something,
// ascending.
func (tr *tracker[V, S, E]) days() []edtf.Day {
	days := append(tr.engine.Changes(), tr.turns()...)
	for _, e := range tr.t.rules.lacking {
		if e.Known.Earliest() <= tr.t.view.known {
			days = append(days, e.When.Earliest())
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// A zone is the days from one certain day to the next.
type zone[V comparable, S any] struct {
	start   worlds.Frontier // on the last certain day
	value   V               // on that day
	moments []moment[V]     // those between
}

// A moment is the values that are possible on a day.
type moment[V comparable] struct {
	day        edtf.Day
	value      V // of the baseline
	others     []V
	certain    bool
	incomplete error
	err        error
}

func (tr *tracker[V, S, E]) run() {
	var zero S
	f := tr.engine.Start()
	z := zone[V, S]{start: f, value: tr.read(zero, edtf.DistantPast)}
	tr.emit(Change[V, E]{Value: z.value})
	for _, day := range tr.days() {
		f = tr.engine.Carry(f, day)
		m := tr.moment(f)
		switch {
		case !m.certain:
			z.moments = append(z.moments, m)
			continue
		case len(z.moments) > 0:
			tr.pass(z, &m)
		case m.value != z.value:
			tr.jump(z, m)
		}
		if tr.stopped {
			return
		}
		z = zone[V, S]{start: f, value: m.value}
	}
	if len(z.moments) > 0 {
		tr.pass(z, nil)
	}
	if !tr.stopped {
		tr.yield(*tr.last)
	}
}

// moment returns the values that are possible on the day of f.
func (tr *tracker[V, S, E]) moment(f worlds.Frontier) moment[V] {
	state, refusal := tr.t.baseline.At(f.Day)
	m := moment[V]{day: f.Day, value: tr.read(*state, f.Day), err: tr.t.errorOn(f.Day, tr.t.foldError(refusal))}
	f = tr.engine.Expand(f)
	if f.IsBaseline && m.err == nil {
		m.certain = true
		return m
	}
	f = tr.engine.Materialise(f)
	possible := false // whether the value of the baseline is
	for n := range f.Worlds {
		switch v := tr.readIn(f.Worlds[n].State, f.Day); {
		case v == m.value:
			possible = true
		case !slices.Contains(m.others, v):
			m.others = append(m.others, v)
		}
	}
	m.incomplete = tr.limit(f.Incomplete)
	m.certain = possible && len(m.others) == 0 && m.incomplete == nil && m.err == nil
	return m
}

// emit yields the last change and keeps c, unless c says nothing new.
func (tr *tracker[V, S, E]) emit(c Change[V, E]) {
	if l := tr.last; l != nil {
		if l.Value == c.Value && sameValues(l.Others, c.Others) && (l.Incomplete == nil) == (c.Incomplete == nil) && (l.Err == nil) == (c.Err == nil) {
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
func (tr *tracker[V, S, E]) jump(z zone[V, S], m moment[V]) {
	c := tr.tracer.Follow(z.start, z.value, worlds.Range{First: m.day, Last: m.day}, false)
	tr.emit(Change[V, E]{Value: m.value, From: dateOf(m.day), Because: tr.t.clones(c.CausesOf(m.value))})
}

// pass emits the changes in a zone that ends with the certain moment end, if it
// ends.
func (tr *tracker[V, S, E]) pass(z zone[V, S], end *moment[V]) {
	days := worlds.Range{First: z.moments[0].day, Last: edtf.DistantFuture}
	if end != nil {
		days.Last = end.day
		c := tr.tracer.Follow(z.start, z.value, days, false)
		if steps, ok := c.Steps(); ok && z.agrees(steps) {
			tr.emitSteps(steps)
			return
		}
	}
	c := tr.tracer.Follow(z.start, z.value, days, true)
	if end != nil {
		z.moments = append(z.moments, *end)
	}
	for _, m := range z.moments {
		if m.day > edtf.MaxDay || tr.stopped {
			return // the last day there is never comes
		}
		tr.emit(Change[V, E]{
			Value: m.value, Others: m.others, From: dateOf(m.day), Because: tr.t.clones(c.CausesBy(m.day)),
			Undecided: true, Caveats: Caveats[E]{Incomplete: m.incomplete, Err: m.err},
		})
	}
}

// emitSteps emits the values that follow each other in every world.
func (tr *tracker[V, S, E]) emitSteps(steps []worlds.Step[V]) {
	for _, s := range steps {
		tr.emit(Change[V, E]{Value: s.Value, From: tr.window(s), Because: tr.t.clones(s.Causes)})
		if tr.stopped {
			return
		}
	}
}

// agrees reports whether at each moment the steps give the value of the
// baseline.
func (z *zone[V, S]) agrees(steps []worlds.Step[V]) bool {
	for _, m := range z.moments {
		v := z.value
		for _, s := range steps {
			if s.Latest <= m.day {
				v = s.Value
			}
		}
		if v != m.value || m.err != nil {
			return false
		}
	}
	return true
}

// dateOf returns day as a date, or the zero Date if it stands for all days
// before the first.
func dateOf(day edtf.Day) edtf.Date { return edtf.Between(day, day) }

// window returns when a step happened: as its event says, if it is one event
// and all of its window is left.
func (tr *tracker[V, S, E]) window(s worlds.Step[V]) edtf.Date {
	if len(s.Causes) == 1 {
		when := tr.t.events[s.Causes[0]].When
		if first, last := when.Bounds(); first == s.Earliest && last == s.Latest {
			return when
		}
	}
	return edtf.Between(s.Earliest, s.Latest)
}

// String returns c as "20 % from 2023-10", "5 or 7 from 2015 until 2016" or
// "none until 2015".
func (c Change[V, E]) String() string {
	words := []string{word(c.Value)}
	for _, v := range c.Others {
		words = append(words, word(v))
	}
	if c.Incomplete != nil {
		words = append(words, "other")
	}
	text := strings.Join(words, " or ")
	if !c.From.IsZero() {
		text += " from " + c.From.String()
	}
	if !c.Until.IsZero() {
		text += " until " + c.Until.String()
	}
	silent := Caveats[E]{NotRecorded: c.NotRecorded}
	return c.warn(silent.qualify(text))
}
