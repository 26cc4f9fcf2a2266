package events

import (
	"errors"
	"fmt"
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
	AtLeast int                       `json:"atLeast,omitzero"`
	Sites   immutable.List[NamedSite] `json:"sites,omitzero"`
	Details immutable.List[string]    `json:"details,omitzero"`
}

// A NewItem is one of the things a plan is for.
type NewItem struct {
	Item     string `json:"item"`
	Model    bool   `json:"model,omitzero"`    // it is a model, which is planned from then on
	Platform string `json:"platform,omitzero"` // of a model
}

// A NamedSite is a place where a plan is to happen.
type NamedSite struct {
	Site    string `json:"site"`
	Country string `json:"country,omitzero"`
}

// PlanConsidered says that something was being weighed: explored, spoken of,
// or known only from what became of it.
type PlanConsidered struct{ PlanOutline }

// Type returns plan.considered v1.
func (PlanConsidered) Type() Type { return Type{"plan.considered", 1} }

// String says what happened, without a date.
func (p PlanConsidered) String() string { return "considered: " + p.Title }

// What was announced is not unsaid by being weighed again.
func (p PlanConsidered) apply(c *Company, o origin) error {
	if !c.Plan(p.Plan).Announced.IsZero() {
		c.plans = c.plans.Change(p.Plan, func(pl *Plan) { pl.Considered = o.when })
		return nil
	}
	return c.outline(p.PlanOutline, func(pl *Plan) { pl.Considered = o.when })
}

// PlanAnnounced says that a plan was announced, or reported as decided.
type PlanAnnounced struct{ PlanOutline }

// Type returns plan.announced v1.
func (PlanAnnounced) Type() Type { return Type{"plan.announced", 1} }

// String says what happened, without a date.
func (p PlanAnnounced) String() string { return "planned: " + p.Title }

func (p PlanAnnounced) apply(c *Company, o origin) error { return c.announce(p.PlanOutline, o) }

func (c *Company) announce(p PlanOutline, o origin) error {
	if known := c.Plan(p.Plan); !known.Announced.IsZero() {
		return fmt.Errorf("the plan %s is announced already", p.Plan)
	}
	return c.outline(p, func(pl *Plan) { pl.Announced = o.when })
}

// PlansAnnounced says that several plans were announced, or reported as
// decided, at once.
type PlansAnnounced struct {
	Plans immutable.List[PlanOutline] `json:"plans"`
}

// Type returns plans.announced v1.
func (PlansAnnounced) Type() Type { return Type{"plans.announced", 1} }

// String says what happened, without a date.
func (p PlansAnnounced) String() string {
	var titles []string
	for plan := range p.Plans.All() {
		titles = append(titles, plan.Title)
	}
	return "planned: " + strings.Join(titles, "; ")
}

func (p PlansAnnounced) apply(c *Company, o origin) error {
	for plan := range p.Plans.All() {
		if err := c.announce(plan, o); err != nil {
			return err
		}
	}
	return nil
}

