package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A ModelMarket is a model in one market.
type ModelMarket struct {
	Name         string    `json:"name,omitzero"` // what it is called there, if that is another name
	Presale      edtf.Date `json:"presale,omitzero"`
	Launched     edtf.Date `json:"launched,omitzero"`
	Delivered    edtf.Date `json:"firstDeliveries,omitzero"`
	Discontinued edtf.Date `json:"discontinued,omitzero"`
}

// in changes what m is in a market; in none if no market is told.
func (m *Model) in(market string, f func(*ModelMarket)) {
	if market != "" {
		m.Markets = m.Markets.Change(market, f)
	}
}

// onSale reports whether m was launched there and not discontinued.
func (m ModelMarket) onSale() bool { return !m.Launched.IsZero() && m.Discontinued.IsZero() }

// launch puts m on sale, again if it had ended.
func (m *ModelMarket) launch(when edtf.Date) {
	if m.Launched.IsZero() || !m.Discontinued.IsZero() {
		m.Launched, m.Discontinued = when, edtf.Date{}
	}
}

// endedEverywhere reports whether m has ended in every market in which it was launched.
func (m *Model) endedEverywhere() bool {
	launched := false
	for _, in := range m.Markets.All() {
		if !in.Launched.IsZero() && in.Discontinued.IsZero() {
			return false
		}
		launched = launched || !in.Launched.IsZero()
	}
	return launched && !m.unplaced
}

// end ends m, wherever it is sold.
func (m *Model) end(when edtf.Date) {
	fill(&m.Discontinued, when)
	m.unplaced = false
	m.Markets = immutable.Map(m.Markets, func(in ModelMarket) ModelMarket {
		if !in.Launched.IsZero() {
			fill(&in.Discontinued, when)
		}
		return in
	})
}
