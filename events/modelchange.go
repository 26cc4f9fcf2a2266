package events

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// ModelRenamed says that a model has another name, in one market if one is told. Events
// go on calling it what they called it first.
type ModelRenamed struct {
	Model  string `json:"model"`
	Name   string `json:"name"`
	Market string `json:"market,omitzero"`
}

func (p ModelRenamed) String() string {
	return "the " + p.Model + " is called " + p.Name + inMarket(p.Market)
}

func (p ModelRenamed) apply(c *Company, _ origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		if p.Market == "" {
			m.Name = p.Name
		} else {
			m.in(p.Market, func(in *ModelMarket) { in.Name = p.Name })
		}
	})
}

// An Update is a new form of a model.
type Update struct {
	Kind   string    `json:"kind"`
	Name   string    `json:"name,omitzero"`
	Market string    `json:"market,omitzero"`
	When   edtf.Date `json:"when"`
}

// ModelUpdated says that there is a new form of a model: a "facelift", a "generation", a
// "model year", or a "version" beside those that there are.
type ModelUpdated struct {
	Model  string `json:"model"`
	Kind   string `json:"kind"`
	Name   string `json:"name,omitzero"` // of the version
	Market string `json:"market,omitzero"`
}

func (p ModelUpdated) String() string {
	s := "new " + p.Kind + " of the " + p.Model
	if p.Name != "" {
		s += ", " + p.Name
	}
	return s + inMarket(p.Market)
}

func (p ModelUpdated) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		m.Updates = m.Updates.With(o.label, Update{p.Kind, p.Name, p.Market, o.when})
	})
}

// A Recall is cars of a model that were called back.
type Recall struct {
	Count  Number    `json:"count,omitzero"`
	Reason string    `json:"reason,omitzero"`
	Market string    `json:"market,omitzero"`
	When   edtf.Date `json:"when"`
}

// ModelRecalled says that cars of a model were called back.
type ModelRecalled struct {
	Model  string `json:"model"`
	Count  Number `json:"count,omitzero"`
	Reason string `json:"reason,omitzero"`
	Market string `json:"market,omitzero"`
}

func (p ModelRecalled) String() string {
	s := "the " + p.Model + " is recalled"
	if p.Count.Told() {
		s += fmt.Sprintf(", %v", p.Count.In("cars"))
	}
	return s + inMarket(p.Market)
}

func (p ModelRecalled) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		m.Recalls = m.Recalls.With(o.label, Recall{p.Count.In("cars"), p.Reason, p.Market, o.when})
	})
}
