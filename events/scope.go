package events

import "github.com/leapmotor-timeline/leapmotor/timeline/immutable"

// What each payload reads or changes, as [timeline.Scoped] asks: the parts of a
// company that its event reads or changes, named like their addresses in the
// [Report]. Events without a part in common decide nothing about each other. A test
// holds the promise for every pair.

// Scope returns the whole of the company.
func (CompanyFounded) Scope() []string { return []string{"company"} }

// Scope returns the name of the company.
func (CompanyRenamed) Scope() []string { return []string{"company/name"} }

// Scope returns the seat of the company.
func (CompanyMoved) Scope() []string { return []string{"company/seat"} }

// Scope returns the insolvency of the company.
func (CompanyInsolvent) Scope() []string { return []string{"company/insolvent"} }

// Scope returns the company and, if it has no successor, all that it makes and sells,
// which is over too.
func (p CompanyDissolved) Scope() []string {
	if p.Successor != "" {
		return []string{"company"}
	}
	return []string{"company", "models", "plants", "markets", "listings", "stakes", "offices"}
}

// Scope returns the listing.
func (p CompanyListed) Scope() []string { return []string{"listings/" + p.Exchange} }

// Scope returns the listing.
func (p CompanyDelisted) Scope() []string { return []string{"listings/" + p.Exchange} }

// Scope returns the office.
func (p OfficeTaken) Scope() []string { return []string{"offices/" + p.Office} }

// Scope returns the office.
func (p OfficeLeft) Scope() []string { return []string{"offices/" + p.Office} }

// Scope returns the market.
func (p MarketLeft) Scope() []string { return []string{"markets/" + p.Market} }

// Scope returns the partnership.
func (p PartnershipEnded) Scope() []string { return []string{"partnerships/" + p.Partnership} }

// Scope returns the organisation.
func (p OrganisationFounded) Scope() []string { return []string{"organisations/" + p.Organisation} }

// Scope returns "brand".
func (BrandLaunched) Scope() []string { return []string{"brand"} }

// Scope returns the round, by what is said of it.
func (p CapitalRaised) Scope() []string { return []string{"capital/" + p.String()} }

// Scope returns the holder's stake.
func (p StakeAgreed) Scope() []string { return stake(p.Holder) }

// Scope returns the holder's stake.
func (p StakeLapsed) Scope() []string { return stake(p.Holder) }

// Scope returns the holder's stake.
func (p StakeApproved) Scope() []string { return stake(p.Holder) }

// Scope returns the holder's stake.
func (p StakeClosed) Scope() []string { return stake(p.Holder) }

// Scope returns the stakes of both.
func (p StakeTransferred) Scope() []string { return append(stake(p.From), stake(p.To)...) }

// Scope returns the venture.
func (p VentureApproved) Scope() []string { return []string{"ventures/" + p.Venture} }

// Scope returns the venture.
func (p VentureChanged) Scope() []string { return []string{"ventures/" + p.Venture} }

// Scope returns the venture.
func (p VentureEnded) Scope() []string { return []string{"ventures/" + p.Venture} }

// Scope returns "equity".
func (SharesIssued) Scope() []string { return []string{"equity"} }

// Scope returns "equity".
func (SharesSplit) Scope() []string { return []string{"equity"} }

// Scope returns the organisation.
func (p SubsidiaryAcquired) Scope() []string { return []string{"organisations/" + p.Organisation} }

// Scope returns the organisation.
func (p SubsidiarySold) Scope() []string { return []string{"organisations/" + p.Organisation} }

// Scope returns the organisation.
func (p CompanyMerged) Scope() []string { return []string{"organisations/" + p.With} }

// Scope returns the figure of the period.
func (p FigureReported) Scope() []string {
	return []string{"figures/" + figureKey(p.Figure, p.Of, p.Period)}
}

// Scope returns the milestone.
func (p MilestoneReached) Scope() []string { return []string{"milestones/" + p.Milestone} }

// Scope returns the model's life.
func (p ModelRenamed) Scope() []string { return model(p.Model) }

// Scope returns the model's life.
func (p ModelUpdated) Scope() []string { return model(p.Model) }

// Scope returns the model's life.
func (p ModelRecalled) Scope() []string { return model(p.Model) }

// Scope returns where the plant is, and its opening.
func (p PlantOpened) Scope() []string { return []string{"plants/" + p.Plant + "/place"} }

// Scope returns where the plant is, and what it is called.
func (p PlantRenamed) Scope() []string { return []string{"plants/" + p.Plant + "/place"} }

// Scope returns where the plant is, and what it can make.
func (p PlantRated) Scope() []string { return []string{"plants/" + p.Plant + "/place"} }

// Scope returns the market.
func (p MarketSuspended) Scope() []string { return []string{"markets/" + p.Market} }

// Scope returns the market.
func (p MarketSellerChanged) Scope() []string { return []string{"markets/" + p.Market} }

// Scope returns the plan.
func (p PlanChanged) Scope() []string { return plan(p.Plan) }

// Scope returns the plan.
func (p PlanItemDropped) Scope() []string { return plan(p.Plan) }

// Scope returns the venture.
func (p VentureAgreed) Scope() []string { return []string{"ventures/" + p.Venture} }

// Scope returns the venture.
func (p VentureFormed) Scope() []string { return []string{"ventures/" + p.Venture} }

// Scope returns the partnership.
func (p PartnershipSigned) Scope() []string { return []string{"partnerships/" + p.Partnership} }

// Scope returns the talks.
func (p TalksReported) Scope() []string { return []string{"talks/" + p.Talks} }

// Scope returns the talks.
func (p TalksEnded) Scope() []string { return []string{"talks/" + p.Talks} }

