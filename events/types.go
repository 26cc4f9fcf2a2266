package events

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A Type is the stable name and version under which a payload is stored.
type Type struct {
	Name    string
	Version int
}

// String returns t as "model.launched v1".
func (t Type) String() string { return fmt.Sprintf("%s v%d", t.Name, t.Version) }

// A typed payload is a zero one with its type.
type typed struct {
	name Type
	zero Payload
}

// types is all types of payload, by name, each with its zero value. A name never changes;
// a version goes up when the stored form changes, and the codec gets an upcaster.
var types = []typed{
	{Type{"brand.launched", 1}, BrandLaunched{}},
	{Type{"capital.raised", 1}, CapitalRaised{}},
	{Type{"company.delisted", 1}, CompanyDelisted{}},
	{Type{"company.dissolved", 1}, CompanyDissolved{}},
	{Type{"company.founded", 1}, CompanyFounded{}},
	{Type{"company.insolvent", 1}, CompanyInsolvent{}},
	{Type{"company.listed", 1}, CompanyListed{}},
	{Type{"company.merged", 1}, CompanyMerged{}},
	{Type{"company.moved", 1}, CompanyMoved{}},
	{Type{"company.renamed", 1}, CompanyRenamed{}},
	{Type{"components.insourced", 1}, ComponentsInsourced{}},
	{Type{"concept.shown", 1}, ConceptShown{}},
	{Type{"context.noted", 1}, ContextNoted{}},
	{Type{"deliveries.recorded", 1}, DeliveriesRecorded{}},
	{Type{"fact.began", 1}, FactBegan{}},
	{Type{"fact.ended", 1}, FactEnded{}},
	{Type{"figure.reported", 1}, FigureReported{}},
	{Type{"market.entered", 1}, MarketEntered{}},
	{Type{"market.left", 1}, MarketLeft{}},
	{Type{"market.seller_changed", 1}, MarketSellerChanged{}},
	{Type{"market.suspended", 1}, MarketSuspended{}},
	{Type{"milestone.reached", 1}, MilestoneReached{}},
	{Type{"model.delivered", 1}, ModelDelivered{}},
	{Type{"model.discontinued", 1}, ModelDiscontinued{}},
	{Type{"model.launched", 1}, ModelLaunched{}},
	{Type{"model.presold", 1}, ModelPresold{}},
	{Type{"model.priced", 1}, ModelPriced{}},
	{Type{"model.recalled", 1}, ModelRecalled{}},
	{Type{"model.renamed", 1}, ModelRenamed{}},
	{Type{"model.revealed", 1}, ModelRevealed{}},
	{Type{"model.shown", 1}, ModelShown{}},
	{Type{"model.specified", 1}, ModelSpecified{}},
	{Type{"model.updated", 1}, ModelUpdated{}},
	{Type{"office.left", 1}, OfficeLeft{}},
	{Type{"office.taken", 1}, OfficeTaken{}},
	{Type{"organisation.founded", 1}, OrganisationFounded{}},
	{Type{"partnership.ended", 1}, PartnershipEnded{}},
	{Type{"partnership.signed", 1}, PartnershipSigned{}},
	{Type{"plan.affirmed", 1}, PlanAffirmed{}},
	{Type{"plan.announced", 1}, PlanAnnounced{}},
	{Type{"plan.changed", 1}, PlanChanged{}},
	{Type{"plan.considered", 1}, PlanConsidered{}},
	{Type{"plan.dropped", 1}, PlanDropped{}},
	{Type{"plan.fulfilled", 1}, PlanFulfilled{}},
	{Type{"plan.item_dropped", 1}, PlanItemDropped{}},
	{Type{"plan.moved", 1}, PlanMoved{}},
	{Type{"plan.questioned", 1}, PlanQuestioned{}},
	{Type{"plans.announced", 1}, PlansAnnounced{}},
	{Type{"plant.acquired", 1}, PlantAcquired{}},
	{Type{"plant.closed", 1}, PlantClosed{}},
	{Type{"plant.construction_started", 1}, PlantBuilding{}},
	{Type{"plant.opened", 1}, PlantOpened{}},
	{Type{"plant.rated", 1}, PlantRated{}},
	{Type{"plant.renamed", 1}, PlantRenamed{}},
	{Type{"production.affirmed", 1}, ProductionAffirmed{}},
	{Type{"production.ended", 1}, ProductionEnded{}},
	{Type{"production.paused", 1}, ProductionPaused{}},
	{Type{"production.questioned", 1}, ProductionQuestioned{}},
	{Type{"production.resumed", 1}, ProductionResumed{}},
	{Type{"production.started", 1}, ProductionStarted{}},
	{Type{"shares.issued", 1}, SharesIssued{}},
	{Type{"shares.split", 1}, SharesSplit{}},
	{Type{"stake.agreed", 1}, StakeAgreed{}},
	{Type{"stake.approved", 1}, StakeApproved{}},
	{Type{"stake.closed", 1}, StakeClosed{}},
	{Type{"stake.lapsed", 1}, StakeLapsed{}},
	{Type{"stake.transferred", 1}, StakeTransferred{}},
	{Type{"subsidiary.acquired", 1}, SubsidiaryAcquired{}},
	{Type{"subsidiary.sold", 1}, SubsidiarySold{}},
	{Type{"talks.ended", 1}, TalksEnded{}},
	{Type{"talks.reported", 1}, TalksReported{}},
	{Type{"technology.announced", 1}, TechnologyAnnounced{}},
	{Type{"venture.agreed", 1}, VentureAgreed{}},
	{Type{"venture.approved", 1}, VentureApproved{}},
	{Type{"venture.changed", 1}, VentureChanged{}},
	{Type{"venture.ended", 1}, VentureEnded{}},
	{Type{"venture.formed", 1}, VentureFormed{}},
}

// TypeOf returns the name and version under which a payload is stored; the zero Type for
// nil.
func TypeOf(p Payload) Type {
	if u, ok := p.(Unknown); ok {
		return u.Kind
	}
	return typeOf[reflect.TypeOf(p)]
}

// typeOf is never written to.
var typeOf = func() map[reflect.Type]Type {
	m := make(map[reflect.Type]Type, len(types))
	for _, t := range types {
		m[reflect.TypeOf(t.zero)] = t.name
	}
	return m
}()

// PrototypeOf returns a zero payload of the type with a name, and whether there is one.
func PrototypeOf(name string) (Payload, bool) {
	n, found := slices.BinarySearchFunc(types, name, func(t typed, name string) int { return strings.Compare(t.name.Name, name) })
	if !found {
		return nil, false
	}
	return types[n].zero, true
}

// Prototypes returns a zero payload of each type of this package, by name.
func Prototypes() []Payload {
	all := make([]Payload, len(types))
	for n, t := range types {
		all[n] = t.zero
	}
	return all
}

// TypeNames returns the names of all types, in order.
func TypeNames() []string {
	all := make([]string, len(types))
	for n, t := range types {
		all[n] = t.name.Name
	}
	return all
}
