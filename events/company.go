package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Company is a car maker on some date: everything that follows from what has
// happened. The zero value is one of which nothing is known. It is a value:
// changing a copy changes nothing else.
type Company struct {
	Identity     Identity
	Brand        Brand
	Capital      immutable.Table[Raise] // by event
	Stakes       immutable.Table[Stake] // by holder
	Ventures     immutable.Table[Venture]
	Models       immutable.Table[Model]
	Concepts     immutable.Table[Concept]
	Technologies immutable.Table[Technology]
	Components   immutable.List[string]       // those it makes itself
	Offices      immutable.Table[Office]      // by what they are
	Listings     immutable.Table[Listing]     // by stock exchange
	Plants       immutable.Table[Plant]       // by name
	Partnerships immutable.Table[Partnership] // by key
	Talks        immutable.Table[Talks]       // by key
	Markets      immutable.Table[Market]
	Deliveries   immutable.Table[Delivery]              // by model and period
	Context      immutable.Table[Circumstance]          // by event
	Related      immutable.Table[Organisation]          // other organisations, by name
	Facts        immutable.Table[immutable.Table[Fact]] // properties of anything, by what they are of and what they are

	plans immutable.Table[Plan] // also those that were only referred to
}

// Equal reports whether c and d say the same.
func (c Company) Equal(d Company) bool {
	return c.Identity.equal(d.Identity) && c.Brand == d.Brand &&
		c.Capital.EqualFunc(d.Capital, same) && c.Stakes.EqualFunc(d.Stakes, same) && c.Ventures.Equal(d.Ventures) &&
		c.Models.EqualFunc(d.Models, Model.equal) && c.Concepts.EqualFunc(d.Concepts, same) &&
		c.Offices.EqualFunc(d.Offices, same) && c.Listings.EqualFunc(d.Listings, same) &&
		c.Technologies.Equal(d.Technologies) && c.Components.Equal(d.Components) &&
		c.Plants.EqualFunc(d.Plants, Plant.equal) && c.Partnerships.Equal(d.Partnerships) &&
		c.Talks.EqualFunc(d.Talks, same) && c.Markets.EqualFunc(d.Markets, same) && c.Deliveries.EqualFunc(d.Deliveries, same) &&
		c.Context.EqualFunc(d.Context, same) && c.Related.Equal(d.Related) && c.Facts.Equal(d.Facts) && c.plans.EqualFunc(d.plans, Plan.equal)
}

// same reports whether a == b, as a function.
func same[V comparable](a, b V) bool { return a == b }

// Topics of the questions of this package, on which a history may declare that its
// sources are silent.
const (
	TopicCurrent      = "current models"
	TopicDiscontinued = "discontinued models"
	TopicConcepts     = "concept vehicles"
	TopicSales        = "sales figures"
)

// Topics returns the topics that the questions of this package are about.
func Topics() []string {
	return []string{TopicCurrent, TopicDiscontinued, TopicConcepts, TopicSales}
}

// Founded reports whether the company exists: whether it has been founded and, since
// then, not been dissolved.
func (c Company) Founded() bool { return !c.Identity.Founded.IsZero() && c.Identity.Dissolved.IsZero() }

// StakeOf returns the share that holder has, which is 0 until a purchase is
// closed.
func (c Company) StakeOf(holder string) Percent {
	s, _ := c.Stakes.Get(holder)
	return s.Percent
}

// Raised returns the capital raised so far: the largest total recorded, or no
// amount.
func (c Company) Raised() Money {
	var most Money
	for _, r := range c.Capital.All() {
		if r.Total && r.Amount.hundredths > most.hundredths {
			most = r.Amount
		}
	}
	return most
}

// Model returns the named model; the zero Model if it has not been heard of.
func (c Company) Model(name string) Model {
	m, _ := c.Models.Get(name)
	return m
}

// Revealed reports whether the model has been presented to the public as a
// product.
func (c Company) Revealed(model string) bool { return !c.Model(model).Revealed.IsZero() }

// OnSale reports whether the model has been launched and not discontinued.
func (c Company) OnSale(model string) bool { return c.Model(model).Status() == StatusOnSale }

// Discontinued reports whether the end of the model is recorded.
func (c Company) Discontinued(model string) bool {
	return c.Model(model).Status() == StatusDiscontinued
}

// DeliveriesOf returns how many cars of the model were delivered in a period,
// which is written as a date; the empty model stands for all of them.
func (c Company) DeliveriesOf(model string, period edtf.Date) Recorded[int] {
	d, ok := c.Deliveries.Get(deliveryKey(model, period))
	return Recorded[int]{d.Count, ok}
}

// Producing reports whether the model is being made at the plant. It still is
// while its production is in question.
func (c Company) Producing(plant, model string) bool {
	p, _ := c.Plants.Get(plant)
	m, _ := p.Models.Get(model)
	return m.Running()
}

// PlantsOutside returns the plants at which something is being made, in
// countries other than the given one. A plant whose country is not recorded is
// left out.
func (c Company) PlantsOutside(country string) immutable.Names {
	var names []string
	for name, p := range c.Plants.All() {
		for _, m := range p.Models.All() {
			if m.Running() && p.Country != "" && p.Country != country {
				names = append(names, name)
			}
		}
	}
	return immutable.NamesOf(names...)
}

// InMarket reports whether the company's cars are sold in the market.
func (c Company) InMarket(market string) bool {
	m, ok := c.Markets.Get(market)
	return ok && m.Left.IsZero()
}

// HolderOf returns who holds an office, such as "chief executive"; nobody if it is empty.
func (c Company) HolderOf(office string) string {
	o, _ := c.Offices.Get(office)
	return o.Holder
}

// Plan returns the plan with the given key; the zero Plan if none has been
// heard of.
func (c Company) Plan(key string) Plan {
	p, _ := c.plans.Get(key)
	if !p.heardOf() {
		return Plan{}
	}
	return p
}

// Plans returns the plans that have been heard of, by key.
func (c Company) Plans() immutable.Table[Plan] {
	return c.plans.Filter(func(_ string, p Plan) bool { return p.heardOf() })
}
