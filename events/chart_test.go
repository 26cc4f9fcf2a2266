package events_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// article returns the history that the article alone tells.
func article(t *testing.T) *events.History {
	t.Helper()
	h, err := seeds.Leapmotor().AccordingTo("article")
	require.NoError(t, err)
	return h
}

func linked(e events.Event) string { return "#" + e.Label() }

// find returns the items of a row.
func find(t *testing.T, c *chart.Chart, lane, row string) []chart.Item {
	t.Helper()
	for _, l := range c.Lanes {
		for _, r := range l.Rows {
			if (l.Title == lane || strings.HasPrefix(l.Title, lane+": ")) && r.Title == row {
				return r.Items
			}
		}
	}
	t.Fatalf("there is no row %s in %s", row, lane)
	return nil
}

func TestChartHasEveryEvent(t *testing.T) {
	h := article(t)
	links := map[string]bool{}
	keys := map[string]bool{}
	for _, lane := range events.Chart(h, events.ChartOptions{Link: linked}).Lanes {
		for _, row := range lane.Rows {
			for _, item := range row.Items {
				links[item.Link] = true
				assert.False(t, item.Key != "" && keys[item.Key], "two items have the key %s", item.Key)
				keys[item.Key] = true
				assert.NotEmpty(t, item.Text, "%v", item)
			}
		}
	}
	for e := range h.Events() {
		assert.True(t, links[linked(e)], "nothing leads to %s", e.Label())
	}
}

func TestChartOfAProduction(t *testing.T) {
	items := find(t, events.Chart(article(t), events.ChartOptions{}), events.LanePlants, "Tychy")
	n := slices.IndexFunc(items, func(i chart.Item) bool { return i.Kind == chart.Span })
	require.GreaterOrEqual(t, n, 0)
	made := items[n]
	assert.Equal(t, "T03", made.Label)
	assert.Equal(t, "2024-06", made.When.String())
	assert.Equal(t, "2025-03", made.Until.String())
	assert.Equal(t, "2024-11", made.InQuestion.String())
	assert.Contains(t, made.Text, "244 to 303 days")
}

func TestChartOfPlans(t *testing.T) {
	outcome := func(on, row string) chart.Outcome {
		items := find(t, events.Chart(article(t), events.ChartOptions{On: edtf.MustParse(on)}), events.LanePlans, row)
		return items[slices.IndexFunc(items, func(i chart.Item) bool { return i.Kind == chart.Plan })].Outcome
	}
	assert.Equal(t, chart.Due, outcome("2019-01-01", "three new models on three platforms"))
	assert.Equal(t, chart.Fulfilled, outcome("2021-01-01", "three new models on three platforms"))
	assert.Equal(t, chart.Dropped, outcome("2025-01-01", "B10 made in Poland"))
	rivals := find(t, events.Chart(article(t), events.ChartOptions{}), events.LanePlans, "one or more new models a year, for three years")
	require.Len(t, rivals, 2)
	assert.Equal(t, rivals[0].Rival, rivals[1].Rival)
	assert.NotEqual(t, rivals[0].When, rivals[1].When)
}

// A plan for several things without a window ends with the last of them.
func TestChartOfPlanItems(t *testing.T) {
	things := events.PlanOutline{Plan: "p", Title: "two things", Basis: events.BasisAnnounced, Items: immutable.ListOf(events.NewItem{Item: "a"}, events.NewItem{Item: "b"})}
	var all []events.Event
	for n, e := range []events.Event{
		{When: edtf.MustParse("2020-01-01"), Data: events.PlanAnnounced{PlanOutline: things}},
		{When: edtf.MustParse("2021"), Data: events.PlanFulfilled{Plan: "p", Item: "a"}},
		{When: edtf.MustParse("2021-06"), Data: events.PlanFulfilled{Plan: "p", Item: "b"}},
	} {
		e.ID, e.Name = uuid.NewSHA1(uuid.NameSpaceURL, []byte{byte(n)}), string(rune('a'+n))
		all = append(all, e)
	}
	h, err := timeline.New(events.Fold, all...)
	require.NoError(t, err)
	items := find(t, events.Chart(h, events.ChartOptions{}), events.LanePlans, "two things")
	plan := items[slices.IndexFunc(items, func(i chart.Item) bool { return i.Kind == chart.Plan })]
	assert.Equal(t, chart.Fulfilled, plan.Outcome)
	assert.Equal(t, edtf.MustDay("2021-06-01"), plan.Until.Earliest())
	assert.Equal(t, edtf.MustDay("2021-12-31"), plan.Until.Latest())
}

func TestChartShowsWhatWasKnown(t *testing.T) {
	h := article(t).KnownOn(edtf.MustDay("2024-05-31"))
	c := events.Chart(h, events.ChartOptions{Link: linked})
	assert.Equal(t, "2024-05-31", c.Known.String())
	var b bytes.Buffer
	require.NoError(t, c.SVG(&b, nil))
	assert.NotContains(t, b.String(), "Tychy")
	assert.Contains(t, b.String(), "Stellantis")
	none, err := timeline.New(events.Fold)
	require.NoError(t, err)
	assert.Empty(t, events.Chart(none, events.ChartOptions{}).Lanes)
}

