package seeds_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/foldtest"
)

// said returns what an answer says.
func said[V comparable](on string, q timeline.Question[events.Company, V]) string {
	return ask(article(), day(on), q).String()
}

// Every question says what it is about, whoever asks it: no topic or part has to be
// remembered.
func TestQuestions(t *testing.T) {
	const on = "2025-06-01"
	for want, got := range map[string]string{
		"20 %":            said(on, events.StakeOf("Stellantis")),
		"CNY 380 million": said(on, events.Raised()),
		"2015-12":         said(on, events.FoundedOn()),
		"certain":         said(on, events.InMarket("Europe")),
		"none":            said(on, events.PlantsOutside("China")),
		"ended":           said(on, events.StatusOfProduction("Tychy", "T03")),
		"2019-34":         said(on, events.WindowOfPlan("lingxin-01-vehicle-test")),
		"due":             said("2019-06-30", events.StatusOfPlan("lingxin-01-vehicle-test")),
		"not recorded: current models (as recorded: false)":                         said(on, events.OnSale("C10")),
		"not recorded: current models (as recorded: 2019-06)":                       said(on, events.LaunchOf("S01")),
		"not recorded: current models, discontinued models (as recorded: on sale)":  said(on, events.StatusOfModel("S01")),
		"not recorded: discontinued models (as recorded: false)":                    said(on, events.Discontinued("S01")),
		"never mentioned: stakes/Stelantis (stakes/Stellantis?) (as recorded: 0 %)": said(on, events.StakeOf("Stelantis")),
		`never mentioned: plants/Tichy (plants/Tychy?) (as recorded: "")`:           said(on, events.ValueAt("plants", "Tichy", "city")),
		"never mentioned: plans/europe (plans/b10-europe?) (as recorded: no plan)":  said(on, events.StatusOfPlan("europe")),
		`{"percent":20,"price":"EUR 1500000000","since":"2023-10"}`:                 said(on, timeline.Map(events.ValueAt("stakes", "Stellantis"), func(s string) string { return s })),
	} {
		assert.Equal(t, want, got)
	}
}

// A mistake in a question is never a "no".
func TestMistakesAreNoAnswers(t *testing.T) {
	history, on := article(), day("2025-06-01")
	producing := timeline.Value(func(c events.Company) bool { return c.Producing("Tychy", "T03") })
	for want, q := range map[string]timeline.Question[events.Company, bool]{
		`error: timeline: no part is called "Tychy"; did you mean "plants/Tychy"?`:            producing.Reading("Tychy"),
		`error: timeline: no topic is called "curent models"; did you mean "current models"?`: producing.About("curent models"),
		`error: timeline: the question has no Read`:                                           {},
	} {
		v := history.Holds(on, q)
		assert.Equal(t, want, v.String())
		assert.Equal(t, edtf.Possible, v.Truth)
		require.Error(t, history.Ever(on, on, q).Err)
		require.Error(t, history.Always(on, on, q).Err)
		assert.Equal(t, edtf.Possible, history.Always(on, on, q).Truth)
		require.Error(t, history.WhyNot(on, q).Err)
		_, first := history.First(q)
		require.Error(t, first.Err)
		periods := slices.Collect(history.Periods(q))
		require.Len(t, periods, 1)
		require.Error(t, periods[0].Err)
		_, err := timeline.Ask(history, on, q)
		require.Error(t, err)
		_, err = timeline.Why(history, on, q)
		require.Error(t, err)
		_, err = timeline.Claims(history, on, q)
		require.Error(t, err)
		changes := slices.Collect(timeline.Track(history, q))
		require.Len(t, changes, 1)
		require.Error(t, changes[0].Err)
	}
}

// The calendar alone changes where a plan stands, in whatever is asked.
func TestPlansFallDue(t *testing.T) {
	history := article()
	test := events.StatusOfPlan("lingxin-01-vehicle-test")
	var all []string
	for c := range timeline.Track(history, test) {
		all = append(all, fmt.Sprint(c.Value, " ", c.From))
	}
	assert.Equal(t, []string{"no plan ", "planned 2018-06-13", "due 2019-04-01", "overdue 2019-07-01"}, all)
	due := timeline.Is(test, events.Due)
	window, verdict := history.First(due)
	assert.Equal(t, "2019-04-01 certain", fmt.Sprint(window, " ", verdict))
	assert.Equal(t, "certain", history.Ever(day("2019-01-01"), day("2019-12-31"), due).String())
	assert.Equal(t, "no", history.Ever(day("2018-01-01"), day("2019-03-31"), due).String())
	assert.Equal(t, "certain", history.Always(day("2019-04-01"), day("2019-06-30"), due).String())
	for p := range history.Periods(due) {
		assert.Equal(t, "2019-04-01 to 2019-07-01, 91 days", p.String())
	}
}

