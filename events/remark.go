package events

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A Remark says that recorded events do not fit together: something ended without a
// recorded beginning, or shares add up to more than 100 %. Such events are kept. The
// state follows them as far as possible, and the remark says what is missing.
type Remark struct {
	What  string `json:"what"`
	Event string `json:"event,omitzero"` // the event that made it so, if it was one
	Mend  string `json:"mend"`           // what is missing
}

// IsZero reports whether there is nothing to remark.
func (r Remark) IsZero() bool { return r == Remark{} }

// String returns what does not fit, and what would mend it.
func (r Remark) String() string {
	s := r.What
	if r.Event != "" {
		s += " (" + r.Event + ")"
	}
	return s + "; missing: " + r.Mend
}

// Remarks returns an iterator over the remarks of c, with the address of what each is
// about, a JSON Pointer into the [Report].
func (c Company) Remarks() iter.Seq2[string, Remark] {
	return func(yield func(string, Remark) bool) {
		ok := true
		remark := func(path string, r Remark) {
			if ok && !r.IsZero() {
				ok = yield(path, r)
			}
		}
		remark("/company", c.Identity.Remark)
		remark("/company/dissolved", unbegun(c.Identity.Founded, c.Identity.Dissolved))
		remark("/stakes", c.stakesRemark())
		for holder, s := range c.Stakes.All() {
			remark("/stakes/"+jsontree.Escape(holder), s.Remark)
		}
		for venture, v := range c.Ventures.All() {
			remark("/ventures/"+jsontree.Escape(venture), v.remark(venture))
		}
		for name, m := range c.Models.All() {
			remark("/models/"+jsontree.Escape(name), unbegun(cmp.Or(m.Launched, m.Presale), m.Discontinued))
		}
		for exchange, l := range c.Listings.All() {
			remark("/listings/"+jsontree.Escape(exchange), unbegun(l.Since, l.Until))
		}
		for name, m := range c.Markets.All() {
			remark("/markets/"+jsontree.Escape(name), unbegun(m.Since, m.Left))
		}
		for key, p := range c.Partnerships.All() {
			remark("/partnerships/"+jsontree.Escape(key), unbegun(p.Signed, p.Ended))
		}
		for key, t := range c.Talks.All() {
			remark("/talks/"+jsontree.Escape(key), unbegun(t.Reported, t.Ended))
		}
		for subject, of := range c.Facts.All() {
			for property, f := range of.All() {
				remark("/facts/"+jsontree.Escape(subject)+"/"+jsontree.Escape(property), unbegun(f.Since, f.Until))
			}
		}
		for plant, p := range c.Plants.All() {
			for model, m := range p.Models.All() {
				remark("/plants/"+jsontree.Escape(plant)+"/models/"+jsontree.Escape(model), m.Remark)
			}
		}
		for key, p := range c.plans.All() {
			remark("/plans/"+jsontree.Escape(key), p.Remark)
		}
	}
}

// remarks returns the remarks as a table, by address.
func (c Company) remarks() (t immutable.Table[Remark]) {
	for path, r := range c.Remarks() {
		t = t.With(path, r)
	}
	return t
}

// unbegun says if something ended of which no beginning is told.
func unbegun(began, ended edtf.Date) Remark {
	if ended.IsZero() || !began.IsZero() {
		return Remark{}
	}
	return Remark{What: fmt.Sprintf("it ended (%v)", ended), Mend: "when it began"}
}

// stakesRemark says if the stakes are more than a whole, as they are where no source
// tells who sold, or where shares are rounded.
func (c Company) stakesRemark() Remark {
	total, last := Percent(0), Stake{}
	for _, s := range c.Stakes.All() {
		least, _ := s.Percent.Bounds()
		total += Percent(max(least, 0))
		if !s.Percent.none() && (last.event == "" || s.changed() >= last.changed()) {
			last = s
		}
	}
	if !total.aboveWhole() {
		return Remark{}
	}
	return Remark{fmt.Sprintf("the stakes add up to %v", total.rounded()), last.event, "who sold, or a share that is less"}
}

// remark says if the shares of a venture are more than a whole.
func (v Venture) remark(name string) Remark {
	total := Percent(0)
	for _, percent := range v.Shares.All() {
		total += percent
	}
	if !total.aboveWhole() {
		return Remark{}
	}
	return Remark{What: fmt.Sprintf("the shares of %s add up to %v", name, total.rounded()), Mend: "a share that is less"}
}

// rounded returns p without what is there only because of how sums are kept.
func (p Percent) rounded() Percent { return Percent(rounded(float64(p))) }
