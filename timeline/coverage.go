package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Coverage is what the sources of a history speak about. "Not recorded" is
// an answer of its own, and not the same as "no" or zero: past the horizon, and
// about topics on which the sources are silent, nothing is certain.
type Coverage struct {
	// Horizon is the last day that the sources cover. The zero value means that
	// they cover every day.
	Horizon edtf.Date
	// Silent are the topics that the sources leave out.
	Silent []Silence
}

// A Silence is a topic that the sources leave out.
type Silence struct {
	Topic string    `json:"topic"`         // the name under which it is asked for, such as "sales"
	When  edtf.Date `json:"when,omitzero"` // the days about which they are silent; zero for all
	Note  string    `json:"note,omitzero"` // what is missing, for a reader
}

// Covering returns t with the given coverage, instead of any it had.
func (t *Timeline[S, E]) Covering(c Coverage) *Timeline[S, E] {
	c.Silent = slices.Clone(c.Silent)
	u := &Timeline[S, E]{
		rules: t.rules, all: t.all, view: t.view,
		events: t.events, items: t.items, conflicts: t.conflicts, baseline: t.baseline, engine: t.engine,
	}
	u.rules.coverage = c
	return u
}

// Coverage returns what the sources of t speak about.
func (t *Timeline[S, E]) Coverage() Coverage {
	c := t.rules.coverage
	c.Silent = slices.Clone(c.Silent)
	return c
}

// PastHorizon reports whether day lies after the last one that the sources
// cover.
func (t *Timeline[S, E]) PastHorizon(day edtf.Day) bool {
	return day > t.rules.coverage.Horizon.Latest()
}

// NotRecorded returns the topics on which the sources are, or may be, silent on
// day.
func (t *Timeline[S, E]) NotRecorded(day edtf.Day) []Silence {
	silent := t.rules.coverage.Silent
	topics := make([]string, len(silent))
	for i := range silent {
		topics[i] = silent[i].Topic
	}
	return t.silent(day, topics)
}

// silent returns those of topics on which the sources are, or may be, silent
// on day.
func (t *Timeline[S, E]) silent(day edtf.Day, topics []string) []Silence {
	var silent []Silence
	for _, s := range t.rules.coverage.Silent {
		if slices.Contains(topics, s.Topic) && s.When.Holds(day) != edtf.No {
			silent = append(silent, s)
		}
	}
	return silent
}
