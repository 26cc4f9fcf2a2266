package edtf

// A parser reads one EDTF string from left to right. Its methods return a
// fault by value, so that reading what is well-formed allocates nothing.
type parser struct {
	s string
	i int
}

// Parse reads an EDTF string of the profile that the package comment
// describes. Its error is a [*ParseError]. Only reading a set allocates.
func Parse(s string) (Date, error) {
	if d, ok := plainDay(s); ok {
		return d, nil
	}
	p := parser{s: s}
	d, f := p.date()
	if f.reason != "" {
		return Date{}, f.diagnose(s)
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
	if p.s[0] == '[' {
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
	if a.is(pointValue) && b.is(pointValue) {
		start, _ := a.bounds()
		if _, end := b.bounds(); end < start {
			return Date{}, fault{at: slash + 1, reason: "a span that ends before it starts"}
		}
	}
	return Date{a: a, b: b}, fault{}
}

// end reads one end of a span: a window, "..", or nothing.
func (p *parser) end() (point, fault) {
	switch {
	case p.i == len(p.s) || p.s[p.i] == '/':
		return pointUnknown, fault{}
	case p.dots():
		return pointOpen, fault{}
	}
	return p.window()
}

// dots reads ".." if it is next.
func (p *parser) dots() bool {
	if len(p.s)-p.i < 2 || p.s[p.i] != '.' || p.s[p.i+1] != '.' {
		return false
	}
	p.i += 2
	return true
}

// window reads a year, what follows it, and a qualifier.
func (p *parser) window() (point, fault) {
	start := p.i
	year, x, f := p.year()
	if f.reason != "" {
		return 0, f
	}
	var sub, day int
	if x == 0 && p.next('-') {
		if sub, f = p.sub(); f.reason != "" {
			return 0, f
		}
		if (sub <= 12 || sub == unspecified) && p.next('-') {
			if day, f = p.day(year, sub); f.reason != "" {
				return 0, f
			}
		}
	}
	if sub == 24 && year == 9999 {
		return 0, fault{at: start, reason: "the winter of 9999 ends after the last year, 9999"}
	}
	return newPoint(year, sub, day).withX(x).withQualifier(p.qualifier()), fault{}
}

// year reads four digits, of which the last one or two may be X.
func (p *parser) year() (year, x int, f fault) {
	for range 4 {
		switch c := p.peek(); {
		case c == 'X':
			x++
		case c < '0' || c > '9' || x > 0:
			return 0, 0, p.fault("expected a year of four digits")
		default:
			year += int(c - '0')
		}
		p.i++
		year *= 10
	}
	if x > 2 {
		return 0, 0, fault{at: p.i - x, reason: "more than two unspecified digits in a year"}
	}
	return year / 10, x, fault{}
}

// sub reads a month, a sub-year code or XX.
func (p *parser) sub() (int, fault) {
	at := p.i
	n, ok := p.two()
	switch {
	case !ok:
		return 0, fault{at: at, reason: "expected a month or a sub-year code of two digits"}
	case n == unspecified, n >= 1 && n <= 12, n >= 21 && n <= 24, n >= 33 && n <= 41:
		return n, fault{}
	case n >= 25 && n <= 32:
		return 0, fault{at: at, reason: "a season by hemisphere", feature: true}
	}
	return 0, fault{at: at, reason: "no such month or sub-year code"}
}

// day reads a day that the month has, or XX.
func (p *parser) day(year, month int) (int, fault) {
	at := p.i
	n, ok := p.two()
	switch {
	case !ok:
		return 0, fault{at: at, reason: "expected a day of two digits"}
	case n == unspecified:
		return n, fault{}
	case month == unspecified:
		return 0, fault{at: at, reason: "a day in an unspecified month"}
	case n < 1 || n > daysIn(year, month):
		return 0, fault{at: at, reason: "the month has no such day"}
	}
	return n, fault{}
}

// two reads two digits or XX, which it returns as unspecified.
func (p *parser) two() (int, bool) {
	if len(p.s)-p.i < 2 {
		return 0, false
	}
	c, d := p.s[p.i], p.s[p.i+1]
	p.i += 2
	switch {
	case c == 'X' && d == 'X':
		return unspecified, true
	case c < '0' || c > '9' || d < '0' || d > '9':
		return 0, false
	case c > '4' || c == '4' && d > '1': // no code is over 41, and 63 means XX
		return 42, true
	}
	return int(c-'0')*10 + int(d-'0'), true
}

// qualifier reads ?, ~ or % if one is next.
func (p *parser) qualifier() int {
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

// set reads a one-of set and returns its days as they were written: not yet
// merged.
func (p *parser) set() (ranges, fault) {
	var days ranges
	p.i++ // the bracket
	for {
		r, f := p.member(len(days) == 0)
		if f.reason != "" {
			return nil, f
		}
		days = append(days, r)
		switch {
		case p.next(']'):
			if p.i < len(p.s) {
				return nil, p.fault("expected the end after a set")
			}
			return days, fault{}
		case !p.next(','):
			return nil, p.fault("expected a comma, \"..\" or a closing bracket")
		}
	}
}

// member reads one member of a set: a, a..b, ..a if it is the first, or a..
// if it is the last.
func (p *parser) member(first bool) (dayRange, fault) {
	at := p.i
	if p.dots() {
		if !first {
			return dayRange{}, fault{at: at, reason: "only the first member of a set may have no start"}
		}
		w, f := p.window()
		if f.reason != "" {
			return dayRange{}, f
		}
		_, last := w.bounds()
		return dayRange{DistantPast, last}, fault{}
	}
	w, f := p.window()
	if f.reason != "" {
		return dayRange{}, f
	}
	r := dayRange{}
	r.first, r.last = w.bounds()
	if !p.dots() {
		return r, fault{}
	}
	switch p.peek() {
	case ']':
		return dayRange{r.first, DistantFuture}, fault{}
	case ',':
		return dayRange{}, p.fault("only the last member of a set may have no end")
	}
	if w, f = p.window(); f.reason != "" {
		return dayRange{}, f
	}
	if _, r.last = w.bounds(); r.last < r.first {
		return dayRange{}, fault{at: at, reason: "a range that ends before it starts"}
	}
	return r, fault{}
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
