package events_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(s string) edtf.Day { return edtf.MustDay(s) }

// dated makes events of payloads, a day apart, named a, b, c, ...
func dated(payloads ...events.Payload) []events.Event {
	var list []events.Event
	for i, p := range payloads {
		name := string(rune('a' + i))
		list = append(list, events.Event{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, Seq: int64(i),
			When: (day("2020-01-01") + edtf.Day(i)).Date(), Data: p,
		})
	}
	return list
}

func history(t *testing.T, payloads ...events.Payload) *events.History {
	t.Helper()
	h, err := timeline.New(events.Fold, dated(payloads...)...)
	require.NoError(t, err)
	return h
}

// company folds payloads, one a day.
func company(t *testing.T, payloads ...events.Payload) events.Company {
	return history(t, payloads...).At(day("2021-01-01")).State
}

// refused returns why the last of payloads cannot follow the others.
func refused(t *testing.T, payloads ...events.Payload) string {
	t.Helper()
	_, err := timeline.New(events.Fold, dated(payloads...)...)
	var e *timeline.FoldError
	require.ErrorAs(t, err, &e)
	require.Equal(t, string(rune('a'+len(payloads)-1)), e.Name)
	return e.Err.Error()
}

func money(s string) events.Money {
	m, err := events.ParseMoney(s)
	if err != nil {
		panic(err)
	}
	return m
}

func TestModelStages(t *testing.T) {
	stages := []events.Payload{
		events.ModelShown{Model: "X", As: "prototype"},
		events.ModelRevealed{Model: "X", Body: "coupe"},
		events.ModelPresold{Model: "X"},
		events.ModelLaunched{Model: "X", Ordinal: 3},
		events.ModelDelivered{Model: "X"},
		events.ModelDiscontinued{Model: "X"},
	}
	want := []events.ModelStatus{events.StatusShown, events.StatusRevealed, events.StatusPresale, events.StatusOnSale, events.StatusOnSale, events.StatusDiscontinued}
	assert.Equal(t, events.ModelStatus(""), events.Company{}.Model("X").Status())
	for i, status := range want {
		c := company(t, stages[:i+1]...)
		assert.Equal(t, status, c.Model("X").Status())
		assert.Equal(t, status == events.StatusOnSale, c.OnSale("X"))
		assert.Equal(t, i >= 1, c.Revealed("X"))
		assert.Equal(t, i == 5, c.Discontinued("X"))
	}
	m := company(t, stages...).Model("X")
	assert.Equal(t, "coupe", m.Body)
	assert.Equal(t, 3, m.Ordinal)
	assert.Equal(t, "2020-01-05", m.Delivered.String())
}

func TestLaunches(t *testing.T) {
	china, europe := events.ModelLaunched{Model: "X", Market: "China"}, events.ModelLaunched{Model: "X", Market: "Europe"}
	c := company(t, china, europe)
	assert.Equal(t, "2020-01-01", c.Model("X").Launched.String(), "the first launch dates it")
	c = company(t, china, events.ModelDiscontinued{Model: "X"}, europe)
	assert.True(t, c.OnSale("X"), "launched again")
	assert.Equal(t, "2020-01-03", c.Model("X").Launched.String())
	assert.Equal(t, "not heard of", c.Model("Y").Status().String())
	assert.Equal(t, "nothing recorded", events.Production{}.Status().String())
	assert.Equal(t, "1 version, 2 motors", events.Spec{Versions: 1, Motors: 2}.String())
}

func TestSpecificationsAddUp(t *testing.T) {
	c := company(t,
		events.ModelSpecified{Model: "X", Spec: events.Spec{Versions: 3, Battery: 36.5, Range: 403, Cycle: "NEDC"}},
		events.ModelSpecified{Model: "X", Spec: events.Spec{Motors: 2, Power: 400, Torque: 720, Range: 600, About: true}},
	)
	assert.Equal(t, "3 versions, 36.5 kWh, about 600 km, 2 motors, 400 kW, 720 Nm", c.Model("X").Spec.String())
}

func TestPrices(t *testing.T) {
	p := events.ModelPriced{Model: "X", Min: money("CNY 65800"), Max: money("CNY 75800"), AfterSubsidy: true}
	assert.Equal(t, money("CNY 75800"), company(t, p).Model("X").Price.Max)
	p.Max = money("CNY 5")
	assert.Equal(t, "a price from CNY 65,800 to CNY 5", refused(t, p))
	p.Max = money("EUR 75800")
	assert.Equal(t, "a price from CNY 65,800 to EUR 75,800", refused(t, p))
}

