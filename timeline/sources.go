package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// AccordingTo returns t with only the events that cite one of the given sources, and
// with the horizons and silences of these. The error is an [*UnknownError] if no
// event of t, or of what it is a view of, cites a source of that key, or if no source is given.
func (t *Timeline[S, E]) AccordingTo(sources ...string) (*Timeline[S, E], error) {
	if err := t.checkSources(sources); err != nil {
		return nil, err
	}
	sources = slices.Clone(sources)
	u := t.Where(func(e Event[E]) bool {
		return slices.ContainsFunc(e.Cites, func(c Citation) bool { return slices.Contains(sources, c.Source) })
	})
	u.rules.sources, u.rules.coverage = sources, t.rules.declared.of(sources)
	return u, nil
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

// Claims returns what rival events say about the value of q on day, if they
// disagree: for each of them, deprecated ones too, the values that there may be
// if it is the true one. Rivals that agree about the value are left out, and so
// is what is certainly corrected; there is no claim if nothing is disputed. The
// error is that of [Ask], or a [*LimitError] if there are more claims than the effort
// for a question allows to look at; those that were found come with it.
//
// The cost is that of one answer and one fold of the events that can decide about q
// for each rival that may have happened by the day.
func Claims[V comparable, S, E any](t *Timeline[S, E], day edtf.Day, q Question[S, V]) ([]Claim[V, E], error) {
	x, err := inquire(t, q)
	if err != nil {
		return nil, err
	}
	var all []Claim[V, E]
	for _, rivals := range x.t.rivals() {
		early := func(i int) bool { return x.t.items[i].Earliest() <= day }
		if len(rivals) < 2 || !slices.ContainsFunc(rivals, early) {
			continue
		}
		var claims []Claim[V, E]
		differ := false
		for n, i := range rivals {
			if !x.work().Spend(len(x.t.events)) && n > 0 {
				return append(all, claims...), x.limit(true)
			}
			one := x
			one.t = x.t.choosing(i)
			c := Claim[V, E]{x.t.events[i].clone(), one.ask(day).answer}
			claims = append(claims, c)
			differ = differ || !sameValues(claims[0].Answer.Values(), c.Answer.Values())
		}
		if differ {
			all = append(all, claims...)
		}
	}
	return all, nil
}

// rivals returns the items that are rivals and not certainly replaced, by the
// first of each key in sequence order.
func (t *Timeline[S, E]) rivals() [][]int {
	var groups [][]int
	place := map[string]int{}
	for i := range t.items {
		key := t.items[i].Rival()
		if key == "" || t.conflicts.Excluded(i) {
			continue
		}
		n, ok := place[key]
		if !ok {
			n = len(groups)
			place[key] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], i)
	}
	return groups
}

// choosing returns t with event i as the only one of its rivals that may be
// true. What the others say about order and corrections stays.
func (t *Timeline[S, E]) choosing(i int) *Timeline[S, E] {
	u := &Timeline[S, E]{rules: t.rules, all: t.all, pool: t.pool, words: t.words, view: t.view, events: t.events, items: t.items}
	u.findWorlds(map[string]int{t.items[i].Rival(): i})
	u.reuse(t)
	return u
}
