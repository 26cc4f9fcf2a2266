package archive

import (
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A compactEvent is an event as an archive stores it: what all events have, in
// 32 bytes and the payload. What few have is an [extra].
type compactEvent[E any] struct {
	id    uuid.UUID
	seq   int64
	when  dateNumber
	known dateNumber
	data  E
}

// compactEvents are those of a stream, each at a slot: in the order in which
// they came.
type compactEvents[E any] struct{ column[compactEvent[E]] }

// A column is what the events of a stream have, by slot. It is in two slices so that a stream can grow
// without being copied each time: the second takes what comes, until it is a quarter of the
// first. What is in them is never changed; a writer appends where nobody looks.
type column[T any] struct{ most, rest []T }

func (c *column[T]) len() int { return len(c.most) + len(c.rest) }

func (c *column[T]) at(slot int32) *T {
	if int(slot) < len(c.most) {
		return &c.most[slot]
	}
	return &c.rest[int(slot)-len(c.most)]
}

// add appends x.
func (c *column[T]) add(x T) { c.rest = append(c.rest, x) }

// pack makes one slice of both, without room for more, if that is due.
func (c *column[T]) pack() {
	switch {
	case len(c.most) == 0 && len(c.rest) == cap(c.rest):
		c.most, c.rest = c.rest, nil
	case 4*len(c.rest) > len(c.most):
		all := make([]T, 0, c.len())
		c.most, c.rest = append(append(all, c.most...), c.rest...), nil
	}
}

// bytes returns how many bytes c takes, without what is behind pointers.
func (c *column[T]) bytes() int64 { return allocated[T](cap(c.most)) + allocated[T](cap(c.rest)) }

// details are what not every event has: a name and, behind a pointer, what few
// have.
type details struct {
	name string
	*rareDetails
}

type rareDetails struct {
	note, rival string
	cites       []timeline.Citation
	links       []uuid.UUID // those that it replaces, and behind them those it comes after
	replaced    int32       // how many it replaces
	rank        timeline.Rank
	retraction  bool
	meta        *timeline.Metadata
}

func (x *rareDetails) replaces() []uuid.UUID {
	if x.replaced == 0 {
		return nil
	}
	return x.links[:x.replaced:x.replaced]
}

func (x *rareDetails) after() []uuid.UUID {
	if int(x.replaced) == len(x.links) {
		return nil
	}
	return x.links[x.replaced:]
}

// detailsOf returns the details of e, which share nothing with it, or false if
// it has none.
func detailsOf[E any](e *timeline.Event[E]) (details, bool) {
	x := details{name: e.Name}
	if e.Note != "" || e.Rival != "" || len(e.Cites)+len(e.Replaces)+len(e.After) > 0 || e.Rank != timeline.RankNormal || e.Retraction || !e.Meta.IsZero() {
		x.rareDetails = &rareDetails{
			note: e.Note, rival: e.Rival, rank: e.Rank, retraction: e.Retraction, meta: e.Meta.Clone(),
			cites: slices.Clone(e.Cites), links: slices.Concat(e.Replaces, e.After), replaced: int32(len(e.Replaces)),
		}
	}
	return x, x.rareDetails != nil || x.name != ""
}

// A dateNumber stands for a date: for an exact day by itself, with the highest bit and how
// many days it comes after [edtf.MinDay]. Of the others a history has few different ones,
// so an archive stores each once.
type dateNumber uint32

const exactDay dateNumber = 1 << 31

// day returns the day that n stands for by itself, if it does.
func (n dateNumber) day() (edtf.Day, bool) {
	return edtf.MinDay + edtf.Day(n&^exactDay), n&exactDay != 0
}

// dates numbers the dates that are no exact days, and keeps the bounds of each.
type dates struct {
	*internTable[edtf.Date, worlds.Range]
}

func newDates() dates {
	d := dates{newInternTable[edtf.Date, worlds.Range]()}
	d.put(edtf.Date{}) // number 0 says nothing
	return d
}

// put returns the number of date.
func (d dates) put(date edtf.Date) dateNumber {
	first, last := date.Bounds()
	if first == last && date == first.Date() {
		return exactDay | dateNumber(first-edtf.MinDay)
	}
	if e := d.get(date); e != nil {
		return dateNumber(e.number)
	}
	return dateNumber(d.add(&entry[edtf.Date, worlds.Range]{key: date, value: worlds.Range{First: first, Last: last}}).number)
}

// date returns the date with the given number.
func (d dates) date(n dateNumber) edtf.Date {
	if day, ok := n.day(); ok {
		return day.Date()
	}
	return d.at(uint32(n)).key
}

// bounds returns the first and the last day of the date with the given number.
func (d dates) bounds(n dateNumber) worlds.Range {
	if day, ok := n.day(); ok {
		return worlds.Range{First: day, Last: day}
	}
	return d.at(uint32(n)).value
}

// needNoCheck reports whether both dates are ones that Event.Check never refuses.
func (d dates) needNoCheck(when, known dateNumber) bool {
	return when != 0 && d.isPlain(when) && d.isPlain(known)
}

// isPlain reports whether a date is nothing, a day or a range of days, as most are.
func (d dates) isPlain(n dateNumber) bool {
	if _, ok := n.day(); ok || n == 0 {
		return true
	}
	date := d.date(n)
	return date.Kind() == edtf.Window && date.Precision() < edtf.PrecisionMixed
}

// A compactor makes compact events. Events that follow each other often share a
// date, so it remembers the last ones.
type compactor[S, E any] struct {
	archive     *Archive[S, E]
	when, known memo
}

// knownOf returns when e became known, zero if that is When. The zone of Recorded is not
// stored.
func knownOf[E any](e *timeline.Event[E]) edtf.Date {
	if e.Known.IsZero() && !e.Recorded.IsZero() {
		return e.KnowledgeTime()
	}
	return e.Known
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

// compact returns e as a compact event and what it has beside; position is its own in a log, or 0. The details
// of e are appended to all, and the event has their place there.
func (c *compactor[S, E]) compact(e *timeline.Event[E], position int64, all []details) (compactEvent[E], extra, []details) {
	dates := c.archive.dates
	x := compactEvent[E]{id: e.ID, seq: e.Seq, when: c.when.put(dates, e.When), known: c.known.put(dates, knownOf(e)), data: e.Data}
	if c.archive.cloneData != nil {
		x.data = c.archive.cloneData(e.Data)
	}
	y := extra{at: c.archive.instants.put(e.Recorded, position)}
	if more, ok := detailsOf(e); ok {
		if n := len(all); n == cap(all) { // with less room to spare than append takes
			all = append(make([]details, 0, 1+n+n/4), all...)
		}
		all = append(all, more)
		y.details = detailsNumber(len(all))
	}
	if !e.Known.IsZero() && !e.Recorded.IsZero() {
		y.details |= ownKnown
	}
	return x, y, all
}
