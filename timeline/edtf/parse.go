package edtf

import (
	"fmt"
	"strings"
)

// A parser reads one EDTF string from left to right. Its methods return a
// fault by value, so that reading what is well-formed allocates nothing.
type parser struct {
	s      string
	i      int
	stored bool // it may have been written by an earlier version
}

// Parse reads an EDTF string, of any level. Its error is a [*ParseError]. Only reading a
// set allocates. A program that takes less has [Level.Parse].
func Parse(s string) (Date, error) {
	if d, ok := plainDay(s); ok {
		return d, nil
	}
	return parse(parser{s: s})
}

// parseStored is Parse for what is stored. A range of a set may have ends of two precisions,
// as earlier versions took it: [2018-03..2019].
func parseStored(s string) (Date, error) {
	if d, ok := plainDay(s); ok {
		return d, nil
	}
	return parse(parser{s: s, stored: true})
}

func parse(p parser) (Date, error) {
	d, f := p.date()
	if f.reason != "" {
		return Date{}, f.diagnose(p.s)
	}
	return d, nil
}

// plainDay reads YYYY-MM-DD, as most dates are written. Everything else, and
// what is wrong, is left to the parser.
func plainDay(s string) (Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	year, month, day := digits(s[0], s[1])*100+digits(s[2], s[3]), digits(s[5], s[6]), digits(s[8], s[9])
	if year > 9999 || month < 1 || month > 12 || day < 1 || day > 28 && (day > 31 || int(day) > daysIn(int(year), int(month))) {
		return Date{}, false
	}
	return Date{a: newPoint(int(year), int(month), int(day))}, true
}

// digits returns the number of two digits, or one that is too large for
// anything.
func digits(a, b byte) uint {
	a, b = a-'0', b-'0'
	if a > 9 || b > 9 {
		return 1 << 20
	}
	return uint(a)*10 + uint(b)
}

// MustParse is [Parse] for dates written in a program. It panics if s cannot
// be read.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (p *parser) date() (Date, fault) {
	if p.s == "" {
		return Date{}, p.fault("empty")
	}
	if p.s[0] == '[' || p.s[0] == '{' {
		days, f := p.set()
		if f.reason != "" {
			return Date{}, f
		}
		return newSet(p.s, days), fault{}
	}
	a, f := p.end()
	if f.reason != "" {
		return Date{}, f
	}
	switch {
	case p.peek() == '/':
		return p.span(a)
	case !a.is(pointValue):
		return Date{}, p.fault("expected a slash after an open or unknown start")
	case a.reaches():
		return Date{}, fault{reason: "a date that reaches back or on is an end of a span, or a set: [..2018], [2018..], [2018..2019]"}
	case p.peek() == '-':
		return Date{}, p.fault(`expected "/" or the end`)
	case p.i < len(p.s):
		return Date{}, p.fault(`expected "-", "/" or the end`)
	}
	return Date{a: a}, fault{}
}

// span reads the slash and the second end of a span that starts with a.
func (p *parser) span(a point) (Date, fault) {
	slash := p.i
	p.i++
	b, f := p.end()
	switch {
	case f.reason != "":
		return Date{}, f
	case p.i < len(p.s):
		return Date{}, p.fault("expected the end after a span")
	case !a.is(pointValue) && !b.is(pointValue):
		return Date{}, fault{at: slash, reason: "a span needs at least one end that is a date"}
	}
	if a.is(pointValue) && b.is(pointValue) && a.isAfter(b) {
		return Date{}, fault{at: slash + 1, reason: "a span that ends before it starts"}
	}
	return Date{a: a, b: b}, fault{}
}

// end reads one end of a span: a window that may reach back or on, "..", or nothing.
func (p *parser) end() (point, fault) {
	switch {
	case p.i == len(p.s) || p.s[p.i] == '/':
		return pointUnknown, fault{}
	case p.peek() == '[' || p.peek() == '{':
		return 0, p.fault("a set cannot be an end of a span")
	}
	back := p.dots()
	if back && (p.i == len(p.s) || p.s[p.i] == '/') {
		return pointOpen, fault{}
	}
	at := p.i
	w, f := p.window()
	if f.reason != "" {
		return 0, f
	}
	on := p.dots()
	if (back || on) && w.form() != formCalendar {
		return 0, fault{at: at, reason: "a date with a time, or a year with a Y, cannot reach back or on"}
	}
	if back {
		w |= reachBack
	}
	if on {
		w |= reachOn
	}
	if back && on {
		return 0, fault{at: at, reason: "a date that reaches both back and on says nothing"}
	}
	return w, fault{}
}

