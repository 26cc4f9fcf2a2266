package archive

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// An extension is an event that comes last in a component and moves none of the others:
// a correction of what was said before, or what came next. Most links in a history are
// of this kind. An extension costs the same however many events the component has, but for
// the list of all components, which is copied; anything else is worked out from the whole
// component.
type extension struct {
	owner     *owner
	component *component // with the event
	position  position   // of the event
	replaced  []int32    // those that do not count any more
}

// extend returns the extension that the only new event of tx makes, or nil if it makes
// none.
func (tx *transaction[S, E]) extend() *extension {
	slot := int32(tx.first)
	if tx.events.len() != tx.first+1 || tx.details(slot) == nil || tx.stream.archive.options.Sequenced {
		return nil
	}
	e := tx.event(slot)
	if e.Rival != "" || e.Retracts() {
		return nil
	}
	x := &extension{position: tx.ownPosition(slot)}
	if !tx.extends(x, e.After, e.Replaces) || tx.compareSeq(x.last(), slot) > 0 {
		return nil
	}
	for _, id := range e.After {
		if other := tx.named(id); other.When.Latest() > x.position.day {
			return nil // it moves the other, which cannot be later
		}
	}
	for _, id := range e.Replaces {
		if other := tx.named(id); other.Rival != "" || other.Retracts() {
			return nil // another rival, or what was taken back, may count in its place
		}
		replaced, _ := findID(&tx.stream.ids, &tx.events, id)
		if !slices.Contains(x.replaced, replaced) { // an ID may be given twice
			x.replaced = append(x.replaced, replaced)
		}
	}
	x.position.order = int32(len(x.owner.component.slots))
	x.component = x.owner.component.with(x.position, e.KnowledgeTime().Latest())
	return x
}

// extends finds the component of all events with the given IDs, and reports whether it
// is one.
func (tx *transaction[S, E]) extends(x *extension, ids ...[]uuid.UUID) bool {
	for _, id := range slices.Concat(ids...) {
		slot, _ := findID(&tx.stream.ids, &tx.events, id)
		l, ok := tx.stream.linked(slot)
		if !ok || x.owner != nil && l.owner != x.owner {
			return false
		}
		x.owner = l.owner
	}
	return x.owner != nil
}

// last returns the last event of the component, in sequence order.
func (x *extension) last() int32 {
	slots := x.owner.component.slots
	return slots[len(slots)-1]
}

// named returns the event with an ID that the stream has.
func (tx *transaction[S, E]) named(id uuid.UUID) timeline.Event[E] {
	slot, _ := findID(&tx.stream.ids, &tx.events, id)
	return tx.event(slot)
}

// moves returns which positions the extension adds to the tree, and which it removes.
func (x *extension) moves(linked map[int32]linked) (added, removed []position) {
	for _, slot := range x.replaced {
		if l := linked[slot]; l.counts() {
			removed = append(removed, l.position())
		}
	}
	return []position{x.position}, removed
}

// link notes the extension in what a stream knows of its components.
func (x *extension) link(events map[int32]linked) {
	for _, slot := range x.replaced {
		l := events[slot]
		l.at = -1
		events[slot] = l
	}
	events[x.position.slot] = linked{owner: x.owner, at: int32(len(x.component.positions) - 1)}
	x.owner.component = x.component
}
