package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Model is a car. Each stage of its life has the date of its event, as
// written; the zero Date means that it is not recorded.
type Model struct {
	Name         string    `json:"name,omitzero"`    // what it is called now, if it was renamed
	Planned      bool      `json:"planned,omitzero"` // a plan names it
	Body         string    `json:"body,omitzero"`
	Platform     string    `json:"platform,omitzero"`
	Ordinal      int       `json:"ordinal,omitzero"` // its place among the models in mass production
	FirstShown   Showing   `json:"firstShown,omitzero"`
	Revealed     edtf.Date `json:"revealed,omitzero"`
	Presale      edtf.Date `json:"presale,omitzero"`
	Launched     edtf.Date `json:"launched,omitzero"`
	Delivered    edtf.Date `json:"firstDeliveries,omitzero"`
	Discontinued edtf.Date `json:"discontinued,omitzero"`
	// Price is what was told last, wherever it applies, and Prices what was told last
	// of each market or, where none is told, in each currency.
	Price  Price                  `json:"price,omitzero"`
	Prices immutable.Table[Price] `json:"prices,omitzero"`
	// Markets is where it is sold, as far as markets are told.
	Markets immutable.Table[ModelMarket] `json:"markets,omitzero"`
	Spec    Spec                         `json:"specification,omitzero"`
	Updates immutable.Table[Update]      `json:"updates,omitzero"` // by event
	Recalls immutable.Table[Recall]      `json:"recalls,omitzero"` // by event

	unplaced bool // it was launched where no market is told, and has not ended since
}

func (m Model) equal(n Model) bool {
	return m.Name == n.Name && m.Updates.EqualFunc(n.Updates, same) && m.Recalls.EqualFunc(n.Recalls, same) && m.Planned == n.Planned && m.Body == n.Body && m.Platform == n.Platform && m.Ordinal == n.Ordinal &&
		m.FirstShown == n.FirstShown && m.Revealed == n.Revealed && m.Presale == n.Presale && m.Launched == n.Launched &&
		m.Delivered == n.Delivered && m.Discontinued == n.Discontinued && m.Spec == n.Spec && m.Price == n.Price && m.unplaced == n.unplaced &&
		m.Prices.EqualFunc(n.Prices, same) && m.Markets.EqualFunc(n.Markets, same)
}

// A ModelStatus is how far a model has come. The zero value means that it has
// not been heard of.
type ModelStatus string

// The stages of a model. One that is in planning has only been spoken of.
const (
	StatusPlanned      ModelStatus = "planned"
	StatusShown        ModelStatus = "shown"
	StatusRevealed     ModelStatus = "revealed"
	StatusPresale      ModelStatus = "presale"
	StatusOnSale       ModelStatus = "on sale"
	StatusDiscontinued ModelStatus = "discontinued"
)

// String returns the word, or "not heard of".
func (s ModelStatus) String() string {
	if s == "" {
		return "not heard of"
	}
	return string(s)
}

// Status returns how far m has come: the last stage of which there is an
// event. Only a launch puts it on sale.
func (m Model) Status() ModelStatus {
	switch {
	case !m.Discontinued.IsZero():
		return StatusDiscontinued
	case !m.Launched.IsZero():
		return StatusOnSale
	case !m.Presale.IsZero():
		return StatusPresale
	case !m.Revealed.IsZero():
		return StatusRevealed
	case m.FirstShown != Showing{}:
		return StatusShown
	case m.Planned:
		return StatusPlanned
	}
	return ""
}

// A Showing is an occasion on which a model was shown.
type Showing struct {
	At   string    `json:"at,omitzero"` // the show
	As   string    `json:"as,omitzero"` // the name or form under which it was shown
	When edtf.Date `json:"when"`
}

// ModelShown says that a model was shown for the first time, perhaps as a
// prototype or under another name. It is not presented as a product by that.
type ModelShown struct {
	Model string `json:"model"`
	At    string `json:"at,omitzero"`
	As    string `json:"as,omitzero"`
}

