package events

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// DeliveryPlot returns how many cars were delivered in each month of which that is
// recorded, to be drawn as bars. Of rivals it has the one that is taken as true.
func DeliveryPlot(h *History, o ChartOptions) *chart.Plot {
	p := newPlot(h, o, "")
	p.Form = chart.Bars
	last := h.At(edtf.DistantFuture).State
	months := chart.Series{Title: "cars a month"}
	end := edtf.DistantPast
	for _, d := range monthly(last) {
		first, lastDay := d.Period.Bounds()
		if end != edtf.DistantPast && end < first {
			months.Steps = append(months.Steps, chart.Step{From: end.Date()}) // nothing is recorded of what is between
		}
		low, _ := d.Count.Bounds()
		_, exact := d.Count.Exact()
		step := chart.Step{From: first.Date(), Values: []float64{low}, Text: d.Period.English() + ": " + d.Count.String(), Uncertain: !exact}
		months.Steps, end = append(months.Steps, step), lastDay+1
	}
	if len(months.Steps) > 0 {
		months.Steps = append(months.Steps, chart.Step{From: end.Date()})
		p.Series = append(p.Series, months)
	}
	return p
}

// monthly returns the deliveries of months, of all models, in the order of time.
func monthly(c Company) (all []Delivery) {
	for _, d := range c.Deliveries.All() {
		if d.isMonth() {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b Delivery) int { return cmp.Compare(a.Period.Earliest(), b.Period.Earliest()) })
	return all
}

// StakePlot returns the shares that each holder has had in the company, to be
// drawn on top of each other up to 100 %, with what is left for others.
func StakePlot(h *History, o ChartOptions) *chart.Plot {
	p := newPlot(h, o, "%")
	p.Form = chart.Stack
	var holders []string
	for e := range h.Events() {
		holder := ""
		switch p := e.Data.(type) {
		case StakeClosed:
			holder = p.Holder
		case StakeTransferred:
			holder = p.To
		}
		if holder != "" && !slices.Contains(holders, holder) {
			holders = append(holders, holder)
		}
	}
	for _, holder := range holders {
		track := timeline.Track(h, StakeOf(holder))
		p.Series = append(p.Series, chart.Series{
			Title: holder,
			Steps: chart.StepsOf(track, func(s Number) (float64, bool) { return s.min, true }),
		})
	}
	if len(holders) > 0 {
		track := timeline.Track(h, of("the share of others", Company.others, "stakes"))
		p.Series = append(p.Series, chart.Series{
			Title: "others", Rest: true,
			Steps: chart.StepsOf(track, func(n Number) (float64, bool) { return n.min, n.told }),
		})
	}
	return p
}

// others returns what is left of the company beside the stakes that are told; not told if
// none is, or if they are more than a whole.
func (c Company) others() Number {
	left, any := Exactly(100).In("%"), false
	for _, s := range c.Stakes.All() {
		least, _ := s.Percent.Bounds()
		left, any = left.less(Exactly(max(least, 0))), any || least > 0
	}
	if !any || left.min < 0 {
		return Number{}
	}
	return left
}

// PricePlot returns the prices of the models that have one in the given
// currency, to be drawn: of each the cheapest and the dearest version. A price is what was
// told on a day: it is drawn as a point, and for a year unless another is told.
func PricePlot(h *History, o ChartOptions, currency string) *chart.Plot {
	p := newPlot(h, o, currency)
	var models []string
	for e := range h.Events() {
		if m, ok := e.Data.(ModelPriced); ok && m.Min.Currency() == currency && !slices.Contains(models, m.Model) {
			models = append(models, m.Model)
		}
	}
	for _, model := range models {
		for _, end := range []struct {
			title string
			of    func(Price) Money
		}{
			{model + ", cheapest version", func(p Price) Money { return p.Min }},
			{model + ", dearest version", func(p Price) Money { return p.Max }},
		} {
			track := timeline.Track(h, timeline.Map(priceIn(model, currency), end.of))
			steps := chart.StepsOf(track, func(m Money) (float64, bool) {
				return float64(m.hundredths) / 100, m.Currency() == currency
			})
			p.Series = append(p.Series, chart.Series{Title: end.title, Steps: endedBy(quoted(steps), soldUntil(h, model))})
		}
	}
	return p
}

// soldUntil returns when a model was last sold, or the zero Date.
func soldUntil(h *History, model string) edtf.Date {
	return h.At(edtf.DistantFuture).State.Model(model).Discontinued
}

// quoteDays is for how many days a price is taken to be that of a quote.
const quoteDays = 365

// quoted returns prices as what was told on a day: each is a point, and ends after a year
// unless another is told.
func quoted(steps []chart.Step) (all []chart.Step) {
	for n, s := range steps {
		s.Quoted = len(s.Values) > 0
		all = append(all, s)
		if over := s.From.Latest() + quoteDays; s.Quoted && !s.From.IsZero() && (n+1 == len(steps) || steps[n+1].From.Earliest() > over) {
			all = append(all, chart.Step{From: over.Date()})
		}
	}
	return all
}

// endedBy returns steps that end by a date, if it is one.
func endedBy(steps []chart.Step, end edtf.Date) []chart.Step {
	if end.IsZero() {
		return steps
	}
	steps = slices.DeleteFunc(steps, func(s chart.Step) bool { return !s.From.IsZero() && s.From.Earliest() > end.Latest() })
	return append(steps, chart.Step{From: end})
}

// priceIn asks for the last price of a model in a currency, whatever market it is of.
func priceIn(model, currency string) timeline.Question[Company, Price] {
	return ofModel("the price of the "+model+" in "+currency, model, "prices", func(c Company) (last Price) {
		for _, p := range c.Model(model).Prices.All() {
			if p.Min.Currency() == currency && (last.Min.IsZero() || p.When.Latest() > last.When.Latest()) {
				last = p
			}
		}
		return last
	})
}

// newPlot returns a plot without series.
func newPlot(h *History, o ChartOptions, unit string) *chart.Plot {
	p := &chart.Plot{Title: o.Title, Unit: unit, On: o.On, Horizon: h.Horizon()}
	if known, ok := h.KnowledgeDay(); ok {
		p.Known = known.Date()
	}
	return p
}
