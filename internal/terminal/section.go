package terminal

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A section is a part of the state that can be asked for by its name.
type section struct {
	name, title string
	rows        func(events.Report) [][]string
	parts       []string // what it shows, as the JSON form of the state names it
	topics      []string // on which sources may be silent
	byRow       bool     // a row is an entry, and not what has the same first cell
}

// sections is in the order in which a state is printed.
var sections = []section{
	{"company", "Company", companyRows, []string{"company", "brand", "capital", "equity", "listings", "components"}, []string{events.TopicListing}, true},
	{"people", "People", peopleRows, []string{"offices"}, []string{events.TopicPeople}, false},
	{"owners", "Owners", stakeRows, []string{"stakes"}, nil, false},
	{"ventures", "Joint ventures", ventureRows, []string{"ventures"}, nil, false},
	{"models", "Models", modelRows, []string{"models", "concepts", "platforms"}, []string{events.TopicCurrent, events.TopicDiscontinued, events.TopicConcepts}, false},
	{"technologies", "Technologies", technologyRows, []string{"technologies"}, nil, false},
	{"plants", "Plants", plantRows, []string{"plants"}, nil, false},
	{"partnerships", "Partnerships and talks", partnershipRows, []string{"partnerships", "talks"}, nil, true},
	{"markets", "Markets", marketRows, []string{"markets"}, nil, false},
	{"plans", "Plans", planRows, []string{"plans"}, nil, true},
	{"deliveries", "Deliveries", deliveryRows, []string{"deliveries"}, []string{events.TopicSales}, true},
	{"figures", "Figures", figureRows, []string{"figures"}, []string{events.TopicFigures}, true},
	{"milestones", "Milestones", milestoneRows, []string{"milestones"}, nil, false},
	{"context", "Context", contextRows, []string{"context"}, nil, true},
	{"organisations", "Other organisations", organisationRows, []string{"organisations"}, nil, false},
	{"facts", "Other facts", factRows, []string{"facts"}, nil, true},
}

// Sections returns the names of the sections of a state.
func Sections() []string {
	var names []string
	for _, s := range sections {
		names = append(names, s.name)
	}
	return names
}

// sectionNamed returns the section with a name, or nil.
func sectionNamed(name string) *section {
	n := slices.IndexFunc(sections, func(s section) bool { return s.name == name })
	if n < 0 {
		return nil
	}
	return &sections[n]
}

// of returns the answer as far as the section shows it.
func (s *section) of(a *answer.Answer) *answer.Answer {
	one := *a
	one.State = events.Report{}
	from, to := reflect.ValueOf(a.State), reflect.ValueOf(&one.State).Elem()
	for n := range from.NumField() {
		name, _, _ := strings.Cut(from.Type().Field(n).Tag.Get("json"), ",")
		if slices.Contains(s.parts, name) {
			to.Field(n).Set(from.Field(n))
		}
	}
	one.State.Remarks = a.State.Remarks.Filter(func(path string, _ events.Remark) bool { return s.has(path) })
	one.Pending = []answer.Pending{}
	for _, p := range a.Pending {
		p.Changes = slices.DeleteFunc(slices.Clone(p.Changes), func(c answer.Effect) bool { return !s.has(c.Path) })
		if len(p.Changes) > 0 {
			one.Pending = append(one.Pending, p)
		}
	}
	one.NotRecorded = []timeline.Silence{}
	for _, silence := range a.NotRecorded {
		if slices.Contains(s.topics, silence.Topic) || silence.Topic == "" && s.has("/"+silence.Part) {
			one.NotRecorded = append(one.NotRecorded, silence)
		}
	}
	return &one
}

// has reports whether the section shows what is at an address.
func (s *section) has(path string) bool {
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.Contains(s.parts, part)
}

// write prints what of returned, as far as it has some words, with a sentence first.
func (s *section) write(p *page, a *answer.Answer, narrowed []string, again string) error {
	rows, err := s.rowsWith(a, narrowed)
	if err != nil {
		return err
	}
	pending := a.Pending
	if len(narrowed) > 0 {
		pending = slices.DeleteFunc(slices.Clone(pending), func(e answer.Pending) bool { return !hasWords(e.Event+" "+e.What, narrowed) })
	}
	if a.Past() {
		p.lead("The record ends before that day: this is how things stood as far as it goes.")
	}
	if len(rows) == 0 {
		rows = [][]string{{"none recorded"}}
	} else if len(narrowed) == 0 {
		p.lead(a.Lead(s.parts[0]))
	}
	p.section(s.title, rows)
	p.inBrief(pending, again)
	p.section("Not recorded", silenceRows(a))
	return nil
}

// behind says which events a section rests on, as far as it has some words, with their sources. All says that nothing
// was left out of the section.
func (p *page) behind(q *answer.Question, s *section, a *answer.Answer, narrowed []string, all bool) {
	parts := s.parts
	if !all {
		parts = s.entries(a, narrowed)
	}
	refs := q.Behind(parts...)
	if len(parts) == 0 { // its rows are no entries
		refs = slices.DeleteFunc(q.Behind(s.parts...), func(m answer.EventRef) bool { return !hasWords(m.Event+" "+m.What, narrowed) })
	}
	p.happenings("What it rests on:", refs)
	p.sources(q)
}

