package natslog

import (
	"context"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Append is [eventlog.Log.Append]. While the servers choose a leader it waits, as long as
// [Options].Patience. The error is [ErrTooMany] if the servers do not take so many at once.
func (l *Log) Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[eventlog.Stored]) (eventlog.AppendResult, error) {
	if err := eventlog.CheckAppend(stream, expected, events); err != nil {
		return eventlog.AppendResult{}, err
	}
	records := make([]eventlog.Record, len(events))
	for i, e := range events {
		records[i] = eventlog.Record{Stream: stream, Event: e}
	}
	return l.write(ctx, &write{records: records, expected: expected})
}

// Restore is [eventlog.Restorer.Restore].
func (l *Log) Restore(ctx context.Context, records ...eventlog.Record) (int64, error) {
	if err := eventlog.CheckRestore(records); err != nil {
		return 0, err
	}
	a, err := l.write(ctx, &write{records: records, expected: eventlog.AnyRevision, restores: true})
	return a.Position, err
}

// A write is what one call appends.
type write struct {
	records  []eventlog.Record // of which the streams and events count
	expected int64             // where the stream must stand, if there is one alone
	restores bool              // the times of recording are kept
	careful  bool              // it may have been done already, by an attempt whose outcome is not known, or by others
}

// A head is the end of a stream.
type head struct {
	seq      uint64 // of the message
	revision int64
}

func (l *Log) write(ctx context.Context, w *write) (reach eventlog.AppendResult, err error) {
	if err := context.Cause(ctx); err != nil || len(w.records) == 0 {
		return eventlog.AppendResult{}, err
	}
	err = l.patiently(ctx, func() (err error) {
		reach, err = l.attempt(ctx, w)
		w.careful = true
		return err
	})
	if err != nil {
		return eventlog.AppendResult{}, err
	}
	l.wake()
	return reach, nil
}

// attempt appends what is not there yet. Mostly nothing is, and then it costs one request.
// Only when that was refused, or the stream does not stand where it is expected to, is it
// looked for what is there: after the heads are known, in a state that is not older, so that
// a stream that has moved on because of an earlier attempt is no conflict.
func (l *Log) attempt(ctx context.Context, w *write) (reach eventlog.AppendResult, err error) {
	heads, err := l.headsOf(ctx, w, w.careful)
	if err != nil {
		return reach, err
	}
	if !w.careful && !w.stands(heads) {
		if heads, err = l.headsOf(ctx, w, true); err != nil {
			return reach, err
		}
	}
	fresh := w.records
	if w.careful || !w.stands(heads) {
		if reach, fresh, err = l.split(ctx, w.records); err != nil || len(fresh) == 0 {
			return reach, err
		}
		if !w.stands(heads) {
			stream := w.records[0].Stream
			return eventlog.AppendResult{}, &eventlog.ConflictError{Stream: stream, Expected: w.expected, Actual: heads[stream].revision}
		}
	}
	added, err := l.publish(ctx, fresh, heads, w.restores)
	if err != nil {
		return eventlog.AppendResult{}, err
	}
	return eventlog.AppendResult{Revision: max(reach.Revision, added.Revision), Position: max(reach.Position, added.Position)}, nil
}

// stands reports whether the stream stands where it is expected to.
func (w *write) stands(heads map[string]head) bool {
	return w.expected == eventlog.AnyRevision || heads[w.records[0].Stream].revision == w.expected
}

// headsOf returns where the streams of w end: as this Log last saw it, or anew.
func (l *Log) headsOf(ctx context.Context, w *write, anew bool) (map[string]head, error) {
	heads := map[string]head{}
	for i := range w.records {
		stream := w.records[i].Stream
		if _, ok := heads[stream]; ok {
			continue
		}
		h, ok := l.seen(stream)
		if anew || !ok {
			var err error
			if h, err = l.head(ctx, stream); err != nil {
				return nil, err
			}
			l.saw(stream, h)
		}
		heads[stream] = h
	}
	return heads, nil
}

const mostHeads = 1 << 14

func (l *Log) seen(stream string) (head, bool) {
	reconnects := l.conn.Stats().Reconnects
	l.mu.Lock()
	defer l.mu.Unlock()
	if reconnects != l.reconnects { // the servers may have been put back meanwhile
		l.reconnects = reconnects
		clear(l.heads)
	}
	h, ok := l.heads[stream]
	return h, ok
}

func (l *Log) saw(stream string, h head) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, there := l.heads[stream]; !there && len(l.heads) >= mostHeads {
		for other := range l.heads {
			delete(l.heads, other) // any
			break
		}
	}
	l.heads[stream] = h
}

// head looks up where a stream ends.
func (l *Log) head(ctx context.Context, stream string) (head, error) {
	last, err := l.lastOf(ctx, l.recordSubject(stream))
	s, ok := last[l.recordSubject(stream)]
	if err != nil || !ok {
		return head{}, err
	}
	r, err := l.record(&s)
	return head{s.seq, r.Revision}, err
}

// split returns which records are not there yet, and how far the others reach.
func (l *Log) split(ctx context.Context, records []eventlog.Record) (reach eventlog.AppendResult, fresh []eventlog.Record, err error) {
	ids := make([]uuid.UUID, len(records))
	for i := range records {
		ids[i] = records[i].Event.ID
	}
	found, err := l.find(ctx, ids)
	if err != nil {
		return reach, nil, err
	}
	for _, r := range records {
		holder, ok := found[r.Event.ID]
		switch {
		case !ok:
			fresh = append(fresh, r)
		case holder.Stream != r.Stream || !eventlog.SameEvent(holder.Event, r.Event):
			return eventlog.AppendResult{}, nil, &eventlog.IDError{ID: r.Event.ID, Name: r.Event.Label(), Holder: holder}
		default:
			reach = reach.Reach(holder)
		}
	}
	return reach, fresh, nil
}

// whenGrown returns a channel that is closed when this Log has appended.
func (l *Log) whenGrown() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grown == nil {
		l.grown = make(chan struct{})
	}
	return l.grown
}

// wake wakes the followers of this Log, and those of others.
func (l *Log) wake() {
	_ = l.conn.Publish(l.wakeSubject(), nil) // whoever does not hear it looks now and then
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grown != nil {
		close(l.grown)
		l.grown = nil
	}
}
