package events_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// answered returns what a question is answered on a day.
func answered[V comparable](t *testing.T, h *events.History, on string, q timeline.Question[events.Company, V]) string {
	t.Helper()
	a, err := timeline.Ask(h, day(on), q)
	require.NoError(t, err)
	return a.String()
}

// A share of unknown size is more than none, and one in a band is no exact one.
func TestSharesThatAreNoNumbers(t *testing.T) {
	h := sourced(t,
		told{"2020-01-01", events.StakeClosed{Holder: "Silent Partner"}},
		told{"2020-01-01", events.StakeClosed{Holder: "Majority", Percent: events.Portion(events.MoreThan(50))}},
		told{"2020-01-01", events.StakeClosed{Holder: "Zero", Percent: events.ExactPercent(0)}},
		told{"2021-01-01", events.StakeTransferred{From: "Majority", To: "Buyer", Percent: events.ExactPercent(20)}},
		told{"2022-01-01", events.StakeTransferred{From: "Silent Partner", To: "Buyer"}},
	)
	for holder, want := range map[string]string{"Silent Partner": "more than 0 %", "Majority": "more than 50 %", "Zero": "0 %", "Nobody": "never mentioned: stakes/Nobody (as recorded: 0 %)"} {
		assert.Equal(t, want, answered(t, h, "2020-12-31", events.StakeOf(holder)), holder)
	}
	assert.Equal(t, "more than 30 %", answered(t, h, "2021-12-31", events.StakeOf("Majority")))
	assert.Equal(t, "more than 20 %", answered(t, h, "2022-12-31", events.StakeOf("Buyer")))
	assert.Equal(t, "Buyer and Majority", answered(t, h, "2022-12-31", events.Holders()))
	assert.Empty(t, remarksOn(sourced(t,
		told{"2020", events.StakeClosed{Holder: "A", Percent: events.Portion(events.Between(25, 60))}},
		told{"2021", events.StakeClosed{Holder: "B", Percent: events.ExactPercent(70)}},
	), "2022-01-01"), "they may add up to 95 %")
}

func TestPurchaseInSteps(t *testing.T) {
	h := sourced(t,
		told{"2020-01-01", events.StakeAgreed{Holder: "S", Percent: events.Portion(events.About(5)), Shares: events.Exactly(100)}},
		told{"2020-02-01", events.StakeApproved{Holder: "S", By: "an authority"}},
		told{"2020-03-01", events.StakeClosed{Holder: "S", Percent: events.ExactPercent(5.1), Votes: events.ExactPercent(10), Shares: events.Exactly(100), Through: "T", Basis: "issued"}},
	)
	stake := func(on string) string {
		s, _ := h.At(day(on)).State.Stakes.Get("S")
		return fmt.Sprint(s.Percent, "; ", s.Agrees, "; ", s.Approved, "; ", s.Votes, "; ", s.Through, s.Basis)
	}
	assert.Equal(t, "0 %; about 5 %; ; not recorded; ", stake("2020-01-15"))
	assert.Equal(t, "0 %; about 5 %; 2020-02-01; not recorded; ", stake("2020-02-15"))
	assert.Equal(t, "5.1 %; not recorded; ; 10 %; Tissued", stake("2020-03-15"))
	assert.Contains(t, remarked(t, "/stakes/S", events.StakeApproved{Holder: "S"}), "approved that was not agreed")
}

func TestEquity(t *testing.T) {
	c := company(t, events.SharesIssued{Shares: events.Exactly(100), Total: true}, events.SharesIssued{Shares: events.Exactly(20)}, events.SharesSplit{Into: 3, For: 1})
	assert.Equal(t, "360 shares 3 for 1", fmt.Sprint(c.Equity.Issued, " ", c.Equity.Split))
	assert.Equal(t, "not recorded", company(t, events.SharesIssued{Shares: events.Exactly(20)}).Equity.Issued.String(), "how many there were before is not told")
	_, err := events.Fold(events.Company{}, events.Event{When: edtf.MustParse("2020"), Data: events.SharesSplit{Into: 0, For: 1}})
	require.ErrorContains(t, err, "a split of 0 for 1 shares")
}