// remarked returns what the company remarks at an address, once payloads are folded.
func remarked(t *testing.T, path string, payloads ...events.Payload) string {
	t.Helper()
	for at, r := range company(t, payloads...).Remarks() {
		if at == path {
			return r.String()
		}
	}
	return ""
}

func TestStakes(t *testing.T) {
	agreed := events.StakeAgreed{Holder: "S", Percent: events.ExactPercent(20)}
	closed := events.StakeClosed{Holder: "S", Percent: events.ExactPercent(21.26), Price: money("EUR 1500000000")}
	assert.Equal(t, events.Exactly(0).In("%"), events.Company{}.StakeOf("S"))
	c := company(t, agreed)
	assert.Equal(t, events.Exactly(0).In("%"), c.StakeOf("S"), "agreed is not held")
	s, _ := c.Stakes.Get("S")
	assert.Equal(t, events.Exactly(20).In("%"), s.Agrees)
	c = company(t, agreed, closed)
	assert.Equal(t, "21.26 %", c.StakeOf("S").String())
	s, _ = c.Stakes.Get("S")
	assert.Equal(t, events.Number{}, s.Agrees)
	assert.Equal(t, "2020-01-01", s.Agreed.String())
	assert.Equal(t, "the stakes add up to 101.26 % (b); missing: who sold, or a share that is less", remarked(t, "/stakes", closed, events.StakeClosed{Holder: "B", Percent: events.ExactPercent(80)}))
	sold := events.StakeClosed{Holder: "S", Percent: events.ExactPercent(0)}
	assert.Equal(t, "S sells its stake", sold.String())
	s, _ = company(t, closed, events.StakeClosed{Holder: "S", Percent: events.ExactPercent(19)}, sold).Stakes.Get("S")
	assert.Equal(t, "0 %, sold 2020-01-03, since , changed ", fmt.Sprintf("%v, sold %v, since %v, changed %v", s.Percent, s.Sold, s.Since, s.Changed))
	assert.Equal(t, "it is sold, and was never bought (a); missing: when it was bought", remarked(t, "/stakes/S", sold))
	s, _ = company(t, closed, events.StakeClosed{Holder: "S", Percent: events.ExactPercent(19)}).Stakes.Get("S")
	assert.Equal(t, "since 2020-01-01, changed 2020-01-02", fmt.Sprintf("since %v, changed %v", s.Since, s.Changed))
}

// A sale that is one event leaves no moment without an owner, and takes no more than
// there is.
func TestStakesChangeHands(t *testing.T) {
	all := events.StakeClosed{Holder: "A", Percent: events.ExactPercent(100)}
	c := company(t, all, events.StakeTransferred{From: "A", To: "B", Percent: events.ExactPercent(33.3), Price: money("EUR 5")})
	assert.Equal(t, "66.7 %, 33.3 %", fmt.Sprintf("%v, %v", c.StakeOf("A"), c.StakeOf("B")))
	b, _ := c.Stakes.Get("B")
	assert.Equal(t, "EUR 5 2020-01-02", fmt.Sprint(b.Price, b.Since))
	c = company(t, all, events.StakeTransferred{From: "A", To: "B"})
	assert.Equal(t, "0 %, 100 %", fmt.Sprintf("%v, %v", c.StakeOf("A"), c.StakeOf("B")))
	assert.Equal(t, "more is sold than was held (a); missing: when more was bought", remarked(t, "/stakes/A", events.StakeTransferred{From: "A", To: "B", Percent: events.ExactPercent(5)}))
}

func TestStakesLapse(t *testing.T) {
	agreed, lapsed := events.StakeAgreed{Holder: "S", Percent: events.ExactPercent(20), Price: money("USD 100")}, events.StakeLapsed{Holder: "S"}
	s, _ := company(t, agreed).Stakes.Get("S")
	assert.Equal(t, "20 % for USD 100", fmt.Sprintf("%v for %v", s.Agrees, s.AgreedPrice))
	s, _ = company(t, agreed, lapsed).Stakes.Get("S")
	assert.Equal(t, "not recorded for no amount, lapsed 2020-01-02", fmt.Sprintf("%v for %v, lapsed %v", s.Agrees, s.AgreedPrice, s.Lapsed))
	s, _ = company(t, agreed, events.StakeClosed{Holder: "S", Percent: events.ExactPercent(20)}).Stakes.Get("S")
	assert.Equal(t, "USD 100", s.Price.String(), "as agreed, if nothing else is told")
	assert.NotEmpty(t, remarked(t, "/stakes/S", lapsed))
}

