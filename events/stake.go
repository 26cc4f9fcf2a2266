package events

import (
	"cmp"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Stake is a share in the company.
type Stake struct {
	Percent     Percent   `json:"percent"`              // held; 0 until the purchase is closed
	Price       Money     `json:"price,omitzero"`       // what was paid when it last changed
	Agreed      edtf.Date `json:"agreed,omitzero"`      // when a purchase was last agreed
	Agrees      Percent   `json:"agreeing,omitzero"`    // agreed, but not closed
	AgreedPrice Money     `json:"agreedPrice,omitzero"` // for that
	Lapsed      edtf.Date `json:"lapsed,omitzero"`      // when a purchase that was agreed was called off
	Since       edtf.Date `json:"since,omitzero"`       // since when there is any of it
	Changed     edtf.Date `json:"changed,omitzero"`     // when it last became more or less
	Sold        edtf.Date `json:"sold,omitzero"`        // when the last of it was sold
	Remark      Remark    `json:"remark,omitzero"`

	event string // by which it last changed
}

// changed returns the last day on which s may have changed.
func (s Stake) changed() edtf.Day {
	if s.Changed.IsZero() {
		return s.Since.Latest()
	}
	return s.Changed.Latest()
}

// hold makes the share what it is from an event on.
func (s *Stake) hold(percent Percent, o origin) {
	switch {
	case percent == 0 && !s.Sold.IsZero():
		return // told again
	case percent == 0 && s.Percent == 0:
		s.Remark = Remark{"it is sold, and was never bought", o.label, "when it was bought"}
		s.Sold = o.when
	case percent == 0:
		*s = Stake{Sold: o.when, Agreed: s.Agreed, Agrees: s.Agrees, AgreedPrice: s.AgreedPrice, Lapsed: s.Lapsed}
	case s.Percent == 0:
		s.Since, s.Changed, s.Sold = o.when, edtf.Date{}, edtf.Date{}
	case s.Percent != percent:
		s.Changed = o.when
	default:
		return // told again
	}
	s.Percent, s.event = percent, o.label
}

// StakeAgreed says that a purchase of a stake was agreed. It is not held yet.
type StakeAgreed struct {
	Holder  string  `json:"holder"`
	Percent Percent `json:"percent"`
	Price   Money   `json:"price,omitzero"`
}

// Type returns stake.agreed v1.
func (StakeAgreed) Type() Type { return Type{"stake.agreed", 1} }

// String says what happened, without a date.
func (p StakeAgreed) String() string {
	return fmt.Sprintf("%s agrees to buy %v%s", p.Holder, p.Percent, forPrice(p.Price))
}

func (p StakeAgreed) apply(c *Company, o origin) error {
	c.Stakes = c.Stakes.Change(p.Holder, func(s *Stake) { s.Agrees, s.AgreedPrice, s.Agreed = p.Percent, p.Price, o.when })
	return nil
}

// StakeLapsed says that a purchase which was agreed was called off.
type StakeLapsed struct {
	Holder string `json:"holder"`
	Reason string `json:"reason,omitzero"`
}

// Type returns stake.lapsed v1.
func (StakeLapsed) Type() Type { return Type{"stake.lapsed", 1} }

// String says what happened, without a date.
func (p StakeLapsed) String() string { return "the purchase by " + p.Holder + " is called off" }

func (p StakeLapsed) apply(c *Company, o origin) error {
	c.Stakes = c.Stakes.Change(p.Holder, func(s *Stake) {
		if s.Agrees == 0 {
			s.Remark = Remark{"a purchase is called off that was not agreed", o.label, "when it was agreed"}
		}
		s.Agrees, s.AgreedPrice, s.Lapsed = 0, Money{}, o.when
	})
	return nil
}

// StakeClosed says that a stake was acquired: from then on it is held. Percent
// is what the holder has in all.
type StakeClosed struct {
	Holder  string  `json:"holder"`
	Percent Percent `json:"percent"`
	Price   Money   `json:"price,omitzero"`
}

// Type returns stake.closed v1.
func (StakeClosed) Type() Type { return Type{"stake.closed", 1} }

// String says what happened, without a date.
func (p StakeClosed) String() string {
	if p.Percent == 0 {
		return p.Holder + " sells its stake"
	}
	return fmt.Sprintf("%s acquires %v%s", p.Holder, p.Percent, forPrice(p.Price))
}

func forPrice(m Money) string {
	if m.IsZero() {
		return ""
	}
	return " for " + m.String()
}

func (p StakeClosed) apply(c *Company, o origin) error {
	c.Stakes = c.Stakes.Change(p.Holder, func(s *Stake) {
		if p.Percent == s.Percent && p.Percent > 0 {
			set(&s.Price, p.Price) // told again
			return
		}
		price := cmp.Or(p.Price, s.AgreedPrice)
		s.Agrees, s.AgreedPrice = 0, Money{}
		s.hold(p.Percent, o)
		s.Price = price
	})
	return nil
}

// StakeTransferred says that a holder sold a stake, or a part of it, to another. That is
// one event: there is no day on which nobody has it.
type StakeTransferred struct {
	From    string  `json:"from"`
	To      string  `json:"to"`
	Percent Percent `json:"percent,omitzero"` // of the company; all that is held if it is left out
	Price   Money   `json:"price,omitzero"`
}

// Type returns stake.transferred v1.
func (StakeTransferred) Type() Type { return Type{"stake.transferred", 1} }

// String says what happened, without a date.
func (p StakeTransferred) String() string {
	what := "its stake"
	if p.Percent > 0 {
		what = p.Percent.String()
	}
	return fmt.Sprintf("%s sells %s to %s%s", p.From, what, p.To, forPrice(p.Price))
}

func (p StakeTransferred) apply(c *Company, o origin) error {
	from, _ := c.Stakes.Get(p.From)
	to, _ := c.Stakes.Get(p.To)
	percent := p.Percent
	if percent == 0 {
		percent = from.Percent
	}
	left := (from.Percent - percent).rounded()
	from.hold(max(left, 0), o)
	if left < 0 {
		from.Remark = Remark{"more is sold than was held", o.label, "when more was bought"}
	}
	if percent == 0 {
		to.Remark = Remark{"it buys a share of unknown size", o.label, "what the seller had"}
	} else {
		to.hold((to.Percent + percent).rounded(), o)
		to.Price, to.Agrees, to.AgreedPrice = cmp.Or(p.Price, to.AgreedPrice), 0, Money{}
	}
	c.Stakes = c.Stakes.With(p.From, from).With(p.To, to)
	return nil
}
