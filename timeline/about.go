package timeline

import (
	"slices"

	"github.com/google/uuid"
)

// About returns t with only the events that can decide anything about the
// given parts of the state, named as payloads name them in [Toucher]: those
// that touch one of the parts, those that touch anything these touch, and so on,
// with their rivals and corrections. By the promise of a Toucher every question
// about these parts has the same answer as before, and none about others; and
// events that cannot influence the answer do not multiply worlds. An event that
// touches [Everything] may decide about each part, so that nothing is left out.
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
func decisive[E any](events []*Event[E], parts []string) []bool {
	g := &grouping[E]{parent: upTo(len(events) + 1)}
	all := len(events) // stands for what is asked about
	first := map[string]int{}
	for _, part := range parts {
		first["part "+part] = all
	}
	place := placesOf(events)
	everything := false
	for i, e := range events {
		var keys []string
		for _, part := range touched(e) {
			everything = everything || part == Everything
			keys = append(keys, "part "+part)
		}
		if e.Rival != "" {
			keys = append(keys, "rival "+e.Rival)
		}
		for _, key := range keys {
			if j, ok := first[key]; ok {
				g.join(i, j)
			} else {
				first[key] = i
			}
		}
		for _, id := range e.Replaces {
			if j, ok := place[id]; ok {
				g.join(i, j)
			}
		}
	}
	is := make([]bool, len(events))
	for i := range events {
		is[i] = everything || g.root(i) == g.root(all)
	}
	return is
}

// narrow leaves of events those that can decide anything about what v is about.
// Others stay, if their days limit those of others, and are returned as muted:
// they fold nothing.
func (v view[E]) narrow(events []*Event[E], sequenced bool) (left []*Event[E], muted map[uuid.UUID]bool) {
	muted = map[uuid.UUID]bool{}
	ordered := map[uuid.UUID]bool{}
	for _, e := range events {
		ordered[e.ID] = ordered[e.ID] || sequenced || len(e.After) > 0
		for _, id := range e.After {
			ordered[id] = true
		}
	}
	for _, parts := range v.about {
		for i, decides := range decisive(events, parts) {
			if !decides {
				muted[events[i].ID] = true
			}
		}
	}
	for _, e := range events {
		if !muted[e.ID] || ordered[e.ID] {
			left = append(left, e)
		}
	}
	return left, muted
}
