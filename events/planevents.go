package events

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A PlanOutline is what a plan says.
type PlanOutline struct {
	Plan    string                    `json:"plan"` // its key
	Title   string                    `json:"title"`
	By      string                    `json:"by,omitzero"` // who means to do it
	Basis   Basis                     `json:"basis"`
	Window  edtf.Date                 `json:"window,omitzero"` // "from September 2024" is the window 2024-09
	Items   immutable.List[NewItem]   `json:"items,omitzero"`
	AtLeast int                       `json:"atLeast,omitzero"` // how many things, of which not all need be named
	Target  Number                    `json:"target,omitzero"`  // what is to be reached
	Unit    string                    `json:"unit,omitzero"`    // of the target, such as "cars"
	If      string                    `json:"condition,omitzero"`
	Sites   immutable.List[NamedSite] `json:"sites,omitzero"`
	Details immutable.List[string]    `json:"details,omitzero"`
}

// A NewItem is one of the things a plan is for.
type NewItem struct {
	Item     string `json:"item"`
	Model    bool   `json:"model,omitzero"`    // it is a model, which is planned from then on
	Platform string `json:"platform,omitzero"` // of a model
	Region   string `json:"region,omitzero"`   // of a market: the market that it is a part of
	IsRegion bool   `json:"isRegion,omitzero"` // it is a market of several countries
}

// A NamedSite is a place where a plan is to happen.
type NamedSite struct {
	Site    string `json:"site"`
	Country string `json:"country,omitzero"`
}

// PlanConsidered says that something was being weighed: explored, spoken of,
// or known only from what became of it.
type PlanConsidered struct{ PlanOutline }

func (p PlanConsidered) String() string { return "considered: " + p.Title }

// What was announced is not unsaid by being weighed again.
func (p PlanConsidered) apply(c *Company, o origin) {
	if !c.Plan(p.Plan).Announced.IsZero() {
		c.plans = c.plans.Change(p.Plan, func(pl *Plan) { fill(&pl.Considered, o.when) })
		return
	}
	c.outline(p.PlanOutline, func(pl *Plan) { fill(&pl.Considered, o.when) })
}

// PlanAnnounced says that a plan was announced, or reported as decided.
type PlanAnnounced struct{ PlanOutline }

func (p PlanAnnounced) String() string { return "planned: " + p.Title }

func (p PlanAnnounced) apply(c *Company, o origin) {
	c.announce(p.PlanOutline, o)
}

// announce announces a plan. One that was dropped is taken up again by that; another
// window than it had moves it.
func (c *Company) announce(p PlanOutline, o origin) {
	known := c.Plan(p.Plan)
	c.outline(p, func(pl *Plan) {
		fill(&pl.Announced, o.when)
		switch {
		case known.DroppedBy != "":
			pl.Revived, pl.Dropped, pl.DroppedBy, pl.InFavourOf = o.when, edtf.Date{}, "", ""
			pl.InQuestion = edtf.Date{}
		case pl.Window.IsZero():
			pl.Window = known.Window // nothing is said of it
		case !known.Announced.IsZero() && known.Window != pl.Window:
			pl.Moved = o.when
		}
	})
}

// PlansAnnounced says that several plans were announced, or reported as
// decided, at once.
type PlansAnnounced struct {
	Plans immutable.List[PlanOutline] `json:"plans"`
}

func (p PlansAnnounced) String() string {
	var titles []string
	for plan := range p.Plans.All() {
		titles = append(titles, plan.Title)
	}
	return "planned: " + strings.Join(titles, "; ")
}

func (p PlansAnnounced) apply(c *Company, o origin) {
	for plan := range p.Plans.All() {
		c.announce(plan, o)
	}
}

// outline writes what a plan says, and keeps what is done already.
func (c *Company) outline(p PlanOutline, more func(*Plan)) {
	c.plans = c.plans.Change(p.Plan, func(pl *Plan) {
		pl.Title, pl.By, pl.Basis, pl.Window, pl.AtLeast, pl.Details = p.Title, p.By, p.Basis, p.Window, p.AtLeast, p.Details
		pl.Target, pl.Unit, pl.Condition = p.Target.In(p.Unit), p.Unit, p.If
		for item := range p.Items.All() {
			pl.Items = pl.Items.Change(item.Item, func(i *Item) { i.Platform, i.IsModel, i.IsRegion = item.Platform, item.Model, item.IsRegion })
		}
		pl.Sites = sitesOf(p.Sites)
		more(pl)
	})
	for item := range p.Items.All() {
		if item.Model {
			c.Models = c.Models.Change(item.Item, func(m *Model) {
				m.Planned = true
				set(&m.Platform, item.Platform)
			})
		}
		if item.Region != "" {
			c.Markets = c.Markets.Change(item.Item, func(m *Market) { fill(&m.Region, item.Region) })
		}
	}
}

