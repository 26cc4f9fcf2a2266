package events

import (
	"cmp"
	"errors"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// Identity is who a company is.
type Identity struct {
	LegalName string                  `json:"legalName,omitzero"`
	TradeName string                  `json:"tradeName,omitzero"`
	Seat      string                  `json:"seat,omitzero"`
	Country   string                  `json:"country,omitzero"`
	Business  string                  `json:"business,omitzero"`
	Founded   edtf.Date               `json:"founded"`
	Founders  immutable.List[Founder] `json:"founders,omitzero"`
	Renamed   edtf.Date               `json:"renamed,omitzero"` // when it last took another name
	Moved     edtf.Date               `json:"moved,omitzero"`   // when it last moved its seat
	Insolvent edtf.Date               `json:"insolvent,omitzero"`
	Dissolved edtf.Date               `json:"dissolved,omitzero"`
	Successor string                  `json:"successor,omitzero"`
	Remark    Remark                  `json:"remark,omitzero"`
}

func (i Identity) equal(j Identity) bool {
	return i.LegalName == j.LegalName && i.TradeName == j.TradeName && i.Seat == j.Seat && i.Country == j.Country &&
		i.Business == j.Business && i.Founded == j.Founded && i.Renamed == j.Renamed && i.Moved == j.Moved && i.Insolvent == j.Insolvent &&
		i.Dissolved == j.Dissolved && i.Successor == j.Successor && i.Remark == j.Remark && i.Founders.Equal(j.Founders)
}

// A Founder is a person or an organisation that founded a company.
type Founder struct {
	Name string `json:"name"`
	// Role is what the founder was elsewhere at that time, such as "director of
	// Dahua Technology".
	Role string `json:"role,omitzero"`
}

// CompanyFounded says that the company came into being.
type CompanyFounded struct {
	LegalName string                  `json:"legalName"`
	TradeName string                  `json:"tradeName"`
	Seat      string                  `json:"seat,omitzero"`
	Country   string                  `json:"country,omitzero"`
	Business  string                  `json:"business,omitzero"`
	Founders  immutable.List[Founder] `json:"founders,omitzero"`
}

// Type returns company.founded v1.
func (CompanyFounded) Type() Type { return Type{"company.founded", 1} }

// String says what happened, without a date.
func (p CompanyFounded) String() string { return p.TradeName + " is founded" }

// The first founding counts, since the company was last dissolved. Another one only
// fills in what that left out.
func (p CompanyFounded) apply(c *Company, o origin) error {
	i := &c.Identity
	if !i.Dissolved.IsZero() {
		*i = Identity{}
	}
	if !i.Founded.IsZero() {
		i.Remark = Remark{"it is founded again", o.label, "its end before that"}
	} else {
		i.Founded = o.when
	}
	fill(&i.LegalName, p.LegalName)
	fill(&i.TradeName, p.TradeName)
	fill(&i.Seat, p.Seat)
	fill(&i.Country, p.Country)
	fill(&i.Business, p.Business)
	if i.Founders.IsZero() {
		i.Founders = p.Founders
	}
	return nil
}

// An Organisation is one that has to do with the company.
type Organisation struct {
	Founded  edtf.Date              `json:"founded"`
	Founders immutable.List[string] `json:"founders,omitzero"`
}

// OrganisationFounded says that another organisation came into being.
type OrganisationFounded struct {
	Organisation string                 `json:"organisation"`
	Founders     immutable.List[string] `json:"founders,omitzero"`
}

// Type returns organisation.founded v1.
func (OrganisationFounded) Type() Type { return Type{"organisation.founded", 1} }

// String says what happened, without a date.
func (p OrganisationFounded) String() string {
	if p.Founders.IsZero() {
		return p.Organisation + " is founded"
	}
	return p.Organisation + " is founded by " + immutable.Enumerate(slices.Collect(p.Founders.All()))
}

func (p OrganisationFounded) apply(c *Company, o origin) error {
	c.Related = c.Related.Change(p.Organisation, func(other *Organisation) {
		fill(&other.Founded, o.when)
		if other.Founders.IsZero() {
			other.Founders = p.Founders
		}
	})
	return nil
}

// A Brand is the name under which cars are sold.
type Brand struct {
	Name     string    `json:"name"`
	Launched edtf.Date `json:"launched"`
}

// BrandLaunched says that the brand was brought out.
type BrandLaunched struct {
	Brand string `json:"brand"`
}

// Type returns brand.launched v1.
func (BrandLaunched) Type() Type { return Type{"brand.launched", 1} }

// String says what happened, without a date.
func (p BrandLaunched) String() string { return "the brand " + p.Brand + " is brought out" }

func (p BrandLaunched) apply(c *Company, o origin) error {
	if c.Brand.Name != p.Brand {
		c.Brand = Brand{p.Brand, o.when}
	}
	return nil
}

// A Raise is capital that was raised.
type Raise struct {
	Amount Money     `json:"amount"`
	Total  bool      `json:"total,omitzero"` // it is all that had been raised by then
	When   edtf.Date `json:"when"`
}

// CapitalRaised says that the company had raised capital.
type CapitalRaised struct {
	Amount Money `json:"amount"`
	Total  bool  `json:"total,omitzero"` // all that had been raised by then, rather than one round
}

// Type returns capital.raised v1.
func (CapitalRaised) Type() Type { return Type{"capital.raised", 1} }

// String says what happened, without a date.
func (p CapitalRaised) String() string {
	if p.Total {
		return p.Amount.String() + " of capital has been raised in all"
	}
	return p.Amount.String() + " of capital is raised"
}

func (p CapitalRaised) apply(c *Company, o origin) error {
	if p.Amount.IsZero() {
		return errors.New("no amount is given")
	}
	c.Capital = c.Capital.With(o.label, Raise{p.Amount, p.Total, o.when})
	return nil
}

// A Venture is a joint venture with others.
type Venture struct {
	Shares    immutable.Table[Percent] `json:"shares"`
	Task      string                   `json:"task,omitzero"`
	Territory string                   `json:"territory,omitzero"`
	Agreed    edtf.Date                `json:"agreed,omitzero"`
	Formed    edtf.Date                `json:"formed,omitzero"`
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

// Type returns venture.agreed v1.
func (VentureAgreed) Type() Type { return Type{"venture.agreed", 1} }

// String says what happened, without a date.
func (p VentureAgreed) String() string { return "the joint venture " + p.Venture + " is agreed" }

func (p VentureAgreed) apply(c *Company, o origin) error {
	shares := immutable.Table[Percent]{}
	for s := range p.Shares.All() {
		shares = shares.With(s.Holder, s.Percent)
	}
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) {
		v.Shares, v.Task, v.Territory = shares, p.Task, p.Territory
		fill(&v.Agreed, o.when)
	})
	return nil
}

