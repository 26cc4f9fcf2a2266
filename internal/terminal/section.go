package terminal

import (
	"reflect"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A section is a part of the state that can be asked for by its name.
type section struct {
	name, title string
	rows        func(events.Report) [][]string
	parts       []string // what it shows, as the JSON form of the state names it
	topics      []string // on which sources may be silent
}

// sections is in the order in which a state is printed.
var sections = []section{
	{"company", "Company", companyRows, []string{"company", "brand", "capital", "equity", "listings", "components"}, []string{events.TopicListing}},
	{"people", "People", peopleRows, []string{"offices"}, []string{events.TopicPeople}},
	{"owners", "Owners", stakeRows, []string{"stakes"}, nil},
	{"ventures", "Joint ventures", ventureRows, []string{"ventures"}, nil},
	{"models", "Models", modelRows, []string{"models", "concepts", "platforms"}, []string{events.TopicCurrent, events.TopicDiscontinued, events.TopicConcepts}},
	{"technologies", "Technologies", technologyRows, []string{"technologies"}, nil},
	{"plants", "Plants", plantRows, []string{"plants"}, nil},
	{"partnerships", "Partnerships and talks", partnershipRows, []string{"partnerships", "talks"}, nil},
	{"markets", "Markets", marketRows, []string{"markets"}, nil},
	{"plans", "Plans", planRows, []string{"plans"}, nil},
	{"deliveries", "Deliveries", deliveryRows, []string{"deliveries"}, []string{events.TopicSales}},
	{"figures", "Figures", figureRows, []string{"figures"}, []string{events.TopicFigures}},
	{"milestones", "Milestones", milestoneRows, []string{"milestones"}, nil},
	{"context", "Context", contextRows, []string{"context"}, nil},
	{"organisations", "Other organisations", organisationRows, []string{"organisations"}, nil},
	{"facts", "Other facts", factRows, []string{"facts"}, nil},
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

// write prints what of returned.
func (s *section) write(p *page, a *answer.Answer) {
	rows := s.rows(a.State)
	if len(rows) == 0 {
		rows = [][]string{{"none recorded"}}
	}
	p.section(s.title, rows)
	p.undecided(a.Pending)
	p.section("Not recorded", silenceRows(a))
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
