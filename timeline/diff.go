package timeline

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Point is where a history is looked at: the end of a day, with what could be
// known by the end of another. The zero Point is none; points come from [On].
type Point struct {
	day, known edtf.Day
	set        bool
}

// On returns the end of day, with all that is known now.
func On(day edtf.Day) Point { return Point{day, edtf.DistantFuture, true} }

// KnownOn returns p with what could be known by the end of day.
func (p Point) KnownOn(day edtf.Day) Point {
	p.known = day
	return p
}

// ErrNoPoint reports the zero [Point], which is not a day in 1970.
var ErrNoPoint = errors.New("timeline: no point is given; it comes from On")

// Days returns the two days of p; the second is [edtf.DistantFuture] if all is
// known.
func (p Point) Days() (day, known edtf.Day) { return p.day, p.known }

// A DifferenceKind says why something differs between two points.
type DifferenceKind uint8

// The kinds.
const (
	KindHappened  DifferenceKind = iota // the world changed, or time went by
	KindLearned                         // it was so already, and became known
	KindCorrected                       // it was recorded wrong, and put right or taken back
)

var kinds = [...]string{"happened", "learned", "corrected"}

// String returns "happened", "learned" or "corrected".
func (k DifferenceKind) String() string { return kinds[min(int(k), len(kinds)-1)] }

// MarshalText writes the words of [DifferenceKind.String].
func (k DifferenceKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// A Difference is a value of the state that differs between two points.
type Difference[E any] struct {
	// Path is the address of the value, a JSON Pointer (RFC 6901) into the
	// state's [Document].
	Path string
	// From and To are the values in the baseline, as JSON. Nil means
	// that there is none. They are equal if only what else is possible differs.
	From, To json.RawMessage
	// FromOthers and ToOthers are the other values that are possible, each
	// once. A nil element stands for no value. What has no others, and is not open,
	// is certain.
	FromOthers, ToOthers []json.RawMessage
	// FromOpen and ToOpen say that there may be others besides, of which nothing
	// is known: there were more than [MaxWorlds] worlds, or the day is past the
	// horizon of the [Coverage].
	FromOpen, ToOpen bool
	// Because are the events that it comes from. If only time passed (a plan fell
	// due), these are the events that set the date; possibly none.
	Because []Event[E]
	Kind    DifferenceKind

	path []string
	top  int // how many steps of path lead to what one of the points does not have, or to the value
}

// Certainty returns whether it was certain at the first point, and whether it
// is at the second.
func (d Difference[E]) Certainty() (from, to bool) {
	return len(d.FromOthers) == 0 && !d.FromOpen, len(d.ToOthers) == 0 && !d.ToOpen
}

// Diff returns how the state at the point to differs from that at the point
// from, value by value, in the order of their paths. A value that is there at
// only one of the points is one difference, unless its parts come from
// different events. What became possible, or certain, in between is a
// difference too; past [MaxWorlds] worlds such differences may be missing.
// Arrays are compared as a whole, and so is a value whose JSON type differs
// between worlds.
//
// Either point may be the later one, on both axes. The error is a [*FoldError]
// if the fold refuses an event of a point's baseline, [ErrNoPoint], or says that
// the state has no JSON form.
func Diff[S, E any](t *Timeline[S, E], from, to Point) ([]Difference[E], error) {
	a, err := endpointOf(t, from)
	if err != nil {
		return nil, err
	}
	b, err := endpointOf(t, to)
	if err != nil {
		return nil, err
	}
	d := differ[S, E]{from: a, to: b}
	return d.differences()
}

// A differ compares two endpoints.
type differ[S, E any] struct {
	from, to *endpoint[S, E]
	same     int // how many events both baselines begin with
}

func (d *differ[S, E]) differences() ([]Difference[E], error) {
	paths := d.paths()
	if err := d.findLast(paths); err != nil {
		return nil, err
	}
	sorted := slices.SortedFunc(maps.Values(paths), slices.Compare[[]string])
	var all []Difference[E]
	for n, path := range sorted {
		// Members that differ have differences of their own.
		bare := n+1 < len(sorted) && beginsWith(sorted[n+1], path)
		if x, ok := d.at(path, bare); ok {
			all = append(all, x)
		}
	}
	return d.gather(all, 0), nil
}

func beginsWith(path, first []string) bool {
	return len(path) > len(first) && slices.Equal(path[:len(first)], first)
}

// paths returns the paths of all values that may differ, by pointer.
func (d *differ[S, E]) paths() map[string][]string {
	paths := map[string][]string{}
	mixed := map[string]bool{}
	add := func(l jsontree.Leaf) {
		path := l.Path
		for n := range path { // what is mixed is one value
			p := jsontree.Pointer(path[:n])
			is, known := mixed[p]
			if !known {
				is = d.mixed(path[:n])
				mixed[p] = is
			}
			if is {
				path = path[:n]
				break
			}
		}
		paths[jsontree.Pointer(path)] = path
	}
	jsontree.Leaves(d.from.state, d.to.state, math.MaxInt, add)
	for _, s := range []*endpoint[S, E]{d.from, d.to} {
		for _, o := range s.options {
			jsontree.Leaves(s.state, o.value, math.MaxInt, add)
		}
	}
	return paths
}

// mixed reports whether what is at path is an object in some world and a value
// of another kind in another.
func (d *differ[S, E]) mixed(path []string) bool {
	object, other := false, false
	see := func(v jsontree.Value) {
		v = jsontree.At(v, path)
		_, is := v.(map[string]any)
		object, other = object || is, other || !is && v != jsontree.Nothing
	}
	for _, s := range []*endpoint[S, E]{d.from, d.to} {
		see(s.state)
		for _, o := range s.options {
			see(o.value)
		}
	}
	return object && other
}

// at returns the difference at path, if there is one.
func (d *differ[S, E]) at(path []string, bare bool) (Difference[E], bool) {
	a, b := d.from.othersAt(path, bare), d.to.othersAt(path, bare)
	x := Difference[E]{
		Path: jsontree.Pointer(path), From: textAt(d.from.state, path, bare), To: textAt(d.to.state, path, bare),
		FromOthers: valuesOf(a), ToOthers: valuesOf(b), FromOpen: d.from.open, ToOpen: d.to.open,
		path: path, top: d.topOf(path),
	}
	if keyOf(x.From) == keyOf(x.To) && sameTexts(x.FromOthers, x.ToOthers) {
		return x, false
	}
	x.Because, x.Kind = d.because(path, deciders(a), deciders(b))
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
func textAt(v jsontree.Value, path []string, bare bool) json.RawMessage {
	v = jsontree.At(v, path)
	if _, ok := v.(map[string]any); ok && bare {
		return json.RawMessage("{}")
	}
	return jsontree.Text(v)
}

// topOf returns how many steps of path lead to what one of the points does not have.
func (d *differ[S, E]) topOf(path []string) int {
	for n := 1; n < len(path); n++ {
		if jsontree.At(d.from.state, path[:n]) == jsontree.Nothing || jsontree.At(d.to.state, path[:n]) == jsontree.Nothing {
			return n
		}
	}
	return len(path)
}

// gather makes one difference of those below a value that one point does not have, if
// all come from the same events and there are no more than two values on either
// side. The paths of all begin with the same steps.
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
