package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Plant is a place where cars are made, or where its building has begun.
type Plant struct {
	City         string                      `json:"city,omitzero"`
	Country      string                      `json:"country,omitzero"`
	Construction edtf.Date                   `json:"constructionStarted,omitzero"`
	Models       immutable.Table[Production] `json:"models,omitzero"`
}

func (p Plant) equal(q Plant) bool {
	return p.City == q.City && p.Country == q.Country && p.Construction == q.Construction && p.Models.EqualFunc(q.Models, same)
}

// A Production is the making of one model at one plant.
type Production struct {
	Started    edtf.Date `json:"started"`
	InQuestion edtf.Date `json:"inQuestionSince,omitzero"`
	Ended      edtf.Date `json:"ended,omitzero"`
}

// Running reports whether the production has started and not ended. Being in
// question does not end it.
func (p Production) Running() bool { return !p.Started.IsZero() && p.Ended.IsZero() }

// A ProductionStatus is what a plant does with a model. The zero value means
// that nothing is recorded.
type ProductionStatus string

// What a plant does with a model.
const (
	InProduction   ProductionStatus = "producing"
	ProductionOver ProductionStatus = "ended"
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
	case !p.Ended.IsZero():
		return ProductionOver
	}
	return ""
}

// PlantBuilding says that the building of a plant had begun.
type PlantBuilding struct {
	Plant   string `json:"plant"`
	City    string `json:"city,omitzero"`
	Country string `json:"country,omitzero"`
}

// Type returns plant.construction_started v1.
func (PlantBuilding) Type() Type { return Type{"plant.construction_started", 1} }

// String says what happened, without a date.
func (p PlantBuilding) String() string { return "the building of " + p.Plant + " has begun" }

func (p PlantBuilding) apply(c *Company, o origin) error {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		pl.Construction = o.when
		set(&pl.City, p.City)
		set(&pl.Country, p.Country)
	})
	return nil
}

// ProductionStarted says that a plant began to make a model.
type ProductionStarted struct {
	Plant   string                   `json:"plant"`
	City    string                   `json:"city,omitzero"`
	Country string                   `json:"country,omitzero"`
	Model   string                   `json:"model"`
	Fulfils immutable.List[PlanItem] `json:"fulfils,omitzero"`
}

// Type returns production.started v1.
func (ProductionStarted) Type() Type { return Type{"production.started", 1} }

// String says what happened, without a date.
func (p ProductionStarted) String() string {
	return "production of the " + p.Model + " starts at " + p.Plant
}

func (p ProductionStarted) apply(c *Company, o origin) error {
	if c.Producing(p.Plant, p.Model) {
		return fmt.Errorf("the %s is being made at %s already", p.Model, p.Plant)
	}
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		pl.Models = pl.Models.With(p.Model, Production{Started: o.when})
		set(&pl.City, p.City)
		set(&pl.Country, p.Country)
	})
	return c.fulfil(p.Fulfils, o)
}

// ProductionQuestioned says that the future of a production came into doubt.
// It goes on.
type ProductionQuestioned struct {
	Plant  string `json:"plant"`
	Model  string `json:"model"`
	Reason string `json:"reason,omitzero"`
}

// Type returns production.questioned v1.
func (ProductionQuestioned) Type() Type { return Type{"production.questioned", 1} }

// String says what happened, without a date.
func (p ProductionQuestioned) String() string {
	return "production of the " + p.Model + " at " + p.Plant + " is put in question"
}

func (p ProductionQuestioned) apply(c *Company, o origin) error {
	return c.changeProduction(p.Plant, p.Model, func(m *Production) { m.InQuestion = o.when })
}

// ProductionEnded says that a plant stopped making a model.
type ProductionEnded struct {
	Plant string `json:"plant"`
	Model string `json:"model"`
}

// Type returns production.ended v1.
func (ProductionEnded) Type() Type { return Type{"production.ended", 1} }

// String says what happened, without a date.
func (p ProductionEnded) String() string {
	return "production of the " + p.Model + " ends at " + p.Plant
}

func (p ProductionEnded) apply(c *Company, o origin) error {
	return c.changeProduction(p.Plant, p.Model, func(m *Production) { m.Ended = o.when })
}

// changeProduction changes a production that is running.
func (c *Company) changeProduction(plant, model string, f func(*Production)) error {
	if !c.Producing(plant, model) {
		return fmt.Errorf("the %s is not being made at %s", model, plant)
	}
	c.Plants = c.Plants.Change(plant, func(pl *Plant) { pl.Models = pl.Models.Change(model, f) })
	return nil
}

// A Market is a country or region in which cars are sold.
type Market struct {
	Since edtf.Date `json:"since"`
	By    string    `json:"by,omitzero"` // the seller
}

// MarketEntered says that cars came on sale in a market.
type MarketEntered struct {
	Market  string                   `json:"market"`
	By      string                   `json:"by,omitzero"`
	Fulfils immutable.List[PlanItem] `json:"fulfils,omitzero"`
}

// Type returns market.entered v1.
func (MarketEntered) Type() Type { return Type{"market.entered", 1} }

// String says what happened, without a date.
func (p MarketEntered) String() string { return "sales begin in " + p.Market }

func (p MarketEntered) apply(c *Company, o origin) error {
	c.Markets = c.Markets.With(p.Market, Market{o.when, p.By})
	return c.fulfil(p.Fulfils, o)
}
