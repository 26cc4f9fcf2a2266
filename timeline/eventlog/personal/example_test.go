package personal_test

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/personal"
)

type Hired struct {
	Job  string
	Name personal.Data[string]
}

// A staff register forgets the name of one person. What it says of the job stays, and so
// do the record and its hash.
func Example() {
	var keys personal.Memory // or OpenFiles
	staff := codec.New(nil, codec.Type[Hired]{Name: "hired", Version: 1}).WithKeys(&keys)

	ctx := context.Background()
	var log memlog.Log
	hired := timeline.Event[Hired]{
		ID: uuid.MustParse("d2c7a3f4-6a0b-4f6e-9a52-0c6b64d39f11"), When: edtf.MustParse("2024-05"),
		Data: Hired{Job: "welder", Name: personal.Data[string]{Subject: "e-17", Value: "Anna Smith"}},
	}
	stored, err := eventlog.Encode(staff, hired)
	fmt.Println(err)
	_, _ = log.Append(ctx, "plant", 0, stored...)

	print := func() {
		events, _ := eventlog.Load(ctx, &log, "plant", staff)
		fmt.Printf("%+v\n", events[0].Data)
	}
	print()
	keys.Destroy("e-17")
	print()
	// Output:
	// <nil>
	// {Job:welder Name:{Subject:e-17 Value:Anna Smith Erased:false}}
	// {Job:welder Name:{Subject:e-17 Value: Erased:true}}
}
