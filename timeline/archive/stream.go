package archive

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A stream is one history of an archive. Readers take its current version and
// need nothing else; writers, one at a time, make the next version.
type stream[S, E any] struct {
	current atomic.Pointer[version[S, E]]
	archive *Archive[S, E]

	mu           sync.Mutex // held while writing; what follows is the writer's
	ids          idIndex
	related      *relations
	transactions uint64
}

// linked says of an event in which component it is, and which of its positions it has: -1
// if it does not count.
type linked struct {
	owner *owner
	at    int32
}

func (l linked) counts() bool { return l.at >= 0 }

// position returns where the event stands, which counts.
func (l linked) position() position { return l.owner.component.positions[l.at] }

// An owner is the component that some events are in now, for the writer.
type owner struct{ component *component }

// A version is what a stream was at some time. It is never changed.
type version[S, E any] struct {
	stream *stream[S, E]
	root   *node[S]
	leaf   node[S] // the root, if that is a leaf: most streams are short
	events compactEvents[E]
	rare   *rareParts // nil if it has none

	undecided atomic.Pointer[undecidedIndex] // made when it is first asked for
}

// newStream returns an entry for a stream without events.
func newStream[S, E any](a *Archive[S, E], key string) *entry[string, stream[S, E]] {
	e := &entry[string, stream[S, E]]{key: key}
	e.value.archive = a
	v := &version[S, E]{stream: &e.value}
	v.root = &v.leaf
	e.value.current.Store(v)
	return e
}

func (v *version[S, E]) cache() *stateCache[S] { return &v.stream.archive.cache }

// event returns the event at slot. It shares its slices with v.
func (v *version[S, E]) event(slot int32) (e timeline.Event[E]) {
	v.eventInto(slot, &e)
	return e
}

// eventInto makes e the event at slot. It sets all that most events have, so that only that may
// be set before: ID, Seq, When, Known, Data and Recorded. It reports whether it has set more. The
// slices of e are those of v.
func (v *version[S, E]) eventInto(slot int32, e *timeline.Event[E]) (detailed bool) {
	c := v.events.at(slot)
	dates := v.stream.archive.dates
	e.ID, e.Seq, e.When, e.Data, e.Known = c.id, c.seq, dates.date(c.when), c.data, edtf.Date{}
	if c.known != 0 {
		e.Known = dates.date(c.known)
	}
	x := v.extra(slot)
	e.Recorded = v.stream.archive.instants.time(x.at)
	if x.details&ownKnown == 0 && !e.Recorded.IsZero() && edtf.DayOf(e.Recorded).Date() == e.Known {
		e.Known = edtf.Date{} // Recorded says so already
	}
	if x.details.place() == 0 {
		return false
	}
	d := &v.rare.details[x.details.place()-1]
	e.Name = d.name
	if d.rareDetails != nil {
		e.Note, e.Rival, e.Cites, e.Replaces, e.After = d.note, d.rival, d.cites, d.replaces(), d.after()
		e.Rank, e.Retraction, e.Meta = d.rank, d.retraction, d.meta
	}
	return true
}

// step folds the event at slot.
func (v *version[S, E]) step(s S, slot int32) (S, error) {
	return v.stream.archive.fold(s, v.event(slot))
}

// refusal says that the fold refuses the event at slot.
func (v *version[S, E]) refusal(slot int32, day edtf.Day, err error) *timeline.FoldError {
	e := v.event(slot)
	return &timeline.FoldError{ID: e.ID, Name: e.Label(), Day: day, Err: err}
}

// window returns the first and the last day on which the event at slot may have happened.
func (v *version[S, E]) window(slot int32) worlds.Range {
	return v.stream.archive.dates.bounds(v.events.at(slot).when)
}

// A position is where an event stands in the baseline.
type position struct {
	day    edtf.Day // its latest day
	known  edtf.Day // the last day on which it may become known
	slot   int32    // which event it is
	anchor int32    // the event whose place in the sequence it has: its own, or one that it comes after
	order  int32    // among those with the same anchor
}

// ownPosition returns where an event stands that is linked to no other.
func (v *version[S, E]) ownPosition(slot int32) position {
	c := v.events.at(slot)
	dates := v.stream.archive.dates
	p := position{day: dates.bounds(c.when).Last, slot: slot, anchor: slot}
	p.known = p.day
	if c.known != 0 {
		p.known = dates.bounds(c.known).Last
	}
	return p
}

// compareSeq compares the events at two slots in sequence order.
func (v *version[S, E]) compareSeq(a, b int32) int {
	if a == b {
		return 0
	}
	x, y := v.events.at(a), v.events.at(b)
	if c := cmp.Compare(x.seq, y.seq); c != 0 {
		return c
	}
	return slices.Compare(x.id[:], y.id[:])
}

// comparePositions is the order of the baseline.
func (v *version[S, E]) comparePositions(a, b position) int {
	if c := cmp.Compare(a.day, b.day); c != 0 {
		return c
	}
	if c := v.compareSeq(a.anchor, b.anchor); c != 0 {
		return c
	}
	return cmp.Compare(a.order, b.order)
}

// timeline returns the timeline of the events of v.
func (v *version[S, E]) timeline() *timeline.Timeline[S, E] {
	all := make([]timeline.Event[E], v.events.len())
	for i := range all {
		all[i] = v.event(int32(i))
	}
	a := v.stream.archive
	t, _ := timeline.NewLenient(a.fold, all...) // the stream has no faults
	if a.options.Sequenced {
		t, _ = t.Sequenced() // lenient
	}
	return t.Covering(a.options.Coverage...)
}

// snapshot returns the snapshot on day as known on another.
func (v *version[S, E]) snapshot(day, known edtf.Day) (s timeline.Snapshot[S]) {
	if v.stream.archive.inPlace.Load() != nil {
		w := new(workspace[S, E])
		v.snapshotInto(w, day, known)
		return w.snapshot
	}
	s.On, s.KnownOn = day, known
	v.stream.archive.handOut(&s, v.stateOn(day, known, nil), nil)
	return s
}

// snapshotInto makes w the snapshot on day as known on another.
func (v *version[S, E]) snapshotInto(w *workspace[S, E], day, known edtf.Day) {
	w.prepare(v.stream.archive)
	r := v.stateOn(day, known, w)
	w.snapshot.On, w.snapshot.KnownOn, w.snapshot.Err = day, known, nil
	v.stream.archive.handOut(&w.snapshot, r, w)
}

// stateOn returns the state on day as known on another.
func (v *version[S, E]) stateOn(day, known edtf.Day, w *workspace[S, E]) result[S] {
	if known == edtf.DistantFuture {
		return v.state(day, w)
	}
	return v.stateKnown(day, known, w)
}

// handOut puts r into s, which is that of w if states are folded there.
func (a *Archive[S, E]) handOut(s *timeline.Snapshot[S], r result[S], w *workspace[S, E]) {
	if w.foldsInPlace() {
		w.begin(r.state)
	} else if a.cloneState != nil {
		s.State = a.cloneState(*r.state)
	} else {
		s.State = *r.state
	}
	if r.err != nil {
		refused := *r.err // the caller's own
		s.Err = &refused
	}
}
