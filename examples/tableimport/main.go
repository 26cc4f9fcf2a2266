// Tableimport makes a history of a table, with every faulty cell listed, and asks it. Go run ./examples/seeds does
// the same from the command line.
package main

import (
	"fmt"
	"log"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/seeds/table"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// offices is a table as spreadsheets save it.
const offices = `Office,Name,From,To
chair,Ada,3/4/2019,31/12/2021
chair,Ben,January 2022,
treasurer,Cleo,2020,mid-2021
`

func main() {
	who := map[string]string{"office": "{Office}", "person": "{Name}"}
	mapping := table.Mapping{
		Title: "The society",
		Events: []table.Event{
			{Type: "office.taken", When: "From", Set: who},
			{Type: "office.left", When: "To", Set: who, Optional: true},
		},
	}

	_, _, err := table.Read(strings.NewReader(offices), "offices.csv", mapping)
	fmt.Println(err)

	mapping.Cells.Dates = "day-first"
	form, _, err := table.Read(strings.NewReader(offices), "offices.csv", mapping)
	if err != nil {
		log.Fatal(err)
	}
	society, err := form.Load("society.json") // form.Write writes the file, to keep and to edit
	if err != nil {
		log.Fatal(err)
	}
	for _, on := range []string{"2020-06-30", "2021-12-30", "2022-01-15"} {
		day := edtf.MustDay(on)
		for office, o := range society.Timeline.At(day).State.Offices.All() {
			if o.Holder == "" {
				o.Holder = "vacant since " + o.Vacant.English()
			}
			fmt.Printf("%s %s: %s\n", on, office, o.Holder)
		}
		for e := range society.Timeline.Pending(day) {
			fmt.Println(on, "undecided:", e.Name, e.When)
		}
	}
}
