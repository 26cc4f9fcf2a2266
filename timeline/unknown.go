package timeline

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// An UnknownError says that a program names something that the history does not
// have: a topic, a part, a source or an event.
type UnknownError struct {
	Kind string   // "topic", "part", "source" or "event"
	Name string   // as it was given
	Near []string // what it may have meant, the nearest first
}

// Error names what is unknown and what may have been meant.
func (e *UnknownError) Error() string {
	text := fmt.Sprintf("timeline: no %s is called %q", e.Kind, e.Name)
	if len(e.Near) > 0 {
		text += "; did you mean " + strings.Join(quoted(e.Near), " or ") + "?"
	}
	return text
}

func quoted(names []string) []string {
	q := make([]string, len(names))
	for n, name := range names {
		q[n] = fmt.Sprintf("%q", name)
	}
	return q
}

// maxNear is how many names are suggested at most.
const maxNear = 3

func unknownError(kind, name string, known []string) *UnknownError {
	return &UnknownError{kind, name, nearest(name, known)}
}

// nearest returns the known names, or parts that these are below, whose last step is
// name, and then those that are like it.
func nearest(name string, known []string) []string {
	slices.Sort(known)
	var found []string
	add := func(k string) {
		if !slices.Contains(found, k) && len(found) < maxNear {
			found = append(found, k)
		}
	}
	for _, k := range known {
		for part := k; part != ""; part = part[:max(strings.LastIndexByte(part, '/'), 0)] {
			if strings.EqualFold(part[strings.LastIndexByte(part, '/')+1:], name) {
				add(part)
			}
		}
	}
	for _, k := range near.To(name, known) {
		add(k)
	}
	return found
}

// A vocabulary is the names that a history uses, with all that it was given and
// whatever a view shows. It is found when it is first asked for.
type vocabulary[E any] struct {
	all []*Event[E]
	ids *idSet // their IDs

	once    sync.Once
	parts   map[string]bool // those in the scopes of events
	names   map[string]bool // these, those that are only mentioned, and what is above them
	sources map[string]bool // those that events cite
	anyPart bool            // an event may have to do with any part
}

func (v *vocabulary[E]) find() *vocabulary[E] {
	v.once.Do(func() {
		v.parts, v.names, v.sources = map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, e := range v.all {
			for _, part := range e.scope() {
				v.parts[part] = true
				v.note(part)
			}
			if m, ok := any(e.Data).(Mentioner); ok {
				for _, part := range m.Mentions() {
					v.note(part)
				}
			}
			for _, c := range e.Cites {
				v.sources[c.Source] = true
			}
		}
		v.anyPart = v.parts[AnyPart]
	})
	return v
}

// has reports whether there is an event with the given ID.
func (v *vocabulary[E]) has(id uuid.UUID) bool {
	return v.ids.has(id)
}

// note takes down a part, and those above it.
func (v *vocabulary[E]) note(part string) {
	v.names[part] = true
	for above := range worlds.PartsAbove(part) {
		v.names[above] = true
	}
}

// mentions reports whether an event mentions a part, or one below it.
func (v *vocabulary[E]) mentions(part string) bool {
	v.find()
	return v.anyPart || part == AnyPart || v.names[part]
}

// reaches reports whether an event has to do with a part, or one above or below it.
func (v *vocabulary[E]) reaches(part string) bool {
	if v.mentions(part) {
		return true
	}
	for above := range worlds.PartsAbove(part) {
		if v.parts[above] {
			return true
		}
	}
	return false
}

// checkParts returns an error if no event ever has to do with one of parts.
func (t *Timeline[S, E]) checkParts(parts []string) error {
	for _, part := range parts {
		if !t.words.reaches(part) {
			return unknownError("part", part, slices.Collect(maps.Keys(t.words.names)))
		}
	}
	return nil
}

// neverMentioned returns the parts that no event ever mentions.
func (t *Timeline[S, E]) neverMentioned(parts []string) []Unmentioned {
	var never []Unmentioned
	for _, part := range parts {
		if !t.words.mentions(part) {
			never = append(never, Unmentioned{part, nearest(part, slices.Collect(maps.Keys(t.words.names)))})
		}
	}
	return never
}

// checkTopics returns an error if the coverage names topics, but not one of these.
func (t *Timeline[S, E]) checkTopics(topics []string) error {
	for _, topic := range topics {
		if known := t.rules.topics; known != nil && !slices.Contains(known, topic) {
			return unknownError("topic", topic, slices.Clone(known))
		}
	}
	return nil
}

// checkSources returns an error if no event cites one of the sources, and no
// coverage is one's.
func (t *Timeline[S, E]) checkSources(keys []string) error {
	known := t.words.find().sources
	if len(keys) == 0 {
		return unknownError("source", "", nil)
	}
	for _, key := range keys {
		if !known[key] && !t.rules.coverage.hasSource(key) {
			return unknownError("source", key, slices.Collect(maps.Keys(known)))
		}
	}
	return nil
}
