package events

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A Report is a company as it reads on a day. Its JSON form is stable: names
// are added, but not changed or removed. What is not recorded is left out.
type Report struct {
	Company      *Identity           `json:"company,omitempty"`
	Brand        *Brand              `json:"brand,omitempty"`
	Capital      Table[Raise]        `json:"capital,omitzero"`
	Stakes       Table[Stake]        `json:"stakes,omitzero"`
	Ventures     Table[Venture]      `json:"ventures,omitzero"`
	Models       Table[ModelReport]  `json:"models,omitzero"`
	Concepts     Table[Concept]      `json:"concepts,omitzero"`
	Platforms    Table[List[string]] `json:"platforms,omitzero"` // the models on each
	Technologies Table[Technology]   `json:"technologies,omitzero"`
	Components   List[string]        `json:"components,omitzero"` // those it makes itself
	Plants       Table[PlantReport]  `json:"plants,omitzero"`
	Partnerships Table[Partnership]  `json:"partnerships,omitzero"`
	Talks        Table[Talks]        `json:"talks,omitzero"`
	Markets      Table[Market]       `json:"markets,omitzero"`
	Plans        Table[PlanReport]   `json:"plans,omitzero"`
	Deliveries   Table[Delivery]     `json:"deliveries,omitzero"`
	Context      Table[Circumstance] `json:"context,omitzero"`
	Related      Table[Organisation] `json:"organisations,omitzero"`
}

// A ModelReport is a model with how far it has come.
type ModelReport struct {
	Status ModelStatus `json:"status"`
	Model
}

// A PlantReport is a plant with what it does with each model.
type PlantReport struct {
	City         string                  `json:"city,omitzero"`
	Country      string                  `json:"country,omitzero"`
	Construction edtf.Date               `json:"constructionStarted,omitzero"`
	Models       Table[ProductionReport] `json:"models,omitzero"`
}

// A ProductionReport is a production with its status.
type ProductionReport struct {
	Status ProductionStatus `json:"status"`
	Production
}

// A PlanReport is a plan with where it stands on the day.
type PlanReport struct {
	Status PlanStatus `json:"status"`
	Done   int        `json:"done,omitzero"` // how many of the things it is for
	Plan
}

// On returns c as it reads on day, which should be that of the snapshot it
// comes from.
func (c Company) On(day edtf.Day) Report {
	r := Report{
		Capital: c.Capital, Stakes: c.Stakes, Ventures: c.Ventures, Concepts: c.Concepts,
		Platforms: c.platforms(), Technologies: c.Technologies, Components: c.Components,
		Partnerships: c.Partnerships, Talks: c.Talks, Markets: c.Markets,
		Deliveries: c.Deliveries, Context: c.Context, Related: c.Related,
	}
	if c.Founded() {
		r.Company = &c.Identity
	}
	if c.Brand != (Brand{}) {
		r.Brand = &c.Brand
	}
	r.Models = mapTable(c.Models, func(m Model) ModelReport { return ModelReport{m.Status(), m} })
	r.Plants = mapTable(c.Plants, func(p Plant) PlantReport {
		return PlantReport{p.City, p.Country, p.Construction, mapTable(p.Models, func(m Production) ProductionReport {
			return ProductionReport{m.Status(), m}
		})}
	})
	r.Plans = mapTable(c.Plans(), func(p Plan) PlanReport {
		done, _ := p.Done()
		return PlanReport{p.Status(day), done, p}
	})
	return r
}

// Document returns the report of day, which is the company's JSON form; see
// [timeline.Documenter].
func (c Company) Document(day edtf.Day) any { return c.On(day) }

// platforms returns the models of each platform.
func (c Company) platforms() Table[List[string]] {
	var t Table[List[string]]
	for name, m := range c.Models.All() {
		if m.Platform != "" {
			t = t.change(m.Platform, func(l *List[string]) { *l = ListOf(append(ListOf(l.items...).items, name)...) })
		}
	}
	return t
}

// mapTable returns the table of f of each value.
func mapTable[V, W any](t Table[V], f func(V) W) Table[W] {
	rows := make([]*row[W], 0, len(t.rows))
	for _, r := range t.rows {
		rows = append(rows, &row[W]{r.name, f(r.value)})
	}
	return Table[W]{rows}
}
