package timeline_test

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An archive keeps many histories, here one for each book.
func ExampleArchive() {
	books, err := timeline.NewArchive(lend, nil)
	if err != nil {
		panic(err)
	}
	_ = books.Append("Dune", loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann"))
	_ = books.Append("Emma", loanEvent(1, "lent to Cleo", "2024-04", "", "Cleo"))
	_ = books.Append("Dune", loanEvent(3, "lent to Ben", "2024-06-10", "", "Ben"))

	day := edtf.MustDay("2024-06-15")
	fmt.Println(books.At("Dune", day).Err)

	// What was missing turns up later.
	_ = books.Append("Dune", loanEvent(2, "back from Ann", "2024-05", "2024-07-01", ""))
	for title, s := range books.All(day) {
		fmt.Println(title, holder(s.State))
	}
	fmt.Println("as known then: Dune", holder(books.KnownOn(day).At("Dune", day).State))

	// Everything else can be asked of the timeline of a stream.
	dune, _ := books.Timeline("Dune")
	fmt.Println(timeline.Ask(dune, edtf.MustDay("2024-05-15"), holder))
	// Output:
	// timeline: lent to Ben on 2024-06-10: the book is out
	// Dune with Ben
	// Emma with Cleo
	// as known then: Dune with Ann
	// with Ann or on the shelf
}

// A program that starts loads what its log holds in one step.
func ExampleArchive_Load() {
	books, err := timeline.NewArchive(lend, &timeline.ArchiveOptions[book]{Keep: 64 << 20})
	if err != nil {
		panic(err)
	}
	err = books.Load(func(yield func(string, timeline.Event[loan]) bool) {
		_ = yield("Dune", loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann")) &&
			yield("Dune", loanEvent(2, "back from Ann", "2024-05", "", "")) &&
			yield("Emma", loanEvent(1, "lent to Cleo", "2024-04/2024-05", "", "Cleo"))
	})
	fmt.Println(err)
	fmt.Println(books.Stats().Events, "events")
	// Output:
	// stream "Emma": timeline: a fault in the events given:
	// 	lent to Cleo: an event happens on one day, and a span is no window: When is 2024-04/2024-05; for one day out of a range write [a..b]
	// 0 events
}
