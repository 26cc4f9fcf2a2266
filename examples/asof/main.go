// Asof prints the state of a company on a date: what is certain, what is
// undecided and what would decide it, and what is not recorded. It says as
// well why a value is what it is, what is missing for another, what changed
// between two dates, and what a value was in the course of time.
//
//	asof [COMMAND] [FLAGS] [DATE]
//
// DATE is written in EDTF or in plain language: 2024-07-01, Q3 2024, November
// 2017. An imprecise one is read as its last day; without one it is the last day
// of the record. asof -h lists the commands, and asof help COMMAND explains each.
//
// The exit code is 0 if the question is answered, 1 if the data has faults,
// and 2 if the program was not used as it is meant to be.
package main

import (
	"os"

	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
)

func main() {
	os.Exit(terminal.Run(os.Args[1:], terminal.Standard(), nil))
}
