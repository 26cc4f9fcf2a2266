package timeline

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A comparison is that of a timeline at two points. If the state says on which parts
// its values rest, see [Partitioned], each is compared in the events that can decide
// about these.
type comparison[S, E any] struct {
	t        *Timeline[S, E]
	from, to Point
	a, b     jsontree.Value // the documents of the baselines at the two points
	states   []S            // these baselines
	apart    bool           // whether the state says what its values rest on

	differs map[string]*differ[S, E] // by the sets that they compare
	owners  map[string][]int         // the sets that may change the value at each pointer
	paths   map[string][]string      // by pointer
}

// A found difference is one with the differ that found it.
type found[S, E any] struct {
	Difference[E]
	by *differ[S, E]
}

func newComparison[S, E any](t *Timeline[S, E], from, to Point) (*comparison[S, E], error) {
	c := &comparison[S, E]{
		t: t, from: from, to: to,
		differs: map[string]*differ[S, E]{}, owners: map[string][]int{}, paths: map[string][]string{},
	}
	var err error
	if c.a, err = c.document(from); err == nil {
		c.b, err = c.document(to)
	}
	_, c.apart = any(*new(S)).(Partitioned)
	return c, err
}

// document returns the document of the baseline at a point.
func (c *comparison[S, E]) document(p Point) (jsontree.Value, error) {
	if !p.set {
		return nil, ErrNoPoint
	}
	t := c.t
	if p.known != edtf.DistantFuture {
		t = t.KnownOn(p.known)
	}
	s := t.At(p.day)
	if s.Err != nil {
		return nil, s.Err
	}
	c.states = append(c.states, s.State)
	text, err := Document(s.State, p.day)
	return jsontree.Decode(string(text)), err
}

func (c *comparison[S, E]) differences() ([]Difference[E], error) {
	if err := c.findPaths(); err != nil {
		return nil, err
	}
	sorted := slices.SortedFunc(maps.Values(c.paths), slices.Compare[[]string])
	var all []found[S, E]
	for n, path := range sorted {
		// Members that differ have differences of their own.
		bare := n+1 < len(sorted) && beginsWith(sorted[n+1], path)
		d, err := c.differOf(path)
		if err != nil {
			return nil, err
		}
		if x, ok := d.at(path, bare); ok {
			x.top = c.topOf(path)
			all = append(all, found[S, E]{x, d})
		}
	}
	var differences []Difference[E]
	for _, x := range c.gather(all, 0) {
		differences = append(differences, x.Difference)
	}
	return differences, nil
}

// findPaths finds the paths of all values that may differ.
func (c *comparison[S, E]) findPaths() error {
	sets := []int{everything}
	if c.apart {
		sets = slices.DeleteFunc(c.t.sets(), func(set int) bool { return !c.mayDiffer(set) })
	}
	for _, set := range sets {
		d, err := c.differ(set)
		if err != nil {
			return err
		}
		for pointer, path := range d.found {
			c.owners[pointer] = append(c.owners[pointer], set)
			c.paths[pointer] = path
		}
	}
	if !c.apart {
		return nil
	}
	jsontree.Leaves(c.a, c.b, math.MaxInt, func(l jsontree.Leaf) { c.paths[jsontree.Pointer(l.Path)] = l.Path })
	return c.joinPaths()
}

// joinPaths makes of the paths that were found in single sets, and in the baseline,
// those in the sets that can decide about each together.
func (c *comparison[S, E]) joinPaths() error {
	single := c.paths
	c.paths = map[string][]string{}
	for _, path := range single {
		d, err := c.differOf(path)
		if err != nil {
			return err
		}
		path = d.unmixed(path)
		c.paths[jsontree.Pointer(path)] = path
	}
	return nil
}

