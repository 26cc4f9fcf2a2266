package timeline_test

import (
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A second domain, as small as can be: where a library's book is.
type book struct{ Holder string }

type loan struct {
	Reader string // empty: it came back
}

var errOut = errors.New("the book is out")

func lend(b book, e timeline.Event[loan]) (book, error) {
	if e.Data.Reader != "" && b.Holder != "" {
		return b, errOut
	}
	return book{Holder: e.Data.Reader}, nil
}

func loanEvent(slug, when, known, reader string) timeline.Event[loan] {
	e := timeline.Event[loan]{
		ID:   uuid.NewSHA1(uuid.NameSpaceOID, []byte(slug)),
		Name: slug,
		When: edtf.MustParse(when),
		Data: loan{reader},
	}
	if known != "" {
		e.Known = edtf.MustParse(known)
	}
	return e
}

func library() *timeline.Timeline[book, loan] {
	history, err := timeline.New(lend,
		loanEvent("lent to Ann", "2024-03-01", "", "Ann"),
		loanEvent("back from Ann", "2024-05", "", ""),
		loanEvent("lent to Ben", "2024-06-10", "2024-09-01", "Ben"), // found out later
	)
	if err != nil {
		panic(err)
	}
	return history
}

func holder(b book) string {
	if b.Holder == "" {
		return "on the shelf"
	}
	return "with " + b.Holder
}

func ExampleTimeline_At() {
	snapshot := library().At(edtf.MustDay("2024-05-15"))
	fmt.Println("certainly:", holder(snapshot.State))
	for e := range snapshot.Pending() {
		fmt.Println("undecided:", e.Name, e.When)
	}
	// Output:
	// certainly: with Ann
	// undecided: back from Ann 2024-05
}

func ExampleAsk() {
	history := library()
	for _, on := range []string{"2024-04-30", "2024-05-15", "2024-05-31"} {
		answer := timeline.Ask(history, edtf.MustDay(on), holder)
		fmt.Println(on, answer)
		for _, o := range answer.Options[1:] {
			fmt.Println("  ", o.Value, "if", o.If[0].Name, "was before")
		}
	}
	// Output:
	// 2024-04-30 with Ann
	// 2024-05-15 with Ann or on the shelf
	//    on the shelf if back from Ann was before
	// 2024-05-31 on the shelf
}

func ExampleHolds() {
	history := library()
	out := func(b book) bool { return b.Holder != "" }
	fmt.Println(timeline.Holds(history, edtf.MustDay("2024-05-15"), out))
	fmt.Println(timeline.Holds(history, edtf.MustDay("2024-06-10"), out))
	// Output:
	// possible
	// certain
}

func ExampleTimeline_KnownOn() {
	history := library()
	july := edtf.MustDay("2024-07-01")
	fmt.Println("as it was:  ", holder(history.At(july).State))
	fmt.Println("as known:   ", holder(history.KnownOn(july).At(july).State))
	// Output:
	// as it was:   with Ben
	// as known:    on the shelf
}

func ExampleTimeline_With() {
	_, err := library().With(loanEvent("lent to Cid", "2024-07", "", "Cid"))
	fmt.Println(err)
	// Output:
	// timeline: lent to Cid on 2024-07-31: the book is out
}
