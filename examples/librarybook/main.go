// Librarybook asks where a book was on a day, when nobody wrote down on which day of May it came back.
package main

import (
	"errors"
	"fmt"
	"log"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// where is the state: the reader who has the book, or the shelf.
type where string

const shelf where = "the shelf"

var errOut = errors.New("the book is out")

// lend is the fold: it refuses to lend a book that is out.
func lend(at where, e timeline.Event[where]) (where, error) {
	if at != "" && at != shelf && e.Data != shelf {
		return at, errOut
	}
	return e.Data, nil
}

func moved(name, when string, to where) timeline.Event[where] {
	return timeline.Event[where]{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: edtf.MustParse(when), Data: to}
}

func main() {
	history, err := timeline.New(lend,
		moved("bought", "2024-01", shelf),
		moved("lent to Ann", "2024-03-04", "Ann"),
		moved("back from Ann", "2024-05", shelf),
		moved("lent to Ben", "2024-06-10", "Ben"))
	if err != nil {
		log.Fatal(err)
	}

	place := timeline.Value(func(at where) where { return at })
	for _, on := range []string{"2024-04-30", "2024-05-15", "2024-05-31"} {
		answer, err := timeline.Ask(history, edtf.MustDay(on), place)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(on, answer)
	}

	withAnn := timeline.Value(func(at where) bool { return at == "Ann" })
	for period := range history.Periods(withAnn) {
		fmt.Println("Ann had it", period)
	}

	_, err = history.With(moved("lent to Cid", "2024-07-01", "Cid"))
	fmt.Println(err)
}
