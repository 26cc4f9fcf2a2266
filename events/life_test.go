package events_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A company takes another name, moves, is listed and delisted, becomes insolvent and
// comes to an end; what it sold and made has ended by that.
func TestLifeOfACompany(t *testing.T) {
	h := sourced(t,
		told{"1990-01", events.CompanyFounded{LegalName: "S Automobile AB", TradeName: "S", Seat: "Linköping", Country: "Sweden"}},
		told{"1991", events.CompanyRenamed{LegalName: "S Cars AB"}},
		told{"1992", events.CompanyMoved{Seat: "Trollhättan"}},
		told{"1993", events.CompanyListed{Exchange: "Stockholm", Code: "S", Price: money("SEK 17")}},
		told{"1998", events.CompanyDelisted{Exchange: "Stockholm"}},
		told{"1995", events.ModelLaunched{Model: "9", Market: "Sweden"}},
		told{"1995", events.ProductionStarted{Plant: "P", Country: "Finland", Model: "9"}},
		told{"1995", events.MarketEntered{Market: "Sweden"}},
		told{"2009-02-20", events.CompanyInsolvent{}},
		told{"2011-12-19", events.CompanyDissolved{}},
		told{"2012-06", events.CompanyFounded{LegalName: "N", TradeName: "N"}},
	)
	on := func(date string) events.Company { return h.At(day(date)).State }
	i := on("1992-12-31").Identity
	assert.Equal(t, "S Cars AB, S, Trollhättan, Sweden, 1990-01", fmt.Sprint(i.LegalName, ", ", i.TradeName, ", ", i.Seat, ", ", i.Country, ", ", i.Founded))
	listed := events.ListedIn("Stockholm")
	for date, want := range map[string]string{"1993-12-31": "certain", "1993-06-01": "possible", "1998-12-31": "no", "1992-01-01": "no"} {
		assert.Equal(t, want, h.Holds(day(date), listed).Truth.String(), date)
	}
	assert.Equal(t, "SEK 17", func() string { l, _ := on("1994-01-01").Listings.Get("Stockholm"); return l.Price.String() }())
	for date, want := range map[string]string{"2011-12-18": "on sale producing certain P true", "2011-12-19": "discontinued ended no none false"} {
		c, q := on(date), day(date)
		status, made := events.StatusOfModel("9").Read(c, q), events.StatusOfProduction("P", "9").Read(c, q)
		assert.Equal(t, want, fmt.Sprint(status, " ", made, " ", c.InMarket("Sweden"), " ", c.PlantsOutside("Sweden"), " ", c.Founded()), date)
		assert.Equal(t, want, fmt.Sprint(
			events.ValueAt("models", "9", "status").Read(c, q)[1:len(status)+1], " ", events.ValueAt("plants", "P", "models", "9", "status").Read(c, q)[1:len(made)+1], " ",
			c.InMarket("Sweden"), " ", c.PlantsOutside("Sweden"), " ", c.Founded()), "at addresses")
	}
	again := on("2012-12-31")
	assert.Equal(t, "N 2012-06", fmt.Sprint(again.Identity.LegalName, " ", again.Identity.Founded))
	assert.Empty(t, remarksOn(h, "2012-12-31"))
	assert.Equal(t, "certain", h.Holds(day("2011-12-18"), events.OnSale("9")).String())
	assert.Equal(t, "no", h.Holds(day("2011-12-19"), events.OnSale("9")).String())
}

// One that becomes part of another goes on in it.
func TestSuccessor(t *testing.T) {
	c := company(t, events.CompanyFounded{LegalName: "L", TradeName: "L"}, events.ModelLaunched{Model: "M"}, events.CompanyDissolved{Successor: "X"})
	assert.Equal(t, "false true X", fmt.Sprint(c.Founded(), " ", c.OnSale("M"), " ", c.Identity.Successor))
}

// Who holds an office is a question, for any day.
func TestOffices(t *testing.T) {
	h := sourced(t,
		told{"2007-08", events.OfficeTaken{Office: "chief executive", Person: "Marks", Acting: true}},
		told{"2007-12", events.OfficeTaken{Office: "chief executive", Person: "Drori"}},
		told{"2008-10", events.OfficeTaken{Office: "chief executive", Person: "Musk"}},
		told{"2008-12", events.OfficeLeft{Office: "chief executive", Person: "Drori"}},
		told{"2024-01-19", events.OfficeTaken{Office: "president", Person: "Wu"}},
		told{"2024-01", events.OfficeLeft{Office: "president", Person: "Wu"}},
	)
	for date, want := range map[string]string{"2007-07-31": `""`, "2007-09-01": "Marks", "2008-01-01": "Drori", "2008-10-15": "Drori or Musk", "2010-01-01": "Musk"} {
		a, err := timeline.Ask(h, day(date), events.HolderOf("chief executive"))
		assert.NoError(t, err)
		assert.Equal(t, want, a.String(), date)
	}
	c := h.At(day("2024-12-31")).State
	president, _ := c.Offices.Get("president")
	assert.Equal(t, " 2024-01", fmt.Sprint(president.Holder, " ", president.Vacant), "who left had taken it")
	acting, _ := h.At(day("2007-09-01")).State.Offices.Get("chief executive")
	assert.True(t, acting.Acting)
}

