package leapmotor_test

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The state on a day, and three-valued answers about it.
func Example() {
	history := seeds.Leapmotor()
	day := edtf.MustDay("2024-06-15")

	fmt.Println(history.At(day).State.StakeOf("Stellantis"))

	fmt.Println(history.Holds(day, events.Producing("Tychy", "T03")))
	fmt.Println(history.Holds(day, events.OnSale("C10")))
	fmt.Println(history.Holds(day, events.Producing("Tichy", "T03")))
	// Output:
	// 21.26 %
	// possible: t03-tychy-trial (2024-06)
	// not recorded: current models of models/C10 (as recorded: no)
	// never mentioned: plants/Tichy (plants/Tychy?) (as recorded: no)
}

// What was so, and what could be known of it at the time.
func Example_asKnown() {
	history := seeds.Leapmotor()
	day := edtf.MustDay("2024-10-31")
	for _, h := range []*events.History{history.KnownOn(day), history} {
		answer, err := timeline.Ask(h, day, events.StatusOfPlan("b10-poland"))
		if err != nil {
			panic(err)
		}
		fmt.Println(answer)
	}
	// Output:
	// no plan
	// no plan or considered
}

// Which events decide between the values that are possible.
func Example_undecided() {
	history := seeds.Leapmotor()
	shown := timeline.Value(func(c events.Company) string { return c.Model("S01").FirstShown.As })
	answer, err := timeline.Ask(history, edtf.MustDay("2020-01-01"), shown)
	if err != nil {
		panic(err)
	}
	for _, o := range answer.Options {
		fmt.Print(o.Value)
		for _, e := range o.If {
			fmt.Printf(", if it was %s (%v)", e.Name, e.Cites[0])
		}
		fmt.Println()
	}
	// Output:
	// prototype
	// LP-S01, if it was s01-shown-as-lp-s01 (article, History/4/4)
}
