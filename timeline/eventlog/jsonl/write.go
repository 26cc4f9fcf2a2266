package jsonl

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Write writes the events of a history as the records of a stream, a line each, in the order of Seq, for
// those who have no log: what it writes, [Import] reads. The errors are those of the codec and of w.
func Write[E any](w io.Writer, codec eventlog.Codec[E], stream string, events ...timeline.Event[E]) error {
	stored, err := eventlog.Encode(codec, events...)
	if err != nil {
		return fmt.Errorf("jsonl: %w", err)
	}
	slices.SortStableFunc(stored, func(a, b timeline.Event[eventlog.Stored]) int { return cmp.Compare(a.Seq, b.Seq) })
	b := bufio.NewWriter(w)
	var line []byte
	for n, e := range stored {
		r := eventlog.Record{Position: int64(n) + 1, Stream: stream, Revision: int64(n) + 1, Event: e}
		line = append(r.AppendJSON(line[:0]), '\n')
		_, _ = b.Write(line) // Flush says
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("jsonl: %w", err)
	}
	return nil
}
