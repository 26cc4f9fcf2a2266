package events

import (
	"maps"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
)

// Codec returns the codec of the payloads of this package: for logs, and for
// history files. What it does not know it reads as an [Unknown]. It has no
// upcasters yet, since no form has changed so far; [codec.Codec.With] adds some.
func Codec() codec.Codec[Payload] { return stored }

// stored is never written to.
var stored = func() codec.Codec[Payload] {
	var types []codec.Type[Payload]
	for _, p := range Prototypes() {
		types = append(types, codec.Type[Payload]{Name: p.Type().Name, Version: p.Type().Version, Zero: p})
	}
	return codec.New(keep, types...)
}()

func keep(s eventlog.Stored) Payload {
	return Unknown{Type{s.Type, s.Version}, string(s.Data)}
}

// Prototypes returns a zero payload of each type of this package, by name.
func Prototypes() []Payload {
	var all []Payload
	for _, name := range slices.Sorted(maps.Keys(prototypes)) {
		all = append(all, prototypes[name])
	}
	return all
}

// prototypes is a zero payload of each type, by name. It is never written to.
var prototypes = func() map[string]Payload {
	m := map[string]Payload{}
	for _, p := range []Payload{
		BrandLaunched{},
		CapitalRaised{},
		CompanyDelisted{},
		CompanyDissolved{},
		CompanyFounded{},
		CompanyInsolvent{},
		CompanyListed{},
		CompanyMerged{},
		CompanyMoved{},
		CompanyRenamed{},
		ComponentsInsourced{},
		ConceptShown{},
		ContextNoted{},
		DeliveriesRecorded{},
		FactBegan{},
		FactEnded{},
		FigureReported{},
		MarketEntered{},
		MarketLeft{},
		MarketSellerChanged{},
		MarketSuspended{},
		MilestoneReached{},
		ModelDelivered{},
		ModelDiscontinued{},
		ModelLaunched{},
		ModelPresold{},
		ModelPriced{},
		ModelRevealed{},
		ModelShown{},
		ModelRecalled{},
		ModelRenamed{},
		ModelSpecified{},
		ModelUpdated{},
		OfficeLeft{},
		OfficeTaken{},
		OrganisationFounded{},
		PartnershipEnded{},
		PartnershipSigned{},
		PlanAffirmed{},
		PlanAnnounced{},
		PlanChanged{},
		PlanConsidered{},
		PlanDropped{},
		PlanFulfilled{},
		PlanItemDropped{},
		PlanMoved{},
		PlanQuestioned{},
		PlansAnnounced{},
		PlantAcquired{},
		PlantBuilding{},
		PlantClosed{},
		ProductionAffirmed{},
		ProductionEnded{},
		ProductionPaused{},
		ProductionQuestioned{},
		ProductionResumed{},
		ProductionStarted{},
		PlantOpened{},
		PlantRated{},
		PlantRenamed{},
		SharesIssued{},
		SharesSplit{},
		StakeAgreed{},
		StakeApproved{},
		StakeClosed{},
		StakeLapsed{},
		StakeTransferred{},
		SubsidiaryAcquired{},
		SubsidiarySold{},
		TalksEnded{},
		TalksReported{},
		TechnologyAnnounced{},
		VentureAgreed{},
		VentureApproved{},
		VentureChanged{},
		VentureEnded{},
		VentureFormed{},
	} {
		m[p.Type().Name] = p
	}
	return m
}()
