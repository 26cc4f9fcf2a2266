package edtf

import "time"

// A moment is what stands for one day: a window, or a range of windows of one precision. It may
// lack its year, or its month and year, which it takes from what comes after it: "June to August 2019".
type moment struct {
	from, to point // to is 0 for one window
	end      point // the same as one window, if it is a range that has one, for an end of a span
	lacks    lack
	fill     func(year, month int) (moment, fault) // the moment with what it lacks
	julian   bool                                  // it was told in the Julian calendar
	number   int                                   // that of a day without its month, which may be a year BC
}

// A lack is what a moment does not say.
type lack uint8

const (
	nothing lack = iota
	itsYear
	itsMonth // and not its year: "5, 2020" after "May 2 to"
	monthAndYear
)

func window(p point) moment { return moment{from: p} }

// last returns the last window of m.
func (m moment) last() point {
	if m.to != 0 {
		return m.to
	}
	return m.from
}

// text returns m in EDTF, as a member of a set if it is a range.
func (m moment) text() string {
	if m.to == 0 {
		return string(m.from.append(nil))
	}
	return rangeOf(m.from, m.to)
}

// marked returns m with a qualifier.
func (m moment) marked(q int) moment {
	if q == 0 {
		return m
	}
	marked := m
	if m.lacks == nothing { // else its points are not all there
		marked = moment{from: m.from.qualified(q), to: m.to.qualified(q), end: m.end.qualified(q), julian: m.julian}
	}
	if m.fill != nil {
		marked.fill = func(year, month int) (moment, fault) {
			filled, f := m.fill(year, month)
			return filled.marked(q), f
		}
	}
	return marked
}

// then returns m changed by a function, once it has what it lacks.
func (m moment) then(change func(moment) (moment, fault)) (moment, fault) {
	if m.lacks == nothing {
		return change(m)
	}
	later := m
	later.fill = func(year, month int) (moment, fault) {
		filled, f := m.fill(year, month)
		if f.reason != "" {
			return filled, f
		}
		return change(filled)
	}
	return later, fault{}
}

// complete returns m, or says what it lacks; it was read from the word start on.
func (e *english) complete(start int, m moment) (moment, fault) {
	switch m.lacks {
	case nothing:
		if m.from == 0 {
			return m, e.fault(start, outside)
		}
		return m, fault{}
	case itsYear:
		return m, e.fault(start, "no year: write 4 March 2024, or March 2024")
	}
	return m, e.fault(start, "a day without its month: write 4 March 2024")
}

// share gives two moments what they lack and the other one has.
func (e *english) share(start int, a moment, second int, b moment) (moment, moment, fault) {
	if a.julian != b.julian {
		return a, b, e.fault(start, "one of two dates is told in the Julian calendar: say it of both, or of none")
	}
	if b.lacks == itsMonth && a.lacks == itsYear {
		filled, f := a.fill(b.from.year(), 0)
		if f.reason != "" {
			return a, b, f
		}
		a = filled
		if b, f = b.fill(0, a.from.sub()); f.reason != "" {
			return a, b, f
		}
	}
	b, f := e.complete(second, b)
	if f.reason == "" && a.lacks != nothing {
		year, month := b.from.year(), b.from.sub()
		if p := b.from; p.form() != formCalendar || p.digitsX() != 0 || p.significant() != 0 {
			return a, b, e.fault(start, "no year: write 4 March 2024, or March 2024")
		}
		if a.number > 0 && month == 0 && b.from&minus != 0 { // 44 to 31 BC
			return window(newPoint(1-a.number, 0, 0)), b, fault{}
		}
		if month == 0 && a.number == 0 && a.lacks == itsYear && b.to == 0 {
			return a, b, e.fault(start, "no year: write that of each")
		}
		if a.lacks == monthAndYear && (month == 0 || month > 12) {
			return a, b, e.fault(start, "a day without its month: write 4 March 2024")
		}
		a, f = a.fill(year, month)
	}
	return a, b, f
}

