package events

import (
	"slices"

	"github.com/google/uuid"
)

// Ordered returns events in which what the kind of an event implies about its order is
// said with After, as far as dates leave it open: a production ends after it began, a
// stake is sold after it was bought, talks end after they were reported. So no world
// has them the other way round, though both are told of the same month.
//
// It is said where there is one beginning that an end can belong to: one that is no
// rival of others, is not replaced, and may be as early as the end. What the events
// said before stays; should it contradict the order, [timeline.New] refuses the events.
// A history that is read from a file is ordered already.
func Ordered(events ...Event) []Event {
	ordered := slices.Clone(events)
	things := map[string]*thing{}
	replaced := map[uuid.UUID]bool{}
	for n := range ordered {
		for _, id := range ordered[n].Replaces {
			replaced[id] = true
		}
	}
	for n := range ordered {
		e := &ordered[n]
		staged, ok := e.Data.(interface{ stage() (string, bool) })
		if !ok || replaced[e.ID] {
			continue
		}
		name, begins := staged.stage()
		t := things[name]
		if t == nil {
			t = &thing{}
			things[name] = t
		}
		if begins {
			t.beginnings = append(t.beginnings, e)
		} else {
			t.ends = append(t.ends, e)
		}
	}
	for _, t := range things {
		t.order()
	}
	return ordered
}

// A thing is what begins and ends.
type thing struct{ beginnings, ends []*Event }

// order says of each end that it comes after the beginning, if it may.
func (t *thing) order() {
	if len(t.beginnings) != 1 || t.beginnings[0].Rival != "" {
		return
	}
	begun := t.beginnings[0]
	for _, e := range t.ends {
		overlap := begun.When.Latest() >= e.When.Earliest()
		if overlap && e.When.Latest() >= begun.When.Earliest() && !slices.Contains(e.After, begun.ID) && !slices.Contains(begun.After, e.ID) {
			e.After = append(slices.Clip(e.After), begun.ID)
		}
	}
}

func (p ProductionStarted) stage() (string, bool) { return production(p.Plant, p.Model)[0], true }
func (p ProductionQuestioned) stage() (string, bool) {
	return production(p.Plant, p.Model)[0], false
}
func (p ProductionEnded) stage() (string, bool)   { return production(p.Plant, p.Model)[0], false }
func (p ProductionPaused) stage() (string, bool)  { return production(p.Plant, p.Model)[0], false }
func (p PlantAcquired) stage() (string, bool)     { return "plants/" + p.Plant, true }
func (p PlantClosed) stage() (string, bool)       { return "plants/" + p.Plant, false }
func (p StakeClosed) stage() (string, bool)       { return stake(p.Holder)[0], p.Percent > 0 }
func (p StakeAgreed) stage() (string, bool)       { return stake(p.Holder)[0] + " agreed", true }
func (p StakeLapsed) stage() (string, bool)       { return stake(p.Holder)[0] + " agreed", false }
func (p VentureAgreed) stage() (string, bool)     { return "ventures/" + p.Venture, true }
func (p VentureFormed) stage() (string, bool)     { return "ventures/" + p.Venture, false }
func (p CompanyListed) stage() (string, bool)     { return "listings/" + p.Exchange, true }
func (p CompanyDelisted) stage() (string, bool)   { return "listings/" + p.Exchange, false }
func (p CompanyFounded) stage() (string, bool)    { return "company", true }
func (p CompanyRenamed) stage() (string, bool)    { return "company", false }
func (p CompanyMoved) stage() (string, bool)      { return "company", false }
func (p CompanyInsolvent) stage() (string, bool)  { return "company", false }
func (p CompanyDissolved) stage() (string, bool)  { return "company", false }
func (p MarketEntered) stage() (string, bool)     { return "markets/" + p.Market, true }
func (p MarketLeft) stage() (string, bool)        { return "markets/" + p.Market, false }
func (p PartnershipSigned) stage() (string, bool) { return "partnerships/" + p.Partnership, true }
func (p PartnershipEnded) stage() (string, bool)  { return "partnerships/" + p.Partnership, false }
func (p OfficeTaken) stage() (string, bool)       { return "offices/" + p.Office + "/" + p.Person, true }

func (p OfficeLeft) stage() (string, bool)        { return "offices/" + p.Office + "/" + p.Person, false }
func (p TalksReported) stage() (string, bool)     { return "talks/" + p.Talks, true }
func (p TalksEnded) stage() (string, bool)        { return "talks/" + p.Talks, false }
func (p ModelLaunched) stage() (string, bool)     { return model(p.Model)[0], true }
func (p ModelDiscontinued) stage() (string, bool) { return model(p.Model)[0], false }
func (p PlanAnnounced) stage() (string, bool)     { return plan(p.Plan)[0], true }
func (p PlanMoved) stage() (string, bool)         { return plan(p.Plan)[0], false }
func (p PlanQuestioned) stage() (string, bool)    { return plan(p.Plan)[0], false }
func (p PlanDropped) stage() (string, bool)       { return plan(p.Plan)[0], false }
func (p PlanFulfilled) stage() (string, bool)     { return plan(p.Plan)[0], false }
