package answer

import (
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// states are those that a history may have on a day, as JSON. Writing one down costs more
// than finding it, and the nearest to the baseline mostly suffice, so that each is written
// when it is looked at.
type states struct {
	baseline   string
	incomplete bool

	options   []timeline.Option[int, events.Payload] // the values are places in companies
	companies []events.Company
	write     func(events.Company) string
	looked    int // how many options have been looked at
	different []state
}

// A state is one that differs from that of the baseline.
type state struct {
	text          string
	with, without []events.Event // what it has and lacks in comparison with the baseline
}

// farther reports whether s is farther from the baseline than any state can be that
// differs from it in so many events. An event counts twice if it is both earlier and known
// at once.
func (s state) farther(differences int) bool {
	return len(s.with)+len(s.without) > 2*differences
}

// nearestFirst returns the states, each once, those nearest to the baseline first.
func (s *states) nearestFirst() iter.Seq[state] {
	return func(yield func(state) bool) {
		for n := 0; n < len(s.different) || s.more(); n++ {
			if !yield(s.different[n]) {
				return
			}
		}
	}
}

// more looks for the next state that differs from those before it.
func (s *states) more() bool {
	for s.looked < len(s.options) {
		o := s.options[s.looked]
		s.looked++
		text := s.write(s.companies[o.Value])
		if text == s.baseline || slices.ContainsFunc(s.different, func(d state) bool { return d.text == text }) {
			continue
		}
		s.different = append(s.different, state{text, o.If, o.Without})
		return true
	}
	return false
}

// having returns the state in which just the named events have happened besides those of
// the baseline, or that of the baseline if there is none.
func (s *states) having(names []string) string {
	for d := range s.nearestFirst() {
		if d.farther(len(names)) {
			break
		}
		if len(d.without) == 0 && slices.Equal(labels(d.with, events.Event{}), names) {
			return d.text
		}
	}
	return s.baseline
}

// statesByEvents are the states of histories on a day, by the events that these have: what
// one event of several that hang together has to do with, the others have too.
type statesByEvents map[string]*states

// statesOf returns the states of h.
func (q *Question) statesOf(h *events.History) *states {
	s := &states{write: q.document, baseline: q.document(h.At(q.on).State)}
	answer, err := timeline.Ask(h, q.on, timeline.Value(func(c events.Company) int {
		s.companies = append(s.companies, c)
		return len(s.companies) - 1 // no state is that of another
	}))
	s.options, s.incomplete = answer.Options, err != nil || answer.Incomplete != nil
	return s
}
