package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Production is the making of one model at one plant.
type Production struct {
	Maker      string    `json:"maker,omitzero"` // who makes it, if not the company
	For        string    `json:"for,omitzero"`   // for whom it is made, if not for the company
	Started    edtf.Date `json:"started"`
	InQuestion edtf.Date `json:"inQuestionSince,omitzero"`
	Paused     edtf.Date `json:"pausedSince,omitzero"`
	Ended      edtf.Date `json:"ended,omitzero"`
	Remark     Remark    `json:"remark,omitzero"`
}

// Running reports whether the production has started, is not paused and has not ended.
// Being in question does not end it.
func (p Production) Running() bool { return p.goesOn() && p.Paused.IsZero() }

// goesOn reports whether the production has started and not ended.
func (p Production) goesOn() bool { return !p.Started.IsZero() && p.Ended.IsZero() }

// start starts m, unless it goes on, and ends a pause of it.
func (m *Production) start(when edtf.Date) {
	if !m.goesOn() {
		*m = Production{Started: when}
	}
	m.Paused = edtf.Date{}
}

// end ends m, and a pause of it.
func (m *Production) end(when edtf.Date) {
	fill(&m.Ended, when)
	m.Paused = edtf.Date{}
}

// A ProductionStatus is what a plant does with a model. The zero value means
// that nothing is recorded.
type ProductionStatus string

// What a plant does with a model.
const (
	InProduction     ProductionStatus = "producing"
	ProductionOnHold ProductionStatus = "paused"
	ProductionOver   ProductionStatus = "ended"
	// ProductionUnbegun is of one that ended, and of which no beginning is told.
	ProductionUnbegun ProductionStatus = "ended, no beginning recorded"
)

// String returns the word, or "nothing recorded".
func (s ProductionStatus) String() string {
	if s == "" {
		return "nothing recorded"
	}
	return string(s)
}

// Status returns what the plant does with the model.
func (p Production) Status() ProductionStatus {
	switch {
	case p.Running():
		return InProduction
	case p.goesOn():
		return ProductionOnHold
	case !p.Ended.IsZero() && p.Started.IsZero():
		return ProductionUnbegun
	case !p.Ended.IsZero():
		return ProductionOver
	}
	return ""
}

// ProductionStarted says that a plant began to make a model.
type ProductionStarted struct {
	Plant   string                   `json:"plant"`
	City    string                   `json:"city,omitzero"`
	Country string                   `json:"country,omitzero"`
	Model   string                   `json:"model"`
	Maker   string                   `json:"maker,omitzero"` // who makes it under contract, if not the company
	For     string                   `json:"for,omitzero"`   // for whom the company makes it under contract
	Fulfils immutable.List[PlanItem] `json:"fulfils,omitzero"`
}

func (p ProductionStarted) String() string {
	return "production of the " + p.Model + " starts at " + p.Plant
}

func (p ProductionStarted) apply(c *Company, o origin) {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		pl.Models = pl.Models.Change(p.Model, func(m *Production) {
			m.start(o.when)
			set(&m.Maker, p.Maker)
			set(&m.For, p.For)
		})
		pl.at(p.City, p.Country)
	})
	c.fulfil(p.Fulfils, o)
}

// ProductionQuestioned says that the future of a production came into doubt.
// It goes on.
type ProductionQuestioned struct {
	Plant  string `json:"plant"`
	Model  string `json:"model"`
	Reason string `json:"reason,omitzero"`
}

func (p ProductionQuestioned) String() string {
	return "production of the " + p.Model + " at " + p.Plant + " is put in question"
}

func (p ProductionQuestioned) apply(c *Company, o origin) {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.InQuestion = o.when })
}

// ProductionAffirmed says that the future of a production is no longer in doubt.
type ProductionAffirmed struct {
	Plant string `json:"plant"`
	Model string `json:"model"`
}

func (p ProductionAffirmed) String() string {
	return "production of the " + p.Model + " at " + p.Plant + " is no longer in question"
}

func (p ProductionAffirmed) apply(c *Company, o origin) {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.InQuestion = edtf.Date{} })
}

// ProductionPaused says that a plant stopped making a model for the time being.
type ProductionPaused struct {
	Plant  string `json:"plant"`
	Model  string `json:"model"`
	Reason string `json:"reason,omitzero"`
}

func (p ProductionPaused) String() string {
	return "production of the " + p.Model + " pauses at " + p.Plant
}

func (p ProductionPaused) apply(c *Company, o origin) {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { fill(&m.Paused, o.when) })
}

// ProductionResumed says that a plant makes a model again after a pause.
type ProductionResumed struct {
	Plant string `json:"plant"`
	Model string `json:"model"`
}

func (p ProductionResumed) String() string {
	return "production of the " + p.Model + " resumes at " + p.Plant
}

func (p ProductionResumed) apply(c *Company, o origin) {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.start(o.when) })
}

// ProductionEnded says that a plant stopped making a model.
type ProductionEnded struct {
	Plant string `json:"plant"`
	Model string `json:"model"`
}

func (p ProductionEnded) String() string {
	return "production of the " + p.Model + " ends at " + p.Plant
}

func (p ProductionEnded) apply(c *Company, o origin) {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.end(o.when) })
}

// changeProduction changes a production, with a remark if no beginning of it is told.
func (c *Company) changeProduction(plant, model string, o origin, f func(*Production)) {
	c.Plants = c.Plants.Change(plant, func(pl *Plant) {
		pl.Models = pl.Models.Change(model, func(m *Production) {
			begun := !m.Started.IsZero()
			if f(m); !begun {
				m.Remark = Remark{"the " + model + " was made at " + plant, o.label, "when that began"}
			}
		})
	})
}
