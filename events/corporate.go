package events

import (
	"errors"
	"fmt"
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
}

func (i Identity) equal(j Identity) bool {
	return i.LegalName == j.LegalName && i.TradeName == j.TradeName && i.Seat == j.Seat && i.Country == j.Country &&
		i.Business == j.Business && i.Founded == j.Founded && i.Founders.Equal(j.Founders)
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

var errFounded = errors.New("the company is founded already")

func (p CompanyFounded) apply(c *Company, o origin) error {
	if c.Founded() {
		return errFounded
	}
	c.Identity = Identity{p.LegalName, p.TradeName, p.Seat, p.Country, p.Business, o.when, p.Founders}
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
	c.Related = c.Related.With(p.Organisation, Organisation{o.when, p.Founders})
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
	c.Brand = Brand{p.Brand, o.when}
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

// A Stake is a share in the company.
type Stake struct {
	Percent Percent   `json:"percent"`           // held; 0 until the purchase is closed
	Price   Money     `json:"price,omitzero"`    // what was paid for it
	Agreed  edtf.Date `json:"agreed,omitzero"`   // when it was agreed
	Since   edtf.Date `json:"since,omitzero"`    // when it was closed
	Agrees  Percent   `json:"agreeing,omitzero"` // agreed, but not closed
}

// StakeAgreed says that a purchase of a stake was agreed. It is not held yet.
type StakeAgreed struct {
	Holder  string  `json:"holder"`
	Percent Percent `json:"percent"`
	Price   Money   `json:"price,omitzero"`
}

// Type returns stake.agreed v1.
func (StakeAgreed) Type() Type { return Type{"stake.agreed", 1} }

// String says what happened, without a date.
func (p StakeAgreed) String() string {
	return fmt.Sprintf("%s agrees to buy %v%s", p.Holder, p.Percent, forPrice(p.Price))
}

func (p StakeAgreed) apply(c *Company, o origin) error {
	c.Stakes = c.Stakes.Change(p.Holder, func(s *Stake) { s.Agrees, s.Agreed = p.Percent, o.when })
	return nil
}

// StakeClosed says that a stake was acquired: from then on it is held. Percent
// is what the holder has in all.
type StakeClosed struct {
	Holder  string  `json:"holder"`
	Percent Percent `json:"percent"`
	Price   Money   `json:"price,omitzero"`
}

// Type returns stake.closed v1.
func (StakeClosed) Type() Type { return Type{"stake.closed", 1} }

// String says what happened, without a date.
func (p StakeClosed) String() string {
	return fmt.Sprintf("%s acquires %v%s", p.Holder, p.Percent, forPrice(p.Price))
}

func forPrice(m Money) string {
	if m.IsZero() {
		return ""
	}
	return " for " + m.String()
}

func (p StakeClosed) apply(c *Company, o origin) error {
	s, _ := c.Stakes.Get(p.Holder)
	s.Percent, s.Price, s.Since, s.Agrees = p.Percent, p.Price, o.when, 0
	return c.setStake(p.Holder, s)
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
	shares, total := immutable.Table[Percent]{}, Percent(0)
	for s := range p.Shares.All() {
		shares = shares.With(s.Holder, s.Percent)
		total += s.Percent
	}
	if total.aboveWhole() {
		return fmt.Errorf("the shares of %s add up to %v", p.Venture, total)
	}
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) {
		v.Shares, v.Task, v.Territory, v.Agreed = shares, p.Task, p.Territory, o.when
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
	c.Ventures = c.Ventures.Change(p.Venture, func(v *Venture) { v.Formed = o.when })
	return nil
}

// A Partnership is an agreement to work together.
type Partnership struct {
	Partner string                 `json:"partner"`
	Kind    string                 `json:"kind"` // as "strategic partnership" or "memorandum"
	Scope   immutable.List[string] `json:"scope,omitzero"`
	Signed  edtf.Date              `json:"signed"`
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
	c.Partnerships = c.Partnerships.With(p.Partnership, Partnership{p.Partner, p.Kind, p.Fields, o.when})
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
		t.With, t.About, t.Reported = p.With, p.About, o.when
		if t.Outcome == "" {
			t.Outcome = "open"
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
	c.Talks = c.Talks.Change(p.Talks, func(t *Talks) { t.Outcome, t.Ended = p.Outcome, o.when })
	return nil
}

// A Circumstance is something outside the company that bears on it.
type Circumstance struct {
	Actor string    `json:"actor"`
	What  string    `json:"what"`
	When  edtf.Date `json:"when"`
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
	c.Context = c.Context.With(o.label, Circumstance{p.Actor, p.What, o.when})
	return nil
}