// Sales end in a market, and begin again; partnerships end, and are renewed.
func TestEndsAndRenewals(t *testing.T) {
	enter, leave := events.MarketEntered{Market: "I"}, events.MarketLeft{Market: "I"}
	assert.Equal(t, edtf.Certain, company(t, enter).InMarket("I"))
	assert.Equal(t, edtf.No, company(t, enter, leave).InMarket("I"))
	m, _ := company(t, enter, leave, enter).Markets.Get("I")
	assert.Equal(t, "2020-01-03 ", fmt.Sprint(m.Since, " ", m.Left))
	signed, ended := events.PartnershipSigned{Partnership: "p", Partner: "F", Kind: "memorandum"}, events.PartnershipEnded{Partnership: "p"}
	p, _ := company(t, signed, ended).Partnerships.Get("p")
	assert.Equal(t, "2020-01-01 to 2020-01-02", fmt.Sprint(p.Signed, " to ", p.Ended))
	p, _ = company(t, signed, ended, signed).Partnerships.Get("p")
	assert.Equal(t, "2020-01-03 to ", fmt.Sprint(p.Signed, " to ", p.Ended))
}

// A production that pauses is not running, and has not ended.
func TestProductionsPause(t *testing.T) {
	start := events.ProductionStarted{Plant: "P", Country: "S", Model: "M"}
	pause, resume := events.ProductionPaused{Plant: "P", Model: "M"}, events.ProductionResumed{Plant: "P", Model: "M"}
	for want, payloads := range map[string][]events.Payload{
		"producing true P 2020-01-01":  {start, pause, resume},
		"paused false none 2020-01-01": {start, pause},
	} {
		c := company(t, payloads...)
		p, _ := c.Plants.Get("P")
		m, _ := p.Models.Get("M")
		assert.Equal(t, want, fmt.Sprint(m.Status(), " ", c.Producing("P", "M"), " ", c.PlantsOutside("China"), " ", m.Started))
	}
}

func TestPlantsChangeHands(t *testing.T) {
	bought := events.PlantAcquired{Plant: "P", City: "F", Country: "U", From: "T", Price: money("USD 42000000")}
	assert.Equal(t, "P is bought from T for USD 42 million", bought.String())
	p, _ := company(t, bought, bought).Plants.Get("P")
	assert.Equal(t, "F, U, from T 2020-01-01", fmt.Sprint(p.City, ", ", p.Country, ", from ", p.From, " ", p.Acquired))
	sold := events.PlantClosed{Plant: "P", To: "N"}
	p, _ = company(t, bought, sold).Plants.Get("P")
	assert.Equal(t, "2020-01-02 N", fmt.Sprint(p.Closed, " ", p.To))
	p, _ = company(t, bought, sold, bought).Plants.Get("P")
	assert.Equal(t, "2020-01-03 ", fmt.Sprint(p.Acquired, " ", p.To), "it is bought back")
}

// What no type fits has a state and questions all the same.
func TestFactsOfTheFilesOwn(t *testing.T) {
	h := sourced(t,
		told{"2020-08-31", events.FactBegan{Subject: "T", Property: "shares for one of 2010", Value: "5"}},
		told{"2022-08", events.FactBegan{Subject: "T", Property: "shares for one of 2010", Value: "15"}},
		told{"2023", events.FactBegan{Subject: "M 3", Property: "recalled"}},
		told{"2024", events.FactEnded{Subject: "M 3", Property: "recalled"}},
	)
	shares := events.FactOf("T", "shares for one of 2010")
	for on, want := range map[string]string{"2020-08-30": `""`, "2021-01-01": "5", "2022-08-15": "5 or 15", "2023-01-01": "15"} {
		a, err := timeline.Ask(h, day(on), shares)
		assert.NoError(t, err)
		assert.Equal(t, want, a.String(), on)
	}
	recalled := h.At(day("2025-01-01")).State.FactOf("M 3", "recalled")
	assert.Equal(t, "2023 to 2024", fmt.Sprint(recalled.Since, " to ", recalled.Until))
	at := events.ValueAt("facts", "M 3", "recalled", "until").Read(h.At(day("2025-01-01")).State, day("2025-01-01"))
	assert.Equal(t, `"2024"`, at)
}

// The charts draw buyers, the end of a partnership, and prices that another currency
// does not end.
func TestChartsOfALife(t *testing.T) {
	h := sourced(t,
		told{"2001-03-01", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(100)}},
		told{"2010-02-01", events.StakeTransferred{From: "A", To: "B"}},
		told{"2012-01-01", events.ModelPriced{Model: "M", Min: money("CNY 10"), Max: money("CNY 20")}},
		told{"2012-06-01", events.ModelPriced{Model: "M", Min: money("EUR 1"), Max: money("EUR 2")}},
		told{"2003-01-01", events.PartnershipSigned{Partnership: "p", Partner: "F", Kind: "memorandum"}},
		told{"2005-01-01", events.PartnershipEnded{Partnership: "p"}},
	)
	var holders []string
	for _, s := range events.StakePlot(h, events.ChartOptions{}).Series {
		holders = append(holders, s.Title)
	}
	assert.Equal(t, []string{"A", "B", "others"}, holders)
	for _, s := range events.PricePlot(h, events.ChartOptions{}, "CNY").Series {
		last := s.Steps[len(s.Steps)-1]
		assert.Equal(t, "2012-12-31", last.From.String(), "%v goes on for a year", s.Title)
		assert.Empty(t, last.Values)
	}
	c := events.Chart(h, events.ChartOptions{})
	assert.NotEmpty(t, find(t, c, events.LaneOwners, "B"))
	var lasted []string
	for _, item := range find(t, c, events.LanePartnerships, "F") {
		if item.Kind == chart.Span {
			lasted = append(lasted, fmt.Sprint(item.When, " to ", item.Until))
		}
	}
	assert.Equal(t, []string{"2003-01-01 to 2005-01-01"}, lasted)
}