// moment reads a date that is no span and no set, and has no bound.
func (e *english) moment() (moment, fault) {
	mark := 0
	for {
		switch {
		case e.accept("perhaps", "possibly", "maybe", "probably"):
			mark |= uncertain
			continue
		case e.accept("about", "around", "circa", "ca", "c", "approximately", "approx", "roughly"):
			mark |= approximate
			continue
		}
		break
	}
	start := e.i
	m, f := e.unmarked()
	if f.reason == "" && e.acceptJulian() {
		m.julian = true
		m, f = m.then(func(m moment) (moment, fault) { return e.complete(start, m.fromJulian()) })
	}
	return m.marked(mark), f
}

// acceptJulian takes what says that a date is one of the Julian calendar.
func (e *english) acceptJulian() bool {
	start := e.i
	e.skip(",")
	if e.accept("os", "old style", "julian", "(os)", "(old style)", "(julian)") {
		return true
	}
	e.i = start
	return false
}

func (e *english) unmarked() (moment, fault) {
	e.skip("on", "in", "at", "during", "the", "sometime")
	switch {
	case e.done():
		return moment{}, e.fault(e.i, unreadable)
	case e.accept("early", "beginning of", "start of", "early in"):
		return e.third(0)
	case e.accept("mid -", "mid", "middle of"):
		return e.third(1)
	case e.accept("late", "end of", "late in"):
		return e.third(2)
	case e.accept("week of", "week beginning", "week from"):
		return e.around(func(day point) moment {
			first, _ := day.bounds()
			monday := first - Day((first.Time().Weekday()+6)%7)
			return days(monday, monday+6)
		})
	case e.accept("night of", "night from", "night to"):
		return e.around(func(day point) moment {
			first, _ := day.bounds()
			return days(first, first+1)
		})
	}
	start := e.i
	if m, ok, f := e.some(); ok {
		return m, f
	}
	if m, ok, f := e.firstMonths(); ok {
		return m, f
	}
	if m, ok, f := e.relative(); ok {
		return m, f
	}
	e.i = start
	return e.dated()
}

// dated reads a date of the calendar, which may name its weekday.
func (e *english) dated() (moment, fault) {
	start := e.i
	day, ok := weekdays[e.at(e.i)]
	if !ok {
		return e.calendar()
	}
	e.i++
	e.skip(",", "the")
	return e.onWeekday(start, time.Weekday(day%7))
}

// days returns a range of days; none if they are not in the years from -9999 to 9999.
func days(first, last Day) moment {
	if first < MinDay || last > MaxDay {
		return moment{}
	}
	return moment{from: newPoint(first.parts()), to: newPoint(last.parts())}
}

// onWeekday reads a day that must be on a weekday.
func (e *english) onWeekday(start int, weekday time.Weekday) (moment, fault) {
	return e.whole(func(p point) (moment, fault) {
		first, _ := p.bounds()
		if is := first.Time().Weekday(); is != weekday {
			return moment{}, e.fault(start, "%v is a %v", p.english(), is)
		}
		return window(p), fault{}
	})
}

// around reads a day, and makes of it the days around it.
func (e *english) around(days func(point) moment) (moment, fault) {
	start := e.i
	return e.whole(func(p point) (moment, fault) {
		m, f := e.complete(start, days(p))
		return m.marked(p.qualifier()), f
	})
}

// whole reads a day of the calendar.
func (e *english) whole(of func(point) (moment, fault)) (moment, fault) {
	e.skip("the")
	start := e.i
	m, f := e.dated()
	if f.reason != "" {
		return m, f
	}
	julian := e.acceptJulian() // before it is looked at: its weekday is that of our calendar
	return m.then(func(m moment) (moment, fault) {
		if julian {
			if m, f = e.complete(start, m.fromJulian()); f.reason != "" {
				return m, f
			}
		}
		if m.to != 0 || m.from.precision() != PrecisionDay {
			return m, e.fault(start, "expected a day such as 4 March 2024")
		}
		return of(m.from)
	})
}

