package table

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/fields"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/internal/slug"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// A builder makes events of the rows of a table.
type builder struct {
	*sheet
	mapping Mapping
	dates   dateReader
	slugs   slug.Set
	form    *seeds.HistoryForm
	made    []made
	sources map[string]string // the keys of those there are, by name
	keys    slug.Set
	remarks []seeds.Fault
	ordered bool // it was said what the dates show of their order
}

// made is where an event comes from.
type made struct {
	row    row
	event  *eventTemplate
	fields map[string]int // the column of each field of the data
}

// An eventTemplate is an [Event] whose texts were read.
type eventTemplate struct {
	Event
	kind, when, known, slug, note, key, title, publisher, address template
	set                                                           map[string]template
}

// parse reads the texts of the mapping.
func (b *builder) parse() []*eventTemplate {
	var all []*eventTemplate
	for _, e := range b.mapping.Events {
		t := &eventTemplate{
			Event: e,
			kind:  b.parseTemplate(e.Type), when: b.columnTemplate(e.When), known: b.columnTemplate(e.Known),
			slug: b.parseTemplate(e.Slug), note: b.parseTemplate(e.Note),
			key: b.parseTemplate(e.Source.Key), title: b.parseTemplate(e.Source.Title),
			publisher: b.parseTemplate(e.Source.Publisher), address: b.parseTemplate(e.Source.Address),
			set: map[string]template{},
		}
		for _, name := range slices.Sorted(maps.Keys(e.Set)) {
			t.set[name] = b.parseTemplate(e.Set[name])
		}
		if e.Type == "" || e.When == "" {
			b.fault(position{1, 1}, "", "of an event the mapping must say its type and when it happened")
		}
		b.checkTypes(e)
		b.checkFields(t)
		all = append(all, t)
	}
	return all
}

// checkTypes reports types of events that there are not.
func (b *builder) checkTypes(e Event) {
	names := slices.Sorted(maps.Values(e.Types))
	if !strings.Contains(e.Type, "{") && e.Type != "" {
		names = append(names, e.Type)
	}
	for _, name := range slices.Compact(names) {
		if _, ok := events.PrototypeOf(name); !ok {
			b.fault(position{1, 1}, "", "there is no event type %q%s", name, meant(name, events.TypeNames()))
		}
	}
}

// checkFields reports fields that the type of an event does not have, if all rows are of one type.
func (b *builder) checkFields(t *eventTemplate) {
	p, ok := events.PrototypeOf(t.Type)
	if !ok {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(t.set)) {
		if _, err := fieldType(reflect.TypeOf(p), strings.Split(name, ".")); err != nil {
			b.fault(position{1, 1}, "", "%v", err)
		}
	}
}

// build makes the events of all rows that are asked for.
func (b *builder) build() {
	before := len(b.faults)
	templates := b.parse()
	only := b.only()
	if len(b.faults) > before {
		return // each row would have them again
	}
	for _, r := range b.rows {
		if !slices.ContainsFunc(only, func(w wanted) bool { return strings.TrimSpace(r.cells[w.column]) != w.text }) {
			for _, t := range templates {
				b.event(t, r)
			}
		}
	}
	if len(b.mapping.Events) == 0 {
		b.fault(position{1, 1}, "", "the mapping says of no events that rows tell of")
	} else if len(b.form.Events) == 0 && len(b.faults) == 0 {
		b.fault(position{1, 1}, "", "no row is of what is asked for")
	}
}

// wanted is what a cell of a row must be.
type wanted struct {
	column int
	text   string
}

func (b *builder) only() []wanted {
	var all []wanted
	for _, title := range slices.Sorted(maps.Keys(b.mapping.Only)) {
		if n := b.column(title); n >= 0 {
			all = append(all, wanted{n, b.mapping.Only[title]})
		}
	}
	return all
}

// untold reports whether a cell tells nothing.
func (b *builder) untold(cell string) bool {
	cell = strings.TrimSpace(cell)
	return cell == "" || slices.ContainsFunc(b.mapping.Cells.Untold, func(word string) bool { return strings.EqualFold(strings.TrimSpace(word), cell) })
}

// text returns the text of a template for a row.
func (b *builder) text(t template, r row) (string, bool) {
	text, missing := t.fill(r, b.untold)
	if missing >= 0 {
		b.fault(r.at[missing], b.titles[missing], "the cell tells nothing; put what may be left out with it between brackets, or a column of its own")
	}
	return text, missing < 0
}

