package events_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A told event is one with its date.
type told struct {
	when string
	what events.Payload
}

// sourced returns the history of what sources tell, in their order, as a file of it is
// read.
func sourced(t *testing.T, all ...told) *events.History {
	t.Helper()
	var es []events.Event
	for n, x := range all {
		es = append(es, events.Event{
			ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte{byte(n)}), Name: string(rune('a' + n)), Seq: int64(n), When: edtf.MustParse(x.when), Data: x.what,
		})
	}
	h, err := timeline.New(events.Fold, events.Ordered(es...)...)
	require.NoError(t, err)
	return h
}

// stakesOn returns what holders may have, as "A 100 %, B 0 %".
func stakesOn(t *testing.T, h *events.History, on string, holders ...string) []string {
	t.Helper()
	q := timeline.Value(func(c events.Company) string {
		var all []string
		for _, holder := range holders {
			all = append(all, fmt.Sprint(holder, " ", c.StakeOf(holder)))
		}
		return strings.Join(all, ", ")
	})
	a, err := timeline.Ask(h, day(on), q)
	require.NoError(t, err)
	values := a.Values()
	slices.Sort(values)
	return values
}

func remarksOn(h *events.History, on string) []string {
	var all []string
	for path, r := range h.At(day(on)).State.Remarks() {
		all = append(all, path+": "+r.String())
	}
	return all
}

// No source tells when the old owner left: that makes no file unreadable.
func TestUnrecordedSale(t *testing.T) {
	h := sourced(t,
		told{"2010-02-23", events.StakeClosed{Holder: "Alpha", Percent: events.ExactPercent(100)}},
		told{"2019-01", events.StakeClosed{Holder: "Gamma", Percent: events.ExactPercent(51)}},
	)
	assert.Equal(t, []string{"Alpha 100 %, Gamma 51 %"}, stakesOn(t, h, "2020-12-31", "Alpha", "Gamma"))
	assert.Equal(t, []string{"/stakes: the stakes add up to 151 % (b); missing: who sold, or a share that is less"}, remarksOn(h, "2020-12-31"))
	assert.Empty(t, remarksOn(h, "2018-12-31"))
}

func TestSharesRounded(t *testing.T) {
	h := sourced(t,
		told{"2020-01-01", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(33.34)}},
		told{"2020-01-01", events.StakeClosed{Holder: "B", Percent: events.ExactPercent(33.34)}},
		told{"2020-01-01", events.StakeClosed{Holder: "C", Percent: events.ExactPercent(33.34)}},
	)
	assert.Equal(t, []string{"/stakes: the stakes add up to 100.02 % (c); missing: who sold, or a share that is less"}, remarksOn(h, "2022-12-31"))
}

// The buyer may be told before the seller: by the end of the day all is well.
func TestSaleBuyerFirst(t *testing.T) {
	h := sourced(t,
		told{"2001-03-01", events.StakeClosed{Holder: "Alpha", Percent: events.ExactPercent(100)}},
		told{"2010-02-23", events.StakeClosed{Holder: "Beta", Percent: events.ExactPercent(100)}},
		told{"2010-02-23", events.StakeClosed{Holder: "Alpha", Percent: events.ExactPercent(0)}},
	)
	assert.Equal(t, []string{"Alpha 100 %, Beta 0 %"}, stakesOn(t, h, "2010-02-22", "Alpha", "Beta"))
	assert.Equal(t, []string{"Alpha 0 %, Beta 100 %"}, stakesOn(t, h, "2010-02-23", "Alpha", "Beta"))
	assert.Empty(t, remarksOn(h, "2010-02-23"))
}

// A sale that is one event has no world in which nobody owns the company, or two do.
func TestSaleToTheMonth(t *testing.T) {
	h := sourced(t,
		told{"2001-03-01", events.StakeClosed{Holder: "Alpha", Percent: events.ExactPercent(100)}},
		told{"2010-02", events.StakeTransferred{From: "Alpha", To: "Beta"}},
	)
	assert.Equal(t, []string{"Alpha 0 %, Beta 100 %", "Alpha 100 %, Beta 0 %"}, stakesOn(t, h, "2010-02-14", "Alpha", "Beta"))
	assert.Equal(t, []string{"Alpha 0 %, Beta 100 %"}, stakesOn(t, h, "2010-02-28", "Alpha", "Beta"))
}

