package timeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Answer is every value that something may have had on a day.
type Answer[V comparable, E any] struct {
	// Options are the values, each once. The one of the baseline comes first,
	// then those that need fewer deviations from it. There is none if no world is
	// possible; Err then says why the baseline is not.
	Options []Option[V, E]
	// Caveats are why none of them is certain. Decides are the events that decide
	// between the options.
	Caveats[E]
}

// An Option is one value that something may have had, and what it takes.
type Option[V comparable, E any] struct {
	Value V
	// If are the events that must be earlier than in the baseline, or count, or
	// correct others, to give this value, in sequence order. Without are those that
	// count in the baseline and must not for this value. Both are empty for the value
	// of the baseline itself.
	If, Without []Event[E]
}

// Ask returns every value that q may have had at the end of day, over all worlds:
// over what can have happened by then and in which order. The error says what is
// wrong with the question: it is [ErrNoRead] or an [*UnknownError]. If the parts of the question, or a
// Scope, leave something out that shows on the day, the Err of the answer is [ErrScope].
//
// The cost grows with the number of worlds that differ, not with the number
// of days. With nothing undecided it is that of [Timeline.At] and a fixed part, with one
// allocation, for the answer.
func Ask[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, q Question[S, V]) (Answer[V, E], error) {
	x, err := inquire(t, q)
	if err != nil {
		return Answer[V, E]{}, err
	}
	x.asked = t
	if x.t.engine().Decided(day) {
		if s, refusal := x.t.baseline.At(day); refusal == nil && x.t.lackingBy(day) == nil {
			return Answer[V, E]{Options: []Option[V, E]{{Value: x.read(*s, day)}}, Caveats: x.caveats(day, day)}, nil
		}
	}
	return x.ask(day).answer, nil
}

// caveats returns what is to be said of every answer about the days from first to
// last.
func (x *inquiry[V, S, E]) caveats(first, last edtf.Day) Caveats[E] {
	c := x.base
	c.Horizon, c.NotRecorded = x.coverage.caveats(worlds.Range{First: first, Last: last}, x.Topics, x.Parts)
	if c.Err == nil {
		c.Err = x.t.lackingBy(last)
	}
	if c.Err == nil && first == last {
		c.Err = x.scopeError(last)
	}
	return c
}

// An asked answer is one with the worlds behind it.
type asked[V comparable, S, E any] struct {
	answer   Answer[V, E]
	frontier worlds.Frontier
	world    []int // of each option, the world that is nearest to the baseline
}

func (x *inquiry[V, S, E]) ask(day edtf.Day) asked[V, S, E] {
	t := x.t
	f := x.engine().At(day)
	a := Answer[V, E]{Caveats: x.caveats(day, day)}
	a.Incomplete = x.limit(f.Incomplete)
	_, refusal := t.baseline.At(day)
	if err := t.errorOn(day, t.foldError(refusal)); err != nil {
		a.Err = err
	}
	options, all := optionsOf(x, &f)
	if !all {
		a.Incomplete = x.limit(true)
	}
	nearest := make([]int, len(options))
	for n, o := range options {
		with, without := t.eventsOf(o.deviations)
		a.Options = append(a.Options, Option[V, E]{Value: o.value, If: with, Without: without})
		nearest[n] = o.world
	}
	if len(options) > 1 {
		a.Decides = decidersOf(t, options)
	}
	return asked[V, S, E]{a, f, nearest}
}

// decidersOf returns the events that decide between options, in sequence order.
func decidersOf[V comparable, S, E any](t *Timeline[S, E], options []worldOption[V]) []Event[E] {
	var items []int
	for _, o := range options {
		for _, d := range o.deviations {
			items = append(items, d.Item)
		}
	}
	slices.Sort(items)
	return t.clones(slices.Compact(items))
}

// clones returns the events with the given indexes.
func (t *Timeline[S, E]) clones(items []int) []Event[E] {
	events := slices.Grow([]Event[E](nil), len(items)) // nil if there are none
	for _, i := range items {
		events = append(events, t.events[i].clone())
	}
	return events
}

// A worldOption is a value, and the world nearest to the baseline that has it.
type worldOption[V comparable] struct {
	value      V
	world      int
	deviations []worlds.Deviation
}

// optionsOf returns the values in the worlds of f, those nearest to the baseline
// first, and whether there was work enough for all.
func optionsOf[V comparable, S, E any](x *inquiry[V, S, E], f *worlds.Frontier) (options []worldOption[V], all bool) {
	found := map[V]int{}
	engine := x.t.engine()
	for n := range f.Worlds {
		ds := engine.Deviations(&f.Worlds[n], f.Day)
		if n > 0 && !x.work().Spend(1+len(ds)) {
			return options, false
		}
		v := x.readIn(f.Worlds[n].State, f.Day)
		m, ok := found[v]
		if !ok {
			found[v] = len(options)
			options = append(options, worldOption[V]{v, n, ds})
		} else if worlds.CompareSets(ds, options[m].deviations) < 0 {
			options[m].world, options[m].deviations = n, ds
		}
	}
	slices.SortFunc(options, func(a, b worldOption[V]) int { return worlds.CompareSets(a.deviations, b.deviations) })
	return options, true
}

// eventsOf returns the events of deviations: those that count, and those that
// are absent.
func (t *Timeline[S, E]) eventsOf(ds []worlds.Deviation) (with, without []Event[E]) {
	var count, absent []int
	for n, d := range ds {
		switch {
		case d.Kind == worlds.Absent:
			absent = append(absent, d.Item)
		case n == 0 || ds[n-1] != worlds.Deviation{Item: d.Item, Kind: worlds.Earlier}: // earlier and known at once
			count = append(count, d.Item)
		}
	}
	return t.clones(count), t.clones(absent)
}

// Certain returns the value if it is certain: the only one there can be, without
// a caveat. It then agrees with the snapshot of that day.
func (a Answer[V, E]) Certain() (V, bool) {
	if !a.Complete() {
		var zero V
		return zero, false
	}
	return a.Recorded()
}

// Recorded returns the only value that there can be by what is recorded, whatever
// the sources do not cover or never mention.
func (a Answer[V, E]) Recorded() (V, bool) {
	if len(a.Options) != 1 || a.Incomplete != nil || a.Err != nil {
		var zero V
		return zero, false
	}
	return a.Options[0].Value, true
}

// Values returns the values of the options, in their order.
func (a Answer[V, E]) Values() []V {
	values := make([]V, len(a.Options))
	for i, o := range a.Options {
		values[i] = o.Value
	}
	return values
}

// String returns the values as "20 %" or "0 % or 20 %", or what is in their
// way: "not recorded: sales figures", "impossible". What is incomplete ends in "or
// other", and past the horizon in "as far as recorded, to 2025-10". An empty text is
// written "".
func (a Answer[V, E]) String() string {
	words := make([]string, len(a.Options), len(a.Options)+1)
	for i, o := range a.Options {
		words[i] = word(o.Value)
	}
	switch {
	case a.Incomplete != nil:
		words, a.Incomplete = append(words, "other"), nil // which says it
	case len(words) == 0:
		return "impossible"
	}
	return a.qualify(strings.Join(words, " or "))
}

// word returns v as text; an empty one is written "".
func word(v any) string {
	if s := fmt.Sprint(v); s != "" {
		return s
	}
	return `""`
}
