package timeline

import (
	"encoding/binary"
	"math/bits"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A record is an event as an archive stores it: what most events have in 40
// bytes and the payload, and what few have in an extra.
type record[E any] struct {
	id    uuid.UUID
	seq   int64
	when  dateNumber
	known dateNumber
	extra uint32 // 1 + its place among the extras of the stream, or 0
	data  E
}

// An extra is what most events do not have.
type extra struct {
	name, note, rival string
	cites             []Citation
	replaces, after   []uuid.UUID
	rank              Rank
	retraction        bool
}

// A dateNumber stands for a date. A history has few different ones, so an
// archive stores each once.
type dateNumber uint32

// datesOf numbers dates, each with its bounds.
type dates struct{ *roster[edtf.Date, days] }

func newDates() dates {
	d := dates{newRoster[edtf.Date, days]()}
	d.put(edtf.Date{}) // number 0 says nothing
	return d
}

func (d dates) put(date edtf.Date) dateNumber {
	return dateNumber(d.add(date, func() days {
		first, last := date.Bounds()
		return days{first, last}
	}))
}

// tied reports whether other events have a say in whether or when x counts.
func (x *extra) tied() bool {
	return len(x.replaces)+len(x.after) > 0 || x.rival != "" || x.retraction
}

func extraOf[E any](e *Event[E]) (extra, bool) {
	if e.Name == "" && e.Note == "" && e.Rival == "" && len(e.Cites)+len(e.Replaces)+len(e.After) == 0 &&
		e.Rank == Normal && !e.Retraction {
		return extra{}, false
	}
	c := e.cloneSlices()
	return extra{
		name: c.Name, note: c.Note, rival: c.Rival, cites: c.Cites,
		replaces: c.Replaces, after: c.After, rank: c.Rank, retraction: c.Retraction,
	}, true
}

// An idIndex finds the place of a record by its ID. It holds places only, and
// looks at the records for their IDs: four bytes a slot, of which up to four in
// five are taken.
type idIndex struct {
	slots []int32 // open addressing: 1 + the place, or 0
}

// fewRecords is how many records are looked through one by one.
const fewRecords = 8

func findID[E any](x *idIndex, records []record[E], id uuid.UUID) (int32, bool) {
	if len(x.slots) == 0 {
		for i := range records {
			if records[i].id == id {
				return int32(i), true
			}
		}
		return 0, false
	}
	for n := x.home(id); x.slots[n] != 0; {
		if i := x.slots[n] - 1; records[i].id == id {
			return i, true
		}
		if n++; n == len(x.slots) {
			n = 0
		}
	}
	return 0, false
}

// addIDs adds the records from the given place on. It returns the places of
// those whose ID is taken, which are left out, and a function that takes back
// everything.
func addIDs[E any](x *idIndex, records []record[E], from int) (taken []int, undo func()) {
	if len(records) <= fewRecords {
		for i := from; i < len(records); i++ {
			if _, ok := findID(x, records[:i], records[i].id); ok {
				taken = append(taken, i)
			}
		}
		return taken, func() {}
	}
	before := *x
	first := from
	if 5*len(records) > 4*len(x.slots) {
		size := max(5*len(records)/4+1, 3*len(x.slots)/2)
		*x, first = idIndex{slots: make([]int32, size)}, 0
	}
	for i := first; i < len(records); i++ {
		if !x.put(records[i].id, int32(i), func(j int32) uuid.UUID { return records[j].id }) && i >= from {
			taken = append(taken, i)
		}
	}
	return taken, func() {
		if first == from { // they came last, so that nothing was put behind them
			for i := range x.slots {
				if int(x.slots[i]) > from {
					x.slots[i] = 0
				}
			}
		}
		*x = before
	}
}

// put puts place i into the slot of id, and reports whether it was free.
func (x *idIndex) put(id uuid.UUID, i int32, idOf func(int32) uuid.UUID) bool {
	n := x.home(id)
	for x.slots[n] != 0 {
		if idOf(x.slots[n]-1) == id {
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
