package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Market is a country or region in which cars are sold.
type Market struct {
	Since     edtf.Date `json:"since,omitzero"`
	Region    string    `json:"region,omitzero"`         // the market that it is a part of
	By        string    `json:"by,omitzero"`             // the seller
	ByOther   edtf.Date `json:"sellerChanged,omitzero"`  // when another one took over from the first
	Suspended edtf.Date `json:"suspendedSince,omitzero"` // since when sales rest
	Left      edtf.Date `json:"left,omitzero"`           // when sales ended
}

// open reports whether cars are sold there.
func (m Market) open() bool { return !m.Since.IsZero() && m.Left.IsZero() && m.Suspended.IsZero() }

// MarketEntered says that cars came on sale in a market.
type MarketEntered struct {
	Market  string                   `json:"market"`
	Region  string                   `json:"region,omitzero"` // the market that it is a part of, as Germany is of Europe
	By      string                   `json:"by,omitzero"`
	Fulfils immutable.List[PlanItem] `json:"fulfils,omitzero"`
}

func (p MarketEntered) String() string { return "sales begin in " + p.Market }

func (p MarketEntered) apply(c *Company, o origin) {
	c.Markets = c.Markets.Change(p.Market, func(m *Market) {
		if m.Since.IsZero() || !m.Left.IsZero() {
			*m = Market{Since: o.when, Region: m.Region}
		}
		m.Suspended = edtf.Date{}
		set(&m.By, p.By)
		set(&m.Region, p.Region)
	})
	c.fulfil(p.Fulfils, o)
}

// MarketLeft says that cars are no longer sold in a market.
type MarketLeft struct {
	Market string `json:"market"`
	Reason string `json:"reason,omitzero"`
}

func (p MarketLeft) String() string { return "sales end in " + p.Market }

func (p MarketLeft) apply(c *Company, o origin) {
	c.Markets = c.Markets.Change(p.Market, func(m *Market) { fill(&m.Left, o.when) })
}

// MarketSuspended says that sales in a market rest. They begin again when the market is
// entered again.
type MarketSuspended struct {
	Market string `json:"market"`
	Reason string `json:"reason,omitzero"`
}

func (p MarketSuspended) String() string { return "sales rest in " + p.Market }

func (p MarketSuspended) apply(c *Company, o origin) {
	c.Markets = c.Markets.Change(p.Market, func(m *Market) { fill(&m.Suspended, o.when) })
}

// MarketSellerChanged says that another importer or dealer sells the cars in a market.
type MarketSellerChanged struct {
	Market string `json:"market"`
	By     string `json:"by"`
}

func (p MarketSellerChanged) String() string { return p.By + " sells in " + p.Market + " from then on" }

func (p MarketSellerChanged) apply(c *Company, o origin) {
	c.Markets = c.Markets.Change(p.Market, func(m *Market) {
		if m.By != p.By {
			m.By, m.ByOther = p.By, o.when
		}
	})
}

// InMarket returns whether the company's cars are sold in a market. If they are sold in
// a region that the market is a part of, and nothing is told of the market itself, that
// is possible. If they are sold in a part of the market, they are sold in it.
func (c Company) InMarket(market string) edtf.Truth {
	m, _ := c.Markets.Get(market)
	if m.open() {
		return edtf.Certain
	}
	for _, part := range c.Markets.All() {
		if part.Region == market && part.open() {
			return edtf.Certain
		}
	}
	region, _ := c.Markets.Get(m.Region)
	if m.Since.IsZero() && m.Left.IsZero() && m.Region != "" && region.open() {
		return edtf.Possible
	}
	return edtf.No
}
