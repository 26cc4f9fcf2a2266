package archive

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"

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
// retried when a missing event arrives, such as one that their After names. Until then
// snapshots and answers of their stream say so, from their day on: Err is a
// [*timeline.LackingError], unless the archive is [Options].Lenient.
type Live[S, E any] struct {
	archive *Archive[S, E]
	log     eventlog.Log
	codec   eventlog.Codec[E]

	applying sync.Mutex // held by who changes the archive

	identity uuid.UUID // of the log
	unread   *unread   // the streams that are read when they are asked for; nil if there are none

	mu       sync.Mutex // held while one of these is read or changed
	position int64
	last     eventlog.Record               // at that position
	diverged error                         // why nothing more is taken in; nil if it is
	ends     map[string]int64              // the revision of each stream
	moved    chan struct{}                 // closed when the position moves; nil if nobody waits
	parked   map[string][]parked[E]        // of each stream, by position
	waited   map[string]map[uuid.UUID]bool // for what they wait; see waitedFor
}

func newLive[S, E any](a *Archive[S, E], log eventlog.Log, codec eventlog.Codec[E], identity uuid.UUID) *Live[S, E] {
	return &Live[S, E]{archive: a, log: log, codec: codec, identity: identity, ends: map[string]int64{}, parked: map[string][]parked[E]{}, waited: map[string]map[uuid.UUID]bool{}}
}

// ErrNotEmpty says that an archive that is to be opened on a log has events. An Open that failed may have left
// some: make another archive.
var ErrNotEmpty = errors.New("archive: it has events, perhaps of an Open that failed; only an empty one can be opened on a log")

// ErrOnLog says that an archive is open on a log: append to that, with [Live.Append]. What went into the
// archive alone would be in no log.
var ErrOnLog = errors.New("archive: it is open on a log; append to the Live")

// Open reads all that a log holds now into a, which must be empty and from then on
// changes through the Live alone; [Archive.Append] returns [ErrOnLog]. The error is that of the log, or
// [ErrNotEmpty].
func (a *Archive[S, E]) Open(ctx context.Context, log eventlog.Log, codec eventlog.Codec[E]) (*Live[S, E], error) {
	if a.Stats().Events > 0 {
		return nil, ErrNotEmpty
	}
	identity, err := log.Identity(ctx)
	if err != nil {
		return nil, err
	}
	l := newLive(a, log, codec, identity)
	if err := l.readLog(ctx); err != nil {
		return nil, err
	}
	a.onLog.Store(true)
	return l, nil
}

// Follow takes in what is appended to the log, until ctx is cancelled or the log
// fails: the error says why. It can be called again, and goes on where it was.
//
// If the log is not any more the one that the archive has read, such as after an older
// backup was restored, the error matches [eventlog.ErrDiverged]. The archive stays as
// it is, and from then on takes nothing in: open another.
func (l *Live[S, E]) Follow(ctx context.Context) error {
	return l.takeAll(eventlog.FollowFrom(ctx, l.log, l.Cursor()))
}

// CatchUp takes in what the log holds by now. The error is that of [Live.Follow].
func (l *Live[S, E]) CatchUp(ctx context.Context) error {
	return l.takeAll(eventlog.ReadFrom(ctx, l.log, l.Cursor()))
}

func (l *Live[S, E]) takeAll(records iter.Seq2[eventlog.Record, error]) error {
	if err := l.Err(); err != nil {
		return err
	}
	for r, err := range records {
		if err == nil {
			err = checkPosition(r)
		}
		if err != nil {
			return l.failed(err)
		}
		l.apply(r)
	}
	return nil
}

// Err returns why the archive does not take in any more what the log holds: an error
// that matches [eventlog.ErrDiverged] once that was noticed, else nil.
func (l *Live[S, E]) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.diverged
}

