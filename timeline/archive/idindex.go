package archive

import (
	"encoding/binary"
	"math/bits"

	"github.com/google/uuid"
)

// An idIndex finds the place of a record by its ID, with open addressing and
// four bytes a slot. A slot holds 1 + the place in its low bits and, in those
// that are left, some of the hash of the ID, so that hardly any record but the
// right one has to be looked at.
type idIndex struct {
	slots []uint32
}

// low returns how many bits of a slot are for the place.
func (x *idIndex) low() int { return bits.Len(uint(len(x.slots))) }

// fewRecords is how many events are looked through one by one.
const fewRecords = 8

// newIDIndex returns an index with so many slots.
func newIDIndex(slots int) idIndex {
	return idIndex{slots: make([]uint32, slots)}
}

// hash returns the slot at which the search for id begins, and what slots hold
// of it. IDs may be counted up or share a beginning, so both halves are mixed.
func (x *idIndex) hash(id uuid.UUID) (slot int, tag uint32) {
	h := binary.LittleEndian.Uint64(id[:8])*0x9e3779b97f4a7c15 ^ binary.LittleEndian.Uint64(id[8:])
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	high, _ := bits.Mul64(h, uint64(len(x.slots)))
	return int(high), uint32(h) << x.low() >> x.low()
}

// place returns the place that a slot holds, which is not empty.
func (x *idIndex) place(slot int) int32 { return int32(x.slots[slot]&(1<<x.low()-1)) - 1 }

// seek returns the slot that holds id, or the empty one where it belongs.
func seek[E any](x *idIndex, events *compactEvents[E], id uuid.UUID) (slot int, tag uint32, found bool) {
	slot, tag = x.hash(id)
	for x.slots[slot] != 0 {
		if x.slots[slot]>>x.low() == tag && events.at(x.place(slot)).id == id {
			return slot, tag, true
		}
		if slot++; slot == len(x.slots) {
			slot = 0
		}
	}
	return slot, tag, false
}

// findID returns the place of the record with the given ID.
func findID[E any](x *idIndex, events *compactEvents[E], id uuid.UUID) (int32, bool) {
	if len(x.slots) > 0 {
		slot, _, found := seek(x, events, id)
		if !found {
			return 0, false
		}
		return x.place(slot), true
	}
	for i := range int32(events.len()) {
		if events.at(i).id == id {
			return i, true
		}
	}
	return 0, false
}

// addIDs adds the events from the given place on, and returns the positions of
// those whose ID is taken, which are left out.
func addIDs[E any](x *idIndex, events *compactEvents[E], from int) (taken []int32) {
	n := events.len()
	if n <= fewRecords && len(x.slots) == 0 {
		for i := int32(from); i < int32(n); i++ {
			if first, ok := findID(x, events, events.at(i).id); ok && first < i {
				taken = append(taken, i)
			}
		}
		return taken
	}
	first := from
	if 100*n > 94*len(x.slots) { // the probes touch no events, so there may be many
		*x, first = newIDIndex(max(100*n/94+1, 3*len(x.slots)/2)), 0
	}
	for i := int32(first); i < int32(n); i++ {
		slot, tag, found := seek(x, events, events.at(i).id)
		switch {
		case !found:
			x.slots[slot] = tag<<x.low() | uint32(i+1)
		case int(i) >= from:
			taken = append(taken, i)
		}
	}
	return taken
}

// dropIDs takes out the events from the given place on, which came last: no
// other was put behind them.
func dropIDs[E any](x *idIndex, events *compactEvents[E], from int) {
	if len(x.slots) == 0 {
		return
	}
	for i := int32(events.len()) - 1; i >= int32(from); i-- {
		if slot, _, found := seek(x, events, events.at(i).id); found && x.place(slot) == i {
			x.slots[slot] = 0
		}
	}
}