// whole is a company that does not say what its values rest on.
type whole struct{ company events.Company }

func (w whole) Document(day edtf.Day) any { return w.company.Document(day) }
func (w whole) Equal(v whole) bool        { return w.company.Equal(v.company) }

// What differs is the same whether parts are compared apart or all together.
func TestDiffApartIsTogether(t *testing.T) {
	race.SkipLong(t)
	history := article()
	together, err := timeline.New(func(w whole, e events.Event) (whole, error) {
		c, err := events.Fold(w.company, e)
		return whole{c}, err
	}, slices.Collect(history.Events())...)
	require.NoError(t, err)
	together = together.Covering(history.Coverage()...)
	var points []timeline.Point
	for _, on := range []string{"2015-12-10", "2017-06-01", "2019-08-01", "2023-10-15", "2024-05-31", "2024-07-01", "2025-03-31"} {
		points = append(points, timeline.On(day(on)), timeline.On(day(on)).KnownOn(day("2024-06-15")))
	}
	compared := 0
	for n, from := range points {
		for m, to := range points {
			if (n+2*m)%9 > 0 {
				continue // a ninth of them, since those of the whole take long
			}
			want, err := together.Diff(from, to)
			require.NoError(t, err)
			got, err := history.Diff(from, to)
			require.NoError(t, err)
			if !assert.Equal(t, valuesOf(want), valuesOf(got), "from %v to %v", from, to) {
				return
			}
			compared += len(want)
		}
	}
	assert.Greater(t, compared, 100)
}

// valuesOf returns the values that differences name, each by its own address: they
// may be told together with others or apart from them.
func valuesOf(all []timeline.Difference[events.Payload]) []string {
	found := map[string]bool{}
	var add func(side, path string, v any)
	add = func(side, path string, v any) {
		if members, ok := v.(map[string]any); ok && len(members) > 0 {
			for name, member := range members {
				add(side, path+"/"+name, member)
			}
			return
		}
		found[fmt.Sprintf("%s %s: %v", path, side, v)] = true
	}
	for _, d := range all {
		for side, texts := range map[string][]json.RawMessage{"from": {d.From}, "to": {d.To}, "from or": d.FromOthers, "to or": d.ToOthers} {
			for _, text := range texts {
				var v any
				if text != nil && json.Unmarshal(text, &v) == nil {
					add(side, d.Path, v)
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// The fold, the scopes and the questions keep what they promise, on the history of
// Leapmotor and those of tests.
func TestPromisesOfTheFold(t *testing.T) {
	history := slices.Collect(article().Events())
	assert.NoError(t, foldtest.Check(events.Fold, history...))
	days := edtf.MustParse("2018/2019")
	for _, err := range []error{
		foldtest.CheckQuestion(events.Fold, events.StakeOf("Stellantis"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.Raised(), days, history...),
		foldtest.CheckQuestion(events.Fold, events.FoundedOn(), days, history...),
		foldtest.CheckQuestion(events.Fold, events.StatusOfModel("S01"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.LaunchOf("T03"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.PriceOf("S01"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.Producing("Tychy", "T03"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.PlantsOutside("China"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.InMarket("Europe"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.StatusOfPlan("lingxin-01-vehicle-test"), days, history...),
		foldtest.CheckQuestion(events.Fold, events.WindowOfPlan("lingxin-01-vehicle-test"), days, history...),
	} {
		assert.NoError(t, err)
	}
	for _, section := range []string{
		"company", "brand", "capital", "stakes", "ventures", "models", "concepts", "platforms", "technologies", "components",
		"plants", "partnerships", "talks", "markets", "plans", "deliveries", "context", "organisations",
	} {
		q := events.ValueAt(section)
		assert.NoError(t, foldtest.CheckQuestion(events.Fold, q, edtf.MustParse("2019-03-30/2019-04-02"), history...), section)
	}
}
