package timeline

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A LiveArchive is an [Archive] of what a [Log] holds. It takes in what any
// program appends to the log while [LiveArchive.Follow] runs, and when
// [LiveArchive.CatchUp] is called. It is safe for concurrent use, and who reads
// waits for nobody.
//
// What a log holds cannot be taken back, so a record that cannot be used stops
// nothing: it is held back, [LiveArchive.Held] tells it and why, and if what it
// lacks comes later (an event that its After names, perhaps) it is taken in then.
type LiveArchive[S, E any] struct {
	archive *Archive[S, E]
	log     Log
	codec   Codec[E]

	applying sync.Mutex // held by who changes the archive

	mu       sync.Mutex
	position int64
	ends     map[string]int64 // the revision of each stream
	moved    chan struct{}    // closed when the position moves; nil if nobody waits
	held     []held[E]        // by position
}

// held is a record that is held back.
type held[E any] struct {
	record Record
	event  Event[E]
	failed *RecordError
	final  bool // it will not be tried again
}

// OpenArchive returns the archive of all that a log holds now. A nil options is
// the default. The error is that of the log, or [ErrNoFold].
func OpenArchive[S, E any](ctx context.Context, log Log, codec Codec[E], fold Fold[S, E], options *ArchiveOptions[S]) (*LiveArchive[S, E], error) {
	archive, err := NewArchive(fold, options)
	if err != nil {
		return nil, err
	}
	l := &LiveArchive[S, E]{archive: archive, log: log, codec: codec, ends: map[string]int64{}}
	if err := l.load(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// load reads the log. Streams with faults are left out at first, and then taken
// in a record at a time, as they would have been by who followed the log.
func (l *LiveArchive[S, E]) load(ctx context.Context) error {
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
func (l *LiveArchive[S, E]) loadBut(ctx context.Context, faulty map[string]bool) error {
	l.held = nil
	loading := newLoading(l.archive)
	for r, err := range l.log.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		l.position, l.ends[r.Stream] = r.Position, r.Revision
		if faulty[r.Stream] {
			continue
		}
		if e, err := Decode(l.codec, r); err != nil {
			l.hold(r, e, err, true)
		} else {
			loading.put(r.Stream, &e)
		}
	}
	return l.archive.take(loading)
}

// hold notes that a record is held back.
func (l *LiveArchive[S, E]) hold(r Record, e Event[E], err error, final bool) {
	failed := (*RecordError)(nil)
	if !errors.As(err, &failed) {
		failed = recordError(r, err)
	}
	l.held = append(l.held, held[E]{r, e, failed, final})
}

// Follow takes in what is appended to the log, until ctx is cancelled or the log
// fails: the error says why. It can be called again, and goes on where it was.
func (l *LiveArchive[S, E]) Follow(ctx context.Context) error {
	for r, err := range l.log.Follow(ctx, l.Position()) {
		if err != nil {
			return err
		}
		l.apply(r)
	}
	return nil
}

// CatchUp takes in what the log holds by now.
func (l *LiveArchive[S, E]) CatchUp(ctx context.Context) error {
	for r, err := range l.log.ReadAll(ctx, l.Position()) {
		if err != nil {
			return err
		}
		l.apply(r)
	}
	return nil
}

// apply takes in a record, unless somebody else has.
func (l *LiveArchive[S, E]) apply(r Record) {
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

// use takes a record into the archive, and with it what is waiting for it, or
// holds it back.
func (l *LiveArchive[S, E]) use(r Record) {
	e, err := Decode(l.codec, r)
	if err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.hold(r, e, err, true)
		return
	}
	waiting := l.takeIn(r.Stream, append(l.waiting(r.Stream), held[E]{record: r, event: e}))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = slices.DeleteFunc(l.held, func(h held[E]) bool { return h.record.Stream == r.Stream && !h.final })
	l.held = append(l.held, waiting...)
	slices.SortFunc(l.held, func(a, b held[E]) int { return cmp.Compare(a.record.Position, b.record.Position) })
}

// waiting returns the records of a stream that are tried again.
func (l *LiveArchive[S, E]) waiting(stream string) (list []held[E]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, h := range l.held {
		if h.record.Stream == stream && !h.final {
			list = append(list, h)
		}
	}
	return list
}

// takeIn appends records to a stream of the archive: all, or without those that
// have faults, for as long as there are some. It returns those.
func (l *LiveArchive[S, E]) takeIn(stream string, list []held[E]) (left []held[E]) {
	for len(list) > 0 {
		events := make([]Event[E], len(list))
		for i := range list {
			events[i] = list[i].event
		}
		err := l.archive.Append(stream, events...)
		if err == nil {
			break
		}
		reasons := reasonsOf(err)
		rest := list[:0:0]
		for i, h := range list {
			reason, ok := reasons[h.event.ID]
			if !ok && i == len(list)-1 && len(rest) == i {
				reason, ok = err, true // all are well but for what is there already
			}
			if !ok {
				rest = append(rest, h)
				continue
			}
			h.failed = recordError(h.record, reason)
			left = append(left, h)
		}
		list = rest
	}
	return left
}

// reasonsOf returns the first fault of each event.
func reasonsOf(err error) map[uuid.UUID]error {
	reasons := map[uuid.UUID]error{}
	faults, _ := err.(Faults)
	for _, f := range faults {
		if reasons[f.ID] == nil {
			reasons[f.ID] = f.Err
		}
	}
	return reasons
}

// Append appends events to a stream of the log; see [Log.Append]. Unlike the
// log it first looks whether the archive, as it is now, could take them in, and
// returns the [Faults] if not. What the fold refuses is no fault: ask
// [Timeline.With] before, or look at Err of a snapshot afterwards. The archive
// has the events when it has reached the position returned: see
// [LiveArchive.Wait].
func (l *LiveArchive[S, E]) Append(ctx context.Context, stream string, expected int64, events ...Event[E]) (Appended, error) {
	stored, err := Encode(l.codec, events...)
	if err != nil {
		return Appended{}, err
	}
	if err := l.archive.try(stream, events); err != nil {
		return Appended{}, err
	}
	return l.log.Append(ctx, stream, expected, stored...)
}

// Position returns the position of the last record that was taken in, or held
// back.
func (l *LiveArchive[S, E]) Position() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.position
}

// Revision returns the revision of the last record of a stream that was taken in,
// or held back: what to expect in [LiveArchive.Append] if nobody else must have
// appended since.
func (l *LiveArchive[S, E]) Revision(key string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ends[key]
}

// Lag returns how many records the log holds that the archive has not got to
// yet.
func (l *LiveArchive[S, E]) Lag(ctx context.Context) (int64, error) {
	position := l.Position()
	end, err := End(ctx, l.log, position)
	return max(end-position, 0), err
}

// Wait waits until the archive has reached a position, as [LiveArchive.Append]
// returns it: then it has what was written there. Someone must be in
// [LiveArchive.Follow] or [LiveArchive.CatchUp] meanwhile. The error is the cause
// of ctx.
func (l *LiveArchive[S, E]) Wait(ctx context.Context, position int64) error {
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

// Held returns the records that are held back and why, by position: those that
// the codec cannot decode, and those that the stream cannot have, such as an
// event that names others that are not there.
func (l *LiveArchive[S, E]) Held() []*RecordError {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []*RecordError
	for _, h := range l.held {
		e := *h.failed
		list = append(list, &e)
	}
	return list
}

// At is [Archive.At]. Records are taken in one after another, so that of events
// that were appended together it may have the first alone for a moment; it has
// all once [LiveArchive.Wait] for the last has returned.
func (l *LiveArchive[S, E]) At(key string, day edtf.Day) Snapshot[S, E] {
	return l.archive.At(key, day)
}

// All is [Archive.All].
func (l *LiveArchive[S, E]) All(day edtf.Day) iter.Seq2[string, Snapshot[S, E]] {
	return l.archive.All(day)
}

// Keys is [Archive.Keys].
func (l *LiveArchive[S, E]) Keys() iter.Seq[string] { return l.archive.Keys() }

// Timeline is [Archive.Timeline].
func (l *LiveArchive[S, E]) Timeline(key string) (*Timeline[S, E], bool) {
	return l.archive.Timeline(key)
}

// KnownOn is [Archive.KnownOn].
func (l *LiveArchive[S, E]) KnownOn(day edtf.Day) ArchiveView[S, E] { return l.archive.KnownOn(day) }

// Stats is [Archive.Stats].
func (l *LiveArchive[S, E]) Stats() ArchiveStats { return l.archive.Stats() }
