package events

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Report is a company as it reads on a day. Its JSON form is stable: names
// are added, but not changed or removed. What is not recorded is left out.
type Report struct {
	Company      *Identity                               `json:"company,omitempty"`
	Brand        *Brand                                  `json:"brand,omitempty"`
	Capital      immutable.Table[Raise]                  `json:"capital,omitzero"`
	Offices      immutable.Table[Office]                 `json:"offices,omitzero"`
	Listings     immutable.Table[Listing]                `json:"listings,omitzero"`
	Stakes       immutable.Table[Stake]                  `json:"stakes,omitzero"`
	Ventures     immutable.Table[Venture]                `json:"ventures,omitzero"`
	Models       immutable.Table[ModelReport]            `json:"models,omitzero"`
	Concepts     immutable.Table[Concept]                `json:"concepts,omitzero"`
	Platforms    immutable.Table[immutable.List[string]] `json:"platforms,omitzero"` // the models on each
	Technologies immutable.Table[Technology]             `json:"technologies,omitzero"`
	Components   immutable.List[string]                  `json:"components,omitzero"` // those it makes itself
	Plants       immutable.Table[PlantReport]            `json:"plants,omitzero"`
	Partnerships immutable.Table[Partnership]            `json:"partnerships,omitzero"`
	Talks        immutable.Table[Talks]                  `json:"talks,omitzero"`
	Markets      immutable.Table[Market]                 `json:"markets,omitzero"`
	Plans        immutable.Table[PlanReport]             `json:"plans,omitzero"`
	Deliveries   immutable.Table[Delivery]               `json:"deliveries,omitzero"`
	Context      immutable.Table[Circumstance]           `json:"context,omitzero"`
	Related      immutable.Table[Organisation]           `json:"organisations,omitzero"`
	Facts        immutable.Table[immutable.Table[Fact]]  `json:"facts,omitzero"`
	Equity       *Equity                                 `json:"equity,omitempty"`
	Figures      immutable.Table[Figure]                 `json:"figures,omitzero"`
	Milestones   immutable.Table[Milestone]              `json:"milestones,omitzero"`
	Remarks      immutable.Table[Remark]                 `json:"remarks,omitzero"` // by address
}

// A ModelReport is a model with how far it has come.
type ModelReport struct {
	Status ModelStatus `json:"status"`
	Model
}

// A PlantReport is a plant with what it does with each model.
type PlantReport struct {
	Name         string                            `json:"name,omitzero"`
	City         string                            `json:"city,omitzero"`
	Country      string                            `json:"country,omitzero"`
	Construction edtf.Date                         `json:"constructionStarted,omitzero"`
	Opened       edtf.Date                         `json:"opened,omitzero"`
	Capacity     Number                            `json:"capacity,omitzero"`
	Acquired     edtf.Date                         `json:"acquired,omitzero"`
	From         string                            `json:"from,omitzero"`
	Closed       edtf.Date                         `json:"closed,omitzero"`
	To           string                            `json:"to,omitzero"`
	Models       immutable.Table[ProductionReport] `json:"models,omitzero"`
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
		Capital: c.Capital, Offices: c.Offices, Listings: c.Listings, Stakes: c.Stakes, Ventures: c.Ventures, Concepts: c.Concepts,
		Platforms: c.platforms(), Technologies: c.Technologies, Components: c.Components,
		Partnerships: c.Partnerships, Talks: c.Talks,
		Deliveries: c.Deliveries, Context: c.Context, Related: c.Related, Facts: c.Facts,
		Figures: c.Figures, Milestones: c.Milestones,
	}
	if c.Equity != (Equity{}) {
		r.Equity = &c.Equity
	}
	r.Markets = c.Markets.Filter(func(_ string, m Market) bool { return m != (Market{Region: m.Region}) })
	if !c.Identity.equal(Identity{}) {
		r.Company = &c.Identity
	}
	if c.Brand != (Brand{}) {
		r.Brand = &c.Brand
	}
	r.Models = immutable.Map(c.Models, func(m Model) ModelReport { return ModelReport{m.Status(), m} })
	r.Plants = immutable.Map(c.Plants, func(p Plant) PlantReport {
		return PlantReport{p.Name, p.City, p.Country, p.Construction, p.Opened, p.Capacity, p.Acquired, p.From, p.Closed, p.To, immutable.Map(p.Models, func(m Production) ProductionReport {
			return ProductionReport{m.Status(), m}
		})}
	})
	r.Plans = immutable.Map(c.Plans(), func(p Plan) PlanReport {
		done, _ := p.Done()
		return PlanReport{p.Status(day), done, p}
	})
	r.Remarks = c.remarks()
	return r
}

// Document returns the report of day, which is the company's JSON form; see
// [timeline.Documenter].
func (c Company) Document(day edtf.Day) any { return c.On(day) }

// platforms returns the models of each platform.
func (c Company) platforms() immutable.Table[immutable.List[string]] {
	var t immutable.Table[immutable.List[string]]
	for name, m := range c.Models.All() {
		if m.Platform != "" {
			t = t.Change(m.Platform, func(l *immutable.List[string]) { *l = l.With(name) })
		}
	}
	return t
}

// ModelsOnPlatforms returns the parts of the models that are on some platforms in
// c: what the lists of [Report].Platforms rest on.
func ModelsOnPlatforms(c Company, platforms []string) []string {
	var parts []string
	for name, m := range c.Models.All() {
		if slices.Contains(platforms, m.Platform) {
			parts = append(parts, platform(name)...)
		}
	}
	return parts
}
