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
func (t *Timeline[S, E]) About(parts ...string) *Timeline[S, E] {
	v := t.view
	v.about = append(slices.Clip(v.about), parts)
	return t.through(v)
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

// decisive returns whether each of events can decide anything about parts.
// Events that are linked by what they touch, by After, as rivals or corrections
// or, if the telling decides, by windows that overlap, can.
func decisive[E any](events []*Event[E], parts []string, sequenced bool) []bool {
	all := len(events) // stands for what is asked about
	sets, first := newForest(len(events)+1), map[string]int{}
	link := func(key string, i int) {
		if j, ok := first[key]; ok {
			sets.join(i, j)
		} else {
			first[key] = i
		}
	}
	everything := slices.Contains(parts, Everything)
	for _, part := range parts {
		link("part "+part, all)
	}
	place := placesOf(events)
	for i, e := range events {
		for _, part := range touched(e) {
			everything = everything || part == Everything
			link("part "+part, i)
		}
		if e.Rival != "" {
			link("rival "+e.Rival, i)
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
	is := make([]bool, len(events))
	for i := range events {
		is[i] = everything || sets.root(i) == sets.root(all)
	}
	return is
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
		var left []*Event[E]
		for i, decides := range decisive(events, parts, sequenced) {
			if decides {
				left = append(left, events[i])
			}
		}
		events = left
	}
	return events
}
