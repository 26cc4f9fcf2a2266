package events

import "github.com/leapmotor-timeline/leapmotor/timeline/immutable"

// What each payload reads or changes, as [timeline.Scoped] asks: the parts of a
// company that its event reads or changes. Events without a part in common
// decide nothing about each other. A test holds the promise for every pair.

// Scope returns "company".
func (CompanyFounded) Scope() []string { return []string{"company"} }

// Scope returns the organisation.
func (p OrganisationFounded) Scope() []string { return []string{"organisation " + p.Organisation} }

// Scope returns "brand".
func (BrandLaunched) Scope() []string { return []string{"brand"} }

// Scope returns "capital".
func (CapitalRaised) Scope() []string { return []string{"capital"} }

// Scope returns "stakes".
func (StakeAgreed) Scope() []string { return []string{"stakes"} }

// Scope returns "stakes".
func (StakeClosed) Scope() []string { return []string{"stakes"} }

// Scope returns the venture.
func (p VentureAgreed) Scope() []string { return []string{"venture " + p.Venture} }

// Scope returns the venture.
func (p VentureFormed) Scope() []string { return []string{"venture " + p.Venture} }

// Scope returns the partnership.
func (p PartnershipSigned) Scope() []string { return []string{"partnership " + p.Partnership} }

// Scope returns the talks.
func (p TalksReported) Scope() []string { return []string{"talks " + p.Talks} }

// Scope returns the talks.
func (p TalksEnded) Scope() []string { return []string{"talks " + p.Talks} }

// Scope returns "context".
func (ContextNoted) Scope() []string { return []string{"context"} }

// Scope returns the concept.
func (p ConceptShown) Scope() []string { return []string{"concept " + p.Concept} }

// Scope returns the technology.
func (p TechnologyAnnounced) Scope() []string { return []string{"technology " + p.Technology} }

// Scope returns "components".
func (ComponentsInsourced) Scope() []string { return []string{"components"} }

// Scope returns "deliveries".
func (DeliveriesRecorded) Scope() []string { return []string{"deliveries"} }

// Scope returns nothing: an unknown event is folded as nothing.
func (Unknown) Scope() []string { return nil }

// Scope returns the model.
func (p ModelShown) Scope() []string { return model(p.Model) }

// Scope returns the model.
func (p ModelRevealed) Scope() []string { return model(p.Model) }

// Scope returns the model.
func (p ModelPresold) Scope() []string { return model(p.Model) }

// Scope returns the model, and the plans that the launch carries out.
func (p ModelLaunched) Scope() []string { return append(model(p.Model), fulfilled(p.Fulfils)...) }

// Scope returns the model.
func (p ModelDelivered) Scope() []string { return model(p.Model) }

// Scope returns the model.
func (p ModelDiscontinued) Scope() []string { return model(p.Model) }

// Scope returns the model.
func (p ModelPriced) Scope() []string { return model(p.Model) }

// Scope returns the model.
func (p ModelSpecified) Scope() []string { return model(p.Model) }

// Scope returns the plant.
func (p PlantBuilding) Scope() []string { return plant(p.Plant) }

// Scope returns the plant, and the plans that the start carries out.
func (p ProductionStarted) Scope() []string {
	return append(plant(p.Plant), fulfilled(p.Fulfils)...)
}

// Scope returns the plant.
func (p ProductionQuestioned) Scope() []string { return plant(p.Plant) }

// Scope returns the plant.
func (p ProductionEnded) Scope() []string { return plant(p.Plant) }

// Scope returns the market, and the plans that the entry carries out.
func (p MarketEntered) Scope() []string {
	return append([]string{"market " + p.Market}, fulfilled(p.Fulfils)...)
}

// Scope returns the plan, and the models it names.
func (p PlanConsidered) Scope() []string { return p.scope() }

// Scope returns the plan, and the models it names.
func (p PlanAnnounced) Scope() []string { return p.scope() }

// Scope returns the plans, and the models they name.
func (p PlansAnnounced) Scope() []string { return outlined(p.Plans) }

// Scope returns the plan.
func (p PlanMoved) Scope() []string { return plan(p.Plan) }

// Scope returns the plan.
func (p PlanQuestioned) Scope() []string { return plan(p.Plan) }

// Scope returns the plan, and those that take its place.
func (p PlanDropped) Scope() []string { return append(plan(p.Plan), outlined(p.Instead)...) }

// Scope returns the plan.
func (p PlanFulfilled) Scope() []string { return plan(p.Plan) }

func model(name string) []string { return []string{"model " + name} }
func plant(name string) []string { return []string{"plant " + name} }
func plan(key string) []string   { return []string{"plan " + key} }

// fulfilled returns the plans that a fact carries out.
func fulfilled(items immutable.List[PlanItem]) []string {
	var parts []string
	for ref := range items.All() {
		parts = append(parts, plan(ref.Plan)...)
	}
	return parts
}

// outlined returns the plans of outlines, and the models they name.
func outlined(plans immutable.List[PlanOutline]) []string {
	var parts []string
	for p := range plans.All() {
		parts = append(parts, p.scope()...)
	}
	return parts
}

func (p PlanOutline) scope() []string {
	parts := plan(p.Plan)
	for item := range p.Items.All() {
		if item.Model {
			parts = append(parts, model(item.Item)...)
		}
	}
	return parts
}
