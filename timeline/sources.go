package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// AccordingTo returns t with only the events that cite the given source. It is
// [Timeline.Where] for the most common case.
func (t *Timeline[S, E]) AccordingTo(source string) *Timeline[S, E] {
	return t.Where(func(e Event[E]) bool {
		return slices.ContainsFunc(e.Cites, func(c Citation) bool { return c.Source == source })
	})
}

// A Claim is what one of several rival events says that something was.
type Claim[V comparable, E any] struct {
	Event Event[E]
	// Answer is what something may have had on the day asked about if the event
	// is the one of its rivals that is true.
	Answer Answer[V, E]
}

// Sources returns the keys of the sources that make the claim.
func (c Claim[V, E]) Sources() []string {
	var keys []string
	for _, cite := range c.Event.Cites {
		if !slices.Contains(keys, cite.Source) {
			keys = append(keys, cite.Source)
		}
	}
	return keys
}

// Claims returns what rival events say about the value of pick on day, if they
// disagree: for each of them, deprecated ones too, the values that there may be
// if it is true. Rivals that agree about the value are left out; there is no
// claim if nothing is disputed.
func Claims[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, pick func(S) V) []Claim[V, E] {
	var keys []string
	rivals := map[string][]*Event[E]{}
	for i := range t.items {
		e := t.items[i].event
		if e.Rival == "" || t.items[i].mute {
			continue
		}
		if rivals[e.Rival] == nil {
			keys = append(keys, e.Rival)
		}
		rivals[e.Rival] = append(rivals[e.Rival], e)
	}
	var all []Claim[V, E]
	for _, key := range keys {
		var claims []Claim[V, E]
		differ := false
		for _, e := range rivals[key] {
			alone := t.Where(func(other Event[E]) bool { return other.Rival != key || other.ID == e.ID })
			if i, ok := alone.place(e.ID); !ok || alone.modes.status[i] == out {
				continue // it is replaced
			}
			claims = append(claims, Claim[V, E]{e.clone(), Ask(alone, day, pick)})
			first, now := claims[0].Answer, claims[len(claims)-1].Answer
			differ = differ || !sameValues(first.Values(), now.Values())
		}
		if differ {
			all = append(all, claims...)
		}
	}
	return all
}
