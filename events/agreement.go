package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Partnership is an agreement to work together.
type Partnership struct {
	Partner string                 `json:"partner"`
	Kind    string                 `json:"kind"` // as "strategic partnership" or "memorandum"
	Scope   immutable.List[string] `json:"scope,omitzero"`
	Signed  edtf.Date              `json:"signed"`
	Ended   edtf.Date              `json:"ended,omitzero"`
}

// PartnershipSigned says that an agreement was signed: to work together, to supply, or to
// license something. Signed again after its end, it is renewed.
type PartnershipSigned struct {
	Partnership string                 `json:"partnership"` // its key
	Partner     string                 `json:"partner"`
	Kind        string                 `json:"kind"`
	Fields      immutable.List[string] `json:"scope,omitzero"`
}

func (p PartnershipSigned) String() string { return p.Kind + " with " + p.Partner }

func (p PartnershipSigned) apply(c *Company, o origin) {
	c.Partnerships = c.Partnerships.Change(p.Partnership, func(s *Partnership) {
		s.Partner, s.Kind, s.Scope = p.Partner, p.Kind, p.Fields
		if s.Signed.IsZero() || !s.Ended.IsZero() {
			s.Signed, s.Ended = o.when, edtf.Date{}
		}
	})
}

// PartnershipEnded says that an agreement to work together ended. Signed again, it is
// renewed.
type PartnershipEnded struct {
	Partnership string `json:"partnership"`
}

func (p PartnershipEnded) String() string { return "the partnership " + p.Partnership + " ends" }

func (p PartnershipEnded) apply(c *Company, o origin) {
	c.Partnerships = c.Partnerships.Change(p.Partnership, func(s *Partnership) { fill(&s.Ended, o.when) })
}

// Talks are negotiations that were reported. Silence does not end them.
type Talks struct {
	With     string    `json:"with"`
	About    string    `json:"about"`
	Reported edtf.Date `json:"reported"`
	Ended    edtf.Date `json:"ended,omitzero"`
	Outcome  string    `json:"outcome"` // "open" until an end is recorded
}

// TalksReported says that talks were reported.
type TalksReported struct {
	Talks string `json:"talks"` // their key
	With  string `json:"with"`
	About string `json:"about"`
}

func (p TalksReported) String() string { return "talks with " + p.With + " about " + p.About }

func (p TalksReported) apply(c *Company, o origin) {
	c.Talks = c.Talks.Change(p.Talks, func(t *Talks) {
		t.With, t.About = p.With, p.About
		if t.Reported.IsZero() || !t.Ended.IsZero() {
			t.Reported, t.Outcome, t.Ended = o.when, "open", edtf.Date{}
		}
	})
}

// TalksEnded says how talks ended.
type TalksEnded struct {
	Talks   string `json:"talks"`
	Outcome string `json:"outcome"`
}

func (p TalksEnded) String() string { return "the talks " + p.Talks + " end: " + p.Outcome }

func (p TalksEnded) apply(c *Company, o origin) {
	c.Talks = c.Talks.Change(p.Talks, func(t *Talks) {
		if t.Ended.IsZero() {
			t.Outcome, t.Ended = p.Outcome, o.when
		}
	})
}
