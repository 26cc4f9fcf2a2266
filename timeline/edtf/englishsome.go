package edtf

import (
	"fmt"
	"strconv"
	"strings"
)

// some reads a window of which something is not known: "some day in May 2020", "some month of 2018",
// "some year of 1900-1999".
func (e *english) some() (moment, bool, fault) {
	start := e.i
	var p point
	var f fault
	switch {
	case e.accept("some day of", "some day in"):
		p, f = e.someDay()
	case e.accept("some month of", "some month in"):
		p, f = e.someMonth()
	case e.isSomeYear():
		p, f = e.someYear()
	default:
		return moment{}, false, fault{}
	}
	if f.reason == "" && p.form() == formCalendar && !p.isSome() {
		f = e.fault(start, unreadable)
	}
	return window(p), true, f
}

// someDay reads the rest of "some day of May 2020", "some day of 20-29 May 2020" and "some day of 2020".
func (e *english) someDay() (point, fault) {
	if days := e.numbersList(func(w string) int { return numberOf(w, 31) }); days != 0 {
		e.skip("of", "in")
		p, f := e.monthOfYear()
		days &= p.longestMonth()
		for code := dayTens; code < dayUnits+10 && f.reason == ""; code++ {
			if daysOf(code)&p.longestMonth() == days {
				return p | point(code)<<29, f
			}
		}
		return 0, orElse(f, e.fault(e.i, unreadable))
	}
	p, f := e.monthOfYear()
	if p.sub() == 0 {
		p |= unspecified << 23
	}
	return p | unspecified<<29, f
}

// someMonth reads the rest of "some month of 2018" and "some month of October-December 2018".
func (e *english) someMonth() (point, fault) {
	if months := e.numbersList(func(w string) int { return months[w] }); months != 0 {
		year, f := e.anyYear()
		for code := monthTens; code < monthUnits+10; code++ {
			if uint32(monthsOf(code)) == months {
				return year | point(code)<<23, f
			}
		}
		return 0, e.fault(e.i, unreadable)
	}
	year, f := e.anyYear()
	return year | unspecified<<23, f
}

// monthOfYear reads "May 2020", "some month of 2020" or a year, without a day.
func (e *english) monthOfYear() (point, fault) {
	start := e.i
	switch month := months[e.at(e.i)]; {
	case e.accept("some month of", "some month in"):
		return e.someMonth()
	case month > 0:
		e.i++
		year, f := e.anyYear()
		return year | point(month)<<23, f
	}
	if p, f := e.anyYear(); f.reason == "" {
		return p, f
	}
	e.i = start
	m, f := e.calendar()
	if p := m.from; f.reason != "" || m.lacks != nothing || m.to != 0 || p.form() != formCalendar || p.day() != 0 || p.sub() > 12 && p.sub() != unspecified || p.significant() != 0 {
		return 0, orElse(f, e.fault(start, unreadable))
	}
	return m.from, fault{}
}

// anyYear reads a year that is known, or of which something is.
func (e *english) anyYear() (point, fault) {
	if p, ok, f := e.ofSomeYear(); ok {
		return p, f
	}
	start := e.i
	if year, ok := e.yearOf(); ok {
		return newPoint(year, 0, 0), fault{}
	}
	return 0, e.fault(start, unreadable)
}

// ofSomeYear reads "of some year of the 1560s", and reports whether it stands there.
func (e *english) ofSomeYear() (point, bool, fault) {
	start := e.i
	e.skip("of", "in")
	if !e.isSomeYear() {
		e.i = start
		return 0, false, fault{}
	}
	p, f := e.someYear()
	return p, true, f
}

func (e *english) isSomeYear() bool {
	return e.at(e.i) == "some" && e.at(e.i+1) == "year"
}

// someYear reads "some year of 1900-1999", "some year of the 1560s", "some year with the digits 1X60" and
// "some year of 1900-1999, estimated at 1950".
func (e *english) someYear() (point, fault) {
	start := e.i
	e.i += len([]string{"some", "year"})
	if e.accept("with the digits") {
		d, err := Parse(strings.ToUpper(e.at(e.i)))
		e.i++
		if err != nil || d.Kind() != Window || d.a.form() != formCalendar || d.a.sub() != 0 {
			return 0, e.fault(start, "expected the digits of a year, such as 1X60")
		}
		return d.a, fault{}
	}
	e.skip("of", "in", "the")
	if p, ok, f := e.yearsRange(); ok {
		return p, f
	}
	m, f := e.calendar()
	if p := m.from; f.reason != "" || m.lacks != nothing || m.to != 0 || p.form() != formCalendar || p.sub() != 0 || p.lostDigits() == 0 {
		return 0, orElse(f, e.fault(start, unreadable))
	}
	return m.from, fault{}
}

