package bods

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/slug"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Options is how statements are read.
type Options struct {
	Subject   string // the record of the company, or its name; the only subject of declarations if it is empty
	Published bool   // what is declared became known when it was published, not when it was declared
	// Rounded says that the first day of a month as a start or an end is any day of that month, as the
	// standard allows publishers to write.
	Rounded bool
}

// A Left is a statement, or a part of one, that is not in the history.
type Left struct {
	Statement string // its statementId
	Reason    string
}

// String says what is left out, and why.
func (l Left) String() string { return l.Statement + ": " + l.Reason }

// Read makes a history of the statements about a company. Name is what errors call the file.
func Read(r io.Reader, name string, o Options) (*seeds.HistoryForm, []Left, error) {
	all, err := readStatements(r, name)
	if err != nil {
		return nil, nil, err
	}
	rd := &reader{Options: o, all: all, names: map[string]string{}, slugs: slug.Set{}, sources: map[string]bool{}}
	rd.nameRecords()
	if rd.company, err = rd.subject(name); err != nil {
		return nil, nil, err
	}
	if err := rd.read(name); err != nil {
		return nil, nil, err
	}
	return rd.form, rd.leftOut, nil
}

// A reader makes a history of statements.
type reader struct {
	Options
	all     []Statement
	names   map[string]string // of entities and persons, by record: the last that is told
	company string            // its record

	form    *seeds.HistoryForm
	slugs   slug.Set
	sources map[string]bool
	leftOut []Left
}

func (r *reader) left(s *Statement, format string, args ...any) {
	r.leftOut = append(r.leftOut, Left{s.ID, fmt.Sprintf(format, args...)})
}

func (r *reader) nameRecords() {
	for n := range r.all {
		d := &r.all[n].Details
		switch {
		case d.Name != "":
			r.names[r.all[n].Record] = d.Name
		case len(d.Names) > 0:
			r.names[r.all[n].Record] = d.Names[0].Full
		}
	}
}

// name returns the name of a record, or the record.
func (r *reader) name(record string) string { return cmp.Or(r.names[record], record) }

// subject returns the record of the company that is meant.
func (r *reader) subject(name string) (string, error) {
	var subjects []string
	for n := range r.all {
		s := &r.all[n]
		if r.Subject != "" && s.Type == "entity" && (s.Record == r.Subject || s.Details.Name == r.Subject) {
			return s.Record, nil
		}
		if s.Subject != "" && !slices.Contains(subjects, s.Subject) {
			subjects = append(subjects, s.Subject)
		}
	}
	switch {
	case len(subjects) == 0:
		return "", fmt.Errorf("bods: %s has no statements with a declarationSubject", name)
	case r.Subject == "" && len(subjects) == 1:
		return subjects[0], nil
	}
	for n, s := range subjects {
		subjects[n] = fmt.Sprintf("%s (%s)", s, r.name(s))
	}
	if r.Subject != "" {
		return "", fmt.Errorf("bods: %s has no entity %q; it is about %s", name, r.Subject, strings.Join(subjects, ", "))
	}
	return "", fmt.Errorf("bods: %s is about several, %s; say which one is meant", name, strings.Join(subjects, ", "))
}

func (r *reader) read(name string) error {
	title := r.name(r.company)
	r.form = &seeds.HistoryForm{
		Format: seeds.Format, Title: title, Namespace: "bods:" + r.company, Sources: []seeds.Source{}, Events: []seeds.EventForm{},
	}
	var records []string
	versions := map[string][]*Statement{}
	for n := range r.all {
		s := &r.all[n]
		if versions[s.Record] == nil {
			records = append(records, s.Record)
		}
		versions[s.Record] = append(versions[s.Record], s)
	}
	for _, id := range records {
		slices.SortStableFunc(versions[id], func(a, b *Statement) int { return cmp.Compare(a.Date, b.Date) })
		r.record(versions[id])
	}
	slices.SortStableFunc(r.form.Events, func(a, b seeds.EventForm) int { return cmp.Compare(a.Known.Latest(), b.Known.Latest()) })
	return r.check(name)
}

// record makes the events of the statements of one record.
func (r *reader) record(versions []*Statement) {
	switch s := versions[0]; {
	case s.Type == "entity" && s.Record == r.company:
		r.entity(versions)
	case s.Type == "entity" || s.Type == "person": // it has the name of a holder
	case s.Type == "relationship":
		r.relationship(versions)
	default:
		r.left(s, "there is no record type %q", s.Type)
	}
}

// known returns when a statement became known.
func (r *reader) known(s *Statement) edtf.Date {
	text := s.Date
	if p := s.Publication; p != nil && (r.Published || text == "") {
		text = p.Date
	}
	d, err := dayOf(text)
	if err != nil {
		r.left(s, "its date %q is none", text)
	}
	return d
}

// date returns a date of a statement: what an annotation has of it in EDTF, or what stands there.
func (r *reader) date(s *Statement, pointer, text string) edtf.Date {
	for _, a := range s.Annotations {
		if written, ok := strings.CutPrefix(a.Description, annotated); ok && a.Target == pointer {
			if d, err := edtf.Parse(written); err == nil {
				return d
			}
		}
	}
	d, err := dayOf(text)
	if err != nil {
		r.left(s, "%s: %q is no day", pointer, text)
	}
	if r.Rounded && strings.HasSuffix(text, "-01") {
		return edtf.MustParse(text[:len("2006-01")])
	}
	return d
}

// event adds an event with a title, and returns its slug. One without a payload takes back what it replaces.
func (r *reader) event(s *Statement, title string, when edtf.Date, p events.Payload) string {
	e := seeds.EventForm{When: when, Known: r.known(s), Cites: r.cites(s)}
	if p != nil {
		stored, err := events.Codec().Encode(p)
		if err != nil {
			r.left(s, "%v", err)
			return ""
		}
		e.Type, e.Version, e.Data = stored.Type, stored.Version, stored.Data
	}
	if when.IsZero() {
		r.left(s, "it does not say when, nor when it was declared")
		return ""
	}
	e.Slug = r.slugs.Of(title, "statement")
	r.form.Events = append(r.form.Events, e)
	return e.Slug
}

func (r *reader) lastEvent() *seeds.EventForm { return &r.form.Events[len(r.form.Events)-1] }

// cites returns the publisher or the source of a statement, and its ID.
func (r *reader) cites(s *Statement) []timeline.Citation {
	source := seeds.Source{Title: "BODS statements"}
	if p := s.Publication; p != nil {
		source.Publisher = p.Publisher.Name
		source.Licence = p.License
		source.Address = p.Publisher.URL
		source.Title = cmp.Or(p.Publisher.Name, p.Publisher.URL, source.Title)
	}
	if s.Source != nil {
		source.Title = cmp.Or(s.Source.Description, source.Title)
		source.Address = cmp.Or(s.Source.URL, source.Address)
	}
	source.Key = cmp.Or(slug.Of(source.Title), "bods")
	if !r.sources[source.Key] {
		r.sources[source.Key] = true
		r.form.Sources = append(r.form.Sources, source)
	}
	return []timeline.Citation{{Source: source.Key, Section: "statement " + s.ID}}
}

// check reads the history as a history file.
func (r *reader) check(name string) error {
	_, err := r.form.Load(name)
	var faults seeds.Faults
	if errors.As(err, &faults) {
		var lines []string
		for _, f := range faults {
			lines = append(lines, f.Pointer+": "+f.Reason)
		}
		return fmt.Errorf("bods: %s makes no history:\n%s", name, strings.Join(lines, "\n"))
	}
	return err
}
