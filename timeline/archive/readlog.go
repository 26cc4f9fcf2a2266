package archive

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A log is read at once, as one bulk load, which is all or nothing. Streams with faults are
// left out of it, and then taken in a record at a time, as they would have been by who
// followed the log.

// readLog reads all that the log holds now.
func (l *Live[S, E]) readLog(ctx context.Context) error {
	faulty, err := l.loadAll(func(yield func(eventlog.Record, error) bool) {
		for r, err := range l.log.ReadAll(ctx, 0) {
			if err == nil {
				err = checkPosition(r)
			}
			if err == nil {
				l.position, l.last, l.ends[r.Stream] = r.Position, r, r.Revision
			}
			if !yield(r, err) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	for stream := range faulty {
		if err := l.useStream(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

// checkPosition returns an error if r is more than an archive can hold.
func checkPosition(r eventlog.Record) error {
	if r.Position > math.MaxUint32 {
		return fmt.Errorf("archive: a log of more than %d records", uint32(math.MaxUint32))
	}
	return nil
}

// loadAll loads records, all but those of streams with faults, which it returns. It goes
// through records once, and again for each time that it finds such streams.
func (l *Live[S, E]) loadAll(records iter.Seq2[eventlog.Record, error]) (faulty map[string]bool, err error) {
	faulty = map[string]bool{}
	for {
		more, err := l.loadBut(faulty, records)
		if err != nil || len(more) == 0 {
			return faulty, err
		}
		for _, stream := range more {
			faulty[stream] = true
		}
	}
}

// loadBut loads records, all but those of some streams, or nothing and returns which other
// streams have faults.
func (l *Live[S, E]) loadBut(left map[string]bool, records iter.Seq2[eventlog.Record, error]) (faulty []string, err error) {
	var undecoded []parked[E]
	load := newBulkLoad(l.archive)
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		if left[r.Stream] {
			continue
		}
		if e, err := eventlog.Decode(l.codec, r); err != nil {
			undecoded = append(undecoded, parked[E]{r, e, asRecordError(r, err), true})
		} else {
			load.stage(r.Stream, &e, r.Position)
		}
	}
	if err := l.archive.finishLoad(load); err != nil {
		return faultyStreams(err)
	}
	l.parkMore(undecoded)
	return nil, nil
}

// faultyStreams returns the streams whose events an archive has refused, or err if that is
// not what it says.
func faultyStreams(err error) (streams []string, _ error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil, err
	}
	for _, err := range joined.Unwrap() {
		if e := (*StreamError)(nil); errors.As(err, &e) {
			streams = append(streams, e.Key)
		}
	}
	if len(streams) == 0 {
		return nil, err
	}
	return streams, nil
}

// useStream takes in the records of a stream up to where the archive is, one after the
// other: all of them or, with an error, none.
func (l *Live[S, E]) useStream(ctx context.Context, stream string) error {
	var records []eventlog.Record
	for r, err := range upTo(l.Position(), l.log.Read(ctx, stream, 0)) {
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	for _, r := range records {
		l.use(r)
	}
	return nil
}

// upTo returns those of records that are not behind a position.
func upTo(position int64, records iter.Seq2[eventlog.Record, error]) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for r, err := range records {
			if err == nil && r.Position > position || !yield(r, err) {
				return
			}
		}
	}
}
