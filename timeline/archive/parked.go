package archive

import (
	"cmp"
	"errors"
	"maps"
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
// [Archive.OpenLazily]. Each record that comes to a stream costs one more try of those that
// wait there for others.
func (l *Live[S, E]) Parked() []*eventlog.RecordError {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []parked[E]
	for _, records := range l.parked {
		all = append(all, records...)
	}
	slices.SortFunc(all, byPosition)
	var list []*eventlog.RecordError
	for _, p := range all {
		e := *p.failed
		list = append(list, &e)
	}
	return list
}

// byPosition is the order in which the log has the records of a stream.
func byPosition[E any](a, b parked[E]) int {
	return cmp.Compare(a.record.Position, b.record.Position)
}

func asRecordError(r eventlog.Record, err error) *eventlog.RecordError {
	var failed *eventlog.RecordError
	if errors.As(err, &failed) {
		return failed
	}
	return eventlog.NewRecordError(r, err)
}

// parkedOf returns what is parked of a stream.
func (l *Live[S, E]) parkedOf(stream string) []parked[E] {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.parked[stream])
}

// setParked replaces what is parked of some streams, and makes the archive say what they
// lack. It costs a copy of the table of all streams of which something is parked.
func (l *Live[S, E]) setParked(streams map[string][]parked[E]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lacking := maps.Clone(l.archive.lackingNow())
	if lacking == nil {
		lacking = map[string][]*timeline.LackingError{}
	}
	for stream, records := range streams {
		if len(records) == 0 {
			delete(l.parked, stream)
			delete(lacking, stream)
			continue
		}
		slices.SortFunc(records, byPosition)
		l.parked[stream] = records
		lacking[stream] = l.lackingOf(records)
	}
	if !l.archive.options.Lenient {
		l.archive.lacking.Store(&lacking)
	}
}

// parkMore notes that records are parked, beside those that are.
func (l *Live[S, E]) parkMore(records []parked[E]) {
	if len(records) == 0 {
		return
	}
	streams := map[string][]parked[E]{}
	for _, p := range records {
		stream := p.record.Stream
		if _, ok := streams[stream]; !ok {
			streams[stream] = l.parkedOf(stream)
		}
		streams[stream] = append(streams[stream], p)
	}
	l.setParked(streams)
}

// lackingOf returns what a stream lacks of which these records are parked.
func (l *Live[S, E]) lackingOf(records []parked[E]) (lacking []*timeline.LackingError) {
	if l.archive.options.Lenient {
		return nil
	}
	for _, p := range records {
		lacking = append(lacking, p.lacking())
	}
	return lacking
}

func (p parked[E]) lacking() *timeline.LackingError {
	e := &p.record.Event
	return &timeline.LackingError{When: e.When, Known: e.KnowledgeTime(), Recorded: e.Recorded, Seq: p.record.Revision, Err: p.failed}
}

// use takes a record into the archive, and with it what is waiting for it, or
// parks it. It tries all that wait in the stream once more.
func (l *Live[S, E]) use(r eventlog.Record) {
	e, err := eventlog.Decode(l.codec, r)
	if err != nil {
		l.parkMore([]parked[E]{{r, e, asRecordError(r, err), true}})
		return
	}
	there := l.parkedOf(r.Stream)
	final, waiting := splitParked(there)
	left := takeIn(l.archive, r.Stream, append(waiting, parked[E]{record: r, event: e}))
	if len(there)+len(left) > 0 {
		l.setParked(map[string][]parked[E]{r.Stream: append(final, left...)})
	}
}

// splitParked returns the records that nothing can help, and those that are tried again.
func splitParked[E any](records []parked[E]) (final, waiting []parked[E]) {
	for _, p := range records {
		if p.final {
			final = append(final, p)
		} else {
			waiting = append(waiting, p)
		}
	}
	return final, waiting
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
		for i, p := range list {
			reason, ok := reasons[p.event.ID]
			if !ok && i == len(list)-1 && len(rest) == i {
				reason, ok = err, true // no fault names one of them: it must be the newest. So each round takes one out
			}
			if !ok {
				rest = append(rest, p)
				continue
			}
			p.failed = eventlog.NewRecordError(p.record, reason)
			left = append(left, p)
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
