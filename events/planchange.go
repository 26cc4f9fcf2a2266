package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// PlanChanged says that something else of a plan changed than its time or place: what it
// is to reach, for how many things it is, or what it depends on. What is left out stays.
type PlanChanged struct {
	Plan    string `json:"plan"`
	Title   string `json:"title,omitzero"`
	Target  Number `json:"target,omitzero"`
	AtLeast int    `json:"atLeast,omitzero"`
	If      string `json:"condition,omitzero"`
}

func (p PlanChanged) String() string {
	if p.Target.Told() {
		return "the plan " + p.Plan + " is to reach " + p.Target.String()
	}
	return "the plan " + p.Plan + " changes"
}

func (p PlanChanged) apply(c *Company, o origin) {
	c.changePlan(p.Plan, o, func(pl *Plan) {
		set(&pl.Title, p.Title)
		set(&pl.Target, p.Target.In(pl.Unit))
		set(&pl.AtLeast, p.AtLeast)
		set(&pl.Condition, p.If)
	})
}

// PlanItemDropped says that a plan is no longer for one of the things that it was for.
type PlanItemDropped struct {
	Plan string `json:"plan"`
	Item string `json:"item"`
}

func (p PlanItemDropped) String() string { return "the plan " + p.Plan + " is no longer for " + p.Item }

func (p PlanItemDropped) apply(c *Company, o origin) {
	c.changePlan(p.Plan, o, func(pl *Plan) {
		pl.Items = pl.Items.Change(p.Item, func(i *Item) { fill(&i.Dropped, o.when) })
	})
}

// PlanMoved says that a plan slipped or moved: it has another window or other
// sites from then on. What is left out stays as it was.
type PlanMoved struct {
	Plan   string                    `json:"plan"`
	Window edtf.Date                 `json:"window,omitzero"`
	Sites  immutable.List[NamedSite] `json:"sites,omitzero"`
	Reason string                    `json:"reason,omitzero"`
}

func (p PlanMoved) String() string {
	if p.Window.IsZero() {
		return "the plan " + p.Plan + " moves"
	}
	return "the plan " + p.Plan + " moves to " + p.Window.English()
}

func (p PlanMoved) apply(c *Company, o origin) {
	c.changePlan(p.Plan, o, func(pl *Plan) {
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

func (p PlanQuestioned) String() string { return "the plan " + p.Plan + " is put in question" }

func (p PlanQuestioned) apply(c *Company, o origin) {
	c.changePlan(p.Plan, o, func(pl *Plan) { pl.InQuestion = o.when })
}

// PlanAffirmed says that a plan is no longer in doubt.
type PlanAffirmed struct {
	Plan string `json:"plan"`
}

func (p PlanAffirmed) String() string { return "the plan " + p.Plan + " is affirmed" }

func (p PlanAffirmed) apply(c *Company, o origin) {
	c.changePlan(p.Plan, o, func(pl *Plan) { pl.InQuestion = edtf.Date{} })
}