func (p ModelShown) String() string {
	s := p.Model + " is first shown"
	if p.As != "" {
		s += " as " + p.As
	}
	if p.At != "" {
		s += " at " + p.At
	}
	return s
}

func (p ModelShown) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) { fill(&m.FirstShown, Showing{p.At, p.As, o.when}) })
}

// ModelRevealed says that a model was presented to the public. That does not
// put it on sale.
type ModelRevealed struct {
	Model string `json:"model"`
	Body  string `json:"body,omitzero"`
}

func (p ModelRevealed) String() string { return p.Model + " is revealed" }

func (p ModelRevealed) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		fill(&m.Revealed, o.when)
		if p.Body != "" {
			m.Body = p.Body
		}
	})
}

// ModelPresold says that orders for a model were taken before its launch.
type ModelPresold struct {
	Model  string `json:"model"`
	Market string `json:"market,omitzero"`
}

func (p ModelPresold) String() string {
	return p.Model + " can be ordered ahead of its launch" + inMarket(p.Market)
}

func (p ModelPresold) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		fill(&m.Presale, o.when)
		m.in(p.Market, func(in *ModelMarket) { fill(&in.Presale, o.when) })
	})
}

// ModelLaunched says that a model came on a market. The first launch is the one
// that dates it; a launch after its end puts it on sale again.
type ModelLaunched struct {
	Model   string                   `json:"model"`
	Body    string                   `json:"body,omitzero"`
	Market  string                   `json:"market,omitzero"`
	Ordinal int                      `json:"ordinal,omitzero"` // its place among the models in mass production
	Fulfils immutable.List[PlanItem] `json:"fulfils,omitzero"`
}

func (p ModelLaunched) String() string { return p.Model + " is launched" + inMarket(p.Market) }

func (p ModelLaunched) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		if m.Launched.IsZero() || !m.Discontinued.IsZero() {
			m.Launched, m.Discontinued = o.when, edtf.Date{}
		}
		if p.Body != "" {
			m.Body = p.Body
		}
		if p.Ordinal != 0 {
			m.Ordinal = p.Ordinal
		}
		m.unplaced = m.unplaced || p.Market == ""
		m.in(p.Market, func(in *ModelMarket) { in.launch(o.when) })
	})
	c.fulfil(p.Fulfils, o)
}

// ModelDelivered says that the first cars of a model were handed to customers.
type ModelDelivered struct {
	Model  string `json:"model"`
	Market string `json:"market,omitzero"`
}

func (p ModelDelivered) String() string {
	return "the first " + p.Model + " are delivered" + inMarket(p.Market)
}

func (p ModelDelivered) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		fill(&m.Delivered, o.when)
		m.in(p.Market, func(in *ModelMarket) { fill(&in.Delivered, o.when) })
	})
}

// ModelDiscontinued says that a model is no longer sold: in one market, if one is told,
// or anywhere. It has ended once it has in every market in which it was launched.
type ModelDiscontinued struct {
	Model  string `json:"model"`
	Market string `json:"market,omitzero"`
}

func (p ModelDiscontinued) String() string {
	return p.Model + " is discontinued" + inMarket(p.Market)
}

// inMarket returns " in Germany", or nothing if no market is told.
func inMarket(market string) string {
	if market == "" {
		return ""
	}
	return " in " + market
}

func (p ModelDiscontinued) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		m.in(p.Market, func(in *ModelMarket) { fill(&in.Discontinued, o.when) })
		if p.Market == "" || m.endedEverywhere() {
			m.end(o.when)
		}
	})
}

// fill sets what into points to if it is its zero value: what is called first, since or
// begun stays as it was first told.
func fill[T comparable](into *T, v T) {
	var zero T
	if *into == zero {
		*into = v
	}
}

// set replaces what into points to unless v is its zero value.
func set[T comparable](into *T, v T) {
	var zero T
	if v != zero {
		*into = v
	}
}
