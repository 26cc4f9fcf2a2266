package wikidata

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/slug"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Options is how an item is read. The zero value is English, and the only item of the file.
type Options struct {
	Item      string      // the item that is meant, such as Q42, if the file has several
	Languages []string    // of names, the best first; English if there are none
	Names     []io.Reader // further files that have the names of items and properties
}

// A Left is something of an item that is not in the history.
type Left struct {
	Statement string // its ID; empty if it is about a property
	Property  string // such as P571
	Name      string // of the property, if it is known
	Reason    string
}

// String says what is left out, and why: "P856 (official website): not understood".
func (l Left) String() string {
	s := l.Property
	if l.Name != l.Property {
		s += " (" + l.Name + ")"
	}
	if l.Statement != "" {
		s += ", statement " + l.Statement
	}
	return s + ": " + l.Reason
}

// Read reads an item. Name is what errors call the file. What it does not understand is listed. It is an error if
// the file is no JSON of items, or if the events of the item contradict each other.
func Read(file io.Reader, name string, o Options) (*seeds.HistoryForm, []Left, error) {
	all, err := readEntities(file, name)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{names: all, languages: o.Languages, sources: map[string]string{}, keys: map[string]bool{"wikidata": true}, slugs: slug.Set{}, owned: map[string]bool{}, rivals: map[string][]rival{}}
	if len(r.languages) == 0 {
		r.languages = []string{"en", "mul"}
	}
	if r.item, err = itemOf(all, o.Item, name); err != nil {
		return nil, nil, err
	}
	for n, more := range o.Names {
		named, err := readEntities(more, "names "+strconv.Itoa(n+1))
		if err != nil {
			return nil, nil, err
		}
		for id, e := range named {
			if r.names[id] == nil {
				r.names[id] = e
			}
		}
	}
	if err := r.read(name); err != nil {
		return nil, nil, err
	}
	return r.form, r.leftOut, nil
}

// itemOf returns the item that is meant.
func itemOf(all map[string]*entity, id, name string) (*entity, error) {
	var with []string
	for _, k := range sortedKeys(all) {
		if strings.HasPrefix(k, "Q") && len(all[k].Claims) > 0 {
			with = append(with, k)
		}
	}
	switch {
	case id != "" && all[id] != nil:
		return all[id], nil
	case id != "":
		return nil, fmt.Errorf("wikidata: %s has no item %s; it has %s", name, id, strings.Join(with, ", "))
	case len(with) == 1:
		return all[with[0]], nil
	case len(with) == 0:
		return nil, fmt.Errorf("wikidata: %s has no item with statements", name)
	}
	return nil, fmt.Errorf("wikidata: %s has several items, %s; say which one is meant", name, strings.Join(with, ", "))
}

// A reader makes a history of an item.
type reader struct {
	item      *entity
	names     map[string]*entity
	languages []string
	modified  edtf.Day // the last day that the item can speak of

	form    *seeds.HistoryForm
	sources map[string]string // the keys of references, by title and address
	keys    map[string]bool   // of sources
	slugs   slug.Set
	owned   map[string]bool    // organisations that were told of
	rivals  map[string][]rival // by what of
	leftOut []Left
}

// name returns the name of an item or a property, or its number.
func (r *reader) name(id string) string {
	if e := r.names[id]; e != nil {
		if label := e.label(r.languages); label != "" {
			return label
		}
	}
	if known := propertyNames[id]; known != "" {
		return known
	}
	return id
}

func (r *reader) title() string { return r.name(r.item.ID) }

// left lists what is not in the history of a statement.
func (r *reader) left(s *statement, reason string) {
	l := Left{s.ID, s.Main.Property, r.name(s.Main.Property), reason}
	if !slices.Contains(r.leftOut, l) {
		r.leftOut = append(r.leftOut, l)
	}
}

func (r *reader) read(name string) error {
	at, err := time.Parse(time.RFC3339, r.item.Modified)
	if err != nil {
		return fmt.Errorf("wikidata: %s does not say when %s was last modified, which is the last day that it speaks of", name, r.item.ID)
	}
	r.modified = edtf.DayOf(at)
	r.form = &seeds.HistoryForm{
		Format: seeds.Format, Title: r.title(), Namespace: "https://www.wikidata.org/entity/" + r.item.ID,
		Horizon: edtf.Between(r.modified, r.modified),
		Sources: []seeds.Source{{
			Key: "wikidata", Title: r.title() + " (" + r.item.ID + ")", Publisher: "Wikidata", Licence: "CC0 1.0",
			Address: "https://www.wikidata.org/wiki/" + r.item.ID, Retrieved: edtf.Between(r.modified, r.modified),
		}},
		Events: []seeds.EventForm{},
	}
	for _, k := range kinds {
		for n := range r.item.Claims[k.property] {
			r.statement(k.property, &r.item.Claims[k.property][n], k.take)
		}
	}
	r.settleRivals()
	r.others()
	return r.check(name)
}

// statement makes the events of a statement.
func (r *reader) statement(property string, s *statement, take func(*reader, *statement)) {
	s.Main.Property = property
	if rivals := []string{"P571", "P576", "P159", "P1448", "P2139", "P2295", "P1128"}; s.Rank == "deprecated" && !slices.Contains(rivals, property) {
		r.left(s, "it is deprecated")
		return
	}
	take(r, s)
	r.understood(s)
}

