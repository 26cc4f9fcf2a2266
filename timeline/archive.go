package timeline

import (
	"fmt"
	"iter"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Archive is many timelines, one for each stream key. Unlike a [Timeline]
// it changes: [Archive.Append] adds events to a stream, dated before others
// that are there or not. What it answers is what the timeline of the stream's
// events would answer, in the cautious reading; [Archive.Timeline] gives that
// timeline, of which everything else can be asked.
//
// An archive is safe for concurrent use. Who reads waits for no writer and no
// fold of another reader: an answer is of all events of the stream whose Append
// has returned, and of each Append under way all events or none. Streams are
// independent of each other: what is appended to two of them while [Archive.All]
// goes on may show in one and not in the other.
//
// States are folded when they are asked for, kept within the budget of
// [ArchiveOptions], and folded again if they are asked for when they have
// gone. So unlike [New], Append does not report what the fold refuses: the
// snapshots of the days from then on do, in their Err, with the state before
// the refused event. To repair that, append an event that comes between, or one
// that Replaces the refused event.
//
// States are shared by everyone who asks, as those of a [Timeline] are.
type Archive[S, E any] struct {
	rules     rules[S, E]
	cloneData func(E) E // nil if payloads need none
	dates     dates
	streams   *roster[string, stream[S, E]]
	loading   sync.RWMutex // held for writing by Load, for reading by Append
	keeper    keeper[S]
	frames    frames[S, E]
}

// ArchiveOptions are the settings of an [Archive]. The zero value, or nil, is
// the default of each.
type ArchiveOptions[S any] struct {
	// Keep is how many bytes the states that are kept may take, about: what
	// was used least recently goes first. 0 means [DefaultKeep]; with less than
	// 0 none are kept, and every question folds from the first event.
	Keep int64
	// Size returns how many bytes it costs to keep a state, beside one that
	// differs from it by an event. It is asked for some of the states only, and
	// from any number of goroutines. If it is nil, that is measured by walking now and then through two states and
	// counting what they do not share.
	Size func(S) int
}

// DefaultKeep is the budget for states if none is given: 256 MiB.
const DefaultKeep = 256 << 20

// NewArchive returns an archive without events. The error is [ErrNoFold] if
// fold is nil.
func NewArchive[S, E any](fold Fold[S, E], options *ArchiveOptions[S]) (*Archive[S, E], error) {
	if fold == nil {
		return nil, ErrNoFold
	}
	if options == nil {
		options = &ArchiveOptions[S]{}
	}
	a := &Archive[S, E]{
		rules:     rules[S, E]{fold: fold, equal: equalOf[S](), clone: cloneOf[S]()},
		cloneData: cloneOf[E](),
		dates:     newDates(),
		streams:   newRoster[string, stream[S, E]](),
	}
	a.keeper.budget = options.Keep
	if options.Keep == 0 {
		a.keeper.budget = DefaultKeep
	}
	a.keeper.size = options.Size
	a.keeper.leaves, a.keeper.frames = a.leaves, &a.frames
	return a, nil
}

// Append adds events to the stream with the given key, all of them or, with an
// error, none; the stream need not be there. The error is a [Faults]: an event
// whose ID the stream has already is a fault, as is one that names events that
// neither the stream nor the call has. IDs count within their stream.
//
// On average the cost of an event does not depend on how long the stream is,
// but for a small part that grows with its logarithm. An event with After,
// Replaces or a Rival costs in proportion to how many others hang together by
// these.
func (a *Archive[S, E]) Append(key string, events ...Event[E]) error {
	if len(events) == 0 {
		return nil
	}
	a.loading.RLock()
	defer a.loading.RUnlock()
	return a.append(key, events)
}

func (a *Archive[S, E]) append(key string, events []Event[E]) error {
	s := a.streams.get(key)
	for s == nil {
		made := newStream(a, key)
		if err := made.value.append(events); err != nil {
			return err
		}
		if s = a.streams.add(made); s == made {
			return nil
		}
		// somebody was faster
	}
	return s.value.append(events)
}

func (s *stream[S, E]) append(events []Event[E]) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.draft()
	r := recorder[S, E]{archive: s.archive}
	for i := range events {
		d.records.add(r.record(&events[i], &d.extras))
	}
	d.records.pack()
	if faults := d.finish(); len(faults) > 0 {
		return faults
	}
	d.commit()
	return nil
}

// try returns what append would, for the events that the stream does not have
// yet, and leaves everything as it was.
func (a *Archive[S, E]) try(key string, events []Event[E]) error {
	a.loading.RLock()
	defer a.loading.RUnlock()
	s := a.streams.get(key)
	if s == nil {
		s = newStream(a, key)
	}
	return s.value.try(events)
}

func (s *stream[S, E]) try(events []Event[E]) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.draft()
	r := recorder[S, E]{archive: s.archive}
	for i := range events {
		if _, there := findID(&s.ids, &d.records, events[i].ID); !there {
			d.records.add(r.record(&events[i], &d.extras))
		}
	}
	d.records.pack()
	if faults := d.finish(); len(faults) > 0 {
		return faults
	}
	d.undo()
	return nil
}

// Load adds many events, each with the key of its stream: all of them or, with
// an error, none. The events may come in any order, even those that name
// others. It is meant for what a log holds when a program starts, and much
// cheaper than one [Archive.Append] for each. When all have come they are added
// one stream after the other, during which Append waits and readers find some
// streams loaded and others not. The error holds the faults of every stream, as
// a [StreamError] each.
func (a *Archive[S, E]) Load(events iter.Seq2[string, Event[E]]) error {
	l := newLoading(a)
	for key, e := range events {
		l.put(key, &e)
	}
	return a.take(l)
}

