package logtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// A Rewinder puts a log back to its first records, as restoring an older backup does.
type Rewinder func(ctx context.Context, records int64) error

// TestRewound checks that those who read a log notice that it was put back to an older
// state under them: in a loop of Follow, and from a cursor. Open returns a store without
// records, and what puts it back.
func TestRewound(t *testing.T, open func(tb testing.TB) (Store, Rewinder)) {
	t.Helper()
	for _, c := range rewindings {
		t.Run(c.name, func(t *testing.T) {
			store, rewind := open(t)
			if err := c.run(t.Context(), store, rewind); err != nil {
				t.Error(err)
			}
		})
	}
}

// A rewinding is what happens to a log under those who have read six records of it.
type rewinding struct {
	name  string
	back  int64 // so many records are left
	again int   // so many others are appended then, before the loops go on
}

var rewindings = []rewinding{
	{"to a third", 2, 0},
	{"to nothing", 0, 0},
	{"by one record", 5, 0},
	{"and as long again", 3, 3},
	{"and longer than before", 3, 7},
	{"by one record, and longer than before", 5, 2},
}

func (w rewinding) run(ctx context.Context, open Store, rewind Rewinder) error {
	return check{w.name, func(ctx context.Context, s *subject) error { return w.body(ctx, s, rewind) }}.run(ctx, open)
}

func (w rewinding) body(ctx context.Context, s *subject, rewind Rewinder) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 6)...); err != nil {
		return err
	}
	identity, err := s.Identity(ctx)
	if err != nil {
		return err
	}
	records, err := collect(s.ReadAll(ctx, 0))
	if err != nil || len(records) != 6 {
		return fmt.Errorf("%d of 6 records, %v", len(records), err)
	}
	cursor := eventlog.CursorAt(identity, records[5])
	loop := make(chan error, 1)
	seen, goOn := make(chan bool), make(chan bool)
	go func() { loop <- followRewound(ctx, s, seen, goOn) }()
	select {
	case <-seen:
	case err := <-loop:
		return fmt.Errorf("follow ended: %w", err)
	}
	if err := rewind(ctx, w.back); err != nil {
		return fmt.Errorf("putting the log back: %w", err)
	}
	again, err := s.open()
	if err != nil {
		return err
	}
	for n := range w.again {
		if _, err := again.Append(ctx, "s", w.back+int64(n), plain(100+n)); err != nil {
			return fmt.Errorf("append after the log was put back: %w", err)
		}
	}
	close(goOn)
	if w.again > 0 && w.back+int64(w.again) <= 6 {
		// It may not be noticed before there is something behind the sixth record.
		for n := w.again; w.back+int64(n) < 7; n++ {
			if _, err := again.Append(ctx, "s", w.back+int64(n), plain(100+n)); err != nil {
				return err
			}
		}
	}
	select {
	case err := <-loop:
		if !isDiverged(err, 6) {
			return fmt.Errorf("follow ends with %w, want a DivergedError at position 6", err)
		}
	case <-time.After(patience / 4):
		return errors.New("follow does not notice that the log was put back")
	}
	for name, records := range map[string]iter.Seq2[eventlog.Record, error]{
		"ReadFrom": eventlog.ReadFrom(ctx, again, cursor), "FollowFrom": eventlog.FollowFrom(ctx, again, cursor),
	} {
		if list, err := collect(records); len(list) > 0 || !isDiverged(err, 6) {
			return fmt.Errorf("%s gives %d records and %w, want a DivergedError at position 6", name, len(list), err)
		}
	}
	return nil
}

// followRewound reads six records, waits in the body of its loop until the log was put
// back, and goes on. It returns how the loop ends, which must not yield anything more.
func followRewound(ctx context.Context, log eventlog.Log, seen chan<- bool, goOn <-chan bool) error {
	n := 0
	for r, err := range log.Follow(ctx, 0) {
		if err != nil {
			return err
		}
		if n++; n > 6 {
			return fmt.Errorf("it yields %s at position %d of a log that was put back", r.Event.Name, r.Position)
		}
		if n == 6 {
			seen <- true
			<-goOn
		}
	}
	return errors.New("it ends without an error")
}

// A Rewindable is a log in memory that can be put back to an older state, for tests of
// what reads logs. The zero value is an empty log.
type Rewindable struct {
	mu       sync.Mutex
	log      memlog.Log
	current  *memlog.Log // in place of log once it was put back
	identity uuid.UUID
}

func (l *Rewindable) now() *memlog.Log {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		l.current = &l.log
	}
	return l.current
}

// Rewind is a [Rewinder].
func (l *Rewindable) Rewind(ctx context.Context, records int64) error {
	var older memlog.Log
	for r, err := range l.now().ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		if r.Position > records {
			break
		}
		if _, err := older.Restore(ctx, r); err != nil {
			return err
		}
	}
	if _, err := l.Identity(ctx); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current = &older
	return nil
}

// Append is [eventlog.Log.Append].
func (l *Rewindable) Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[eventlog.Stored]) (eventlog.AppendResult, error) {
	return l.now().Append(ctx, stream, expected, events...)
}

// Read is [eventlog.Log.Read].
func (l *Rewindable) Read(ctx context.Context, stream string, after int64) iter.Seq2[eventlog.Record, error] {
	return l.now().Read(ctx, stream, after)
}

// ReadAll is [eventlog.Log.ReadAll].
func (l *Rewindable) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return l.now().ReadAll(ctx, after)
}

// Follow is [eventlog.Log.Follow]. It looks every millisecond.
func (l *Rewindable) Follow(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for c := (eventlog.Cursor{Position: max(after, 0)}); ; {
			for r, err := range eventlog.ReadFrom(ctx, l, c) {
				if !yield(r, err) || err != nil {
					return
				}
				c = eventlog.CursorAt(uuid.Nil, r)
			}
			select {
			case <-ctx.Done():
				yield(eventlog.Record{}, context.Cause(ctx))
				return
			case <-time.After(time.Millisecond):
			}
		}
	}
}

// End is [eventlog.Log.End].
func (l *Rewindable) End(ctx context.Context) (int64, error) { return l.now().End(ctx) }

// Identity is [eventlog.Log.Identity]: what is put back is the same log.
func (l *Rewindable) Identity(ctx context.Context) (uuid.UUID, error) {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.identity == uuid.Nil {
		var err error
		if l.identity, err = now.Identity(ctx); err != nil {
			return uuid.Nil, err
		}
	}
	return l.identity, nil
}
