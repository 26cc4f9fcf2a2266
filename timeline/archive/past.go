package archive

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// ErrPosition says that an archive has no such position of its log: it is negative, or
// the archive has not got to it yet.
var ErrPosition = errors.New("archive: no such position")

// AsOf returns what the log held when the record at a position was its last; 0 is the empty
// log. It is what an archive would be that was opened on the log as it was then, and does
// not change when more is appended: so [View.All] shows all streams at the same moment.
// The error matches [ErrPosition].
//
// The first question of a View to a stream looks at all its events. If nothing was appended
// to the stream since, others cost what they cost in the archive. Otherwise the events that
// were there are taken in anew, once for each View, and their states are kept beside those
// of the archive, within as many bytes. A View keeps what it has found until it is let go,
// so keep few of them.
func (l *Live[S, E]) AsOf(position int64) (View[S, E], error) {
	if now := l.Position(); position < 0 || position > now {
		return View[S, E]{}, fmt.Errorf("%w: %d, and the archive is at %d", ErrPosition, position, now)
	}
	return l.past(position, math.MaxInt64), nil
}

// RecordedBy returns what the log had recorded by an instant, to the microsecond and with
// what was recorded in it, as far as the archive has read it when it is called; otherwise
// it is [Live.AsOf]. Records of which the log does not know when they were recorded count:
// they are older than those of which it does.
func (l *Live[S, E]) RecordedBy(instant time.Time) View[S, E] {
	return l.past(l.Position(), instant.UnixMicro())
}

func (l *Live[S, E]) past(position, instant int64) View[S, E] {
	a := l.archive
	home := &Archive[S, E]{
		fold: a.fold, cloneState: a.cloneState, cloneData: a.cloneData, options: a.options, dates: a.dates, instants: a.instants,
		streams: newInternTable[string, stream[S, E]](),
	}
	home.inPlace.Store(a.inPlace.Load())
	home.cache.budget = a.cache.budget
	home.cache.init(a.cache.size, home.leaves, &home.snapshots)
	p := &past[S, E]{live: l, position: position, instant: instant, home: home}
	return View[S, E]{archive: a, known: edtf.DistantFuture, then: p, live: l}
}

// A past is what a log held at some time: the records up to a position that were recorded
// by an instant.
type past[S, E any] struct {
	live     *Live[S, E]
	position int64
	instant  int64          // in microseconds
	home     *Archive[S, E] // of streams to which more was appended since
	found    sync.Map       // *pastStream[S, E] by key
}

// A pastStream is what a past has of one stream.
type pastStream[S, E any] struct {
	once sync.Once
	shownStream[S, E]
}

// streams calls yield with the key of each stream that has events, and what there is of it.
func (p *past[S, E]) streams(yield func(string, *pastStream[S, E]) bool) {
	lacking := p.live.archive.lackingNow()
	streams := p.live.archive.streams.all()
	for _, s := range streams {
		if found := p.stream(s.key); found.isThere() && !yield(s.key, found) {
			return
		}
	}
	for _, key := range p.live.archive.unlisted(lacking, len(streams)) {
		if found := p.stream(key); found.isThere() && !yield(key, found) {
			return
		}
	}
}

// isThere reports whether there is anything of the stream, if only what it lacks.
func (s *pastStream[S, E]) isThere() bool {
	return s.version.events.len() > 0 || len(s.lacking) > 0
}

// stream returns what p has of the stream with the given key.
func (p *past[S, E]) stream(key string) *pastStream[S, E] {
	s, ok := p.found.Load(key)
	if !ok {
		s, _ = p.found.LoadOrStore(key, &pastStream[S, E]{})
	}
	found := s.(*pastStream[S, E])
	found.once.Do(func() { p.find(key, found) })
	return found
}

// find finds what p has of a stream. What was parked then may be in the archive now; it was
// taken away from the parked after that, so they are looked at first.
func (p *past[S, E]) find(key string, found *pastStream[S, E]) {
	final, waiting := p.parked(key)
	now := newStream(p.live.archive, key)
	if s := p.live.archive.streams.get(key); s != nil {
		now = s
	}
	found.version = now.value.current.Load()
	if len(waiting) > 0 || !p.hasAll(found.version) {
		found.version, waiting = p.build(key, found.version, waiting)
	}
	lacking := append(final, waiting...)
	slices.SortFunc(lacking, byPosition)
	found.lacking = p.live.lackingOf(lacking)
}

// has reports whether p has a record, of which n is the number.
func (p *past[S, E]) has(n instantNumber) bool {
	if int64(n) > p.position {
		return false
	}
	at := p.live.archive.instants.micro(n)
	return at == noInstant || at <= p.instant
}

// hasAll reports whether p has all events of v.
func (p *past[S, E]) hasAll(v *version[S, E]) bool {
	for i := range int32(v.events.len()) {
		if !p.has(v.extra(i).at) {
			return false
		}
	}
	return true
}

// parked returns the records of a stream that are parked now and that p has: those that
// nothing can help, and those that wait for others.
func (p *past[S, E]) parked(key string) (final, waiting []parked[E]) {
	return splitParked(slices.DeleteFunc(p.live.parkedOf(key), func(r parked[E]) bool {
		at := r.record.Event.Recorded
		return r.record.Position > p.position || !at.IsZero() && at.UnixMicro() > p.instant
	}))
}

// build takes in, at home, those events of v that p has, and the records that wait. It
// returns those that still do.
func (p *past[S, E]) build(key string, v *version[S, E], waiting []parked[E]) (*version[S, E], []parked[E]) {
	records := waiting
	there := map[uuid.UUID]bool{}
	for _, h := range waiting {
		there[h.event.ID] = true
	}
	for i := range int32(v.events.len()) {
		n := v.extra(i).at
		if e := v.event(i); p.has(n) && !there[e.ID] {
			h := parked[E]{event: e}
			h.record.Stream, h.record.Position, h.record.Revision = key, int64(n), e.Seq
			h.record.Event.ID, h.record.Event.Name, h.record.Event.When = e.ID, e.Name, e.When
			h.record.Event.Known, h.record.Event.Recorded = e.Known, e.Recorded
			records = append(records, h)
		}
	}
	slices.SortFunc(records, byPosition)
	left := p.takeInAll(key, records)
	s := p.home.streams.get(key)
	if s == nil {
		s = newStream(p.home, key)
	}
	return s.value.current.Load(), left
}

// takeInAll takes records in at home: all at once, or, if they have faults, one after the
// other, as they came to the log. It returns those that wait for others.
func (p *past[S, E]) takeInAll(key string, records []parked[E]) (waiting []parked[E]) {
	events, positions := make([]timeline.Event[E], len(records)), make([]int64, len(records))
	for i := range records {
		events[i], positions[i] = records[i].event, records[i].record.Position
	}
	if p.home.append(key, events, positions) == nil {
		return nil
	}
	for _, r := range records {
		waiting = takeIn(p.home, key, append(waiting, r))
	}
	return waiting
}
