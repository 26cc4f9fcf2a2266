package timeline

import (
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

// An extra is what not every event has: a name and, behind a pointer, what few
// have.
type extra struct {
	name string
	*rare
}

type rare struct {
	note, rival     string
	cites           []Citation
	replaces, after []uuid.UUID
	rank            Rank
	retraction      bool
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
	x := extra{name: e.Name}
	if e.Note != "" || e.Rival != "" || len(e.Cites)+len(e.Replaces)+len(e.After) > 0 || e.Rank != Normal || e.Retraction {
		c := e.cloneSlices()
		x.rare = &rare{
			note: c.Note, rival: c.Rival, cites: c.Cites, replaces: c.Replaces, after: c.After,
			rank: c.Rank, retraction: c.Retraction,
		}
	}
	return x, x.rare != nil || x.name != ""
}

// A recorder makes records of events. Events that follow each other often
// share a date, so it remembers the last ones.
type recorder[S, E any] struct {
	archive     *Archive[S, E]
	when, known memo
}

// A memo is a date and its number.
type memo struct {
	date   edtf.Date
	number dateNumber
}

func (m *memo) put(dates dates, date edtf.Date) dateNumber {
	if m.date != date {
		m.date, m.number = date, dates.put(date)
	}
	return m.number // 0 of the zero Date
}

// record returns the record of e. What else e has is appended to extras, and
// the record has its place there.
func (r *recorder[S, E]) record(e *Event[E], extras *[]extra) record[E] {
	dates := r.archive.dates
	x := record[E]{id: e.ID, seq: e.Seq, when: r.when.put(dates, e.When), known: r.known.put(dates, e.Known), data: e.Data}
	if r.archive.cloneData != nil {
		x.data = r.archive.cloneData(e.Data)
	}
	if more, ok := extraOf(e); ok {
		if n := len(*extras); n == cap(*extras) { // with less room to spare than append takes
			*extras = append(make([]extra, 0, 1+n+n/4), *extras...)
		}
		*extras = append(*extras, more)
		x.extra = uint32(len(*extras))
	}
	return x
}