func (a *Archive[S, E]) take(l *loading[S, E]) error {
	a.loading.Lock()
	defer a.loading.Unlock()
	return l.finish()
}

// A StreamError says what is wrong with the events of one stream.
type StreamError struct {
	Key string
	Err error // a [Faults]
}

// Error names the stream and the faults.
func (e *StreamError) Error() string { return fmt.Sprintf("stream %q: %v", e.Key, e.Err) }

// Unwrap returns the faults.
func (e *StreamError) Unwrap() error { return e.Err }

// At returns the snapshot of a stream at the end of day: an event dated that
// day counts. A stream that is not there is one without events. At allocates
// nothing if the state is kept, and else folds from the nearest one that is.
func (a *Archive[S, E]) At(key string, day edtf.Day) Snapshot[S, E] {
	return a.at(key, day, edtf.DistantFuture)
}

func (a *Archive[S, E]) at(key string, day, known edtf.Day) Snapshot[S, E] {
	s := a.streams.get(key)
	if s == nil {
		s = newStream(a, key)
	}
	return s.value.current.Load().snapshot(day, known)
}

func (v *version[S, E]) snapshot(day, known edtf.Day) (s Snapshot[S, E]) {
	var r result[S]
	if known == edtf.DistantFuture {
		r = v.state(day)
	} else {
		r = v.stateKnown(day, known)
	}
	v.handTo(&s, r, day, known)
	return s
}

// handTo makes s the snapshot with the state of r.
func (v *version[S, E]) handTo(s *Snapshot[S, E], r result[S], day, known edtf.Day) {
	v.stream.archive.rules.handTo(&s.State, r.state)
	s.On, s.known, s.origin = day, known, v
	if r.err != nil {
		refused := *r.err // the caller's own
		s.Err = &refused
	}
}

// All returns an iterator over the keys of all streams, and the snapshot of
// each at the end of day, in the order in which the streams were first
// appended to. It keeps what it finds for some of the days, as far as a quarter
// of the budget allows, and finds most of it again on days near them.
func (a *Archive[S, E]) All(day edtf.Day) iter.Seq2[string, Snapshot[S, E]] {
	return func(yield func(string, Snapshot[S, E]) bool) { a.all(day, yield) }
}

// Keys returns an iterator over the keys of all streams, in the order in which
// they were first appended to.
func (a *Archive[S, E]) Keys() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, s := range a.streams.all() {
			if !yield(s.key) {
				return
			}
		}
	}
}

// Timeline returns the timeline of the events that a stream has now, or false
// if there is no such stream. As in a view, what the fold refuses shows up in
// snapshots and answers. Making it costs n log n in the number of events.
func (a *Archive[S, E]) Timeline(key string) (*Timeline[S, E], bool) {
	s := a.streams.get(key)
	if s == nil {
		return nil, false
	}
	return s.value.current.Load().asKnown(edtf.DistantFuture), true
}

// KnownOn returns a view of a, in which everything is asked as it could be
// known by the end of day; see [Timeline.KnownOn]. It shows what is appended to
// a later, if it was known by then.
func (a *Archive[S, E]) KnownOn(day edtf.Day) ArchiveView[S, E] { return ArchiveView[S, E]{a, day} }

// An ArchiveView is what could be known of an archive by the end of a day.
type ArchiveView[S, E any] struct {
	archive *Archive[S, E]
	known   edtf.Day
}

// At is [Archive.At] as it could be known then. Days before the first event
// that was not known cost what they cost in the archive; a later day costs
// folding from there.
func (v ArchiveView[S, E]) At(key string, day edtf.Day) Snapshot[S, E] {
	return v.archive.at(key, day, v.known)
}

// All is [Archive.All] as it could be known then.
func (v ArchiveView[S, E]) All(day edtf.Day) iter.Seq2[string, Snapshot[S, E]] {
	return func(yield func(string, Snapshot[S, E]) bool) {
		for _, s := range v.archive.streams.all() {
			if !yield(s.key, s.value.current.Load().snapshot(day, v.known)) {
				return
			}
		}
	}
}

// Timeline is [Archive.Timeline] as it could be known then.
func (v ArchiveView[S, E]) Timeline(key string) (*Timeline[S, E], bool) {
	t, ok := v.archive.Timeline(key)
	if ok {
		t = t.KnownOn(v.known)
	}
	return t, ok
}

// leaves calls yield with every leaf of the current versions.
func (a *Archive[S, E]) leaves(yield func(*node[S]) bool) {
	for _, s := range a.streams.all() {
		if !s.value.current.Load().root.leaves(yield) {
			return
		}
	}
}

// ArchiveStats is how much an archive holds.
type ArchiveStats struct {
	Streams    int
	Events     int
	EventBytes int64 // about what the events take, without what is behind pointers in payloads
	States     int   // how many states are kept
	StateBytes int64 // about what they take, with what [Archive.All] keeps for days: the budget is over this
}

// Stats returns how much a holds now. It goes through all streams.
func (a *Archive[S, E]) Stats() ArchiveStats {
	var stats ArchiveStats
	for _, s := range a.streams.all() {
		v := s.value.current.Load()
		stats.Streams++
		stats.Events += v.records.len()
		stats.EventBytes += v.bytes()
	}
	stats.States, stats.StateBytes = a.keeper.count()
	return stats
}
