package timeline

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// findLast finds which event last changed each value, at either point: first
// among the events that only one side has, and then, for what no such event
// and nothing undecided explains, among those before.
func (d *differ[S, E]) findLast(paths map[string][]string) error {
	for most := min(d.from.count(), d.to.count()); d.same < most && d.from.event(d.same).ID == d.to.event(d.same).ID; {
		d.same++
	}
	for _, s := range []*endpoint[S, E]{d.from, d.to} {
		if err := s.findLast(paths, d.same); err != nil {
			return err
		}
	}
	left := map[string][]string{}
	for p, path := range paths {
		undecided := len(d.from.othersAt(path, false))+len(d.to.othersAt(path, false)) > 0
		if d.from.last[p] == nil && d.to.last[p] == nil && !undecided {
			left[p] = path
		}
	}
	if len(left) == 0 {
		return nil
	}
	return d.to.findLast(left, 0)
}

// because returns the events that the difference at path comes from, and its
// kind. a and b are the events that decide about other values on each side.
func (d *differ[S, E]) because(path []string, a, b []Event[E]) ([]Event[E], DifferenceKind) {
	p := jsontree.Pointer(path)
	now, then := d.to.last[p], d.from.last[p]
	switch {
	case now != nil && !d.from.counts(now):
		if c := d.putRight(now, d.to); c != nil {
			return []Event[E]{c.clone()}, KindCorrected
		}
		return d.to.makers(p, d.from), d.kind(now)
	case then != nil && !d.to.counts(then):
		if c := d.putRight(then, d.from); c != nil {
			return []Event[E]{c.clone()}, KindCorrected
		}
		return d.from.makers(p, d.to), d.kind(then)
	}
	if events := decisiveEvents(a, b); len(events) > 0 {
		return events, d.kind(&events[0])
	}
	if e, s := d.missingOn(path); e != nil {
		if c := d.putRight(e, s); c != nil {
			return []Event[E]{c.clone()}, KindCorrected
		}
		return []Event[E]{e.clone()}, d.kind(e)
	}
	for _, e := range []*Event[E]{now, then} {
		if e != nil {
			return []Event[E]{e.clone()}, d.kindOf(edtf.DistantFuture)
		}
	}
	return nil, d.kindOf(edtf.DistantFuture)
}

// putRight returns the correction or retraction by which e counts at s and not at the other point; nil
// if there is none.
func (d *differ[S, E]) putRight(e *Event[E], s *endpoint[S, E]) *Event[E] {
	if s == d.from {
		return d.correctionOf(e.ID)
	}
	return d.retractionOf(e.ID)
}

// makers returns the event that last changed the value at a pointer, or all that did if
// it is an array, of those that other does not have; in the order of the baseline.
func (s *endpoint[S, E]) makers(pointer string, other *endpoint[S, E]) []Event[E] {
	var events []Event[E]
	for _, e := range slices.Backward(s.lists[pointer]) {
		if !other.counts(e) {
			events = append(events, e.clone())
		}
	}
	if len(events) == 0 {
		events = append(events, s.last[pointer].clone())
	}
	return events
}

// missingOn returns the newest event of the baseline of one side that the
// other does not have, and without which the value at path would be another, and that side: it may have
// changed it by way of events that came after.
func (d *differ[S, E]) missingOn(path []string) (*Event[E], *endpoint[S, E]) {
	for _, s := range []*endpoint[S, E]{d.to, d.from} {
		other := d.from
		if s == d.from {
			other = d.to
		}
		for n := s.count() - 1; n >= d.same; n-- {
			e := s.event(n)
			if !other.counts(e) && !equalText(jsontree.At(s.stateWithout(n), path), jsontree.At(s.state, path)) {
				return e, s
			}
		}
	}
	return nil, nil
}

