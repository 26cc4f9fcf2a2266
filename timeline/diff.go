package timeline

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Point is where a history is looked at: the end of a day, with what could be
// known by the end of another.
type Point struct{ day, known edtf.Day }

// On returns the end of day, with all that is known now.
func On(day edtf.Day) Point { return Point{day, edtf.DistantFuture} }

// KnownOn returns p with what could be known by the end of day.
func (p Point) KnownOn(day edtf.Day) Point { return Point{p.day, day} }

// Days returns the two days of p; the second is [edtf.DistantFuture] if all is
// known.
func (p Point) Days() (day, known edtf.Day) { return p.day, p.known }

// A Kind says why something differs between two points.
type Kind uint8

// The kinds.
const (
	Happened  Kind = iota // the world changed, or time went by
	Learned               // it was so already, and became known
	Corrected             // something was told wrong, and put right or taken back
)

var kinds = [...]string{"happened", "learned", "corrected"}

// String returns "happened", "learned" or "corrected".
func (k Kind) String() string { return kinds[min(int(k), len(kinds)-1)] }

// MarshalText writes the words of [Kind.String].
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// A Difference is a value of the state that differs between two points.
type Difference[E any] struct {
	// Path is the address of the value, a JSON Pointer (RFC 6901) into the
	// state's [Document].
	Path string
	// From and To are the values in the cautious reading, as JSON. Nil means
	// that there is none. They are equal if only what else is possible differs.
	From, To json.RawMessage
	// FromOthers and ToOthers are the other values that are possible, each
	// once. A nil element stands for no value. What has no others is certain.
	FromOthers, ToOthers []json.RawMessage
	// Because are the events that it comes from. If the value is another because
	// time went by, they are those that set what was to come of that; there may
	// be none.
	Because []Event[E]
	Kind    Kind

	path []string
	top  int // how many steps of path lead to what one of the points lacks, or to the value
}

// Certainty returns whether it was certain at the first point, and whether it
// is at the second.
func (d Difference[E]) Certainty() (from, to bool) {
	return len(d.FromOthers) == 0, len(d.ToOthers) == 0
}

// Diff returns how the state at the point to differs from that at the point
// from, value by value, in the order of their paths. A value that is there at
// only one of the points is one difference, unless its parts come from
// different events. What became possible, or certain, in between is a
// difference too. Arrays are compared as a whole.
//
// Either point may be the later one, on both axes. The error is a [*FoldError]
// if the fold refuses an event of a point's cautious reading, or says that the
// state has no JSON form.
func Diff[S, E any](t *Timeline[S, E], from, to Point) ([]Difference[E], error) {
	a, err := sideOf(t, from)
	if err != nil {
		return nil, err
	}
	b, err := sideOf(t, to)
	if err != nil {
		return nil, err
	}
	d := differ[S, E]{from: a, to: b}
	return d.differences()
}

// A side is what Diff knows of one point.
type side[S, E any] struct {
	t       *Timeline[S, E]
	day     edtf.Day
	state   tree
	options []option[E]
	last    map[string]*Event[E] // which event of the cautious reading last changed a value
}

// An option is a state that there may be instead, or a value in it, and the
// events that decide for it.
type option[E any] struct {
	value   tree
	decided []Event[E]
}

func sideOf[S, E any](t *Timeline[S, E], p Point) (*side[S, E], error) {
	if p.known != edtf.DistantFuture {
		t = t.KnownOn(p.known)
	}
	s := &side[S, E]{t: t, day: p.day, last: map[string]*Event[E]{}}
	var failed error
	document := func(state S) string {
		text, err := Document(state, p.day)
		if err != nil {
			failed = err
		}
		return string(text)
	}
	snapshot := t.At(p.day)
	if snapshot.Err != nil {
		return nil, snapshot.Err
	}
	s.state = treeOf(json.RawMessage(document(snapshot.State)))
	for _, o := range Ask(t, p.day, document).Options {
		if len(o.If)+len(o.Without) > 0 {
			s.options = append(s.options, option[E]{treeOf(json.RawMessage(o.Value)), slices.Concat(o.If, o.Without)})
		}
	}
	return s, failed
}

