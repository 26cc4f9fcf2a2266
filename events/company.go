package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Company is a car maker on some date: everything that follows from what has
// happened. The zero value is one of which nothing is known. It is a value:
// changing a copy changes nothing else.
type Company struct {
	Identity     Identity
	Brand        Brand
	Capital      Table[Raise] // by event
	Stakes       Table[Stake] // by holder
	Ventures     Table[Venture]
	Models       Table[Model]
	Concepts     Table[Concept]
	Technologies Table[Technology]
	Components   List[string]       // those it makes itself
	Plants       Table[Plant]       // by name
	Partnerships Table[Partnership] // by key
	Talks        Table[Talks]       // by key
	Markets      Table[Market]
	Deliveries   Table[Delivery]     // by model and period
	Context      Table[Circumstance] // by event
	Related      Table[Organisation] // other organisations, by name

	plans Table[Plan] // also those that were only referred to
}

// Equal reports whether c and d say the same.
func (c Company) Equal(d Company) bool {
	return c.Identity.equal(d.Identity) && c.Brand == d.Brand &&
		c.Capital.equal(d.Capital, same) && c.Stakes.equal(d.Stakes, same) && c.Ventures.equal(d.Ventures, alike) &&
		c.Models.equal(d.Models, same) && c.Concepts.equal(d.Concepts, same) &&
		c.Technologies.equal(d.Technologies, alike) && c.Components.equal(d.Components) &&
		c.Plants.equal(d.Plants, Plant.equal) && c.Partnerships.equal(d.Partnerships, alike) &&
		c.Talks.equal(d.Talks, same) && c.Markets.equal(d.Markets, same) && c.Deliveries.equal(d.Deliveries, same) &&
		c.Context.equal(d.Context, same) && c.Related.equal(d.Related, alike) && c.plans.equal(d.plans, Plan.equal)
}

// Topics on which a history may declare that its sources are silent, for
// [timeline.Ask].
const (
	TopicSales        = "sales figures"
	TopicDiscontinued = "discontinued models"
)

// Founded reports whether the company exists.
func (c Company) Founded() bool { return !c.Identity.Founded.IsZero() }

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
func (c Company) OnSale(model string) bool { return c.Model(model).Status() == OnSale }

// Discontinued reports whether the end of the model is recorded. Ask about it
// with [TopicDiscontinued], since sources are often silent.
func (c Company) Discontinued(model string) bool { return c.Model(model).Status() == Discontinued }

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
func (c Company) PlantsOutside(country string) Names {
	var names []string
	for name, p := range c.Plants.All() {
		for _, m := range p.Models.All() {
			if m.Running() && p.Country != "" && p.Country != country {
				names = append(names, name)
			}
		}
	}
	return NamesOf(names...)
}

// InMarket reports whether the company's cars are sold in the market.
func (c Company) InMarket(market string) bool {
	_, ok := c.Markets.Get(market)
	return ok
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
func (c Company) Plans() Table[Plan] {
	var t Table[Plan]
	for _, r := range c.plans.rows {
		if r.value.heardOf() {
			t.rows = append(t.rows, r)
		}
	}
	return t
}

// setStake records a stake and refuses shares of more than a whole.
func (c *Company) setStake(holder string, s Stake) error {
	c.Stakes = c.Stakes.With(holder, s)
	total := Percent(0)
	for _, other := range c.Stakes.All() {
		total += other.Percent
	}
	if total.aboveWhole() {
		return fmt.Errorf("with %v for %s the stakes add up to %v", s.Percent, holder, total)
	}
	return nil
}
