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

// records are those of a stream, by their numbers: in the order in which they
// came. They are in two slices so that a stream can grow without being copied
// each time: the second takes what comes, until it is a quarter of the first.
// What is in them is never changed; a writer appends where nobody looks.
type records[E any] struct{ most, rest []record[E] }

func (r *records[E]) len() int { return len(r.most) + len(r.rest) }

func (r *records[E]) at(i int32) *record[E] {
	if int(i) < len(r.most) {
		return &r.most[i]
	}
	return &r.rest[int(i)-len(r.most)]
}

// add appends x.
func (r *records[E]) add(x record[E]) { r.rest = append(r.rest, x) }

// pack makes one slice of both, without room for more, if that is due.
func (r *records[E]) pack() {
	switch {
	case len(r.most) == 0 && len(r.rest) == cap(r.rest):
		r.most, r.rest = r.rest, nil
	case 4*len(r.rest) > len(r.most):
		all := make([]record[E], 0, r.len())
		r.most, r.rest = append(append(all, r.most...), r.rest...), nil
	}
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

// dates numbers dates, and keeps the bounds of each.
type dates struct{ *roster[edtf.Date, days] }

func newDates() dates {
	d := dates{newRoster[edtf.Date, days]()}
	d.put(edtf.Date{}) // number 0 says nothing
	return d
}

// put returns the number of date.
func (d dates) put(date edtf.Date) dateNumber {
	if e := d.get(date); e != nil {
		return dateNumber(e.number)
	}
	first, last := date.Bounds()
	return dateNumber(d.add(&entry[edtf.Date, days]{key: date, value: days{first, last}}).number)
}

// date returns the date with the given number.
func (d dates) date(n dateNumber) edtf.Date { return d.at(uint32(n)).key }

// fine reports whether an event may have these dates.
func (d dates) fine(when, known dateNumber) bool {
	return when != 0 && d.date(when).Kind() != edtf.Span && d.date(known).Kind() != edtf.Span
}

// last returns the last day of the date with the given number.
func (d dates) last(n dateNumber) edtf.Day { return d.at(uint32(n)).value.last }

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