// othersAt returns the values at path that are possible instead, each once.
func (s *side[S, E]) othersAt(path []string, bare bool) []option[E] {
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

// keyOf tells nothing from every text.
func keyOf(text json.RawMessage) string {
	if text == nil {
		return "nothing"
	}
	return string(text)
}

func equalText(a, b tree) bool {
	if a == nothing || b == nothing {
		return a == b
	}
	return string(textOf(a)) == string(textOf(b))
}

// findLast finds for each path which event of the cautious reading last changed
// its value.
func (s *side[S, E]) findLast(paths map[string][]string) error {
	n := s.t.cautious.count(s.day)
	after := s.state
	left := len(paths)
	for ; n > 0 && left > 0; n-- {
		state, _ := s.t.cautious.state(n - 1) // folded before
		text, err := Document(s.t.rules.handOut(state), s.day)
		if err != nil {
			return err
		}
		before := treeOf(text)
		for p, path := range paths {
			if s.last[p] == nil && !equalText(at(before, path), at(after, path)) {
				s.last[p] = s.t.cautious.events[n-1]
				left--
			}
		}
		after = before
	}
	return nil
}

// counts reports whether the cautious reading has e by the day.
func (s *side[S, E]) counts(e *Event[E]) bool {
	i, ok := s.t.place(e.ID)
	return ok && s.t.modes.settled(i) && s.t.items[i].latest() <= s.day
}

// A differ compares two sides.
type differ[S, E any] struct{ from, to *side[S, E] }

func (d *differ[S, E]) differences() ([]Difference[E], error) {
	paths := map[string][]string{}
	add := func(l leaf) { paths[pointer(l.path)] = l.path }
	leaves(nil, d.from.state, d.to.state, add)
	for _, s := range []*side[S, E]{d.from, d.to} {
		for _, o := range s.options {
			leaves(nil, s.state, o.value, add)
		}
	}
	for _, s := range []*side[S, E]{d.from, d.to} {
		if err := s.findLast(paths); err != nil {
			return nil, err
		}
	}
	sorted := slices.SortedFunc(maps.Values(paths), slices.Compare[[]string])
	var all []Difference[E]
	for n, path := range sorted {
		// Members that differ have differences of their own.
		bare := n+1 < len(sorted) && len(sorted[n+1]) > len(path) && slices.Equal(sorted[n+1][:len(path)], path)
		if x, ok := d.at(path, bare); ok {
			all = append(all, x)
		}
	}
	return d.gather(all, 0), nil
}

// at returns the difference at path, if there is one.
func (d *differ[S, E]) at(path []string, bare bool) (Difference[E], bool) {
	a, b := d.from.othersAt(path, bare), d.to.othersAt(path, bare)
	x := Difference[E]{
		Path: pointer(path), From: textAt(d.from.state, path, bare), To: textAt(d.to.state, path, bare),
		FromOthers: valuesOf(a), ToOthers: valuesOf(b), path: path, top: d.topOf(path),
	}
	if keyOf(x.From) == keyOf(x.To) && sameTexts(x.FromOthers, x.ToOthers) {
		return x, false
	}
	x.Because, x.Kind = d.because(x.Path, deciders(a), deciders(b))
	return x, true
}

func valuesOf[E any](options []option[E]) []json.RawMessage {
	var values []json.RawMessage
	for _, o := range options {
		values = append(values, o.value.(json.RawMessage))
	}
	return values
}

// sameTexts reports whether a and b, which have no text twice, have the same
// ones.
func sameTexts(a, b []json.RawMessage) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x json.RawMessage) bool {
		return !slices.ContainsFunc(b, func(y json.RawMessage) bool { return keyOf(x) == keyOf(y) })
	})
}

// textAt returns the value at path as text, an object without its members if
// bare.
func textAt(v tree, path []string, bare bool) json.RawMessage {
	v = at(v, path)
	if _, ok := v.(map[string]any); ok && bare {
		return json.RawMessage("{}")
	}
	return textOf(v)
}

