// Quickstart asks the history of Leapmotor three questions.
package main

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

func main() {
	history := seeds.Leapmotor()
	day := edtf.MustDay("2024-06-15")

	fmt.Println(history.At(day).State.StakeOf("Stellantis"))

	tychy := func(c events.Company) bool { return c.Producing("Tychy", "T03") }
	fmt.Println(timeline.Holds(history, day, tychy))

	abroad := func(c events.Company) immutable.Names { return c.PlantsOutside("China") }
	fmt.Println(timeline.Ask(history, day, abroad))
	fmt.Println(timeline.Ask(history.KnownOn(edtf.MustDay("2024-05-31")), day, abroad))
}
