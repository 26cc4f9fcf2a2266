package edtf

// bounds returns the first and the last day p may stand for.
func (p point) bounds() (first, last Day) {
	switch {
	case p.form() == formLong:
		lost := p.longLostDigits()
		return yearBounds(p.magnitude(), lost, p&longMinus != 0)
	case p.isContiguous():
		first, last = p.contiguous()
	default:
		for f, l := range p.completions(false) {
			first, last = f, l
			break
		}
		for _, l := range p.completions(true) {
			last = l
			break
		}
	}
	if p.reaches() {
		if p&reachBack != 0 {
			first = DistantPast
		}
		if p&reachOn != 0 {
			last = DistantFuture
		}
	}
	return first, last
}

// isContiguous reports whether p stands for days without gaps, whatever its digits are.
func (p point) isContiguous() bool {
	sub, day := p.sub(), p.day()
	if sub == 0 || sub == unspecified && (day == 0 || day == unspecified) {
		return p.lostDigits() >= 0
	}
	return p.digitsX() == 0 && sub < monthTens && (day < dayTens || day == unspecified)
}

// isSome reports whether there is a day that p may stand for.
func (p point) isSome() bool {
	if p.isContiguous() {
		return p.day() == unspecified || p.day() <= daysIn(p.year(), p.sub())
	}
	for range p.completions(false) {
		return true
	}
	return false
}

// isAfter reports whether p begins after q is over.
func (p point) isAfter(q point) bool {
	first, _ := p.bounds()
	_, last := q.bounds()
	return last < first || p.form() == formLong && q.form() == formLong && p.least() > q.most()
}

// contiguous is bounds for what has no gaps.
func (p point) contiguous() (first, last Day) {
	year, sub, day := p.year(), p.sub(), p.day()
	switch {
	case sub == 0 || sub == unspecified:
		return yearBounds(p.digits(), p.lostDigits(), p&minus != 0)
	case p.isPartOfYear():
		return partOfYear(year, sub)
	case day == 0 || day == unspecified:
		first = civil(year, sub, 1)
		return first, first + Day(daysIn(year, sub)-1)
	}
	first = civil(year, sub, day)
	return first, first
}

// A Day reaches over these years, and a part of the ones before and after them.
const (
	firstYear = -5877640
	lastYear  = 5881579
)

// yearBounds returns the bounds of the years that begin with the digits of one, of which the
// last ones are lost, or of those before the year 0. Years that a Day does not reach are
// somewhere before the first one that it does, or behind the last.
func yearBounds(year, lost int, negative bool) (first, last Day) {
	unit := 1
	for range min(lost, 10) {
		unit *= 10
	}
	low := year - year%unit
	high := low + unit - 1
	if year >= farYear {
		low = farYear // it has lost digits that do not matter
	}
	if negative {
		low, high = -high, -max(low, 1) // there is no year -0
	}
	first, last = DistantPast, DistantFuture
	if low >= firstYear {
		first = civil(min(low, lastYear+1), 1, 1)
	}
	if high <= lastYear {
		last = civil(max(high, firstYear-1), 12, 31)
	}
	return first, last
}

// partOfYear returns the bounds of a season, a quarter, a third or a half of a year.
func partOfYear(year, code int) (first, last Day) {
	start, months := subYear(code)
	first = civil(year, start, 1)
	if start += months; start > 12 {
		year, start = year+1, start-12
	}
	return first, civil(year, start, 1) - 1
}

// subYear returns the first month of a part of the year and how many it has.
func subYear(code int) (start, months int) {
	switch {
	case code <= 24: // seasons, from March
		return 3 + 3*(code-21), 3
	case code <= 28: // of the north
		return 3 + 3*(code-25), 3
	case code <= 32: // of the south: spring from September, summer from December
		return [...]int{9, 12, 3, 6}[code-29], 3
	case code <= 36: // quarters
		return 1 + 3*(code-33), 3
	case code <= 39: // thirds
		return 1 + 4*(code-37), 4
	}
	return 1 + 6*(code-40), 6 // halves
}

// monthsOf returns the months that a code stands for, as bits from 1 to 12.
func monthsOf(sub int) (months uint16) {
	for m := 1; m <= 12; m++ {
		if fitsCode(m, sub, monthTens, monthUnits) {
			months |= 1 << m
		}
	}
	return months
}

