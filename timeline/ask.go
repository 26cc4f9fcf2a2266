package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Answer is every value that something may have had on a day.
type Answer[V comparable, E any] struct {
	// Options are the values, each once. The one of the cautious reading comes
	// first, then those that need fewer departures from it. There is none if
	// no world is possible; Err then says why the cautious reading is not.
	Options []Option[V, E]
	// Incomplete says that there were more than [MaxWorlds] worlds. The options
	// are real, but there may be others.
	Incomplete bool
	// PastHorizon says that the day lies after the last one that the history's
	// sources cover; see [Coverage].
	PastHorizon bool
	// NotRecorded are those of the topics asked about on which the history's
	// sources are silent that day.
	NotRecorded []Silence
	// Err is a [*FoldError] if the fold refuses an event of the cautious
	// reading by that day, which only a view can have.
	Err error
}

// An Option is one value that something may have had, and what it takes.
type Option[V comparable, E any] struct {
	Value V
	// If are the events that decide for this value, in the order of the telling:
	// those that are earlier than the cautious reading has them, or that count,
	// or correct others, only here. Without are those that the cautious reading
	// counts and that do not count here. Both are empty for the value of the
	// cautious reading itself.
	If, Without []Event[E]
}

// Ask returns every value that pick may have given on day, over all worlds:
// over what can have happened by then and in which order. pick must be pure,
// and its values must equal themselves: NaN would be a new value each time.
//
// Topics are what pick asks about, as the history's [Coverage] names them; if
// the sources are silent about one of them, the answer says so.
//
// The cost grows with the number of worlds that differ, not with the number
// of days, and with nothing undecided it is that of [Timeline.At].
func Ask[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, pick func(S) V, topics ...string) Answer[V, E] {
	if t.worlds.sweep().decided(day) {
		if s, err := t.cautious.shared(t.cautious.count(day)); err == nil {
			only := []Option[V, E]{{Value: pick(t.rules.handOut(*s))}}
			return Answer[V, E]{Options: only, PastHorizon: t.pastHorizon(day), NotRecorded: t.silent(day, topics)}
		}
	}
	return ask(t, day, pick, topics...).answer
}

// An asked answer is one with the worlds behind it.
type asked[V comparable, S, E any] struct {
	answer   Answer[V, E]
	frontier frontier[S]
	world    []int // of each option, the world that is nearest to the cautious reading
}

func ask[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, pick func(S) V, topics ...string) asked[V, S, E] {
	f := t.worlds.sweep().at(day)
	a := Answer[V, E]{Incomplete: f.incomplete, PastHorizon: t.pastHorizon(day), NotRecorded: t.silent(day, topics)}
	if _, err := t.cautious.state(t.cautious.count(day)); err != nil {
		a.Err = err
	}
	type option struct {
		value   V
		world   int
		departs []depart
	}
	var options []option
	found := map[V]int{}
	for n := range f.worlds {
		v := pick(t.rules.handOut(f.worlds[n].state))
		ds := t.departsOn(&f.worlds[n], day)
		m, ok := found[v]
		if !ok {
			found[v] = len(options)
			options = append(options, option{v, n, ds})
		} else if compareDepartures(ds, options[m].departs) < 0 {
			options[m].world, options[m].departs = n, ds
		}
	}
	slices.SortFunc(options, func(a, b option) int { return compareDepartures(a.departs, b.departs) })
	worlds := make([]int, len(options))
	for n, o := range options {
		with, without := t.eventsOf(o.departs)
		a.Options = append(a.Options, Option[V, E]{Value: o.value, If: with, Without: without})
		worlds[n] = o.world
	}
	return asked[V, S, E]{a, f, worlds}
}

// compareDepartures puts fewer departures before more.
func compareDepartures(a, b []depart) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), slices.CompareFunc(a, b, compareDeparts))
}

// departsOn returns how x differs on day from the cautious reading of that day.
func (t *Timeline[S, E]) departsOn(x *world[S], day edtf.Day) []depart {
	var ds []depart
	for _, d := range x.departs {
		if d.how != absent || t.items[d.item].latest() <= day {
			ds = append(ds, d)
		}
	}
	w := walk[S, E]{sweep: t.worlds.sweep()}
	for _, i := range x.placed {
		if t.items[i].latest() > day && w.isTrue(x, i) {
			ds = insert(ds, depart{i, early}, compareDeparts)
		}
	}
	return ds
}

// eventsOf returns the events of departures: those that count, and those that
// are absent.
func (t *Timeline[S, E]) eventsOf(ds []depart) (with, without []Event[E]) {
	for n, d := range ds {
		e := t.items[d.item].event
		switch {
		case d.how == absent:
			without = append(without, e.clone())
		case n == 0 || ds[n-1] != depart{d.item, early}: // early and known at once
			with = append(with, e.clone())
		}
	}
	return with, without
}

// Holds reports whether p held on day: Certain if it did in every world, No if
// it did in none, else Possible. It is Possible as well if [Answer.Certain] has
// another reason to claim nothing: what is not recorded is not "no".
func Holds[S, E any](t *Timeline[S, E], day edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	v, ok := Ask(t, day, p, topics...).Certain()
	if !ok {
		return edtf.Possible
	}
	return edtf.TruthOf(v)
}

// Certain returns the value if it is certain: the only one there can be. It
// then agrees with the snapshot of that day. Nothing is certain if the answer
// is incomplete or has an error, past the horizon, or if the sources are
// silent about what was asked.
func (a Answer[V, E]) Certain() (V, bool) {
	if len(a.Options) != 1 || a.Incomplete || a.Err != nil || a.PastHorizon || len(a.NotRecorded) > 0 {
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

// Decides returns the events that decide between the options, each once.
func (a Answer[V, E]) Decides() []Event[E] {
	var events []Event[E]
	for _, o := range a.Options {
		for _, e := range slices.Concat(o.If, o.Without) {
			if !slices.ContainsFunc(events, func(d Event[E]) bool { return d.ID == e.ID }) {
				events = append(events, e)
			}
		}
	}
	return events
}

// String returns the values as "20 %" or "0 % or 20 %", or what is in their
// way: "not recorded", "impossible". What is incomplete ends in "or other", and
// past the horizon the answer ends in "as far as recorded". An empty text is
// written "".
func (a Answer[V, E]) String() string {
	if len(a.NotRecorded) > 0 {
		return "not recorded"
	}
	words := make([]string, len(a.Options), len(a.Options)+1)
	for i, o := range a.Options {
		words[i] = word(o.Value)
	}
	switch {
	case a.Incomplete:
		words = append(words, "other")
	case len(words) == 0:
		return "impossible"
	}
	text := strings.Join(words, " or ")
	if a.PastHorizon {
		text += ", as far as recorded"
	}
	return text
}

// word returns v as text; an empty one is written "".
func word(v any) string {
	if s := fmt.Sprint(v); s != "" {
		return s
	}
	return `""`
}
