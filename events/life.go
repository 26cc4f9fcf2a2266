package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// CompanyRenamed says that the company took another name. What is left out stays.
type CompanyRenamed struct {
	LegalName string `json:"legalName,omitzero"`
	TradeName string `json:"tradeName,omitzero"`
}

func (p CompanyRenamed) String() string {
	name := p.LegalName
	if name == "" {
		name = p.TradeName
	}
	return "the company is renamed " + name
}

func (p CompanyRenamed) apply(c *Company, o origin) {
	set(&c.Identity.LegalName, p.LegalName)
	set(&c.Identity.TradeName, p.TradeName)
	c.Identity.Renamed = o.when
}

// CompanyMoved says that the company has its seat elsewhere from then on.
type CompanyMoved struct {
	Seat    string `json:"seat"`
	Country string `json:"country,omitzero"` // as before, if it is left out
}

func (p CompanyMoved) String() string { return "the company moves to " + p.Seat }

func (p CompanyMoved) apply(c *Company, o origin) {
	c.Identity.Seat, c.Identity.Moved = p.Seat, o.when
	set(&c.Identity.Country, p.Country)
}

// A Listing is shares of the company at a stock exchange.
type Listing struct {
	Code  string    `json:"code,omitzero"`
	Price Money     `json:"price,omitzero"` // of a share, at the start
	Since edtf.Date `json:"since,omitzero"`
	Until edtf.Date `json:"until,omitzero"`
}

// CompanyListed says that shares of the company came to a stock exchange.
type CompanyListed struct {
	Exchange string `json:"exchange"`
	Code     string `json:"code,omitzero"`
	Price    Money  `json:"price,omitzero"` // of a share
}

func (p CompanyListed) String() string {
	s := "the company is listed in " + p.Exchange
	if !p.Price.IsZero() {
		s += " at " + p.Price.String() + " a share"
	}
	return s
}

func (p CompanyListed) apply(c *Company, o origin) {
	c.Listings = c.Listings.Change(p.Exchange, func(l *Listing) {
		if l.Since.IsZero() || !l.Until.IsZero() {
			*l = Listing{Since: o.when}
		}
		set(&l.Code, p.Code)
		set(&l.Price, p.Price)
	})
}

// CompanyDelisted says that shares of the company left a stock exchange.
type CompanyDelisted struct {
	Exchange string `json:"exchange"`
}

func (p CompanyDelisted) String() string { return "the company is no longer listed in " + p.Exchange }

func (p CompanyDelisted) apply(c *Company, o origin) {
	c.Listings = c.Listings.Change(p.Exchange, func(l *Listing) { fill(&l.Until, o.when) })
}

// CompanyInsolvent says that insolvency proceedings of the company began. It goes on.
type CompanyInsolvent struct {
	Court string `json:"court,omitzero"`
}

func (CompanyInsolvent) String() string { return "the company is insolvent" }

func (p CompanyInsolvent) apply(c *Company, o origin) {
	fill(&c.Identity.Insolvent, o.when)
}

// CompanyDissolved says that the company came to an end. Without a successor, what it
// sold and made has ended by that, and nobody holds a share or an office of it any more;
// with one it goes on there. A founding after it is a new beginning.
type CompanyDissolved struct {
	Successor string `json:"successor,omitzero"`
}

func (p CompanyDissolved) String() string {
	if p.Successor != "" {
		return "the company becomes part of " + p.Successor
	}
	return "the company is dissolved"
}

func (p CompanyDissolved) apply(c *Company, o origin) {
	fill(&c.Identity.Dissolved, o.when)
	set(&c.Identity.Successor, p.Successor)
	if p.Successor != "" {
		return
	}
	c.Models = immutable.Map(c.Models, func(m Model) Model {
		if m.Status() == StatusOnSale || m.Status() == StatusPresale {
			m.end(o.when)
		}
		return m
	})
	c.Plants = immutable.Map(c.Plants, func(pl Plant) Plant {
		pl.Models = immutable.Map(pl.Models, func(m Production) Production {
			if m.goesOn() {
				m.end(o.when)
			}
			return m
		})
		return pl
	})
	c.Markets = immutable.Map(c.Markets, func(m Market) Market {
		if !m.Since.IsZero() {
			fill(&m.Left, o.when)
		}
		return m
	})
	c.Listings = immutable.Map(c.Listings, func(l Listing) Listing {
		fill(&l.Until, o.when)
		return l
	})
	c.Stakes, c.Offices = immutable.Table[Stake]{}, immutable.Table[Office]{}
}

// An Office is who holds an office of the company, such as "chief executive".
type Office struct {
	Holder string    `json:"holder,omitzero"` // nobody, if it is empty
	Since  edtf.Date `json:"since,omitzero"`
	Acting bool      `json:"acting,omitzero"` // for the time being
	Vacant edtf.Date `json:"vacantSince,omitzero"`
}

// OfficeTaken says that a person took an office, and so whoever held it left.
type OfficeTaken struct {
	Office string `json:"office"`
	Person string `json:"person"`
	Acting bool   `json:"acting,omitzero"`
}

func (p OfficeTaken) String() string {
	if p.Acting {
		return p.Person + " becomes " + p.Office + " for the time being"
	}
	return p.Person + " becomes " + p.Office
}

func (p OfficeTaken) apply(c *Company, o origin) {
	c.Offices = c.Offices.Change(p.Office, func(f *Office) {
		if f.Holder != p.Person {
			*f = Office{Holder: p.Person, Since: o.when}
		}
		f.Acting = p.Acting
	})
}

// OfficeLeft says that a person left an office. If somebody else holds it by then, that
// changes nothing.
type OfficeLeft struct {
	Office string `json:"office"`
	Person string `json:"person"`
}

func (p OfficeLeft) String() string { return p.Person + " is no longer " + p.Office }

func (p OfficeLeft) apply(c *Company, o origin) {
	c.Offices = c.Offices.Change(p.Office, func(f *Office) {
		if f.Holder == p.Person || *f == (Office{}) {
			*f = Office{Vacant: o.when}
		}
	})
}
