package timeline

import (
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Course is the values that something had over some days.
type Course[V comparable, E any] struct {
	// Values are those that it may have had on one of the days, in the order in which
	// they may first have come.
	Values []CourseValue[V]
	// Caveats are why there may have been others, or less is certain.
	Caveats[E]
}

// A CourseValue is one that something had on some of the days asked about.
type CourseValue[V comparable] struct {
	Value V
	// Ever is whether it had the value on any of the days, and Always whether on all
	// of them.
	Ever, Always edtf.Truth
}

// During returns the values that q had on some day from first to last, both in, and
// which of them it had on every one. If last comes before first there are none. The
// error is that of [Ask]. The cost is that of a [Track] of these days, and of one
// more for each value.
func During[V comparable, S, E any](t *Timeline[S, E], first, last edtf.Day, q Question[S, V]) (Course[V, E], error) {
	x, err := inquire(t, q)
	if err != nil {
		return Course[V, E]{}, err
	}
	if last < first {
		return Course[V, E]{}, nil
	}
	days := worlds.Range{First: first, Last: last}
	c := Course[V, E]{Caveats: x.caveats(first, last)}
	var values []V
	tr := newTracker(&x, nil)
	f := tr.engine.Nearest(first)
	for _, day := range daysIn(tr.days(), days) {
		f = tr.engine.Carry(f, day)
		m := tr.moment(f)
		c.Caveats.add(m.incomplete, m.err)
		for _, v := range append([]V{m.value}, m.others...) {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
	}
	for _, v := range values {
		is := inquiry[bool, S, E]{Question: Is(q, v), t: x.t, coverage: x.coverage, effort: x.effort, spent: x.work(), base: x.base}
		not := is
		not.Question = Not(is.Question)
		ever, never := everOf(&is, days), everOf(&not, days)
		c.Caveats.add(ever.Incomplete, nil)
		c.Caveats.add(never.Incomplete, nil)
		c.Values = append(c.Values, CourseValue[V]{v, ever.Truth, never.Truth.Not()})
	}
	return c, nil
}

// String returns the values as "15 %, 20 %", with what is in their way. A value that it
// may not have had has a question mark.
func (c Course[V, E]) String() string {
	words := make([]string, len(c.Values))
	for n, v := range c.Values {
		words[n] = word(v.Value)
		if v.Ever != edtf.Certain {
			words[n] += "?"
		}
	}
	return c.qualify(strings.Join(words, ", "))
}
