package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Venture is a joint venture with others.
type Venture struct {
	Shares    immutable.Table[Percent] `json:"shares"`
	Task      string                   `json:"task,omitzero"`
	Territory string                   `json:"territory,omitzero"`
	Agreed    edtf.Date                `json:"agreed,omitzero"`
	Approved  edtf.Date                `json:"approved,omitzero"`
	Formed    edtf.Date                `json:"formed,omitzero"`
	Changed   edtf.Date                `json:"changed,omitzero"` // when its shares last changed
	Ended     edtf.Date                `json:"ended,omitzero"`
}

// A Share is a part of a joint venture.
type Share struct {
	Holder  string  `json:"holder"`
	Percent Percent `json:"percent"`
}

// VentureAgreed says that a joint venture was agreed.
type VentureAgreed struct {
	Venture   string                `json:"venture"`
	Shares    immutable.List[Share] `json:"shares"`
	Task      string                `json:"task,omitzero"`
	Territory string                `json:"territory,omitzero"`
}

func (p VentureAgreed) String() string { return "the joint venture " + p.Venture + " is agreed" }

func (p VentureAgreed) apply(c *Company, o origin) {
	shares := immutable.Table[Percent]{}
	for s := range p.Shares.All() {
		shares = shares.With(s.Holder, s.Percent)
	}
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) {
		v.Shares, v.Task, v.Territory = shares, p.Task, p.Territory
		fill(&v.Agreed, o.when)
	})
}

// VentureFormed says that a joint venture came into being.
type VentureFormed struct {
	Venture string `json:"venture"`
}

func (p VentureFormed) String() string { return "the joint venture " + p.Venture + " is set up" }

func (p VentureFormed) apply(c *Company, o origin) {
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) { fill(&v.Formed, o.when) })
}

// VentureApproved says that an authority approved a joint venture that was agreed.
type VentureApproved struct {
	Venture string `json:"venture"`
	By      string `json:"by,omitzero"`
}

func (p VentureApproved) String() string {
	return "the joint venture " + p.Venture + " is approved" + after(" by ", p.By)
}

func (p VentureApproved) apply(c *Company, o origin) {
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) { fill(&v.Approved, o.when) })
}

// VentureChanged says that the shares of a joint venture changed hands. Holders that are
// left out keep theirs; 0 % is of one that left.
type VentureChanged struct {
	Venture string                `json:"venture"`
	Shares  immutable.List[Share] `json:"shares"`
}

func (p VentureChanged) String() string { return "the shares of " + p.Venture + " change" }

func (p VentureChanged) apply(c *Company, o origin) {
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) {
		for s := range p.Shares.All() {
			v.Shares = v.Shares.With(s.Holder, s.Percent)
		}
		v.Shares = v.Shares.Filter(func(_ string, percent Percent) bool { return percent > 0 })
		v.Changed = o.when
	})
}

// VentureEnded says that a joint venture came to an end.
type VentureEnded struct {
	Venture string `json:"venture"`
}

func (p VentureEnded) String() string { return "the joint venture " + p.Venture + " ends" }

func (p VentureEnded) apply(c *Company, o origin) {
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) { fill(&v.Ended, o.when) })
}
