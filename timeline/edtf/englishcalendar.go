package edtf

import (
	"fmt"
	"strconv"
	"strings"
)

// calendar reads a date of the calendar: a day, a month, a part of a year, a year, a decade, a
// century.
func (e *english) calendar() (moment, fault) {
	e.skip("the")
	if e.accept("year") {
		if m, ok, f := e.longYear(); ok {
			return m, f
		}
	}
	start, w := e.i, e.at(e.i)
	if figures := figuresOf(w); figures != nil {
		e.i++
		return e.figures(start, figures)
	}
	for _, read := range []func() (moment, bool, fault){e.fiscal, e.beforeChrist, e.yearFirst, e.partOfYear, e.century, e.monthFirst, e.dayFirst} {
		e.i = start
		if m, ok, f := read(); ok {
			return m, f
		}
	}
	e.i = start
	if d, err := Parse(strings.ToUpper(w)); err == nil && d.Kind() == Window {
		e.i++
		return window(d.a), fault{}
	}
	return moment{}, e.unexpected()
}

// figures reads 5/11/2020, 2020/05/11 and 10/July/2000.
func (e *english) figures(at int, parts []string) (moment, fault) {
	if isYear(parts[0]) {
		m, f := e.dayOf(at, parts[0], parts[1], parts[2])
		if f.reason != "" && looksLikeEDTF(e.text) {
			return m, f // Parse says more
		}
		e.figured = true
		return m, f
	}
	e.figured = true
	if months[parts[1]] > 0 {
		return e.dayOf(at, parts[2], fmt.Sprintf("%02d", months[parts[1]]), parts[0])
	}
	dayFirst, errDay := e.dayOf(at, parts[2], parts[1], parts[0])
	monthFirst, errMonth := e.dayOf(at, parts[2], parts[0], parts[1])
	switch {
	case e.Figures == DayFirst:
		return dayFirst, errDay
	case e.Figures == MonthFirst:
		return monthFirst, errMonth
	case errDay.reason != "" && errMonth.reason != "":
		return dayFirst, errDay
	case errDay.reason != "":
		return monthFirst, fault{}
	case errMonth.reason != "" || dayFirst.from == monthFirst.from:
		return dayFirst, fault{}
	}
	return moment{}, e.fault(at, "a date in figures has two meanings, %s and %s: write %s", monthFirst.from.english(), dayFirst.from.english(), dayFirst.from.append(nil))
}

// dayOf returns a day of which the parts are given in digits. A day of 00 is the month, a month of 00 the
// year.
func (e *english) dayOf(at int, year, month, day string) (moment, fault) {
	text := year
	if m, _ := strconv.Atoi(month); m > 0 {
		text += fmt.Sprintf("-%02s", month)
		if d, _ := strconv.Atoi(day); d > 0 {
			text += fmt.Sprintf("-%02s", day)
		}
	}
	d, err := Parse(text)
	if err != nil {
		return moment{}, e.fault(at, "there is no such day")
	}
	return window(d.a), fault{}
}

// beforeChrist reads 44 BC, 79 AD and AD 79.
func (e *english) beforeChrist() (moment, bool, fault) {
	first := e.accept("ad", "ce")
	w := e.at(e.i)
	n, err := strconv.Atoi(w)
	if err != nil || !isDigits(w, 5) {
		return moment{}, false, fault{}
	}
	start := e.i
	e.i++
	switch {
	case n == 0:
		return moment{}, false, fault{}
	case first || e.accept("ad", "ce"):
	case e.accept("bc", "bce"):
		n = 1 - n
	default:
		return moment{}, false, fault{}
	}
	if n < -9999 || n > 9999 {
		return moment{}, true, e.fault(start, "a year outside -9999 to 9999: write it in EDTF, as Y-12017")
	}
	return window(newPoint(n, 0, 0)), true, fault{}
}

// yearOf reads a year at the next word: 2018, or 44 BC.
func (e *english) yearOf() (int, bool) {
	start := e.i
	e.skip(",", "of", "in", "the")
	if m, ok, f := e.beforeChrist(); ok && f.reason == "" {
		return m.from.year(), true
	}
	e.i = start
	e.skip(",", "of", "in", "the")
	if isYear(e.at(e.i)) {
		year, _ := strconv.Atoi(e.at(e.i))
		e.i++
		return year, true
	}
	e.i = start
	return 0, false
}