func TestProductions(t *testing.T) {
	start := events.ProductionStarted{Plant: "Tychy", Country: "Poland", Model: "X"}
	question := events.ProductionQuestioned{Plant: "Tychy", Model: "X"}
	end := events.ProductionEnded{Plant: "Tychy", Model: "X"}
	assert.Equal(t, "Tychy", company(t, start, question).PlantsOutside("China").String())
	assert.True(t, company(t, start, question).Producing("Tychy", "X"), "in question is not ended")
	assert.Equal(t, "none", company(t, start, end).PlantsOutside("China").String())
	assert.Equal(t, "none", company(t, start).PlantsOutside("Poland").String())
	home := events.ProductionStarted{Plant: "Home", Model: "X"}
	assert.Equal(t, "Tychy", company(t, start, home).PlantsOutside("China").String(), "a plant without a country is left out")
	const unbegun = "the X was made at Tychy (a); missing: when that began"
	assert.Equal(t, unbegun, remarked(t, "/plants/Tychy/models/X", end))
	assert.Equal(t, unbegun, remarked(t, "/plants/Tychy/models/X", question))
	made := func(payloads ...events.Payload) events.Production {
		p, _ := company(t, payloads...).Plants.Get("Tychy")
		m, _ := p.Models.Get("X")
		return m
	}
	assert.Equal(t, events.ProductionUnbegun, made(end).Status())
	assert.Equal(t, "2020-01-02", made(start, end, end).Ended.String(), "the first end counts")
	assert.Equal(t, "2020-01-01", made(start, start).Started.String(), "the first beginning counts")
	assert.Equal(t, edtf.Date{}, made(start, question, events.ProductionAffirmed{Plant: "Tychy", Model: "X"}).InQuestion)
	assert.True(t, company(t, start, end, start).Producing("Tychy", "X"), "it may start again")
	building := events.PlantBuilding{Plant: "Tychy", City: "Tychy"}
	assert.Equal(t, "none", company(t, building).PlantsOutside("China").String())
}

func outline(key, window string) events.PlanOutline {
	o := events.PlanOutline{Plan: key, Title: "a plan", Basis: events.BasisAnnounced}
	if window != "" {
		o.Window = edtf.MustParse(window)
	}
	return o
}