// dots reads ".." if it is next.
func (p *parser) dots() bool {
	if len(p.s)-p.i < 2 || p.s[p.i] != '.' || p.s[p.i+1] != '.' {
		return false
	}
	p.i += 2
	return true
}

// window reads one window with its qualifiers: a year and what follows it.
func (p *parser) window() (point, fault) {
	if p.peek() == 'Y' {
		return p.longYear()
	}
	before := p.mark()
	w, f := p.year()
	w = w.withMark(beforeYear, before)
	if f.reason != "" {
		return 0, f
	}
	w = w.withMark(behindYear, p.mark())
	if p.peek() != '-' {
		return w, fault{}
	}
	if w.significant() > 0 {
		return 0, p.fault("only a year alone has significant digits")
	}
	if w, f = p.month(w); f.reason != "" {
		return 0, f
	}
	if p.peek() == '-' {
		if w.isPartOfYear() {
			return 0, p.fault("a season or another part of a year has no days")
		}
		if w, f = p.day(w); f.reason != "" {
			return 0, f
		}
	}
	if p.peek() == 'T' {
		return p.clock(w)
	}
	return w, fault{}
}

// year reads a minus and four digits, any of which may be X, and how many are significant.
func (p *parser) year() (point, fault) {
	negative, start := p.next('-'), p.i
	year, x := 0, 0
	for range 4 {
		c := p.peek()
		year, x = year*10, x<<1
		switch {
		case c == 'X':
			x |= 1
		case c < '0' || c > '9':
			return 0, p.fault("expected a year of four digits")
		default:
			year += int(c - '0')
		}
		p.i++
	}
	w := newPoint(year, 0, 0).withX(x)
	if negative {
		if w |= minus; year == 0 && x == 0 {
			return 0, fault{at: start, reason: "there is no year -0000; the one before 0001 is 0000"}
		}
	}
	if p.peek() >= '0' && p.peek() <= '9' {
		return 0, p.fault("more than four digits of a year: a longer one has a Y before it, and a month a \"-\"")
	}
	if !p.next('S') {
		return w, fault{}
	}
	at := p.i
	n, length := p.number(1)
	if length != 1 || n < 1 || n > 4 || x != 0 {
		return 0, fault{at: at, reason: "expected how many of the four digits are significant, 1 to 4"}
	}
	return w.withSignificant(int(n)), fault{}
}

// month reads the month of a year, or the code of a part of it.
func (p *parser) month(w point) (point, fault) {
	p.i++
	w = w.withMark(beforeMonth, p.mark())
	at := p.i
	n, f := p.two(monthTens, monthUnits, 1)
	switch {
	case f || p.peek() >= '0' && p.peek() <= '9':
		return 0, fault{at: at, reason: p.notMonth(at, w)}
	case n == 0 || n > 12 && n < 21:
		return 0, fault{at: at, reason: "no such month or sub-year code"}
	}
	w |= point(n) << 23
	return w.withMark(behindMonth, p.mark()), fault{}
}

// notMonth says what stands at an offset in place of a month.
func (p *parser) notMonth(at int, w point) string {
	rest := p.s[at:]
	figures := 0
	for figures < len(rest) && rest[figures] >= '0' && rest[figures] <= '9' {
		figures++
	}
	switch {
	case strings.HasPrefix(rest, "W"):
		return "a week date, which EDTF does not have: write its days"
	case figures == 3:
		return "an ordinal date, which EDTF does not have: write a month and a day"
	case figures == 4 && w == newPoint(w.year(), 0, 0) && w&minus == 0 && string(w.append(nil)) < rest[:4]:
		first := string(w.append(nil))
		return fmt.Sprintf("two years: write [%s..%s] for one of them, %s/%s from one to the other", first, rest[:4], first, rest[:4])
	case len(rest) > 1 && rest[1] == 'X' && figures == 1:
		return "no month begins with this digit"
	}
	return "expected a month or a sub-year code of two digits"
}

// day reads a day that the month has.
func (p *parser) day(w point) (point, fault) {
	p.i++
	w = w.withMark(beforeDay, p.mark())
	at := p.i
	n, f := p.two(dayTens, dayUnits, 3)
	if f {
		return 0, fault{at: at, reason: "expected a day of two digits"}
	}
	w |= point(n) << 29
	if n == 0 || n > 31 && n < dayTens || !w.isSome() {
		return 0, fault{at: at, reason: "the month has no such day"}
	}
	return w.withMark(behindDay, p.mark()), fault{}
}

