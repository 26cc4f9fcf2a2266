package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Prospect is a plan that would make something so if it were carried out.
type Prospect struct {
	Key    string
	Plan   Plan
	Status PlanStatus // on the day asked about
	By     Payload    // the fact that would do it; what the plan leaves open is left out of it
}

// aModel stands for a model that a plan does not name.
const aModel = "unnamed model"

// Prospects returns the plans that c has heard of and that would make p hold,
// which does not hold, on day: fulfilled and dropped ones too, with where they
// stand. A plan for a model would reveal or launch it, one with a site would
// make the model there, and one for anything else would enter it as a market;
// each would be fulfilled. Plans that are only possible are those of other
// worlds' companies.
func (c Company) Prospects(day edtf.Day, p func(Company) bool) []Prospect {
	if p(c) {
		return nil
	}
	var prospects []Prospect
	for key, plan := range c.Plans().All() {
		for _, fact := range c.carryingOut(key, plan) {
			then := c
			if fact.apply(&then, origin{label: "plan " + key, when: day.Date()}); p(then) {
				prospects = append(prospects, Prospect{key, plan, plan.Status(day), fact})
				break
			}
		}
	}
	return prospects
}

// carryingOut returns facts that would carry out a plan.
func (c Company) carryingOut(key string, plan Plan) []Payload {
	var facts []Payload
	var models []string
	for item := range plan.Items.All() {
		if _, ok := c.Models.Get(item); ok {
			models = append(models, item)
			facts = append(facts, ModelRevealed{Model: item}, ModelLaunched{Model: item})
		} else {
			facts = append(facts, MarketEntered{Market: item})
		}
	}
	if len(models) == 0 {
		models = []string{aModel}
	}
	for site, s := range plan.Sites.All() {
		for _, model := range models {
			facts = append(facts, ProductionStarted{Plant: site, Country: s.Country, Model: model})
		}
	}
	return append(facts, PlanFulfilled{Plan: key})
}
