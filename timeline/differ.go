package timeline

import (
	"encoding/json"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// A differ compares two endpoints of a timeline whose events hang together.
type differ[S, E any] struct {
	from, to *endpoint[S, E]
	same     int                 // how many events both baselines begin with
	found    map[string][]string // the paths of all values that may differ, by pointer
	isMixed  map[string]bool     // what mixed has found
}

// newDiffer returns the differ of t at two points.
func newDiffer[S, E any](t *Timeline[S, E], from, to Point) (*differ[S, E], error) {
	a, err := endpointOf(t, from)
	if err != nil {
		return nil, err
	}
	b, err := endpointOf(t, to)
	if err != nil {
		return nil, err
	}
	return &differ[S, E]{from: a, to: b, isMixed: map[string]bool{}}, nil
}

// paths returns the paths of all values that may differ, by pointer.
func (d *differ[S, E]) paths() map[string][]string {
	paths := map[string][]string{}
	add := func(l jsontree.Leaf) {
		path := d.unmixed(l.Path)
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

// unmixed returns path up to where it is mixed: what is mixed is one value.
func (d *differ[S, E]) unmixed(path []string) []string {
	for n := range path {
		p := jsontree.Pointer(path[:n])
		is, known := d.isMixed[p]
		if !known {
			is = d.mixed(path[:n])
			d.isMixed[p] = is
		}
		if is {
			return path[:n]
		}
	}
	return path
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
		path: path,
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
