package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Plant is a place where cars are made, or where its building has begun.
type Plant struct {
	City         string                      `json:"city,omitzero"`
	Country      string                      `json:"country,omitzero"`
	Construction edtf.Date                   `json:"constructionStarted,omitzero"`
	Acquired     edtf.Date                   `json:"acquired,omitzero"`
	From         string                      `json:"from,omitzero"` // who had it before
	Closed       edtf.Date                   `json:"closed,omitzero"`
	To           string                      `json:"to,omitzero"` // who has it now, if it was sold
	Models       immutable.Table[Production] `json:"models,omitzero"`
}

func (p Plant) equal(q Plant) bool {
	return p.City == q.City && p.Country == q.Country && p.Construction == q.Construction && p.Acquired == q.Acquired &&
		p.From == q.From && p.Closed == q.Closed && p.To == q.To && p.Models.EqualFunc(q.Models, same)
}

// A Production is the making of one model at one plant.
type Production struct {
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
		fill(&pl.Construction, o.when)
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
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		pl.Models = pl.Models.Change(p.Model, func(m *Production) { m.start(o.when) })
		set(&pl.City, p.City)
		set(&pl.Country, p.Country)
	})
	c.fulfil(p.Fulfils, o)
	return nil
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
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.InQuestion = o.when })
	return nil
}

// ProductionAffirmed says that the future of a production is no longer in doubt.
type ProductionAffirmed struct {
	Plant string `json:"plant"`
	Model string `json:"model"`
}

// Type returns production.affirmed v1.
func (ProductionAffirmed) Type() Type { return Type{"production.affirmed", 1} }

// String says what happened, without a date.
func (p ProductionAffirmed) String() string {
	return "production of the " + p.Model + " at " + p.Plant + " is no longer in question"
}

func (p ProductionAffirmed) apply(c *Company, o origin) error {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.InQuestion = edtf.Date{} })
	return nil
}

// ProductionPaused says that a plant stopped making a model for the time being.
type ProductionPaused struct {
	Plant  string `json:"plant"`
	Model  string `json:"model"`
	Reason string `json:"reason,omitzero"`
}

// Type returns production.paused v1.
func (ProductionPaused) Type() Type { return Type{"production.paused", 1} }

// String says what happened, without a date.
func (p ProductionPaused) String() string {
	return "production of the " + p.Model + " pauses at " + p.Plant
}

func (p ProductionPaused) apply(c *Company, o origin) error {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { fill(&m.Paused, o.when) })
	return nil
}

// ProductionResumed says that a plant makes a model again after a pause.
type ProductionResumed struct {
	Plant string `json:"plant"`
	Model string `json:"model"`
}

// Type returns production.resumed v1.
func (ProductionResumed) Type() Type { return Type{"production.resumed", 1} }

// String says what happened, without a date.
func (p ProductionResumed) String() string {
	return "production of the " + p.Model + " resumes at " + p.Plant
}

func (p ProductionResumed) apply(c *Company, o origin) error {
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.start(o.when) })
	return nil
}

// PlantAcquired says that the company bought a plant, or took it over.
type PlantAcquired struct {
	Plant   string `json:"plant"`
	City    string `json:"city,omitzero"`
	Country string `json:"country,omitzero"`
	From    string `json:"from,omitzero"`
	Price   Money  `json:"price,omitzero"`
}

// Type returns plant.acquired v1.
func (PlantAcquired) Type() Type { return Type{"plant.acquired", 1} }

// String says what happened, without a date.
func (p PlantAcquired) String() string {
	s := p.Plant + " is bought"
	if p.From != "" {
		s += " from " + p.From
	}
	return s + forPrice(p.Price)
}

func (p PlantAcquired) apply(c *Company, o origin) error {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		if pl.Acquired.IsZero() || !pl.Closed.IsZero() {
			pl.Acquired, pl.From = o.when, p.From
		}
		pl.Closed, pl.To = edtf.Date{}, ""
		set(&pl.City, p.City)
		set(&pl.Country, p.Country)
	})
	return nil
}

// PlantClosed says that the company closed a plant, or sold it. What is made there ends
// by events of its own.
type PlantClosed struct {
	Plant string `json:"plant"`
	To    string `json:"to,omitzero"` // who bought it
	Price Money  `json:"price,omitzero"`
}

// Type returns plant.closed v1.
func (PlantClosed) Type() Type { return Type{"plant.closed", 1} }

// String says what happened, without a date.
func (p PlantClosed) String() string {
	if p.To != "" {
		return p.Plant + " is sold to " + p.To + forPrice(p.Price)
	}
	return p.Plant + " is closed"
}

func (p PlantClosed) apply(c *Company, o origin) error {
	c.Plants = c.Plants.Change(p.Plant, func(pl *Plant) {
		fill(&pl.Closed, o.when)
		set(&pl.To, p.To)
	})
	return nil
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
	c.changeProduction(p.Plant, p.Model, o, func(m *Production) { m.end(o.when) })
	return nil
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

// A Market is a country or region in which cars are sold.
type Market struct {
	Since edtf.Date `json:"since"`
	By    string    `json:"by,omitzero"`   // the seller
	Left  edtf.Date `json:"left,omitzero"` // when sales ended
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
	c.Markets = c.Markets.Change(p.Market, func(m *Market) {
		if m.Since.IsZero() || !m.Left.IsZero() {
			*m = Market{Since: o.when}
		}
		set(&m.By, p.By)
	})
	c.fulfil(p.Fulfils, o)
	return nil
}

// MarketLeft says that cars are no longer sold in a market.
type MarketLeft struct {
	Market string `json:"market"`
	Reason string `json:"reason,omitzero"`
}

// Type returns market.left v1.
func (MarketLeft) Type() Type { return Type{"market.left", 1} }

// String says what happened, without a date.
func (p MarketLeft) String() string { return "sales end in " + p.Market }

func (p MarketLeft) apply(c *Company, o origin) error {
	c.Markets = c.Markets.Change(p.Market, func(m *Market) { fill(&m.Left, o.when) })
	return nil
}
