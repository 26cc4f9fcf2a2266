package edtf

import (
	"iter"
	"slices"
	"unique"
)

// A Date is what a source says about when something was. Dates are small (24 bytes) and
// compared with ==, which holds if both were written alike: 2018 and 2018-XX
// have the same bounds and are different Dates.
//
// The zero Date says nothing at all. It is not a date; [Date.IsZero] reports it.
type Date struct {
	a, b point                 // a window has only a; a set keeps its outer bounds here
	set  unique.Handle[string] // a set as it was written
}

// A Kind is what a [Date] describes.
type Kind uint8

// The kinds of dates.
const (
	None   Kind = iota // the zero Date
	Window             // one day, somewhere in a range
	Span               // something that lasts
	Set                // one day out of several ranges
	AllOf              // all that is listed
)

// String returns "none", "window", "span", "set" or "all of a set".
func (k Kind) String() string {
	return [...]string{"none", "window", "span", "set", "all of a set"}[min(k, AllOf)]
}

// A Precision says to what part of the calendar a window is known, from the
// finest to the coarsest. 2018-XX is known to the year.
type Precision uint8

// The precisions.
const (
	PrecisionNone Precision = iota // the zero Date
	PrecisionDay
	PrecisionMonth
	PrecisionSeason
	PrecisionQuarter
	PrecisionThird // four months
	PrecisionHalf
	PrecisionYear
	PrecisionDecade
	PrecisionCentury
	PrecisionMillennium
	PrecisionMixed // a span or a set, of which ask the parts, or a window with gaps
)

// String returns the name of p in lower case.
func (p Precision) String() string {
	return [...]string{
		"none", "day", "month", "season", "quarter", "third", "half", "year", "decade", "century", "millennium", "mixed",
	}[min(p, PrecisionMixed)]
}

var noSet unique.Handle[string]

// IsZero reports whether d is the zero Date, which says nothing.
func (d Date) IsZero() bool { return d == Date{} }

// Kind returns what d describes.
func (d Date) Kind() Kind {
	switch {
	case d.set != noSet:
		if d.set.Value()[0] == '{' {
			return AllOf
		}
		return Set
	case d.b != 0:
		return Span
	case d.a != 0:
		return Window
	}
	return None
}

// Precision returns how finely a window is known, [PrecisionMixed] for spans
// and sets, and [PrecisionNone] for the zero Date.
func (d Date) Precision() Precision {
	switch d.Kind() {
	case Window:
		return d.a.precision()
	case None:
		return PrecisionNone
	}
	return PrecisionMixed
}

// Uncertain reports whether any part of d is marked ? or %.
func (d Date) Uncertain() bool { return d.qualified(uncertain) }

// Approximate reports whether any part of d is marked ~ or %.
func (d Date) Approximate() bool { return d.qualified(approximate) }

func (d Date) qualified(flag int) bool {
	if d.set == noSet {
		return (d.a.qualifier()|d.b.qualifier())&flag != 0
	}
	marks := [...]byte{uncertain: '?', approximate: '~'}
	for _, c := range []byte(d.set.Value()) {
		if c == '%' || c == marks[flag] {
			return true
		}
	}
	return false
}

// Earliest returns the first day d may touch, or [DistantPast]. For a span it
// is the earliest start.
func (d Date) Earliest() Day {
	earliest, _ := d.Bounds()
	return earliest
}

// Latest returns the last day d may touch, or [DistantFuture]. For a span it
// is the latest end.
func (d Date) Latest() Day {
	_, latest := d.Bounds()
	return latest
}

// Bounds returns [Date.Earliest] and [Date.Latest]. The zero Date reaches
// from [DistantPast] to [DistantFuture]: it excludes nothing.
func (d Date) Bounds() (earliest, latest Day) {
	switch d.Kind() {
	case Set, AllOf:
		return Day(int32(d.a)), Day(int32(d.b))
	case Span:
		earliest, _ = d.startBounds()
		_, latest = d.endBounds()
		return earliest, latest
	case Window:
		return d.a.bounds()
	}
	return DistantPast, DistantFuture
}

// From returns the start of a span as it was written: a window, a set such as [..2018] if it
// reaches back, or the zero Date if it is open or unknown. For other kinds it returns d.
func (d Date) From() Date { return d.end(d.a) }

// To returns the end of a span as it was written, as [Date.From] does.
func (d Date) To() Date { return d.end(d.b) }

func (d Date) end(p point) Date {
	switch {
	case d.Kind() != Span:
		return d
	case p.is(pointValue) && p.reaches():
		return setOfText("[" + string(p.append(nil)) + "]") // it says so by itself
	case p.is(pointValue):
		return Date{a: p}
	}
	return Date{}
}

// Ranges returns an iterator over the ranges of days d may touch, from first
// to last day, in order, without overlaps. Only a set has more than one, and a window of which a
// digit is unknown before a known one, such as 156X-12-25; the zero Date has none.
func (d Date) Ranges() iter.Seq2[Day, Day] {
	return func(yield func(first, last Day) bool) {
		switch d.Kind() {
		case None:
		case Set, AllOf:
			for _, r := range parseSet(d.set.Value()).merged() {
				if !yield(r.first, r.last) {
					return
				}
			}
		case Window:
			d.a.ranges(yield)
		default:
			yield(d.Bounds())
		}
	}
}

// Contains reports whether d may touch day: it lies in one of its ranges.
func (d Date) Contains(day Day) bool {
	for first, last := range d.Ranges() {
		if first <= day && day <= last {
			return true
		}
	}
	return false
}

// String returns d as it was written. The zero Date gives "".
func (d Date) String() string {
	if d.set != noSet {
		return d.set.Value()
	}
	return string(d.appendPoints(make([]byte, 0, 24)))
}

// AppendText appends [Date.String] to b. The error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.set != noSet {
		return append(b, d.set.Value()...), nil
	}
	return d.appendPoints(b), nil
}

func (d Date) appendPoints(b []byte) []byte {
	b = d.a.append(b)
	if d.b != 0 {
		b = d.b.append(append(b, '/'))
	}
	return b
}

// isOneDay reports whether d is one day out of several.
func (d Date) isOneDay() bool { return d.Kind() == Window || d.Kind() == Set }

// Intersect returns the window or set of the days that both d and e allow, or
// false if there is none. It is how two statements of one event that agree
// are brought together: 2015 and 2015-12 give 2015-12. Where one of the two
// lies within the other it is returned as written; otherwise the result is
// a set of days, or d if they have none that can be written, such as of the year 12018. Spans and all-of sets do not intersect and give false.
func Intersect(d, e Date) (Date, bool) {
	if !d.isOneDay() || !e.isOneDay() {
		return Date{}, false
	}
	common := intersect(slices.Collect(d.ranges()), slices.Collect(e.ranges()))
	switch {
	case len(common) == 0:
		return Date{}, false
	case slices.Equal(common, slices.Collect(d.ranges())):
		return d, true
	case slices.Equal(common, slices.Collect(e.ranges())):
		return e, true
	}
	if set, ok := setOf(common); ok {
		return set, true
	}
	return d, true
}
