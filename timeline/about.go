package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// About returns t with only the events that can decide anything about the
// given parts of the state, named as in [Scoped]: those with one of
// the parts in their scope, those that have a part in common with these, and so
// on, with their rivals and corrections and all that After orders with them; if
// the sequence is authoritative, with all whose windows overlap theirs as well.
//
// Answers about these parts do not change, provided that Scope is correct and
// that the fold refuses nothing because of other parts. Events that cannot
// influence the answer no longer multiply worlds. Questions about other parts
// have no meaning. If [AnyPart] is in the scope of an event, or is asked about,
// nothing is left out.
//
// The first such question of t costs a look at every event, further ones a look
// at those that are left.
func (t *Timeline[S, E]) About(parts ...string) *Timeline[S, E] {
	t.linksOnce.Do(func() { t.links = newLinks(t.shown(), t.rules.sequenced) })
	u := &Timeline[S, E]{rules: t.rules, all: t.all, view: t.view}
	u.view.about = append(slices.Clip(t.view.about), parts)
	_ = u.arrange(t.links.about(parts)) // fewer events mean fewer constraints
	u.reuse(t)
	return u
}

// links are which events can decide anything about each other, directly or
// through others: those with a part in common, those linked by After, as rivals
// or as corrections and, if the sequence decides, those whose windows overlap.
type links[E any] struct {
	events   []*Event[E]
	anyPart  bool           // one of them may decide about every part
	set      []int          // of each event, the number of those it is linked with
	members  map[int][]int  // the events of each set, in sequence order
	withPart map[string]int // one event with each part in its scope
}

func newLinks[E any](events []*Event[E], sequenced bool) *links[E] {
	l := &links[E]{events: events, set: make([]int, len(events)), members: map[int][]int{}, withPart: map[string]int{}}
	sets, rivals := worlds.NewUnionFind(len(events)), map[string]int{}
	link := func(first map[string]int, key string, i int) {
		if j, ok := first[key]; ok {
			sets.Union(i, j)
		} else {
			first[key] = i
		}
	}
	index := indexesOf(events)
	for i, e := range events {
		for _, part := range e.scope() {
			l.anyPart = l.anyPart || part == AnyPart
			link(l.withPart, part, i)
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

// about returns the events that can decide anything about parts.
func (l *links[E]) about(parts []string) []*Event[E] {
	if l.anyPart || slices.Contains(parts, AnyPart) {
		return l.events
	}
	var sets, found []int
	for _, part := range parts {
		if i, ok := l.withPart[part]; ok && !slices.Contains(sets, l.set[i]) {
			sets = append(sets, l.set[i])
			found = append(found, l.members[l.set[i]]...)
		}
	}
	slices.Sort(found)
	events := make([]*Event[E], len(found))
	for n, i := range found {
		events[n] = l.events[i]
	}
	return events
}

// narrow leaves of events those that can decide anything about what v is about.
func (v view[E]) narrow(events []*Event[E], sequenced bool) []*Event[E] {
	for _, parts := range v.about {
		events = newLinks(events, sequenced).about(parts)
	}
	return events
}