// event makes the event of a row.
func (b *builder) event(t *eventTemplate, r row) {
	before := len(b.faults)
	if t.Optional && !slices.ContainsFunc(t.when.columns(), func(n int) bool { return !b.untold(r.cells[n]) }) {
		return
	}
	e := seeds.EventForm{Version: 1}
	b.date(&e, t, r)
	at := r.at[max(0, t.kind.first())]
	kind, _ := b.text(t.kind, r)
	if mapped, ok := t.Types[kind]; ok {
		kind = mapped
	}
	p, ok := events.PrototypeOf(kind)
	if !ok {
		if kind != "" || len(b.faults) == before {
			b.fault(at, b.title(t.kind), "there is no event type %q%s", kind, meant(kind, append(events.TypeNames(), slices.Sorted(maps.Keys(t.Types))...)))
		}
		return
	}
	e.Type, e.Version = kind, events.TypeOf(p).Version
	var columns map[string]int
	if e.Data, columns = b.data(t, r, reflect.TypeOf(p)); len(b.faults) > before {
		return
	}
	e.Note, _ = b.text(t.note, r)
	e.Cites = b.cites(t, r)
	b.name(&e, t, r)
	b.form.Events = append(b.form.Events, e)
	b.made = append(b.made, made{r, t, columns})
}

// title returns the title of the first column of a template.
func (b *builder) title(t template) string {
	if n := t.first(); n >= 0 {
		return b.titles[n]
	}
	return ""
}

// date reads when an event happened and became known.
func (b *builder) date(e *seeds.EventForm, t *eventTemplate, r row) {
	for _, one := range []struct {
		from template
		name string
	}{{t.when, "when"}, {t.known, "known"}} {
		column := one.from.first()
		if column < 0 && len(one.from.parts) == 0 {
			continue
		}
		at := r.at[max(0, column)]
		text, ok := b.text(one.from, r)
		switch {
		case !ok:
		case text == "" && one.name == "when":
			b.fault(at, b.title(one.from), "the cell tells no date")
		case text != "":
			d, remark, err := b.dates.date(text)
			if err != nil {
				b.fault(at, b.title(one.from), "%s", b.dateReason(err, one.from))
			}
			if remark != "" {
				b.remarks = append(b.remarks, seeds.Fault{File: b.sheet.name, Line: at.line, Column: at.column, Pointer: b.title(one.from), Reason: remark})
			}
			if one.name == "when" {
				e.When = d
			} else {
				e.Known = d
			}
		}
	}
}

// dateReason says why a date cannot be read. Of the first that has two meanings it says what the
// column shows of them.
func (b *builder) dateReason(err error, from template) string {
	reason := strings.TrimPrefix(err.Error(), "edtf: ")
	if n := from.single(); strings.Contains(reason, "two meanings") && n >= 0 && !b.ordered {
		b.ordered = true
		reason += orderOf(b.rows, n)
	}
	return reason
}

// name gives an event its slug.
func (b *builder) name(e *seeds.EventForm, t *eventTemplate, r row) {
	text, _ := b.text(t.slug, r)
	if text == "" {
		text = sentenceOf(e)
	}
	e.Slug = b.slugs.Of(text, fmt.Sprintf("line-%d", r.at[0].line))
}

// cites says where a row is from: its source, or its line of the table.
func (b *builder) cites(t *eventTemplate, r row) []citation {
	name, _ := b.text(t.key, r)
	if name == "" {
		return []citation{{Source: b.mapping.Source.Key, Section: fmt.Sprintf("line %d", r.at[0].line)}}
	}
	key := b.sources[name]
	if key == "" {
		key = b.keys.Of(name, "source")
		b.sources[name] = key
		s := seeds.Source{Key: key}
		s.Title, _ = b.text(t.title, r)
		s.Publisher, _ = b.text(t.publisher, r)
		s.Address, _ = b.text(t.address, r)
		s.Title = cmp.Or(s.Title, name)
		b.form.Sources = append(b.form.Sources, s)
	}
	return []citation{{Source: key}, {Source: b.mapping.Source.Key, Section: fmt.Sprintf("line %d", r.at[0].line)}}
}

// head returns a history without events for a table with a name.
func (m *Mapping) head(name string) *seeds.HistoryForm {
	base := path.Base(name)
	title := strings.TrimSuffix(base, path.Ext(base))
	m.Source.Key = cmp.Or(m.Source.Key, "table")
	m.Source.Title = cmp.Or(m.Source.Title, base)
	return &seeds.HistoryForm{
		Format: seeds.Format, Title: cmp.Or(m.Title, title), Namespace: cmp.Or(m.Namespace, "table:"+title),
		Horizon: m.Horizon, Sources: []seeds.Source{m.Source},
	}
}

// meant returns "; did you mean ...?" if one of names is near to name.
func meant(name string, names []string) string {
	if found := near.To(name, names); len(found) > 0 {
		return fmt.Sprintf("; did you mean %q?", found[0])
	}
	return ""
}

// fieldNames returns the names of the fields of a struct.
func fieldNames(t reflect.Type) []string {
	var names []string
	for _, f := range fields.Of(t) {
		names = append(names, f.Name)
	}
	return names
}
