package events

import "github.com/leapmotor-timeline/leapmotor/timeline/immutable"

// What each payload reads or changes, as [timeline.Scoped] asks: the parts of a
// company that its event reads or changes. Events without a part in common
// decide nothing about each other. A test holds the promise for every pair.

func (CompanyFounded) Scope() []string { return []string{"company"} }

func (p OrganisationFounded) Scope() []string { return []string{"organisation " + p.Organisation} }
func (BrandLaunched) Scope() []string         { return []string{"brand"} }
func (CapitalRaised) Scope() []string         { return []string{"capital"} }
func (StakeAgreed) Scope() []string           { return []string{"stakes"} }
func (StakeClosed) Scope() []string           { return []string{"stakes"} }
func (p VentureAgreed) Scope() []string       { return []string{"venture " + p.Venture} }
func (p VentureFormed) Scope() []string       { return []string{"venture " + p.Venture} }
func (p PartnershipSigned) Scope() []string   { return []string{"partnership " + p.Partnership} }
func (p TalksReported) Scope() []string       { return []string{"talks " + p.Talks} }
func (p TalksEnded) Scope() []string          { return []string{"talks " + p.Talks} }
func (ContextNoted) Scope() []string          { return []string{"context"} }
func (p ConceptShown) Scope() []string        { return []string{"concept " + p.Concept} }
func (p TechnologyAnnounced) Scope() []string { return []string{"technology " + p.Technology} }
func (ComponentsInsourced) Scope() []string   { return []string{"components"} }
func (DeliveriesRecorded) Scope() []string    { return []string{"deliveries"} }
func (Unknown) Scope() []string               { return nil }

func (p ModelShown) Scope() []string        { return model(p.Model) }
func (p ModelRevealed) Scope() []string     { return model(p.Model) }
func (p ModelPresold) Scope() []string      { return model(p.Model) }
func (p ModelLaunched) Scope() []string     { return append(model(p.Model), fulfilled(p.Fulfils)...) }
func (p ModelDelivered) Scope() []string    { return model(p.Model) }
func (p ModelDiscontinued) Scope() []string { return model(p.Model) }
func (p ModelPriced) Scope() []string       { return model(p.Model) }
func (p ModelSpecified) Scope() []string    { return model(p.Model) }

func (p PlantBuilding) Scope() []string { return plant(p.Plant) }
func (p ProductionStarted) Scope() []string {
	return append(plant(p.Plant), fulfilled(p.Fulfils)...)
}
func (p ProductionQuestioned) Scope() []string { return plant(p.Plant) }
func (p ProductionEnded) Scope() []string      { return plant(p.Plant) }

func (p MarketEntered) Scope() []string {
	return append([]string{"market " + p.Market}, fulfilled(p.Fulfils)...)
}

func (p PlanConsidered) Scope() []string { return p.scope() }
func (p PlanAnnounced) Scope() []string  { return p.scope() }
func (p PlansAnnounced) Scope() []string { return outlined(p.Plans) }
func (p PlanMoved) Scope() []string      { return plan(p.Plan) }
func (p PlanQuestioned) Scope() []string { return plan(p.Plan) }
func (p PlanDropped) Scope() []string    { return append(plan(p.Plan), outlined(p.Instead)...) }
func (p PlanFulfilled) Scope() []string  { return plan(p.Plan) }

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