// entries returns the addresses of the entries of the section that have some words; none if its rows do not
// begin with the names of entries.
func (s *section) entries(a *answer.Answer, narrowed []string) (paths []string) {
	switch {
	case s.name == "plans":
		for key := range a.State.Plans.All() {
			one := events.Report{Plans: a.State.Plans.Filter(func(k string, _ events.PlanReport) bool { return k == key })}
			if slices.ContainsFunc(s.rows(one), func(row []string) bool { return hasWords(strings.Join(row, " "), narrowed) }) {
				paths = append(paths, answer.JoinPointer([]string{"plans", key}))
			}
		}
	case !s.byRow:
		rows, _ := s.rowsWith(a, narrowed) // it was written
		for _, name := range firstCells(rows) {
			for _, part := range s.parts {
				paths = append(paths, answer.JoinPointer([]string{part, name}))
			}
		}
	}
	return paths
}

// lead writes a sentence, if there is one, before a section.
func (p *page) lead(text string) {
	if text == "" {
		return
	}
	p.blank()
	p.prose(0, text)
}

// rowsWith returns the rows that have some words. If no row does, there was a mistake: of a name, or of a
// date, which is then taken for words.
func (s *section) rowsWith(a *answer.Answer, narrowed []string) ([][]string, error) {
	rows := s.rows(a.State)
	all := firstCells(rows)
	rows = slices.DeleteFunc(rows, func(row []string) bool { return !hasWords(strings.Join(row, " "), narrowed) })
	if len(narrowed) > 0 && len(rows) == 0 {
		return nil, s.unknown(narrowed, all)
	}
	return rows, nil
}

// count writes how many entries the section has that have some words.
func (s *section) count(p *page, a *answer.Answer, narrowed []string) error {
	rows, err := s.rowsWith(a, narrowed)
	if err != nil {
		return err
	}
	n := len(rows)
	if !s.byRow {
		n = len(firstCells(rows))
	}
	p.write(strconv.Itoa(n))
	return nil
}

// firstCells returns the different first cells of rows.
func firstCells(rows [][]string) (all []string) {
	for _, row := range rows {
		if !slices.Contains(all, row[0]) {
			all = append(all, row[0])
		}
	}
	return all
}

// unknown says that the section has nothing with some words in it.
func (s *section) unknown(narrowed []string, names []string) error {
	words := strings.Join(narrowed, " ")
	for n := range narrowed {
		if last := strings.Join(narrowed[n:], " "); isDay(last) {
			return fmt.Errorf("%s is asked for on one day, and %q is another", s.name, last)
		}
	}
	if found := near.To(words, names); len(found) > 0 {
		return fmt.Errorf("nothing of %s has %q in it; did you mean %q?", s.name, words, found[0])
	}
	return fmt.Errorf("nothing of %s has %q in it that day, and it is no date either", s.name, words)
}

// isDay reports whether a text is a date as sources write it.
func isDay(text string) bool {
	_, err := edtf.Parse(text)
	return err == nil
}

// hasWords reports whether all words are in a text, whatever their case.
func hasWords(text string, words []string) bool {
	text = strings.ToLower(text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) })
}

// asCommand returns the section as a command, for its help.
func (s *section) asCommand() command {
	return command{
		name: s.name, args: "[WORD] [DATE]", about: "the " + strings.ToLower(s.title[:1]) + s.title[1:] + " on a day",
		more: "With a WORD, only what has it in it.", like: "2024-07-01",
	}
}

// A choice is what a flag leaves of a section.
type choice struct {
	flag, section string
	keep          func(one *events.Report, all events.Report)
}

var choices = []choice{
	{"overdue", "plans", func(r *events.Report, _ events.Report) {
		r.Plans = r.Plans.Filter(func(_ string, p events.PlanReport) bool { return p.Status == events.Overdue })
	}},
	{"on-sale", "models", func(r *events.Report, _ events.Report) {
		r.Models = r.Models.Filter(func(_ string, m events.ModelReport) bool { return m.Status == events.StatusOnSale })
		r.Concepts = r.Concepts.Filter(func(string, events.Concept) bool { return false })
	}},
	{"making", "plants", func(r *events.Report, _ events.Report) { r.Plants = r.Plants.Filter(making) }},
	{"abroad", "plants", func(r *events.Report, all events.Report) {
		r.Plants = r.Plants.Filter(func(_ string, p events.PlantReport) bool {
			return p.Country != "" && (all.Company == nil || p.Country != all.Company.Country)
		})
	}},
}

// making reports whether something is being made at a plant.
func making(_ string, p events.PlantReport) bool {
	for _, m := range p.Models.All() {
		if m.Running() {
			return true
		}
	}
	return false
}