// VentureFormed says that a joint venture came into being.
type VentureFormed struct {
	Venture string `json:"venture"`
}

// Type returns venture.formed v1.
func (VentureFormed) Type() Type { return Type{"venture.formed", 1} }

// String says what happened, without a date.
func (p VentureFormed) String() string { return "the joint venture " + p.Venture + " is set up" }

func (p VentureFormed) apply(c *Company, o origin) error {
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) { fill(&v.Formed, o.when) })
	return nil
}

// A Partnership is an agreement to work together.
type Partnership struct {
	Partner string                 `json:"partner"`
	Kind    string                 `json:"kind"` // as "strategic partnership" or "memorandum"
	Scope   immutable.List[string] `json:"scope,omitzero"`
	Signed  edtf.Date              `json:"signed"`
	Ended   edtf.Date              `json:"ended,omitzero"`
}

// PartnershipSigned says that an agreement to work together was signed.
type PartnershipSigned struct {
	Partnership string                 `json:"partnership"` // its key
	Partner     string                 `json:"partner"`
	Kind        string                 `json:"kind"`
	Fields      immutable.List[string] `json:"scope,omitzero"`
}

// Type returns partnership.signed v1.
func (PartnershipSigned) Type() Type { return Type{"partnership.signed", 1} }

// String says what happened, without a date.
func (p PartnershipSigned) String() string { return p.Kind + " with " + p.Partner }

