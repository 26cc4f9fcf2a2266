package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Fact is a property of something, for what no other type fits: of the company, a
// person, a plant, a model, a holder or a market.
type Fact struct {
	Value string    `json:"value,omitzero"`
	Since edtf.Date `json:"since,omitzero"`
	Until edtf.Date `json:"until,omitzero"`
}

// FactBegan says that something came to have a property, or another value of it.
type FactBegan struct {
	Subject  string `json:"subject"`
	Property string `json:"property"`
	Value    string `json:"value,omitzero"`
}

func (p FactBegan) String() string {
	if p.Value == "" {
		return p.Subject + ": " + p.Property
	}
	return p.Subject + ": " + p.Property + " is " + p.Value
}

func (p FactBegan) apply(c *Company, o origin) {
	c.changeFact(p.Subject, p.Property, func(f *Fact) {
		if f.Since.IsZero() || !f.Until.IsZero() || f.Value != p.Value {
			*f = Fact{Value: p.Value, Since: o.when}
		}
	})
}

// FactEnded says that something has a property no longer.
type FactEnded struct {
	Subject  string `json:"subject"`
	Property string `json:"property"`
}

func (p FactEnded) String() string { return p.Subject + ": no longer " + p.Property }

func (p FactEnded) apply(c *Company, o origin) {
	c.changeFact(p.Subject, p.Property, func(f *Fact) { fill(&f.Until, o.when) })
}

func (c *Company) changeFact(subject, property string, f func(*Fact)) {
	c.Facts = c.Facts.Change(subject, func(of *immutable.Table[Fact]) { *of = of.Change(property, f) })
}

// FactOf returns a property of something; the zero Fact if it is not told.
func (c Company) FactOf(subject, property string) Fact {
	of, _ := c.Facts.Get(subject)
	f, _ := of.Get(property)
	return f
}

// FactOf asks for the value of a property of something; "" if it has none.
func FactOf(subject, property string) timeline.Question[Company, string] {
	return about(property+" of "+subject, factPart(subject, property), func(c Company) string {
		f := c.FactOf(subject, property)
		if !f.Until.IsZero() {
			return ""
		}
		return f.Value
	})
}

func factPart(subject, property string) string { return "facts/" + subject + "/" + property }

// Scope returns the property.
func (p FactBegan) Scope() []string { return []string{factPart(p.Subject, p.Property)} }

// Scope returns the property.
func (p FactEnded) Scope() []string { return []string{factPart(p.Subject, p.Property)} }
