package events

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
)

// StakePlot returns the shares that each holder has had in the company, to be
// drawn.
func StakePlot(h *History, o ChartOptions) *chart.Plot {
	p := newPlot(h, o, "%")
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
			Steps: chart.StepsOf(track, func(s Percent) (float64, bool) { return float64(s), true }),
		})
	}
	return p
}

// PricePlot returns the prices of the models that have one in the given
// currency, to be drawn: of each the cheapest and the dearest version.
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
			p.Series = append(p.Series, chart.Series{
				Title: end.title,
				Steps: chart.StepsOf(track, func(m Money) (float64, bool) {
					return float64(m.hundredths) / 100, m.Currency() == currency
				}),
			})
		}
	}
	return p
}

// priceIn asks for the last price of a model in a currency, whatever market it is of.
func priceIn(model, currency string) timeline.Question[Company, Price] {
	return about("the price of the "+model+" in "+currency, "models/"+model, func(c Company) (last Price) {
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
