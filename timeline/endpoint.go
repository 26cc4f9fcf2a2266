package timeline

import (
	"encoding/json"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An endpoint is what Diff knows of one point.
type endpoint[S, E any] struct {
	t       *Timeline[S, E]
	day     edtf.Day
	state   jsontree.Value
	options []option[E]
	open    bool                   // there may be others
	last    map[string]*Event[E]   // which event of the baseline last changed a value
	lists   map[string][]*Event[E] // which changed an array, the last first
	without map[int]jsontree.Value // the state without one event of the baseline, where it was asked for
}

// An option is a state that there may be instead, or a value in it, and the
// events that decide for it.
type option[E any] struct {
	value   jsontree.Value
	decided [2][]Event[E] // by what happens, and by what does not
}

func endpointOf[S, E any](t *Timeline[S, E], p Point) (*endpoint[S, E], error) {
	if !p.set {
		return nil, ErrNoPoint
	}
	if p.known != edtf.DistantFuture {
		t = t.KnownOn(p.known)
	}
	s := &endpoint[S, E]{t: t, day: p.day, last: map[string]*Event[E]{}, lists: map[string][]*Event[E]{}, without: map[int]jsontree.Value{}}
	var failed error
	document := func(state S, day edtf.Day) string {
		text, err := Document(state, day)
		if err != nil {
			failed = err
		}
		return string(text)
	}
	snapshot := t.At(p.day)
	if snapshot.Err != nil {
		return nil, snapshot.Err
	}
	s.state = jsontree.Decode(document(snapshot.State, p.day))
	answer, err := Ask(t, p.day, ValueOn(document))
	if err != nil {
		return nil, err
	}
	s.open = answer.Incomplete != nil || !answer.Horizon.IsZero()
	for _, o := range answer.Options {
		if len(o.If)+len(o.Without) > 0 {
			s.options = append(s.options, option[E]{jsontree.Decode(o.Value), [2][]Event[E]{o.If, o.Without}})
		}
	}
	return s, failed
}

// othersAt returns the values at path that are possible instead, each once.
func (s *endpoint[S, E]) othersAt(path []string, bare bool) []option[E] {
	own := textAt(s.state, path, bare)
	var others []option[E]
	seen := map[string]bool{keyOf(own): true}
	for _, o := range s.options {
		if text := textAt(o.value, path, bare); !seen[keyOf(text)] {
			seen[keyOf(text)] = true
			others = append(others, option[E]{text, o.decided})
		}
	}
	return others
}

// keyOf distinguishes nothing from every text.
func keyOf(text json.RawMessage) string {
	if text == nil {
		return "nothing"
	}
	return string(text)
}

// equalText reports whether a and b are encoded alike, or are both not there.
func equalText(a, b jsontree.Value) bool {
	if a == jsontree.Nothing || b == jsontree.Nothing {
		return a == b
	}
	return string(jsontree.Text(a)) == string(jsontree.Text(b))
}

// findLast finds for each path which event of the baseline last changed
// its value, of those after the first so many; and all that changed it, if it is an
// array, which is compared as a whole.
func (s *endpoint[S, E]) findLast(paths map[string][]string, most int) error {
	after := s.state
	left := len(paths)
	for n := s.count(); n > most && left > 0; n-- {
		state, _ := s.t.baseline.State(n - 1) // folded before
		text, err := Document(s.t.rules.handOut(state), s.day)
		if err != nil {
			return err
		}
		before := jsontree.Decode(string(text))
		for p, path := range paths {
			was, is := jsontree.At(before, path), jsontree.At(after, path)
			list := isArray(was) || isArray(is)
			if s.last[p] != nil && !list || equalText(was, is) {
				continue
			}
			if list {
				s.lists[p] = append(s.lists[p], s.event(n-1))
			}
			if s.last[p] == nil {
				s.last[p] = s.event(n - 1)
				if !list {
					left--
				}
			}
		}
		after = before
	}
	return nil
}

func isArray(v jsontree.Value) bool {
	_, is := v.([]any)
	return is
}

// count returns how many events the baseline has by the day.
func (s *endpoint[S, E]) count() int { return s.t.baseline.Count(s.day) }

// event returns event n of the baseline.
func (s *endpoint[S, E]) event(n int) *Event[E] { return s.t.events[s.t.baseline.Items()[n]] }

// counts reports whether the baseline has e by the day.
func (s *endpoint[S, E]) counts(e *Event[E]) bool {
	i, ok := s.t.indexOf(e.ID)
	return ok && s.t.conflicts.InBaseline(i) && s.t.items[i].Latest() <= s.day
}
