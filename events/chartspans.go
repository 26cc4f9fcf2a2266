package events

import (
	"fmt"
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// findSpans finds out what lasted; it is added to the rows that are drawn.
func (d *chartBuilder) findSpans() {
	seen := map[rowKey]bool{}
	for e := range d.history.Events() {
		if !d.shown(e) {
			continue
		}
		lane, row, name, add := d.lasting(e)
		if lane == "" {
			continue
		}
		d.has(lane, row, e)
		if key := (rowKey{lane, row + keyBreak + name}); !seen[key] {
			seen[key] = true
			d.spans[rowKey{lane, row}] = append(d.spans[rowKey{lane, row}], add)
		}
	}
}

// keyBreak separates the parts of a key.
const keyBreak = "\x00"

// lasting returns the lane and the row of what an event begins, by which name it
// differs from other things of the row, and what adds it. There is none for most
// events.
func (d *chartBuilder) lasting(e Event) (lane, row, name string, add func()) {
	spans := func(label string, q timeline.Question[Company, bool]) func() {
		return func() { d.addSpans(rowKey{lane, row}, label, q) }
	}
	switch p := e.Data.(type) {
	case StakeClosed:
		return LaneOwners, p.Holder, p.Holder, func() { d.stakes(p.Holder) }
	case StakeTransferred:
		return LaneOwners, p.To, p.To, func() { d.stakes(p.To) }
	case ProductionStarted:
		return LanePlants, p.Plant, p.Plant + keyBreak + p.Model, func() { d.production(p.Plant, p.Model) }
	case ModelLaunched:
		lane, row, name = LaneModels, p.Model, p.Model
		add = spans("on sale", OnSale(p.Model))
	case MarketEntered:
		lane, row, name = LaneMarkets, p.Market, p.Market
		add = spans("on sale", of("", func(c Company) bool { m, _ := c.Markets.Get(p.Market); return m.open() }, "markets/"+p.Market))
	case CompanyListed:
		lane, row, name = LaneCompany, "Listed in "+p.Exchange, p.Exchange
		add = spans("listed", ListedIn(p.Exchange))
	case OfficeTaken:
		lane, row, name = LanePeople, p.Office, p.Office+keyBreak+p.Person
		add = spans(p.Person, timeline.Is(HolderOf(p.Office), p.Person))
	case FactBegan:
		lane, row, name = LaneFacts, p.Subject+": "+p.Property, p.Subject+keyBreak+p.Property+keyBreak+p.Value
		add = spans(p.Value, of("", func(c Company) bool {
			f := c.FactOf(p.Subject, p.Property)
			return !f.Since.IsZero() && f.Until.IsZero() && f.Value == p.Value
		}, factPart(p.Subject, p.Property)))
	case VentureFormed:
		lane, row, name = LanePartnerships, p.Venture, p.Venture
		add = spans("joint venture", of("", func(c Company) bool {
			v, _ := c.Ventures.Get(p.Venture)
			return !v.Formed.IsZero() && v.Ended.IsZero()
		}, "ventures/"+p.Venture))
	case PartnershipSigned:
		lane, row, name = LanePartnerships, p.Partner, keyBreak+p.Partnership
		add = spans(p.Kind, of("", func(c Company) bool {
			a, ok := c.Partnerships.Get(p.Partnership)
			return ok && a.Partner == p.Partner && a.Ended.IsZero()
		}, "partnerships/"+p.Partnership))
	case TalksReported:
		lane, row, name = LanePartnerships, p.With, keyBreak+keyBreak+p.Talks
		add = spans("talks", of("", func(c Company) bool {
			t, ok := c.Talks.Get(p.Talks)
			return ok && t.With == p.With && t.Ended.IsZero()
		}, "talks/"+p.Talks))
	}
	return lane, row, name, add
}

// addSpans adds the periods in which something was so.
func (d *chartBuilder) addSpans(row rowKey, label string, q timeline.Question[Company, bool]) {
	for item := range d.periods(d.history.Periods(q), label) {
		d.put(row.lane, row.title, item)
	}
}

// periods returns periods as items.
func (d *chartBuilder) periods(all iter.Seq[timeline.Period[Payload]], label string) iter.Seq[chart.Item] {
	return func(yield func(chart.Item) bool) {
		for p := range all {
			if len(p.Began) == 0 && len(p.NotRecorded) > 0 {
				continue // nothing is recorded of it, and so nothing is drawn
			}
			item := chart.SpanOf(p)
			item.Label, item.Text = label, label+", "+p.English()
			for _, e := range p.Began {
				item.Text += "; " + d.sentence(e)
				item.Link = d.link(e)
			}
			for _, e := range p.Ended {
				item.Text += "; " + d.sentence(e)
			}
			if !yield(item) {
				return
			}
		}
	}
}

// stakes adds what a holder had, a span for each share.
func (d *chartBuilder) stakes(holder string) {
	var shares []Number
	for x := range timeline.Track(d.history, StakeOf(holder)) {
		for _, share := range append([]Number{x.Value}, x.Others...) {
			if !share.none() && !slices.Contains(shares, share) {
				shares = append(shares, share)
			}
		}
	}
	for _, share := range shares {
		d.addSpans(rowKey{LaneOwners, holder}, share.String(), timeline.Is(StakeOf(holder), share))
	}
}

// production adds when a model was made at a plant, and since when that is in
// question.
func (d *chartBuilder) production(plant, model string) {
	var questions, affirmed []Event
	for e := range d.history.Events() {
		switch p := e.Data.(type) {
		case ProductionQuestioned:
			if p.Plant == plant && p.Model == model && d.shown(e) {
				questions = append(questions, e)
				d.put(LanePlants, plant, d.instant(e, "in question"))
			}
		case ProductionAffirmed:
			if p.Plant == plant && p.Model == model && d.shown(e) {
				affirmed = append(affirmed, e)
				d.put(LanePlants, plant, d.instant(e, "affirmed"))
			}
		case ProductionPaused:
			if p.Plant == plant && p.Model == model && d.shown(e) {
				d.put(LanePlants, plant, d.instant(e, "paused"))
			}
		case ProductionResumed:
			if p.Plant == plant && p.Model == model && d.shown(e) {
				d.put(LanePlants, plant, d.instant(e, "resumed"))
			}
		case ProductionEnded:
			if p.Plant == plant && p.Model == model && d.shown(e) {
				item := d.instant(e, fmt.Sprintf("%s ends", model))
				item.Outcome = chart.Dropped
				d.put(LanePlants, plant, item)
			}
		}
	}
	for item := range d.periods(d.history.Periods(Producing(plant, model)), model) {
		for _, e := range questions {
			settled := func(a Event) bool { return a.When.Earliest() >= e.When.Latest() && within(a.When, item) }
			if within(e.When, item) && item.InQuestion.IsZero() && !slices.ContainsFunc(affirmed, settled) {
				item.InQuestion = e.When
			}
		}
		d.put(LanePlants, plant, item)
	}
}

// within reports whether d may lie in the span of an item.
func within(d edtf.Date, item chart.Item) bool {
	return (item.When.IsZero() || d.Latest() >= item.When.Earliest()) &&
		(item.Until.IsZero() || d.Earliest() <= item.Until.Latest())
}
