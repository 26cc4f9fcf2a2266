package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// addCompany adds what happened to the company, its owners and its people.
func (d *chartBuilder) addCompany(e Event) {
	switch p := e.Data.(type) {
	case CompanyRenamed:
		d.addItem(e, LaneCompany, d.company(), d.instant(e, "renamed"))
	case CompanyMoved:
		d.addItem(e, LaneCompany, d.company(), d.instant(e, p.Seat))
	case CompanyInsolvent:
		d.addItem(e, LaneCompany, d.company(), d.instant(e, "insolvent"))
	case CompanyDissolved:
		d.addItem(e, LaneCompany, d.company(), d.instant(e, "dissolved"))
	case CompanyMerged:
		d.addItem(e, LaneCompany, p.With, d.instant(e, "merged"))
	case SubsidiaryAcquired:
		d.addItem(e, LaneCompany, p.Organisation, d.instant(e, "bought"))
	case SubsidiarySold:
		d.addItem(e, LaneCompany, p.Organisation, d.instant(e, "sold"))
	case CompanyDelisted:
		d.addItem(e, LaneCompany, "Listed in "+p.Exchange, d.instant(e, "delisted"))
	case OfficeLeft:
		d.addItem(e, LanePeople, p.Office, d.instant(e, p.Person+" leaves"))
	case SharesIssued:
		d.addItem(e, LaneOwners, "Shares", d.instant(e, p.Shares.String()))
	case SharesSplit:
		d.addItem(e, LaneOwners, "Shares", d.instant(e, "split"))
	case StakeApproved:
		d.addItem(e, LaneOwners, p.Holder, d.instant(e, "approved"))
	case StakeLapsed:
		d.addItem(e, LaneOwners, p.Holder, d.instant(e, "called off"))
	case VentureApproved:
		d.addItem(e, LanePartnerships, p.Venture, d.instant(e, "approved"))
	case VentureChanged:
		d.addItem(e, LanePartnerships, p.Venture, d.instant(e, "shares change"))
	case VentureEnded:
		d.addItem(e, LanePartnerships, p.Venture, d.instant(e, "ends"))
	}
}

// addPlace adds what happened to plants and markets, figures, and facts of other kinds.
func (d *chartBuilder) addPlace(e Event) {
	switch p := e.Data.(type) {
	case PlantAcquired:
		d.addItem(e, LanePlants, p.Plant, d.instant(e, "bought"))
	case PlantOpened:
		d.addItem(e, LanePlants, p.Plant, d.instant(e, "opened"))
	case PlantRenamed:
		d.addItem(e, LanePlants, p.Plant, d.instant(e, p.Name))
	case PlantRated:
		d.addItem(e, LanePlants, p.Plant, d.instant(e, p.Capacity.String()+" a year"))
	case PlantClosed:
		d.addItem(e, LanePlants, p.Plant, d.instant(e, "closed"))
	case MarketSuspended:
		d.addItem(e, LaneMarkets, p.Market, d.instant(e, "suspended"))
	case MarketSellerChanged:
		d.addItem(e, LaneMarkets, p.Market, d.instant(e, p.By))
	case FigureReported:
		d.addItem(e, LaneFigures, figureKey(p.Figure, p.Of, edtf.Date{}), d.figure(e, p))
	case MilestoneReached:
		d.addItem(e, LaneCompany, "Milestones", d.instant(e, p.Milestone))
	case FactEnded:
		d.addItem(e, LaneFacts, p.Subject+": "+p.Property, d.instant(e, "ends"))
	}
}

// figure returns a figure as what lasted as long as its period.
func (d *chartBuilder) figure(e Event, p FigureReported) chart.Item {
	return d.ofPeriod(e, p.Period, fmt.Sprint(p.Value.In(p.Unit)))
}