// Scope returns the note, by what it says.
func (p ContextNoted) Scope() []string { return []string{"context/" + p.String()} }

// Scope returns the concept.
func (p ConceptShown) Scope() []string { return []string{"concepts/" + p.Concept} }

// Scope returns the technology.
func (p TechnologyAnnounced) Scope() []string { return []string{"technologies/" + p.Technology} }

// Scope returns "components".
func (ComponentsInsourced) Scope() []string { return []string{"components"} }

// Scope returns the deliveries of the model in the period.
func (p DeliveriesRecorded) Scope() []string {
	return []string{"deliveries/" + deliveryKey(p.Model, p.Period)}
}

// Scope returns nothing: an unknown event is folded as nothing.
func (Unknown) Scope() []string { return nil }

// Scope returns the model's life.
func (p ModelShown) Scope() []string { return model(p.Model) }

// Scope returns the model's life.
func (p ModelRevealed) Scope() []string { return model(p.Model) }

// Scope returns the model's life.
func (p ModelPresold) Scope() []string { return model(p.Model) }

// Scope returns the model, and the plans that the launch carries out.
func (p ModelLaunched) Scope() []string { return append(model(p.Model), fulfilled(p.Fulfils)...) }

// Scope returns the model's life.
func (p ModelDelivered) Scope() []string { return model(p.Model) }

// Scope returns the model's life.
func (p ModelDiscontinued) Scope() []string { return model(p.Model) }

// Scope returns the model's prices.
func (p ModelPriced) Scope() []string { return []string{"models/" + p.Model + "/prices"} }

// Scope returns the model's figures.
func (p ModelSpecified) Scope() []string { return []string{"models/" + p.Model + "/specification"} }

// Scope returns where the plant is, and its building.
func (p PlantBuilding) Scope() []string { return []string{"plants/" + p.Plant + "/place"} }

// Scope returns where the plant is, and whose it is.
func (p PlantAcquired) Scope() []string { return []string{"plants/" + p.Plant + "/place"} }

// Scope returns where the plant is, and whose it is.
func (p PlantClosed) Scope() []string { return []string{"plants/" + p.Plant + "/place"} }

// Scope returns the production, where the plant is if that is told, and the plans
// that the start carries out.
func (p ProductionStarted) Scope() []string {
	parts := production(p.Plant, p.Model)
	if p.City+p.Country != "" {
		parts = append(parts, "plants/"+p.Plant+"/place")
	}
	return append(parts, fulfilled(p.Fulfils)...)
}

// Scope returns the production.
func (p ProductionQuestioned) Scope() []string { return production(p.Plant, p.Model) }

// Scope returns the production.
func (p ProductionPaused) Scope() []string { return production(p.Plant, p.Model) }

// Scope returns the production.
func (p ProductionResumed) Scope() []string { return production(p.Plant, p.Model) }

// Scope returns the production.
func (p ProductionAffirmed) Scope() []string { return production(p.Plant, p.Model) }

// Scope returns the production.
func (p ProductionEnded) Scope() []string { return production(p.Plant, p.Model) }

// Scope returns the market, and the plans that the entry carries out.
func (p MarketEntered) Scope() []string {
	return append([]string{"markets/" + p.Market}, fulfilled(p.Fulfils)...)
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

// Scope returns the plan.
func (p PlanAffirmed) Scope() []string { return plan(p.Plan) }

// Scope returns the plan, and those that take its place.
func (p PlanDropped) Scope() []string { return append(plan(p.Plan), outlined(p.Instead)...) }

// Scope returns the plan.
func (p PlanFulfilled) Scope() []string { return plan(p.Plan) }

// A model has parts of its own for what plans, prices and figures say of it, so that they
// decide nothing about its life: when it was shown, revealed, launched and ended.
func model(name string) []string    { return []string{"models/" + name + "/life"} }
func platform(name string) []string { return []string{"models/" + name + "/platform"} }

func stake(holder string) []string { return []string{"stakes/" + holder} }

func production(plant, model string) []string {
	return []string{"plants/" + plant + "/models/" + model}
}
func plan(key string) []string { return []string{"plans/" + key} }

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
		if item.Model { // that it is planned, whoever else plans it
			parts = append(parts, "models/"+item.Item+"/planned/"+p.Plan)
		}
		if item.Model && item.Platform != "" {
			parts = append(parts, platform(item.Item)...)
		}
		if item.Region != "" {
			parts = append(parts, "markets/"+item.Item)
		}
	}
	return parts
}

// Plans speak of sites and markets that they neither read nor change: see
// [timeline.Mentioner].

// Mentions returns the sites and markets of the plan.
func (p PlanConsidered) Mentions() []string { return p.mentions() }

// Mentions returns the sites and markets of the plan.
func (p PlanAnnounced) Mentions() []string { return p.mentions() }

// Mentions returns the sites and markets of the plans.
func (p PlansAnnounced) Mentions() []string { return mentioned(p.Plans) }

// Mentions returns the new sites of the plan.
func (p PlanMoved) Mentions() []string { return sitesNamed(p.Sites) }

// Mentions returns the sites and markets of the plans that take its place.
func (p PlanDropped) Mentions() []string { return mentioned(p.Instead) }

func mentioned(plans immutable.List[PlanOutline]) []string {
	var parts []string
	for p := range plans.All() {
		parts = append(parts, p.mentions()...)
	}
	return parts
}

func (p PlanOutline) mentions() []string {
	parts := sitesNamed(p.Sites)
	for item := range p.Items.All() {
		if !item.Model {
			parts = append(parts, "markets/"+item.Item)
		}
	}
	return parts
}

func sitesNamed(sites immutable.List[NamedSite]) []string {
	var parts []string
	for s := range sites.All() {
		parts = append(parts, "plants/"+s.Site)
	}
	return parts
}