// A stake is not sold before it is bought, a production does not end before it begins,
// though both are told of the same year: the order is declared.
func TestEndsComeAfterBeginnings(t *testing.T) {
	h := sourced(t,
		told{"2010", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(0)}},
		told{"2010", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(30)}},
		told{"2010", events.ProductionEnded{Plant: "P", Model: "M"}},
		told{"[2010-06-01..2011-12-31]", events.ProductionStarted{Plant: "P", Model: "M"}},
	)
	assert.Equal(t, []string{"A 0 %"}, stakesOn(t, h, "2010-12-31", "A"))
	assert.Equal(t, []string{"A 0 %", "A 30 %"}, stakesOn(t, h, "2010-06-30", "A"))
	status, err := timeline.Ask(h, day("2010-12-31"), events.StatusOfProduction("P", "M"))
	require.NoError(t, err)
	assert.Equal(t, []events.ProductionStatus{events.ProductionOver}, status.Values())
	assert.Empty(t, remarksOn(h, "2011-12-31"))

	again := sourced(t, // which of two beginnings an end belongs to is not known
		told{"2010", events.ProductionStarted{Plant: "P", Model: "M"}},
		told{"2010", events.ProductionEnded{Plant: "P", Model: "M"}},
		told{"2010", events.ProductionStarted{Plant: "P", Model: "M"}},
	)
	for e := range again.Events() {
		assert.Empty(t, e.After)
	}
}

// A plan is dropped, and taken up again.
func TestPlanRevived(t *testing.T) {
	outlined := func(window string) events.PlanOutline {
		return events.PlanOutline{Plan: "p", Title: "second plant", Basis: events.BasisAnnounced, Window: edtf.MustParse(window)}
	}
	h := sourced(t,
		told{"2021-12-16", events.PlanAnnounced{PlanOutline: outlined("2024")}},
		told{"2024-03-07", events.PlanDropped{Plan: "p", Reason: "paused"}},
		told{"2024-11-25", events.PlanAnnounced{PlanOutline: outlined("2028")}},
	)
	for on, want := range map[string]events.PlanStatus{"2023-06-01": events.Planned, "2024-02-01": events.Due, "2024-06-01": events.Dropped, "2025-06-30": events.Planned} {
		assert.Equal(t, want, h.At(day(on)).State.Plan("p").Status(day(on)), on)
	}
	p := h.At(day("2025-06-30")).State.Plan("p")
	assert.Equal(t, "2021-12-16, 2024-11-25, 2028", fmt.Sprint(p.Announced, ", ", p.Revived, ", ", p.Window))
	assert.Empty(t, remarksOn(h, "2025-06-30"))
}

// A purchase is agreed and called off; the price that was agreed is in the state.
func TestAgreementLapsed(t *testing.T) {
	h := sourced(t,
		told{"2009-06-16", events.StakeAgreed{Holder: "First", Percent: events.ExactPercent(100), Price: money("USD 100000000")}},
		told{"2009-11-24", events.StakeLapsed{Holder: "First"}},
		told{"2010-02-23", events.StakeClosed{Holder: "Second", Percent: events.ExactPercent(100)}},
	)
	first := func(on string) events.Stake {
		s, _ := h.At(day(on)).State.Stakes.Get("First")
		return s
	}
	assert.Equal(t, "100 % for USD 100 million", fmt.Sprint(first("2009-10-01").Agrees, " for ", first("2009-10-01").AgreedPrice))
	assert.Equal(t, "not recorded, lapsed 2009-11-24", fmt.Sprint(first("2010-12-31").Agrees, ", lapsed ", first("2010-12-31").Lapsed))
	assert.Empty(t, remarksOn(h, "2010-12-31"))
}

