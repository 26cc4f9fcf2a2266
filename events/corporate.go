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

func (p CompanyFounded) String() string { return p.TradeName + " is founded" }

// The first founding counts, since the company was last dissolved. Another one only
// fills in what that left out.
func (p CompanyFounded) apply(c *Company, o origin) {
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
}

// An Organisation is one that has to do with the company, such as one that it owns.
type Organisation struct {
	Founded  edtf.Date              `json:"founded,omitzero"`
	Founders immutable.List[string] `json:"founders,omitzero"`
	Percent  Number                 `json:"percent,omitzero"` // what the company has of it
	Owned    edtf.Date              `json:"ownedSince,omitzero"`
	From     string                 `json:"from,omitzero"`   // who had it before
	Merged   edtf.Date              `json:"merged,omitzero"` // when it became part of the company
	Parted   edtf.Date              `json:"parted,omitzero"` // when it was sold or spun off
	To       string                 `json:"to,omitzero"`     // who bought it
}

// OrganisationFounded says that another organisation came into being.
type OrganisationFounded struct {
	Organisation string                 `json:"organisation"`
	Founders     immutable.List[string] `json:"founders,omitzero"`
}

func (p OrganisationFounded) String() string {
	if p.Founders.IsZero() {
		return p.Organisation + " is founded"
	}
	return p.Organisation + " is founded by " + immutable.Enumerate(slices.Collect(p.Founders.All()))
}

func (p OrganisationFounded) apply(c *Company, o origin) {
	c.Related = c.Related.Change(p.Organisation, func(other *Organisation) {
		fill(&other.Founded, o.when)
		if other.Founders.IsZero() {
			other.Founders = p.Founders
		}
	})
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

func (p BrandLaunched) String() string { return "the brand " + p.Brand + " is brought out" }

func (p BrandLaunched) apply(c *Company, o origin) {
	if c.Brand.Name != p.Brand {
		c.Brand = Brand{p.Brand, o.when}
	}
}

// A Raise is capital that was raised.
type Raise struct {
	Amount    Money                  `json:"amount"`
	Total     bool                   `json:"total,omitzero"` // it is all that had been raised by then
	About     bool                   `json:"about,omitzero"`
	AtLeast   bool                   `json:"atLeast,omitzero"`
	Round     string                 `json:"round,omitzero"`
	Investors immutable.List[string] `json:"investors,omitzero"`
	When      edtf.Date              `json:"when"`
}

func (r Raise) equal(s Raise) bool {
	return r.Amount == s.Amount && r.Total == s.Total && r.About == s.About && r.AtLeast == s.AtLeast && r.Round == s.Round && r.When == s.When &&
		r.Investors.Equal(s.Investors)
}

// CapitalRaised says that the company had raised capital.
type CapitalRaised struct {
	Amount    Money                  `json:"amount"`
	Total     bool                   `json:"total,omitzero"`   // all that had been raised by then, rather than one round
	About     bool                   `json:"about,omitzero"`   // the amount is approximate
	AtLeast   bool                   `json:"atLeast,omitzero"` // it may be more
	Round     string                 `json:"round,omitzero"`   // such as "series A"
	Investors immutable.List[string] `json:"investors,omitzero"`
}

func (p CapitalRaised) String() string {
	amount := p.Amount.String()
	switch {
	case p.About:
		amount = "about " + amount
	case p.AtLeast:
		amount += " or more"
	}
	if p.Total {
		return amount + " of capital has been raised in all"
	}
	if amount += " of capital is raised" + after(" in ", p.Round); !p.Investors.IsZero() {
		amount += " from " + immutable.Enumerate(slices.Collect(p.Investors.All()))
	}
	return amount
}

func (p CapitalRaised) check() error {
	if p.Amount.IsZero() {
		return errors.New("no amount is given")
	}
	return nil
}

func (p CapitalRaised) apply(c *Company, o origin) {
	c.Capital = c.Capital.With(o.label, Raise{p.Amount, p.Total, p.About, p.AtLeast, p.Round, p.Investors, o.when})
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

func (p ContextNoted) String() string { return p.Actor + " " + p.What }

func (p ContextNoted) apply(c *Company, o origin) {
	c.Context = c.Context.With(o.label, Circumstance{p.Actor, p.What, o.when, o.seq})
}
