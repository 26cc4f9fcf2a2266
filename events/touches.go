package events

// What each payload has to do with, as [timeline.Toucher] asks: the parts of a
// company that its event reads or changes. Events that touch nothing in common
// decide nothing about each other. A test holds the promise for every pair.

func (CompanyFounded) Touches() []string { return []string{"company"} }

func (p OrganisationFounded) Touches() []string { return []string{"organisation " + p.Organisation} }
func (BrandLaunched) Touches() []string         { return []string{"brand"} }
func (CapitalRaised) Touches() []string         { return []string{"capital"} }
func (StakeAgreed) Touches() []string           { return []string{"stakes"} }
func (StakeClosed) Touches() []string           { return []string{"stakes"} }
func (p VentureAgreed) Touches() []string       { return []string{"venture " + p.Venture} }
func (p VentureFormed) Touches() []string       { return []string{"venture " + p.Venture} }
func (p PartnershipSigned) Touches() []string   { return []string{"partnership " + p.Partnership} }
func (p TalksReported) Touches() []string       { return []string{"talks " + p.Talks} }
func (p TalksEnded) Touches() []string          { return []string{"talks " + p.Talks} }
func (ContextNoted) Touches() []string          { return []string{"context"} }
func (p ConceptShown) Touches() []string        { return []string{"concept " + p.Concept} }
func (p TechnologyAnnounced) Touches() []string { return []string{"technology " + p.Technology} }
func (ComponentsInsourced) Touches() []string   { return []string{"components"} }
func (DeliveriesRecorded) Touches() []string    { return []string{"deliveries"} }
func (Unknown) Touches() []string               { return nil }

func (p ModelShown) Touches() []string        { return model(p.Model) }
func (p ModelRevealed) Touches() []string     { return model(p.Model) }
func (p ModelPresold) Touches() []string      { return model(p.Model) }
func (p ModelLaunched) Touches() []string     { return append(model(p.Model), fulfilled(p.Fulfils)...) }
func (p ModelDelivered) Touches() []string    { return model(p.Model) }
func (p ModelDiscontinued) Touches() []string { return model(p.Model) }
func (p ModelPriced) Touches() []string       { return model(p.Model) }
func (p ModelSpecified) Touches() []string    { return model(p.Model) }

func (p PlantBuilding) Touches() []string { return plant(p.Plant) }
func (p ProductionStarted) Touches() []string {
	return append(plant(p.Plant), fulfilled(p.Fulfils)...)
}
func (p ProductionQuestioned) Touches() []string { return plant(p.Plant) }
func (p ProductionEnded) Touches() []string      { return plant(p.Plant) }

func (p MarketEntered) Touches() []string {
	return append([]string{"market " + p.Market}, fulfilled(p.Fulfils)...)
}

func (p PlanConsidered) Touches() []string { return p.touches() }
func (p PlanAnnounced) Touches() []string  { return p.touches() }
func (p PlansAnnounced) Touches() []string { return outlined(p.Plans) }
func (p PlanMoved) Touches() []string      { return plan(p.Plan) }
func (p PlanQuestioned) Touches() []string { return plan(p.Plan) }
func (p PlanDropped) Touches() []string    { return append(plan(p.Plan), outlined(p.Instead)...) }
func (p PlanFulfilled) Touches() []string  { return plan(p.Plan) }

func model(name string) []string { return []string{"model " + name} }
func plant(name string) []string { return []string{"plant " + name} }
func plan(key string) []string   { return []string{"plan " + key} }

// fulfilled returns the plans that a fact carries out.
func fulfilled(items List[PlanItem]) []string {
	var parts []string
	for ref := range items.All() {
		parts = append(parts, plan(ref.Plan)...)
	}
	return parts
}

// outlined returns the plans of outlines, and the models they name.
func outlined(plans List[PlanOutline]) []string {
	var parts []string
	for p := range plans.All() {
		parts = append(parts, p.touches()...)
	}
	return parts
}

func (p PlanOutline) touches() []string {
	parts := plan(p.Plan)
	for item := range p.Items.All() {
		if item.Model {
			parts = append(parts, model(item.Item)...)
		}
	}
	return parts
}
