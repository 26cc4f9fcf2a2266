package answer

import (
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/words"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A EventRef is an event that an answer names.
type EventRef struct {
	Event string              `json:"event"` // its slug
	What  string              `json:"what"`
	When  edtf.Date           `json:"when"`
	Known edtf.Date           `json:"known"`
	Cites []timeline.Citation `json:"cites"`
	Note  string              `json:"note,omitempty"`

	Recorded *Recording `json:"recorded,omitempty"` // nil if it comes from no log
}

// RefOf returns an event as answers name it that know everything.
func (h *History) RefOf(e events.Event) EventRef { return refOf(e, h.title) }

// refOf returns an event whose text names things as titles do.
func refOf(e events.Event, titles words.Titler) EventRef {
	return EventRef{e.Label(), what(e, titles), e.When, e.KnowledgeTime(), citations(e), e.Note, recordingOf(e)}
}

// Sentence is an event as a sentence: "In June 2024: production of the T03 starts at
// Tychy."
func (m EventRef) Sentence() string {
	date := words.In(m.When)
	s := strings.ToUpper(date[:1]) + date[1:] + ": " + m.What
	if m.Known != m.When {
		s += ", known " + words.In(m.Known)
	}
	return s + "."
}

// Source says where an event stands: its name and citations.
func (m EventRef) Source() string { return Join(": ", m.Event, CitationText(m.Cites)) }

// An Onset is when something comes to be so, or may.
type Onset struct {
	When    edtf.Date  `json:"when"`
	Held    edtf.Truth `json:"held"` // possible if it may have come to be so
	Because []EventRef `json:"because"`
}

// onsetOf returns when what is missing comes, nil if it does not.
func (q *Question) onsetOf(m timeline.Missing[events.Payload]) *Onset {
	if m.Later.IsZero() {
		return nil
	}
	return &Onset{m.Later, m.LaterTruth, q.refsOf(m.LaterBecause)}
}

// Sentence says when it comes: "It may come later, in 2030".
func (o *Onset) Sentence() string {
	if o.Held == edtf.Certain {
		return "It comes later, " + words.In(o.When)
	}
	return "It may come later, " + words.In(o.When)
}

// A Correction is an event that corrects others.
type Correction struct {
	EventRef
	Replaced []EventRef `json:"replaced"`
}

func (q *Question) corrections(list []events.Event) []Correction {
	all := []Correction{}
	for _, e := range list {
		c := Correction{q.refOf(e), []EventRef{}}
		for _, id := range e.Replaces {
			if r, ok := q.history.ByID(id); ok {
				c.Replaced = append(c.Replaced, q.refOf(r))
			}
		}
		all = append(all, c)
	}
	return all
}

// Lines says what the event corrects.
func (c *Correction) Lines() []string { return corrected(c.Replaced) }

// corrected says what an event corrects.
func corrected(replaced []EventRef) []string {
	var lines []string
	for _, m := range replaced {
		lines = append(lines, "It corrects: "+m.Sentence()+" ["+m.Source()+"]")
	}
	return lines
}

// both returns the events of two lists, each once.
func both(a, b []EventRef) []EventRef {
	for _, m := range b {
		if !slices.ContainsFunc(a, func(n EventRef) bool { return n.Event == m.Event }) {
			a = append(a, m)
		}
	}
	return a
}

// Behind returns the events that parts of the state rest on, such as "plants" or "plants/Tychy", as the JSON form of
// the state names them: those that have happened by the day, or may have.
func (q *Question) Behind(parts ...string) []EventRef {
	all := []EventRef{}
	var scope []string
	for _, p := range parts {
		scope = append(scope, events.PartsIn(q.all, SplitPointer(p)...)...)
	}
	if len(scope) == 0 {
		return all
	}
	for e := range about(q.history, scope...).Events() {
		if q.happened(e, q.on) != edtf.No {
			all = append(all, q.refOf(e))
		}
	}
	return all
}