// two reads two characters: a number, XX, or a digit and an X, for which it returns codes from
// tens and from units on. It fails if there are none, or if the first digit is over most.
func (p *parser) two(tens, units, most int) (n int, fails bool) {
	if len(p.s)-p.i < 2 {
		return 0, true
	}
	c, d := p.s[p.i], p.s[p.i+1]
	p.i += 2
	first, second := c-'0', d-'0'
	switch {
	case c == 'X' && d == 'X':
		return unspecified, false
	case d == 'X' && int(first) <= most:
		return tens + int(first), false
	case c == 'X' && second <= 9:
		return units + int(second), false
	case first > 9 || second > 9:
		return 0, true
	}
	if n = int(first)*10 + int(second); n >= tens {
		n = 0 // there is no such month or day, and the code means another
	}
	return n, false
}

// mark reads ?, ~ or % if one is next.
func (p *parser) mark() int {
	q := 0
	switch p.peek() {
	case '?':
		q = uncertain
	case '~':
		q = approximate
	case '%':
		q = uncertain | approximate
	default:
		return 0
	}
	p.i++
	return q
}

// set reads a one-of or an all-of set and returns its days as they were written: not yet
// merged.
func (p *parser) set() (ranges, fault) {
	var days ranges
	last := map[byte]byte{'[': ']', '{': '}'}[p.s[0]]
	p.i++
	for {
		var f fault
		if days, f = p.member(days, last); f.reason != "" {
			return nil, f
		}
		switch {
		case p.next(last):
			if p.i < len(p.s) {
				return nil, p.fault("expected the end after a set")
			}
			return days, fault{}
		case !p.next(','):
			return nil, p.fault("expected a comma, \"..\" or a closing bracket")
		}
	}
}

// maxSetRanges is how many ranges of days a set may have: each takes memory as long as it is looked
// at, and XXXX-XX-X1 has 360,001.
const maxSetRanges = 20_000

// member reads one member of a set and appends its days: a, a..b, ..a if it is the first, or
// a.. if it is the last, before the given bracket.
func (p *parser) member(days ranges, bracket byte) (ranges, fault) {
	at := p.i
	if p.dots() {
		if len(days) > 0 {
			return nil, fault{at: at, reason: "only the first member of a set may have no start"}
		}
		w, f := p.window()
		if f.reason != "" {
			return nil, f
		}
		_, last := w.bounds()
		return append(days, dayRange{DistantPast, last}), fault{}
	}
	w, f := p.window()
	if f.reason != "" {
		return nil, f
	}
	dots := p.i
	if !p.dots() {
		w.ranges(func(first, last Day) bool {
			days = append(days, dayRange{first, last})
			return len(days) <= maxSetRanges
		})
		if len(days) > maxSetRanges {
			return nil, fault{at: at, reason: fmt.Sprintf("a set of more than %d ranges of days", maxSetRanges)}
		}
		return days, fault{}
	}
	first, _ := w.bounds()
	switch p.peek() {
	case bracket:
		return append(days, dayRange{first, DistantFuture}), fault{}
	case ',':
		return nil, p.fault("only the last member of a set may have no end")
	}
	end, f := p.window()
	if f.reason != "" {
		return nil, f
	}
	_, last := end.bounds()
	switch {
	case w.isAfter(end):
		return nil, fault{at: at, reason: "a range that ends before it starts"}
	case p.stored || w.precision() == end.precision() && w.precision() < PrecisionMixed:
	case w.precision() == PrecisionMixed || end.precision() == PrecisionMixed:
		return nil, fault{at: dots, reason: "the ends of a range are days, months, years or other parts without gaps"}
	case first < MinDay || last > MaxDay:
		return nil, fault{at: dots, reason: "a range of two precisions"}
	default:
		return nil, fault{at: dots, reason: fmt.Sprintf("a range of two precisions: write %v..%v", first, last)}
	}
	return append(days, dayRange{first, last}), fault{}
}

// peek returns the next character, or 0 at the end.
func (p *parser) peek() byte {
	if p.i == len(p.s) {
		return 0
	}
	return p.s[p.i]
}

// next reads c if it is next.
func (p *parser) next(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.i++
	return true
}

func (p *parser) fault(reason string) fault { return fault{at: p.i, reason: reason} }
