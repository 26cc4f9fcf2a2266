// Newspaper asks what a paper could have printed: the history of Leapmotor as it could be known on the day, beside
// what is known now.
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
	day := edtf.MustDay("2023-11-30")
	paper := history.KnownOn(day)

	fmt.Println("the stake of Dahua Technology at the end of November 2023")
	for _, h := range []struct {
		title   string
		history *events.History
	}{{"  the paper:", paper}, {"  today:    ", history}} {
		answer, err := timeline.Ask(h.history, day, events.StakeOf("Dahua Technology"))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(h.title, answer)
	}

	differences, err := history.Diff(timeline.On(day).KnownOn(day), timeline.On(day))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("what of that day was learned later, of its owners:")
	for _, d := range differences {
		if d.Path == "/stakes/Dahua Technology/percent" {
			fmt.Printf("  %s: %s, now %s, %v by %s\n", d.Path, d.From, d.To, d.Kind, d.Because[0].Name)
		}
	}
}
