package archive

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A transaction makes the next version of a stream. Until it is committed
// nothing of the stream has changed but its index of IDs, which rollback
// restores.
type transaction[S, E any] struct {
	*version[S, E]
	compactor[S, E]
	first         int              // the first new slot
	newComponents []*component     // those that are new, or take the place of others
	extension     *extension       // in place of a new component
	newRivals     map[string]int32 // the keys that are new
	newImprecise  []int32          // the new events that are no exact day
	few           [1]position      // room for those that are added
	rareIsOwn     bool             // nobody else sees the rare parts of the version
}

// begin begins a transaction. The writer must hold s.mu, or Archive.loading for writing, until
// it is committed or dropped.
func (s *stream[S, E]) begin() *transaction[S, E] {
	v := s.current.Load()
	next := &version[S, E]{stream: s, root: v.root, events: v.events, rare: v.rare}
	return &transaction[S, E]{version: next, compactor: compactor[S, E]{archive: s.archive}, first: v.events.len()}
}

// add adds an event; position is its own in a log, or 0.
func (tx *transaction[S, E]) add(e *timeline.Event[E], position int64) {
	var there []details
	if tx.rare != nil {
		there = tx.rare.details
	}
	event, extra, details := tx.compact(e, position, there)
	tx.events.add(event)
	tx.addExtra(extra)
	if len(details) > len(there) {
		tx.rare.details = details
	}
}

// prepare returns what is wrong with the new events. If that is nothing, tx can
// be committed or rolled back; else everything is as it was.
func (tx *transaction[S, E]) prepare() timeline.Faults {
	tx.events.pack()
	if tx.rareIsOwn {
		tx.rare.extras.pack()
	}
	faults := tx.check()
	if len(faults) == 0 {
		faults = tx.link()
	}
	if len(faults) > 0 {
		tx.rollback()
	}
	return faults
}

// rollback takes the new IDs back.
func (tx *transaction[S, E]) rollback() { dropIDs(&tx.stream.ids, &tx.events, tx.first) }

// check returns what is wrong with the new events as such.
func (tx *transaction[S, E]) check() timeline.Faults {
	var faults timeline.Faults
	ids := &tx.stream.ids
	for _, slot := range addIDs(ids, &tx.events, tx.first) {
		if id := tx.events.at(slot).id; id != uuid.Nil {
			first, _ := findID(ids, &tx.events, id)
			e, other := tx.event(slot), tx.event(first)
			faults = append(faults, e.Fault(fmt.Errorf("%w: %s, which comes before it", timeline.ErrDuplicateID, other.Label())))
		}
	}
	has := func(id uuid.UUID) bool {
		_, ok := findID(ids, &tx.events, id)
		return ok
	}
	for slot := tx.first; slot < tx.events.len(); slot++ {
		c := tx.events.at(int32(slot))
		a := tx.stream.archive
		hasData := !a.dataMayBeNil || any(c.data) != nil
		if hasData && tx.extra(int32(slot)).details.place() == 0 && c.id != uuid.Nil && a.dates.needNoCheck(c.when, c.known) {
			continue // like most
		}
		e := tx.event(int32(slot))
		for _, err := range e.Check(has) {
			faults = append(faults, e.Fault(err))
		}
	}
	return faults
}

// link makes the components of the new events that are linked to others, or
// returns what is wrong with their order.
func (tx *transaction[S, E]) link() timeline.Faults {
	if tx.extension = tx.extend(); tx.extension != nil {
		return nil // it cannot contradict what it leaves as it is
	}
	l := &linker[S, E]{transaction: tx}
	for slot := tx.first; slot < tx.events.len(); slot++ {
		if x := tx.details(int32(slot)); x != nil {
			l.link(int32(slot), x)
		}
	}
	sequenced := tx.stream.archive.options.Sequenced
	if sequenced {
		l.linkOverlaps()
	}
	var faults timeline.Faults
	for _, slots := range l.components() {
		c, wrong := tx.newComponent(slots, sequenced)
		tx.newComponents = append(tx.newComponents, c)
		faults = append(faults, wrong...)
	}
	return faults
}

// commit makes the new version the current one of its stream. An event is found in the tree by
// its position, which is as its component says: so what is removed is removed before the
// components are replaced, and what is added is added after that.
func (tx *transaction[S, E]) commit() {
	s := tx.stream
	s.transactions++
	edit := treeEdit[S, E]{epoch: s.transactions, tx: tx}
	added, removed := tx.moves()
	for _, p := range removed {
		if tx.root = edit.remove(tx.root, p); tx.root == nil {
			tx.root = newLeaf[S](edit.epoch, 0)
		}
	}
	tx.replaceComponents()
	tx.apply(&edit, added)
	for key, slot := range tx.newRivals {
		s.relations().rivals[key] = slot
	}
	if len(tx.newImprecise) > 0 {
		r := s.relations()
		r.imprecise = append(r.imprecise, tx.newImprecise...)
	}
	tx.inline()
	s.current.Store(tx.version)
}