// failed notes an error after which nothing more can be taken in.
func (l *Live[S, E]) failed(err error) error {
	if !errors.Is(err, eventlog.ErrDiverged) {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.diverged = err
	l.wake()
	return err
}

// wake wakes those who wait, with l.mu held.
func (l *Live[S, E]) wake() {
	if l.moved != nil {
		close(l.moved)
		l.moved = nil
	}
}

// apply takes in a record, unless somebody else has.
func (l *Live[S, E]) apply(r eventlog.Record) {
	l.applying.Lock()
	defer l.applying.Unlock()
	if r.Position <= l.Position() {
		return
	}
	if !l.unread.has(r.Stream) { // or it comes when the stream is read
		l.use(r)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.position, l.last, l.ends[r.Stream] = r.Position, r, r.Revision
	l.wake()
}

// Position returns the position of the last record that was taken in, or parked.
func (l *Live[S, E]) Position() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.position
}

// Cursor returns how far the archive has read its log.
func (l *Live[S, E]) Cursor() eventlog.Cursor {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.position == 0 {
		return eventlog.Cursor{Log: l.identity}
	}
	return eventlog.CursorAt(l.identity, l.last)
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
// yet. The error matches [eventlog.ErrDiverged] if the log ends before what the archive
// has.
func (l *Live[S, E]) Lag(ctx context.Context) (int64, error) {
	if err := l.Err(); err != nil {
		return 0, err
	}
	position := l.Position()
	end, err := l.log.End(ctx)
	if err == nil {
		err = eventlog.CheckEnd(end, position)
	}
	return max(end-position, 0), l.failed(err)
}

// Wait waits until the archive has reached a position, such as that of an append of another
// program: then it has what was written there. Someone must be in
// [Live.Follow] or [Live.CatchUp] meanwhile. The error is the cause
// of ctx, or that of [Live.Err].
func (l *Live[S, E]) Wait(ctx context.Context, position int64) error {
	for {
		l.mu.Lock()
		if err := l.diverged; err != nil || l.position >= position {
			l.mu.Unlock()
			return err
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
	if err := l.ensure(key); err != nil {
		return unreadSnapshot[S](day, edtf.DistantFuture, err)
	}
	return l.archive.At(key, day)
}

// All is [Archive.All].
func (l *Live[S, E]) All(day edtf.Day) iter.Seq2[string, timeline.Snapshot[S]] {
	if l.unread == nil {
		return l.archive.All(day)
	}
	return func(yield func(string, timeline.Snapshot[S]) bool) {
		l.unreadAll(day, edtf.DistantFuture, l.archive.All(day), yield)
	}
}

// unreadAll reads the streams that are left and calls yield with what all has then. If they
// cannot be read, their snapshots say so.
func (l *Live[S, E]) unreadAll(day, known edtf.Day, all iter.Seq2[string, timeline.Snapshot[S]], yield func(string, timeline.Snapshot[S]) bool) {
	err := l.ensureAll()
	for key, s := range all {
		if !yield(key, s) {
			return
		}
	}
	if err == nil {
		return
	}
	for _, key := range l.unread.names() {
		if !yield(key, unreadSnapshot[S](day, known, err)) {
			return
		}
	}
}

// Keys is [Archive.Keys].
func (l *Live[S, E]) Keys() iter.Seq[string] {
	if l.unread == nil {
		return l.archive.Keys()
	}
	return func(yield func(string) bool) {
		l.mu.Lock()
		keys := slices.Sorted(maps.Keys(l.ends))
		l.mu.Unlock()
		for _, key := range keys {
			if !yield(key) {
				return
			}
		}
	}
}

// Timeline is [Archive.Timeline].
func (l *Live[S, E]) Timeline(key string) (*timeline.Timeline[S, E], bool) {
	if err := l.ensure(key); err != nil {
		return l.archive.unreadTimeline(err), true
	}
	return l.archive.Timeline(key)
}

// KnownOn is [Archive.KnownOn].
func (l *Live[S, E]) KnownOn(day edtf.Day) View[S, E] {
	v := l.archive.KnownOn(day)
	v.live = l
	return v
}

// Stats is [Archive.Stats].
func (l *Live[S, E]) Stats() Stats { return l.archive.Stats() }
