package edtf

// StartBounds returns the earliest and the latest day on which d starts. For a
// span they are tightened: it cannot start after its latest end. For an all-of set they are those
// of its first day. For other kinds they are [Date.Bounds]. A span with an open start has always been:
// both are [DistantPast].
func (d Date) StartBounds() (earliest, latest Day) { return d.startBounds() }

// EndBounds returns the earliest and the latest day on which d ends. For a
// span they are tightened: it cannot end before its earliest start. For an all-of set they are those
// of its last day. For other kinds they are [Date.Bounds]. A span with an open end goes on for ever: both
// are [DistantFuture]. One with an unknown end is over at some time, which may
// be the day it starts.
func (d Date) EndBounds() (earliest, latest Day) { return d.endBounds() }

func (d Date) startBounds() (earliest, latest Day) {
	switch d.Kind() {
	case Span:
	case AllOf:
		return d.firstOfAll()
	default:
		return d.Bounds()
	}
	earliest, latest = d.a.boundsOfEnd(DistantPast)
	if d.b.is(pointValue) {
		_, end := d.b.bounds()
		latest = min(latest, end)
	}
	return earliest, latest
}

func (d Date) endBounds() (earliest, latest Day) {
	switch d.Kind() {
	case Span:
	case AllOf:
		return d.lastOfAll()
	default:
		return d.Bounds()
	}
	earliest, latest = d.b.boundsOfEnd(DistantFuture)
	if d.a.is(pointValue) {
		start, _ := d.a.bounds()
		earliest = max(earliest, start)
	}
	return earliest, latest
}

// firstOfAll returns the bounds of the first day of an all-of set: it has all of its members, so it
// begins no later than any of them.
func (d Date) firstOfAll() (earliest, latest Day) {
	earliest, latest = d.Earliest(), DistantFuture
	for m := range members(d.set.Value()) {
		if m.a == 0 {
			return DistantPast, DistantPast
		}
		_, last := m.a.bounds()
		latest = min(latest, last)
	}
	return earliest, latest
}

// lastOfAll returns the bounds of the last day of an all-of set.
func (d Date) lastOfAll() (earliest, latest Day) {
	earliest, latest = DistantPast, d.Latest()
	for m := range members(d.set.Value()) {
		end := m.b
		switch {
		case m.isRange && m.b == 0:
			return DistantFuture, DistantFuture
		case !m.isRange:
			end = m.a
		}
		first, _ := end.bounds()
		earliest = max(earliest, first)
	}
	return earliest, latest
}

// boundsOfEnd returns the bounds of an end of a span, which are open if it is.
func (p point) boundsOfEnd(open Day) (earliest, latest Day) {
	switch {
	case p.is(pointOpen):
		return open, open
	case p.is(pointUnknown):
		return DistantPast, DistantFuture
	}
	return p.bounds()
}

// Holds reports whether d holds on day. A span holds from the day it starts
// to the day it ends, both in: it is Certain between its latest start and its
// earliest end, No outside its earliest start and its latest end, and Possible
// elsewhere. A window or a set holds on the one day it stands for, an all-of set on each of
// its members. The zero Date possibly holds on any day.
func (d Date) Holds(day Day) Truth {
	switch d.Kind() {
	case AllOf:
		return d.lists(day)
	case Span:
	default:
		return d.falls(day)
	}
	start, lastStart := d.startBounds()
	firstEnd, end := d.endBounds()
	switch {
	case day < start || day > end:
		return No
	case day >= lastStart && day <= firstEnd:
		return Certain
	}
	return Possible
}

// isOfDays reports whether the ends of m are days.
func (m setMember) isOfDays() bool {
	return (m.a == 0 || m.a.precision() == PrecisionDay) && (m.b == 0 || m.b.precision() == PrecisionDay)
}

// isOfDays reports whether it is certain which days an all-of set has.
func (d Date) isOfDays() bool {
	for m := range members(d.set.Value()) {
		if !m.isOfDays() {
			return false
		}
	}
	return true
}

// lists reports whether an all-of set has day: certainly if a member is that day, or a
// range of days that it is in.
func (d Date) lists(day Day) Truth {
	for m := range members(d.set.Value()) {
		days := m.days()
		if m.isOfDays() && days.first <= day && day <= days.last {
			return Certain
		}
	}
	return min(TruthOf(d.Contains(day)), Possible)
}

// falls reports whether the one day that d stands for is day.
func (d Date) falls(day Day) Truth {
	first, last := d.Bounds()
	switch {
	case d.IsZero():
		return Possible
	case first == day && last == day:
		return Certain
	}
	return min(TruthOf(d.Contains(day)), Possible)
}
