package timeline

import (
	"iter"
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Fold returns the state that follows s once e has happened. It must be
// pure: the same s and e always give the same result, neither is modified, and
// nothing else is touched, since a timeline folds the same events in many
// orders and keeps the states. An error means that e cannot follow s.
type Fold[S, E any] func(s S, e Event[E]) (S, error)

// A Timeline is one history: events, and the states they fold to. It is an
// immutable value: the methods that seem to change it return another one. All
// methods are safe for concurrent use.
//
// The states of the timeline are shared by everyone who asks. S should be a
// value that cannot be changed through a copy; if it has a method Clone() S,
// every state that is handed out is a clone.
type Timeline[S, E any] struct {
	rules    rules[S, E]
	all      []*Event[E] // everything that was given, in the order of the telling
	view     view[E]
	items    []item[E] // what the view shows, in the order of the telling
	modes    *modes    // which items may be true or replaced together
	cautious cautious[S, E]
	worlds   *worlds[S, E]

	idsOnce sync.Once
	ids     map[uuid.UUID]int // the item of each ID

	linksOnce sync.Once
	links     *links[E] // which events have to do with each other; see About
}

// rules is what a timeline and everything derived from it share.
type rules[S, E any] struct {
	fold      Fold[S, E]
	clone     func(S) S // nil if states need none
	equal     func(a, b S) bool
	sequenced bool
	coverage  Coverage
}

// New returns the timeline of the given events. The order in which they are
// given does not matter: events of one day stand in the order of their Seq, and
// without one in that of their IDs. The error is a [Faults] if events cannot be
// taken, or a [*FoldError] if the fold refuses one in the cautious reading.
func New[S, E any](fold Fold[S, E], events ...Event[E]) (*Timeline[S, E], error) {
	if fold == nil {
		return nil, ErrNoFold
	}
	r := rules[S, E]{fold: fold, equal: equalOf[S](), clone: cloneOf[S]()}
	return build(r, nil, events)
}

// With returns the timeline of t's events and these. Events may be dated
// before others that are there; the result does not depend on the order in
// which events arrive. A view stays a view: its filter applies to the new
// events too. The errors are those of [New].
func (t *Timeline[S, E]) With(events ...Event[E]) (*Timeline[S, E], error) {
	u, err := build(t.rules, t, events)
	if err != nil || t.view.whole() {
		return u, err
	}
	return u.through(t.view), nil
}

// Sequenced returns t with a telling that is authoritative, as that of an
// event-sourced log: where the windows of two events overlap, the one told
// first came first. Windows that lie apart stay ordered by their days. The error
// is a [*FoldError] if the fold refuses the cautious reading in that order.
func (t *Timeline[S, E]) Sequenced() (*Timeline[S, E], error) {
	r := t.rules
	r.sequenced = true
	u, err := build(r, t, nil)
	if err != nil || t.view.whole() {
		return u, err
	}
	return u.through(t.view), nil
}

// build makes the timeline of the events that base was given, if any, and
// those that come.
func build[S, E any](r rules[S, E], base *Timeline[S, E], come []Event[E]) (*Timeline[S, E], error) {
	var all []*Event[E]
	if base != nil {
		all = slices.Clone(base.all)
	}
	for i := range come {
		e := come[i].clone()
		all = append(all, &e)
	}
	slices.SortStableFunc(all, byTelling[E])
	if faults := check(all); len(faults) > 0 {
		return nil, faults
	}
	t := &Timeline[S, E]{rules: r, all: all, view: everything[E]()}
	if faults := t.arrange(all); len(faults) > 0 {
		return nil, faults
	}
	if base != nil {
		t.cautious.reuse(base.cautious.kept)
	}
	if err := t.cautious.foldAll(); err != nil {
		return nil, err
	}
	return t, nil
}

// arrange makes items of the events that t shows, and what follows from them.
func (t *Timeline[S, E]) arrange(events []*Event[E]) Faults {
	items, faults := order(events)
	if len(faults) > 0 {
		return faults
	}
	if t.rules.sequenced {
		sequence(items)
	}
	t.items = items
	t.settle()
	return nil
}

// order returns the items of events in the order of the telling, with the
// windows that After leaves them.
func order[E any](events []*Event[E]) (items []item[E], faults Faults) {
	items, cyclic := tell(events)
	for _, e := range cyclic {
		faults = append(faults, fault(e, ErrCycle))
	}
	empty := tighten(items)
	for i := range items {
		if err := empty[i]; err != nil {
			faults = append(faults, fault(items[i].event, err))
		}
	}
	return items, faults
}

// settle finds which items may be true, and prepares what follows from that.
func (t *Timeline[S, E]) settle() {
	t.modes = newModes(t.items, t.view)
	t.cautious = newCautious(t.rules, t.items, t.modes.settled)
	t.worlds = newWorlds(t.rules, t.items, t.modes, t.cautious)
}

// Events returns an iterator over the events of t, by their latest day, then
// in the order of the telling. It includes what was replaced and the
// retractions.
func (t *Timeline[S, E]) Events() iter.Seq[Event[E]] {
	return t.Between(edtf.DistantPast, edtf.DistantFuture)
}

// Between returns an iterator over the events that may have happened on a day
// from first to last, both in, in the order of [Timeline.Events].
func (t *Timeline[S, E]) Between(first, last edtf.Day) iter.Seq[Event[E]] {
	return func(yield func(Event[E]) bool) {
		for _, i := range t.cautious.order {
			it := &t.items[i]
			if first <= last && it.touches(days{first, last}) && !yield(it.event.clone()) {
				return
			}
		}
	}
}

func (it *item[E]) touches(r days) bool {
	return slices.ContainsFunc(it.days, func(d days) bool { return d.first <= r.last && r.first <= d.last })
}

// ByID returns the event with the given ID, or false if t has none.
func (t *Timeline[S, E]) ByID(id uuid.UUID) (Event[E], bool) {
	i, ok := t.place(id)
	if !ok {
		return Event[E]{}, false
	}
	return t.items[i].event.clone(), true
}

// place returns the item of the event with the given ID.
func (t *Timeline[S, E]) place(id uuid.UUID) (int, bool) {
	t.idsOnce.Do(func() {
		t.ids = make(map[uuid.UUID]int, len(t.items))
		for i := range t.items {
			t.ids[t.items[i].event.ID] = i
		}
	})
	i, ok := t.ids[id]
	return i, ok
}

// Len returns the number of events of t.
func (t *Timeline[S, E]) Len() int { return len(t.items) }
