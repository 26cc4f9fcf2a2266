package edtf

// A point is one end of a Date, or the whole of it if it is a window, packed
// into 32 bits: what was written, so that it can be written again.
//
//	bits  0-1   what it is: absent, a value, open (..) or unknown (empty)
//	bits  2-15  the year, with 0 in place of each X
//	bits 16-21  the month or the sub-year code; 0 none, 63 XX
//	bits 22-27  the day; 0 none, 63 XX
//	bits 28-29  how many of the year's last digits are X
//	bits 30-31  the qualifier: none, ?, ~ or %
type point uint32

const (
	pointAbsent point = iota
	pointValue
	pointOpen
	pointUnknown
)

const unspecified = 63 // XX in place of a month or a day

// Qualifiers, as indexes into qualifierMarks.
const (
	uncertain = 1 << iota
	approximate
)

const qualifierMarks = " ?~%"

func newPoint(year, sub, day int) point {
	return pointValue | point(year)<<2 | point(sub)<<16 | point(day)<<22
}

func (p point) is(what point) bool { return p&3 == what }
func (p point) year() int          { return int(p >> 2 & 0x3fff) }
func (p point) sub() int           { return int(p >> 16 & 63) }
func (p point) day() int           { return int(p >> 22 & 63) }
func (p point) digitsX() int       { return int(p >> 28 & 3) }
func (p point) qualifier() int     { return int(p >> 30) }

func (p point) withX(n int) point         { return p | point(n)<<28 }
func (p point) withQualifier(q int) point { return p | point(q)<<30 }

// bounds returns the first and the last day p may stand for.
func (p point) bounds() (first, last Day) {
	year, sub, day := p.year(), p.sub(), p.day()
	switch {
	case sub == 0 || sub == unspecified:
		years := [...]int{1, 10, 100}[p.digitsX()]
		return civil(year, 1, 1), civil(year+years-1, 12, 31)
	case sub > 12:
		start, months := subYear(sub)
		first = civil(year, start, 1)
		if start += months; start > 12 {
			year, start = year+1, start-12
		}
		return first, civil(year, start, 1) - 1
	case day == 0 || day == unspecified:
		first = civil(year, sub, 1)
		return first, first + Day(daysIn(year, sub)-1)
	}
	first = civil(year, sub, day)
	return first, first
}

// subYear returns the first month of a sub-year code and how many it has.
func subYear(code int) (start, months int) {
	switch {
	case code <= 24: // seasons, from March
		return 3 + 3*(code-21), 3
	case code <= 36: // quarters
		return 1 + 3*(code-33), 3
	case code <= 39: // thirds
		return 1 + 4*(code-37), 4
	}
	return 1 + 6*(code-40), 6 // halves
}

func (p point) precision() Precision {
	sub, day := p.sub(), p.day()
	switch {
	case p.digitsX() == 2:
		return PrecisionCentury
	case p.digitsX() == 1:
		return PrecisionDecade
	case sub == 0 || sub == unspecified:
		return PrecisionYear
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

// append writes p as it was written.
func (p point) append(b []byte) []byte {
	switch {
	case p.is(pointOpen):
		return append(b, ".."...)
	case !p.is(pointValue):
		return b
	}
	year := p.year()
	b = append(b, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10))
	for i := range p.digitsX() {
		b[len(b)-1-i] = 'X'
	}
	b = appendTwo(b, p.sub())
	b = appendTwo(b, p.day())
	if q := p.qualifier(); q != 0 {
		b = append(b, qualifierMarks[q])
	}
	return b
}

func appendTwo(b []byte, n int) []byte {
	switch n {
	case 0:
		return b
	case unspecified:
		return append(b, "-XX"...)
	}
	return append(b, '-', byte('0'+n/10), byte('0'+n%10))
}
