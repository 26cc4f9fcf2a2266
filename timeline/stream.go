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
		e.Name, e.Note, e.Rival, e.Cites = x.name, x.note, x.rival, x.cites
		e.Replaces, e.After, e.Rank, e.Retraction = x.replaces, x.after, x.rank, x.retraction
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

// stateKnown returns the state on day as known on another. Up to the first
// event that was not known yet, that is the state as known today.
func (v *version[S, E]) stateKnown(day, known edtf.Day) result[S] {
	n := 0
	for n < len(v.knots) && v.knots[n].known > known {
		n++
	}
	if n > 0 {
		return v.stateKnotted(day, known, n)
	}
	c, ok := v.firstUnknown(day, known)
	if !ok {
		return v.state(day)
	}
	r, ok := v.keptState(c.leaf, c.since, c.n)
	if !ok {
		r = v.stateAt(&c)
	}
	f := v.from(r)
	for more := true; more && f.err == nil; more = c.next() {
		for i := c.n; i < len(c.leaf.days) && f.err == nil; i++ {
			if c.leaf.day(i) > day {
				return f.result()
			}
			if c.leaf.known[i] <= int32(known) {
				f.fold(c.leaf.slots[i], c.leaf.day(i))
			}
		}
	}
	return f.result()
}

// firstUnknown returns the cursor before the first event up to day that was
// not known for certain, or false if there is none.
func (v *version[S, E]) firstUnknown(day, known edtf.Day) (cursor[S], bool) {
	c := cursor[S]{root: v.root, leaf: v.root}
	if v.root.inner != nil {
		var ok bool
		if c, ok = seekUnknown(v.root, known); !ok {
			return c, false
		}
		return c, c.leaf.day(c.n) <= day
	}
	most := search(v.root.days, int32(day))
	for c.n < most && v.root.known[c.n] <= int32(known) {
		c.n++
	}
	return c, c.n < most
}

// A folding is a state that events are folded into, until one is refused.
type folding[S, E any] struct {
	version *version[S, E]
	state   S
	err     *FoldError
}

func (v *version[S, E]) from(r result[S]) folding[S, E] { return folding[S, E]{v, *r.state, r.err} }

func (f *folding[S, E]) fold(slot int32, day edtf.Day) {
	next, err := f.version.step(f.state, slot)
	if err != nil {
		f.err = f.version.refusal(slot, day, err)
		return
	}
	f.state = next
}

func (f *folding[S, E]) result() result[S] { return result[S]{&f.state, f.err} }

// stateKnotted is stateKnown if not all of the first n knots was known: their
// events may have stood elsewhere.
func (v *version[S, E]) stateKnotted(day, known edtf.Day, n int) result[S] {
	leads := map[int32]place{} // where the events of the other knots stand
	for _, k := range v.knots[n:] {
		for _, p := range k.places {
			leads[p.slot] = p
		}
	}
	moved := map[int32]bool{}
	from := edtf.DistantFuture // nothing differs before this day
	var places []place
	for _, k := range v.knots[:n] {
		then, _ := k.knownOn(known)
		places = append(places, then...)
		for _, p := range slices.Concat(then, k.places) {
			from = min(from, p.day)
		}
		for _, slot := range k.slots {
			moved[slot] = true
		}
	}
	if c, ok := seekUnknown(v.root, known); ok {
		from = min(from, c.leaf.day(c.n))
	}
	if from > day {
		return v.state(day)
	}
	if from == edtf.DistantPast {
		return v.foldPlaces(result[S]{state: new(S)}, v.placesKnown(v.start(), day, known, moved, leads, places))
	}
	c := seekDay(v.root, from-1)
	return v.foldPlaces(v.stateAt(&c), v.placesKnown(c, day, known, moved, leads, places))
}

// start returns the cursor before the first event.
func (v *version[S, E]) start() cursor[S] {
	c := cursor[S]{root: v.root}
	c.descend(v.root, 0, func(*node[S]) int { return 0 })
	return c
}

// placesKnown returns, in order, the events from c to day that were known for
// certain and have not moved, and the given places.
func (v *version[S, E]) placesKnown(c cursor[S], day, known edtf.Day, moved map[int32]bool, leads map[int32]place, places []place) []place {
	places = slices.DeleteFunc(places, func(p place) bool { return p.day > day })
	for more := true; more; more = c.next() {
		for i := c.n; i < len(c.leaf.days); i++ {
			slot := c.leaf.slots[i]
			if c.leaf.day(i) > day {
				more = false
				break
			}
			if moved[slot] || c.leaf.known[i] > int32(known) {
				continue
			}
			p, ok := leads[slot]
			if !ok {
				p = v.plain(slot)
			}
			places = append(places, p)
		}
		if !more {
			break
		}
	}
	slices.SortFunc(places, v.comparePlaces)
	return places
}

func (v *version[S, E]) foldPlaces(r result[S], places []place) result[S] {
	f := v.from(r)
	for i := 0; i < len(places) && f.err == nil; i++ {
		f.fold(places[i].slot, places[i].day)
	}
	return f.result()
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
		size += uintptr(len(x.name)+len(x.note)+len(x.rival)+16*(len(x.replaces)+len(x.after))) +
			uintptr(len(x.cites))*reflect.TypeFor[Citation]().Size()
	}
	return int64(size)
}