func TestSubsidiaries(t *testing.T) {
	h := sourced(t,
		told{"2020-01-01", events.SubsidiaryAcquired{Organisation: "O", Percent: events.ExactPercent(60), From: "F"}},
		told{"2021-01-01", events.SubsidiarySold{Organisation: "O", To: "G"}},
		told{"2022-01-01", events.CompanyMerged{With: "M"}},
		told{"2023-01-01", events.SubsidiarySold{Organisation: "Parts"}},
	)
	for on, want := range map[string]string{"2019-12-31": "0 %", "2020-12-31": "60 %", "2021-12-31": "0 %"} {
		assert.Equal(t, want, answered(t, h, on, events.Owns("O")), on)
	}
	assert.Equal(t, "100 %", answered(t, h, "2022-12-31", events.Owns("M")))
	parts, _ := h.At(day("2023-12-31")).State.Related.Get("Parts")
	assert.Equal(t, "2023-01-01 ", fmt.Sprint(parts.Parted, " ", parts.To), "spun off")
	assert.Equal(t, "Parts is spun off", events.SubsidiarySold{Organisation: "Parts"}.String())
}

func TestVentureChanges(t *testing.T) {
	share := func(holder string, percent events.Percent) events.Share {
		return events.Share{Holder: holder, Percent: percent}
	}
	c := company(t, events.VentureAgreed{Venture: "V", Shares: immutable.ListOf(share("A", 50), share("B", 50))}, events.VentureApproved{Venture: "V"},
		events.VentureFormed{Venture: "V"}, events.VentureChanged{Venture: "V", Shares: immutable.ListOf(share("A", 100), share("B", 0))}, events.VentureEnded{Venture: "V"})
	v, _ := c.Ventures.Get("V")
	a, _ := v.Shares.Get("A")
	assert.Equal(t, "100 % of 1 holder; 2020-01-02 2020-01-03 2020-01-04 2020-01-05", fmt.Sprint(a, " of ", v.Shares.Len(), " holder; ", v.Approved, " ", v.Formed, " ", v.Changed, " ", v.Ended))
}

func TestLifeOfAModel(t *testing.T) {
	c := company(t, events.ModelLaunched{Model: "A10", Market: "China"}, events.ModelRenamed{Model: "A10", Name: "B03X", Market: "Europe"},
		events.ModelRenamed{Model: "A10", Name: "A10 Pro"}, events.ModelUpdated{Model: "A10", Kind: "facelift", Market: "China"},
		events.ModelRecalled{Model: "A10", Count: events.About(500), Reason: "brakes"}, events.MilestoneReached{Milestone: "500,000th car", Model: "A10"})
	m := c.Model("A10")
	europe, _ := m.Markets.Get("Europe")
	assert.Equal(t, "A10 Pro B03X", m.Name+" "+europe.Name)
	assert.Equal(t, "1 1", fmt.Sprint(m.Updates.Len(), " ", m.Recalls.Len()))
	for _, r := range m.Recalls.All() {
		assert.Equal(t, "about 500 cars", r.Count.String())
	}
	assert.Equal(t, "2020-01-06", events.MilestoneOf("500,000th car").Read(c, day("2020-02-01")).String())
	assert.Equal(t, "A10", events.ModelsSoldIn("China").Read(c, day("2020-02-01")).String())
	assert.Equal(t, "none", events.ModelsSoldIn("Europe").Read(c, day("2020-02-01")).String(), "a name is no launch")
}

func TestPlants(t *testing.T) {
	c := company(t, events.PlantOpened{Plant: "P", City: "J"}, events.PlantRated{Plant: "P", Capacity: events.AtLeast(200_000)}, events.PlantRenamed{Plant: "P", Name: "Q"},
		events.ProductionStarted{Plant: "P", Model: "M", Maker: "Magna", For: "F"}, events.PlantClosed{Plant: "P"}, events.PlantOpened{Plant: "P"})
	p, _ := c.Plants.Get("P")
	m, _ := p.Models.Get("M")
	assert.Equal(t, "Q, J, 200,000 cars or more, opened 2020-01-06, closed , Magna for F", fmt.Sprintf("%s, %s, %v, opened %v, closed %v, %s for %s", p.Name, p.City, p.Capacity, p.Opened, p.Closed, m.Maker, m.For))
}

