package seeds_test

import (
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func ExampleLeapmotor() {
	history := seeds.Leapmotor()
	for _, on := range []string{"2023-10-31", "2023-11-20", "2026-01-15"} {
		answer, err := timeline.Ask(history, edtf.MustDay(on), events.StakeOf("Stellantis"))
		if err != nil {
			panic(err)
		}
		fmt.Println(on, answer)
	}
	// Output:
	// 2023-10-31 0 %
	// 2023-11-20 21.26 %
	// 2026-01-15 20 % or 21.26 %
}

// What each of several sources says.
func ExampleLeapmotor_sources() {
	history := seeds.Leapmotor()
	for _, source := range []string{"article", "zx11", "dph", "amc"} {
		view, err := history.AccordingTo(source)
		if err != nil {
			panic(err)
		}
		answer, err := timeline.Ask(view, edtf.MustDay("2025-12-31"), events.StakeOf("Stellantis"))
		if err != nil {
			panic(err)
		}
		fmt.Println(source, answer)
	}
	// Output:
	// article 20 %, as far as recorded, to 2025-10
	// zx11 21.26 %, as far as recorded, to 2023-11-21
	// dph 20 %
	// amc 21.26 %
}

// How many cars were delivered, and when more than 40,000 in a month.
func ExampleLeapmotor_deliveries() {
	history, on := seeds.Leapmotor(), edtf.MustDay("2026-02-28")
	for _, year := range []string{"2020", "2021", "2023", "2025"} {
		answer, err := timeline.Ask(history, on, events.DeliveriesOf("", edtf.MustParse(year)))
		if err != nil {
			panic(err)
		}
		fmt.Println(year, answer)
	}
	months, err := timeline.Ask(history, on, events.MonthsAbove(40_000))
	if err != nil {
		panic(err)
	}
	fmt.Println(months)
	// Output:
	// 2020 8,050 or 10,266
	// 2021 43,748
	// 2023 144,155
	// 2025 596,555
	// 2024-11, 2025-05, 2025-06, 2025-07, 2025-08, 2025-09, 2025-10, 2025-11 and 2025-12
}

func ExampleLoad() {
	file, err := seeds.Load(strings.NewReader(`{
		"format": 1, "title": "Own Cars", "namespace": "https://example.org/own-cars",
		"sources": [{"key": "book", "title": "A book"}],
		"events": [{
			"slug": "first-car", "type": "model.launched", "version": 1, "when": "2017-05",
			"data": {"model": "One"}, "cites": [{"source": "book"}]
		}]
	}`), "own.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(file.Timeline.Holds(edtf.MustDay("2017-05-15"), events.OnSale("One")))
	// Output: possible: first-car (2017-05)
}

func ExampleLoad_faults() {
	_, err := seeds.Load(strings.NewReader(`{
  "format": 1, "title": "Own Cars", "namespace": "https://example.org/own-cars",
  "sources": [{"key": "book", "title": "A book"}],
  "events": [{
    "slug": "first-car", "type": "model.lanched", "version": 1, "when": "2017-13",
    "data": {"model": "One"}, "cites": [{"source": "boook"}]
  }]
}`), "own.json")
	fmt.Println(err)
	// Output:
	// own.json:5:34: /events/0/type: there is no event type "model.lanched"; did you mean "model.launched"?
	// own.json:5:73: /events/0/when: "2017-13": at offset 5: no such month or sub-year code
	// own.json:6:52: /events/0/cites/0/source: there is no source "boook"; did you mean "book"?
}