// yearFirst reads 2018, the 1990s, 2024 Q1, 2017 November.
func (e *english) yearFirst() (moment, bool, fault) {
	start, w := e.i, e.at(e.i)
	if len(w) == 5 && w[4] == 's' && isYear(w[:4]) && w[3] == '0' {
		e.i++
		if w[2] == '0' {
			return moment{}, true, e.fault(start, "%s are ten years or a hundred", w)
		}
		return window(pointOf(w[:3] + "X")), true, fault{}
	}
	if len(w) > 4 && isYear(w[:4]) { // 2024q1
		if code := partCodes[w[4:]]; code > 0 {
			year, _ := strconv.Atoi(w[:4])
			e.i++
			return window(newPoint(year, code, 0)), true, fault{}
		}
	}
	if !isYear(w) {
		return moment{}, false, fault{}
	}
	year, _ := strconv.Atoi(w)
	e.i++
	next := e.i
	dash := e.accept("-", "/")
	if second := e.at(e.i); dash && isDigits(second, 2) && second == fmt.Sprintf("%02d", (year+1)%100) {
		e.figured = true
		return moment{}, true, e.fault(start, "a year or a season from %d to %d", year, year+1)
	}
	if code := partCodes[e.at(e.i)]; code > 0 {
		e.i++
		return window(newPoint(year, code, 0)), true, fault{}
	}
	if month := months[e.at(e.i)]; month > 0 && !dash && !isYear(e.at(e.i+1)) {
		e.i++
		if day, length := e.day(e.i); length > 0 {
			e.i += length
			m, f := e.dayIn(start, year, month, day)
			return m, true, f
		}
		return window(newPoint(year, month, 0)), true, fault{}
	}
	e.i = next
	return window(newPoint(year, 0, 0)), true, fault{}
}

// partCodes are the codes of parts of the year that are written short.
var partCodes = map[string]int{
	"q1": 33, "q2": 34, "q3": 35, "q4": 36, "h1": 40, "h2": 41,
	"1q": 33, "2q": 34, "3q": 35, "4q": 36, "1h": 40, "2h": 41,
}

// lastShortYear is up to which a year of two digits is one of this century; others may be of the last.
const lastShortYear = 50

const shortYear = "a year of two digits, which may be of two centuries: write all four"

// partOfYear reads Q1 2024, 1Q24, the fourth quarter of 2023, spring 2019, and the same of a fiscal
// year.
func (e *english) partOfYear() (moment, bool, fault) {
	start, w := e.i, e.at(e.i)
	if len(w) == 4 && partCodes[w[:2]] > 0 && isDigits(w[:1], 1) && isDigits(w[2:], 2) { // 1q24
		n, _ := strconv.Atoi(w[2:])
		if n > lastShortYear {
			return moment{}, true, e.fault(start, shortYear)
		}
		e.i++
		return window(newPoint(2000+n, partCodes[w[:2]], 0)), true, fault{}
	}
	code := partCodes[w]
	if code > 0 {
		e.i++
		e.accept("-")
	} else if code = e.namedPart(); code == 0 {
		return moment{}, false, fault{}
	}
	began := e.accept("that began in")
	if p, ok, f := e.ofSomeYear(); ok {
		return window(p | point(code)<<23), true, f
	}
	if !began && e.isAcrossYears(code) {
		m, f := e.acrossYears(start, code)
		return m, true, f
	}
	e.skip("of", "the")
	if year, ok, f := e.fiscalYear(); ok {
		if f.reason != "" || code < 33 {
			return moment{}, true, orElse(f, e.fault(start, unreadable))
		}
		return e.partOfFiscal(year, code), true, fault{}
	}
	if year, ok := e.yearOf(); ok {
		if dash := e.at(e.i); (dash == "-" || dash == "/") && isDigits(e.at(e.i+1), 2) {
			return moment{}, true, e.fault(e.i, "a part of one year, and two are given")
		}
		return window(newPoint(year, code, 0)), true, fault{}
	}
	m := moment{lacks: itsYear, fill: func(year, _ int) (moment, fault) { return window(newPoint(year, code, 0)), fault{} }}
	return m, true, fault{}
}

