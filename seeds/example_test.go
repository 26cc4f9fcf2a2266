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
	for _, on := range []string{"2023-09-30", "2023-10-15", "2023-10-31"} {
		answer, err := timeline.Ask(history, edtf.MustDay(on), events.StakeOf("Stellantis"))
		if err != nil {
			panic(err)
		}
		fmt.Println(on, answer)
	}
	// Output:
	// 2023-09-30 0 %
	// 2023-10-15 0 % or 20 %
	// 2023-10-31 20 %
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
