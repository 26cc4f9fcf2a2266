package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// The questions that people ask of a company, for [timeline.Ask] and the other
// verbs. Each says which parts of the company it reads, so that it is answered from
// the events that can decide about them alone, and what it is about, so that an
// answer says where the sources are silent. A name that no event mentions gives an
// answer that says so.

// of returns the question for what read returns, from parts of the company.
func of[V comparable](name string, read func(Company) V, parts ...string) timeline.Question[Company, V] {
	q := timeline.Value(read).Reading(parts...)
	q.Name, q.Names = name, []string{}
	return q
}

// about is of for a part that is named by the person who asks.
func about[V comparable](name, part string, read func(Company) V) timeline.Question[Company, V] {
	q := of(name, read, part)
	q.Names = q.Parts
	return q
}

// ofModel is about for a part of a model.
func ofModel[V comparable](name, model, part string, read func(Company) V) timeline.Question[Company, V] {
	q := about(name, "models/"+model, read)
	q.Parts = []string{"models/" + model + "/" + part}
	return q
}

// StakeOf asks for the share that a holder has, in %, which is 0 until a purchase is
// closed.
func StakeOf(holder string) timeline.Question[Company, Number] {
	return about("the stake of "+holder, "stakes/"+holder, func(c Company) Number { return c.StakeOf(holder) })
}

// Raised asks for the capital raised so far; see [Company.Raised].
func Raised() timeline.Question[Company, Number] {
	return of("the capital raised", Company.Raised, "capital")
}

// FoundedOn asks when the company was founded: the zero Date if it is not recorded.
func FoundedOn() timeline.Question[Company, edtf.Date] {
	return of("when the company was founded", func(c Company) edtf.Date { return c.Identity.Founded }, "company")
}

// StatusOfModel asks how far a model has come.
func StatusOfModel(model string) timeline.Question[Company, ModelStatus] {
	return about("the status of the "+model, "models/"+model, func(c Company) ModelStatus { return c.Model(model).Status() }).
		About(TopicCurrent, TopicDiscontinued)
}

// OnSale asks whether a model has been launched and not discontinued.
func OnSale(model string) timeline.Question[Company, bool] {
	return ofModel("whether the "+model+" is on sale", model, "life", func(c Company) bool { return c.OnSale(model) }).
		About(TopicCurrent)
}

// Discontinued asks whether the end of a model is recorded.
func Discontinued(model string) timeline.Question[Company, bool] {
	return ofModel("whether the "+model+" is discontinued", model, "life", func(c Company) bool { return c.Discontinued(model) }).
		About(TopicDiscontinued)
}

// LaunchOf asks when a model was launched: the zero Date if it was not.
func LaunchOf(model string) timeline.Question[Company, edtf.Date] {
	return ofModel("when the "+model+" was launched", model, "life", func(c Company) edtf.Date { return c.Model(model).Launched }).
		About(TopicCurrent)
}

// PriceOf asks for the price of a model: the zero Price if none is recorded.
func PriceOf(model string) timeline.Question[Company, Price] {
	return ofModel("the price of the "+model, model, "prices", func(c Company) Price { return c.Model(model).Price })
}

// Producing asks whether a model is being made at a plant. It still is while its
// production is in question.
func Producing(plant, model string) timeline.Question[Company, bool] {
	q := about("whether the "+model+" is made at "+plant, "plants/"+plant, func(c Company) bool { return c.Producing(plant, model) })
	q.Parts = production(plant, model)
	return q
}

// HolderOf asks who holds an office, such as "chief executive"; nobody if it is empty.
func HolderOf(office string) timeline.Question[Company, string] {
	return about("who is "+office, "offices/"+office, func(c Company) string { return c.HolderOf(office) }).
		About(TopicPeople)
}

// ListedIn asks whether shares of the company are traded at a stock exchange.
func ListedIn(exchange string) timeline.Question[Company, bool] {
	return about("whether the company is listed in "+exchange, "listings/"+exchange, func(c Company) bool {
		l, ok := c.Listings.Get(exchange)
		return ok && !l.Since.IsZero() && l.Until.IsZero()
	}).About(TopicListing)
}

// PlantsOutside asks at which plants something is being made, in countries other
// than the given one. A plant whose country is not recorded is left out.
func PlantsOutside(country string) timeline.Question[Company, immutable.Names] {
	return of("the plants outside "+country, func(c Company) immutable.Names { return c.PlantsOutside(country) }, "plants")
}

// InMarket asks whether the company's cars are sold in a market. They may be if they are
// sold in a region that it is a part of; see [Company.InMarket].
func InMarket(market string) timeline.Question[Company, edtf.Truth] {
	q := of("whether cars are sold in "+market, func(c Company) edtf.Truth { return c.InMarket(market) }, "markets")
	q.Names = []string{"markets/" + market}
	return q
}

