package explorer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A panel shows one thing: why a value is as it is, or all of an event.
type panel struct {
	Close string
	Why   *whyPanel
	Event *eventPanel
}

func (v *view) panel() (*panel, error) {
	p := &panel{Close: step("why", "", "event", "")}
	switch {
	case v.why != "":
		x, err := v.q.Why(v.why)
		if err != nil {
			return nil, &badRequest{err, pageParams}
		}
		p.Why = v.whyPanel(x)
		return p, nil
	case v.event != "":
		p.Event = v.eventPanel()
		return p, nil
	}
	return nil, nil
}

// A whyPanel explains a value.
type whyPanel struct {
	*answer.Explanation
	Reasons   []whyReason
	Unknown   []citedEvent
	Corrected []citedEvent
	Comes     []citedEvent
	ComesWhen string
	Course    []courseRow
	Claims    []claimRow
	API       string
}

type whyReason struct {
	Opening string
	Because []citedEvent
}

// A citedEvent is an event with the places in the sources that report it.
type citedEvent struct {
	eventRef
	Lines []string
	Cites []cite
}

// A cite is a place in a source.
type cite struct {
	timeline.Citation
	Text, Address string
}

type courseRow struct{ From, Value string }

type claimRow struct {
	Link, Event, Rank, Value, Sources string
}

func (v *view) whyPanel(x *answer.Explanation) *whyPanel {
	w := &whyPanel{Explanation: x, API: v.api("/api/why?" + v.withPath(x.Path))}
	for n, r := range x.Reasons {
		reason := whyReason{Opening: x.Opening(n)}
		for m := range r.Because {
			c := &r.Because[m]
			reason.Because = append(reason.Because, v.cited(c.EventRef, c.Effects(m == 0)...))
		}
		w.Reasons = append(w.Reasons, reason)
	}
	for _, m := range x.Unknown {
		w.Unknown = append(w.Unknown, v.cited(m))
	}
	for n := range x.Corrected {
		w.Corrected = append(w.Corrected, v.cited(x.Corrected[n].EventRef, x.Corrected[n].Lines()...))
	}
	if x.Comes != nil {
		w.ComesWhen = x.Comes.Sentence()
		for _, m := range x.Comes.Because {
			w.Comes = append(w.Comes, v.cited(m))
		}
	}
	for _, c := range x.Claims {
		w.Claims = append(w.Claims, claimRow{eventLink(c.Event), c.Event, wordOf(c.Rank), answer.Alternatives(x.Field(), c.Values), strings.Join(c.Sources, ", ")})
	}
	if v.course == nil {
		v.course, _ = v.q.Track(x.Path) // it is an address
	}
	if len(v.course.Changes) > 1 {
		for _, t := range v.course.Changes {
			row := courseRow{"at first", answer.Alternatives(x.Field(), t.Values)}
			if t.From != nil {
				row.From = t.From.English()
			}
			w.Course = append(w.Course, row)
		}
	}
	return w
}

// api returns an address of the API, or nothing if there is none.
func (v *view) api(address string) string {
	if v.exported {
		return ""
	}
	return address
}

func (v *view) withPath(path string) string {
	q := v.apiQuery()
	q.Set("path", path)
	return q.Encode()
}

// cited returns an event with its sources.
func (v *view) cited(m answer.EventRef, lines ...string) citedEvent {
	e := citedEvent{eventRef: eventRef{EventRef: m, Link: eventLink(m.Event)}, Lines: lines}
	for _, c := range m.Cites {
		e.Cites = append(e.Cites, v.cite(c))
	}
	return e
}

// cite returns a citation with the title and the address of its source.
func (v *view) cite(c timeline.Citation) cite {
	one := cite{Citation: c, Text: c.String()}
	for _, s := range v.ed.File.Sources {
		if s.Key == c.Source {
			one.Address = webAddress(s.Address)
			one.Text = s.Title
			if s.Publisher != "" {
				one.Text += ", " + s.Publisher
			}
			one.Text += placeIn(c)
		}
	}
	return one
}

// placeIn is the place in a source: ", “History”, paragraph 2, sentence 1".
func placeIn(c timeline.Citation) string {
	text := ""
	if c.Section != "" {
		text += ", “" + c.Section + "”"
	}
	if c.Paragraph > 0 {
		text += fmt.Sprintf(", paragraph %d", c.Paragraph)
	}
	if c.Sentence > 0 {
		text += fmt.Sprintf(", sentence %d", c.Sentence)
	}
	return text
}

// webAddress returns an address if it leads to the web, and nothing if it leads
// anywhere else.
func webAddress(s string) string {
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// An eventPanel shows all of an event.
type eventPanel struct {
	citedEvent
	Type, Data    string
	Had           string
	Day, OnDay    string // the page of its day
	Rivals        []eventRef
	Replaces      []eventRef
	ReplacedBy    []eventRef
	After         []eventRef
	NotKnown      bool // it could not be known then, or is not of the source
	KnownSameTime bool
}

func (v *view) eventPanel() *eventPanel {
	e, _ := v.ed.find(v.event)
	m := v.ed.RefOf(e)
	p := &eventPanel{citedEvent: v.cited(m), KnownSameTime: m.Known == m.When}
	if day, ok := dayToShow(e.When); ok {
		p.OnDay, p.Day = words.Day(day), goTo(day)
	}
	if e.Data != nil {
		p.Type = events.TypeOf(e.Data).Name
		if forms, err := eventlog.Encode(events.Codec(), e); err == nil && len(forms) == 1 {
			p.Data = indented(forms[0].Data.Data)
		}
	}
	p.Rank = wordOf(e.Rank)
	p.NotKnown = true
	for _, row := range v.q.Events().Events {
		if row.Event == v.event {
			p.NotKnown, p.Had = false, row.Had(v.here.on)
		}
	}
	for other := range v.ed.File.Timeline.Events() {
		ref := eventRef{EventRef: v.ed.RefOf(other), Link: eventLink(other.Label()), Rank: wordOf(other.Rank)}
		switch {
		case other.ID == e.ID:
			continue
		case slices.Contains(e.Replaces, other.ID):
			p.Replaces = append(p.Replaces, ref)
		case slices.Contains(other.Replaces, e.ID):
			p.ReplacedBy = append(p.ReplacedBy, ref)
		case e.Rival != "" && other.Rival == e.Rival:
			p.Rivals = append(p.Rivals, ref)
		case slices.Contains(e.After, other.ID):
			p.After = append(p.After, ref)
		}
	}
	return p
}

// wordOf returns the rank of an event among its rivals, empty if it is normal.
func wordOf(r timeline.Rank) string {
	if r == timeline.RankNormal {
		return ""
	}
	return r.String()
}

// dayToShow returns the day on which one sees what happened: that by which it
// certainly had, or the first on which it may have, or false if there is none.
func dayToShow(when edtf.Date) (edtf.Day, bool) {
	for _, day := range []edtf.Day{when.Latest(), when.Earliest()} {
		if day >= edtf.MinDay && day <= edtf.MaxDay {
			return day, true
		}
	}
	return 0, false
}

func indented(text []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return string(text)
	}
	return b.String()
}
