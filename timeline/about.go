package timeline

import (
	"cmp"
	"slices"
)

// About returns t with only the events that can decide anything about the
// given parts of the state, named as payloads name them in [Toucher]: those
// that touch one of the parts, those that touch anything these touch, and so
// on, with their rivals and corrections and all that After orders with them;
// if the telling is authoritative, with all whose windows overlap theirs as
// well.
//
// By the promise of a Toucher every question about these parts has the same
// answer as before, unless the fold refuses, because of other parts, all worlds
// or an event of a view's cautious reading. Events that cannot influence the
// answer no longer multiply worlds. Questions about other parts have no meaning.
// An event that touches [Everything] may decide about each part: if there is
// one, or if that is what is asked about, nothing is left out.
//
// The first such question of t costs a look at every event, further ones a look
// at those that are left.
func (t *Timeline[S, E]) About(parts ...string) *Timeline[S, E] {
	t.linksOnce.Do(func() { t.links = newLinks(t.shown(), t.rules.sequenced) })
	u := &Timeline[S, E]{rules: t.rules, all: t.all, view: t.view}
	u.view.about = append(slices.Clip(t.view.about), parts)
	_ = u.arrange(t.links.about(parts)) // fewer events mean fewer constraints
	u.cautious.reuse(t.cautious.kept)
	return u
}

// touched returns what e touches.
func touched[E any](e *Event[E]) []string {
	if e.retracts() {
		return nil // it folds nothing
	}
	if t, ok := any(e.Data).(Toucher); ok {
		return t.Touches()
	}
	return []string{Everything}
}

// links are which events can decide anything about each other, directly or
// through others: those that are linked by what they touch, by After, as rivals
// or corrections or, if the telling decides, by windows that overlap.
type links[E any] struct {
	events     []*Event[E]
	everything bool           // one of them may decide about each part
	set        []int          // of each event, the number of those it is linked with
	members    map[int][]int  // the events of each set, in the order of the telling
	touching   map[string]int // one event that touches each part
}

func newLinks[E any](events []*Event[E], sequenced bool) *links[E] {
	l := &links[E]{events: events, set: make([]int, len(events)), members: map[int][]int{}, touching: map[string]int{}}
	sets, rivals := newForest(len(events)), map[string]int{}
	link := func(first map[string]int, key string, i int) {
		if j, ok := first[key]; ok {
			sets.join(i, j)
		} else {
			first[key] = i
		}
	}
	place := placesOf(events)
	for i, e := range events {
		for _, part := range touched(e) {
			l.everything = l.everything || part == Everything
			link(l.touching, part, i)
		}
		if e.Rival != "" {
			link(rivals, e.Rival, i)
		}
		for _, id := range slices.Concat(e.Replaces, e.After) {
			if j, ok := place[id]; ok {
				sets.join(i, j)
			}
		}
	}
	if sequenced {
		joinOverlaps(events, sets)
	}
	for i := range events {
		l.set[i] = sets.root(i)
		l.members[l.set[i]] = append(l.members[l.set[i]], i)
	}
	return l
}

// about returns the events that can decide anything about parts.
func (l *links[E]) about(parts []string) []*Event[E] {
	if l.everything || slices.Contains(parts, Everything) {
		return l.events
	}
	var sets, found []int
	for _, part := range parts {
		if i, ok := l.touching[part]; ok && !slices.Contains(sets, l.set[i]) {
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

// joinOverlaps joins events whose windows overlap, unless both are exact.
func joinOverlaps[E any](events []*Event[E], sets forest) {
	exact := func(i int) bool { return events[i].When.Earliest() == events[i].When.Latest() }
	order := upTo(len(events))
	slices.SortFunc(order, func(i, j int) int {
		c := cmp.Compare(events[i].When.Earliest(), events[j].When.Earliest())
		if c == 0 && exact(i) != exact(j) {
			return map[bool]int{true: 1, false: -1}[exact(i)] // windows first
		}
		return c
	})
	widest := -1 // of the windows so far, the one that is over last
	for _, i := range order {
		if widest >= 0 && events[i].When.Earliest() <= events[widest].When.Latest() {
			sets.join(i, widest)
		}
		if !exact(i) && (widest < 0 || events[i].When.Latest() > events[widest].When.Latest()) {
			widest = i
		}
	}
}

// narrow leaves of events those that can decide anything about what v is about.
func (v view[E]) narrow(events []*Event[E], sequenced bool) []*Event[E] {
	for _, parts := range v.about {
		events = newLinks(events, sequenced).about(parts)
	}
	return events
}
