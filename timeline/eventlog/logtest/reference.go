package logtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// atRandom does the same random appends to the log and to the one in memory,
// which is the reference, and compares what they say and hold. Few events, some
// of them with the ID of another, and few streams make repeats, conflicts and
// taken IDs frequent.
func atRandom(ctx context.Context, s *subject) error {
	rnd := rand.New(rand.NewPCG(7, 8))
	var reference memlog.Log
	for step := range 400 {
		stream := []string{"a", "b"}[rnd.IntN(2)]
		events := handful(rnd, step)
		expected := int64(rnd.IntN(12) - 1)
		if list, err := collect(reference.Read(ctx, stream, 0)); err == nil && rnd.IntN(2) == 0 {
			expected = int64(len(list))
		}
		want, wantErr := reference.Append(ctx, stream, expected, events...)
		got, gotErr := s.Append(ctx, stream, expected, events...)
		if got != want || outcome(gotErr) != outcome(wantErr) {
			return fmt.Errorf("step %d: append to %s expecting %d of %s returns %+v, %w, want %+v, %v",
				step, stream, expected, names(events), got, gotErr, want, wantErr)
		}
		if step%20 == 0 {
			if err := compare(ctx, s, &reference); err != nil {
				return fmt.Errorf("after step %d: %w", step, err)
			}
		}
	}
	return compare(ctx, s, &reference)
}

// handful returns up to four events, with IDs that grow with the steps.
func handful(rnd *rand.Rand, step int) []event {
	var list []event
	for range rnd.IntN(5) {
		e := plain(rnd.IntN(10 + step/4))
		if rnd.IntN(20) == 0 {
			e.Note = "other"
		}
		list = append(list, e)
	}
	return list
}

func names(events []event) (list []string) {
	for _, e := range events {
		list = append(list, e.Name+e.Note)
	}
	return list
}

// outcome returns what an error says that two logs must agree on.
func outcome(err error) string {
	var conflict *eventlog.ConflictError
	var taken *eventlog.IDError
	var faults timeline.Faults
	switch {
	case err == nil:
		return "done"
	case errors.As(err, &conflict):
		return conflict.Error()
	case errors.As(err, &taken):
		return taken.Error()
	case errors.As(err, &faults):
		return faults.Error()
	}
	return "failed"
}

// compare returns how the log differs from the reference.
func compare(ctx context.Context, s *subject, reference *memlog.Log) error {
	all, err := collect(reference.ReadAll(ctx, 0))
	if err != nil {
		return err
	}
	if err := expect("ReadAll", s.ReadAll(ctx, 0), all); err != nil {
		return err
	}
	for _, stream := range []string{"a", "b"} {
		list, err := collect(reference.Read(ctx, stream, 0))
		if err != nil {
			return err
		}
		if err := expect("Read of "+stream, s.Read(ctx, stream, 0), list); err != nil {
			return err
		}
	}
	return nil
}
