// Salary is the history of one number on two time axes: a raise of January that the payroll heard of in March.
package main

import (
	"fmt"
	"log"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// set is the event that a salary becomes an amount from a day on.
func set(name, when, known string, amount int) timeline.Event[int] {
	return timeline.Event[int]{
		ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name,
		When: edtf.MustParse(when), Known: edtf.MustParse(known), Data: amount,
	}
}

func main() {
	history, err := timeline.New(func(_ int, e timeline.Event[int]) (int, error) { return e.Data, nil },
		set("hired", "2023-05-01", "2023-04-20", 4000),
		set("raise", "2024-01-01", "2024-03-12", 4500)) // agreed for January, told in March
	if err != nil {
		log.Fatal(err)
	}

	february := edtf.MustDay("2024-02-29")
	fmt.Println("due for February:         ", history.At(february).State)
	fmt.Println("as paid on 29 February:   ", history.KnownOn(february).At(february).State)

	owed := 0
	for _, payday := range []string{"2024-01-31", "2024-02-29", "2024-03-31"} {
		day := edtf.MustDay(payday)
		owed += history.At(day).State - history.KnownOn(day).At(day).State
	}
	fmt.Println("to be paid on top in March:", owed)
}