func TestPlanStatus(t *testing.T) {
	announced := events.PlanAnnounced{PlanOutline: outline("p", "2020-34")}
	for on, want := range map[string]events.PlanStatus{
		"2020-03-31": events.Planned, "2020-04-01": events.Due, "2020-06-30": events.Due, "2020-07-01": events.Overdue,
	} {
		assert.Equal(t, want, company(t, announced).Plan("p").Status(day(on)), on)
	}
	late := day("2030-01-01")
	status := func(payloads ...events.Payload) events.PlanStatus {
		return company(t, payloads...).Plan("p").Status(late)
	}
	considered := events.PlanConsidered{PlanOutline: outline("p", "")}
	assert.Equal(t, "no plan", events.Company{}.Plan("p").Status(late).String())
	assert.Equal(t, events.Considered, status(considered))
	assert.Equal(t, events.Overdue, status(considered, announced))
	assert.Equal(t, events.Planned, status(events.PlanAnnounced{PlanOutline: outline("p", "")}), "without a window never due")
	assert.Equal(t, events.Dropped, status(announced, events.PlanDropped{Plan: "p", InFavourOf: "q"}))
	assert.Equal(t, events.Dropped, status(events.PlanDropped{Plan: "p"}), "first heard of when it is dropped")
	assert.Equal(t, events.Fulfilled, status(announced, events.PlanFulfilled{Plan: "p"}))
	assert.Equal(t, events.Overdue, status(announced, events.PlanQuestioned{Plan: "p"}), "in question it stands")
	assert.Equal(t, events.Planned, status(announced, events.PlanMoved{Plan: "p", Window: edtf.MustParse("2031")}), "it slips")
	open := events.PlanAnnounced{PlanOutline: outline("p", "2025/..")}
	assert.Equal(t, events.Due, status(open), "an open end is never over")

	again := events.PlanAnnounced{PlanOutline: outline("p", "2031")}
	plan := company(t, announced, again).Plan("p")
	assert.Equal(t, "announced 2020-01-01, moved 2020-01-02 to 2031", fmt.Sprintf("announced %v, moved %v to %v", plan.Announced, plan.Moved, plan.Window))
	plan = company(t, announced, events.PlanDropped{Plan: "p"}, again).Plan("p")
	assert.Equal(t, "planned, revived 2020-01-03", fmt.Sprintf("%v, revived %v", plan.Status(late), plan.Revived))
	assert.Equal(t, edtf.Date{}, company(t, announced, events.PlanQuestioned{Plan: "p"}, events.PlanAffirmed{Plan: "p"}).Plan("p").InQuestion)
	both := events.PlansAnnounced{Plans: immutable.ListOf(outline("p", ""), outline("q", ""))}
	assert.Equal(t, 2, company(t, both).Plans().Len())
	instead := company(t, announced, events.PlanDropped{Plan: "p", InFavourOf: "q", Instead: immutable.ListOf(outline("q", ""))})
	assert.Equal(t, events.Dropped, instead.Plan("p").Status(late))
	assert.Equal(t, events.Planned, instead.Plan("q").Status(late))
	assert.Equal(t, "it changes, and was never announced (a); missing: when it was announced", remarked(t, "/plans/p", events.PlanMoved{Plan: "p"}))
	assert.Equal(t, "it is carried out, and was never announced (a); missing: when it was announced", remarked(t, "/plans/p", events.PlanFulfilled{Plan: "p"}))
	assert.Equal(t, "2020-01-02", company(t, announced, events.PlanDropped{Plan: "p"}, events.PlanDropped{Plan: "p"}).Plan("p").Dropped.String(), "the first end counts")
	assert.Equal(t, "it is carried out, though it is dropped (c); missing: when it was taken up again", remarked(t, "/plans/p", announced, events.PlanDropped{Plan: "p"}, events.PlanFulfilled{Plan: "p"}))
	assert.Equal(t, "it changes, though it is dropped (c); missing: when it was taken up again", remarked(t, "/plans/p", announced, events.PlanDropped{Plan: "p"}, events.PlanQuestioned{Plan: "p"}))
	assert.Equal(t, "it is dropped, though it is fulfilled (c); missing: which of the two is true", remarked(t, "/plans/p", announced, events.PlanFulfilled{Plan: "p"}, events.PlanDropped{Plan: "p"}))
}

func TestPlansCountWhatIsDone(t *testing.T) {
	o := outline("p", "2020/2021")
	o.Items = immutable.ListOf(events.NewItem{Item: "X", Model: true, Platform: "P"}, events.NewItem{Item: "Y", Model: true})
	plan := events.PlanAnnounced{PlanOutline: o}
	x := events.ModelLaunched{Model: "X", Fulfils: immutable.ListOf(events.PlanItem{Plan: "p", Item: "X"})}
	y := events.ModelLaunched{Model: "Y", Fulfils: immutable.ListOf(events.PlanItem{Plan: "p", Item: "Y"})}
	assert.Equal(t, events.StatusPlanned, company(t, plan).Model("Y").Status())
	assert.Equal(t, "P", company(t, plan).Model("X").Platform)
	for _, payloads := range [][]events.Payload{{plan, x, y}, {x, plan, y}, {x, y, plan}} {
		c := company(t, payloads...)
		done, of := c.Plan("p").Done()
		assert.Equal(t, [2]int{2, 2}, [2]int{done, of})
		assert.Equal(t, events.Fulfilled, c.Plan("p").Status(day("2020-06-01")))
		assert.Equal(t, 2, c.Plan("p").EndedBy().Len(), "fulfilled by both")
	}
	assert.Equal(t, 0, company(t, x).Plans().Len(), "a fact alone makes no plan")
	assert.Equal(t, "none", company(t, plan, x).Plan("p").EndedBy().String(), "not fulfilled yet")
	assert.Equal(t, "b", company(t, plan, events.PlanDropped{Plan: "p"}).Plan("p").EndedBy().String())
	done, of := company(t, plan, x).Plan("p").Done()
	assert.Equal(t, [2]int{1, 2}, [2]int{done, of})
	many := events.PlanAnnounced{PlanOutline: events.PlanOutline{Plan: "m", Title: "six", Basis: events.BasisAnnounced, AtLeast: 6}}
	done, of = company(t, many).Plan("m").Done()
	assert.Equal(t, [2]int{0, 6}, [2]int{done, of})
}

