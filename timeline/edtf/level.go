package edtf

import (
	"fmt"
	"iter"
	"strings"
)

// A Level is a part of EDTF that a program may want to keep to.
type Level uint8

// The levels of the specification, each with the ones before it, and the profile.
const (
	Level0 Level = iota // dates and times of ISO 8601-1: 2018, 2018-03, 2018-03-15, 2018-03-15T23:20:30Z, 2018/2019
	Level1              // 2018-21, 201X, 2018-XX, 2018-03?, -0044, Y12018, 2018/..
	Level2              // all of it
	// Profile is what sources say of recent history: years from 0000 to 9999, a day, a
	// month, a season, a quarter, a third, a half or a year, 201X, 20XX, 2018-XX, one mark at
	// the end, spans of these, and sets of which one is meant.
	Profile
)

// String returns "level 0", "level 1", "level 2" or "the profile".
func (l Level) String() string {
	if l >= Profile {
		return "the profile"
	}
	return fmt.Sprintf("level %d", uint8(l))
}

// Parse is [Parse] for the dates of l. The error of another one matches [ErrUnsupported].
func (l Level) Parse(s string) (Date, error) {
	d, err := Parse(s)
	if err == nil && !d.In(l) {
		return Date{}, &ParseError{Input: s, Reason: fmt.Sprintf("EDTF of %v, and not of %v", d.Level(), l), Feature: true}
	}
	return d, err
}

// Level returns the first level that has d.
func (d Date) Level() Level {
	switch d.Kind() {
	case Set, AllOf:
		return Level2
	case Span:
		if d.a.form() == formClock || d.b.form() == formClock {
			return Level2
		}
		level := max(d.a.level(), d.b.level())
		if d.a.hasUnspecified() || d.b.hasUnspecified() {
			level = Level2
		}
		return level
	case Window:
		return d.a.level()
	}
	return Level0
}

// In reports whether l has d.
func (d Date) In(l Level) bool {
	if l < Profile {
		return d.Level() <= l
	}
	for p := range d.points {
		if !p.inProfile() {
			return false
		}
	}
	return d.Kind() != AllOf
}

// points calls yield with all windows and ends of which d is made.
func (d Date) points(yield func(point) bool) {
	switch d.Kind() {
	case Window:
		yield(d.a)
	case Span:
		_ = yield(d.a) && yield(d.b)
	case Set, AllOf:
		for m := range members(d.set.Value()) {
			if m.a != 0 && !yield(m.a) || m.b != 0 && !yield(m.b) {
				return
			}
		}
	}
}

// A setMember is one of the windows of a set, or a range of them, of which an end may be
// absent.
type setMember struct {
	a, b    point
	isRange bool
}

// members returns an iterator over the members of a set that was read before.
func members(text string) iter.Seq[setMember] {
	return func(yield func(setMember) bool) {
		for m := range strings.SplitSeq(text[1:len(text)-1], ",") {
			first, last, isRange := strings.Cut(m, "..")
			if !yield(setMember{pointOf(first), pointOf(last), isRange}) {
				return
			}
		}
	}
}

// pointOf reads a window that was read before; "" gives none.
func pointOf(text string) point {
	p := parser{s: text}
	w, _ := p.window()
	return w
}

func (p point) level() Level {
	switch {
	case !p.is(pointValue):
		return Level1
	case p.form() == formClock && p&minus == 0:
		return Level0
	case p.form() == formClock:
		return Level1
	case p.form() == formLong:
		if p&longExponent != 0 || p.longSignificant() > 0 {
			return Level2
		}
		return Level1
	case p.significant() > 0 || p.reaches() || p.sub() > 24 && p.isPartOfYear() || p.digitsX() != 0 && p.sub() != 0 || !p.marksAtEnd() || p.precision() > PrecisionCentury:
		return Level2
	case p.qualifier() != 0 || p&minus != 0 || p.digitsX() != 0 || p.sub() > 12 || p.day() == unspecified:
		return Level1
	}
	return Level0
}

// hasUnspecified reports whether p has a digit X.
func (p point) hasUnspecified() bool {
	return p.form() == formCalendar && (p.digitsX() != 0 || p.sub() >= monthTens || p.day() >= dayTens)
}

// marksAtEnd reports whether p has no qualifier, or one that stands at the end.
func (p point) marksAtEnd() bool {
	return p&everyMark == point(p.mark(p.end()))<<(35+2*p.end())
}

// end returns where a qualifier of all of p stands.
func (p point) end() int {
	switch {
	case p.day() > 0:
		return behindDay
	case p.sub() > 0:
		return behindMonth
	}
	return behindYear
}

func (p point) inProfile() bool {
	if !p.is(pointValue) {
		return true
	}
	return p.form() == formCalendar && p&minus == 0 && p.significant() == 0 && !p.reaches() && p.marksAtEnd() &&
		p.precision() <= PrecisionCentury && (p.sub() < 25 || p.sub() > 32) && (p.digitsX() == 0 || p.sub() == 0)
}

// Saturated reports whether d has a bound in years that a [Day] does not reach, some five million
// before or after today. That bound is then [DistantPast] or [DistantFuture], and a date that lies there as
// a whole is before the year -5877640, or after 5881579, as far as its bounds say.
func (d Date) Saturated() bool {
	for p := range d.points {
		if p.is(pointValue) && p.form() == formLong {
			if first, last := p.bounds(); first == DistantPast || last == DistantFuture {
				return true
			}
		}
	}
	return false
}