func sitesOf(named immutable.List[NamedSite]) immutable.Table[Site] {
	var sites immutable.Table[Site]
	for s := range named.All() {
		sites = sites.With(s.Site, Site{s.Country})
	}
	return sites
}

// PlanDropped says that a plan was given up. It may be the first that is heard of
// it.
type PlanDropped struct {
	Plan       string                      `json:"plan"`
	Title      string                      `json:"title,omitzero"`      // if it has not been given before
	InFavourOf string                      `json:"inFavourOf,omitzero"` // the plan that takes its place
	Instead    immutable.List[PlanOutline] `json:"instead,omitzero"`    // plans that are announced or reported with it
	Reason     string                      `json:"reason,omitzero"`
}

func (p PlanDropped) String() string {
	s := "the plan " + p.Plan + " is dropped"
	for plan := range p.Instead.All() {
		s += "; planned instead: " + plan.Title
	}
	return s
}

// A plan that was carried out stays so, and one that was dropped stays as it was.
func (p PlanDropped) apply(c *Company, o origin) {
	c.plans = c.plans.Change(p.Plan, func(pl *Plan) {
		switch {
		case pl.DroppedBy != "":
		case pl.heardOf() && pl.fulfilled():
			pl.Remark = Remark{"it is dropped, though it is fulfilled", o.label, "which of the two is true"}
		default:
			pl.Dropped, pl.DroppedBy, pl.InFavourOf = o.when, o.label, p.InFavourOf
		}
		fill(&pl.Title, p.Title)
	})
	for plan := range p.Instead.All() {
		c.announce(plan, o)
	}
}

// fulfil marks plans and their items as carried out by o. A plan that has not
// been heard of yet keeps the mark until it is.
func (c *Company) fulfil(items immutable.List[PlanItem], o origin) {
	for ref := range items.All() {
		c.plans = c.plans.Change(ref.Plan, func(pl *Plan) {
			switch {
			case pl.DroppedBy != "":
				pl.Remark = Remark{"it is carried out, though it is dropped", o.label, "when it was taken up again"}
			case ref.Item == "":
				fill(&pl.Fulfilled, o.when)
				fill(&pl.FulfilledBy, o.label)
			default:
				pl.Items = pl.Items.Change(ref.Item, func(i *Item) {
					fill(&i.Done, o.when)
					fill(&i.DoneBy, o.label)
				})
			}
		})
	}
}

// changePlan changes a plan that has been heard of and not been dropped. Of any other
// nothing changes but what is remarked.
func (c *Company) changePlan(key string, o origin, f func(*Plan)) {
	c.plans = c.plans.Change(key, func(pl *Plan) {
		switch {
		case !pl.heardOf():
			pl.Remark = Remark{"it changes, and was never announced", o.label, "when it was announced"}
		case pl.DroppedBy != "":
			pl.Remark = Remark{"it changes, though it is dropped", o.label, "when it was taken up again"}
		default:
			f(pl)
		}
	})
}

// PlanFulfilled says that a plan, or one item of it, was carried out, where no
// other event says so.
type PlanFulfilled struct {
	Plan string `json:"plan"`
	Item string `json:"item,omitzero"`
}

func (p PlanFulfilled) String() string {
	if p.Item != "" {
		return p.Item + " of the plan " + p.Plan + " is carried out"
	}
	return "the plan " + p.Plan + " is carried out"
}

func (p PlanFulfilled) apply(c *Company, o origin) {
	if c.fulfil(immutable.ListOf(PlanItem(p)), o); !c.Plan(p.Plan).heardOf() {
		c.plans = c.plans.Change(p.Plan, func(pl *Plan) {
			pl.Remark = Remark{"it is carried out, and was never announced", o.label, "when it was announced"}
		})
	}
}