// What is called first stays the first, however often it is told again.
func TestToldAgain(t *testing.T) {
	h := sourced(t,
		told{"2013-01", events.ModelShown{Model: "A", At: "first show"}},
		told{"2014-01", events.ModelLaunched{Model: "A"}},
		told{"2014-02", events.ModelDelivered{Model: "A"}},
		told{"2014-06", events.ModelShown{Model: "A", At: "second show"}},
		told{"2016-02", events.ModelDelivered{Model: "A", Market: "elsewhere"}},
		told{"2015", events.PlantBuilding{Plant: "P"}},
		told{"2019", events.PlantBuilding{Plant: "P"}},
		told{"2014", events.MarketEntered{Market: "here"}},
		told{"2017", events.MarketEntered{Market: "here", By: "a dealer"}},
		told{"2012", events.TalksReported{Talks: "t", With: "F", About: "x"}},
		told{"2015", events.TalksEnded{Talks: "t", Outcome: "none"}},
		told{"2018", events.TalksReported{Talks: "t", With: "F", About: "x"}},
		told{"2012", events.ConceptShown{Concept: "C"}},
		told{"2016", events.ConceptShown{Concept: "C"}},
		told{"2012", events.BrandLaunched{Brand: "B"}},
		told{"2018", events.BrandLaunched{Brand: "B"}},
	)
	c := h.At(day("2020-12-31")).State
	a := c.Model("A")
	assert.Equal(t, "first show 2013-01, 2014-02", fmt.Sprint(a.FirstShown.At, " ", a.FirstShown.When, ", ", a.Delivered))
	elsewhere, _ := a.Markets.Get("elsewhere")
	assert.Equal(t, "2016-02", elsewhere.Delivered.String())
	plant, _ := c.Plants.Get("P")
	market, _ := c.Markets.Get("here")
	talks, _ := c.Talks.Get("t")
	concept, _ := c.Concepts.Get("C")
	assert.Equal(t, "2015, 2014 a dealer, 2018 open, 2012, 2012", fmt.Sprint(plant.Construction, ", ", market.Since, " ", market.By, ", ",
		talks.Reported, " ", talks.Outcome, ", ", concept.Shown, ", ", c.Brand.Launched))
	assert.Empty(t, remarksOn(h, "2020-12-31"))
}

// Launch, price and end are those of a market, where one is told. A price in one
// currency leaves that in another.
func TestPriceInTwoMarkets(t *testing.T) {
	h := sourced(t,
		told{"2012-03", events.ModelLaunched{Model: "M", Market: "United States"}},
		told{"2014-06", events.ModelLaunched{Model: "M", Market: "United Kingdom"}},
		told{"2012-03", events.ModelPriced{Model: "M", Min: money("USD 57400"), Max: money("USD 87400")}},
		told{"2014-06", events.ModelPriced{Model: "M", Min: money("GBP 49900"), Max: money("GBP 68700")}},
		told{"2016-01", events.ModelPriced{Model: "M", Market: "United Kingdom", Min: money("GBP 50000"), Max: money("GBP 70000")}},
		told{"2019-01", events.ModelDiscontinued{Model: "M", Market: "United Kingdom"}},
		told{"2021-01", events.ModelDiscontinued{Model: "M", Market: "United States"}},
	)
	m := h.At(day("2020-01-01")).State.Model("M")
	var prices []string
	for where, p := range m.Prices.All() {
		prices = append(prices, fmt.Sprint(where, " ", p.Min))
	}
	assert.Equal(t, []string{"GBP GBP 49,900", "USD USD 57,400", "United Kingdom GBP 50,000"}, prices)
	uk, _ := m.Markets.Get("United Kingdom")
	us, _ := m.Markets.Get("United States")
	assert.Equal(t, "2014-06 to 2019-01, 2012-03 to ", fmt.Sprint(uk.Launched, " to ", uk.Discontinued, ", ", us.Launched, " to ", us.Discontinued))
	assert.Equal(t, events.StatusOnSale, m.Status(), "it has ended in one market alone")
	assert.Equal(t, events.StatusDiscontinued, h.At(day("2021-01-31")).State.Model("M").Status(), "now in all")
}

