package seeds_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// article returns the history that the article alone tells.
func article() *events.History {
	h, err := seeds.Leapmotor().AccordingTo("article")
	if err != nil {
		panic(err)
	}
	return h
}

func day(s string) edtf.Day { return edtf.MustDay(s) }

// valuesOn returns every value that pick may have had, as text.
func valuesOn[V comparable](on string, pick func(events.Company) V) string {
	return ask(article(), day(on), timeline.Value(pick)).String()
}

func ask[V comparable](h *events.History, on edtf.Day, q timeline.Question[events.Company, V]) timeline.Answer[V, events.Payload] {
	answer, err := timeline.Ask(h, on, q)
	if err != nil {
		panic(err)
	}
	return answer
}

// askedAsKnown is valuesOn as known on a day.
func askedAsKnown[V comparable](on, known string, pick func(events.Company) V) string {
	return ask(article().KnownOn(day(known)), day(on), timeline.Value(pick)).String()
}

var abroad = events.PlantsOutside("China")

func TestPlantsAbroad(t *testing.T) {
	tychy := events.Producing("Tychy", "T03")
	for _, row := range []struct {
		on     string
		plants string
		tychy  edtf.Truth
	}{
		{"2024-05-31", "none", edtf.No},
		{"2024-06-15", "none or Tychy", edtf.Possible},
		{"2024-06-30", "Tychy", edtf.Certain},
		{"2024-07-01", "Tychy", edtf.Certain},
		{"2024-12-31", "Tychy", edtf.Certain},
		{"2025-02-28", "Tychy", edtf.Certain},
		{"2025-03-15", "Tychy or none", edtf.Possible},
		{"2025-03-31", "none", edtf.No},
	} {
		assert.Equal(t, row.plants, ask(article(), day(row.on), abroad).String(), row.on)
		assert.Equal(t, row.tychy, article().Holds(day(row.on), tychy).Truth, row.on)
	}
	assert.Equal(t, "none", ask(article().KnownOn(day("2024-05-31")), day("2024-07-01"), abroad).String())
}

// In question since November 2024, without having ended.
func TestTychyInQuestion(t *testing.T) {
	inQuestion := func(c events.Company) bool {
		p, _ := c.Plants.Get("Tychy")
		m, _ := p.Models.Get("T03")
		return m.Running() && !m.InQuestion.IsZero()
	}
	for on, want := range map[string]string{
		"2024-10-31": "false", "2024-11-15": "false or true", "2024-11-30": "true", "2025-02-28": "true", "2025-03-31": "false",
	} {
		assert.Equal(t, want, valuesOn(on, inQuestion), on)
	}
}

func TestStakeOfStellantis(t *testing.T) {
	stake := func(c events.Company) events.Number { return c.StakeOf("Stellantis") }
	for on, want := range map[string]string{
		"2015-01-01": "0 %", "2023-09-30": "0 %", "2023-10-15": "0 % or 20 %", "2023-10-31": "20 %", "2025-10-31": "20 %",
	} {
		assert.Equal(t, want, valuesOn(on, stake), on)
	}
	s, ok := article().At(day("2023-10-31")).State.Stakes.Get("Stellantis")
	require.True(t, ok)
	assert.Equal(t, events.NewMoney(1_500_000_000, "EUR"), s.Price)
}

// A plan that is first heard of when it is dropped.
func TestPlanForPoland(t *testing.T) {
	status := func(on string) func(events.Company) events.PlanStatus {
		return func(c events.Company) events.PlanStatus { return c.Plan("b10-poland").Status(day(on)) }
	}
	assert.Equal(t, "no plan", askedAsKnown("2024-10-31", "2024-10-31", status("2024-10-31")))
	assert.Equal(t, "no plan or considered", valuesOn("2024-10-31", status("2024-10-31")), "it may have existed")
	assert.Equal(t, "dropped", valuesOn("2024-11-30", status("2024-11-30")))
	assert.Equal(t, "b10-poland-dropped", article().At(day("2024-11-30")).State.Plan("b10-poland").DroppedBy)
}

func TestLingxinTest(t *testing.T) {
	for on, want := range map[string]string{
		"2018-06-12": "no plan", "2018-06-13": "planned", "2019-03-31": "planned", "2019-04-01": "due", "2019-06-30": "due",
		"2019-07-01": "overdue", "2025-10-31": "overdue", "2030-01-01": "overdue, as far as recorded, to 2025-10",
	} {
		got := valuesOn(on, func(c events.Company) events.PlanStatus { return c.Plan("lingxin-01-vehicle-test").Status(day(on)) })
		assert.Equal(t, want, got, on)
	}
}

func TestS01(t *testing.T) {
	status := func(c events.Company) events.ModelStatus { return c.Model("S01").Status() }
	revealed := timeline.Value(func(c events.Company) bool { return c.Revealed("S01") })
	history := article()
	assert.Equal(t, edtf.No, history.Holds(day("2017-10-31"), revealed).Truth)
	assert.Equal(t, edtf.Certain, history.Holds(day("2017-11-30"), revealed).Truth)
	for on := day("2017-11-30"); on < day("2019-06-01"); on += 5 {
		require.Equal(t, edtf.No, history.Holds(on, events.OnSale("S01")).Recorded, on)
	}
	assert.Equal(t, "revealed", valuesOn("2019-05-31", status))
	assert.Equal(t, "revealed or on sale", valuesOn("2019-06-15", status))
	assert.Equal(t, "on sale", valuesOn("2019-06-30", status))
	shown := func(c events.Company) string { return c.Model("S01").FirstShown.As }
	assert.Equal(t, "prototype or LP-S01", valuesOn("2020-01-01", shown), "rival claims, both kept")
}

