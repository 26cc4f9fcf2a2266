package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// SubsidiaryAcquired says that the company bought another one, or a share of it.
type SubsidiaryAcquired struct {
	Organisation string  `json:"organisation"`
	Percent      Portion `json:"percent,omitzero"` // what it has in all; of unknown size if it is left out
	From         string  `json:"from,omitzero"`
	Price        Money   `json:"price,omitzero"`
}

func (p SubsidiaryAcquired) String() string {
	s := p.Organisation + " is bought"
	if p.From != "" {
		s += " from " + p.From
	}
	return s + forPrice(p.Price)
}

func (p SubsidiaryAcquired) apply(c *Company, o origin) {
	c.Related = c.Related.Change(p.Organisation, func(other *Organisation) {
		if other.Owned.IsZero() || !other.Parted.IsZero() {
			other.Owned, other.From, other.Parted, other.To = o.when, p.From, edtf.Date{}, ""
		}
		other.Percent = p.Percent.held()
	})
}

// SubsidiarySold says that the company sold another one that it owned or, where no buyer
// is told, made it a company of its own.
type SubsidiarySold struct {
	Organisation string `json:"organisation"`
	To           string `json:"to,omitzero"`
	Price        Money  `json:"price,omitzero"`
}

func (p SubsidiarySold) String() string {
	if p.To == "" {
		return p.Organisation + " is spun off"
	}
	return p.Organisation + " is sold to " + p.To + forPrice(p.Price)
}

func (p SubsidiarySold) apply(c *Company, o origin) {
	c.Related = c.Related.Change(p.Organisation, func(other *Organisation) {
		fill(&other.Parted, o.when)
		set(&other.To, p.To)
		other.Percent = nothing
	})
}

// CompanyMerged says that another company became part of this one.
type CompanyMerged struct {
	With string `json:"with"`
}

func (p CompanyMerged) String() string { return p.With + " becomes part of the company" }

func (p CompanyMerged) apply(c *Company, o origin) {
	c.Related = c.Related.Change(p.With, func(other *Organisation) {
		fill(&other.Owned, o.when)
		fill(&other.Merged, o.when)
		other.Percent = Exactly(100).In("%")
	})
}

// Owns asks for the share that the company has in another one, in %: 0 if it has none.
func Owns(organisation string) timeline.Question[Company, Number] {
	return about("the share in "+organisation, "organisations/"+organisation, func(c Company) Number {
		other, _ := c.Related.Get(organisation)
		if !other.Percent.Told() {
			return nothing
		}
		return other.Percent
	})
}
