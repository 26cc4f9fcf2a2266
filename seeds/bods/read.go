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
	Statement string // its statementId; empty if it is about several
	Reason    string
}

// String says what is left out, and why.
func (l Left) String() string {
	if l.Statement == "" {
		return l.Reason
	}
	return l.Statement + ": " + l.Reason
}

// Read makes a history of the statements about a company. Name is what errors call the file. It
// returns which statements were left out, and why. The error says what makes the file as a whole
// unusable, or is that of r.
func Read(r io.Reader, name string, o Options) (*seeds.HistoryForm, []Left, error) {
	all, err := readStatements(r, name)
	if err != nil {
		return nil, nil, err
	}
	rd := &reader{Options: o, all: all, names: map[string]string{}, slugs: slug.Set{}, sources: map[string]string{}, keys: slug.Set{}, held: map[string]string{}}
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
	sources map[string]string // their keys, by title and address
	keys    slug.Set
	held    map[string]string // which relationship has the holding of a holder
	leftOut []Left
	between int // records of relationships between others
}

func (r *reader) left(s *Statement, format string, args ...any) {
	if l := (Left{s.ID, fmt.Sprintf(format, args...)}); !slices.Contains(r.leftOut, l) {
		r.leftOut = append(r.leftOut, l)
	}
}

// nameRecords names entities and persons. Those that share a name have the record behind it.
func (r *reader) nameRecords() {
	for n := range r.all {
		if name := r.all[n].Details.name(); name != "" {
			r.names[r.all[n].Record] = name
		}
	}
	of := map[string]int{}
	for _, name := range r.names {
		of[name]++
	}
	for record, name := range r.names {
		if of[name] > 1 {
			r.names[record] = fmt.Sprintf("%s (%s)", name, record)
		}
	}
}

// name returns the name of a record, or the record.
func (r *reader) name(record string) string { return cmp.Or(r.names[record], record) }

// subject returns the record of the company that is meant.
func (r *reader) subject(name string) (string, error) {
	var subjects, called []string
	seen := map[string]bool{}
	for n := range r.all {
		s := &r.all[n]
		if s.Type == "entity" && s.Record == r.Subject {
			return s.Record, nil
		}
		if s.Type == "entity" && r.Subject != "" && s.Details.Name == r.Subject && !slices.Contains(called, s.Record) {
			called = append(called, s.Record)
		}
		if s.Subject != "" && !seen[s.Subject] {
			seen[s.Subject] = true
			subjects = append(subjects, s.Subject)
		}
	}
	switch {
	case len(called) == 1:
		return called[0], nil
	case len(called) > 1:
		return "", fmt.Errorf("bods: %s has several entities %q, with the records %s; say which one is meant", name, r.Subject, strings.Join(called, ", "))
	case len(subjects) == 0:
		return "", fmt.Errorf("bods: %s has no statements with a declarationSubject, as BODS 0.4 has them", name)
	case r.Subject == "" && len(subjects) == 1:
		return subjects[0], nil
	}
	more := ""
	if len(subjects) > 8 {
		more = fmt.Sprintf(" and %d more", len(subjects)-8)
		subjects = subjects[:8]
	}
	for n, s := range subjects {
		subjects[n] = fmt.Sprintf("%s (%s)", s, r.name(s))
	}
	if r.Subject != "" {
		return "", fmt.Errorf("bods: %s has no entity %q; it is about %s%s", name, r.Subject, strings.Join(subjects, ", "), more)
	}
	return "", fmt.Errorf("bods: %s is about several, %s%s; say which one is meant", name, strings.Join(subjects, ", "), more)
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
		r.inOrder(versions[id])
		r.record(versions[id])
	}
	if r.between > 0 {
		r.leftOut = append(r.leftOut, Left{"", fmt.Sprintf("%d records of relationships between others", r.between)})
	}
	slices.SortStableFunc(r.form.Events, func(a, b seeds.EventForm) int { return cmp.Compare(a.Known.Latest(), b.Known.Latest()) })
	return r.check(name)
}

// inOrder puts the statements of a record in the order in which they were declared, or published if it is not said when; of
// one day the new one first and the one that closes it last.
func (r *reader) inOrder(versions []*Statement) {
	status := map[string]int{"new": -1, "closed": 1}
	slices.SortStableFunc(versions, func(a, b *Statement) int {
		return cmp.Or(cmp.Compare(a.declared(), b.declared()), cmp.Compare(status[a.Status], status[b.Status]))
	})
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
	if first, last := d.Bounds(); r.Rounded && !d.IsZero() && first == last && strings.HasSuffix(first.String(), "-01") {
		return edtf.MustParse(strings.TrimSuffix(first.String(), "-01"))
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
	id := source.Title + "\n" + source.Address
	if known := r.sources[id]; known != "" {
		source.Key = known
	} else {
		source.Key = r.keys.Of(source.Title, "bods")
		r.sources[id] = source.Key
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
			lines = append(lines, r.placed(f))
		}
		return fmt.Errorf("bods: %s makes no history:\n%s", name, strings.Join(lines, "\n"))
	}
	return err
}

// placed says of a fault which statement it comes from.
func (r *reader) placed(f seeds.Fault) string {
	n, field, ok := r.form.EventAt(f)
	if !ok {
		return f.Pointer + ": " + f.Reason
	}
	e := &r.form.Events[n]
	return fmt.Sprintf("%s, event %s: %s", e.Cites[0].Section, strings.TrimSpace(e.Slug+" "+field), f.Reason)
}