// A market inside a market.
func TestRegions(t *testing.T) {
	in := func(region string, all ...events.Payload) edtf.Truth { return company(t, all...).InMarket(region) }
	europe := events.MarketEntered{Market: "Europe"}
	planned := events.PlanAnnounced{PlanOutline: events.PlanOutline{Plan: "p", Title: "t", Basis: events.BasisAnnounced, Items: immutable.ListOf(
		events.NewItem{Item: "Germany", Region: "Europe"}, events.NewItem{Item: "Asia", IsRegion: true})}}
	germany := events.MarketEntered{Market: "Germany", Region: "Europe"}
	assert.Equal(t, edtf.Possible, in("Germany", planned, europe))
	assert.Equal(t, edtf.No, in("Germany", planned), "planned is not sold")
	assert.Equal(t, edtf.No, in("Peru", planned, europe))
	assert.Equal(t, edtf.Certain, in("Europe", germany), "a part is in it")
	assert.Equal(t, edtf.No, in("Germany", germany, europe, events.MarketLeft{Market: "Germany"}), "it left, and that is told")
	assert.Equal(t, edtf.No, in("Germany", germany, events.MarketSuspended{Market: "Germany"}))
	assert.Equal(t, edtf.Certain, in("Germany", germany, events.MarketSuspended{Market: "Germany"}, germany), "entered again")
	c := company(t, germany, events.MarketSellerChanged{Market: "Germany", By: "N"})
	m, _ := c.Markets.Get("Germany")
	assert.Equal(t, "N 2020-01-02", m.By+" "+m.ByOther.String())
	assert.Equal(t, "Germany", events.MarketsOfPlan("p").Read(company(t, planned), day("2020-02-01")).String(), "a region is no country")
	assert.Zero(t, company(t, planned).On(day("2020-02-01")).Markets.Len(), "nothing is sold there")
}

func TestPlanChanges(t *testing.T) {
	o := events.PlanOutline{
		Plan: "p", Title: "t", Basis: events.BasisAnnounced, AtLeast: 3, Target: events.Exactly(500), Unit: "cars", If: "approval",
		Items: immutable.ListOf(events.NewItem{Item: "a"}, events.NewItem{Item: "b"}),
	}
	c := company(t, events.PlanAnnounced{PlanOutline: o}, events.PlanChanged{Plan: "p", Target: events.Between(500, 600), AtLeast: 4}, events.PlanItemDropped{Plan: "p", Item: "b"})
	p := c.Plan("p")
	assert.Equal(t, "500 to 600 cars, 4, approval", fmt.Sprintf("%v, %d, %s", p.Target, p.AtLeast, p.Condition))
	assert.Equal(t, [3]edtf.Truth{edtf.Certain, edtf.No, edtf.Possible}, [3]edtf.Truth{p.Covers("a"), p.Covers("b"), p.Covers("c")})
	all := o
	all.AtLeast = 2
	assert.Equal(t, edtf.No, company(t, events.PlanAnnounced{PlanOutline: all}).Plan("p").Covers("c"), "all are named")
	one := o
	one.AtLeast, one.Items = 0, immutable.ListOf(events.NewItem{Item: "a"}, events.NewItem{Item: "b"})
	done := company(t, events.PlanAnnounced{PlanOutline: one}, events.PlanItemDropped{Plan: "p", Item: "b"}, events.PlanFulfilled{Plan: "p", Item: "a"})
	assert.Equal(t, events.Fulfilled, done.Plan("p").Status(day("2020-02-01")), "what is dropped need not be done")
}

func TestFiguresAndFunding(t *testing.T) {
	year := edtf.MustParse("2024")
	c := company(t, events.FigureReported{Figure: "profit", Period: year, Value: events.Exactly(-5e9), Unit: "CNY"},
		events.FigureReported{Figure: "exports", Of: "T03", Period: year, Value: events.AtLeast(900), Unit: "cars"},
		events.DeliveriesRecorded{Period: year, Count: events.About(293_000)})
	assert.Equal(t, "CNY -5 billion", c.FigureOf("profit", "", year).String())
	assert.Equal(t, "900 cars or more", c.FigureOf("exports", "T03", year).String())
	assert.Equal(t, "not recorded", c.FigureOf("exports", "", year).String())
	assert.Equal(t, "about 293,000", c.DeliveriesOf("", year).String())
	raised := func(all ...events.Payload) string { return company(t, all...).Raised().String() }
	assert.Equal(t, "not recorded", raised())
	assert.Equal(t, "CNY 380 million", raised(events.CapitalRaised{Amount: money("CNY 380000000"), Total: true}))
	assert.Equal(t, "CNY 6 billion or more", raised(events.CapitalRaised{Amount: money("CNY 2000000000"), Round: "A"}, events.CapitalRaised{Amount: money("CNY 4000000000"), Round: "B"}))
	assert.Equal(t, "CNY 2 billion or more", raised(events.CapitalRaised{Amount: money("CNY 2000000000")}, events.CapitalRaised{Amount: money("USD 5")}), "other currencies are not added")
	_, err := events.Fold(events.Company{}, events.Event{When: year, Data: events.FigureReported{Figure: "x", Period: year}})
	require.ErrorContains(t, err, "no number is given")
	for _, p := range []events.Payload{events.DeliveriesRecorded{Period: year}, events.PlantRated{Plant: "P"}, events.SharesIssued{}} {
		_, err := events.Fold(events.Company{}, events.Event{When: year, Data: p})
		require.ErrorContains(t, err, "no number is given", events.TypeOf(p))
	}
}
