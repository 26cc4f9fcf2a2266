package edtf

// from reads the rest of "from 2018", "from 2018 to 2021" and "from 2018 on".
func (e *english) from() (string, fault) {
	if e.accept("an unknown day") {
		if !e.isTo() {
			return "", e.fault(e.i, unreadable)
		}
		return e.untilFrom(pointUnknown)
	}
	e.accept("the beginning of", "the start of", "beginning of", "start of")
	start := e.i
	a, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if a, f = e.reaching(start, a); f.reason != "" {
		return "", f
	}
	if e.isTo() {
		return e.to(start, a)
	}
	e.accept("onwards", "onward", "on")
	p, f := e.asEnd(start, a)
	return e.spanOf(p, pointOpen, f)
}

// until reads the rest of "until May 2020".
func (e *english) until() (string, fault) { return e.untilFrom(pointOpen) }

// untilFrom reads the end of a span whose start is open or not known.
func (e *english) untilFrom(from point) (string, fault) {
	start := e.i
	p, f := e.sharp(true)
	if f.reason == "" {
		var m moment
		m, f = e.reaching(start, window(p))
		p = m.from
	}
	return e.spanOf(from, p, f)
}

// reaching reads "or earlier" and "or later" behind an end of a span.
func (e *english) reaching(start int, m moment) (moment, fault) {
	reach := point(0)
	switch {
	case e.accept("or earlier", "or before"):
		reach = reachBack
	case e.accept("or later", "or after"):
		reach = reachOn
	default:
		return m, fault{}
	}
	p, f := e.asEnd(start, m)
	if f.reason == "" && p.form() != formCalendar {
		f = e.fault(start, "a year of more than four digits cannot reach back or on")
	}
	return window(p | reach), f
}

// isTo reads what stands between the ends of a span.
func (e *english) isTo() bool {
	return e.accept("to", "until", "till", "through", "thru", "up to", "-")
}

// to reads the second end of a span that begins with a, which was read from the word start on.
func (e *english) to(start int, a moment) (string, fault) {
	if e.accept("an unknown day") {
		p, f := e.asEnd(start, a)
		return e.spanOf(p, pointUnknown, f)
	}
	if e.accept("now", "present", "today", "the present", "date") {
		p, f := e.asEnd(start, a)
		return e.spanOf(p, pointOpen, f)
	}
	second := e.i
	e.accept("the end of", "end of")
	b, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if a, b, f = e.share(start, a, second, b); f.reason != "" {
		return "", f
	}
	if b, f = e.reaching(second, b); f.reason != "" {
		return "", f
	}
	p, f := e.asEnd(start, a)
	if f.reason != "" {
		return "", f
	}
	q, f := e.asEnd(second, b)
	return e.spanOf(p, q, f)
}

// sharp reads a date of which one end is meant, such as the last day: "the end of 2025" is 2025 then.
func (e *english) sharp(last bool) (point, fault) {
	if last {
		e.accept("the end of", "end of")
	} else {
		e.accept("the beginning of", "the start of", "beginning of", "start of")
	}
	start := e.i
	m, f := e.moment()
	if f.reason == "" {
		m, f = e.complete(start, m)
	}
	if f.reason != "" {
		return 0, f
	}
	if m.to != 0 && m.end == 0 { // a range: the end that is meant
		if last {
			return m.to, fault{}
		}
		return m.from, fault{}
	}
	return e.asEnd(start, m)
}

// asEnd returns m as an end of a span.
func (e *english) asEnd(start int, m moment) (point, fault) {
	m, f := e.complete(start, m)
	switch {
	case f.reason != "":
		return 0, f
	case m.to == 0:
		return m.from, fault{}
	case m.end == 0:
		return 0, e.fault(start, "a span begins and ends in a day, a month or another part of the calendar: %s is a range", m.text())
	}
	return m.end, fault{}
}

// isReachingTo reports whether "or earlier to" or "or later to" follows: what was read is the start of a span.
func (e *english) isReachingTo() bool {
	start := e.i
	is := e.accept("or earlier", "or before", "or later", "or after") && e.isTo()
	e.i = start
	return is
}

func (e *english) spanOf(a, b point, f fault) (string, fault) {
	return string(b.append(append(a.append(nil), '/'))), f
}

// between reads the rest of "between 2017 and 2019", which has a word between the two.
func (e *english) between(word string) (string, fault) {
	start := e.i
	a, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if !e.accept(word) {
		return "", e.fault(e.i, "expected %q", word)
	}
	second := e.i
	b, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if a, b, f = e.share(start, a, second, b); f.reason == "" {
		a, f = e.complete(start, a)
	}
	if f.reason != "" {
		return "", f
	}
	return rangeOf(a.from, b.last()), fault{}
}

// rangeOf returns the days from one window to another as a member of a set. Windows of two precisions are
// written as days.
func rangeOf(a, b point) string {
	if a.precision() == b.precision() && a.precision() < PrecisionMixed {
		return string(b.append(append(a.append(nil), ".."...)))
	}
	first, _ := a.bounds()
	_, last := b.bounds()
	return first.String() + ".." + last.String()
}

// oneOrSpan reads one date, or a span without "from": "2018 to 2021", "5-20 January 2015".
func (e *english) oneOrSpan() (string, fault) {
	start := e.i
	if e.accept("an unknown day") && e.isTo() {
		return e.untilFrom(pointUnknown)
	}
	e.i = start
	m, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if e.isReachingTo() {
		if m, f = e.reaching(start, m); f.reason != "" {
			return "", f
		}
	}
	if e.isTo() {
		return e.to(start, m)
	}
	if m, f = e.shareAhead(start, m, maxShared); f.reason == "" {
		m, f = e.complete(start, m)
	}
	switch {
	case e.accept("at the latest"):
		return ".." + string(m.last().append(nil)), f
	case e.accept("at the earliest"):
		return string(m.from.append(nil)) + "..", f
	}
	return m.text(), f
}
