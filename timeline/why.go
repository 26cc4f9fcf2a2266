package timeline

import (
	"cmp"
	"errors"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Reason is why something may have had a value on a day.
type Reason[V comparable, E any] struct {
	Option[V, E]
	// Because is the least set of events that makes the value, the newest first;
	// see [Why]. It is empty if nothing that had happened made it other than it
	// was before anything had.
	Because []Contribution[V, E]
	// Caveats are those of the answer. If Incomplete is [ErrFewer], fewer events than
	// those of Because may do.
	Caveats[E]
}

// ErrFewer says that Why has stopped looking for fewer events that make a value:
// those that it found do, but there may be some among them that need not be there.
var ErrFewer = errors.New("perhaps fewer events would do; not all sets were tried")

// A Contribution is an event that has a part in a value.
type Contribution[V comparable, E any] struct {
	Event Event[E]
	// From and To are the values before and after the event, among all that
	// had happened. They are equal if it only prepared what came later.
	From, To V
	// Replaced are the events that it corrects: but for it they would count.
	Replaced []Event[E]
}

// Why returns for each value that q may have had at the end of day why it may have:
// in the order of the options of [Ask], for the world that is nearest to the
// baseline.
//
// The reason is the event that last changed the value to what it is, with the
// fewest others that it takes. They are a minimal set: folded alone, it yields this
// value, and without its last event another. So the end of something is
// explained by its end and its beginning, and a value that nothing has changed
// by nothing. If there are very many events to choose from, it may be that
// fewer would do, but not that one of them, or two, could be left out. The error is
// that of [Ask].
//
// The cost is that of folding all events once for each value, and of some
// thousand short folds, if the values rest on few events. If they rest on many
// it grows with the square of how many they are, and once the effort for a question is
// spent Why stops taking events away.
func Why[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, q Question[S, V]) ([]Reason[V, E], error) {
	x, err := inquire(t, q)
	if err != nil {
		return nil, err
	}
	asked := x.ask(day)
	var reasons []Reason[V, E]
	budget := maxTries
	for n, o := range asked.answer.Options {
		w := explainer[V, S, E]{t: x.t, value: x.on(day), budget: &budget, work: x.work()}
		for _, i := range x.t.engine().Folded(&asked.frontier.Worlds[asked.world[n]]) {
			w.events = append(w.events, x.t.events[i])
		}
		r := Reason[V, E]{o, w.because(), asked.answer.Caveats}
		if x.work().Spent() {
			r.Caveats.add(cmp.Or(x.work().Err(), ErrFewer), nil)
		}
		reasons = append(reasons, r)
	}
	return reasons, nil
}

// An explainer looks for the reason of a value in one world.
type explainer[V comparable, S, E any] struct {
	t      *Timeline[S, E]
	value  func(S) V
	events []*Event[E]  // what was folded in that world, in order
	budget *int         // how many more sets are tried
	work   *worlds.Work // what may be done for them
}

func (x *explainer[V, S, E]) because() []Contribution[V, E] {
	values := x.values()
	last := -1
	for n := range x.events {
		if values[n] != values[n+1] {
			last = n
		}
	}
	if last < 0 {
		return nil
	}
	var causes []Contribution[V, E]
	for _, n := range slices.Backward(append(x.least(last, values), last)) {
		c := Contribution[V, E]{Event: x.events[n].clone(), From: values[n], To: values[n+1]}
		for _, id := range c.Event.Replaces {
			if e, ok := x.t.ByID(id); ok {
				c.Replaced = append(c.Replaced, e)
			}
		}
		causes = append(causes, c)
	}
	return causes
}

// values returns the value before each event, and after the last.
func (x *explainer[V, S, E]) values() []V {
	var s S
	values := []V{x.value(s)}
	for _, e := range x.events {
		s, _ = x.t.rules.step(s, e) // it was folded before
		values = append(values, x.value(s))
	}
	return values
}

// maxTries is how many sets of events Why tries for the least ones of all
// options together.
const maxTries = 1 << 12

// least returns the fewest events before the last one with which it leads to
// the value.
func (x *explainer[V, S, E]) least(last int, values []V) []int {
	works := func(set []int) bool { return x.works(set, last, values[last+1]) }
	all := worlds.UpTo(last)
	set := shrink(all, works)
	if found := x.fewest(all, len(set)-1, works); found != nil {
		return found
	}
	var changed []int // those that by themselves changed the value
	for _, n := range all {
		if values[n] != values[n+1] {
			changed = append(changed, n)
		}
	}
	if found := x.fewest(changed, len(set)-1, works); found != nil {
		return found
	}
	return set
}

// fewest returns the smallest set of candidates that works, of at most so many,
// or nil if there is none. Sizes of which there are more sets than may be tried
// are left out.
func (x *explainer[V, S, E]) fewest(candidates []int, most int, works func([]int) bool) []int {
	sets := 1 // of the present size
	for size := 0; size <= min(most, len(candidates)); size++ {
		if *x.budget < sets {
			return nil
		}
		*x.budget -= sets
		if found := choose(candidates, nil, size, works); found != nil {
			return found
		}
		sets = sets * (len(candidates) - size) / (size + 1)
	}
	return nil
}

// works reports whether the last event leads to the value, from another one,
// if only the events of set have happened before it.
func (x *explainer[V, S, E]) works(set []int, last int, value V) bool {
	if !x.work.Spend(len(set) + 1) {
		return false // the set that was found stays as it is
	}
	var s S
	var err error
	for _, n := range set {
		if s, err = x.t.rules.step(s, x.events[n]); err != nil {
			return false
		}
	}
	next, err := x.t.rules.step(s, x.events[last])
	return err == nil && x.value(next) == value && x.value(s) != value
}

// choose returns the first set of so many candidates, and those given, that
// works; newer ones are tried first. It returns nil if there is none.
func choose(candidates, given []int, size int, works func([]int) bool) []int {
	if size == 0 {
		set := slices.Sorted(slices.Values(given))
		if works(set) {
			return append([]int{}, set...)
		}
		return nil
	}
	for n := len(candidates) - 1; n >= size-1; n-- {
		if found := choose(candidates[:n], append(slices.Clip(given), candidates[n]), size-1, works); found != nil {
			return found
		}
	}
	return nil
}

// maxPairs is the largest set of which pairs are tried.
const maxPairs = 64

// shrink takes from set, which works, what can be taken away: half of it, then
// smaller pieces, in the end single events and pairs.
func shrink(set []int, works func([]int) bool) []int {
	for size := len(set) / 2; size > 0; {
		smaller := false
		for from := 0; from < len(set); {
			rest := slices.Concat(set[:from], set[min(from+size, len(set)):])
			if works(rest) {
				set, smaller = rest, true
			} else {
				from += size
			}
		}
		if !smaller || size > 1 {
			size /= 2
		}
	}
	for i := 0; i < len(set) && len(set) <= maxPairs; i++ {
		for j := i + 1; j < len(set); j++ {
			rest := slices.Delete(slices.Delete(slices.Clone(set), j, j+1), i, i+1)
			if works(rest) {
				return shrink(rest, works)
			}
		}
	}
	return set
}
