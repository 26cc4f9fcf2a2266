package timeline

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A draft is the next version of a stream while it is being made. Until it is
// committed nothing of the stream has changed.
type draft[S, E any] struct {
	*version[S, E]
	first  int              // the first new record
	ties   []*knot[E]       // the knots that are new, or take the place of others
	rivals map[string]int32 // the keys that are new
}

// draft begins the next version of s. The writer must hold s.mu until the
// draft is committed or dropped.
func (s *stream[S, E]) draft() *draft[S, E] {
	v := s.current.Load()
	d := &draft[S, E]{first: v.records.len()}
	d.version = &version[S, E]{stream: s, root: v.root, records: v.records, extras: v.extras, knots: v.knots}
	return d
}

// finish finds what is wrong with the new events. If that is nothing, d can be
// committed; else everything is as it was.
func (d *draft[S, E]) finish() Faults {
	faults := d.check()
	if len(faults) == 0 {
		faults = d.tieUp()
	}
	if len(faults) > 0 {
		d.undo()
	}
	return faults
}

// check returns what is wrong with the new events as such.
func (d *draft[S, E]) check() Faults {
	var faults Faults
	ids := &d.stream.ids
	for _, i := range addIDs(ids, &d.records, d.first) {
		if id := d.records.at(i).id; id != uuid.Nil {
			first, _ := findID(ids, &d.records, id)
			e, other := d.event(i), d.event(first)
			faults = append(faults, fault(&e, fmt.Errorf("%w: %s, which comes before it", ErrDuplicateID, other.Label())))
		}
	}
	there := func(id uuid.UUID) bool {
		_, ok := findID(ids, &d.records, id)
		return ok
	}
	for i := d.first; i < d.records.len(); i++ {
		if r := d.records.at(int32(i)); r.extra == 0 && r.id != uuid.Nil && d.stream.archive.dates.fine(r.when, r.known) {
			continue // like most
		}
		e := d.event(int32(i))
		for _, err := range checkEvent(&e, there) {
			faults = append(faults, fault(&e, err))
		}
	}
	return faults
}

// undo takes the new IDs back: nothing else of the stream has changed.
func (d *draft[S, E]) undo() { dropIDs(&d.stream.ids, &d.records, d.first) }

// tieUp makes the knots of the new events that have to do with others, or
// returns what is wrong with their order.
func (d *draft[S, E]) tieUp() Faults {
	k := &knotting[S, E]{draft: d}
	for i := d.first; i < d.records.len(); i++ {
		if x := d.records.at(int32(i)).extra; x > 0 {
			k.tie(int32(i), &d.extras[x-1])
		}
	}
	var faults Faults
	for _, slots := range k.knots() {
		events := make([]*Event[E], len(slots))
		for i, slot := range slots {
			e := d.event(slot)
			events[i] = &e
		}
		knot, wrong := tie(slots, events)
		d.ties = append(d.ties, knot)
		faults = append(faults, wrong...)
	}
	return faults
}

// commit makes d the current version of its stream.
func (d *draft[S, E]) commit() {
	s := d.stream
	s.edits++
	e := &edit[S]{now: s.edits}
	e.compare = func(p place, slot int32, day edtf.Day) int {
		if c := cmp.Compare(p.day, day); c != 0 {
			return c
		}
		return d.comparePlaces(p, s.place(d.version, slot))
	}
	come, leave := d.moves()
	for _, p := range leave {
		if d.root = e.remove(d.root, p); d.root == nil {
			d.root = newLeaf[S](e.now, 0)
		}
	}
	d.retie()
	d.bring(e, come)
	for key, slot := range d.rivals {
		if s.rivals == nil {
			s.rivals = map[string]int32{}
		}
		s.rivals[key] = slot
	}
	d.inline()
	s.current.Store(d.version)
}

// inline moves the root into the version itself if it is a leaf, so that a
// reader finds it there.
func (d *draft[S, E]) inline() {
	if n := d.root; n.inner == nil {
		leaf := &d.version.leaf
		leaf.days, leaf.known, leaf.slots = n.days, n.known, n.slots
		leaf.kept.Store(n.kept.Load())
		d.root = leaf
	}
}

// place returns where the event at slot stands, which counts.
func (s *stream[S, E]) place(v *version[S, E], slot int32) place {
	if len(s.tied) > 0 {
		if t, ok := s.tied[slot]; ok {
			return t.place
		}
	}
	return v.plain(slot)
}

// moves returns which places events come to, and which they leave.
func (d *draft[S, E]) moves() (come, leave []place) {
	come = make([]place, 0, d.records.len()-d.first)
	var inKnot map[int32]bool
	for _, k := range d.ties {
		if inKnot == nil {
			inKnot = map[int32]bool{}
		}
		places := map[int32]place{}
		for _, p := range k.places {
			places[p.slot] = p
		}
		for _, slot := range k.slots {
			inKnot[slot] = true
			then, stood := d.stood(slot)
			now, stands := places[slot]
			if stood && stands && then.day == now.day && then.lead == now.lead {
				continue // relative to others with that lead it has not moved either
			}
			if stood {
				leave = append(leave, then)
			}
			if stands {
				come = append(come, now)
			}
		}
	}
	for slot := d.first; slot < d.records.len(); slot++ {
		if !inKnot[int32(slot)] {
			come = append(come, d.plain(int32(slot)))
		}
	}
	return come, leave
}

// stood returns where the event at slot stood before the draft, if it was
// there and counted.
func (d *draft[S, E]) stood(slot int32) (place, bool) {
	if t, ok := d.stream.tied[slot]; ok {
		return t.place, t.counts
	}
	return d.plain(slot), int(slot) < d.first
}

// retie replaces the knots that became parts of new ones.
func (d *draft[S, E]) retie() {
	if len(d.ties) == 0 {
		return
	}
	s := d.stream
	old := map[*knot[E]]bool{}
	if s.tied == nil {
		s.tied = map[int32]tied[E]{}
	}
	for _, k := range d.ties {
		for _, slot := range k.slots {
			if t, ok := s.tied[slot]; ok {
				old[t.knot] = true
			}
			s.tied[slot] = tied[E]{knot: k}
		}
		for _, p := range k.places {
			s.tied[p.slot] = tied[E]{knot: k, place: p, counts: true}
		}
	}
	knots := make([]*knot[E], 0, len(d.version.knots)+len(d.ties))
	for _, k := range d.version.knots {
		if !old[k] {
			knots = append(knots, k)
		}
	}
	knots = append(knots, d.ties...)
	slices.SortStableFunc(knots, func(a, b *knot[E]) int { return cmp.Compare(b.known, a.known) })
	d.version.knots = knots
}

// bring puts events into the tree: one by one, or if they are many beside
// those that are there, by planting a new one.
func (d *draft[S, E]) bring(e *edit[S], come []place) {
	count := d.records.len() - len(come)
	if len(come) > 16 && len(come) > count/8 {
		d.root.leaves(func(leaf *node[S]) bool {
			for i := range leaf.days {
				p := d.stream.place(d.version, leaf.slots[i])
				come = append(come, p)
			}
			return true
		})
		slices.SortFunc(come, d.comparePlaces)
		d.root = plant[S](come, e.now)
		return
	}
	for _, p := range come {
		root, right := e.insert(d.root, p)
		if right != nil {
			root = newInner(e.now, []*node[S]{root, right}, []uint64{0, e.now})
		}
		d.root = root
	}
}
