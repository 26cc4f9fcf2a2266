package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Equity is the shares that a company has issued.
type Equity struct {
	Issued  Number    `json:"issued,omitzero"` // how many there are in all
	Changed edtf.Date `json:"changed,omitzero"`
	Split   string    `json:"split,omitzero"` // the last split, as "3 for 1"
	SplitOn edtf.Date `json:"splitOn,omitzero"`
}

// SharesIssued says that the company issued shares.
type SharesIssued struct {
	Shares Number `json:"shares"`
	Total  bool   `json:"total,omitzero"` // so many there are in all, rather than more than before
	Price  Money  `json:"price,omitzero"` // of a share
	To     string `json:"to,omitzero"`
}

func (p SharesIssued) String() string {
	if p.Total {
		return "there are " + p.Shares.In("shares").String() + " in all"
	}
	s := p.Shares.In("shares").String() + " are issued"
	if p.To != "" {
		s += " to " + p.To
	}
	if !p.Price.IsZero() {
		s += " at " + p.Price.String()
	}
	return s
}

func (p SharesIssued) check() error { return p.Shares.needed() }

// What is issued adds to what there is, if that is told.
func (p SharesIssued) apply(c *Company, o origin) {
	all := p.Shares
	if !p.Total {
		all = c.Equity.Issued.plus(p.Shares)
	}
	c.Equity.Issued, c.Equity.Changed = all.In("shares"), o.when
}

// SharesSplit says that each of For shares became Into shares.
type SharesSplit struct {
	Into int `json:"into"`
	For  int `json:"for"`
}

func (p SharesSplit) String() string {
	return fmt.Sprintf("the shares are split, %d for %d", p.Into, p.For)
}

func (p SharesSplit) check() error {
	if p.Into < 1 || p.For < 1 {
		return fmt.Errorf("a split of %d for %d shares", p.Into, p.For)
	}
	return nil
}

func (p SharesSplit) apply(c *Company, o origin) {
	if n := &c.Equity.Issued; n.told {
		n.min, n.max = rounded(n.min*float64(p.Into)/float64(p.For)), rounded(n.max*float64(p.Into)/float64(p.For))
	}
	c.Equity.Split, c.Equity.SplitOn, c.Equity.Changed = fmt.Sprintf("%d for %d", p.Into, p.For), o.when, o.when
}