// yearsRange reads "1900-1999" and "2000-1901 BC", the years of which the last digits are not known, with
// the year that is estimated, or without.
func (e *english) yearsRange() (point, bool, fault) {
	start := e.i
	low := e.grouped()
	if !e.accept("-") || low < 0 {
		e.i = start
		return 0, false, fault{}
	}
	high := e.grouped()
	bc := e.accept("bc", "bce")
	if bc {
		low, high = high-1, low-1
		if low == 1 {
			low = 0 // there is no year -0
		}
	}
	lost, unit := 0, int64(1)
	for low >= 0 && high >= low+unit && low%(unit*10) == 0 && lost < maxLongDigits {
		lost, unit = lost+1, unit*10
	}
	if lost == 0 || high != low+unit-1 {
		return 0, true, e.fault(start, "not ten, a hundred or a thousand years: write between 1962 and 1965")
	}
	p, f := e.withoutDigits(low, high, lost, bc)
	return p, true, f
}

// withoutDigits returns the years of which so many of the last digits are not known. What comes may say
// which one is estimated.
func (e *english) withoutDigits(low, high int64, lost int, bc bool) (point, fault) {
	sign := map[bool]string{true: "-"}[bc]
	if !e.accept(", estimated at", "estimated at") {
		if text := fmt.Sprintf("%04d", low); len(text) == 4 && lost <= 4 {
			return pointOf(sign + text[:4-lost] + "XXXX"[:lost]), fault{}
		}
		return 0, e.fault(e.i, "some of years of more than four digits: write which one is estimated")
	}
	start := e.i
	year := e.grouped()
	if bc {
		e.accept("bc", "bce")
		year--
	}
	text := fmt.Sprintf("%s%04d", sign, year)
	if year > 9999 {
		text = fmt.Sprintf("Y%s%d", sign, year)
	}
	d, err := Parse(fmt.Sprintf("%sS%d", text, max(4, len(fmt.Sprint(year)))-lost))
	if err != nil || year < low || year > high {
		return 0, e.fault(start, "the year that is estimated is none of them")
	}
	return d.a, fault{}
}

// grouped reads a year, whose digits may be in groups of three with commas: 170,000,002. It returns -1 if
// there is none.
func (e *english) grouped() int64 {
	text := e.at(e.i)
	if !isDigits(text, maxLongDigits+1) {
		return -1
	}
	for e.i++; len(text) <= maxLongDigits && e.isGroup(); e.i += 2 {
		text += e.at(e.i + 1)
	}
	year, _ := strconv.ParseInt(text, 10, 64)
	return year
}

// isGroup reports whether a comma and three digits follow, without a blank.
func (e *english) isGroup() bool {
	if e.at(e.i) != "," || len(e.at(e.i+1)) != 3 || !isDigits(e.at(e.i+1), 3) {
		return false
	}
	before, comma, group := e.words[e.i-1], e.words[e.i], e.words[e.i+1]
	return before.at+len(before.text) == comma.at && comma.at+1 == group.at
}

// longYear reads the rest of "the year 17,000", "the year 170,000,001 BC" and "the year 17×10^20". Years of up
// to four digits are left to others.
func (e *english) longYear() (moment, bool, fault) {
	start := e.i
	negative := e.accept("-")
	if digits, exponent, ok := strings.Cut(e.at(e.i), "×10^"); ok {
		e.i++
		text := "Y" + map[bool]string{true: "-"}[negative] + digits + "E" + exponent
		if w := e.at(e.i + 1); e.at(e.i) == "to" && e.at(e.i+2) == "significant" && e.at(e.i+3) == "digits" {
			e.i += len([]string{"to", w, "significant", "digits"})
			text += "S" + w
		}
		d, err := Parse(text)
		if wrong, ok := err.(*ParseError); ok {
			return moment{}, true, e.fault(start, "%s", wrong.Reason)
		}
		return window(d.a), true, fault{}
	}
	year := e.grouped()
	sign := ""
	if year >= 0 && e.accept("bc", "bce") {
		year, sign = year-1, "-"
	}
	if year < 10_000 || negative {
		e.i = start
		return moment{}, false, fault{}
	}
	d, err := Parse(fmt.Sprintf("Y%s%d", sign, year))
	if wrong, ok := err.(*ParseError); ok {
		return moment{}, true, e.fault(start, "%s", wrong.Reason)
	}
	return window(d.a), true, fault{}
}

// numbersList reads "20-29" or "5/15/25", and returns the numbers as bits; none if it is no list of two
// or more. number returns that of a word, or 0.
func (e *english) numbersList(number func(string) int) (bits uint32) {
	first := number(e.at(e.i))
	if between := e.at(e.i + 1); first == 0 || between != "-" && between != "/" || number(e.at(e.i+2)) == 0 {
		return 0
	}
	bits = 1 << first
	e.i++
	if e.at(e.i) == "-" {
		for n := first; n <= number(e.at(e.i+1)); n++ {
			bits |= 1 << n
		}
		e.i += 2
		return bits
	}
	for e.at(e.i) == "/" && number(e.at(e.i+1)) > 0 {
		bits |= 1 << number(e.at(e.i+1))
		e.i += 2
	}
	return bits
}

// numberOf returns the number that a word of digits is, 0 if it is over most.
func numberOf(w string, most int) int {
	if n := number(w); isDigits(w, 2) && n <= most {
		return n
	}
	return 0
}
