package timeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// MaxWorlds is how many worlds that differ are followed on one day: by
// which of the undecided events have happened, or by the state they lead to.
// Past it an answer is incomplete and claims no certainty.
const MaxWorlds = 1 << 13

// An Answer is every value that something may have had on a day.
type Answer[V comparable, E any] struct {
	// Options are the values, each once. The one of the baseline comes first,
	// then those that need fewer deviations from it. There is none if no world is
	// possible; Err then says why the baseline is not.
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
	// Err is a [*FoldError] if the fold refuses an event of the baseline by that
	// day, which only a view or a lenient timeline can have.
	Err error
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
	if t.engine().Decided(day) {
		if s, refusal := t.baseline.At(day); refusal == nil {
			only := []Option[V, E]{{Value: pick(t.rules.handOut(s))}}
			return Answer[V, E]{Options: only, PastHorizon: t.PastHorizon(day), NotRecorded: t.silent(day, topics)}
		}
	}
	return ask(t, day, pick, topics...).answer
}

// An asked answer is one with the worlds behind it.
type asked[V comparable, S, E any] struct {
	answer   Answer[V, E]
	frontier worlds.Frontier[S]
	world    []int // of each option, the world that is nearest to the baseline
}

func ask[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, pick func(S) V, topics ...string) asked[V, S, E] {
	f := t.engine().At(day)
	a := Answer[V, E]{Incomplete: f.Incomplete, PastHorizon: t.PastHorizon(day), NotRecorded: t.silent(day, topics)}
	if _, refusal := t.baseline.At(day); refusal != nil {
		a.Err = t.foldError(refusal)
	}
	options := optionsOf(t, &f, reading(t, pick))
	nearest := make([]int, len(options))
	for n, o := range options {
		with, without := t.eventsOf(o.deviations)
		a.Options = append(a.Options, Option[V, E]{Value: o.value, If: with, Without: without})
		nearest[n] = o.world
	}
	return asked[V, S, E]{a, f, nearest}
}

// A worldOption is a value, and the world nearest to the baseline that has it.
type worldOption[V comparable] struct {
	value      V
	world      int
	deviations []worlds.Deviation
}

// optionsOf returns the values in the worlds of f, those nearest to the
// baseline first.
func optionsOf[V comparable, S, E any](t *Timeline[S, E], f *worlds.Frontier[S], value func(S) V) []worldOption[V] {
	var options []worldOption[V]
	found := map[V]int{}
	for n := range f.Worlds {
		v := value(f.Worlds[n].State)
		ds := t.engine().Deviations(&f.Worlds[n], f.Day)
		m, ok := found[v]
		if !ok {
			found[v] = len(options)
			options = append(options, worldOption[V]{v, n, ds})
		} else if worlds.CompareSets(ds, options[m].deviations) < 0 {
			options[m].world, options[m].deviations = n, ds
		}
	}
	slices.SortFunc(options, func(a, b worldOption[V]) int { return worlds.CompareSets(a.deviations, b.deviations) })
	return options
}

// eventsOf returns the events of deviations: those that count, and those that
// are absent.
func (t *Timeline[S, E]) eventsOf(ds []worlds.Deviation) (with, without []Event[E]) {
	for n, d := range ds {
		e := t.events[d.Item]
		switch {
		case d.Kind == worlds.Absent:
			without = append(without, e.clone())
		case n == 0 || ds[n-1] != worlds.Deviation{Item: d.Item, Kind: worlds.Earlier}: // earlier and known at once
			with = append(with, e.clone())
		}
	}
	return with, without
}

// Holds reports whether p held on day: Certain if it did in every world, No if
// it did in none, else Possible. It is Possible as well if the answer is incomplete
// or has an error, past the horizon, and if the sources are silent: what is not
// recorded is not "no".
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
