package edtf

// A point is one end of a Date, or the whole of it if it is a window, packed into 64
// bits: what was written, so that it can be written again.
//
//	bits  0-1   what it is: absent, a value, open (..) or unknown (empty)
//	bits  2-3   its form: a calendar date, one with a time of day, or a long year
//
// A calendar date, with or without a time:
//
//	bits  4-17  the year, with 0 in place of each X
//	bit  18     the year has a minus
//	bits 19-22  which of the year's digits are X, the last one lowest
//	bits 23-28  the month or the code of a part of the year, see monthsOf; 0 none
//	bits 29-34  the day, see daysOf; 0 none
//
// A calendar date without a time:
//
//	bits 35-46  the qualifiers, two bits each: before and behind year, month and day
//	bits 47-50  how many digits of the year are significant; 0 all
//	bits 51-52  whether it reaches back (..2018) or on (2018..)
//
// With a time, bits 19-20 are the form of its zone; see clock. A long year has layouts of
// its own; see longYear.
type point uint64

const (
	pointAbsent point = iota
	pointValue
	pointOpen
	pointUnknown
)

// The forms of points.
const (
	formCalendar = iota
	formClock
	formLong
)

// Codes in place of a month or a day of which not all digits are known. XX is
// unspecified; a known first or last digit is counted from the others.
const (
	unspecified = 63

	monthTens  = 42 // 0X and 1X
	monthUnits = 44 // X0 to X9

	dayTens  = 32 // 0X to 3X
	dayUnits = 36 // X0 to X9
)

// Qualifiers, as indexes into qualifierMarks.
const (
	uncertain = 1 << iota
	approximate
)

const qualifierMarks = " ?~%"

// Where a qualifier may stand.
const (
	beforeYear = iota
	behindYear
	beforeMonth
	behindMonth
	beforeDay
	behindDay
)

// What a point says besides its days.
const (
	minus     point = 1 << 18
	reachBack point = 1 << 51
	reachOn   point = 1 << 52

	everyMark point = 0xfff << 35
)

func newPoint(year, sub, day int) point {
	p := pointValue
	if year < 0 {
		p, year = p|minus, -year
	}
	return p | point(year)<<4 | point(sub)<<23 | point(day)<<29
}

func (p point) is(what point) bool { return p&3 == what }
func (p point) form() int          { return int(p >> 2 & 3) }
func (p point) digits() int        { return int(p >> 4 & 0x3fff) } // of the year, without its minus
func (p point) sub() int           { return int(p >> 23 & 63) }
func (p point) day() int           { return int(p >> 29 & 63) }

// year returns the year, with 0 in place of each X.
func (p point) year() int {
	if p&minus != 0 {
		return -p.digits()
	}
	return p.digits()
}

// digitsX returns which of the year's digits are X.
func (p point) digitsX() int {
	if p.form() != formCalendar {
		return 0
	}
	return int(p >> 19 & 15)
}

// significant returns how many digits of a year of four are significant, 0 if all are.
func (p point) significant() int {
	if p.form() != formCalendar {
		return 0
	}
	return int(p >> 47 & 15)
}

func (p point) withX(x int) point           { return p | point(x)<<19 }
func (p point) withSignificant(n int) point { return p | point(n)<<47 }

func (p point) withMark(where, q int) point { return p | point(q)<<(35+2*where) }

// qualified returns p with a qualifier of all of it, besides those that it has. A time of day is left
// out, since it has none.
func (p point) qualified(q int) point {
	switch {
	case q == 0 || !p.is(pointValue):
		return p
	case p.form() == formLong:
		return p | point(q)<<59
	}
	p = p.withoutTime()
	return p.withMark(p.end(), q)
}

// mark returns the qualifier that stands there.
func (p point) mark(where int) int {
	switch p.form() {
	case formCalendar:
		return int(p >> (35 + 2*where) & 3)
	case formLong:
		if where == behindYear {
			return p.longMark()
		}
	}
	return 0
}

// qualifier returns the qualifiers of all parts of p together.
func (p point) qualifier() (q int) {
	for where := beforeYear; where <= behindDay; where++ {
		q |= p.mark(where)
	}
	return q
}

// reaches reports whether p reaches back or on without a bound.
func (p point) reaches() bool { return p.form() == formCalendar && p&(reachBack|reachOn) != 0 }

// isPartOfYear reports whether p is a season, a quarter, a third or a half.
func (p point) isPartOfYear() bool { return p.sub() >= 21 && p.sub() <= 41 }

// isPlainDay reports whether p is one day of the calendar and nothing more.
func (p point) isPlainDay() bool {
	return p.precision() == PrecisionDay && p == newPoint(p.year(), p.sub(), p.day())
}

func (p point) precision() Precision {
	if p.form() == formClock {
		return PrecisionDay
	}
	lost := p.lostDigits()
	switch sub, day := p.sub(), p.day(); {
	case p.form() == formLong || sub == 0 || sub == unspecified && (day == 0 || day == unspecified):
		if lost < 0 || lost > 3 {
			return PrecisionMixed
		}
		return PrecisionYear + Precision(lost)
	case lost != 0 || !isWhole(sub, monthTens) || !isWhole(day, dayTens):
		return PrecisionMixed
	case sub == unspecified:
		return PrecisionMixed // a day of any month
	case sub >= 40:
		return PrecisionHalf
	case sub >= 37:
		return PrecisionThird
	case sub >= 33:
		return PrecisionQuarter
	case sub >= 21:
		return PrecisionSeason
	case day == 0 || day == unspecified:
		return PrecisionMonth
	}
	return PrecisionDay
}

// isWhole reports whether all digits of a part are known, or none. partial is the least code
// for one of which some are.
func isWhole(part, partial int) bool { return part < partial || part == unspecified }

// lostDigits returns how many of the last digits of the year are not known, or -1 if it is
// not the last ones.
func (p point) lostDigits() int {
	if p.form() == formLong {
		return p.longLostDigits()
	}
	if n := p.significant(); n > 0 {
		return 4 - n
	}
	switch p.digitsX() {
	case 0:
		return 0
	case 1:
		return 1
	case 3:
		return 2
	case 7:
		return 3
	case 15:
		return 4
	}
	return -1
}

// withoutTime returns an end of a span without its time of day; 0 if it is no date.
func (p point) withoutTime() point {
	switch {
	case !p.is(pointValue):
		return 0
	case p.form() == formClock:
		return newPoint(p.year(), p.sub(), p.day())
	}
	return p
}
