package bods

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Release is who publishes statements, and when.
type Release struct {
	Publisher string   // needed
	URL       string   // of the publisher
	License   string   // its address
	Published edtf.Day // needed
	// Person reports whether a holder is a person. If it is nil, those are persons who founded the
	// company or have an office in it.
	Person func(holder string) bool
}

// annotated begins an annotation that has a date in EDTF.
const annotated = "EDTF "

// Write writes the owners of a company as statements, an array of JSON. What is certain is written as
// it is; what is undecided is that of the baseline, with a remark. The error is that of w, or says that
// the release lacks what BODS needs.
func Write(w io.Writer, h *events.History, r Release) error {
	all, err := Statements(h, r)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(all); err != nil {
		return fmt.Errorf("bods: writing: %w", err)
	}
	return nil
}

// Statements returns what [Write] writes.
func Statements(h *events.History, r Release) ([]Statement, error) {
	if r.Publisher == "" || r.Published == 0 {
		return nil, errors.New("bods: a release needs a publisher and the day of publication")
	}
	w := &writer{release: r, state: h.At(edtf.MaxDay).State, told: map[string]string{}}
	w.company = w.record("company")
	for _, day := range knownDays(h) {
		w.holders(h.KnownOn(day), day)
	}
	if len(w.all) == 0 {
		return []Statement{}, nil
	}
	return slices.Concat([]Statement{w.entity()}, w.all), nil
}

// A writer makes statements of a history.
type writer struct {
	release Release
	state   events.Company // in the end
	company string         // its record
	told    map[string]string
	names   []string // of holders
	all     []Statement
	first   edtf.Day
}

// record returns the record of something, by its name.
func (w *writer) record(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("bods:"+w.state.Identity.LegalName+"\n"+name)).String()
}

// knownDays returns the days on which something may have become known for certain, ascending.
func knownDays(h *events.History) []edtf.Day {
	var days []edtf.Day
	for e := range h.Events() {
		if d := e.KnowledgeTime().Latest(); edtf.MinDay <= d && d <= edtf.MaxDay && touchesStakes(e) {
			days = append(days, d)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// touchesStakes reports whether an event may say something of a stake. One without a payload takes back
// another, of which that may be.
func touchesStakes(e events.Event) bool {
	return e.Data == nil || slices.ContainsFunc(e.Data.Scope(), func(part string) bool {
		return part == timeline.AnyPart || part == "stakes" || strings.HasPrefix(part, "stakes/")
	})
}

// holders writes what is known by a day of each holder, where that is new.
func (w *writer) holders(known *events.History, day edtf.Day) {
	for holder := range known.At(edtf.MaxDay).State.Stakes.All() {
		if !slices.Contains(w.names, holder) {
			w.names = append(w.names, holder)
		}
	}
	for _, holder := range w.names { // also those of whom it was taken back
		s := w.relationship(known, holder, day)
		if s == nil {
			continue // nothing was ever told
		}
		text, _ := json.Marshal([]any{s.Details, s.Annotations, s.Status == "closed"}) // it was made to be written
		before := w.told[s.Record]
		if before == string(text) {
			continue
		}
		if w.told[s.Record] = string(text); before == "" {
			s.Status = cmp.Or(s.Status, "new")
			w.all = append(w.all, w.holder(holder, day))
		}
		s.Status = cmp.Or(s.Status, "updated")
		w.all = append(w.all, *s)
	}
}

// statement returns one about a record, as of a day.
func (w *writer) statement(record, kind string, day edtf.Day) Statement {
	if len(w.all) == 0 {
		w.first = day
	}
	return Statement{
		ID:   uuid.NewSHA1(uuid.NameSpaceURL, []byte(record+"\n"+day.String())).String(),
		Date: day.String(), Subject: w.company, Record: record, Type: kind,
		Publication: &Publication{
			Date: w.release.Published.String(), Version: "0.4", License: w.release.License,
			Publisher: Publisher{w.release.Publisher, w.release.URL},
		},
	}
}

// entity returns the statement about the company.
func (w *writer) entity() Statement {
	i := w.state.Identity
	s := w.statement(w.company, "entity", w.first)
	s.Status = "new"
	s.Details = Details{EntityType: &EntityType{"registeredEntity"}, Name: cmp.Or(i.LegalName, i.TradeName, w.company)}
	if i.Country != "" {
		s.Details.Country = &Jurisdiction{Name: i.Country}
	}
	s.Details.Founded = w.date(&s, i.Founded, "/recordDetails/foundingDate")
	s.Details.Dissolved = w.date(&s, i.Dissolved, "/recordDetails/dissolutionDate")
	return s
}

// holder returns the statement about who has a stake.
func (w *writer) holder(name string, day edtf.Day) Statement {
	if w.isPerson(name) {
		s := w.statement(w.record("holder "+name), "person", day)
		s.Status, s.Details = "new", Details{PersonType: "knownPerson", Names: []Name{{Full: name}}}
		return s
	}
	s := w.statement(w.record("holder "+name), "entity", day)
	s.Status, s.Details = "new", Details{EntityType: &EntityType{"legalEntity"}, Name: name}
	return s
}

func (w *writer) isPerson(name string) bool {
	if w.release.Person != nil {
		return w.release.Person(name)
	}
	for f := range w.state.Identity.Founders.All() {
		if f.Name == name {
			return true
		}
	}
	for _, o := range w.state.Offices.All() {
		if o.Holder == name {
			return true
		}
	}
	return false
}

// relationship returns the statement about a stake, or nil if nothing of it was ever held.
func (w *writer) relationship(known *events.History, holder string, day edtf.Day) *Statement {
	s := w.statement(w.record("stake "+holder), "relationship", day)
	s.Details = Details{Interested: Party{Record: w.record("holder " + holder)}, OfCompany: Party{Record: w.company}}
	for c := range timeline.Track(known, events.StakeOf(holder)) {
		if _, high := c.Value.Bounds(); high == 0 {
			continue
		}
		n := len(s.Details.Interests)
		pointer := fmt.Sprintf("/recordDetails/interests/%d", n)
		i := Interest{Type: "shareholding", Direct: "unknown", Share: shareOf(c.Value)}
		if i.Share == nil {
			i.Details = c.Value.String()
		}
		if len(c.Others) > 0 || c.Undecided {
			s.Annotations = append(s.Annotations, Annotation{pointer + "/share", "commenting", "undecided: " + c.String()})
		}
		i.Start = w.date(&s, c.From, pointer+"/startDate")
		i.End = w.date(&s, c.Until, pointer+"/endDate")
		s.Details.Interests = append(s.Details.Interests, i)
		if !c.Until.IsZero() {
			s.Status = "closed"
		} else {
			s.Status = ""
		}
	}
	if len(s.Details.Interests) == 0 {
		if w.told[s.Record] == "" {
			return nil
		}
		s.Status = "closed" // what was told is taken back
	}
	return &s
}

// date returns a date as BODS has it, and notes it in EDTF if that is not all that is known.
func (w *writer) date(s *Statement, d edtf.Date, pointer string) string {
	if d.IsZero() {
		return ""
	}
	first, last := d.Bounds()
	if first == last && edtf.MinDay <= first && last <= edtf.MaxDay && d.String() == first.String() {
		return first.String()
	}
	s.Annotations = append(s.Annotations, Annotation{pointer, "commenting", annotated + d.String()})
	if first < edtf.MinDay || last > edtf.MaxDay || first.String()[:len(first.String())-3] != last.String()[:len(last.String())-3] {
		return ""
	}
	return first.String()[:len(first.String())-2] + "01"
}