// stateWithout returns the state that the baseline would have without its
// event n, or nothing if the fold then refuses another.
func (s *endpoint[S, E]) stateWithout(n int) jsontree.Value {
	if v, ok := s.without[n]; ok {
		return v
	}
	v, omitted := jsontree.Nothing, n
	before, _ := s.t.baseline.State(n)
	state, err := *before, error(nil)
	for n++; n < s.count() && err == nil; n++ {
		state, err = s.t.rules.step(state, s.event(n))
	}
	if text, failed := Document(s.t.rules.handOut(&state), s.day); err == nil && failed == nil {
		v = jsontree.Decode(string(text))
	}
	s.without[omitted] = v
	return v
}

// correctionOf returns an event that replaces the one with the given ID, if
// more is known on one side than on the other.
func (d *differ[S, E]) correctionOf(id uuid.UUID) *Event[E] {
	if d.from.t.view.known == d.to.t.view.known {
		return nil
	}
	for _, s := range []*endpoint[S, E]{d.to, d.from} {
		for _, e := range s.t.events {
			if slices.Contains(e.Replaces, id) {
				return e
			}
		}
	}
	return nil
}

// retractionOf returns an event that takes back a correction of the one with the given
// ID, if it is known on one side only.
func (d *differ[S, E]) retractionOf(id uuid.UUID) *Event[E] {
	if d.from.t.view.known == d.to.t.view.known {
		return nil
	}
	for _, s := range [][2]*endpoint[S, E]{{d.to, d.from}, {d.from, d.to}} {
		for _, r := range s[0].t.events {
			if _, both := s[1].t.indexOf(r.ID); both || !r.Retracts() {
				continue
			}
			for _, c := range r.Replaces {
				if e, ok := s[0].t.ByID(c); ok && slices.Contains(e.Replaces, id) {
					return r
				}
			}
		}
	}
	return nil
}

// decisiveEvents returns the events of b that are not in a, else those of a
// that are not in b, else those of both.
func decisiveEvents[E any](a, b []Event[E]) []Event[E] {
	without := func(events, others []Event[E]) []Event[E] {
		return slices.DeleteFunc(slices.Clone(events), func(e Event[E]) bool {
			return slices.ContainsFunc(others, func(f Event[E]) bool { return e.ID == f.ID })
		})
	}
	for _, events := range [][]Event[E]{without(b, a), without(a, b), b, a} {
		if len(events) > 0 {
			return events
		}
	}
	return nil
}

// deciders returns the events that decide for options, each once.
func deciders[E any](others []option[E]) []Event[E] {
	var events []Event[E]
	seen := map[uuid.UUID]bool{}
	for _, o := range others {
		for _, decided := range o.decided {
			for n := range decided {
				if id := decided[n].ID; !seen[id] {
					seen[id] = true
					events = append(events, decided[n])
				}
			}
		}
	}
	return events
}

// kind returns why e makes a difference: it puts right what was known at one
// point; or no more is known of it at one than at the other, so that the world
// changed or time went by; or it had happened by both days, or may have and
// became known only after them; or it happened between them.
func (d *differ[S, E]) kind(e *Event[E]) DifferenceKind {
	knows, other := d.to, d.from
	i, ok := knows.t.indexOf(e.ID)
	j, both := other.t.indexOf(e.ID)
	if !ok {
		knows, other, i = d.from, d.to, j
	}
	if ok && both && knows.sure(i) == other.sure(j) {
		return d.kindOf(edtf.DistantFuture)
	}
	if !ok || !both {
		for _, id := range e.Replaces {
			if _, ok := other.t.indexOf(id); ok {
				return KindCorrected
			}
		}
	}
	it := &knows.t.items[i]
	if it.Earliest() <= min(d.from.day, d.to.day) && it.Known.First > max(d.from.day, d.to.day) {
		return KindLearned
	}
	return d.kindOf(it.Latest())
}

// sure reports whether item i is certainly known.
func (s *endpoint[S, E]) sure(i int) bool { return s.t.items[i].Known.Last <= s.t.view.known }

// kindOf returns whether something that happens by a day can have made a
// difference by happening.
func (d *differ[S, E]) kindOf(latest edtf.Day) DifferenceKind {
	if d.from.day == d.to.day || latest <= min(d.from.day, d.to.day) {
		return KindLearned
	}
	return KindHappened
}
