// Rulers asks who was king of Denmark, where lists of kings give different years.
//
// The years are those of the English Wikipedia ("Gorm the Old", "Harald Bluetooth", "Sweyn Forkbeard") and of the list of
// kings of the Danish royal house, which has Sweyn from about 987.
package main

import (
	"fmt"
	"log"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)) }

// reign is the event that a king follows another. What several sources tell differently is rivals.
func reign(king, when, source string) timeline.Event[string] {
	return timeline.Event[string]{
		ID: id(king + source), Name: king + ", by " + source, When: edtf.MustParse(when), Data: king,
		Rival: "the reign of " + king, Cites: []timeline.Citation{{Source: source}},
	}
}

func main() {
	sweyn := reign("Sweyn", "[0985..0986]", "Wikipedia")
	sweyn.Rank = timeline.RankPreferred
	history, err := timeline.New(func(_ string, e timeline.Event[string]) (string, error) { return e.Data, nil },
		reign("Gorm", "[..0936]", "Wikipedia"),
		reign("Harald", "[0958..0959]", "Wikipedia"),
		sweyn,
		reign("Sweyn", "0987", "the royal house"),
		reign("Harald II", "1014-02-03", "Wikipedia"))
	if err != nil {
		log.Fatal(err)
	}

	king := timeline.Value(func(name string) string { return name })
	for _, on := range []string{"0940-01-01", "0958-12-31", "0986-06-01", "0987-06-01", "1000-01-01"} {
		answer, err := timeline.Ask(history, edtf.MustDay(on), king)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(on, answer)
	}
	claims, err := timeline.Claims(history, edtf.MustDay("0986-12-31"), king)
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range claims {
		fmt.Println("at the end of 986", c.Answer, "if it is", c.Event.Name)
	}
}
