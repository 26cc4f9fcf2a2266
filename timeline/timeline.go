package timeline

import (
	"cmp"
	"iter"
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Timeline is one history: events, and the states they fold to. It is an
// immutable value: the methods that seem to change it return another one. All
// methods are safe for concurrent use.
//
// The states of the timeline are shared by everyone who asks. S should be a
// value that cannot be changed through a copy; if it has a method Clone() S,
// every state that is handed out is a clone.
type Timeline[S, E any] struct {
	rules rules[S, E]
	all   []*Event[E] // everything that was given, in sequence order
	pool  []*Event[E] // what the view chooses from: all, or what can decide about some parts
	words *vocabulary[E]
	view  view[E]
	whole *Timeline[S, E] // the same with all that is known; nil if this is it

	events    []*Event[E]   // what the view shows, in sequence order, each behind its After
	items     []worlds.Item // the same for the engine
	conflicts *worlds.Conflicts
	baseline  *worlds.Baseline[S]
	engine    func() *worlds.Engine // makes the engine when it is first asked for
	values    func() *worlds.Engine // likewise, for questions about values alone

	idsOnce sync.Once
	ids     map[uuid.UUID]int // the index of each event

	parts  *partIndex[S, E] // what of t decides about each part
	effort effort
}

// New returns the timeline of the given events. The order in which they are
// given does not matter: events of one day are folded by their Seq, and without
// one by their IDs. The error is a [Faults] if events cannot be taken, or a
// [*FoldError] if the fold refuses one in the baseline.
func New[S, E any](fold Fold[S, E], events ...Event[E]) (*Timeline[S, E], error) {
	return create(newRules(fold), events)
}

// NewLenient is New for events that cannot be taken back, such as those of a
// log. What the fold refuses is no error, neither here nor in [Timeline.With] or
// [Timeline.Sequenced]: the snapshots and answers from that day on carry it, and
// none of them is certain. It folds nothing yet.
func NewLenient[S, E any](fold Fold[S, E], events ...Event[E]) (*Timeline[S, E], error) {
	r := newRules(fold)
	r.lenient = true
	return create(r, events)
}

func create[S, E any](r rules[S, E], events []Event[E]) (*Timeline[S, E], error) {
	if r.fold == nil {
		return nil, ErrNoFold
	}
	t, err := build(r, nil, events)
	if err != nil {
		return nil, err
	}
	return t.folded()
}

// With returns the timeline of t's events and these. Events may be dated
// before others that are there; the result does not depend on the order in
// which events arrive. A view stays a view: its filter applies to the new
// events too. The errors are those of [New].
func (t *Timeline[S, E]) With(events ...Event[E]) (*Timeline[S, E], error) {
	return t.rebuild(t.rules, events)
}

// Sequenced returns t with a sequence order that is authoritative, as that of an
// event-sourced log: where the windows of two events overlap, the one of lower
// Seq came first. Windows that lie apart stay ordered by their days. A correction and what it
// replaces, and rivals, are one event told twice and do not order each other; the date of a
// retraction orders nothing. The error
// is a [*FoldError] if the fold refuses the baseline in that order.
func (t *Timeline[S, E]) Sequenced() (*Timeline[S, E], error) {
	r := t.rules
	r.sequenced = true
	return t.rebuild(r, nil)
}

// rebuild returns the timeline of t's events and others, as t views them.
func (t *Timeline[S, E]) rebuild(r rules[S, E], events []Event[E]) (*Timeline[S, E], error) {
	u, err := build(r, t, events)
	if err != nil {
		return nil, err
	}
	if u, err = u.folded(); err != nil {
		return u, err
	}
	u = u.viewed(t.view)
	u.effort = t.effort
	return u, nil
}

// build makes the timeline of the events of base, if there is one, and others.
func build[S, E any](r rules[S, E], base *Timeline[S, E], events []Event[E]) (*Timeline[S, E], error) {
	added := make([]*Event[E], len(events))
	for i := range events {
		e := events[i].clone()
		added[i] = &e
	}
	slices.SortStableFunc(added, bySeq[E])
	all, ids := added, (*idSet)(nil)
	if base != nil {
		all, ids = merge(base.all, added), base.words.ids
	}
	ids = withIDs(ids, added)
	if faults := check(all, added, ids); len(faults) > 0 {
		return nil, faults
	}
	t := &Timeline[S, E]{rules: r, all: all, pool: all, words: &vocabulary[E]{all: all, ids: ids}, view: wholeView[E]()}
	if faults := t.arrange(all); len(faults) > 0 {
		return nil, faults
	}
	if base != nil {
		t.reuse(base)
	}
	return t, nil
}

// merge returns the events of both, in sequence order, as each of them is. Few are added
// to many: it looks only for the place of each.
func merge[E any](all, added []*Event[E]) []*Event[E] {
	merged := make([]*Event[E], 0, len(all)+len(added))
	for _, e := range added {
		i, _ := slices.BinarySearchFunc(all, e, func(other, e *Event[E]) int { return cmp.Or(bySeq(other, e), -1) })
		merged = append(append(merged, all[:i]...), e)
		all = all[i:]
	}
	return append(merged, all...)
}

// folded returns t once its baseline is folded, or the error of the fold. If t
// is lenient it folds nothing.
func (t *Timeline[S, E]) folded() (*Timeline[S, E], error) {
	if t.rules.lenient {
		return t, nil
	}
	if refusal := t.baseline.All(); refusal != nil {
		return nil, t.foldError(refusal)
	}
	return t, nil
}

// arrange makes items of the events that t shows, which are in sequence order,
// and what follows from them.
func (t *Timeline[S, E]) arrange(events []*Event[E]) Faults {
	items, order, faults := worlds.Arrange(len(events), func(i int) worlds.Fact[uuid.UUID] { return events[i].fact() })
	if len(faults) > 0 {
		return faultsOfOrder(events, faults)
	}
	if t.rules.sequenced {
		worlds.Sequence(items)
	}
	t.items, t.events = items, make([]*Event[E], len(order))
	for i, n := range order {
		t.events[i] = events[n]
	}
	t.findWorlds(nil)
	return nil
}

// findWorlds prepares what follows from the items. For the rival keys of chosen
// only that item may be true.
func (t *Timeline[S, E]) findWorlds(chosen map[string]int) {
	events, r := t.events, t.rules // so that t is not kept by what others reuse
	fold := func(s S, i int) (S, error) { return r.step(s, events[i]) }
	t.conflicts = worlds.NewConflicts(t.items, t.view.known, chosen)
	t.baseline = worlds.NewBaseline(fold, t.items, t.conflicts)
	t.parts = &partIndex[S, E]{}
	items, conflicts, baseline := t.items, t.conflicts, t.baseline
	t.engine = sync.OnceValue(func() *worlds.Engine {
		scope := func(i int) []string { return events[i].scope() }
		return worlds.NewEngine(worlds.RulesOf(fold, r.equal, scope), items, conflicts, baseline)
	})
	engine := t.engine
	t.values = sync.OnceValue(func() *worlds.Engine { return engine().ValuesOnly() })
}

// reuse takes over the states that other has folded of the same events. It must
// come before the first question.
func (t *Timeline[S, E]) reuse(other *Timeline[S, E]) {
	t.baseline.Reuse(other.baseline, func(i, j int) bool { return t.events[i] == other.events[j] })
}

// Events returns an iterator over the events of t, by their latest day, then
// in sequence order. It includes what was replaced and the retractions.
func (t *Timeline[S, E]) Events() iter.Seq[Event[E]] {
	return t.Between(edtf.DistantPast, edtf.DistantFuture)
}

// Between returns an iterator over the events that may have happened on a day
// from first to last, both included, in the order of [Timeline.Events].
func (t *Timeline[S, E]) Between(first, last edtf.Day) iter.Seq[Event[E]] {
	return func(yield func(Event[E]) bool) {
		for _, i := range t.baseline.Order() {
			if first <= last && t.items[i].Touches(worlds.Range{First: first, Last: last}) && !yield(t.events[i].clone()) {
				return
			}
		}
	}
}

// ByID returns the event with the given ID, or false if t has none.
func (t *Timeline[S, E]) ByID(id uuid.UUID) (Event[E], bool) {
	i, ok := t.indexOf(id)
	if !ok {
		return Event[E]{}, false
	}
	return t.events[i].clone(), true
}

// indexOf returns the index of the event with the given ID.
func (t *Timeline[S, E]) indexOf(id uuid.UUID) (int, bool) {
	t.idsOnce.Do(func() { t.ids = indexesOf(t.events) })
	i, ok := t.ids[id]
	return i, ok
}

// find is indexOf with an error.
func (t *Timeline[S, E]) find(id uuid.UUID) (int, error) {
	i, ok := t.indexOf(id)
	if !ok {
		return 0, &UnknownError{Kind: "event", Name: id.String()}
	}
	return i, nil
}

// Len returns the number of events of t.
func (t *Timeline[S, E]) Len() int { return len(t.events) }

// rules is what a timeline and everything derived from it share.
type rules[S, E any] struct {
	fold      Fold[S, E]
	clone     func(S) S // nil if states need none
	equal     func(a, b S) bool
	lenient   bool // what the fold refuses is no error
	sequenced bool
	declared  coverages // of all sources
	sources   []string  // of a view according to some; nil for all
	coverage  coverages // of these
	topics    []string  // of all coverages, whatever a view leaves of them
	lacking   []*LackingError
}

func newRules[S, E any](fold Fold[S, E]) rules[S, E] {
	return rules[S, E]{fold: fold, equal: value.Equality[S](), clone: value.Cloner[S]()}
}