func orElse(f, other fault) fault {
	if f.reason != "" {
		return f
	}
	return other
}

// isAcrossYears reports whether a season is one that begins in December.
func (e *english) isAcrossYears(code int) bool {
	switch code {
	case 24:
		return e.Seasons == Northern
	case 22:
		return e.Seasons == Southern
	}
	return code == 28 || code == 30
}

// namedPart reads "fourth quarter", "second-half", "spring" and "southern spring", and returns its code, or 0.
func (e *english) namedPart() int {
	if beyond := map[string]int{"northern": 25 - 21, "southern": 29 - 21}[e.at(e.i)]; beyond > 0 && seasons[e.at(e.i+1)] > 0 {
		e.i += 2
		return seasons[e.at(e.i-1)] + beyond
	}
	if code := seasons[e.at(e.i)]; code > 0 {
		e.i++
		return code
	}
	n := ordinal(e.at(e.i))
	final := e.at(e.i) == "last" || e.at(e.i) == "final"
	if n == 0 && !final {
		return 0
	}
	e.i++
	e.accept("-")
	unit := e.at(e.i)
	e.i++
	parts := map[string]struct{ first, count int }{"quarter": {33, 4}, "third": {37, 3}, "half": {40, 2}}[unit]
	if final {
		n = parts.count
	}
	if n == 0 || n > parts.count {
		return 0
	}
	return parts.first + n - 1
}

// acrossYears reads the years of a season that begins in December: 2019-20, 2019/20 or 2019-2020.
func (e *english) acrossYears(start, code int) (moment, fault) {
	e.skip("of")
	if w := e.at(e.i); len(w) >= 4 && isYear(w[:4]) {
		year, _ := strconv.Atoi(w[:4])
		dash, next := e.at(e.i+1), e.at(e.i+2)
		if w[4:] == fmt.Sprintf("-%02d", (year+1)%100) { // a month by itself, as 2003-04
			e.i++
			return window(newPoint(year, code, 0)), fault{}
		}
		if len(w) == 4 && (dash == "-" || dash == "/") && (next == fmt.Sprintf("%02d", (year+1)%100) || next == fmt.Sprint(year+1)) {
			e.i += 3
			return window(newPoint(year, code, 0)), fault{}
		}
	}
	if e.Seasons == Southern || code == 30 {
		return moment{}, e.fault(start, "a southern summer has two meanings: write summer 2019-20, or 2019-30, for December 2019 to February 2020")
	}
	return moment{}, e.fault(start, "winter has two meanings: write 2019-%d for December 2019 to February 2020", code)
}

// century reads the 17th century.
func (e *english) century() (moment, bool, fault) {
	n := ordinal(e.at(e.i))
	e.i++
	e.accept("-")
	if n == 0 || !e.accept("century") {
		return moment{}, false, fault{}
	}
	if e.accept("bc", "bce") {
		return moment{}, true, e.fault(e.i-1, "a century before Christ: write its years")
	}
	return window(pointOf(fmt.Sprintf("%02dXX", n-1))), true, fault{}
}

// monthFirst reads May 2020, May 11, 2020 and May eleventh.
func (e *english) monthFirst() (moment, bool, fault) {
	start := e.i
	month := months[e.at(e.i)]
	if month == 0 {
		return moment{}, false, fault{}
	}
	e.i++
	e.accept("-")
	if p, ok, f := e.ofSomeYear(); ok {
		return window(p | point(month)<<23), true, f
	}
	if year, ok := e.yearOf(); ok {
		return window(newPoint(year, month, 0)), true, fault{}
	}
	if e.at(e.i-1) == "-" {
		e.i--
	}
	next := e.i
	e.skip("the")
	if day, length := e.day(e.i); length > 0 {
		e.i += length
		m, f := e.withYear(start, month, day)
		return m, true, f
	}
	e.i = next
	return moment{lacks: itsYear, from: newPoint(0, month, 0), fill: func(year, _ int) (moment, fault) {
		return window(newPoint(year, month, 0)), fault{}
	}}, true, fault{}
}