// What is noted is in the order of time and, of one day, of the file.
func TestContextOrder(t *testing.T) {
	var all []told
	for _, note := range []string{"2003-07 z", "2007-08 y", "2008-10 x", "2020-05-05 b", "2020-05-05 a", "2020-05-05 c"} {
		when, what, _ := strings.Cut(note, " ")
		all = append(all, told{when, events.ContextNoted{Actor: "Maker", What: what}})
	}
	var notes []events.Circumstance
	for _, c := range sourced(t, all...).At(day("2020-12-31")).State.Context.All() {
		notes = append(notes, c)
	}
	slices.Reverse(notes)
	slices.SortFunc(notes, events.Circumstance.Compare)
	var order string
	for _, c := range notes {
		order += c.What
	}
	assert.Equal(t, "zyxbac", order)
}

// What ended must have begun: if that is not told, it is missing.
func TestEndsWithoutBeginnings(t *testing.T) {
	h := sourced(t,
		told{"2010", events.ModelDiscontinued{Model: "M"}},
		told{"2010", events.CompanyDelisted{Exchange: "E"}},
		told{"2010", events.MarketLeft{Market: "I"}},
		told{"2010", events.PartnershipEnded{Partnership: "p"}},
		told{"2010", events.TalksEnded{Talks: "t", Outcome: "none"}},
	)
	var want []string
	for _, path := range []string{"/models/M", "/listings/E", "/markets/I", "/partnerships/p", "/talks/t"} {
		want = append(want, path+": it ended (2010); missing: when it began")
	}
	assert.Equal(t, want, remarksOn(h, "2011-01-01"))
	assert.Equal(t, edtf.No, h.At(day("2011-01-01")).State.InMarket("I"))

	twice := sourced(t,
		told{"2001", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(10)}},
		told{"2005", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(0)}},
		told{"2007", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(0)}},
		told{"2001", events.OfficeTaken{Office: "chair", Person: "B"}},
		told{"2003", events.OfficeLeft{Office: "chair", Person: "B"}},
		told{"2006", events.OfficeLeft{Office: "chair", Person: "B"}},
	)
	c := twice.At(day("2011-01-01")).State
	a, _ := c.Stakes.Get("A")
	chair, _ := c.Offices.Get("chair")
	assert.Equal(t, "2005 2003", fmt.Sprint(a.Sold, " ", chair.Vacant), "an end that is told again was the first time")
	assert.Empty(t, remarksOn(twice, "2011-01-01"))
}

// A model that leaves one market stays on sale where it was launched besides, and one
// that ended everywhere can come back in one.
func TestEndsByMarket(t *testing.T) {
	everywhere, uk := events.ModelLaunched{Model: "M"}, events.ModelLaunched{Model: "M", Market: "UK"}
	ukEnd, end := events.ModelDiscontinued{Model: "M", Market: "UK"}, events.ModelDiscontinued{Model: "M"}
	us := events.ModelLaunched{Model: "M", Market: "US"}
	assert.Equal(t, events.StatusOnSale, company(t, everywhere, uk, ukEnd).Model("M").Status())
	assert.Equal(t, events.StatusOnSale, company(t, everywhere, ukEnd).Model("M").Status())
	assert.Equal(t, events.StatusOnSale, company(t, us, ukEnd, events.ModelDelivered{Model: "M", Market: "DE"}).Model("M").Status())
	m := company(t, us, uk, end, uk, ukEnd).Model("M")
	inUK, _ := m.Markets.Get("UK")
	inUS, _ := m.Markets.Get("US")
	assert.Equal(t, "discontinued 2020-01-05, UK 2020-01-04 to 2020-01-05, US 2020-01-01 to 2020-01-03", fmt.Sprint(
		m.Status(), " ", m.Discontinued, ", UK ", inUK.Launched, " to ", inUK.Discontinued, ", US ", inUS.Launched, " to ", inUS.Discontinued))
}

