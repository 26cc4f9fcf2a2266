// Livearchive keeps many histories in memory, in step with a log: what one program appends, another one
// that follows the log has a moment later, though it is of the past.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// A moved event says where a van is.
type moved struct{ To string }

var vans = codec.New(nil, codec.Type[moved]{Name: "van.moved", Version: 1})

func fold(_ string, e timeline.Event[moved]) (string, error) { return e.Data.To, nil }

func move(name, when, to string) timeline.Event[moved] {
	return timeline.Event[moved]{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: edtf.MustParse(when), Data: moved{to}}
}

// open returns an archive that follows a log.
func open(ctx context.Context, events eventlog.Log) (*archive.Live[string, moved], error) {
	a, err := archive.New(fold, nil)
	if err != nil {
		return nil, err
	}
	live, err := a.Open(ctx, events, vans)
	if err == nil {
		go live.Follow(ctx)
	}
	return live, err
}

func main() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var events memlog.Log // in a program that lasts: sqllog or natslog
	office, err := open(ctx, &events)
	if err != nil {
		log.Fatal(err)
	}
	depot, err := open(ctx, &events)
	if err != nil {
		log.Fatal(err)
	}

	var last eventlog.AppendResult
	for _, m := range []struct{ van, name, when, to string }{
		{"van 1", "v1 a", "2024-06-03", "Lyon"},
		{"van 2", "v2 a", "2024-06-04", "Turin"},
		{"van 1", "v1 b", "2024-06-10", "Milan"},
		{"van 2", "v2 b", "2024-06-01", "Nice"}, // told late
	} {
		if last, err = office.Append(ctx, m.van, eventlog.AnyRevision, move(m.name, m.when, m.to)); err != nil {
			log.Fatal(err)
		}
	}
	if err := depot.Wait(ctx, last.Position); err != nil {
		log.Fatal(err)
	}

	for _, on := range []string{"2024-06-03", "2024-06-10"} {
		for van, s := range depot.All(edtf.MustDay(on)) {
			fmt.Println(on, van, s.State)
		}
	}
	for van, c := range depot.Changed(edtf.MustDay("2024-06-03"), edtf.MustDay("2024-06-10")) {
		fmt.Println(van, "went from", c.Before.State, "to", c.After.State)
	}
}
