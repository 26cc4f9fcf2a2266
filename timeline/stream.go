package timeline

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A stream is one history of an archive. Readers take its current version and
// need nothing else; writers, one at a time, make the next version.
type stream[S, E any] struct {
	current atomic.Pointer[version[S, E]]
	archive *Archive[S, E]

	mu     sync.Mutex // held while writing; what follows is the writer's
	ids    idIndex
	tied   map[int32]tied[E] // the events in knots
	rivals map[string]int32  // one of the events with each key
	edits  uint64
}

// tied says of an event in a knot where it stands, if it counts.
type tied[E any] struct {
	knot   *knot[E]
	place  place
	counts bool
}

// A version is what a stream was at some time. It is never changed.
type version[S, E any] struct {
	stream  *stream[S, E]
	root    *node[S]
	leaf    node[S] // the root, if that is a leaf: most streams are short
	records records[E]
	extras  []extra
	knots   []*knot[E] // latest known first
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

func (v *version[S, E]) keeper() *keeper[S] { return &v.stream.archive.keeper }

// event returns the event of a record. It shares its slices with v.
func (v *version[S, E]) event(slot int32) Event[E] {
	r := v.records.at(slot)
	dates := v.stream.archive.dates
	e := Event[E]{ID: r.id, Seq: r.seq, When: dates.date(r.when), Data: r.data}
	if r.known != 0 {
		e.Known = dates.date(r.known)
	}
	if r.extra > 0 {
		x := &v.extras[r.extra-1]
		if e.Name = x.name; x.rare != nil {
			e.Note, e.Rival, e.Cites, e.Replaces, e.After = x.note, x.rival, x.cites, x.replaces, x.after
			e.Rank, e.Retraction = x.rank, x.retraction
		}
	}
	return e
}

// step folds the event of a record.
func (v *version[S, E]) step(s S, slot int32) (S, error) {
	return v.stream.archive.rules.fold(s, v.event(slot))
}

// refusal says that the fold refuses the event of a record.
func (v *version[S, E]) refusal(slot int32, day edtf.Day, err error) *FoldError {
	e := v.event(slot)
	return &FoldError{ID: e.ID, Name: e.Label(), Day: day, Err: err}
}

// plain returns where an event stands that nothing is tied to.
func (v *version[S, E]) plain(slot int32) place {
	r := v.records.at(slot)
	dates := v.stream.archive.dates
	p := place{day: dates.last(r.when), slot: slot, lead: slot}
	p.known = p.day
	if r.known != 0 {
		p.known = dates.last(r.known)
	}
	return p
}

// compareTold orders two records by the telling.
func (v *version[S, E]) compareTold(a, b int32) int {
	if a == b {
		return 0
	}
	x, y := v.records.at(a), v.records.at(b)
	if c := cmp.Compare(x.seq, y.seq); c != 0 {
		return c
	}
	return slices.Compare(x.id[:], y.id[:])
}

func (v *version[S, E]) comparePlaces(a, b place) int {
	if c := cmp.Compare(a.day, b.day); c != 0 {
		return c
	}
	if c := v.compareTold(a.lead, b.lead); c != 0 {
		return c
	}
	return cmp.Compare(a.order, b.order)
}

// asKnown returns the timeline of the events of v, as known on day: v is the
// origin of the snapshots taken of it.
func (v *version[S, E]) asKnown(day edtf.Day) *Timeline[S, E] {
	all := make([]*Event[E], v.records.len())
	for i := range all {
		e := v.event(int32(i))
		all[i] = &e
	}
	slices.SortFunc(all, byTelling)
	t := &Timeline[S, E]{rules: v.stream.archive.rules, all: all, view: everything[E]()}
	_ = t.arrange(all) // the stream has been through this
	if day != edtf.DistantFuture {
		return t.KnownOn(day)
	}
	return t
}

// bytes returns about what the events of v take.
func (v *version[S, E]) bytes() int64 {
	size := reflect.TypeFor[version[S, E]]().Size() + reflect.TypeFor[stream[S, E]]().Size() +
		uintptr(cap(v.records.most)+cap(v.records.rest))*reflect.TypeFor[record[E]]().Size() + uintptr(cap(v.extras))*reflect.TypeFor[extra]().Size()
	size += uintptr(v.records.len()) * 5 // their IDs in the index
	v.root.leaves(func(leaf *node[S]) bool {
		size += reflect.TypeFor[node[S]]().Size() + uintptr(cap(leaf.slots))*12
		return true
	})
	for _, x := range v.extras {
		if size += uintptr(len(x.name)); x.rare != nil {
			size += reflect.TypeFor[rare]().Size() + uintptr(len(x.note)+len(x.rival)+16*(len(x.replaces)+len(x.after))) +
				uintptr(len(x.cites))*reflect.TypeFor[Citation]().Size()
		}
	}
	return int64(size)
}