// mayDiffer reports whether anything that a set of events decides about may differ
// between the points: whether one of them may happen, or become known, in between,
// or the calendar may change what it has set.
func (c *comparison[S, E]) mayDiffer(set int) bool {
	first, last := min(c.from.day, c.to.day), max(c.from.day, c.to.day)
	unknown, known := min(c.from.known, c.to.known), max(c.from.known, c.to.known)
	between := func(d, from, to edtf.Day) bool { return from < d && d <= to }
	for _, e := range c.t.eventsOfSet(set) {
		earliest, latest := e.When.Bounds()
		learned, sure := e.KnowledgeTime().Bounds()
		if earliest <= last && latest > first || learned <= known && sure > unknown {
			return true
		}
		if s, ok := any(e.Data).(Scheduled); ok && slices.ContainsFunc(s.Schedule(), func(d edtf.Day) bool { return between(d, first, last) }) {
			return true
		}
	}
	return false
}

// differ returns the differ of some sets.
func (c *comparison[S, E]) differ(sets ...int) (*differ[S, E], error) {
	key := fmt.Sprint(sets)
	if d, ok := c.differs[key]; ok {
		return d, nil
	}
	t := c.t.ofSets(sets)
	if t != c.t {
		t = t.sibling() // the one that is kept has the effort of whoever asked first
		t.effort = c.t.effort
	}
	d, err := newDiffer(t, c.from, c.to)
	if err != nil {
		return nil, err
	}
	d.found = d.paths()
	c.differs[key] = d
	return d, d.findLast(d.found)
}

// differOf returns the differ of the sets that can decide about the value at path:
// those in which it differs, and those with a part that it rests on.
func (c *comparison[S, E]) differOf(path []string) (*differ[S, E], error) {
	if !c.apart {
		return c.differ(everything)
	}
	sets := slices.Clone(c.owners[jsontree.Pointer(path)])
	for _, s := range c.states {
		parts := any(s).(Partitioned).PartsAt(path...)
		if parts == nil || c.t.findLinks().anyPart {
			return c.differ(everything)
		}
		sets = slices.AppendSeq(sets, c.t.findLinks().setsOf(parts))
	}
	slices.Sort(sets)
	return c.differ(slices.Compact(sets)...)
}

// agrees reports whether d has the values of the whole at path.
func (c *comparison[S, E]) agrees(d *differ[S, E], path []string, bare bool) bool {
	return keyOf(textAt(c.a, path, bare)) == keyOf(textAt(d.from.state, path, bare)) &&
		keyOf(textAt(c.b, path, bare)) == keyOf(textAt(d.to.state, path, bare))
}

func beginsWith(path, first []string) bool {
	return len(path) > len(first) && slices.Equal(path[:len(first)], first)
}

// topOf returns how many steps of path lead to what one of the points does not have.
func (c *comparison[S, E]) topOf(path []string) int {
	for n := 1; n < len(path); n++ {
		if jsontree.At(c.a, path[:n]) == jsontree.Nothing || jsontree.At(c.b, path[:n]) == jsontree.Nothing {
			return n
		}
	}
	return len(path)
}

// gather makes one difference of those below a value that one point does not have, if
// all come from the same events and there are no more than two values on either
// side. The paths of all begin with the same steps.
func (c *comparison[S, E]) gather(all []found[S, E], steps int) []found[S, E] {
	var out []found[S, E]
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
			if x, ok := c.whole(part, first[:steps+1]); ok {
				out = append(out, x)
				continue
			}
		}
		out = append(out, c.gather(part, steps+1)...)
	}
	return out
}

// whole returns the difference at path in place of those below it, which come from
// the same events, if these are all that is there.
func (c *comparison[S, E]) whole(part []found[S, E], path []string) (found[S, E], bool) {
	by := part[0].by
	x, ok := by.at(path, false)
	if !ok || len(x.FromOthers) > 1 || len(x.ToOthers) > 1 || !c.agrees(by, path, false) {
		return found[S, E]{}, false
	}
	x.Because, x.Kind, x.top = part[0].Because, part[0].Kind, c.topOf(path)
	return found[S, E]{x, by}, true
}

// alike reports whether all come from the same events.
func alike[S, E any](all []found[S, E]) bool {
	return !slices.ContainsFunc(all, func(x found[S, E]) bool {
		sameEvents := slices.EqualFunc(x.Because, all[0].Because, func(a, b Event[E]) bool { return a.ID == b.ID })
		return x.by != all[0].by || !sameEvents || x.Kind != all[0].Kind
	})
}
