// Package jsonl writes the records of a log as JSON Lines, and reads them into
// another: for backups that need no database, for moving from one store to
// another, and for histories written by programs in other languages.
//
// A line is the stored form of a record, as [eventlog.Record.AppendJSON]
// describes it. What [Export] writes, [Import] reads; what is imported may also
// be written by hand, with its members in any order, and without position and
// revision, which the log gives anew. Lines of blanks are skipped.
package jsonl

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Export writes the records of a log after a position to w, a line each, and
// returns the position of the last one written. If it fails, it can be resumed
// after that position, once what w has of the lines behind it is cut off.
func Export(ctx context.Context, w io.Writer, log eventlog.Log, after int64) (last int64, err error) {
	last = max(after, 0)
	b := bufio.NewWriterSize(w, 1<<16)
	written := last // what w has for sure
	var line []byte
	for r, err := range log.ReadAll(ctx, last) {
		if err != nil {
			if b.Flush() == nil {
				written = last
			}
			return written, err
		}
		line = append(r.AppendJSON(line[:0]), '\n')
		if b.Available() < len(line) {
			if err := b.Flush(); err != nil {
				return written, fmt.Errorf("jsonl: %w", err)
			}
			written = last
		}
		if _, err := b.Write(line); err != nil {
			return written, fmt.Errorf("jsonl: %w", err)
		}
		last = r.Position
	}
	if err := b.Flush(); err != nil {
		return written, fmt.Errorf("jsonl: %w", err)
	}
	return last, nil
}
