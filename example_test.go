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

	tychy := func(c events.Company) bool { return c.Producing("Tychy", "T03") }
	fmt.Println(timeline.Holds(history, day, tychy))
	// Output:
	// 20 %
	// possible
}

// What was so, and what could be known of it at the time.
func Example_asKnown() {
	history := seeds.Leapmotor()
	day := edtf.MustDay("2024-10-31")
	plan := func(c events.Company) events.PlanStatus { return c.Plan("b10-poland").Status(day) }

	fmt.Println("as known then:", timeline.Ask(history.KnownOn(day), day, plan))
	fmt.Println("as known now: ", timeline.Ask(history, day, plan))
	// Output:
	// as known then: no plan
	// as known now:  no plan or considered
}

// Which events decide between the values that are possible.
func Example_undecided() {
	history := seeds.Leapmotor()
	shown := func(c events.Company) string { return c.Model("S01").FirstShown.As }
	for _, o := range timeline.Ask(history, edtf.MustDay("2020-01-01"), shown).Options {
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