// PlanCovers asks whether a plan is for something; see [Plan.Covers].
func PlanCovers(plan, item string) timeline.Question[Company, edtf.Truth] {
	return about("whether the plan "+plan+" is for "+item, "plans/"+plan, func(c Company) edtf.Truth { return c.Plan(plan).Covers(item) })
}

// MarketsOfPlan asks which countries or territories a plan names, without regions.
func MarketsOfPlan(plan string) timeline.Question[Company, immutable.Names] {
	return about("the markets that the plan "+plan+" names", "plans/"+plan, func(c Company) immutable.Names {
		var names []string
		for name, item := range c.Plan(plan).Items.All() {
			if !item.IsModel && !item.IsRegion && item.Dropped.IsZero() {
				names = append(names, name)
			}
		}
		return immutable.NamesOf(names...)
	})
}

// SitesOfPlan asks where a plan is to be carried out.
func SitesOfPlan(plan string) timeline.Question[Company, immutable.Names] {
	return about("the sites of the plan "+plan, "plans/"+plan, func(c Company) immutable.Names {
		var names []string
		for site := range c.Plan(plan).Sites.All() {
			names = append(names, site)
		}
		return immutable.NamesOf(names...)
	})
}

// MonthsAbove asks for the months in which more than n cars were delivered, of those of
// which the deliveries are recorded.
func MonthsAbove(n float64) timeline.Question[Company, immutable.Names] {
	return of(fmt.Sprintf("the months with more than %s deliveries", spoken(n)), func(c Company) immutable.Names { return c.MonthsAbove(n) }, "deliveries").
		About(TopicSales)
}

// Holders asks who holds a share of the company.
func Holders() timeline.Question[Company, immutable.Names] {
	return of("who holds a share", func(c Company) immutable.Names {
		var names []string
		for holder, s := range c.Stakes.All() {
			if !s.Percent.none() {
				names = append(names, holder)
			}
		}
		return immutable.NamesOf(names...)
	}, "stakes")
}

// ModelsSoldIn asks which models are on sale in a market, of those whose launch there is
// told.
func ModelsSoldIn(market string) timeline.Question[Company, immutable.Names] {
	return of("the models on sale in "+market, func(c Company) immutable.Names {
		var names []string
		for name, m := range c.Models.All() {
			if in, ok := m.Markets.Get(market); ok && in.onSale() {
				names = append(names, name)
			}
		}
		return immutable.NamesOf(names...)
	}, "models").About(TopicCurrent)
}

// PlansThatAre asks which plans stand somewhere on the day, such as those that are
// [Overdue].
func PlansThatAre(status PlanStatus) timeline.Question[Company, immutable.Names] {
	q := timeline.ValueOn(func(c Company, day edtf.Day) immutable.Names {
		var keys []string
		for key, p := range c.Plans().All() {
			if p.Status(day) == status {
				keys = append(keys, key)
			}
		}
		return immutable.NamesOf(keys...)
	}).Reading("plans")
	q.Name, q.Names = "the plans that are "+status.String(), []string{}
	return q
}

// StatusOfPlan asks where a plan stands. The calendar changes it: a plan falls due.
func StatusOfPlan(plan string) timeline.Question[Company, PlanStatus] {
	q := timeline.ValueOn(func(c Company, day edtf.Day) PlanStatus { return c.Plan(plan).Status(day) }).Reading("plans/" + plan)
	q.Name, q.Names = "the status of the plan "+plan, q.Parts
	return q
}

// WindowOfPlan asks when a plan is to happen: the zero Date if that is open.
func WindowOfPlan(plan string) timeline.Question[Company, edtf.Date] {
	return about("when the plan "+plan+" is to happen", "plans/"+plan, func(c Company) edtf.Date { return c.Plan(plan).Window })
}

// DeliveriesOf asks how many cars of a model were delivered in a period, which is
// written as a date; the empty model stands for all of them.
func DeliveriesOf(model string, period edtf.Date) timeline.Question[Company, Number] {
	key := deliveryKey(model, period)
	return of("the deliveries of "+key, func(c Company) Number { return c.DeliveriesOf(model, period) }, "deliveries/"+key).
		About(TopicSales)
}

// StatusOfProduction asks what a plant does with a model.
func StatusOfProduction(plant, model string) timeline.Question[Company, ProductionStatus] {
	q := about("what "+plant+" does with the "+model, "plants/"+plant, func(c Company) ProductionStatus {
		p, _ := c.Plants.Get(plant)
		m, _ := p.Models.Get(model)
		return m.Status()
	})
	q.Parts = production(plant, model)
	return q
}
