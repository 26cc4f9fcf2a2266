package events

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Figure is a number that was reported for a period, such as the revenue of a year.
type Figure struct {
	Figure   string    `json:"figure"`
	Of       string    `json:"of,omitzero"` // a model, plant or market; empty for the company
	Period   edtf.Date `json:"period"`
	Value    Number    `json:"value"`
	Unit     string    `json:"unit,omitzero"`
	Basis    string    `json:"basis,omitzero"`
	Reported edtf.Date `json:"reported"` // when it was last told
}

// FigureReported says that a number was reported for a period: "revenue", "profit" (a
// loss is less than 0), "gross margin", "production", "exports", "registrations",
// "orders". Deliveries have an event of their own: see [DeliveriesRecorded].
type FigureReported struct {
	Figure string    `json:"figure"`
	Of     string    `json:"of,omitzero"` // a model, plant or market; empty for the company
	Period edtf.Date `json:"period"`
	Value  Number    `json:"value"`
	Unit   string    `json:"unit,omitzero"`  // a currency such as "CNY", "%", or what is counted, such as "cars"
	Basis  string    `json:"basis,omitzero"` // how it was counted, or by whom
}

func (p FigureReported) String() string {
	return figureOf(p.Figure, p.Of) + " (" + p.Period.English() + "): " + p.Value.In(p.Unit).String()
}

func (p FigureReported) check() error { return p.Value.needed() }

func (p FigureReported) apply(c *Company, o origin) {
	c.Figures = c.Figures.With(figureKey(p.Figure, p.Of, p.Period), Figure{p.Figure, p.Of, p.Period, p.Value.In(p.Unit), p.Unit, p.Basis, o.when})
}

// figureKey returns "revenue 2024", or "exports of T03 2024".
func figureKey(figure, of string, period edtf.Date) string {
	return strings.TrimSpace(figureOf(figure, of) + " " + period.String())
}

func figureOf(figure, of string) string {
	if of == "" {
		return figure
	}
	return figure + " of " + of
}

// FigureOf returns what was last reported of a period; a number that is not told if
// nothing was. The empty subject stands for the company.
func (c Company) FigureOf(figure, subject string, period edtf.Date) Number {
	f, _ := c.Figures.Get(figureKey(figure, subject, period))
	return f.Value
}

// FigureOf asks for a figure of a period, which is written as a date: the revenue of
// 2024, or of 2024-33, its first quarter. The empty subject stands for the company.
func FigureOf(figure, subject string, period edtf.Date) timeline.Question[Company, Number] {
	key := figureKey(figure, subject, period)
	return of(key, func(c Company) Number { return c.FigureOf(figure, subject, period) }, "figures/"+key).About(TopicFigures)
}

// A Milestone is something that was reached, such as the 100,000th car.
type Milestone struct {
	Plant   string    `json:"plant,omitzero"`
	Model   string    `json:"model,omitzero"`
	Count   Number    `json:"count,omitzero"`
	Reached edtf.Date `json:"reached"`
}

// MilestoneReached says that something was reached, such as the 100,000th car. The first
// time counts.
type MilestoneReached struct {
	Milestone string `json:"milestone"`
	Plant     string `json:"plant,omitzero"`
	Model     string `json:"model,omitzero"`
	Count     Number `json:"count,omitzero"`
}

func (p MilestoneReached) String() string { return "reached: " + p.Milestone }

func (p MilestoneReached) apply(c *Company, o origin) {
	c.Milestones = c.Milestones.Change(p.Milestone, func(m *Milestone) {
		fill(m, Milestone{p.Plant, p.Model, p.Count, o.when})
	})
}

// MilestoneOf asks when a milestone was reached: the zero Date if it was not.
func MilestoneOf(milestone string) timeline.Question[Company, edtf.Date] {
	return about("when "+milestone+" was reached", "milestones/"+milestone, func(c Company) edtf.Date {
		m, _ := c.Milestones.Get(milestone)
		return m.Reached
	})
}
