package jsonl_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

func Example() {
	ctx := context.Background()
	var log memlog.Log
	file := strings.NewReader(`{"subject": "leapmotor", "id": "00000000-0000-0000-0000-000000000001", "name": "founded", "when": "2015-12"}`)
	got, err := jsonl.Import(ctx, file, &log, nil)
	fmt.Println(got.Appended, err)

	_, err = jsonl.Export(ctx, os.Stdout, &log, 0)
	fmt.Println(err)

	_, err = jsonl.Import(ctx, bytes.NewReader([]byte(`{"subject": "leapmotor", "when": "2015-13"}`)), &log, nil)
	fmt.Println(err)
	// Output:
	// 1 <nil>
	// {"position":1,"subject":"leapmotor","revision":1,"id":"00000000-0000-0000-0000-000000000001","name":"founded","when":"2015-12"}
	// <nil>
	// jsonl: a fault, and nothing is imported:
	// 	input:1: edtf: "2015-13": at offset 5: no such month or sub-year code
}
