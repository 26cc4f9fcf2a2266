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
// [Archive.OpenLazily]. A record that others may wait for costs one more try of all that wait in its stream.
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
	lacking := l.lackingChanged()
	for stream, records := range streams {
		if len(records) == 0 {
			delete(l.parked, stream)
			delete(l.waited, stream)
			delete(lacking, stream)
			continue
		}
		slices.SortFunc(records, byPosition)
		l.parked[stream], l.waited[stream], lacking[stream] = records, waitedFor(records), l.lackingOf(records)
	}
	l.publish(lacking)
}

// lackingChanged returns a copy of what streams lack, to be changed and published.
func (l *Live[S, E]) lackingChanged() map[string][]*timeline.LackingError {
	lacking := maps.Clone(l.archive.lackingNow())
	if lacking == nil {
		lacking = map[string][]*timeline.LackingError{}
	}
	return lacking
}

func (l *Live[S, E]) publish(lacking map[string][]*timeline.LackingError) {
	if !l.archive.options.Lenient {
		l.archive.lacking.Store(&lacking)
	}
}

// parkMore notes that records are parked, beside those that are. One that comes behind the others of its stream,
// as most do, costs no look at these.
func (l *Live[S, E]) parkMore(records []parked[E]) {
	if len(records) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lacking := l.lackingChanged()
	unsorted := map[string]bool{}
	for _, p := range records {
		stream := p.record.Stream
		there := l.parked[stream]
		unsorted[stream] = unsorted[stream] || len(there) > 0 && byPosition(there[len(there)-1], p) > 0
		l.parked[stream] = append(there, p)
		if l.waited[stream] == nil {
			l.waited[stream] = map[uuid.UUID]bool{}
		}
		p.addWaited(l.waited[stream])
		lacking[stream] = append(lacking[stream], l.lackingOf([]parked[E]{p})...)
	}
	for stream, is := range unsorted {
		if is {
			slices.SortFunc(l.parked[stream], byPosition)
			lacking[stream] = l.lackingOf(l.parked[stream])
		}
	}
	l.publish(lacking)
}

// waitedFor returns the IDs that some records wait for. The zero ID stands for those that wait for something else, and
// are tried again with each record.
func waitedFor[E any](records []parked[E]) map[uuid.UUID]bool {
	ids := map[uuid.UUID]bool{}
	for _, p := range records {
		p.addWaited(ids)
	}
	return ids
}

func (p *parked[E]) addWaited(ids map[uuid.UUID]bool) {
	switch {
	case p.final:
	case errors.Is(p.failed, timeline.ErrUnknown):
		for _, id := range slices.Concat(p.event.After, p.event.Replaces) {
			ids[id] = true
		}
	default:
		ids[uuid.Nil] = true
	}
}

// isWaitedFor reports whether a record of a stream may wait for an event.
func (l *Live[S, E]) isWaitedFor(stream string, id uuid.UUID) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waited[stream][id] || l.waited[stream][uuid.Nil]
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
// parks it.
func (l *Live[S, E]) use(r eventlog.Record) {
	e, err := eventlog.Decode(l.codec, r)
	switch {
	case err != nil:
		l.parkMore([]parked[E]{{r, e, asRecordError(r, err), true}})
	case !l.isWaitedFor(r.Stream, e.ID):
		l.parkMore(takeIn(l.archive, r.Stream, []parked[E]{{record: r, event: e}}))
	default:
		final, waiting := splitParked(l.parkedOf(r.Stream))
		left := takeIn(l.archive, r.Stream, append(waiting, parked[E]{record: r, event: e}))
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
// as there are some. It returns those. Records that name others which are neither there nor among them are
// found at once, with those that wait for them.
func takeIn[S, E any](a *Archive[S, E], stream string, list []parked[E]) (left []parked[E]) {
	list, left = withoutMissing(a.holds(stream), list)
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
		var more []parked[E]
		list, more = withoutMissing(a.holds(stream), rest)
		left = append(left, more...)
	}
	return left
}

// withoutMissing parts the records that name no others but such as are there or among those that name no others, and
// so on, from those that do.
func withoutMissing[E any](there func(uuid.UUID) bool, list []parked[E]) (good, missing []parked[E]) {
	waiting := map[uuid.UUID][]int{} // for an event of the list
	among := make(map[uuid.UUID]bool, len(list))
	for i := range list {
		among[list[i].event.ID] = true
	}
	var out []int
	isOut := make([]bool, len(list))
	for i := range list {
		for _, id := range slices.Concat(list[i].event.After, list[i].event.Replaces) {
			switch {
			case there(id):
			case among[id]:
				waiting[id] = append(waiting[id], i)
			case !isOut[i]:
				isOut[i], out = true, append(out, i)
			}
		}
	}
	for ; len(out) > 0; out = out[1:] {
		id := list[out[0]].event.ID
		among[id] = false
		for _, i := range waiting[id] {
			if !isOut[i] {
				isOut[i], out = true, append(out, i)
			}
		}
	}
	has := func(id uuid.UUID) bool { return there(id) || among[id] }
	for i, p := range list {
		if !isOut[i] {
			good = append(good, p)
			continue
		}
		p.failed = eventlog.NewRecordError(p.record, firstFault(&p.event, has))
		missing = append(missing, p)
	}
	return good, missing
}

// firstFault returns the first thing that is wrong with an event by itself.
func firstFault[E any](e *timeline.Event[E], has func(uuid.UUID) bool) error {
	for _, err := range e.Check(has) {
		return err
	}
	return nil
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
