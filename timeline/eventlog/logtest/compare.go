package logtest

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// collect reads a loop to its end.
func collect(records iter.Seq2[eventlog.Record, error]) ([]eventlog.Record, error) {
	var list []eventlog.Record
	for r, err := range records {
		if err != nil {
			return list, err
		}
		list = append(list, r)
	}
	return list, nil
}

// expect returns how the records of a loop differ from those wanted.
func expect(what string, records iter.Seq2[eventlog.Record, error], want []eventlog.Record) error {
	got, err := collect(records)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if len(got) != len(want) {
		return fmt.Errorf("%s gives %d records, want %d", what, len(got), len(want))
	}
	for i := range got {
		if i > 0 && got[i].Event.Recorded.Before(got[i-1].Event.Recorded) {
			return fmt.Errorf("%s: record %d was recorded at %v, and the one before it at %v", what, i, got[i].Event.Recorded, got[i-1].Event.Recorded)
		}
		if err := same(got[i], want[i]); err != nil {
			return fmt.Errorf("%s: record %d: %w", what, i, err)
		}
	}
	return nil
}

// same returns how two records differ.
func same(got, want eventlog.Record) error {
	if at := got.Event.Recorded; at.IsZero() || time.Since(at).Abs() > time.Hour {
		return fmt.Errorf("got a record that was recorded at %v, and it is %v", at, time.Now())
	}
	got.Event.Recorded, want.Event.Recorded = time.Time{}, time.Time{}
	a, b := got.AppendJSON(nil), want.AppendJSON(nil)
	if !bytes.Equal(a, b) {
		return fmt.Errorf("got %s, want %s", short(a), short(b))
	}
	if got.Event.Seq != got.Revision {
		return fmt.Errorf("got Seq %d at revision %d", got.Event.Seq, got.Revision)
	}
	return nil
}

func short(line []byte) []byte {
	if len(line) > 600 {
		return fmt.Appendf(nil, "%s... (%d bytes)", line[:600], len(line))
	}
	return line
}

// A book says what a log must hold.
type book struct {
	records []eventlog.Record
	streams map[string]int64
}

// append writes down what was appended, and returns what Append must return.
func (b *book) append(stream string, events ...event) eventlog.AppendResult {
	if b.streams == nil {
		b.streams = map[string]int64{}
	}
	var reach eventlog.AppendResult
	for _, e := range events {
		b.streams[stream]++
		r := eventlog.Record{Position: int64(len(b.records) + 1), Stream: stream, Revision: b.streams[stream], Event: e}
		b.records = append(b.records, r)
		reach = reach.Reach(r)
	}
	return reach
}

// of returns the records of one stream.
func (b *book) of(stream string) []eventlog.Record {
	var list []eventlog.Record
	for _, r := range b.records {
		if r.Stream == stream {
			list = append(list, r)
		}
	}
	return list
}

// at is where events are appended: a stream, and the revision expected of it.
type at struct {
	stream   string
	expected int64
}

// add appends events to the log and writes them down.
func (b *book) add(ctx context.Context, s *subject, a at, events ...event) error {
	got, err := s.Append(ctx, a.stream, a.expected, events...)
	if err != nil {
		return fmt.Errorf("append to %q of %d events expecting %d: %w", a.stream, len(events), a.expected, err)
	}
	if want := b.append(a.stream, events...); got != want {
		return fmt.Errorf("append to %q returns %+v, want %+v", a.stream, got, want)
	}
	return nil
}

// check returns how the log differs from the book.
func (b *book) check(ctx context.Context, s *subject) error {
	if err := expect("ReadAll", s.ReadAll(ctx, 0), b.records); err != nil {
		return err
	}
	for stream := range b.streams {
		if err := expect(fmt.Sprintf("Read of %q", stream), s.Read(ctx, stream, 0), b.of(stream)); err != nil {
			return err
		}
	}
	return nil
}
