package events

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Concept is a car shown as an idea.
type Concept struct {
	Shown edtf.Date `json:"shown"`
	LedTo string    `json:"ledTo,omitzero"` // the model it became
}

// ConceptShown says that a concept was shown.
type ConceptShown struct {
	Concept string `json:"concept"`
	LedTo   string `json:"ledTo,omitzero"`
}

func (p ConceptShown) String() string { return "the concept " + p.Concept + " is shown" }

func (p ConceptShown) apply(c *Company, o origin) {
	c.Concepts = c.Concepts.Change(p.Concept, func(x *Concept) {
		fill(&x.Shown, o.when)
		set(&x.LedTo, p.LedTo)
	})
}

// A Technology is something the company develops.
type Technology struct {
	Stage    string                 `json:"stage"`
	Since    edtf.Date              `json:"since"`
	With     immutable.List[string] `json:"with,omitzero"`
	Purposes immutable.List[string] `json:"purposes,omitzero"`
	Claims   immutable.List[string] `json:"claims,omitzero"` // what the announcer says of it
}

// TechnologyAnnounced says that a technology was announced to have reached a
// stage.
type TechnologyAnnounced struct {
	Technology string                 `json:"technology"`
	Stage      string                 `json:"stage"`
	At         string                 `json:"at,omitzero"` // the occasion
	With       immutable.List[string] `json:"with,omitzero"`
	Purposes   immutable.List[string] `json:"purposes,omitzero"`
	Claims     immutable.List[string] `json:"claims,omitzero"`
}

func (p TechnologyAnnounced) String() string { return p.Technology + " is said to be in " + p.Stage }

func (p TechnologyAnnounced) apply(c *Company, o origin) {
	since := o.when
	if t, ok := c.Technologies.Get(p.Technology); ok && t.Stage == p.Stage {
		since = t.Since
	}
	c.Technologies = c.Technologies.With(p.Technology, Technology{p.Stage, since, p.With, p.Purposes, p.Claims})
}

// ComponentsInsourced says that the company makes components itself.
type ComponentsInsourced struct {
	Components immutable.List[string] `json:"components"`
}

func (p ComponentsInsourced) String() string {
	return immutable.Enumerate(slices.Collect(p.Components.All())) + " are made by the company itself"
}

func (p ComponentsInsourced) apply(c *Company, _ origin) {
	all := slices.Concat(slices.Collect(c.Components.All()), slices.Collect(p.Components.All()))
	slices.Sort(all)
	c.Components = immutable.ListOf(slices.Compact(all)...)
}
