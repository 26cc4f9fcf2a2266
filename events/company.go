package events

import (
	"math"

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
	Figures      immutable.Table[Figure]                // by what they are and their period
	Milestones   immutable.Table[Milestone]
	Equity       Equity

	plans immutable.Table[Plan] // also those that were only referred to
}

// Equal reports whether c and d say the same.
func (c Company) Equal(d Company) bool {
	return c.Identity.equal(d.Identity) && c.Equity == d.Equity && c.Figures.EqualFunc(d.Figures, same) && c.Milestones.EqualFunc(d.Milestones, same) && c.Brand == d.Brand &&
		c.Capital.EqualFunc(d.Capital, Raise.equal) && c.Stakes.EqualFunc(d.Stakes, same) && c.Ventures.Equal(d.Ventures) &&
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
	TopicFigures      = "financial figures"
	TopicListing      = "listing"
	TopicPeople       = "people"
)

// Topics returns the topics that the questions of this package are about.
func Topics() []string {
	return []string{TopicCurrent, TopicDiscontinued, TopicConcepts, TopicSales, TopicFigures, TopicListing, TopicPeople}
}

// Founded reports whether the company exists: whether it has been founded and, since
// then, not been dissolved.
func (c Company) Founded() bool { return !c.Identity.Founded.IsZero() && c.Identity.Dissolved.IsZero() }

// StakeOf returns the share that holder has, in %, which is 0 until a purchase is
// closed.
func (c Company) StakeOf(holder string) Number { return c.stake(holder).Percent }

// Raised returns the capital raised so far, in one currency: that of the largest total
// recorded or, if there is none, of the largest round. Rounds that were recorded beside
// that total make it so much or more.
func (c Company) Raised() Number {
	var largest Raise
	for _, r := range c.Capital.All() {
		if r.Total && !largest.Total || r.Total == largest.Total && r.Amount.hundredths > largest.Amount.hundredths {
			largest = r
		}
	}
	total, rounds, others := largest.Amount.number(), Number{}, false
	for _, r := range c.Capital.All() {
		switch {
		case r.Total && r.Amount.currency == largest.Amount.currency:
		case r.Amount.currency != largest.Amount.currency:
			others = true
		case !rounds.told:
			rounds, others = r.Amount.number(), true
		default:
			rounds = rounds.plus(r.Amount.number())
		}
	}
	if rounds.told && (!largest.Total || rounds.min > total.min) {
		total = rounds
	}
	if total.about = largest.About; largest.AtLeast || others {
		total.about, total.max = false, math.Inf(1)
	}
	return total
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
func (c Company) DeliveriesOf(model string, period edtf.Date) Number {
	d, _ := c.Deliveries.Get(deliveryKey(model, period))
	return d.Count
}

// MonthsAbove returns the months in which more than n cars were delivered for certain, of
// those of which the deliveries are recorded.
func (c Company) MonthsAbove(n float64) immutable.Names {
	var months []string
	for _, d := range c.Deliveries.All() {
		if d.isMonth() && d.Count.isOver(n) {
			months = append(months, d.Period.String())
		}
	}
	return immutable.NamesOf(months...)
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
