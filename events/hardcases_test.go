package events_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// What a plan is no longer for counts neither as done nor as left.
func TestDroppedItemsDoNotCount(t *testing.T) {
	plan := events.PlanAnnounced{PlanOutline: events.PlanOutline{Plan: "p", Title: "t", Window: edtf.MustParse("2019"), Items: immutable.ListOf(events.NewItem{Item: "A"}, events.NewItem{Item: "B"})}}
	drop, done := events.PlanItemDropped{Plan: "p", Item: "A"}, func(item string) events.PlanFulfilled {
		return events.PlanFulfilled{Plan: "p", Item: item}
	}
	for _, payloads := range [][]events.Payload{{plan, drop, done("A")}, {plan, done("A"), drop}} {
		p := company(t, payloads...).Plan("p")
		n, of := p.Done()
		assert.Equal(t, "0 of 1, overdue", fmt.Sprintf("%d of %d, %v", n, of, p.Status(day("2020-06-01"))))
	}
	p := company(t, plan, drop, done("B")).Plan("p")
	assert.Equal(t, events.Fulfilled, p.Status(day("2020-06-01")))
	assert.Equal(t, "c", p.EndedBy().String())
}

// A purchase from somebody whose share was never told is one of unknown size, and not of none.
func TestStakesOfUnknownSizeChangeHands(t *testing.T) {
	c := company(t, events.StakeTransferred{From: "A", To: "B"})
	assert.Equal(t, "more than 0 %", c.StakeOf("B").String())

	all := events.StakeClosed{Holder: "A", Percent: events.ExactPercent(30), Votes: events.ExactPercent(40), Shares: events.Exactly(300)}
	a, _ := company(t, all, events.StakeTransferred{From: "A", To: "B", Percent: events.ExactPercent(20)}).Stakes.Get("A")
	assert.Equal(t, "10 %, votes not recorded, shares not recorded", fmt.Sprintf("%v, votes %v, shares %v", a.Percent, a.Votes, a.Shares))
	assert.Equal(t, "A sells to itself", refused(t, all, events.StakeTransferred{From: "A", To: "A", Percent: events.ExactPercent(10)}))

	for _, row := range []struct{ had, buys, want string }{
		{`"<=50"`, `">10"`, `">10"`},
		{`"about 5"`, `"25..50"`, `"30..55"`},
		{`"about 5"`, `20`, `"about 25"`},
		{`">5"`, `"<10"`, `">5"`},
	} {
		var had, buys events.Portion
		require.NoError(t, had.UnmarshalJSON([]byte(row.had)))
		require.NoError(t, buys.UnmarshalJSON([]byte(row.buys)))
		c := company(t, all, events.StakeClosed{Holder: "B", Percent: had}, events.StakeTransferred{From: "A", To: "B", Percent: buys})
		text, err := c.StakeOf("B").MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, row.want, string(text), row)
		var again events.Number
		require.NoError(t, again.UnmarshalJSON(text))
	}
}

// Who has less than before has bought nothing: what was agreed is still to come.
func TestDilutionIsNoPurchase(t *testing.T) {
	has := events.StakeClosed{Holder: "S", Percent: events.ExactPercent(10), Price: money("EUR 1000")}
	agreed := events.StakeAgreed{Holder: "S", Percent: events.ExactPercent(20), Price: money("EUR 1500000000")}
	told := func(payloads ...events.Payload) string {
		s, _ := company(t, payloads...).Stakes.Get("S")
		return fmt.Sprintf("%v for %v, agrees to %v for %v", s.Percent, s.Price, s.Agrees, s.AgreedPrice)
	}
	less, sold := events.StakeClosed{Holder: "S", Percent: events.ExactPercent(9.5)}, events.StakeClosed{Holder: "S", Percent: events.ExactPercent(0)}
	assert.Equal(t, "9.5 % for EUR 1,000, agrees to 20 % for EUR 1.5 billion", told(has, agreed, less))
	assert.Equal(t, "0 % for no amount, agrees to 20 % for EUR 1.5 billion", told(has, agreed, sold))
	assert.Equal(t, "20 % for EUR 1.5 billion, agrees to not recorded for no amount", told(has, agreed, less, events.StakeClosed{Holder: "S", Percent: events.ExactPercent(20)}))
}

// More than a number is above it, and only a month is a month.
func TestMonthsAreMonths(t *testing.T) {
	record := func(period, count string) events.Payload {
		var n events.Number
		require.NoError(t, n.UnmarshalJSON([]byte(count)))
		return events.DeliveriesRecorded{Period: edtf.MustParse(period), Count: n}
	}
	c := company(t, record("2024-11", `">50000"`), record("2024-10", `">=50000"`), record("2024-09", "60000"), record("../2024-12", "60000"),
		record("[..2024-12]", "60000"), record("2024-03-05", "60000"), record("2024-01-20/2024-02-10", "60000"))
	assert.Equal(t, "2024-09 and 2024-11", c.MonthsAbove(50000).String())
}