// inline moves the root into the version itself if it is a leaf, so that a
// reader finds it there.
func (tx *transaction[S, E]) inline() {
	if n := tx.root; n.inner == nil {
		leaf := &tx.version.leaf
		leaf.days, leaf.known, leaf.slots = n.days, n.known, n.slots
		leaf.cached.Store(n.cached.Load())
		tx.root = leaf
	}
}

// position returns where the event at slot stands, which counts.
func (s *stream[S, E]) position(v *version[S, E], slot int32) position {
	if l, ok := s.linked(slot); ok {
		return l.position()
	}
	return v.ownPosition(slot)
}

// moves returns which positions are added to the tree, and which removed.
func (tx *transaction[S, E]) moves() (added, removed []position) {
	if tx.extension != nil {
		return tx.extension.moves(tx.stream.related.linked)
	}
	added = slices.Grow(tx.few[:0], tx.events.len()-tx.first)
	inComponent := map[int32]bool{}
	for _, k := range tx.newComponents {
		positions := map[int32]position{}
		for _, p := range k.positions {
			positions[p.slot] = p
		}
		for _, slot := range k.slots {
			inComponent[slot] = true
			old, hadPosition := tx.oldPosition(slot)
			now, hasPosition := positions[slot]
			if hadPosition && hasPosition && old.day == now.day && old.anchor == now.anchor {
				continue // compared with others of that anchor it has not moved either
			}
			if hadPosition {
				removed = append(removed, old)
			}
			if hasPosition {
				added = append(added, now)
			}
		}
	}
	for slot := int32(tx.first); slot < int32(tx.events.len()); slot++ {
		if !inComponent[slot] {
			added = append(added, tx.ownPosition(slot))
		}
	}
	return added, removed
}

// oldPosition returns where the event at slot was before the transaction, if it
// was there and counted.
func (tx *transaction[S, E]) oldPosition(slot int32) (position, bool) {
	if l, ok := tx.stream.linked(slot); ok {
		if !l.counts() {
			return position{}, false
		}
		return l.position(), true
	}
	return tx.ownPosition(slot), int(slot) < tx.first
}

// replaceComponents replaces the components that became parts of new ones.
func (tx *transaction[S, E]) replaceComponents() {
	if len(tx.newComponents) == 0 && tx.extension == nil {
		return
	}
	s := tx.stream
	old := map[*component]bool{}
	events := s.relations().linked
	made := tx.newComponents
	if x := tx.extension; x != nil {
		old[x.owner.component], made = true, []*component{x.component}
		x.link(events)
	}
	for _, k := range tx.newComponents {
		o := &owner{k}
		for _, slot := range k.slots {
			if l, ok := events[slot]; ok {
				old[l.owner.component] = true
			}
			events[slot] = linked{owner: o, at: -1}
		}
		for i, p := range k.positions {
			events[p.slot] = linked{owner: o, at: int32(i)}
		}
	}
	components := make([]*component, 0, len(tx.components())+len(made))
	for _, k := range tx.components() {
		if !old[k] {
			components = append(components, k)
		}
	}
	tx.ownRare().components = insertKnown(components, made)
}

// insertKnown inserts components into a list, latest known first. One has its place looked for,
// as most come alone to a list that may be long.
func insertKnown(list, made []*component) []*component {
	latestFirst := func(a, b *component) int { return cmp.Compare(b.known, a.known) }
	if len(made) == 1 {
		i, _ := slices.BinarySearchFunc(list, made[0], latestFirst)
		return slices.Insert(list, i, made[0])
	}
	list = append(list, made...)
	slices.SortStableFunc(list, latestFirst)
	return list
}

// sortPositions sorts positions as comparePositions says. If they stand in the sequence order of
// their anchors already, as most do that have just come, they are sorted by day alone, which takes half as long.
func (tx *transaction[S, E]) sortPositions(positions []position) {
	for i := 1; i < len(positions); i++ {
		if tx.compareSeq(positions[i-1].anchor, positions[i].anchor) >= 0 {
			slices.SortFunc(positions, tx.comparePositions)
			return
		}
	}
	keys, sorted := make([]uint64, len(positions)), make([]position, len(positions))
	for i, p := range positions {
		keys[i] = uint64(int64(p.day)-math.MinInt32)<<32 | uint64(i)
	}
	slices.Sort(keys)
	for i, key := range keys {
		sorted[i] = positions[uint32(key)]
	}
	copy(positions, sorted)
}

// apply puts events into the tree: one by one or, if they are many beside those
// that are there, by building a new one.
func (tx *transaction[S, E]) apply(edit *treeEdit[S, E], added []position) {
	count := tx.events.len() - len(added)
	if len(added) > 16 && len(added) > count/8 {
		tx.root.leaves(func(leaf *node[S]) bool {
			for _, slot := range leaf.slots {
				added = append(added, tx.stream.position(tx.version, slot))
			}
			return true
		})
		tx.sortPositions(added)
		tx.root = buildTree[S](added, edit.epoch)
		return
	}
	for _, p := range added {
		root, right := edit.insert(tx.root, p)
		if right != nil {
			root = newInner(edit.epoch, []*node[S]{root, right}, []uint64{0, edit.epoch})
		}
		tx.root = root
	}
}
