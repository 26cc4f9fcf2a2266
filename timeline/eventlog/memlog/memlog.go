// Package memlog is an [eventlog.Log] in memory. It is the reference for what a
// log does, and a log for tests and for programs that keep nothing.
package memlog

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Log is a log in memory. The zero value is an empty log. It is a
// [eventlog.Finder].
type Log struct {
	// Now is the clock by which events are recorded, in the zone that Recorded is to have.
	// [time.Now] in UTC if it is nil. It must not be changed once the log is in use.
	Now func() time.Time

	mu       sync.RWMutex
	identity uuid.UUID         // zero until it is asked for
	records  []eventlog.Record // that at position p is records[p-1]
	streams  map[string][]int  // the places in records of each stream
	ids      map[uuid.UUID]int // the place in records of each event
	grown    chan struct{}     // closed when records are added; nil if nobody waits
}

var (
	_ eventlog.Finder   = (*Log)(nil)
	_ eventlog.Restorer = (*Log)(nil)
	_ eventlog.Lister   = (*Log)(nil)
)

// Append is [eventlog.Log.Append]. What is appended lasts as long as the log is
// in memory.
func (l *Log) Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[eventlog.Stored]) (eventlog.AppendResult, error) {
	if err := eventlog.CheckAppend(stream, expected, events); err != nil {
		return eventlog.AppendResult{}, err
	}
	if err := context.Cause(ctx); err != nil {
		return eventlog.AppendResult{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	reach, fresh, err := l.split(stream, events)
	if err != nil || len(fresh) == 0 {
		return reach, err
	}
	if actual := int64(len(l.streams[stream])); expected != eventlog.AnyRevision && expected != actual {
		return eventlog.AppendResult{}, &eventlog.ConflictError{Stream: stream, Expected: expected, Actual: actual}
	}
	recorded := l.now()
	for _, e := range fresh {
		e.Recorded = recorded
		reach = reach.Reach(l.add(stream, e))
	}
	l.wake()
	return reach, nil
}

// now returns the time at which something is recorded: not before the last record was.
func (l *Log) now() time.Time {
	now := time.Now().UTC()
	if l.Now != nil {
		now = l.Now()
	}
	now = now.Truncate(time.Microsecond)
	if n := len(l.records); n > 0 && now.Before(l.records[n-1].Event.Recorded) {
		return l.records[n-1].Event.Recorded
	}
	return now
}

// wake wakes those who follow the log.
func (l *Log) wake() {
	if l.grown != nil {
		close(l.grown)
		l.grown = nil
	}
}

// Restore is [eventlog.Restorer.Restore].
func (l *Log) Restore(ctx context.Context, records ...eventlog.Record) (position int64, err error) {
	if err := eventlog.CheckRestore(records); err != nil {
		return 0, err
	}
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range records { // before anything is appended
		if _, _, err := l.split(r.Stream, []timeline.Event[eventlog.Stored]{r.Event}); err != nil {
			return 0, err
		}
	}
	for _, r := range records {
		at, there := l.ids[r.Event.ID]
		if !there {
			at = int(l.add(r.Stream, r.Event).Position) - 1
		}
		position = max(position, int64(at+1))
	}
	l.wake()
	return position, nil
}

// split returns which events are not in the stream yet, and how far the others
// reach.
func (l *Log) split(stream string, events []timeline.Event[eventlog.Stored]) (reach eventlog.AppendResult, fresh []timeline.Event[eventlog.Stored], err error) {
	for _, e := range events {
		i, ok := l.ids[e.ID]
		if !ok {
			fresh = append(fresh, e)
			continue
		}
		holder := l.records[i]
		if holder.Stream != stream || !eventlog.SameEvent(holder.Event, e) {
			return eventlog.AppendResult{}, nil, &eventlog.IDError{ID: e.ID, Name: e.Label(), Holder: copyOf(holder)}
		}
		reach = reach.Reach(holder)
	}
	return reach, fresh, nil
}

// add appends one event.
func (l *Log) add(stream string, e timeline.Event[eventlog.Stored]) eventlog.Record {
	if l.ids == nil {
		l.streams, l.ids = map[string][]int{}, map[uuid.UUID]int{}
	}
	at := len(l.records)
	r := copyOf(eventlog.Record{Position: int64(at + 1), Stream: stream, Revision: int64(len(l.streams[stream]) + 1), Event: e})
	r.Event.Seq = r.Revision
	l.records = append(l.records, r)
	l.streams[stream] = append(l.streams[stream], at)
	l.ids[e.ID] = at
	return r
}

// copyOf returns a record that shares nothing with r, and has no empty slices.
func copyOf(r eventlog.Record) eventlog.Record {
	e := &r.Event
	e.Data = e.Data.Clone()
	e.Cites = append([]timeline.Citation(nil), e.Cites...)
	e.Replaces = append([]uuid.UUID(nil), e.Replaces...)
	e.After = append([]uuid.UUID(nil), e.After...)
	e.Meta = e.Meta.Clone()
	return r
}

// Read is [eventlog.Log.Read].
func (l *Log) Read(ctx context.Context, stream string, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		l.mu.RLock()
		places := l.streams[stream]
		l.mu.RUnlock()
		for i := max(after, 0); i < int64(len(places)); i++ {
			if !l.yield(ctx, yield, places[i]) {
				return
			}
		}
	}
}

// ReadAll is [eventlog.Log.ReadAll].
func (l *Log) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		end, _ := l.End(ctx)
		if err := eventlog.CheckEnd(end, after); err != nil {
			yield(eventlog.Record{}, err)
			return
		}
		for i := max(after, 0); i < end; i++ {
			if !l.yield(ctx, yield, int(i)) {
				return
			}
		}
	}
}

