package asof

import (
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Mention is an event that an answer names.
type Mention struct {
	Event string              `json:"event"` // its slug
	What  string              `json:"what"`
	When  edtf.Date           `json:"when"`
	Known edtf.Date           `json:"known"`
	Cites []timeline.Citation `json:"cites"`
	Note  string              `json:"note,omitempty"`
}

// MentionOf returns an event as it is told.
func MentionOf(e events.Event) Mention {
	m := Mention{e.Label(), what(e), e.When, e.Known, citations(e), e.Note}
	if m.Known.IsZero() {
		m.Known = e.When
	}
	return m
}

func mentionsOf(list []events.Event) []Mention {
	all := []Mention{}
	for _, e := range list {
		all = append(all, MentionOf(e))
	}
	return all
}

// Sentence tells an event: "In June 2024: production of the T03 starts at
// Tychy."
func (m Mention) Sentence() string {
	date := when(m.When)
	s := strings.ToUpper(date[:1]) + date[1:] + ": " + m.What
	if m.Known != m.When {
		s += ", known " + when(m.Known)
	}
	return s + "."
}

// source tells where an event stands: its name and citations.
func (m Mention) source() string { return join(": ", m.Event, citationText(m.Cites)) }

// mention writes an event and what else to say of it.
func (p *page) mention(indent int, m Mention, more ...string) {
	p.paragraph(indent, "", m.Sentence())
	for _, line := range append(more, "["+m.source()+"]") {
		p.paragraph(indent+4, "", line)
	}
	if m.Note != "" {
		p.paragraph(indent+4, "", "Note: "+m.Note)
	}
}

// A Coming is when something comes to be so, or may.
type Coming struct {
	When    edtf.Date `json:"when"`
	Because []Mention `json:"because"`
}

func comingOf(date edtf.Date, because []events.Event) *Coming {
	if date.IsZero() {
		return nil
	}
	return &Coming{date, mentionsOf(because)}
}

// comes returns when a target comes to be so, or may, after the day asked about.
// The engine follows what events do; what the calendar makes of plans is in their
// periods.
func (q *Question) comes(t target, missing timeline.Missing[events.Payload]) *Coming {
	if !t.dated() {
		return comingOf(missing.Later, missing.LaterBecause)
	}
	for _, p := range q.when(t).Periods {
		if p.From != nil && p.from.Latest() > q.on {
			return &Coming{p.from, p.Began}
		}
	}
	return nil
}

func (p *page) comes(c *Coming) {
	if c == nil {
		return
	}
	if len(c.Because) == 0 {
		fmt.Fprintf(p, "\n  It comes later, %s, by the calendar alone.\n", when(c.When))
		return
	}
	fmt.Fprintf(p, "\n  It comes later, %s, because:\n", when(c.When))
	for _, m := range c.Because {
		p.mention(4, m)
	}
}

func (p *page) unknown(events []Mention) {
	if len(events) == 0 {
		return
	}
	fmt.Fprintf(p, "\n  It could not be known yet:\n")
	for _, m := range events {
		p.mention(4, m)
	}
}

func (p *page) happenings(heading string, all []Mention) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(p, "\n  %s\n", heading)
	for _, m := range all {
		p.mention(4, m)
	}
}

// A Correction is an event that corrects others.
type Correction struct {
	Mention
	Replaced []Mention `json:"replaced"`
}

func (q *Question) corrections(list []events.Event) []Correction {
	all := []Correction{}
	for _, e := range list {
		c := Correction{MentionOf(e), []Mention{}}
		for _, id := range e.Replaces {
			if r, ok := q.history.ByID(id); ok {
				c.Replaced = append(c.Replaced, MentionOf(r))
			}
		}
		all = append(all, c)
	}
	return all
}

func (p *page) corrections(all []Correction) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(p, "\n  It was told otherwise, and corrected:\n")
	for _, c := range all {
		p.mention(4, c.Mention, c.Lines()...)
	}
}

// Lines tells what the event corrects.
func (c *Correction) Lines() []string { return corrected(c.Replaced) }

// corrected tells what an event corrects.
func corrected(replaced []Mention) []string {
	var lines []string
	for _, m := range replaced {
		lines = append(lines, "It corrects what was told before: "+m.Sentence()+" ["+m.source()+"]")
	}
	return lines
}

// both returns the events of two lists, each once.
func both(a, b []Mention) []Mention {
	for _, m := range b {
		if !slices.ContainsFunc(a, func(n Mention) bool { return n.Event == m.Event }) {
			a = append(a, m)
		}
	}
	return a
}