// others lists the properties that are not understood.
func (r *reader) others() {
	types := map[string]bool{}
	for _, e := range r.form.Events {
		types[e.Type] = true
	}
	understood := map[string]bool{}
	for _, k := range kinds {
		understood[k.property] = true
	}
	for _, p := range absorbed {
		understood[p] = types["company.founded"] && p != "P1366" || types["company.dissolved"] && p == "P1366"
	}
	for _, p := range sortedKeys(r.item.Claims) {
		switch {
		case understood[p]:
		case slices.Contains(absorbed, p):
			r.leftOut = append(r.leftOut, Left{"", p, r.name(p), "there is no event that it is part of"})
		default:
			r.leftOut = append(r.leftOut, Left{"", p, r.name(p), "not understood"})
		}
	}
}

// event adds an event with a title, and returns its slug.
func (r *reader) event(s *statement, title string, when edtf.Date, p events.Payload) string {
	stored, err := events.Codec().Encode(p)
	if err != nil {
		r.left(s, err.Error())
		return ""
	}
	name := r.slugs.Of(title, "statement")
	r.form.Events = append(r.form.Events, seeds.EventForm{Slug: name, Type: stored.Type, Version: stored.Version, When: when, Data: stored.Data, Cites: r.cites(s)})
	return name
}

func (r *reader) lastEvent() *seeds.EventForm { return &r.form.Events[len(r.form.Events)-1] }

// rival notes that the event of a statement disagrees with others about the same.
func (r *reader) rival(event, about string, s *statement) {
	if event == "" {
		return
	}
	e := r.lastEvent()
	switch s.Rank {
	case "preferred":
		e.Rank = timeline.RankPreferred
	case "deprecated":
		e.Rank = timeline.RankDeprecated
	}
	r.rivals[about] = append(r.rivals[about], rival{len(r.form.Events) - 1, s})
}

// A rival is an event that may disagree with others, and the statement that it is of.
type rival struct {
	place int
	of    *statement
}

// settleRivals makes rivals of those events of which there are several. One that is alone has its rank for
// nothing, and if it is deprecated, it is listed and left out.
func (r *reader) settleRivals() {
	out := map[int]bool{}
	for _, about := range slices.Sorted(maps.Keys(r.rivals)) {
		rivals := r.rivals[about]
		for _, one := range rivals {
			e := &r.form.Events[one.place]
			switch {
			case len(rivals) > 1:
				e.Rival = about
			case e.Rank == timeline.RankDeprecated:
				r.left(one.of, "it is deprecated")
				out[one.place] = true
			default:
				e.Rank = timeline.RankNormal
			}
		}
	}
	kept := []seeds.EventForm{} // and not null
	for n, e := range r.form.Events {
		if !out[n] {
			kept = append(kept, e)
		}
	}
	r.form.Events = kept
}

// cites returns the statement, and the references that it has.
func (r *reader) cites(s *statement) []timeline.Citation {
	all := []timeline.Citation{{Source: "wikidata", Section: s.Main.Property}}
	for _, ref := range s.References {
		if key := r.source(&ref); key != "" {
			all = append(all, timeline.Citation{Source: key})
		}
	}
	return all
}

// source adds the source of a reference, and returns its key; "" if it names none.
func (r *reader) source(ref *reference) string {
	var source seeds.Source
	dates := map[string]*edtf.Date{"P577": &source.Published, "P813": &source.Retrieved}
	for _, p := range sortedKeys(ref.Snaks) {
		for _, s := range ref.Snaks[p] {
			if s.Type != "value" {
				continue
			}
			switch p {
			case "P248", "P143": // stated in, imported from
				if source.Title == "" || p == "P248" {
					source.Title = r.value(&s)
				}
			case "P1476":
				source.Title = s.written()
			case "P854", "P4656":
				source.Address = s.written()
			case "P123":
				source.Publisher = r.value(&s)
			case "P577", "P813":
				if d, err := s.date(); err == nil {
					*dates[p] = d
				}
			}
		}
	}
	if source.Title == "" {
		source.Title = source.Address
	}
	if source.Title == "" {
		return ""
	}
	id := fmt.Sprint(source.Title, "\n", source.Address, "\n", source.Published)
	if r.sources[id] == "" {
		source.Key = slug.Of(source.Title)
		if len(source.Key) > 40 || source.Key == "" {
			source.Key = "reference"
		}
		for n, key := 2, source.Key; r.keys[source.Key]; n++ {
			source.Key = key + "-" + strconv.Itoa(n)
		}
		r.sources[id], r.keys[source.Key] = source.Key, true
		r.form.Sources = append(r.form.Sources, source)
	}
	return r.sources[id]
}

// numberOf returns a quantity, or one between bounds if it has some.
func numberOf(amount, lower, upper string, factor float64) (events.Number, error) {
	values := []float64{}
	for _, text := range []string{amount, lower, upper} {
		if text == "" {
			text = amount
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return events.Number{}, err
		}
		values = append(values, scaled(n, factor))
	}
	if values[1] < values[2] && values[1] <= values[0] && values[0] <= values[2] {
		return events.Between(values[1], values[2]), nil
	}
	return events.Exactly(values[0]), nil
}

// scaled multiplies, without what is there only because of how fractions are kept.
func scaled(n, factor float64) float64 {
	if factor == 1 {
		return n
	}
	v, _ := strconv.ParseFloat(strconv.FormatFloat(n*factor, 'g', 12, 64), 64) // it is a number
	return v
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
		return fmt.Errorf("wikidata: %s makes no history:\n%s", name, strings.Join(lines, "\n"))
	}
	return err
}

// placed says of a fault which event it is of.
func (r *reader) placed(f seeds.Fault) string {
	if n, field, ok := r.form.EventAt(f); ok {
		return strings.TrimSpace(r.form.Events[n].Slug+" "+field) + ": " + f.Reason
	}
	return f.Pointer + ": " + f.Reason
}