func (p PartnershipSigned) apply(c *Company, o origin) error {
	c.Partnerships = c.Partnerships.Change(p.Partnership, func(s *Partnership) {
		s.Partner, s.Kind, s.Scope = p.Partner, p.Kind, p.Fields
		if s.Signed.IsZero() || !s.Ended.IsZero() {
			s.Signed, s.Ended = o.when, edtf.Date{}
		}
	})
	return nil
}

// PartnershipEnded says that an agreement to work together ended. Signed again, it is
// renewed.
type PartnershipEnded struct {
	Partnership string `json:"partnership"`
}

// Type returns partnership.ended v1.
func (PartnershipEnded) Type() Type { return Type{"partnership.ended", 1} }

// String says what happened, without a date.
func (p PartnershipEnded) String() string { return "the partnership " + p.Partnership + " ends" }

func (p PartnershipEnded) apply(c *Company, o origin) error {
	c.Partnerships = c.Partnerships.Change(p.Partnership, func(s *Partnership) { fill(&s.Ended, o.when) })
	return nil
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

// Type returns talks.reported v1.
func (TalksReported) Type() Type { return Type{"talks.reported", 1} }

// String says what happened, without a date.
func (p TalksReported) String() string { return "talks with " + p.With + " about " + p.About }

func (p TalksReported) apply(c *Company, o origin) error {
	c.Talks = c.Talks.Change(p.Talks, func(t *Talks) {
		t.With, t.About = p.With, p.About
		if t.Reported.IsZero() || !t.Ended.IsZero() {
			t.Reported, t.Outcome, t.Ended = o.when, "open", edtf.Date{}
		}
	})
	return nil
}

// TalksEnded says how talks ended.
type TalksEnded struct {
	Talks   string `json:"talks"`
	Outcome string `json:"outcome"`
}

// Type returns talks.ended v1.
func (TalksEnded) Type() Type { return Type{"talks.ended", 1} }

// String says what happened, without a date.
func (p TalksEnded) String() string { return "the talks " + p.Talks + " end: " + p.Outcome }

func (p TalksEnded) apply(c *Company, o origin) error {
	c.Talks = c.Talks.Change(p.Talks, func(t *Talks) {
		if t.Ended.IsZero() {
			t.Outcome, t.Ended = p.Outcome, o.when
		}
	})
	return nil
}

// A Circumstance is something outside the company that bears on it.
type Circumstance struct {
	Actor string    `json:"actor"`
	What  string    `json:"what"`
	When  edtf.Date `json:"when"`

	seq int64 // among those of one date
}

// Compare orders circumstances by time and, of one date, as they are told.
func (c Circumstance) Compare(d Circumstance) int {
	return cmp.Or(cmp.Compare(c.When.Latest(), d.When.Latest()), cmp.Compare(c.When.Earliest(), d.When.Earliest()), cmp.Compare(c.seq, d.seq))
}

// ContextNoted says that something happened outside the company that bears on
// it.
type ContextNoted struct {
	Actor string `json:"actor"`
	What  string `json:"what"`
}

// Type returns context.noted v1.
func (ContextNoted) Type() Type { return Type{"context.noted", 1} }

// String says what happened, without a date.
func (p ContextNoted) String() string { return p.Actor + " " + p.What }

func (p ContextNoted) apply(c *Company, o origin) error {
	c.Context = c.Context.With(o.label, Circumstance{p.Actor, p.What, o.when, o.seq})
	return nil
}
