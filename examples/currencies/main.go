// Currencies asks which coins could be paid with on a day, as of the dates of the European Central Bank for the
// change to the euro: euro cash from 1 January 2002, guilders until 28 January, Irish pounds until 9
// February, francs until 17 February and German marks, by agreement, until 28 February 2002. Each date is a last
// day, so that the event of the end is on the day after.
package main

import (
	"fmt"
	"log"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A money is issued or withdrawn.
type money struct {
	Name      string
	Withdrawn bool
}

// A purse is what can be paid with, by name.
type purse = immutable.Table[bool]

func fold(p purse, e timeline.Event[money]) (purse, error) {
	return p.With(e.Data.Name, !e.Data.Withdrawn), nil
}

func event(name string, day edtf.Day, m money) timeline.Event[money] {
	return timeline.Event[money]{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: day.Date(), Data: m}
}

func main() {
	all := []timeline.Event[money]{event("euro cash", edtf.MustDay("2002-01-01"), money{Name: "euro"})}
	for name, last := range map[string]string{"guilder": "2002-01-28", "Irish pound": "2002-02-09", "franc": "2002-02-17", "mark": "2002-02-28"} {
		all = append(all,
			event(name, edtf.MustDay("1999-01-01"), money{Name: name}),
			event(name+" withdrawn", edtf.MustDay(last)+1, money{name, true}))
	}
	history, err := timeline.New(fold, all...)
	if err != nil {
		log.Fatal(err)
	}

	for _, on := range []string{"2001-12-31", "2002-01-28", "2002-01-29", "2002-02-10", "2002-03-01"} {
		var names []string
		for name, valid := range history.At(edtf.MustDay(on)).State.All() {
			if valid {
				names = append(names, name)
			}
		}
		fmt.Println(on, strings.Join(names, ", "))
	}
	mark := timeline.Value(func(p purse) bool {
		valid, _ := p.Get("mark")
		return valid
	})
	fmt.Println("marks on 28 February 2002:", history.Holds(edtf.MustDay("2002-02-28"), mark).Truth)
}
