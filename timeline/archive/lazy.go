package archive

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// OpenLazily is [Archive.Open] for a log that knows its streams. It reads none of them:
// each is read when it is first asked for, or appended to, and all that are left when
// something asks for all, such as [Live.All]. So a program is ready at once, however long the
// log is, and the first question to a stream waits until that is read. Every answer is what
// it would be in an archive that has read everything.
//
// Streams are read with ctx, and by [Live.Append] and [Live.Decide] with theirs. If one
// cannot be read, snapshots and answers say why in their Err, and the next question tries
// again. [Live.Keys] is in the order of the keys.
func (a *Archive[S, E]) OpenLazily(ctx context.Context, log eventlog.Lister, codec eventlog.Codec[E]) (*Live[S, E], error) {
	if a.Stats().Events > 0 {
		return nil, ErrNotEmpty
	}
	identity, err := log.Identity(ctx)
	if err != nil {
		return nil, err
	}
	streams, err := log.Streams(ctx)
	if err != nil {
		return nil, err
	}
	l := &Live[S, E]{archive: a, log: log, codec: codec, ends: map[string]int64{}, identity: identity}
	l.unread = &unread{ctx: ctx, streams: map[string]bool{}}
	for _, s := range streams {
		l.ends[s.Stream] = s.Revision
		l.position += s.Revision // each record has a position of its own, without gaps
		l.unread.streams[s.Stream] = true
	}
	l.unread.count.Store(int64(len(streams)))
	if l.position == 0 {
		return l, nil
	}
	for r, err := range log.ReadAll(ctx, l.position-1) {
		if err != nil {
			return nil, err
		}
		l.last = r
		return l, checkPosition(r)
	}
	return nil, eventlog.CheckEnd(l.position-1, l.position)
}

// unread is the streams that were not read yet.
type unread struct {
	ctx     context.Context
	count   atomic.Int64
	mu      sync.RWMutex
	streams map[string]bool
}

// has reports whether a stream was not read yet. A nil unread has none.
func (u *unread) has(stream string) bool {
	if u == nil || u.count.Load() == 0 {
		return false
	}
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.streams[stream]
}

// wasRead notes that streams were read.
func (u *unread) wasRead(streams ...string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, stream := range streams {
		delete(u.streams, stream)
	}
	u.count.Store(int64(len(u.streams)))
}

// names returns the streams that were not read yet.
func (u *unread) names() []string {
	if u == nil || u.count.Load() == 0 {
		return nil
	}
	u.mu.RLock()
	defer u.mu.RUnlock()
	return slices.Sorted(maps.Keys(u.streams))
}

// ensure reads a stream if that was not done yet.
func (l *Live[S, E]) ensure(stream string) error {
	if !l.unread.has(stream) {
		return nil
	}
	return l.ensureBy(l.unread.ctx, stream)
}

// ensureBy is ensure for a caller who has a context.
func (l *Live[S, E]) ensureBy(ctx context.Context, stream string) error {
	if !l.unread.has(stream) {
		return nil
	}
	l.applying.Lock()
	defer l.applying.Unlock()
	if !l.unread.has(stream) {
		return nil // somebody was faster
	}
	if err := l.readOne(ctx, stream); err != nil {
		return fmt.Errorf("archive: reading stream %q: %w", stream, err)
	}
	return nil
}

// ensureAll reads all streams that were not read yet, in one pass over the log.
func (l *Live[S, E]) ensureAll() error {
	if len(l.unread.names()) == 0 {
		return nil
	}
	l.applying.Lock()
	defer l.applying.Unlock()
	if len(l.unread.names()) == 0 {
		return nil // somebody was faster
	}
	if err := l.readRest(); err != nil {
		return fmt.Errorf("archive: reading the log: %w", err)
	}
	return nil
}

// readOne reads one stream up to where the archive is, with l.applying held.
func (l *Live[S, E]) readOne(ctx context.Context, stream string) error {
	if err := l.checkLog(ctx); err != nil {
		return err
	}
	if _, err := l.stage(l.log.Read(ctx, stream, 0)); err != nil {
		return err
	}
	l.unread.wasRead(stream)
	return nil
}

// readRest reads all streams that were not read yet up to where the archive is, with
// l.applying held.
func (l *Live[S, E]) readRest() error {
	ctx := l.unread.ctx
	if err := l.checkLog(ctx); err != nil {
		return err
	}
	faulty, err := l.stage(l.log.ReadAll(ctx, 0))
	if err != nil {
		return err
	}
	for _, stream := range l.unread.names() {
		if !slices.Contains(faulty, stream) {
			l.unread.wasRead(stream)
		}
	}
	for _, stream := range faulty {
		if err := l.readOne(ctx, stream); err != nil {
			return err
		}
	}
	return nil
}

// checkLog looks whether the log is the one that the archive has read.
func (l *Live[S, E]) checkLog(ctx context.Context) error {
	for _, err := range eventlog.ReadFrom(ctx, l.log, l.Cursor()) {
		return l.failed(err) // nil for the first record behind it
	}
	return nil
}

// stage takes in those records that are of unread streams, and not behind the position of
// the archive: all of them at once or, if they are of one stream that has faults, one after
// the other as they came. Of several streams those that have faults are left out, and returned.
func (l *Live[S, E]) stage(records iter.Seq2[eventlog.Record, error]) (faulty []string, err error) {
	var taken []eventlog.Record
	var final []parked[E]
	position := l.Position()
	load := newBulkLoad(l.archive)
	streams := map[string]bool{}
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		if r.Position > position {
			break
		}
		if !l.unread.has(r.Stream) {
			continue
		}
		streams[r.Stream] = true
		taken = append(taken, r)
		if e, err := eventlog.Decode(l.codec, r); err != nil {
			final = append(final, parked[E]{record: r, event: e, failed: asRecordError(r, err), final: true})
		} else {
			load.stage(r.Stream, &e, r.Position)
		}
	}
	if err := l.archive.finishLoad(load); err != nil {
		faulty = faultyStreams(err)
		switch {
		case len(faulty) == 0:
			return nil, err
		case len(streams) > 1:
			return faulty, l.stageWithout(faulty, taken)
		}
		for _, r := range taken {
			l.use(r)
		}
		return nil, nil
	}
	l.parkAll(final)
	return nil, nil
}

// stageWithout takes in records but those of some streams.
func (l *Live[S, E]) stageWithout(faulty []string, records []eventlog.Record) error {
	_, err := l.stage(func(yield func(eventlog.Record, error) bool) {
		for _, r := range records {
			if !slices.Contains(faulty, r.Stream) && !yield(r, nil) {
				return
			}
		}
	})
	return err
}

// unreadSnapshot returns the snapshot of a stream that cannot be read.
func unreadSnapshot[S any](on, known edtf.Day, err error) (s timeline.Snapshot[S]) {
	s.On, s.KnownOn, s.Err = on, known, err
	return s
}

// unreadTimeline returns the timeline of a stream that cannot be read: it lacks everything,
// and so does every answer.
func (a *Archive[S, E]) unreadTimeline(err error) *timeline.Timeline[S, E] {
	t, _ := timeline.NewLenient(a.fold) // without events nothing can be wrong
	always := edtf.Between(edtf.DistantPast, edtf.DistantFuture)
	return t.Lacking(&timeline.LackingError{When: always, Known: always, Err: err})
}
