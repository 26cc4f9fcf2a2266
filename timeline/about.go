package timeline

import (
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// About returns t with only the events that can decide anything about the given
// parts of the state, as payloads name them in Scope: those with such a part, those
// linked to them, directly or through others, by a part in common, as rivals, as
// corrections or by After, and, if the sequence is authoritative, all whose windows
// overlap theirs. The error is an [*UnknownError] if no event of t, or of what it
// is a view of, ever mentions one of the parts.
//
// Answers about these parts do not change, provided that Scope is correct and
// that the fold refuses nothing because of other parts. Events that cannot
// influence the answer no longer multiply worlds. Questions about other parts
// have no meaning. If [AnyPart] is in the scope of an event, or is asked about,
// nothing is left out. A [Question] that names its parts is asked of them alone
// without any call of About.
//
// The first such question of t costs a look at every event, further ones a look
// at those that are left.
func (t *Timeline[S, E]) About(parts ...string) (*Timeline[S, E], error) {
	if err := t.checkParts(parts); err != nil {
		return nil, err
	}
	return t.about(parts), nil
}

// about is About for parts of which it does not matter whether there are such.
func (t *Timeline[S, E]) about(parts []string) *Timeline[S, E] {
	u := t.deciding(parts).sibling()
	u.rules, u.effort = t.rules, t.effort
	u.view.about = append(slices.Clip(t.view.about), slices.Clone(parts))
	return u
}

// A partIndex finds what of a timeline can decide about parts of the state: as
// timelines, which are kept.
type partIndex[S, E any] struct {
	once  sync.Once
	links *links[E]

	mu   sync.RWMutex
	kept map[int]*Timeline[S, E] // by the set of events
}

// findLinks finds the links between the events of t, once: between all that are
// known now, so that all views by what was known have the same.
func (t *Timeline[S, E]) findLinks() *links[E] {
	x := t.parts
	x.once.Do(func() {
		x.kept = map[int]*Timeline[S, E]{}
		if t.whole != nil {
			x.links = t.whole.findLinks()
		} else {
			x.links = newLinks(t.shown(), t.rules.sequenced)
		}
	})
	return x.links
}

// deciding returns t with only the events that can decide anything about parts.
func (t *Timeline[S, E]) deciding(parts []string) *Timeline[S, E] {
	l := t.findLinks()
	if l.anyPart || slices.Contains(parts, AnyPart) {
		return t
	}
	if set, more := l.setOf(parts); !more {
		return t.ofSet(set)
	}
	return t.asKnown(t.asKnownNow().only(l.about(parts)))
}

// ofSet returns t with only the events of a set. It is made once.
func (t *Timeline[S, E]) ofSet(set int) *Timeline[S, E] {
	x := t.parts
	x.mu.RLock()
	u, ok := x.kept[set]
	x.mu.RUnlock()
	if ok {
		return u
	}
	if t.whole != nil {
		u = t.asKnown(t.whole.ofSet(set))
	} else {
		u = t.only(x.links.members[set])
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if other, ok := x.kept[set]; ok {
		return other
	}
	x.kept[set] = u
	return u
}

// asKnown returns u, some of the events of t with all that is known, as t is known.
func (t *Timeline[S, E]) asKnown(u *Timeline[S, E]) *Timeline[S, E] {
	if t.whole == nil {
		return u
	}
	if u == t.whole {
		return t
	}
	u = u.KnownOn(t.view.known)
	u.rules = t.rules
	return u
}

// only returns t, which is as known now, with only the events of the given indexes.
func (t *Timeline[S, E]) only(is []int) *Timeline[S, E] {
	l := t.findLinks()
	if len(is) == len(l.events) {
		return t
	}
	pool := make([]*Event[E], len(is))
	for n, i := range is {
		pool[n] = l.events[i]
	}
	u := &Timeline[S, E]{rules: t.rules, all: t.all, pool: pool, words: t.words, view: t.view}
	_ = u.arrange(u.shown()) // fewer events mean fewer constraints
	u.reuse(t)
	return u
}

// links are which events can decide anything about each other, directly or
// through others: those with a part in common, those linked by After, as rivals
// or as corrections and, if the sequence decides, those whose windows overlap.
type links[E any] struct {
	events   []*Event[E]
	anyPart  bool                // one of them may decide about every part
	set      []int               // of each event, the number of those it is linked with
	members  map[int][]int       // the events of each set, in sequence order
	withPart map[string]int      // one event with each part in its scope
	below    map[string][]string // the parts that are below each
}

func newLinks[E any](events []*Event[E], sequenced bool) *links[E] {
	l := &links[E]{
		events: events, set: make([]int, len(events)), members: map[int][]int{},
		withPart: map[string]int{}, below: map[string][]string{},
	}
	sets, rivals := worlds.NewUnionFind(len(events)), map[string]int{}
	link := func(first map[string]int, key string, i int) (isFirst bool) {
		j, ok := first[key]
		if ok {
			sets.Union(i, j)
		} else {
			first[key] = i
		}
		return !ok
	}
	index := indexesOf(events)
	for i, e := range events {
		for _, part := range e.scope() {
			l.anyPart = l.anyPart || part == AnyPart
			if link(l.withPart, part, i) {
				for above := range worlds.PartsAbove(part) {
					l.below[above] = append(l.below[above], part)
				}
			}
		}
		if e.Rival != "" {
			link(rivals, e.Rival, i)
		}
		for _, id := range slices.Concat(e.Replaces, e.After) {
			if j, ok := index[id]; ok {
				sets.Union(i, j)
			}
		}
	}
	for part, i := range l.withPart {
		for _, below := range l.below[part] {
			sets.Union(i, l.withPart[below])
		}
	}
	if sequenced {
		worlds.JoinOverlaps(sets, func(i int) worlds.Range {
			first, last := events[i].When.Bounds()
			return worlds.Range{First: first, Last: last}
		})
	}
	for i := range events {
		l.set[i] = sets.Root(i)
		l.members[l.set[i]] = append(l.members[l.set[i]], i)
	}
	return l
}

// noSet is the set of parts that no event has.
const noSet = -1

// setOf returns the set of events that can decide about parts, or true if there
// are more than one.
func (l *links[E]) setOf(parts []string) (set int, more bool) {
	set = noSet
	for s := range l.setsOf(parts) {
		if set != noSet && set != s {
			return set, true
		}
		set = s
	}
	return set, false
}

// setsOf returns the sets of the events with one of parts in their scope, or one
// above or below it; some more than once.
func (l *links[E]) setsOf(parts []string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, part := range parts {
			i, ok := l.withPart[part]
			if ok && !yield(l.set[i]) {
				return
			}
			for above := range worlds.PartsAbove(part) {
				if i, ok := l.withPart[above]; ok && !yield(l.set[i]) {
					return
				}
			}
			for _, below := range l.below[part] {
				if !yield(l.set[l.withPart[below]]) {
					return
				}
			}
		}
	}
}

// about returns the events that can decide about parts, in sequence order.
func (l *links[E]) about(parts []string) []int {
	var found []int
	seen := map[int]bool{}
	for set := range l.setsOf(parts) {
		if !seen[set] {
			seen[set] = true
			found = append(found, l.members[set]...)
		}
	}
	slices.Sort(found)
	return found
}

// sets returns the sets of events of which none can decide anything about another;
// one of them if an event may have to do with any part.
func (t *Timeline[S, E]) sets() []int {
	l := t.findLinks()
	if l.anyPart {
		return []int{everything}
	}
	return slices.Sorted(maps.Keys(l.members))
}

// everything stands for the set of all events.
const everything = -2

// eventsOfSet returns the events of a set.
func (t *Timeline[S, E]) eventsOfSet(set int) []*Event[E] {
	l := t.findLinks()
	if set == everything {
		return l.events
	}
	events := make([]*Event[E], len(l.members[set]))
	for n, i := range l.members[set] {
		events[n] = l.events[i]
	}
	return events
}

// ofSets returns t with only the events of some sets.
func (t *Timeline[S, E]) ofSets(sets []int) *Timeline[S, E] {
	var is []int
	for _, set := range sets {
		if set == everything {
			return t
		}
		is = append(is, t.findLinks().members[set]...)
	}
	if len(sets) == 1 {
		return t.ofSet(sets[0])
	}
	slices.Sort(is)
	return t.asKnown(t.asKnownNow().only(is))
}
