package archive

import (
	"context"
	"errors"
	"iter"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Live is an [Archive] of what an [eventlog.Log] holds. It takes in what any
// program appends to the log while [Live.Follow] runs, and when
// [Live.CatchUp] is called. It is safe for concurrent use, and reading waits
// for nobody.
//
// Unusable records are parked and listed by [Live.Parked] with the reason; they are
// retried when a missing event arrives, such as one that their After names.
type Live[S, E any] struct {
	archive *Archive[S, E]
	log     eventlog.Log
	codec   eventlog.Codec[E]

	applying sync.Mutex // held by who changes the archive

	mu       sync.Mutex
	position int64
	ends     map[string]int64 // the revision of each stream
	moved    chan struct{}    // closed when the position moves; nil if nobody waits
	parked   []parked[E]      // by position
}

// ErrNotEmpty says that an archive that is to be opened on a log has events.
var ErrNotEmpty = errors.New("archive: it has events; only an empty one can be opened on a log")

// Open reads all that a log holds now into a, which must be empty and from then on
// changes through the Live alone. The error is that of the log, or
// [ErrNotEmpty].
func (a *Archive[S, E]) Open(ctx context.Context, log eventlog.Log, codec eventlog.Codec[E]) (*Live[S, E], error) {
	if a.Stats().Events > 0 {
		return nil, ErrNotEmpty
	}
	l := &Live[S, E]{archive: a, log: log, codec: codec, ends: map[string]int64{}}
	if err := l.load(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// load reads the log. Streams with faults are left out at first, and then taken
// in a record at a time, as they would have been by who followed the log.
func (l *Live[S, E]) load(ctx context.Context) error {
	faulty := map[string]bool{}
	for {
		err := l.loadBut(ctx, faulty)
		streams := faultyStreams(err)
		if len(streams) == 0 {
			if err != nil {
				return err
			}
			break
		}
		for _, stream := range streams {
			faulty[stream] = true
		}
	}
	for stream := range faulty {
		for r, err := range l.log.Read(ctx, stream, 0) {
			if err != nil {
				return err
			}
			if r.Position > l.position {
				break // it came meanwhile
			}
			l.use(r)
		}
	}
	return nil
}

// faultyStreams returns the streams whose events an archive has refused.
func faultyStreams(err error) (streams []string) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	for _, err := range joined.Unwrap() {
		if e := (*StreamError)(nil); errors.As(err, &e) {
			streams = append(streams, e.Key)
		}
	}
	return streams
}

// loadBut loads all records but those of some streams.
func (l *Live[S, E]) loadBut(ctx context.Context, faulty map[string]bool) error {
	l.parked = nil
	load := newBulkLoad(l.archive)
	for r, err := range l.log.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		l.position, l.ends[r.Stream] = r.Position, r.Revision
		if faulty[r.Stream] {
			continue
		}
		if e, err := eventlog.Decode(l.codec, r); err != nil {
			l.park(r, e, err, true)
		} else {
			load.stage(r.Stream, &e)
		}
	}
	return l.archive.finishLoad(load)
}

// Follow takes in what is appended to the log, until ctx is cancelled or the log
// fails: the error says why. It can be called again, and goes on where it was.
func (l *Live[S, E]) Follow(ctx context.Context) error {
	for r, err := range l.log.Follow(ctx, l.Position()) {
		if err != nil {
			return err
		}
		l.apply(r)
	}
	return nil
}

// CatchUp takes in what the log holds by now.
func (l *Live[S, E]) CatchUp(ctx context.Context) error {
	for r, err := range l.log.ReadAll(ctx, l.Position()) {
		if err != nil {
			return err
		}
		l.apply(r)
	}
	return nil
}

// apply takes in a record, unless somebody else has.
func (l *Live[S, E]) apply(r eventlog.Record) {
	l.applying.Lock()
	defer l.applying.Unlock()
	if r.Position <= l.Position() {
		return
	}
	l.use(r)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.position, l.ends[r.Stream] = r.Position, r.Revision
	if l.moved != nil {
		close(l.moved)
		l.moved = nil
	}
}

// Append appends events to a stream of the log; see [eventlog.Log.Append]. Unlike the
// log it first looks whether the archive, as it is now, could take them in, and
// returns the [timeline.Faults] if not. What the fold refuses is no fault: ask
// [timeline.Timeline.With] before, or look at Err of a snapshot afterwards. The archive
// has the events when it has reached the position returned: see
// [Live.Wait].
func (l *Live[S, E]) Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[E]) (eventlog.AppendResult, error) {
	stored, err := eventlog.Encode(l.codec, events...)
	if err != nil {
		return eventlog.AppendResult{}, err
	}
	if err := l.archive.tryAppend(stream, events); err != nil {
		return eventlog.AppendResult{}, err
	}
	return l.log.Append(ctx, stream, expected, stored...)
}

// Position returns the position of the last record that was taken in, or parked
// back.
func (l *Live[S, E]) Position() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.position
}

// Revision returns the revision of the last record of a stream that was taken in,
// or parked: what to expect in [Live.Append] if nobody else must have
// appended since.
func (l *Live[S, E]) Revision(key string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ends[key]
}

// Lag returns how many records the log holds that the archive has not got to
// yet.
func (l *Live[S, E]) Lag(ctx context.Context) (int64, error) {
	position := l.Position()
	end, err := eventlog.End(ctx, l.log, position)
	return max(end-position, 0), err
}

// Wait waits until the archive has reached a position, as [Live.Append]
// returns it: then it has what was written there. Someone must be in
// [Live.Follow] or [Live.CatchUp] meanwhile. The error is the cause
// of ctx.
func (l *Live[S, E]) Wait(ctx context.Context, position int64) error {
	for {
		l.mu.Lock()
		if l.position >= position {
			l.mu.Unlock()
			return nil
		}
		if l.moved == nil {
			l.moved = make(chan struct{})
		}
		moved := l.moved
		l.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// At is [Archive.At]. Records are taken in one after another, so that of events
// that were appended together it may have the first alone for a moment; it has
// all once [Live.Wait] for the last has returned.
func (l *Live[S, E]) At(key string, day edtf.Day) timeline.Snapshot[S] {
	return l.archive.At(key, day)
}

// All is [Archive.All].
func (l *Live[S, E]) All(day edtf.Day) iter.Seq2[string, timeline.Snapshot[S]] {
	return l.archive.All(day)
}

// Keys is [Archive.Keys].
func (l *Live[S, E]) Keys() iter.Seq[string] { return l.archive.Keys() }

// Timeline is [Archive.Timeline].
func (l *Live[S, E]) Timeline(key string) (*timeline.Timeline[S, E], bool) {
	return l.archive.Timeline(key)
}

// KnownOn is [Archive.KnownOn].
func (l *Live[S, E]) KnownOn(day edtf.Day) View[S, E] { return l.archive.KnownOn(day) }

// Stats is [Archive.Stats].
func (l *Live[S, E]) Stats() Stats { return l.archive.Stats() }