// outline writes what a plan says, and keeps what is done already.
func (c *Company) outline(p PlanOutline, more func(*Plan)) error {
	c.plans = c.plans.Change(p.Plan, func(pl *Plan) {
		pl.Title, pl.By, pl.Basis, pl.Window, pl.AtLeast, pl.Details = p.Title, p.By, p.Basis, p.Window, p.AtLeast, p.Details
		for item := range p.Items.All() {
			pl.Items = pl.Items.Change(item.Item, func(i *Item) { i.Platform = item.Platform })
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
	}
	return nil
}

func sitesOf(named immutable.List[NamedSite]) immutable.Table[Site] {
	var sites immutable.Table[Site]
	for s := range named.All() {
		sites = sites.With(s.Site, Site{s.Country})
	}
	return sites
}

// PlanMoved says that a plan slipped or moved: it has another window or other
// sites from then on. What is left out stays as it was.
type PlanMoved struct {
	Plan   string                    `json:"plan"`
	Window edtf.Date                 `json:"window,omitzero"`
	Sites  immutable.List[NamedSite] `json:"sites,omitzero"`
	Reason string                    `json:"reason,omitzero"`
}

// Type returns plan.moved v1.
func (PlanMoved) Type() Type { return Type{"plan.moved", 1} }

// String says what happened, without a date.
func (p PlanMoved) String() string { return "the plan " + p.Plan + " moves" }

func (p PlanMoved) apply(c *Company, o origin) error {
	return c.changePlan(p.Plan, func(pl *Plan) {
		pl.Moved = o.when
		set(&pl.Window, p.Window)
		if !p.Sites.IsZero() {
			pl.Sites = sitesOf(p.Sites)
		}
	})
}

// PlanQuestioned says that a plan came into doubt. It stands.
type PlanQuestioned struct {
	Plan   string `json:"plan"`
	Reason string `json:"reason,omitzero"`
}

// Type returns plan.questioned v1.
func (PlanQuestioned) Type() Type { return Type{"plan.questioned", 1} }

// String says what happened, without a date.
func (p PlanQuestioned) String() string { return "the plan " + p.Plan + " is put in question" }

func (p PlanQuestioned) apply(c *Company, o origin) error {
	return c.changePlan(p.Plan, func(pl *Plan) { pl.InQuestion = o.when })
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

// Type returns plan.dropped v1.
func (PlanDropped) Type() Type { return Type{"plan.dropped", 1} }

// String says what happened, without a date.
func (p PlanDropped) String() string {
	s := "the plan " + p.Plan + " is dropped"
	for plan := range p.Instead.All() {
		s += "; planned instead: " + plan.Title
	}
	return s
}

var (
	errPlanDone    = errors.New("the plan is fulfilled already")
	errPlanDropped = errors.New("the plan is dropped")
)

func (p PlanDropped) apply(c *Company, o origin) error {
	pl, _ := c.plans.Get(p.Plan)
	switch {
	case pl.DroppedBy != "":
		return fmt.Errorf("%s: %w", p.Plan, errPlanDropped)
	case pl.heardOf() && pl.fulfilled():
		return fmt.Errorf("%s: %w", p.Plan, errPlanDone)
	}
	pl.Dropped, pl.DroppedBy, pl.InFavourOf = o.when, o.label, p.InFavourOf
	if pl.Title == "" {
		pl.Title = p.Title
	}
	c.plans = c.plans.With(p.Plan, pl)
	for plan := range p.Instead.All() {
		if err := c.announce(plan, o); err != nil {
			return err
		}
	}
	return nil
}

// fulfil marks plans and their items as carried out by o. A plan that has not
// been heard of yet keeps the mark until it is.
func (c *Company) fulfil(items immutable.List[PlanItem], o origin) error {
	for ref := range items.All() {
		pl, _ := c.plans.Get(ref.Plan)
		if pl.DroppedBy != "" {
			return fmt.Errorf("%s: %w", ref.Plan, errPlanDropped)
		}
		if ref.Item == "" {
			pl.Fulfilled, pl.FulfilledBy = o.when, o.label
		} else {
			pl.Items = pl.Items.Change(ref.Item, func(i *Item) { i.Done, i.DoneBy = o.when, o.label })
		}
		c.plans = c.plans.With(ref.Plan, pl)
	}
	return nil
}

// changePlan changes a plan that has been heard of and not been dropped.
func (c *Company) changePlan(key string, f func(*Plan)) error {
	switch pl := c.Plan(key); {
	case !pl.heardOf():
		return fmt.Errorf("there is no plan %s", key)
	case pl.DroppedBy != "":
		return fmt.Errorf("%s: %w", key, errPlanDropped)
	}
	c.plans = c.plans.Change(key, f)
	return nil
}

// PlanFulfilled says that a plan, or one item of it, was carried out, where no
// other event says so.
type PlanFulfilled struct {
	Plan string `json:"plan"`
	Item string `json:"item,omitzero"`
}

// Type returns plan.fulfilled v1.
func (PlanFulfilled) Type() Type { return Type{"plan.fulfilled", 1} }

// String says what happened, without a date.
func (p PlanFulfilled) String() string {
	if p.Item != "" {
		return p.Item + " of the plan " + p.Plan + " is carried out"
	}
	return "the plan " + p.Plan + " is carried out"
}

func (p PlanFulfilled) apply(c *Company, o origin) error {
	if !c.Plan(p.Plan).heardOf() {
		return fmt.Errorf("there is no plan %s", p.Plan)
	}
	return c.fulfil(immutable.ListOf(PlanItem(p)), o)
}
