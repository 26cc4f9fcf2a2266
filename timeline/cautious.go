package timeline

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// cautious is the cautious reading: the world in which everything happened,
// and became known, as late as it may. It keeps the state after each of its
// events, folds a state when it is first asked for, and never folds one twice.
//
// This is the seam behind which states are kept: everything else asks count
// and state.
type cautious[S, E any] struct {
	*kept[S, E]
	order []int // all items, by latest day, then by telling
}

type kept[S, E any] struct {
	rules  rules[S, E]
	days   []edtf.Day // the day of each event of the reading, ascending
	events []*Event[E]

	mu     sync.Mutex // held while folding
	none   S          // the state before all events
	states []S        // states[i] is that after events[i]; made whole, filled from the left
	folded atomic.Int64
	err    *FoldError // why no more can be folded; written before stuck is set
	stuck  atomic.Bool
}

func newCautious[S, E any](r rules[S, E], items []item[E], counts func(i int) bool) cautious[S, E] {
	c := cautious[S, E]{kept: &kept[S, E]{rules: r}, order: upTo(len(items))}
	slices.SortStableFunc(c.order, func(i, j int) int {
		return cmp.Compare(items[i].latest(), items[j].latest())
	})
	for _, i := range c.order {
		if counts(i) {
			c.days = append(c.days, items[i].latest())
			c.events = append(c.events, items[i].event)
		}
	}
	c.states = make([]S, len(c.events))
	return c
}

// reuse takes over the states that prev has folded of the same events, as far
// as the two readings begin alike. It must come before the first question.
func (k *kept[S, E]) reuse(prev *kept[S, E]) {
	n := 0
	for most := min(len(k.events), int(prev.folded.Load())); n < most && k.events[n] == prev.events[n]; n++ {
		k.states[n] = prev.states[n]
	}
	k.folded.Store(int64(n))
}

// count returns how many events of the reading have happened by day.
func (k *kept[S, E]) count(day edtf.Day) int {
	return search(k.days, day)
}

// state returns the state after the first n events of the reading. If the fold
// refuses one of them, it returns the state before that one and the error.
func (k *kept[S, E]) state(n int) (S, *FoldError) {
	s, err := k.shared(n)
	return *s, err
}

// shared is state without a copy; what it returns must not be changed.
func (k *kept[S, E]) shared(n int) (*S, *FoldError) {
	if uint(n-1) < uint(k.folded.Load()) {
		return &k.states[n-1], nil
	}
	return k.folding(n)
}

func (k *kept[S, E]) folding(n int) (*S, *FoldError) {
	for {
		done := int(k.folded.Load())
		switch {
		case n == 0:
			return &k.none, nil
		case n <= done:
			return &k.states[n-1], nil
		case k.stuck.Load():
			s, _ := k.shared(done)
			refused := *k.err // the caller's own
			return s, &refused
		}
		k.foldTo(n)
	}
}

// foldTo folds until n events are folded or one is refused.
func (k *kept[S, E]) foldTo(n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i := int(k.folded.Load()); i < n && !k.stuck.Load(); i++ {
		var s S
		if i > 0 {
			s = k.states[i-1]
		}
		next, err := k.rules.step(s, k.events[i])
		if err != nil {
			e := k.events[i]
			k.err = &FoldError{ID: e.ID, Name: e.Label(), Day: k.days[i], Err: err}
			k.stuck.Store(true)
			return
		}
		k.states[i] = next
		k.folded.Store(int64(i + 1))
	}
}

// foldAll folds everything and returns the error that stops it, if any.
func (k *kept[S, E]) foldAll() error {
	if _, err := k.state(len(k.events)); err != nil {
		return err
	}
	return nil
}

// step folds one event. A retraction changes nothing.
func (r *rules[S, E]) step(s S, e *Event[E]) (S, error) {
	if e.retracts() {
		return s, nil
	}
	return r.fold(s, *e)
}

// handOut returns a state that the caller may keep.
func (r *rules[S, E]) handOut(s S) S {
	if r.clone != nil {
		return r.clone(s)
	}
	return s
}

// handTo is handOut into a place of the caller's.
func (r *rules[S, E]) handTo(to, s *S) {
	if r.clone != nil {
		*to = r.clone(*s)
	} else {
		*to = *s
	}
}

// cloneOf returns S's method Clone as a function, or nil if S has none. A nil
// pointer or interface is its own clone.
func cloneOf[S any]() func(S) S {
	if !reflect.TypeFor[S]().Implements(reflect.TypeFor[interface{ Clone() S }]()) {
		return nil
	}
	return func(s S) S {
		if isNil(s) {
			return s
		}
		return any(s).(interface{ Clone() S }).Clone()
	}
}

// equalOf returns S's method Equal as a function, or deep equality.
func equalOf[S any]() func(a, b S) bool {
	if !reflect.TypeFor[S]().Implements(reflect.TypeFor[interface{ Equal(S) bool }]()) {
		return func(a, b S) bool { return reflect.DeepEqual(a, b) }
	}
	return func(a, b S) bool {
		if isNil(a) || isNil(b) {
			return isNil(a) && isNil(b)
		}
		return any(a).(interface{ Equal(S) bool }).Equal(b)
	}
}

// isNil reports whether s is a nil pointer or interface.
func isNil[S any](s S) bool {
	v := reflect.ValueOf(&s).Elem()
	return (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil()
}