// A company that is dissolved leaves the markets in which it was.
func TestDissolvedCompaniesLeaveTheirMarkets(t *testing.T) {
	c := company(t, events.CompanyFounded{}, events.MarketEntered{Market: "France"},
		events.PlanAnnounced{PlanOutline: events.PlanOutline{Plan: "p", Title: "t", Items: immutable.ListOf(events.NewItem{Item: "Germany", Region: "Europe"})}}, events.CompanyDissolved{})
	france, _ := c.Markets.Get("France")
	assert.Equal(t, "2020-01-04", france.Left.String())
	assert.Equal(t, 2, c.Markets.Len())
	for name, m := range c.Markets.All() {
		assert.True(t, m.Left.IsZero() || !m.Since.IsZero(), name)
	}
}

// What has ended is drawn with its end, and doubt that was settled as no doubt.
func TestChartOfEnds(t *testing.T) {
	h := history(t, events.VentureAgreed{Venture: "V"}, events.VentureFormed{Venture: "V"}, events.VentureEnded{Venture: "V"})
	items := find(t, events.Chart(h, events.ChartOptions{}), events.LanePartnerships, "V")
	spans := 0
	for _, i := range items {
		if i.Kind == chart.Span && i.Label == "joint venture" {
			spans++
			assert.Equal(t, "2020-01-02, 2020-01-03", fmt.Sprintf("%v, %v", i.When, i.Until))
		}
	}
	assert.Equal(t, 1, spans)

	start, doubt := events.ProductionStarted{Plant: "Kiel", Model: "A"}, events.ProductionQuestioned{Plant: "Kiel", Model: "A"}
	affirm, pause, resume := events.ProductionAffirmed{Plant: "Kiel", Model: "A"}, events.ProductionPaused{Plant: "Kiel", Model: "A"}, events.ProductionResumed{Plant: "Kiel", Model: "A"}
	drawn := func(h *events.History) (labels []string, inQuestion edtf.Date) {
		for _, i := range find(t, events.Chart(h, events.ChartOptions{}), events.LanePlants, "Kiel") {
			if labels = append(labels, i.Label); i.Kind == chart.Span {
				inQuestion = i.InQuestion
			}
		}
		return labels, inQuestion
	}
	labels, doubted := drawn(history(t, start, doubt, affirm, pause, resume))
	assert.Subset(t, labels, []string{"in question", "affirmed", "paused", "resumed"})
	assert.True(t, doubted.IsZero())
	_, doubted = drawn(history(t, start, affirm, doubt))
	assert.Equal(t, "2020-01-03", doubted.String())
}

// The question for a value and that for its address have the same silences.
func TestAddressesAreAboutWhatQuestionsAre(t *testing.T) {
	silent := []timeline.Silence{}
	for _, topic := range events.Topics() {
		silent = append(silent, timeline.Silence{Topic: topic, When: edtf.MustParse("2020")})
	}
	h := history(t, events.ModelLaunched{Model: "A"}, events.CompanyListed{Exchange: "X"}, events.OfficeTaken{Office: "chair", Person: "P"}).Covering(timeline.Coverage{Silent: silent})
	on := day("2020-06-01")
	topics := func(list []timeline.Silence) (names []string) {
		for _, s := range list {
			names = append(names, s.Topic)
		}
		return names
	}
	same := func(asked []timeline.Silence, steps ...string) {
		t.Helper()
		a, err := timeline.Ask(h, on, events.ValueAt(steps...))
		require.NoError(t, err)
		assert.NotEmpty(t, asked)
		assert.Equal(t, topics(asked), topics(a.NotRecorded), steps)
	}
	status, err := timeline.Ask(h, on, events.StatusOfModel("A"))
	require.NoError(t, err)
	same(status.NotRecorded, "models", "A", "status")
	launched, err := timeline.Ask(h, on, events.LaunchOf("A"))
	require.NoError(t, err)
	same(launched.NotRecorded, "models", "A", "launched")
	same(h.Holds(on, events.Discontinued("A")).NotRecorded, "models", "A", "discontinued")
	same(h.Holds(on, events.ListedIn("X")).NotRecorded, "listings", "X")
	holder, err := timeline.Ask(h, on, events.HolderOf("chair"))
	require.NoError(t, err)
	same(holder.NotRecorded, "offices", "chair", "holder")
}