// What is ordered is what can belong together, whatever kind of event begins it; what
// the events say themselves is not contradicted.
func TestOrderOfBeginnings(t *testing.T) {
	outlined := events.PlanOutline{Plan: "p", Title: "p", Basis: events.BasisAnnounced}
	plan := sourced(t,
		told{"2021-12-16", events.PlansAnnounced{Plans: immutable.ListOf(outlined)}},
		told{"2024", events.PlanDropped{Plan: "p"}},
		told{"2024-11-25", events.PlanAnnounced{PlanOutline: outlined}},
	)
	a, err := timeline.Ask(plan, day("2025-01-01"), events.StatusOfPlan("p"))
	require.NoError(t, err)
	assert.ElementsMatch(t, []events.PlanStatus{events.Planned, events.Dropped}, a.Values(), "it may have been revived")

	made := sourced(t,
		told{"2010", events.ProductionStarted{Plant: "P", Model: "M"}},
		told{"2010", events.ProductionEnded{Plant: "P", Model: "M"}},
		told{"2015", events.ProductionStarted{Plant: "P", Model: "M"}},
		told{"2015-03", events.ProductionPaused{Plant: "P", Model: "M"}},
		told{"2016", events.ProductionPaused{Plant: "P", Model: "N"}},
		told{"2016", events.ProductionResumed{Plant: "P", Model: "N"}},
	)
	status := func(on, model string) []events.ProductionStatus {
		a, err := timeline.Ask(made, day(on), events.StatusOfProduction("P", model))
		require.NoError(t, err)
		return a.Values()
	}
	assert.Equal(t, []events.ProductionStatus{events.ProductionOver}, status("2012-06-01", "M"))
	assert.Equal(t, []events.ProductionStatus{events.InProduction}, status("2017-01-01", "N"), "a pause ends after it began")

	sale := sourced(t,
		told{"2010-02", events.StakeTransferred{From: "A", To: "B"}},
		told{"2010-02", events.StakeClosed{Holder: "A", Percent: events.ExactPercent(100)}},
		told{"2010-02", events.StakeClosed{Holder: "B", Percent: events.ExactPercent(0)}},
	)
	assert.Equal(t, []string{"A 0 %, B 0 %"}, stakesOn(t, sale, "2010-12-31", "A", "B"))
	assert.Empty(t, remarksOn(sale, "2010-12-31"))

	left := events.Event{ID: uuid.UUID{1}, Name: "left", When: edtf.MustParse("2011"), Data: events.MarketLeft{Market: "I"}}
	note := events.Event{ID: uuid.UUID{2}, Name: "note", When: edtf.MustParse("2011"), Data: events.ContextNoted{Actor: "a", What: "b"}, After: []uuid.UUID{left.ID}}
	back := events.Event{ID: uuid.UUID{3}, Name: "back", When: edtf.MustParse("2011"), Data: events.MarketEntered{Market: "I"}, After: []uuid.UUID{note.ID}}
	h, err := timeline.New(events.Fold, events.Ordered(left, note, back)...)
	require.NoError(t, err, "no circle is made")
	assert.Equal(t, edtf.Certain, h.At(day("2011-12-31")).State.InMarket("I"))
}

// A stake that is told again keeps its price and what is agreed; one of unknown size is
// remarked.
func TestStakesToldAgain(t *testing.T) {
	s, _ := company(t,
		events.StakeClosed{Holder: "A", Percent: events.ExactPercent(20), Price: money("EUR 5")}, events.StakeAgreed{Holder: "A", Percent: events.ExactPercent(51)}, events.StakeClosed{Holder: "A", Percent: events.ExactPercent(20)},
	).Stakes.Get("A")
	assert.Equal(t, "EUR 5 51 % 2020-01-01", fmt.Sprint(s.Price, " ", s.Agrees, " ", s.Since))
	sale := events.StakeTransferred{From: "A", To: "B"}
	assert.NotEmpty(t, remarked(t, "/stakes/A", sale))
	assert.Equal(t, "it buys a share of unknown size (a); missing: what the seller had", remarked(t, "/stakes/B", sale))
	b, _ := company(t, sale).Stakes.Get("B")
	assert.Equal(t, edtf.Date{}, b.Sold)
}