// third reads what "early", "mid" or "late" is said of, and returns that third of it.
func (e *english) third(n int) (moment, fault) {
	e.skip("-", "in", "of", "the")
	start := e.i
	m, f := e.calendar()
	if f.reason != "" {
		return m, f
	}
	return m.then(func(m moment) (moment, fault) {
		third := m.from.thirdOf(n)
		if m.to != 0 || third.from == 0 {
			return m, e.fault(start, "early, mid and late are thirds of a year, a month, a decade or a century")
		}
		return third.marked(m.from.qualifier()), fault{}
	})
}

// thirdOf returns the first, second or last third of p; none if it has no thirds.
func (p point) thirdOf(n int) moment {
	year, sub := p.year(), p.sub()
	if p.form() != formCalendar || p&minus != 0 || p.significant() != 0 {
		return moment{}
	}
	switch p.precision() {
	case PrecisionYear:
		return moment{from: newPoint(year, 1+4*n, 0), to: newPoint(year, 4+4*n, 0), end: newPoint(year, 37+n, 0)}
	case PrecisionMonth:
		last := [...]int{10, 20, daysIn(year, sub)}[n]
		return moment{from: newPoint(year, sub, 1+10*n), to: newPoint(year, sub, last)}
	case PrecisionDecade:
		return moment{from: newPoint(year+[...]int{0, 4, 7}[n], 0, 0), to: newPoint(year+[...]int{3, 6, 9}[n], 0, 0)}
	case PrecisionCentury:
		return moment{from: newPoint(year+[...]int{0, 34, 67}[n], 0, 0), to: newPoint(year+[...]int{33, 66, 99}[n], 0, 0)}
	}
	return moment{}
}

// firstMonths reads "first nine months of 2024" and "last three months of 2024".
func (e *english) firstMonths() (moment, bool, fault) {
	from := e.at(e.i)
	count := number(e.at(e.i + 1))
	if from != "first" && from != "last" || count == 0 || e.at(e.i+2) != "months" {
		return moment{}, false, fault{}
	}
	start := e.i
	e.i += 3
	e.skip("of", "in", "the")
	m, f := e.calendar()
	if f.reason != "" {
		return m, true, f
	}
	m, f = m.then(func(m moment) (moment, fault) {
		switch {
		case m.to != 0 || m.from.precision() != PrecisionYear || m.from.form() != formCalendar:
			return m, e.fault(start, "months are counted in a year")
		case count > 11:
			return m, e.fault(start, "a year has twelve months: write the year")
		case from == "first":
			return monthsFrom(m.from.year(), 1, count), fault{}
		}
		return monthsFrom(m.from.year(), 13-count, count), fault{}
	})
	return m, true, f
}

// monthsFrom returns so many months, from one on; the month may be less than 1, or more than 12.
func monthsFrom(year, month, count int) moment {
	if last := year + floorDiv(month+count-2, 12); year+floorDiv(month-1, 12) < -9999 || last > 9999 {
		return moment{}
	}
	at := func(month int) point {
		return newPoint(year+floorDiv(month-1, 12), 1+(month-1)-12*floorDiv(month-1, 12), 0)
	}
	m := moment{from: at(month), to: at(month + count - 1)}
	first, last := m.from, m.to
	for _, p := range [...]point{newPoint(first.year(), 33+(first.sub()-1)/3, 0), newPoint(first.year(), 40+(first.sub()-1)/6, 0), newPoint(first.year(), 0, 0)} {
		a, _ := first.bounds()
		_, b := last.bounds()
		if f, l := p.bounds(); f == a && l == b {
			return window(p)
		}
	}
	if count == 1 {
		return window(first)
	}
	return m
}
