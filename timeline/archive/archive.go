package archive

import (
	"iter"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Archive is many timelines, one for each stream key. Unlike a
// [timeline.Timeline] it changes: [Archive.Append] adds events to a stream, dated
// before others that are there or not. It answers for the baseline what the
// timeline of the stream's events would answer; [Archive.Timeline] gives that
// timeline, of which everything else can be asked.
//
// An archive is safe for concurrent use. A read waits for no writer and for no
// fold of another reader. It sees every completed Append, and a concurrent one
// entirely or not at all. Streams are independent of each other: what is appended
// to two of them while [Archive.All] goes on may show in one and not in the other.
//
// States are folded when they are asked for, kept within the budget of
// [Options], and folded again if they are asked for when they have gone. So
// unlike [timeline.New], Append does not report what the fold refuses: the
// snapshots of the days from then on do, in their Err, with the state before
// the refused event. To repair that, append an event that comes between, or one
// that Replaces the refused event.
//
// States are shared by everyone who asks, as those of a [timeline.Timeline] are.
type Archive[S, E any] struct {
	fold       timeline.Fold[S, E]
	cloneState func(S) S // nil if states need none
	cloneData  func(E) E // nil if payloads need none

	dataMayBeNil bool // payloads are of an interface type

	options   Options[S]
	dates     dates
	instants  *instants
	streams   *internTable[string, stream[S, E]]
	loading   sync.RWMutex // held for writing by Load, for reading by Append
	cache     stateCache[S]
	snapshots daySnapshots[S, E]
	onLog     atomic.Bool                                         // whether it takes events from a log alone
	inPlace   atomic.Pointer[InPlace[S, E]]                       // nil if states are made by fold
	lacking   atomic.Pointer[map[string][]*timeline.LackingError] // by stream; nil if none are
}

// Options are the settings of an [Archive]. The zero value, or nil, is the
// default of each.
type Options[S any] struct {
	// CacheBytes is about how many bytes the states that are kept may take: the
	// least recently used go first. 0 means [DefaultCacheBytes]; with less than 0
	// none are kept, and every question folds from the first event. The question that
	// fills the budget looks at every stream, to let an eighth of it go: give at least
	// a kilobyte for each stream that is asked for again and again.
	CacheBytes int64
	// Size returns the bytes that a state takes, itself included, when its neighbour,
	// one event away, is also kept: what they share does not count. It is called for some of the states only, and from any number
	// of goroutines. If it is nil, now and then two states are walked through and
	// what they do not share is counted.
	Size func(S) int
	// Sequenced says that the sequence order of each stream is authoritative, as
	// that of an event-sourced log: see [timeline.Timeline.Sequenced]. Events whose
	// windows overlap, unless both are exact days, are then worked out together. An
	// append looks at all events of its stream that are not dated to a day; if it is not
	// either, at all events of the stream.
	Sequenced bool
	// Lenient says that the snapshots of a stream do not say in Err that the archive of a
	// log could not use one of its records; see [Live.Parked].
	Lenient bool
	// Coverage is what the sources of every stream speak about. Timelines of the
	// archive have it; snapshots do not depend on it.
	Coverage []timeline.Coverage
}

// DefaultCacheBytes is the budget for states if none is given: 256 MiB.
const DefaultCacheBytes = 256 << 20

// New returns an archive without events. The error is [timeline.ErrNoFold] if
// fold is nil.
func New[S, E any](fold timeline.Fold[S, E], options *Options[S]) (*Archive[S, E], error) {
	if fold == nil {
		return nil, timeline.ErrNoFold
	}
	if options == nil {
		options = &Options[S]{}
	}
	a := &Archive[S, E]{
		fold: fold, cloneState: value.Cloner[S](), cloneData: value.Cloner[E](), options: *options,
		dataMayBeNil: reflect.TypeFor[E]().Kind() == reflect.Interface,
		dates:        newDates(), instants: new(instants), streams: newInternTable[string, stream[S, E]](),
	}
	a.cache.budget = options.CacheBytes
	if options.CacheBytes == 0 {
		a.cache.budget = DefaultCacheBytes
	}
	a.cache.init(options.Size, a.leaves, &a.snapshots)
	return a, nil
}

// At returns the snapshot of a stream at the end of day: an event dated that
// day counts. A stream that is not there is one without events. At allocates
// nothing if the state is kept, and else folds from the nearest one that is.
func (a *Archive[S, E]) At(key string, day edtf.Day) timeline.Snapshot[S] {
	v, lacking := a.version(key)
	snapshot := v.snapshot(day, edtf.DistantFuture)
	note(&snapshot, lacking)
	return snapshot
}

// version returns the current version of a stream, and what it lacks.
func (a *Archive[S, E]) version(key string) (v *version[S, E], lacking []*timeline.LackingError) {
	lacking = a.lackingNow()[key] // before the stream is read
	s := a.streams.get(key)
	if s == nil {
		s = newStream(a, key)
	}
	return s.value.current.Load(), lacking
}

// Keys returns an iterator over the keys of all streams, in the order in which
// they were first appended to.
func (a *Archive[S, E]) Keys() iter.Seq[string] {
	return func(yield func(string) bool) {
		lacking := a.lackingNow()
		streams := a.streams.all()
		for _, s := range streams {
			if !yield(s.key) {
				return
			}
		}
		for _, key := range a.unlisted(lacking, len(streams)) {
			if !yield(key) {
				return
			}
		}
	}
}

// Timeline returns the timeline of the events that a stream has now, or false
// if there is no such stream. It is lenient: what the fold refuses shows up in
// snapshots and answers. Making it costs n log n in the number of events, and
// the first question to it the fold of all.
func (a *Archive[S, E]) Timeline(key string) (*timeline.Timeline[S, E], bool) {
	lacks := a.lackingNow()[key] // before the stream is read
	s := a.streams.get(key)
	switch {
	case s == nil && len(lacks) == 0:
		return nil, false
	case s == nil:
		s = newStream(a, key)
	}
	return s.value.current.Load().timeline().Lacking(lacks...), true
}

// KnownOn returns a view of a, in which everything is asked as it could be
// known by the end of day; see [timeline.Timeline.KnownOn]. It shows what is
// appended to a later, if it was known by then.
func (a *Archive[S, E]) KnownOn(day edtf.Day) View[S, E] { return View[S, E]{archive: a, known: day} }

// leaves calls yield with every leaf of the current versions.
func (a *Archive[S, E]) leaves(yield func(*node[S]) bool) {
	for _, s := range a.streams.all() {
		if !s.value.current.Load().root.leaves(yield) {
			return
		}
	}
}