func TestOtherParts(t *testing.T) {
	founded := events.CompanyFounded{LegalName: "L", TradeName: "T"}
	twice := company(t, founded, events.CompanyFounded{LegalName: "other", TradeName: "T", Seat: "there"}).Identity
	assert.Equal(t, "L there 2020-01-01: it is founded again", fmt.Sprint(twice.LegalName, " ", twice.Seat, " ", twice.Founded, ": ", twice.Remark.What))
	venture := events.VentureAgreed{Venture: "V", Shares: immutable.ListOf(events.Share{Holder: "A", Percent: 51}, events.Share{Holder: "B", Percent: 49})}
	c := company(t, founded, venture, events.VentureFormed{Venture: "V"},
		events.CapitalRaised{Amount: money("CNY 10"), Total: true}, events.CapitalRaised{Amount: money("CNY 99")},
		events.TalksReported{Talks: "t", With: "F", About: "x"}, events.MarketEntered{Market: "Europe"},
		events.ComponentsInsourced{Components: immutable.ListOf("b", "a")}, events.ComponentsInsourced{Components: immutable.ListOf("b", "c")},
		events.DeliveriesRecorded{Model: "X", Period: edtf.MustParse("2023"), Count: events.Exactly(7)},
	)
	v, _ := c.Ventures.Get("V")
	share, _ := v.Shares.Get("A")
	assert.Equal(t, events.Percent(51), share)
	assert.Equal(t, "2020-01-03", v.Formed.String())
	assert.Equal(t, "CNY 99 or more", c.Raised().String(), "what is left out may be more")
	talks, _ := c.Talks.Get("t")
	assert.Equal(t, "open", talks.Outcome)
	assert.Equal(t, edtf.Certain, c.InMarket("Europe"))
	assert.Equal(t, edtf.No, c.InMarket("Asia"))
	assert.Equal(t, immutable.ListOf("a", "b", "c"), c.Components)
	assert.Equal(t, "7", c.DeliveriesOf("X", edtf.MustParse("2023")).String())
	assert.Equal(t, "not recorded", c.DeliveriesOf("X", edtf.MustParse("2024")).String())
	venture.Shares = immutable.ListOf(events.Share{Holder: "A", Percent: 51}, events.Share{Holder: "B", Percent: 50})
	assert.Contains(t, remarked(t, "/ventures/V", venture), "the shares of V add up to 101 %")
	ended := company(t, events.TalksReported{Talks: "t", With: "F", About: "x"}, events.TalksEnded{Talks: "t", Outcome: "no deal"})
	talks, _ = ended.Talks.Get("t")
	assert.Equal(t, "no deal", talks.Outcome)
	assert.Equal(t, "deliveries: -1", refused(t, events.DeliveriesRecorded{Count: events.Exactly(-1), Period: edtf.MustParse("2023")}))
}

// Law 2 for a company: no state is reached through another one.
func TestCompaniesNeverChange(t *testing.T) {
	h := history(t,
		events.ProductionStarted{Plant: "P", Country: "C", Model: "X"},
		events.ModelLaunched{Model: "X"},
		events.PlanAnnounced{PlanOutline: outline("p", "2021")},
		events.ComponentsInsourced{Components: immutable.ListOf("a")},
	)
	before, err := json.Marshal(h.At(day("2021-01-01")).State.On(day("2021-01-01")))
	require.NoError(t, err)
	c := h.At(day("2021-01-01")).State
	c.Models = c.Models.With("X", events.Model{})
	c.Identity.LegalName = "changed"
	for _, p := range []events.Payload{
		events.ProductionEnded{Plant: "P", Model: "X"},
		events.ModelDiscontinued{Model: "X"},
		events.PlanDropped{Plan: "p"},
		events.ComponentsInsourced{Components: immutable.ListOf("b")},
	} {
		next, err := events.Fold(c, events.Event{Name: "z", When: edtf.MustParse("2021"), Data: p})
		require.NoError(t, err)
		assert.False(t, next.Equal(c), p.String())
		assert.True(t, next.Equal(next))
	}
	after, err := json.Marshal(h.At(day("2021-01-01")).State.On(day("2021-01-01")))
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	items := []string{"a"}
	l := immutable.ListOf(items...)
	items[0] = "changed"
	assert.Equal(t, immutable.ListOf("a"), l)
}

