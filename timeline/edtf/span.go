package edtf

// StartBounds returns the earliest and the latest day on which d starts. For a
// span they are tightened: it cannot start after its latest end. For other
// kinds they are [Date.Bounds]. A span with an open start has always been:
// both are [DistantPast].
func (d Date) StartBounds() (earliest, latest Day) { return d.startBounds() }

// EndBounds returns the earliest and the latest day on which d ends. For a
// span they are tightened: it cannot end before its earliest start. For other
// kinds they are [Date.Bounds]. A span with an open end goes on for ever: both
// are [DistantFuture]. One with an unknown end is over at some time, which may
// be the day it starts.
func (d Date) EndBounds() (earliest, latest Day) { return d.endBounds() }

func (d Date) startBounds() (earliest, latest Day) {
	if d.Kind() != Span {
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
	if d.Kind() != Span {
		return d.Bounds()
	}
	earliest, latest = d.b.boundsOfEnd(DistantFuture)
	if d.a.is(pointValue) {
		start, _ := d.a.bounds()
		earliest = max(earliest, start)
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

// lists reports whether an all-of set has day: certainly if a member is that day, or a
// range of days that it is in.
func (d Date) lists(day Day) Truth {
	for m := range members(d.set.Value()) {
		days := m.days()
		exact := m.a.precision() == PrecisionDay || m.a == 0 && m.b.precision() == PrecisionDay
		if exact && days.first <= day && day <= days.last {
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
