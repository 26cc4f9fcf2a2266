// Register answers as a company register: who was a director on a day, and what the register showed then. A
// notice that came late, and one that was wrong and corrected, change the two answers apart.
package main

import (
	"fmt"
	"log"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An entry is what a notice says: somebody is a director, or is not any more.
type entry struct {
	Director string
	Left     bool
}

// directors is the state: a set that is copied when it changes.
type directors map[string]bool

func fold(d directors, e timeline.Event[entry]) (directors, error) {
	next := maps.Clone(d)
	if next == nil {
		next = directors{}
	}
	next[e.Data.Director] = true
	if e.Data.Left {
		delete(next, e.Data.Director)
	}
	return next, nil
}

func (d directors) String() string { return strings.Join(slices.Sorted(maps.Keys(d)), ", ") }

func id(notice string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(notice)) }

func notice(number, effective, filed string, e entry) timeline.Event[entry] {
	return timeline.Event[entry]{ID: id(number), Name: number, When: edtf.MustParse(effective), Known: edtf.MustParse(filed), Data: e}
}

func main() {
	wrong := notice("notice 3", "2021-06-01", "2021-06-02", entry{"Ben", true})
	right := notice("notice 5", "2021-09-01", "2021-10-15", entry{"Ben", true})
	right.Replaces = []uuid.UUID{wrong.ID} // the day in notice 3 was wrong
	history, err := timeline.New(fold,
		notice("notice 1", "2020-01-15", "2020-01-20", entry{"Ada", false}),
		notice("notice 2", "2020-01-15", "2020-01-20", entry{"Ben", false}),
		wrong,
		notice("notice 4", "2021-03-01", "2021-08-30", entry{"Cleo", false}), // filed half a year late
		right)
	if err != nil {
		log.Fatal(err)
	}

	for _, on := range []string{"2021-05-31", "2021-07-01", "2021-09-15"} {
		day := edtf.MustDay(on)
		fmt.Printf("%s  were: %-15s the register showed: %s\n", on, history.At(day).State, history.KnownOn(day).At(day).State)
	}
}
