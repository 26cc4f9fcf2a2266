// Quickstart asks the history of Leapmotor five questions.
package main

import (
	"fmt"
	"log"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func main() {
	history := seeds.Leapmotor()
	day := edtf.MustDay("2024-06-15")

	fmt.Println(history.At(day).State.StakeOf("Stellantis"))
	fmt.Println(history.Holds(day, events.Producing("Tychy", "T03")))
	fmt.Println(history.Holds(day, events.OnSale("C10")))

	abroad, err := timeline.Ask(history, day, events.PlantsOutside("China"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(abroad)

	for period := range history.Periods(events.Producing("Tychy", "T03")) {
		fmt.Println(period)
	}
}