// daysOf returns the days of a month that a code stands for, as bits from 1 to 31.
func daysOf(day int) (days uint32) {
	for d := 1; d <= 31; d++ {
		if fitsCode(d, day, dayTens, dayUnits) {
			days |= 1 << d
		}
	}
	return days
}

// fitsCode reports whether a month or a day is one of those that a code stands for, of which
// those from tens on know the first digit, those from units on the last.
func fitsCode(n, code, tens, units int) bool {
	switch {
	case code == 0 || code == unspecified:
		return true
	case code >= units:
		return n%10 == code-units
	case code >= tens:
		return n/10 == code-tens
	}
	return n == code
}

// fitsYear reports whether a year, without its minus, has the digits of p that are known.
func (p point) fitsYear(year int) bool {
	x, unit := p.digitsX(), 1
	for i := range 4 {
		if x>>i&1 == 1 {
			year -= year / unit % 10 * unit
		}
		unit *= 10
	}
	return year == p.digits()
}

// mostDigits returns the largest year, without its minus, that p may stand for.
func (p point) mostDigits() int {
	year, x, unit := p.digits(), p.digitsX(), 1
	for i := range 4 {
		year += 9 * unit * (x >> i & 1)
		unit *= 10
	}
	return year
}

// completions returns an iterator over the ranges of days that p stands for, one for each year,
// month or day that it may be: in order, or from the last one back. They do not overlap,
// but may touch.
func (p point) completions(back bool) func(yield func(first, last Day) bool) {
	return func(yield func(first, last Day) bool) {
		from, to, step := p.digits(), p.mostDigits(), 1
		if back != (p&minus != 0) { // years before 0 go the other way
			from, to, step = to, from, -1
		}
		for year := from; ; year += step {
			if p.fitsYear(year) && !p.inYear(year, back, yield) || year == to {
				return
			}
		}
	}
}

// inYear is completions in one year, given without its minus.
func (p point) inYear(year int, back bool, yield func(first, last Day) bool) bool {
	if p&minus != 0 {
		if year = -year; year == 0 {
			return true
		}
	}
	sub, day := p.sub(), p.day()
	switch {
	case sub == 0:
		return yield(civil(year, 1, 1), civil(year, 12, 31))
	case p.isPartOfYear():
		return yield(partOfYear(year, sub))
	}
	months, days := monthsOf(sub), daysOf(day)
	for i := range 12 {
		m := 1 + i
		if back {
			m = 12 - i
		}
		if months>>m&1 == 1 && !inMonth(year, m, day, days, back, yield) {
			return false
		}
	}
	return true
}

// inMonth is completions in one month.
func inMonth(year, month, day int, days uint32, back bool, yield func(first, last Day) bool) bool {
	first, n := civil(year, month, 1), daysIn(year, month)
	if day == 0 || day == unspecified {
		return yield(first, first+Day(n-1))
	}
	for i := range n {
		if back {
			i = n - 1 - i
		}
		if days>>(1+i)&1 == 1 && !yield(first+Day(i), first+Day(i)) {
			return false
		}
	}
	return true
}

// ranges calls yield with the days that p stands for, in order and apart.
func (p point) ranges(yield func(first, last Day) bool) bool {
	if p.form() == formLong || p.reaches() || p.isContiguous() {
		return yield(p.bounds())
	}
	first, last, some := Day(0), Day(0), false
	for f, l := range p.completions(false) {
		switch {
		case !some:
			first, last, some = f, l, true
		case f == last+1:
			last = l
		case !yield(first, last):
			return false
		default:
			first, last = f, l
		}
	}
	return yield(first, last)
}

// neighbour returns the day, the month or the year before p, or after it; the day if p is another part of
// the calendar. It has the marks of p. It is 0 if it is not in the years from -9999 to 9999.
func (p point) neighbour(by Day) point {
	first, last := p.bounds()
	next := last.Next()
	if by < 0 {
		next = first - 1
	}
	if first < MinDay || last > MaxDay || next < MinDay || next > MaxDay {
		return 0
	}
	year, month, day := next.parts()
	switch p.precision() {
	case PrecisionYear:
		month, day = 0, 0
	case PrecisionMonth:
		day = 0
	}
	return newPoint(year, month, day).qualified(p.qualifier())
}
