package archive

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Append adds events to the stream with the given key, all of them or, with an
// error, none; the stream need not be there. The error is a [timeline.Faults]: an
// event whose ID the stream has already is a fault, as is one that names events
// that neither the stream nor the call has. IDs count within their stream.
//
// On average the cost of an event does not depend on how long the stream is,
// but for a small part that grows with its logarithm. Nor does it for an event with After
// or Replaces that is the last of those linked to it, alone in its call, and moves none
// of them, but for eight bytes that are copied for each group of linked events in the
// stream. Otherwise the cost of an event with After, Replaces or a Rival grows with
// the number of events linked to it by these. In an archive that is Sequenced see
// [Options]. An archive that is open on a log takes events from there alone, and the error
// is [ErrOnLog].
func (a *Archive[S, E]) Append(key string, events ...timeline.Event[E]) error {
	if a.onLog.Load() {
		return ErrOnLog
	}
	return a.append(key, events, nil)
}

// append adds events, of which positions are those in a log, or nil.
func (a *Archive[S, E]) append(key string, events []timeline.Event[E], positions []int64) error {
	if len(events) == 0 {
		return nil
	}
	a.loading.RLock()
	defer a.loading.RUnlock()
	s := a.streams.get(key)
	if s == nil {
		made := newStream(a, key)
		if err := made.value.append(events, positions); err != nil {
			return err
		}
		if s = a.streams.add(made); s == made {
			return nil
		}
		// somebody was faster
	}
	return s.value.append(events, positions)
}

// append adds events to s, of which positions are those in a log, or nil.
func (s *stream[S, E]) append(events []timeline.Event[E], positions []int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	tx := s.begin()
	for i := range events {
		var position int64
		if positions != nil {
			position = positions[i]
		}
		tx.add(&events[i], position)
	}
	if faults := tx.prepare(); len(faults) > 0 {
		return faults
	}
	tx.commit()
	return nil
}

// tryAppend returns what Append would, for the events that the stream does not
// have yet, and leaves everything as it was.
func (a *Archive[S, E]) tryAppend(key string, events []timeline.Event[E]) error {
	a.loading.RLock()
	defer a.loading.RUnlock()
	s := a.streams.get(key)
	if s == nil {
		s = newStream(a, key)
	}
	return s.value.tryAppend(events)
}

func (s *stream[S, E]) tryAppend(events []timeline.Event[E]) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	tx := s.begin()
	for i := range events {
		if slot, there := findID(&s.ids, &tx.events, events[i].ID); !there || int(slot) >= tx.first {
			e := events[i]
			e.Known, e.Recorded = knownOf(&e), time.Time{} // the instants are those of the log, and none is to be taken
			tx.add(&e, 0)                                  // if it is given twice, that is a fault
		}
	}
	if faults := tx.prepare(); len(faults) > 0 {
		return faults
	}
	tx.rollback()
	return nil
}

// holds returns whether a stream has an event with an ID, as it is now.
func (a *Archive[S, E]) holds(key string) func(uuid.UUID) bool {
	s := a.streams.get(key)
	if s == nil {
		return func(uuid.UUID) bool { return false }
	}
	return func(id uuid.UUID) bool {
		s.value.mu.Lock()
		defer s.value.mu.Unlock()
		_, ok := findID(&s.value.ids, &s.value.current.Load().events, id)
		return ok
	}
}

// hasAll reports whether a stream has events with the IDs of these.
func (a *Archive[S, E]) hasAll(key string, events []timeline.Event[E]) bool {
	if len(events) == 0 {
		return true
	}
	s := a.streams.get(key)
	return s != nil && s.value.hasAll(events)
}

func (s *stream[S, E]) hasAll(events []timeline.Event[E]) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	there := &s.current.Load().events
	return !slices.ContainsFunc(events, func(e timeline.Event[E]) bool {
		_, ok := findID(&s.ids, there, e.ID)
		return !ok
	})
}

// Load adds many events, each with the key of its stream: all of them or, with
// an error, none. The events may come in any order, even those that name
// others. It is meant for what a log holds when a program starts, and much
// cheaper than one [Archive.Append] for each. When all have come they are added
// one stream after the other, during which Append waits and readers find some
// streams loaded and others not. The error holds the faults of every stream, as
// a [StreamError] each; that of an archive that is open on a log is [ErrOnLog].
func (a *Archive[S, E]) Load(events iter.Seq2[string, timeline.Event[E]]) error {
	if a.onLog.Load() {
		return ErrOnLog
	}
	l := newBulkLoad(a)
	for key, e := range events {
		l.stage(key, &e, 0)
	}
	return a.finishLoad(l)
}

func (a *Archive[S, E]) finishLoad(l *bulkLoad[S, E]) error {
	a.loading.Lock()
	defer a.loading.Unlock()
	return l.finish()
}

// A StreamError says what is wrong with the events of one stream.
type StreamError struct {
	Key string
	Err error // a [timeline.Faults]
}

// Error names the stream and the faults.
func (e *StreamError) Error() string { return fmt.Sprintf("stream %q: %v", e.Key, e.Err) }

// Unwrap returns the faults.
func (e *StreamError) Unwrap() error { return e.Err }
