package timeline

import (
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Coverage is what a source speaks about. "Not recorded" is an answer of its
// own, and not the same as "no" or zero: what all sources are silent about, or past
// the horizons of all, is not certain.
type Coverage struct {
	// Source is the key of the source, as citations name it. Empty stands for
	// whatever sources there are.
	Source string
	// Horizon is the last day that the source covers. The zero value means that it
	// covers every day.
	Horizon edtf.Date
	// Topics are those that the source speaks about. If any source lists topics, or
	// leaves one out, a question of one's own about another is a mistake.
	Topics []string
	// Silent is what the source leaves out.
	Silent []Silence
}

// A Silence is what a source leaves out: a topic, or a part of the state, or what
// of a topic is about the part.
type Silence struct {
	Topic string    `json:"topic,omitzero"` // the name under which it is asked for, such as "sales"
	Part  string    `json:"part,omitzero"`  // as payloads name it in their scope
	When  edtf.Date `json:"when,omitzero"`  // the days about which it is silent; zero for all
	Note  string    `json:"note,omitzero"`  // what is missing, for a reader
}

// Subject returns what s is about: "sales", "plants/Tychy", or "sales of models/T03".
func (s Silence) Subject() string {
	if s.Topic == "" || s.Part == "" {
		return s.Topic + s.Part
	}
	return s.Topic + " of " + s.Part
}

// meets reports whether s is about one of topics or parts.
func (s *Silence) meets(topics, parts []string) bool {
	overlaps := func(part string) bool { return worlds.PartsOverlap(part, s.Part) }
	return (s.Topic == "" || slices.Contains(topics, s.Topic)) && (s.Part == "" || slices.ContainsFunc(parts, overlaps)) &&
		s.Topic+s.Part != ""
}

// covers reports whether s leaves out all that u does.
func (s *Silence) covers(u *Silence) bool {
	return s.Topic+s.Part != "" && (s.Topic == "" || s.Topic == u.Topic) &&
		(s.Part == "" || s.Part == u.Part || strings.HasPrefix(u.Part, s.Part+"/"))
}

// days returns the days about which s is, or may be, silent.
func (s *Silence) days() worlds.Range {
	if s.When.IsZero() {
		return worlds.Range{First: edtf.DistantPast, Last: edtf.DistantFuture}
	}
	first, last := s.When.Bounds()
	return worlds.Range{First: first, Last: last}
}

// coverages are those of the sources that are shown.
type coverages []Coverage

// clone returns a copy that shares nothing.
func (cs coverages) clone() coverages {
	cs = slices.Clone(cs)
	for n := range cs {
		cs[n].Topics, cs[n].Silent = slices.Clone(cs[n].Topics), slices.Clone(cs[n].Silent)
	}
	return cs
}

// of returns those of some sources, and those that are of whatever sources there
// are; all of them if no sources are given.
func (cs coverages) of(keys []string) coverages {
	if keys == nil {
		return cs
	}
	return slices.DeleteFunc(slices.Clone(cs), func(c Coverage) bool {
		return c.Source != "" && !slices.Contains(keys, c.Source)
	})
}

func (cs coverages) hasSource(key string) bool {
	return slices.ContainsFunc(cs, func(c Coverage) bool { return c.Source == key })
}

// topics returns all that are covered or left out, nil if there are none.
func (cs coverages) topics() []string {
	var topics []string
	for _, c := range cs {
		topics = append(topics, c.Topics...)
		for _, s := range c.Silent {
			if s.Topic != "" {
				topics = append(topics, s.Topic)
			}
		}
	}
	slices.Sort(topics)
	return slices.Compact(topics)
}

// horizon returns the last day that any source covers.
func (cs coverages) horizon() edtf.Date {
	var last edtf.Date
	for n, c := range cs {
		if c.Horizon.IsZero() {
			return edtf.Date{}
		}
		if n == 0 || c.Horizon.Latest() > last.Latest() {
			last = c.Horizon
		}
	}
	return last
}

// silent returns the silences about topics or parts, if on some day of r every
// source is silent about the same, or past its horizon.
func (cs coverages) silent(r worlds.Range, topics, parts []string) []Silence {
	var met []Silence // each once, however many sources have it
	for _, c := range cs {
		for _, s := range c.Silent {
			if s.meets(topics, parts) && !slices.Contains(met, s) {
				met = append(met, s)
			}
		}
	}
	silences := slices.DeleteFunc(slices.Clone(met), func(s Silence) bool { return len(cs.gap(&s).within(r)) == 0 })
	return append(silences, cs.together(r, met, silences)...)
}

// together returns what all sources leave out together, if one is silent about a topic
// and another about a part: what of the topic is about the part. met are the silences
// that there are, and alone those that all sources share.
func (cs coverages) together(r worlds.Range, met, alone []Silence) (silences []Silence) {
	for _, a := range met {
		for _, b := range met {
			s := Silence{Topic: a.Topic, Part: b.Part, Note: strings.TrimSpace(a.Note + " " + b.Note)}
			covered := func(other Silence) bool { return other.covers(&s) }
			if a.Part != "" || b.Topic != "" || slices.ContainsFunc(alone, covered) || slices.ContainsFunc(silences, covered) {
				continue
			}
			if len(cs.gap(&s).within(r)) > 0 {
				silences = append(silences, s)
			}
		}
	}
	return silences
}

// gap returns the days on which s is silent, and every other source is silent about
// the same or past its horizon.
func (cs coverages) gap(s *Silence) dayset {
	days := dayset{s.days()}
	for _, c := range cs {
		gaps := c.pastHorizon()
		for _, other := range c.Silent {
			if other.covers(s) {
				gaps = append(gaps, other.days())
			}
		}
		if days = days.and(gaps.merged()); len(days) == 0 {
			return nil
		}
	}
	return days
}

// pastHorizon returns the days that the source does not cover.
func (c *Coverage) pastHorizon() dayset {
	if c.Horizon.IsZero() || c.Horizon.Latest() == edtf.DistantFuture {
		return nil
	}
	return dayset{{First: c.Horizon.Latest() + 1, Last: edtf.DistantFuture}}
}

// gaps returns the days of r of which no source reports on topics or parts.
func (cs coverages) gaps(r worlds.Range, topics, parts []string) dayset {
	gaps := (&Coverage{Horizon: cs.horizon()}).pastHorizon()
	for _, s := range cs.silent(r, topics, parts) {
		gaps = append(gaps, cs.gap(&s)...)
	}
	return gaps.within(r)
}

// caveats returns what the coverage has to say about an answer for the days of r.
func (cs coverages) caveats(r worlds.Range, topics, parts []string) (horizon edtf.Date, silent []Silence) {
	if h := cs.horizon(); r.Last > h.Latest() {
		horizon = h
	}
	return horizon, cs.silent(r, topics, parts)
}

// Covering returns t with the given coverages, of a source each, instead of any it
// had. A view according to some sources has theirs.
func (t *Timeline[S, E]) Covering(cs ...Coverage) *Timeline[S, E] {
	u := t.sibling()
	u.parts = &partIndex[S, E]{} // those of t answer by its rules
	u.rules.declared = coverages(cs).clone()
	u.rules.topics = u.rules.declared.topics()
	u.rules.coverage = u.rules.declared.of(u.rules.sources)
	return u
}

// Coverage returns what the sources of t speak about: of a view according to some,
// those.
func (t *Timeline[S, E]) Coverage() []Coverage { return t.rules.coverage.clone() }

// Horizon returns the last day that any source of t covers. It is the zero Date if one of
// them covers every day, or if nothing is said of sources.
func (t *Timeline[S, E]) Horizon() edtf.Date { return t.rules.coverage.horizon() }

// PastHorizon reports whether day lies after the last one that the sources
// cover.
func (t *Timeline[S, E]) PastHorizon(day edtf.Day) bool { return day > t.Horizon().Latest() }

// NotRecorded returns what all sources are, or may be, silent about on day.
func (t *Timeline[S, E]) NotRecorded(day edtf.Day) []Silence {
	var parts []string
	for _, c := range t.rules.coverage {
		for _, s := range c.Silent {
			parts = append(parts, s.Part)
		}
	}
	return t.rules.coverage.silent(worlds.Range{First: day, Last: day}, t.rules.topics, parts)
}