func TestMoney(t *testing.T) {
	for text, want := range map[string]string{
		"EUR 1500000000": "EUR 1.5 billion",
		"CNY 380000000":  "CNY 380 million",
		"CNY 65800":      "CNY 65,800",
		"CNY 999":        "CNY 999",
		"HKD 43.8":       "HKD 43.80",
		"HKD 1234.05":    "HKD 1,234.05",
		"CNY 2001000000": "CNY 2.001 billion",
		"CNY 1000001":    "CNY 1.000001 million",
		"EUR 0":          "EUR 0",
	} {
		m, err := events.ParseMoney(text)
		require.NoError(t, err)
		assert.Equal(t, want, m.String())
		written, err := m.MarshalText()
		require.NoError(t, err)
		again, err := events.ParseMoney(string(written))
		require.NoError(t, err)
		assert.Equal(t, m, again)
	}
	for _, text := range []string{"", "EUR", "EUR ", "eur 5", "EURO 5", "EUR -5", "EUR 1.234", "EUR 1.", "EUR .5", "EUR 1,000", "EUR 99999999999999999999", "EUR 5 "} {
		_, err := events.ParseMoney(text)
		assert.Error(t, err, text)
	}
	assert.Equal(t, "no amount", events.Money{}.String())
	_, err := events.Money{}.MarshalText()
	assert.Error(t, err)
	assert.Panics(t, func() { events.NewMoney(1, "euro") })
	units, hundredths := money("HKD 43.8").Units()
	assert.Equal(t, [2]int64{43, 80}, [2]int64{units, hundredths})
	assert.Equal(t, "HKD", money("HKD 43.8").Currency())
}

func TestSharesWithDecimalsAddUp(t *testing.T) {
	c := company(t, events.StakeClosed{Holder: "a", Percent: events.ExactPercent(23.47)}, events.StakeClosed{Holder: "b", Percent: events.ExactPercent(55.27)}, events.StakeClosed{Holder: "c", Percent: events.ExactPercent(21.26)})
	assert.Equal(t, 3, c.Stakes.Len())
	company(t, events.VentureAgreed{Venture: "v", Shares: immutable.ListOf(
		events.Share{Holder: "a", Percent: 34.1}, events.Share{Holder: "b", Percent: 33.2}, events.Share{Holder: "c", Percent: 32.7})})
	assert.Contains(t, remarked(t, "/stakes", events.StakeClosed{Holder: "a", Percent: events.ExactPercent(60)}, events.StakeClosed{Holder: "b", Percent: events.ExactPercent(40.01)}), "the stakes add up to 100.01 %")
	assert.Contains(t, remarked(t, "/ventures/v", events.VentureAgreed{Venture: "v", Shares: immutable.ListOf(
		events.Share{Holder: "a", Percent: 60}, events.Share{Holder: "b", Percent: 40.01})}), "the shares of v add up to 100.01 %")
}

func TestAmountsAreNeeded(t *testing.T) {
	assert.Equal(t, "no amount is given", refused(t, events.CapitalRaised{Total: true}))
	assert.Equal(t, "no price is given", refused(t, events.ModelPriced{Model: "M"}))
}

// What was announced stands when it is weighed again.
func TestPlanWeighedAgain(t *testing.T) {
	announced := events.PlanAnnounced{PlanOutline: events.PlanOutline{Plan: "p", Title: "P", Basis: events.BasisAnnounced, Window: edtf.MustParse("2020-06"), AtLeast: 3}}
	again := events.PlanConsidered{PlanOutline: events.PlanOutline{Plan: "p", Title: "Q", Basis: events.BasisReported}}
	p := company(t, announced, again).Plan("p")
	assert.Equal(t, "2020-06", p.Window.String())
	assert.Equal(t, 3, p.AtLeast)
	assert.Equal(t, "P", p.Title)
	assert.False(t, p.Considered.IsZero())
}