// Follow is [eventlog.Log.Follow].
func (l *Log) Follow(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		end, _ := l.End(ctx)
		if err := eventlog.CheckEnd(end, after); err != nil {
			yield(eventlog.Record{}, err)
			return
		}
		for i := max(after, 0); ; i++ {
			if !l.wait(ctx, i) {
				yield(eventlog.Record{}, context.Cause(ctx))
				return
			}
			if !l.yield(ctx, yield, int(i)) {
				return
			}
		}
	}
}

// yield hands out the i-th record, or the end of ctx.
func (l *Log) yield(ctx context.Context, yield func(eventlog.Record, error) bool, i int) bool {
	if err := context.Cause(ctx); err != nil {
		yield(eventlog.Record{}, err)
		return false
	}
	l.mu.RLock()
	r := l.records[i]
	l.mu.RUnlock()
	return yield(copyOf(r), nil)
}

// wait waits until the i-th record is there, and reports whether it came
// before ctx was cancelled.
func (l *Log) wait(ctx context.Context, i int64) bool {
	for {
		l.mu.Lock()
		if i < int64(len(l.records)) {
			l.mu.Unlock()
			return true
		}
		if l.grown == nil {
			l.grown = make(chan struct{})
		}
		grown := l.grown
		l.mu.Unlock()
		select {
		case <-grown:
		case <-ctx.Done():
			return false
		}
	}
}

// Identity is [eventlog.Log.Identity].
func (l *Log) Identity(context.Context) (uuid.UUID, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.identity == uuid.Nil {
		l.identity = uuid.New()
	}
	return l.identity, nil
}

// End is [eventlog.Log.End].
func (l *Log) End(context.Context) (int64, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return int64(len(l.records)), nil
}

// Streams is [eventlog.Lister.Streams].
func (l *Log) Streams(context.Context) ([]eventlog.StreamEnd, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var list []eventlog.StreamEnd
	for stream, places := range l.streams {
		list = append(list, eventlog.StreamEnd{Stream: stream, Revision: int64(len(places))})
	}
	return list, nil
}

// Find is [eventlog.Finder.Find].
func (l *Log) Find(_ context.Context, ids ...uuid.UUID) ([]eventlog.Record, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var found []eventlog.Record
	seen := map[uuid.UUID]bool{}
	for _, id := range ids {
		if i, ok := l.ids[id]; ok && !seen[id] {
			seen[id] = true
			found = append(found, copyOf(l.records[i]))
		}
	}
	return found, nil
}