func TestThreeModels(t *testing.T) {
	done := func(c events.Company) string {
		done, of := c.Plan("three-models").Done()
		return fmt.Sprint(done, " of ", of)
	}
	assert.Equal(t, "2 of 3", valuesOn("2020-10-31", done))
	assert.Equal(t, "2 of 3 or 3 of 3", valuesOn("2020-11-15", done))
	assert.Equal(t, "3 of 3", valuesOn("2020-11-30", done))
	launched := func(model string) edtf.Truth {
		return article().Holds(day("2020-11-15"), events.OnSale(model)).Recorded
	}
	assert.Equal(t, edtf.Certain, launched("S01"))
	assert.Equal(t, edtf.Certain, launched("T03"))
	assert.Equal(t, edtf.Possible, launched("C11"))
}

// What the source is silent about is never zero or none.
func TestNotRecorded(t *testing.T) {
	history, on := article(), day("2024-07-01")
	sales := ask(history, on, events.DeliveriesOf("T03", edtf.MustParse("2023")))
	assert.Equal(t, "not recorded: sales figures (as recorded: not recorded)", sales.String())
	assert.Equal(t, "not recorded", sales.Values()[0].String())
	ended := ask(history, on, events.Discontinued("S01"))
	assert.Equal(t, "not recorded: discontinued models (as recorded: false)", ended.String())
	assert.Len(t, history.NotRecorded(on), 6)
	assert.False(t, history.PastHorizon(day("2025-10-31")))
	assert.True(t, history.PastHorizon(day("2025-11-01")))
}

// The other contradictions of the source.
func TestContradictions(t *testing.T) {
	planStatus := func(key, on string) string {
		return valuesOn(on, func(c events.Company) events.PlanStatus { return c.Plan(key).Status(day(on)) })
	}
	// At that time: the show of 2017, or June 2019.
	raised := func(c events.Company) events.Number { return c.Raised() }
	assert.Equal(t, "not recorded", valuesOn("2017-10-31", raised))
	assert.Equal(t, "not recorded or CNY 380 million", valuesOn("2018-06-01", raised))
	assert.Equal(t, "CNY 380 million", valuesOn("2019-06-30", raised))
	// Talks and explorations without an outcome stay open.
	talks := func(c events.Company) string { t, _ := c.Talks.Get("jetta-platform"); return t.Outcome }
	assert.Equal(t, "open", valuesOn("2025-10-31", talks))
	assert.Equal(t, "considered", planStatus("mirafiori", "2025-10-31"))
	// From the fourth quarter of 2024: late from 2025 on, and never dropped.
	assert.Equal(t, "due", planStatus("india-asia-pacific-launch", "2024-12-31"))
	assert.Equal(t, "overdue", planStatus("india-asia-pacific-launch", "2025-01-01"))
	// Sold in parts of Europe in 2024 carries out the plan as a whole.
	assert.Equal(t, "overdue or fulfilled", planStatus("europe-launch", "2024-11-15"))
	assert.Equal(t, "fulfilled", planStatus("europe-launch", "2024-12-31"))
	done, of := article().At(day("2025-01-01")).State.Plan("europe-launch").Done()
	assert.Equal(t, [2]int{0, 9}, [2]int{done, of}, "and no single country")
	// The next three years: two readings.
	window := func(c events.Company) edtf.Date { return c.Plan("yearly-model").Window }
	assert.Equal(t, "2024-05/2027-05 or 2025/2027", valuesOn("2025-01-01", window))
	assert.Equal(t, "due or planned", planStatus("yearly-model", "2024-06-30"))
	// The joint venture: agreed in October 2023, set up some time before June 2024.
	formed := func(c events.Company) bool {
		v, _ := c.Ventures.Get("Leapmotor International")
		return !v.Formed.IsZero()
	}
	assert.Equal(t, "false or true", valuesOn("2024-01-01", formed))
	assert.Equal(t, "true", valuesOn("2024-05-31", formed))
	// Final by April 2025, after the memorandum.
	final := func(c events.Company) bool { _, ok := c.Partnerships.Get("faw-final-2025"); return ok }
	assert.Equal(t, "false or true", valuesOn("2025-03-20", final))
	assert.Equal(t, "true", valuesOn("2025-04-30", final))
	assert.Equal(t, "false", askedAsKnown("2025-03-31", "2025-03-31", final))
}

func TestAtAllocatesNothing(t *testing.T) {
	history := article()
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = history.At(19_905).State.StakeOf("Stellantis") }))
}

// No day of the history is too undecided to be answered, as a whole or as
// known at the time.
func TestEveryDayIsAnsweredWhole(t *testing.T) {
	history := article()
	first, last := day("2015-11-20"), day("2026-01-01")
	learned := []edtf.Day{first, last} // the days on which what is known changes
	for e := range history.Events() {
		for first, last := range e.KnowledgeTime().Ranges() {
			learned = append(learned, first, last)
		}
	}
	slices.Sort(learned)
	for on := first; on < last; {
		known := history.KnownOn(on)
		n, _ := slices.BinarySearch(learned, on+1)
		for next := learned[n]; on < min(next, last); on += 11 {
			assert.NoError(t, ask(history, on, abroad).Incomplete, on)
			assert.NoError(t, ask(known, on, abroad).Incomplete, "%v as known", on)
		}
	}
	busiest := day("2024-05-15")
	assert.NoError(t, ask(history.KnownOn(busiest), busiest, abroad).Incomplete)
}
