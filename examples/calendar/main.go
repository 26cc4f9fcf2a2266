// Calendar writes a history as a calendar: an event of which only the month is known is an entry over that month.
package main

import (
	"log"
	"os"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

func main() {
	tychy := seeds.Leapmotor().Where(func(e events.Event) bool { return e.Name == "t03-tychy-trial" || e.Name == "t03-tychy-stopped" })
	entries := export.Entries(tychy, edtf.MustDay("2024-06-15"), func(e events.Event) (what, kind string) {
		return e.Data.String(), events.TypeOf(e.Data).Name
	})
	if err := export.ICalendar(os.Stdout, "The T03 at Tychy", entries); err != nil {
		log.Fatal(err)
	}
}
