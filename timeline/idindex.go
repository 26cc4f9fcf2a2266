package timeline

import (
	"encoding/binary"
	"math/bits"

	"github.com/google/uuid"
)

// An idIndex finds the place of a record by its ID. It holds places only, and
// looks at the records for their IDs: four bytes a slot, of which up to nine in
// ten are taken.
type idIndex struct {
	slots []int32 // open addressing: 1 + the place, or 0
}

// fewRecords is how many records are looked through one by one.
const fewRecords = 8

func findID[E any](x *idIndex, records *records[E], id uuid.UUID) (int32, bool) {
	if len(x.slots) == 0 {
		for i := range int32(records.len()) {
			if records.at(i).id == id {
				return i, true
			}
		}
		return 0, false
	}
	for n := x.home(id); x.slots[n] != 0; {
		if i := x.slots[n] - 1; records.at(i).id == id {
			return i, true
		}
		if n++; n == len(x.slots) {
			n = 0
		}
	}
	return 0, false
}

// addIDs adds the records from the given place on, and returns the places of
// those whose ID is taken, which are left out.
func addIDs[E any](x *idIndex, records *records[E], from int) (taken []int32) {
	n := records.len()
	if n <= fewRecords && len(x.slots) == 0 {
		for i := int32(from); i < int32(n); i++ {
			if first, ok := findID(x, records, records.at(i).id); ok && first < i {
				taken = append(taken, i)
			}
		}
		return taken
	}
	first := from
	if 10*n > 9*len(x.slots) {
		*x, first = idIndex{slots: make([]int32, max(10*n/9+1, 3*len(x.slots)/2))}, 0
	}
	for i := int32(first); i < int32(n); i++ {
		if !putID(x, records, i) && int(i) >= from {
			taken = append(taken, i)
		}
	}
	return taken
}

// dropIDs takes out the records from the given place on, which came last: no
// other was put behind them.
func dropIDs[E any](x *idIndex, records *records[E], from int) {
	if len(x.slots) == 0 {
		return
	}
	for i := int32(records.len()) - 1; i >= int32(from); i-- {
		n := x.home(records.at(i).id)
		for x.slots[n] != 0 && x.slots[n] != i+1 {
			if n++; n == len(x.slots) {
				n = 0
			}
		}
		x.slots[n] = 0
	}
}

// putID puts the place of a record into the slot of its ID, and reports
// whether that was free.
func putID[E any](x *idIndex, records *records[E], i int32) bool {
	id := records.at(i).id
	n := x.home(id)
	for x.slots[n] != 0 {
		if records.at(x.slots[n]-1).id == id {
			return false
		}
		if n++; n == len(x.slots) {
			n = 0
		}
	}
	x.slots[n] = i + 1
	return true
}

// home returns the slot at which the search for id begins. IDs may be counted
// up or share a beginning, so both halves are mixed.
func (x *idIndex) home(id uuid.UUID) int {
	h := binary.LittleEndian.Uint64(id[:8])*0x9e3779b97f4a7c15 ^ binary.LittleEndian.Uint64(id[8:])
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	slot, _ := bits.Mul64(h, uint64(len(x.slots)))
	return int(slot)
}
