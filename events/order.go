package events

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// Ordered returns events with the order that their types imply: a production ends after it
// began, a stake is sold after it was bought, talks end after they were reported. Where
// dates leave that open, because both events are dated to one month, it adds the
// beginning to the After of the end. So no world has them the other way round.
//
// An end gets an After only if exactly one beginning may be as early as the end, and that
// beginning has no rivals and is not replaced. Ordered never makes a circle of After. If
// dates contradict the order through other events, [timeline.New] refuses the events. A
// history that is read from a file is ordered already.
func Ordered(events ...Event) []Event {
	o := orderer{events: slices.Clone(events), place: map[uuid.UUID]int{}, beginnings: map[string][]int{}}
	replaced := map[uuid.UUID]bool{}
	for n := range o.events {
		o.place[o.events[n].ID] = n
		for _, id := range o.events[n].Replaces {
			replaced[id] = true
		}
	}
	for n := range o.events {
		if p, ok := o.events[n].Data.(staged); ok && !replaced[o.events[n].ID] {
			o.add(n, p.stages())
		}
	}
	for n := range o.events {
		if p, ok := o.events[n].Data.(staged); ok && !replaced[o.events[n].ID] {
			o.order(n, p.stages())
		}
	}
	return o.events
}

// A staged payload begins or ends things.
type staged interface{ stages() []stage }

// A stage is that a thing begins, or that something happens to it that it must have
// begun for, such as its end.
type stage struct {
	thing  string
	begins bool
}

func begins(things ...string) []stage { return stagesOf(true, things) }
func ends(things ...string) []stage   { return stagesOf(false, things) }

func stagesOf(begins bool, things []string) (stages []stage) {
	for _, thing := range things {
		stages = append(stages, stage{thing, begins})
	}
	return stages
}

// An orderer orders events, which it refers to by index.
type orderer struct {
	events     []Event
	place      map[uuid.UUID]int // of each event
	beginnings map[string][]int  // of each thing
}

// add notes what event n begins.
func (o *orderer) add(n int, stages []stage) {
	for _, s := range stages {
		if s.begins {
			o.beginnings[s.thing] = append(o.beginnings[s.thing], n)
		}
	}
}

// order adds to event n that it comes after the beginnings of what it ends.
func (o *orderer) order(n int, stages []stage) {
	e := &o.events[n]
	for _, s := range stages {
		if s.begins {
			continue
		}
		var early []int // the beginnings that may be as early as e
		for _, b := range o.beginnings[s.thing] {
			if b != n && o.events[b].When.Earliest() <= e.When.Latest() {
				early = append(early, b)
			}
		}
		if len(early) != 1 || o.events[early[0]].Rival != "" {
			continue
		}
		begun := &o.events[early[0]]
		if begun.When.Latest() >= e.When.Earliest() && !slices.Contains(e.After, begun.ID) && !o.comesAfter(begun, e.ID) {
			e.After = append(slices.Clip(e.After), begun.ID)
		}
	}
}

// maxFollowed bounds how many events comesAfter visits.
const maxFollowed = 1 << 10

// comesAfter reports whether e comes after the event with the given ID. It also reports
// true if finding out takes more than maxFollowed events.
func (o *orderer) comesAfter(e *Event, id uuid.UUID) bool {
	seen := map[uuid.UUID]bool{}
	for left := slices.Clone(e.After); len(left) > 0; left = left[1:] {
		if left[0] == id || len(seen) > maxFollowed {
			return true
		}
		if n, ok := o.place[left[0]]; ok && !seen[left[0]] {
			left = append(left, o.events[n].After...)
		}
		seen[left[0]] = true
	}
	return false
}

func (p ProductionStarted) stages() []stage { return begins(production(p.Plant, p.Model)...) }
func (p ProductionEnded) stages() []stage   { return ends(production(p.Plant, p.Model)...) }

func (p ProductionQuestioned) stages() []stage {
	name := production(p.Plant, p.Model)[0]
	return append(ends(name), begins(name+" in question")...)
}

func (p ProductionAffirmed) stages() []stage {
	return ends(production(p.Plant, p.Model)[0] + " in question")
}

func (p ProductionPaused) stages() []stage {
	name := production(p.Plant, p.Model)[0]
	return append(ends(name), begins(name+" paused")...)
}

func (p ProductionResumed) stages() []stage {
	return ends(production(p.Plant, p.Model)[0] + " paused")
}

