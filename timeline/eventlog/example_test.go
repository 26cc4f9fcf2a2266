package eventlog_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
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
	events, err := eventlog.Encode(lentCodec, lentTo("Ann", "2024-03-01"), lentTo("Bob", "2024-05"))
	fmt.Println(err)

	fmt.Println(log.Append(ctx, "faust", 0, events...))
	fmt.Println(log.Append(ctx, "faust", 0, events...))
	more, _ := eventlog.Encode(lentCodec, lentTo("Cem", "2024-04"))
	_, err = log.Append(ctx, "faust", 0, more...)
	fmt.Println(err, errors.Is(err, eventlog.ErrConflict))
	for r, err := range log.Read(ctx, "faust", 0) {
		fmt.Println(r.Position, r.Revision, r.Event.Name, r.Event.When, string(r.Event.Data.Data), err)
	}
	// Output:
	// <nil>
	// {2 2} <nil>
	// {2 2} <nil>
	// eventlog: append to stream "faust" at revision 0, but it is at 2 true
	// 1 1 to-Ann 2024-03-01 {"to":"Ann"} <nil>
	// 2 2 to-Bob 2024-05 {"to":"Bob"} <nil>
}

// The events of a stream make a timeline, of which everything can be asked.
func ExampleLoad() {
	ctx := context.Background()
	var log memlog.Log
	stored, _ := eventlog.Encode(lentCodec, lentTo("Ann", "2024-03-01"), lentTo("Bob", "2024-05"))
	log.Append(ctx, "faust", 0, stored...)

	events, err := eventlog.Load(ctx, &log, "faust", lentCodec)
	if err != nil {
		panic(err)
	}
	history, err := timeline.New(foldLent, events...)
	fmt.Println(err)
	withBob := timeline.Value(func(s string) bool { return s == "Bob" })
	for _, day := range []string{"2024-04-30", "2024-05-15", "2024-05-31"} {
		fmt.Println(day, history.Holds(edtf.MustDay(day), withBob).Truth)
	}
	// Output:
	// <nil>
	// 2024-04-30 no
	// 2024-05-15 possible
	// 2024-05-31 certain
}

// A table of one's own that follows a log, in whatever store: it keeps the cursor with what
// it has written, in one transaction where the store has such. So each record counts once,
// wherever the program was killed, and a log that was put back is noticed.
func ExampleReadFrom() {
	ctx := context.Background()
	var log memlog.Log
	events, _ := eventlog.Encode(lentCodec, lentTo("Ann", "2024-03-01"), lentTo("Bob", "2024-05"), lentTo("Ann", "2024-07"))
	_, _ = log.Append(ctx, "faust", 0, events[:2]...)

	var table struct {
		lent   map[string]int // how often, by reader
		cursor eventlog.Cursor
	}
	table.lent = map[string]int{}
	catchUp := func() error { // what a program does when it starts, and in a loop of FollowFrom
		identity, err := log.Identity(ctx)
		if err != nil {
			return err
		}
		for r, err := range eventlog.ReadFrom(ctx, &log, table.cursor) {
			if err != nil {
				return err // ErrDiverged: make the table anew
			}
			e, err := eventlog.Decode(lentCodec, r)
			if err != nil {
				return err
			}
			table.lent[e.Data.To]++ // in one transaction:
			table.cursor = eventlog.CursorAt(identity, r)
		}
		return nil
	}
	fmt.Println(catchUp(), table.lent, table.cursor.Position)
	_, _ = log.Append(ctx, "faust", 2, events[2:]...)
	fmt.Println(catchUp(), table.lent, table.cursor.Position)
	// Output:
	// <nil> map[Ann:1 Bob:1] 2
	// <nil> map[Ann:2 Bob:1] 3
}
