package timeline_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/memlog"
)

// lent is a payload: a book is lent to somebody, or to nobody any more.
type lent struct {
	To string `json:"to"`
}

var (
	lentCodec = codec.New(nil, codec.Type[lent]{Name: "book.lent", Version: 1})
	foldLent  = func(_ string, e timeline.Event[lent]) (string, error) { return e.Data.To, nil }
)

func lentTo(whom, when string) timeline.Event[lent] {
	return timeline.Event[lent]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(whom+when)), Name: "to-" + whom, When: edtf.MustParse(when), Data: lent{whom},
	}
}

// A log refuses to append to a stream that has moved on, and takes the same
// append twice for one.
func ExampleLog() {
	ctx := context.Background()
	var log memlog.Log // or sqllog.Open(ctx, db, nil)
	events, err := timeline.Encode(lentCodec, lentTo("Ann", "2024-03-01"), lentTo("Bob", "2024-05"))
	fmt.Println(err)

	fmt.Println(log.Append(ctx, "faust", 0, events...))
	fmt.Println(log.Append(ctx, "faust", 0, events...))
	more, _ := timeline.Encode(lentCodec, lentTo("Cem", "2024-04"))
	_, err = log.Append(ctx, "faust", 0, more...)
	fmt.Println(err, errors.Is(err, timeline.ErrConflict))
	for r, err := range log.Read(ctx, "faust", 0) {
		fmt.Println(r.Position, r.Revision, r.Event.Name, r.Event.When, string(r.Event.Data.Data), err)
	}
	// Output:
	// <nil>
	// {2 2} <nil>
	// {2 2} <nil>
	// timeline: append to stream "faust" at revision 0, but it is at 2 true
	// 1 1 to-Ann 2024-03-01 {"to":"Ann"} <nil>
	// 2 2 to-Bob 2024-05 {"to":"Bob"} <nil>
}

// Replay makes the timeline of a stream, of which everything can be asked.
func ExampleReplay() {
	ctx := context.Background()
	var log memlog.Log
	events, _ := timeline.Encode(lentCodec, lentTo("Ann", "2024-03-01"), lentTo("Bob", "2024-05"))
	log.Append(ctx, "faust", 0, events...)

	history, err := timeline.Replay(ctx, &log, "faust", lentCodec, foldLent)
	fmt.Println(err)
	withBob := func(s string) bool { return s == "Bob" }
	for _, day := range []string{"2024-04-30", "2024-05-15", "2024-05-31"} {
		fmt.Println(day, timeline.Holds(history, edtf.MustDay(day), withBob))
	}
	// Output:
	// <nil>
	// 2024-04-30 no
	// 2024-05-15 possible
	// 2024-05-31 certain
}

// An archive follows a log: what any program appends appears, dated before what
// is there or not.
func ExampleOpenArchive() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var log memlog.Log
	live, err := timeline.OpenArchive(ctx, &log, lentCodec, foldLent, nil)
	fmt.Println(err)
	go live.Follow(ctx)

	day := edtf.MustDay("2024-06-01")
	a, _ := live.Append(ctx, "faust", timeline.AnyRevision, lentTo("Bob", "2024-05"))
	live.Wait(ctx, a.Position) // to read one's own writes
	fmt.Println(live.At("faust", day).State)

	late, _ := timeline.Encode(lentCodec, lentTo("Ann", "2024-03-01"))
	b, _ := log.Append(ctx, "faust", timeline.AnyRevision, late...) // by another program, perhaps
	live.Wait(ctx, b.Position)
	fmt.Println(live.At("faust", day).State, live.At("faust", edtf.MustDay("2024-04-01")).State)
	// Output:
	// <nil>
	// Bob
	// Bob Ann
}