func (p PlantAcquired) stages() []stage { return begins("plants/" + p.Plant) }
func (p PlantOpened) stages() []stage   { return begins("plants/" + p.Plant) }
func (p PlantClosed) stages() []stage   { return ends("plants/" + p.Plant) }

func (p StakeClosed) stages() []stage { return stagesOf(!Number(p.Percent).none(), stake(p.Holder)) }
func (p StakeAgreed) stages() []stage { return begins(stake(p.Holder)[0] + " agreed") }
func (p StakeLapsed) stages() []stage { return ends(stake(p.Holder)[0] + " agreed") }

func (p StakeApproved) stages() []stage { return ends(stake(p.Holder)[0] + " agreed") }

func (p StakeTransferred) stages() []stage {
	return append(ends(stake(p.From)...), begins(stake(p.To)...)...)
}

func (p CompanyFounded) stages() []stage    { return begins("company") }
func (p CompanyRenamed) stages() []stage    { return ends("company") }
func (p CompanyMoved) stages() []stage      { return ends("company") }
func (p CompanyInsolvent) stages() []stage  { return ends("company") }
func (p CompanyDissolved) stages() []stage  { return ends("company") }
func (p CompanyListed) stages() []stage     { return begins("listings/" + p.Exchange) }
func (p CompanyDelisted) stages() []stage   { return ends("listings/" + p.Exchange) }
func (p OfficeTaken) stages() []stage       { return begins("offices/" + p.Office + "/" + p.Person) }
func (p OfficeLeft) stages() []stage        { return ends("offices/" + p.Office + "/" + p.Person) }
func (p MarketEntered) stages() []stage     { return begins("markets/" + p.Market) }
func (p MarketLeft) stages() []stage        { return ends("markets/" + p.Market) }
func (p PartnershipSigned) stages() []stage { return begins("partnerships/" + p.Partnership) }
func (p PartnershipEnded) stages() []stage  { return ends("partnerships/" + p.Partnership) }
func (p TalksReported) stages() []stage     { return begins("talks/" + p.Talks) }
func (p TalksEnded) stages() []stage        { return ends("talks/" + p.Talks) }
func (p VentureAgreed) stages() []stage     { return begins("ventures/" + p.Venture) }
func (p VentureFormed) stages() []stage     { return ends("ventures/" + p.Venture) }
func (p VentureApproved) stages() []stage   { return ends("ventures/" + p.Venture) }
func (p VentureChanged) stages() []stage    { return ends("ventures/" + p.Venture) }
func (p VentureEnded) stages() []stage      { return ends("ventures/" + p.Venture) }
func (p MarketSuspended) stages() []stage   { return ends("markets/" + p.Market) }

func (p MarketSellerChanged) stages() []stage { return ends("markets/" + p.Market) }
func (p SubsidiaryAcquired) stages() []stage  { return begins("organisations/" + p.Organisation) }
func (p SubsidiarySold) stages() []stage      { return ends("organisations/" + p.Organisation) }
func (p PlanChanged) stages() []stage         { return ends(plan(p.Plan)...) }
func (p PlanItemDropped) stages() []stage     { return ends(plan(p.Plan)...) }
func (p FactBegan) stages() []stage           { return begins(factPart(p.Subject, p.Property)) }
func (p FactEnded) stages() []stage           { return ends(factPart(p.Subject, p.Property)) }
func (p ModelLaunched) stages() []stage       { return begins(model(p.Model)[0] + inMarket(p.Market)) }

func (p ModelDiscontinued) stages() []stage { return ends(model(p.Model)[0] + inMarket(p.Market)) }

func (p PlanConsidered) stages() []stage { return begins(plan(p.Plan)...) }
func (p PlanAnnounced) stages() []stage  { return begins(plan(p.Plan)...) }
func (p PlansAnnounced) stages() []stage { return beginning(p.Plans) }
func (p PlanMoved) stages() []stage      { return ends(plan(p.Plan)...) }
func (p PlanFulfilled) stages() []stage  { return ends(plan(p.Plan)...) }
func (p PlanAffirmed) stages() []stage   { return ends(plan(p.Plan)[0] + " in question") }

func (p PlanQuestioned) stages() []stage {
	return append(ends(plan(p.Plan)...), begins(plan(p.Plan)[0]+" in question")...)
}

func (p PlanDropped) stages() []stage { return append(ends(plan(p.Plan)...), beginning(p.Instead)...) }

// beginning returns that plans begin.
func beginning(plans immutable.List[PlanOutline]) []stage {
	var stages []stage
	for p := range plans.All() {
		stages = append(stages, begins(plan(p.Plan)...)...)
	}
	return stages
}
