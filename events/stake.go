package events

import (
	"cmp"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Stake is a share in the company.
type Stake struct {
	Percent     Number    `json:"percent"`              // held; 0 until the purchase is closed
	Votes       Number    `json:"votes,omitzero"`       // the share of the votes, where it is told apart
	Shares      Number    `json:"shares,omitzero"`      // how many shares that is
	Through     string    `json:"through,omitzero"`     // the company that holds them for the holder
	Basis       string    `json:"basis,omitzero"`       // what the share is a share of, or who counted
	Price       Money     `json:"price,omitzero"`       // what was paid when it last changed
	Agreed      edtf.Date `json:"agreed,omitzero"`      // when a purchase was last agreed
	Approved    edtf.Date `json:"approved,omitzero"`    // when that was approved
	Agrees      Number    `json:"agreeing,omitzero"`    // agreed, but not closed
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
func (s *Stake) hold(percent Number, o origin) {
	switch {
	case percent.none() && !s.Sold.IsZero():
		return // told again
	case percent.none() && s.Percent.none():
		s.Remark = Remark{"it is sold, and was never bought", o.label, "when it was bought"}
		s.Sold = o.when
	case percent.none():
		*s = Stake{Sold: o.when, Agreed: s.Agreed, Approved: s.Approved, Agrees: s.Agrees, AgreedPrice: s.AgreedPrice, Lapsed: s.Lapsed}
	case s.Percent.none():
		s.Since, s.Changed, s.Sold = o.when, edtf.Date{}, edtf.Date{}
	case s.Percent != percent:
		s.Changed = o.when
	default:
		return // told again
	}
	s.Percent, s.event = percent, o.label
}

// settle forgets a purchase that was agreed.
func (s *Stake) settle() { s.Agrees, s.AgreedPrice, s.Approved = Number{}, Money{}, edtf.Date{} }

// nothing is the share of who holds none.
var nothing = Exactly(0).In("%")

// stake returns what a holder has.
func (c Company) stake(holder string) Stake {
	s, ok := c.Stakes.Get(holder)
	if !ok {
		s.Percent = nothing
	}
	return s
}

func (c *Company) changeStake(holder string, f func(*Stake)) {
	s := c.stake(holder)
	f(&s)
	c.Stakes = c.Stakes.With(holder, s)
}

// StakeAgreed says that a purchase of a stake was agreed. It is not held yet.
type StakeAgreed struct {
	Holder  string  `json:"holder"`
	Percent Portion `json:"percent,omitzero"` // of unknown size if it is left out
	Shares  Number  `json:"shares,omitzero"`
	Price   Money   `json:"price,omitzero"`
}

func (p StakeAgreed) String() string {
	return fmt.Sprintf("%s agrees to buy %v%s", p.Holder, p.Percent, forPrice(p.Price))
}

func (p StakeAgreed) apply(c *Company, o origin) {
	c.changeStake(p.Holder, func(s *Stake) {
		s.settle()
		s.Agrees, s.AgreedPrice, s.Agreed = p.Percent.held(), p.Price, o.when
	})
}

// StakeApproved says that an authority or the shareholders approved a purchase that was
// agreed. The stake is not held yet.
type StakeApproved struct {
	Holder string `json:"holder"`
	By     string `json:"by,omitzero"`
}

func (p StakeApproved) String() string { return "the purchase by " + p.Holder + " is approved" }

func (p StakeApproved) apply(c *Company, o origin) {
	c.changeStake(p.Holder, func(s *Stake) {
		if !s.Agrees.Told() {
			s.Remark = Remark{"a purchase is approved that was not agreed", o.label, "when it was agreed"}
		}
		fill(&s.Approved, o.when)
	})
}

// StakeLapsed says that a purchase which was agreed was called off.
type StakeLapsed struct {
	Holder string `json:"holder"`
	Reason string `json:"reason,omitzero"`
}

func (p StakeLapsed) String() string { return "the purchase by " + p.Holder + " is called off" }

func (p StakeLapsed) apply(c *Company, o origin) {
	c.changeStake(p.Holder, func(s *Stake) {
		if !s.Agrees.Told() {
			s.Remark = Remark{"a purchase is called off that was not agreed", o.label, "when it was agreed"}
		}
		s.settle()
		s.Lapsed = o.when
	})
}

// StakeClosed says that a stake was acquired: from then on it is held. Percent
// is what the holder has in all: 0 if it was sold, and of unknown size if it is left out.
type StakeClosed struct {
	Holder  string  `json:"holder"`
	Percent Portion `json:"percent,omitzero"`
	Votes   Portion `json:"votes,omitzero"`
	Shares  Number  `json:"shares,omitzero"`
	Through string  `json:"through,omitzero"`
	Basis   string  `json:"basis,omitzero"` // what the share is a share of, or who counted
	Price   Money   `json:"price,omitzero"`
}

func (p StakeClosed) String() string {
	if Number(p.Percent).none() {
		return p.Holder + " sells its stake"
	}
	if p.Basis != "" && p.Price.IsZero() { // what is told is how much it has
		return fmt.Sprintf("%s has %v (%s)", p.Holder, p.Percent, p.Basis)
	}
	return fmt.Sprintf("%s acquires %v%s", p.Holder, p.Percent, forPrice(p.Price))
}

func forPrice(m Money) string {
	if m.IsZero() {
		return ""
	}
	return " for " + m.String()
}

func (p StakeClosed) apply(c *Company, o origin) {
	percent := p.Percent.held()
	c.changeStake(p.Holder, func(s *Stake) {
		again, price := percent == s.Percent && !percent.none(), p.Price
		if !again {
			_, most := percent.Bounds()
			switch least, _ := s.Percent.Bounds(); {
			case percent.none(): // what was agreed is still to be bought
			case most <= least: // nothing was bought
				price = cmp.Or(p.Price, s.Price)
			default:
				price = cmp.Or(p.Price, s.AgreedPrice)
				s.settle()
			}
			s.hold(percent, o)
			s.Price, s.Votes, s.Shares = Money{}, Number{}, Number{}
		}
		set(&s.Price, price)
		set(&s.Votes, Number(p.Votes).In("%"))
		set(&s.Shares, p.Shares)
		set(&s.Through, p.Through)
		set(&s.Basis, p.Basis)
	})
}

// StakeTransferred says that a holder sold a stake, or a part of it, to another. That is
// one event: there is no day on which nobody has it.
type StakeTransferred struct {
	From    string  `json:"from"`
	To      string  `json:"to"`
	Percent Portion `json:"percent,omitzero"` // of the company; all that is held if it is left out
	Price   Money   `json:"price,omitzero"`
}

func (p StakeTransferred) String() string {
	what := "its stake"
	if p.Percent.told {
		what = p.Percent.String()
	}
	return fmt.Sprintf("%s sells %s to %s%s", p.From, what, p.To, forPrice(p.Price))
}

func (p StakeTransferred) check() error {
	if p.From == p.To {
		return fmt.Errorf("%s sells to itself", p.From)
	}
	return nil
}

func (p StakeTransferred) apply(c *Company, o origin) {
	from, to := c.stake(p.From), c.stake(p.To)
	percent := Number(p.Percent).In("%").notNegative()
	left := from.Percent.less(percent)
	if !percent.Told() || percent.none() {
		percent, left = from.Percent, nothing
	}
	_, most := left.Bounds()
	from.hold(left.notNegative(), o)
	if most < 0 {
		from.hold(nothing, o)
		from.Remark = Remark{"more is sold than was held", o.label, "when more was bought"}
	}
	from.Votes, from.Shares = Number{}, Number{}
	if percent.none() {
		to.Remark = Remark{"it buys a share of unknown size", o.label, "what the seller had"}
		percent = Portion{}.held()
	}
	to.hold(to.Percent.notNegative().plus(percent), o)
	to.Price, to.Votes, to.Shares = cmp.Or(p.Price, to.AgreedPrice), Number{}, Number{}
	to.settle()
	c.Stakes = c.Stakes.With(p.From, from).With(p.To, to)
}
