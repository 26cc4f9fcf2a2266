package events

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Price is what a model costs, from the cheapest version to the dearest.
type Price struct {
	Min          Money     `json:"min"`
	Max          Money     `json:"max,omitzero"` // none if only the cheapest is told
	AfterSubsidy bool      `json:"afterSubsidy,omitzero"`
	When         edtf.Date `json:"when"`
}

// String returns p as "CNY 65,800 to CNY 75,800", or "from EUR 18,900".
func (p Price) String() string {
	switch {
	case p.Min.IsZero():
		return p.Min.String()
	case p.Max == p.Min:
		return p.Min.String()
	case p.Max.IsZero():
		return "from " + p.Min.String()
	}
	return fmt.Sprintf("%v to %v", p.Min, p.Max)
}

// A Spec is the figures of a model. A zero one is not recorded.
type Spec struct {
	Versions int           `json:"versions,omitzero"`
	Battery  KilowattHours `json:"batteryKWh,omitzero"`
	Range    Kilometres    `json:"rangeKm,omitzero"`
	Cycle    string        `json:"rangeCycle,omitzero"`       // the test cycle of the range, such as NEDC
	About    bool          `json:"rangeApproximate,omitzero"` // the range is given as "about"
	Motors   int           `json:"motors,omitzero"`
	Power    Kilowatts     `json:"powerKW,omitzero"`
	Torque   NewtonMetres  `json:"torqueNm,omitzero"`
}

// String lists the figures that are recorded.
func (s Spec) String() string {
	var parts []string
	add := func(ok bool, format string, args ...any) {
		if ok {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(s.Versions > 0, "%s", count(s.Versions, "version"))
	add(s.Battery > 0, "%v", s.Battery)
	about := ""
	if s.About {
		about = "about "
	}
	add(s.Range > 0, "%s%v%s", about, s.Range, strings.TrimRight(" "+s.Cycle, " "))
	add(s.Motors > 0, "%s", count(s.Motors, "motor"))
	add(s.Power > 0, "%v", s.Power)
	add(s.Torque > 0, "%v", s.Torque)
	return strings.Join(parts, ", ")
}

// count returns "1 motor" or "2 motors".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// ModelPriced says what a model costs: in one market, if one is told. It leaves what was
// told of other markets and, if none is told, of other currencies.
type ModelPriced struct {
	Model        string `json:"model"`
	Market       string `json:"market,omitzero"`
	Min          Money  `json:"min"`
	Max          Money  `json:"max,omitzero"` // left out where only "from" is told
	AfterSubsidy bool   `json:"afterSubsidy,omitzero"`
}

func (p ModelPriced) String() string {
	return p.Model + " costs " + Price{Min: p.Min, Max: p.Max}.String() + inMarket(p.Market)
}

func (p ModelPriced) check() error {
	if p.Min.Currency() == "" {
		return errors.New("no price is given")
	}
	if !p.Max.IsZero() && (p.Min.Currency() != p.Max.Currency() || p.Min.hundredths > p.Max.hundredths) {
		return fmt.Errorf("a price from %v to %v", p.Min, p.Max)
	}
	return nil
}

func (p ModelPriced) apply(c *Company, o origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) {
		m.Price = Price{p.Min, p.Max, p.AfterSubsidy, o.when}
		m.Prices = m.Prices.With(cmp.Or(p.Market, p.Min.Currency()), m.Price)
	})
}

// ModelSpecified gives figures of a model. Those it does not give stay as they
// were.
type ModelSpecified struct {
	Model string `json:"model"`
	Spec  Spec   `json:"specification"`
}

func (p ModelSpecified) String() string { return p.Model + " has " + p.Spec.String() }

func (p ModelSpecified) apply(c *Company, _ origin) {
	c.Models = c.Models.Change(p.Model, func(m *Model) { m.Spec = m.Spec.with(p.Spec) })
}

// with returns s with the figures that t gives.
func (s Spec) with(t Spec) Spec {
	set(&s.Versions, t.Versions)
	set(&s.Battery, t.Battery)
	set(&s.Motors, t.Motors)
	set(&s.Power, t.Power)
	set(&s.Torque, t.Torque)
	if t.Range != 0 {
		s.Range, s.Cycle, s.About = t.Range, t.Cycle, t.About
	}
	return s
}
