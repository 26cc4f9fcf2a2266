package chart_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The lanes of a mill: what happened, what lasted, what was planned.
func mill() *chart.Chart {
	d := edtf.MustParse
	return &chart.Chart{
		Title: "The mill",
		Lanes: []chart.Lane{
			{Title: "Mill", Rows: []chart.Row{
				{Title: "Wheel", Items: []chart.Item{
					{Key: "built", Label: "built", When: d("1830-04-02")},
					{Key: "broke", Label: "broke", When: d("1836")},
				}},
				{Title: "Miller Ann", Items: []chart.Item{{Kind: chart.Span, When: d("1830-05"), Until: d("1834")}}},
				{Title: "Miller Bob", Items: []chart.Item{{Kind: chart.Span, When: d("1834")}}},
			}},
			{Title: "Plans", Rows: []chart.Row{
				{Title: "Second wheel", Items: []chart.Item{{Kind: chart.Plan, Announced: d("1832"), When: d("1833/1835"), Outcome: chart.Dropped}}},
			}},
		},
	}
}

func ExampleChart_Text() {
	if err := mill().Text(os.Stdout, 72); err != nil {
		fmt.Println(err)
	}
	// Output:
	// The mill
	//                 1830    1831    1832    1833    1834    1835    1836
	// MILL
	//   Wheel          ◆  built                                broke ◇╌╌╌╌╌╌╌◇
	//   Miller Ann      ░█████████████████████████████░░░░░░░░
	//   Miller Bob                                   ░░░░░░░░█████████████████
	// PLANS
	//   Second wheel                          ××××××××××××××××××××××××
	//   ◆ happened that day   ◇ on one day of these   █ lasted
	//   ░ may have begun or ended   × dropped
}

func ExampleChart_Mermaid() {
	if err := mill().Mermaid(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// gantt
	//     title The mill
	//     %% Spans are done as far as they are certain, and active where they say perhaps; what happened on one of several days is active over all of them. Earlier dates of plans are left out.
	//     dateFormat YYYY-MM-DD
	//     axisFormat %Y
	//     todayMarker off
	//     section Mill
	//     Wheel, built :milestone, 1830-04-02, 1830-04-03
	//     Wheel, broke (1836) :active, 1836-01-01, 1837-01-01
	//     Miller Ann, perhaps :active, 1830-05-01, 1830-05-31
	//     Miller Ann :done, 1830-05-31, 1834-01-01
	//     Miller Ann, perhaps :active, 1834-01-01, 1834-12-31
	//     Miller Bob, perhaps :active, 1834-01-01, 1834-12-31
	//     Miller Bob :done, 1834-12-31, 1837-01-01
	//     section Plans
	//     Second wheel :crit, 1833-01-01, 1836-01-01
}

func ExampleChart_SVG() {
	var picture strings.Builder
	if err := mill().SVG(&picture, &chart.SVGOptions{Width: 800, Theme: chart.Dark}); err != nil {
		fmt.Println(err)
	}
	head, _, _ := strings.Cut(picture.String(), " class=")
	fmt.Println(head)
	// Output:
	// <svg xmlns="http://www.w3.org/2000/svg"
}

// A timeline's answers as items and steps: the level of a lake.
func Example_ofATimeline() {
	level := func(_ int, e timeline.Event[int]) (int, error) { return e.Data, nil }
	measured := func(n byte, when string, metres int) timeline.Event[int] {
		return timeline.Event[int]{ID: uuid.UUID{15: n}, Name: "gauge " + when, When: edtf.MustParse(when), Data: metres}
	}
	lake, err := timeline.New(level, measured(1, "2019-03-01", 12), measured(2, "2020-06", 7), measured(3, "2021-02-10", 11))
	if err != nil {
		fmt.Println(err)
		return
	}
	row := chart.Row{Title: "Above 10 m"}
	for p := range lake.Periods(timeline.Value(func(m int) bool { return m > 10 })) {
		row.Items = append(row.Items, chart.SpanOf(p))
	}
	gauges := chart.Row{Title: "Gauge read"}
	for e := range lake.Events() {
		gauges.Items = append(gauges.Items, chart.InstantOf(e))
	}
	c := &chart.Chart{Lanes: []chart.Lane{{Title: "Lake", Rows: []chart.Row{row, gauges}}}, Range: edtf.MustParse("2019/2021")}
	if err := c.Text(os.Stdout, 60); err != nil {
		fmt.Println(err)
	}

	steps := chart.StepsOf(timeline.Track(lake, timeline.Value(func(m int) int { return m })), func(m int) (float64, bool) { return float64(m), m > 0 })
	plot := &chart.Plot{Title: "Level", Unit: "m", Series: []chart.Series{{Title: "Lake", Steps: steps}}}
	for _, s := range plot.Series[0].Steps {
		fmt.Println(s.Text)
	}
	// Output:
	// 2019           2020            2021
	// LAKE
	//   Above 10 m    ████████████████████░         ██████████████
	//   Gauge read    ◆                  ◇          ◆
	//   ◆ happened that day   ◇ on one day of these   █ lasted
	//   ░ may have begun or ended
	// 0 until 2019-03-01
	// 12 from 2019-03-01 until 2020-06
	// 7 from 2020-06 until 2021-02-10
	// 11 from 2021-02-10
}
