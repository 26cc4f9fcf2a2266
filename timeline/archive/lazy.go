package archive

import (
	"context"
	"fmt"
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
// Streams are read with ctx, which must last as long as the Live, and by [Live.Append] and
// [Live.Decide] with theirs. They are read one at a time, and what follows the log waits
// meanwhile. If one cannot be read, snapshots and answers say why in their Err, and the next
// question tries again. Ask the Live and not a, in which a stream that was not read has no
// events. [Live.Keys] is in the order of the keys.
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
	l := newLive(a, log, codec, identity)
	l.unread = &unread{ctx: ctx, streams: map[string]bool{}}
	for _, s := range streams {
		l.ends[s.Stream] = s.Revision
		l.position += s.Revision // each record has a position of its own, without gaps
		l.unread.streams[s.Stream] = true
	}
	l.unread.count.Store(int64(len(streams)))
	if l.position == 0 {
		a.onLog.Store(true)
		return l, nil
	}
	for r, err := range log.ReadAll(ctx, l.position-1) {
		if err != nil {
			return nil, err
		}
		if err := checkPosition(r); err != nil {
			return nil, err
		}
		l.last = r
		a.onLog.Store(true)
		return l, nil
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
	faulty, err := l.loadAll(upTo(l.Position(), l.log.Read(ctx, stream, 0)))
	if err == nil && faulty[stream] {
		err = l.useStream(ctx, stream)
	}
	if err != nil {
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
	faulty, err := l.loadAll(func(yield func(eventlog.Record, error) bool) {
		for r, err := range upTo(l.Position(), l.log.ReadAll(ctx, 0)) {
			if (err != nil || l.unread.has(r.Stream)) && !yield(r, err) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	l.unread.wasRead(slices.DeleteFunc(l.unread.names(), func(stream string) bool { return faulty[stream] })...)
	for stream := range faulty {
		if err := l.useStream(ctx, stream); err != nil {
			return err
		}
		l.unread.wasRead(stream)
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