func TestChartOfTheUnknown(t *testing.T) {
	f, err := os.Open("../internal/terminal/testdata/own.json")
	require.NoError(t, err)
	defer f.Close()
	file, err := seeds.Load(f, "own.json")
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, events.Chart(file.Timeline, events.ChartOptions{Title: file.Title}).Text(&b, 80))
	assert.True(t, strings.HasPrefix(b.String(), file.Title), b.String())
	t.Log("\n" + b.String())
}

// A month of which nothing is told is a gap, and one told as about so much is uncertain.
func TestDeliveryPlot(t *testing.T) {
	month := func(period string, count events.Number) told {
		return told{"2024", events.DeliveriesRecorded{Period: edtf.MustParse(period), Count: count}}
	}
	h := sourced(t, month("2023-01", events.Exactly(5)), month("2023-02", events.About(7)), month("2023-05", events.Exactly(9)), month("2023", events.Exactly(99)))
	p := events.DeliveryPlot(h, events.ChartOptions{})
	require.Len(t, p.Series, 1)
	var steps []string
	for _, s := range p.Series[0].Steps {
		steps = append(steps, fmt.Sprint(s.From, s.Values, s.Uncertain))
	}
	assert.Equal(t, []string{
		"2023-01-01 [5] false", "2023-02-01 [7] true", "2023-03-01 [] false", "2023-05-01 [9] false", "2023-06-01 [] false",
	}, steps)
	assert.Empty(t, events.DeliveryPlot(article(t), events.ChartOptions{}).Series)
}

func TestPlots(t *testing.T) {
	h := article(t)
	p := events.StakePlot(h, events.ChartOptions{})
	require.Len(t, p.Series, 2, "the holder and others")
	var values [][]float64
	for _, s := range p.Series[0].Steps {
		values = append(values, s.Values)
	}
	assert.Equal(t, [][]float64{{0}, {20}}, values)
	assert.Equal(t, "2023-10", p.Series[0].Steps[1].From.String())
	assert.Equal(t, chart.Stack, p.Form)
	prices := events.PricePlot(h, events.ChartOptions{}, "CNY")
	require.Len(t, prices.Series, 2)
	assert.Equal(t, []float64{65800}, prices.Series[0].Steps[1].Values)
	assert.True(t, prices.Series[0].Steps[1].Quoted)
	assert.Equal(t, "2021-05-11", prices.Series[0].Steps[2].From.String(), "a quote is taken to hold for a year")
	assert.Empty(t, prices.Series[0].Steps[0].Values, "no price is recorded at first")
	assert.Empty(t, events.PricePlot(h, events.ChartOptions{}, "EUR").Series)
}

// A plan has its earlier dates, how late it is, and a lane by where it stands.
func TestChartOfSlippage(t *testing.T) {
	plan := func(on string) (chart.Item, string) {
		c := events.Chart(seeds.Leapmotor(), events.ChartOptions{On: edtf.MustParse(on)})
		for _, lane := range c.Lanes {
			for _, row := range lane.Rows {
				for _, item := range row.Items {
					if row.Title == "the C10 assembled in Gurun" && item.Kind == chart.Plan {
						return item, lane.Title
					}
				}
			}
		}
		t.Fatal("there is no such plan")
		return chart.Item{}, ""
	}
	item, lane := plan("2025-06-30")
	assert.Equal(t, "Plans: due", lane)
	assert.Empty(t, item.Moves)
	assert.Equal(t, "• due", item.Label)
	item, lane = plan("2026-02-01")
	assert.Equal(t, "Plans: due", lane)
	require.Len(t, item.Moves, 1)
	assert.Equal(t, "2025", item.Moves[0].From.String())
	assert.Equal(t, "2026-40", item.When.String())
	assert.Equal(t, "• due, 6 months later", item.Label)
	item, lane = plan("2027-01-01")
	assert.Equal(t, "Plans: overdue", lane)
	assert.Equal(t, "! overdue since July 2026, 6 months later", item.Label)
	assert.Equal(t, chart.Overdue, item.Outcome)
	assert.Contains(t, item.Text, "first for 2025, until another date was told")
}

// What a chart says of its items has dates in words, never their codes.
func TestChartSpeaksEnglish(t *testing.T) {
	code := regexp.MustCompile(`\d{4}-\d{2}\b|\[|\.\.`)
	items := 0
	for _, on := range []string{"2018-06-01", "2024-07-01", "2026-01-15"} {
		c := events.Chart(seeds.Leapmotor(), events.ChartOptions{On: edtf.MustParse(on)})
		for _, lane := range c.Lanes {
			for _, row := range lane.Rows {
				for _, item := range row.Items {
					items++
					assert.NotRegexp(t, code, item.Label)
					assert.NotRegexp(t, code, item.Text)
				}
			}
		}
	}
	assert.Greater(t, items, 500)
}
