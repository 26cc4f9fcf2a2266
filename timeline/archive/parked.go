package archive

import (
	"cmp"
	"errors"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// parked is a record that cannot be used, and why.
type parked[E any] struct {
	record eventlog.Record
	event  timeline.Event[E]
	failed *eventlog.RecordError
	final  bool // it will not be tried again
}

// Parked returns the records that are parked and why, by position: those that
// the codec cannot decode, and those that the stream cannot have, such as an
// event that names others that are not there. It has those of streams that were read; see
// [Archive.OpenLazily].
func (l *Live[S, E]) Parked() []*eventlog.RecordError {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []*eventlog.RecordError
	for _, h := range l.parked {
		e := *h.failed
		list = append(list, &e)
	}
	return list
}

// park notes that a record is parked, and why.
func (l *Live[S, E]) park(r eventlog.Record, e timeline.Event[E], err error, final bool) {
	l.parked = append(l.parked, parked[E]{r, e, asRecordError(r, err), final})
	l.tellParked()
}

// tellParked makes what is parked known, by position, with l.mu held.
func (l *Live[S, E]) tellParked() {
	slices.SortFunc(l.parked, func(a, b parked[E]) int { return cmp.Compare(a.record.Position, b.record.Position) })
	l.tellLacking()
}

func asRecordError(r eventlog.Record, err error) *eventlog.RecordError {
	var failed *eventlog.RecordError
	if errors.As(err, &failed) {
		return failed
	}
	return eventlog.NewRecordError(r, err)
}

// parkAll notes that records are parked, which may come before others that are.
func (l *Live[S, E]) parkAll(list []parked[E]) {
	if len(list) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.parked = append(l.parked, list...)
	l.tellParked()
}

// tellLacking makes the archive say which records of its streams are parked, with l.mu
// held.
func (l *Live[S, E]) tellLacking() {
	if l.archive.options.Lenient || len(l.parked) == 0 && l.archive.lacking.Load() == nil {
		return
	}
	lacking := map[string][]*timeline.LackingError{}
	for _, h := range l.parked {
		lacking[h.record.Stream] = append(lacking[h.record.Stream], h.lacking())
	}
	l.archive.lacking.Store(&lacking)
}

// lackingOf returns what a stream lacks of which these records are parked.
func (l *Live[S, E]) lackingOf(records []parked[E]) (lacking []*timeline.LackingError) {
	if l.archive.options.Lenient {
		return nil
	}
	slices.SortFunc(records, func(a, b parked[E]) int { return cmp.Compare(a.record.Position, b.record.Position) })
	for _, h := range records {
		lacking = append(lacking, h.lacking())
	}
	return lacking
}

func (h parked[E]) lacking() *timeline.LackingError {
	e := &h.record.Event
	return &timeline.LackingError{When: e.When, Known: e.KnowledgeTime(), Recorded: e.Recorded, Seq: h.record.Revision, Err: h.failed}
}

// use takes a record into the archive, and with it what is waiting for it, or
// parks it.
func (l *Live[S, E]) use(r eventlog.Record) {
	e, err := eventlog.Decode(l.codec, r)
	if err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.park(r, e, err, true)
		return
	}
	waiting := takeIn(l.archive, r.Stream, append(l.waiting(r.Stream), parked[E]{record: r, event: e}))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.parked = slices.DeleteFunc(l.parked, func(h parked[E]) bool { return h.record.Stream == r.Stream && !h.final })
	l.parked = append(l.parked, waiting...)
	l.tellParked()
}

// waiting returns the records of a stream that are tried again.
func (l *Live[S, E]) waiting(stream string) (list []parked[E]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, h := range l.parked {
		if h.record.Stream == stream && !h.final {
			list = append(list, h)
		}
	}
	return list
}

// takeIn appends records to a stream: all, or without those that have faults, for as long
// as there are some. It returns those.
func takeIn[S, E any](a *Archive[S, E], stream string, list []parked[E]) (left []parked[E]) {
	for len(list) > 0 {
		events, positions := make([]timeline.Event[E], len(list)), make([]int64, len(list))
		for i := range list {
			events[i], positions[i] = list[i].event, list[i].record.Position
		}
		err := a.append(stream, events, positions)
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
			h.failed = eventlog.NewRecordError(h.record, reason)
			left = append(left, h)
		}
		list = rest
	}
	return left
}

// reasonsOf returns the first fault of each event.
func reasonsOf(err error) map[uuid.UUID]error {
	reasons := map[uuid.UUID]error{}
	faults, _ := err.(timeline.Faults)
	for _, f := range faults {
		if reasons[f.ID] == nil {
			reasons[f.ID] = f.Err
		}
	}
	return reasons
}
