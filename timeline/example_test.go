package timeline_test

import (
	"errors"
	"fmt"
	"time"

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

func loanEvent(seq int64, slug, when, known, reader string) timeline.Event[loan] {
	e := timeline.Event[loan]{
		ID:   uuid.NewSHA1(uuid.NameSpaceOID, []byte(slug)),
		Name: slug,
		Seq:  seq,
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
		loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann"),
		loanEvent(2, "back from Ann", "2024-05", "", ""),
		loanEvent(3, "lent to Ben", "2024-06-10", "2024-09-01", "Ben"), // found out later
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
	history, day := library(), edtf.MustDay("2024-05-15")
	fmt.Println("certainly:", holder(history.At(day).State))
	for e := range history.Pending(day) {
		fmt.Println("undecided:", e.Name, e.When)
	}
	// Output:
	// certainly: with Ann
	// undecided: back from Ann 2024-05
}

func ExampleAsk() {
	history := library()
	for _, on := range []string{"2024-04-30", "2024-05-15", "2024-05-31"} {
		answer := must(timeline.Ask(history, edtf.MustDay(on), timeline.Value(holder)))
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

func ExampleTimeline_Holds() {
	history := library()
	out := timeline.Value(func(b book) bool { return b.Holder != "" })
	fmt.Println(history.Holds(edtf.MustDay("2024-05-15"), out))
	fmt.Println(history.Holds(edtf.MustDay("2024-06-10"), out))
	// Output:
	// possible: back from Ann (2024-05)
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
	_, err := library().With(loanEvent(4, "lent to Cid", "2024-07", "", "Cid"))
	fmt.Println(err)
	// Output:
	// timeline: lent to Cid on 2024-07-31: the book is out
}

// A correction is an event that replaces another one. As known before it, the
// old statement stands.
func ExampleEvent_correction() {
	wrong := loanEvent(1, "lent to Ann", "2024-03-01", "", "Ann")
	right := loanEvent(2, "it was Anna", "2024-03-01", "2024-08-01", "Anna")
	right.Replaces = []uuid.UUID{wrong.ID}
	history, err := timeline.New(lend, wrong, right)
	if err != nil {
		panic(err)
	}
	april := edtf.MustDay("2024-04-01")
	fmt.Println("as known in April:", holder(history.KnownOn(april).At(april).State))
	fmt.Println("as known now:     ", holder(history.At(april).State))
	// Output:
	// as known in April: with Ann
	// as known now:      with Anna
}

// Two sources disagree about one fact: both are kept, and one is true.
func ExampleEvent_rivals() {
	one := loanEvent(1, "the register", "2024-03-01", "", "Ann")
	two := loanEvent(2, "the slip", "2024-03-01", "", "Ben")
	one.Rival, two.Rival = "march", "march"
	one.Rank = timeline.RankPreferred
	history, err := timeline.New(lend, one, two)
	if err != nil {
		panic(err)
	}
	answer, err := timeline.Ask(history, edtf.MustDay("2024-04-01"), timeline.Value(holder))
	if err != nil {
		panic(err)
	}
	fmt.Println(answer)
	fmt.Println("not", answer.Options[0].Value, "if it is", answer.Options[1].If[0].Name, "rather than", answer.Options[1].Without[0].Name)
	// Output:
	// with Ann or with Ben
	// not with Ann if it is the slip rather than the register
}

func ExampleTimeline_Where() {
	history := library()
	toAnn := history.Where(func(e timeline.Event[loan]) bool { return e.Data.Reader != "Ben" })
	fmt.Println(holder(toAnn.At(edtf.MustDay("2024-07-01")).State))
	// Output: on the shelf
}

func ExampleTimeline_Covering() {
	history := library().Covering(timeline.Coverage{
		Horizon: edtf.MustParse("2024-12"),
		Silent:  []timeline.Silence{{Topic: "reservations"}},
	})
	out := timeline.Value(func(b book) bool { return b.Holder != "" })
	fmt.Println(history.Holds(edtf.MustDay("2024-12-31"), out))
	fmt.Println(history.Holds(edtf.MustDay("2025-01-01"), out))
	fmt.Println(history.Holds(edtf.MustDay("2024-12-31"), out.About("reservations")))
	fmt.Println(history.Holds(edtf.MustDay("2024-12-31"), out.About("reservation")))
	// Output:
	// certain
	// certain, as far as recorded, to 2024-12
	// not recorded: reservations (as recorded: certain)
	// error: timeline: no topic is called "reservation"; did you mean "reservations"?
}

func ExampleTimeline_Between() {
	for e := range library().Between(edtf.MustDay("2024-05-20"), edtf.MustDay("2024-06-30")) {
		fmt.Println(e.When, e.Name)
	}
	// Output:
	// 2024-05 back from Ann
	// 2024-06-10 lent to Ben
}

// Where order is undecided by the dates, the order of a log can decide.
func ExampleTimeline_Sequenced() {
	history, err := timeline.New(lend,
		loanEvent(1, "lent to Ann", "2024-03", "", "Ann"),
		loanEvent(2, "back from Ann", "2024-03", "", ""),
		loanEvent(3, "lent to Ben", "2024-03", "", "Ben"),
		loanEvent(4, "back from Ben", "2024-03", "", ""),
	)
	if err != nil {
		panic(err)
	}
	mid := edtf.MustDay("2024-03-15")
	q := timeline.Value(holder)
	fmt.Println(timeline.Ask(history, mid, q))
	history, err = history.Sequenced()
	if err != nil {
		panic(err)
	}
	fmt.Println(timeline.Ask(history.Where(func(e timeline.Event[loan]) bool { return e.Seq <= 2 }), mid, q))
	// Output:
	// on the shelf or with Ann or with Ben <nil>
	// on the shelf or with Ann <nil>
}

// Whoever has timestamps takes the calendar day in a time zone that is stated once, and
// lets Seq say what came first on a day.
func ExampleEvent_timestamps() {
	zone := time.FixedZone("UTC+8", 8*60*60)
	var events []timeline.Event[loan]
	for n, x := range []struct{ at, reader string }{
		{"2024-03-01T17:30:00Z", "Ann"}, // the next day in the zone
		{"2024-03-02T20:00:00Z", ""},
	} {
		at, err := time.Parse(time.RFC3339, x.at)
		if err != nil {
			panic(err)
		}
		e := loanEvent(int64(n), x.at, "2024-03-01", "", x.reader)
		e.When, e.Seq = edtf.DayOf(at.In(zone)).Date(), at.UnixNano()
		events = append(events, e)
	}
	history, err := timeline.New(lend, events...)
	if err != nil {
		panic(err)
	}
	for _, on := range []string{"2024-03-01", "2024-03-02", "2024-03-03"} {
		fmt.Println(on, holder(history.At(edtf.MustDay(on)).State))
	}
	// Output:
	// 2024-03-01 on the shelf
	// 2024-03-02 with Ann
	// 2024-03-03 on the shelf
}