// topOf returns how many steps of path lead to what one of the sides lacks.
func (d *differ[S, E]) topOf(path []string) int {
	for n := 1; n < len(path); n++ {
		if at(d.from.state, path[:n]) == nothing || at(d.to.state, path[:n]) == nothing {
			return n
		}
	}
	return len(path)
}

// because returns the events that the difference at p comes from, and its
// kind. a and b are the events that decide about other values on each side.
func (d *differ[S, E]) because(p string, a, b []Event[E]) ([]Event[E], Kind) {
	now, then := d.to.last[p], d.from.last[p]
	switch {
	case now != nil && !d.from.counts(now):
		return []Event[E]{now.clone()}, d.kind(now)
	case then != nil && !d.to.counts(then):
		for _, s := range []*side[S, E]{d.to, d.from} {
			if c := s.correctionOf(then.ID); c != nil {
				return []Event[E]{c.clone()}, Corrected
			}
		}
		return []Event[E]{then.clone()}, d.kind(then)
	}
	if events := decisiveEvents(a, b); len(events) > 0 {
		return events, d.kind(&events[0])
	}
	for _, e := range []*Event[E]{now, then} {
		if e != nil {
			return []Event[E]{e.clone()}, Happened
		}
	}
	return nil, Happened
}

// correctionOf returns an event that replaces the one with the given ID.
func (s *side[S, E]) correctionOf(id uuid.UUID) *Event[E] {
	for i := range s.t.items {
		if slices.Contains(s.t.items[i].event.Replaces, id) {
			return s.t.items[i].event
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
	for _, o := range others {
		for _, e := range o.decided {
			if !slices.ContainsFunc(events, func(f Event[E]) bool { return e.ID == f.ID }) {
				events = append(events, e)
			}
		}
	}
	return events
}

// kind returns why e makes a difference: it puts right what was known at one
// point; or it had happened by both days, or may have and became known only after
// them; or it happened between them.
func (d *differ[S, E]) kind(e *Event[E]) Kind {
	earliest, latest := e.When.Bounds()
	var knows []*side[S, E]
	for _, s := range []*side[S, E]{d.from, d.to} {
		if i, ok := s.t.place(e.ID); ok {
			earliest, latest = s.t.items[i].earliest(), s.t.items[i].latest()
			knows = append(knows, s)
		}
	}
	if len(knows) == 1 {
		unaware := d.from
		if knows[0] == d.from {
			unaware = d.to
		}
		for _, id := range e.Replaces {
			if _, ok := unaware.t.place(id); ok {
				return Corrected
			}
		}
		if earliest <= min(d.from.day, d.to.day) && e.known().Earliest() > max(d.from.day, d.to.day) {
			return Learned
		}
	}
	if d.from.day == d.to.day || latest <= min(d.from.day, d.to.day) {
		return Learned
	}
	return Happened
}

// gather makes one difference of those below a value that one side lacks, if
// all come from the same events and there are no more than two values. The paths of all begin with the same steps.
func (d *differ[S, E]) gather(all []Difference[E], steps int) []Difference[E] {
	var out []Difference[E]
	for len(all) > 0 {
		first := all[0].path
		if len(first) == steps { // the value that was reached
			out, all = append(out, all[0]), all[1:]
			continue
		}
		n := 1
		for n < len(all) && all[n].path[steps] == first[steps] {
			n++
		}
		part := all[:n]
		all = all[n:]
		if part[0].top <= steps+1 && alike(part) {
			if x, ok := d.at(first[:steps+1], false); ok && len(x.FromOthers) <= 1 && len(x.ToOthers) <= 1 {
				x.Because, x.Kind = part[0].Because, part[0].Kind
				out = append(out, x)
				continue
			}
		}
		out = append(out, d.gather(part, steps+1)...)
	}
	return out
}

// alike reports whether all come from the same events.
func alike[E any](all []Difference[E]) bool {
	return !slices.ContainsFunc(all, func(x Difference[E]) bool {
		sameEvents := slices.EqualFunc(x.Because, all[0].Because, func(a, b Event[E]) bool { return a.ID == b.ID })
		return !sameEvents || x.Kind != all[0].Kind
	})
}