// dayFirst reads 11 May 2020, the eleventh of May and 11.
func (e *english) dayFirst() (moment, bool, fault) {
	start := e.i
	day, length := e.day(e.i)
	if length == 0 {
		return moment{}, false, fault{}
	}
	e.i += length
	next := e.i
	e.skip("of", "-")
	if e.accept("some month of", "some month in") {
		p, f := e.someMonth()
		m, f := e.dayOfSome(start, p, day, f)
		return m, true, f
	}
	if month := months[e.at(e.i)]; month > 0 {
		e.i++
		e.accept("-")
		m, f := e.withYear(start, month, day)
		return m, true, f
	}
	e.i = next
	if year, ok := e.yearOf(); ok { // after another day of the month
		return moment{from: newPoint(year, 0, 0), lacks: itsMonth, fill: func(_, month int) (moment, fault) { return e.dayIn(start, year, month, day) }}, true, fault{}
	}
	e.i = next
	return moment{lacks: monthAndYear, number: day, fill: func(year, month int) (moment, fault) { return e.dayIn(start, year, month, day) }}, true, fault{}
}

// dayOfSome returns a day of a month of which not all is known.
func (e *english) dayOfSome(start int, p point, day int, f fault) (moment, fault) {
	if p |= point(day) << 29; f.reason == "" && (day < 1 || day > 31 || !p.isSome()) {
		f = e.fault(start, "the month has no such day")
	}
	return window(p), f
}

// withYear reads the year of a day, which may be lacking.
func (e *english) withYear(start, month, day int) (moment, fault) {
	if p, ok, f := e.ofSomeYear(); ok {
		return e.dayOfSome(start, p|point(month)<<23, day, f)
	}
	if year, ok := e.yearOf(); ok {
		return e.dayIn(start, year, month, day)
	}
	return moment{lacks: itsYear, from: newPoint(0, month, 0), fill: func(year, _ int) (moment, fault) { return e.dayIn(start, year, month, day) }}, fault{}
}

// dayIn returns a day, if there is one.
func (e *english) dayIn(start, year, month, day int) (moment, fault) {
	length, next := daysIn(year, month), e.i
	if e.acceptJulian() {
		length, e.i = daysInJulian(year, month), next
	}
	if day < 1 || day > length {
		return moment{}, e.fault(start, "the month has no such day")
	}
	return window(newPoint(year, month, day)), fault{}
}

// fiscal reads FY2024 and fiscal year 2024.
func (e *english) fiscal() (moment, bool, fault) {
	year, ok, f := e.fiscalYear()
	if !ok || f.reason != "" {
		return moment{}, ok, f
	}
	return e.fiscalMonths(year, 1, 12), true, fault{}
}

// fiscalYear reads a fiscal year, and returns its number.
func (e *english) fiscalYear() (year int, ok bool, f fault) {
	start := e.i
	w := e.at(e.i)
	switch {
	case e.accept("fiscal year", "fiscal", "financial year", "fy"):
		w = e.at(e.i)
	case strings.HasPrefix(w, "fy") && len(w) > 2:
		w = w[2:]
	default:
		return 0, false, fault{}
	}
	e.i++
	if year, _ = strconv.Atoi(w); len(w) == 2 {
		if year > lastShortYear {
			return 0, true, e.fault(start, shortYear)
		}
		year += 2000
	}
	switch {
	case !isDigits(w, 4) || len(w)%2 != 0:
		return 0, true, e.fault(start, unreadable)
	case e.FiscalStart < 1 || e.FiscalStart > 12:
		return 0, true, e.fault(start, "a fiscal year begins in a month that must be told")
	}
	return year, true, fault{}
}

// partOfFiscal returns a quarter, a third or a half of a fiscal year.
func (e *english) partOfFiscal(year, code int) moment {
	start, months := subYear(code)
	return e.fiscalMonths(year, start, months)
}

// fiscalMonths returns so many months of a fiscal year, from one on.
func (e *english) fiscalMonths(year, first, count int) moment {
	if e.FiscalStart > 1 {
		first += e.FiscalStart - 1 - 12 // it begins in the year before
	}
	return monthsFrom(year, first, count)
}
