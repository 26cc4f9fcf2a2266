package edtf

import (
	"fmt"
	"strings"
)

// English returns d in English, as a reader takes it: "11 May 2020", "Q4 2024", "by
// December 2015", "between June and August 2019", "about 2015", "perhaps 2017 or 2019",
// "from 2018", "15 March 44 BC", "25 December of some year of the 1560s". [ParseEnglish] reads it
// again, to a date of the same days. A time of day is left out, and a mark of one part is one of the
// whole: 2018?-03 is "perhaps March 2018". The zero Date gives "".
func (d Date) English() string {
	switch d.Kind() {
	case Window:
		return d.a.english()
	case Span:
		return spanEnglish(d.a, d.b)
	case Set:
		return setEnglish(d.set.Value())
	case AllOf:
		return allEnglish(d.set.Value())
	}
	return ""
}

func spanEnglish(a, b point) string {
	start, end := a.endEnglish(), b.endEnglish()
	switch {
	case a.is(pointOpen):
		return "until " + end
	case b.is(pointOpen):
		return "from " + start
	case a.is(pointUnknown):
		return "from an unknown day to " + end
	case b.is(pointUnknown):
		return "from " + start + " to an unknown day"
	case a.reaches() || b.reaches():
		return start + " to " + end
	}
	return shared(a, " to ", b)
}

// endEnglish returns an end of a span, which may reach back or on; "" if it is no date.
func (p point) endEnglish() string {
	switch {
	case !p.is(pointValue):
		return ""
	case p.reaches() && p&reachBack != 0:
		return p.english() + " or earlier"
	case p.reaches():
		return p.english() + " or later"
	}
	return p.english()
}

// setEnglish returns the members of a one-of set, as it is written, in English: "2017 or 2019".
func setEnglish(text string) string {
	return membersEnglish(text, " or ", func(m setMember) string {
		switch {
		case m.a == 0:
			return "by " + m.b.english()
		case m.b == 0:
			return m.a.english() + " or later"
		}
		a, b := widened(m.a, m.b)
		return "between " + shared(a, " and ", b)
	})
}

// allEnglish returns the members of an all-of set: "2017 and all from 2019 to 2021".
func allEnglish(text string) string {
	all := membersEnglish(text, " and ", func(m setMember) string {
		switch {
		case m.a == 0:
			return "all up to " + m.b.english()
		case m.b == 0:
			return "all from " + m.a.english()
		}
		a, b := widened(m.a, m.b)
		return "all from " + shared(a, " to ", b)
	})
	if !strings.ContainsAny(text, ".,") {
		return "all of " + all // the only one
	}
	return all
}

// membersEnglish joins the members of a set, of which the ranges are written by a function.
func membersEnglish(text, join string, rangeEnglish func(setMember) string) string {
	var texts []string
	plain := true // no member is a range
	for m := range members(text) {
		if m.isRange {
			plain = false
			texts = append(texts, rangeEnglish(m))
			continue
		}
		texts = append(texts, m.a.english())
	}
	if last := len(texts) - 1; last > 1 && (plain || join == " and ") {
		return strings.Join(texts[:last], ", ") + join + texts[last]
	}
	return strings.Join(texts, join)
}

// widened returns the ends of a range of days as a reader takes them: from 2016-01-01 as from
// 2016 if the other is of another year, from 2025-09-01 as from 2025-09 if it is of another month;
// and to 2018-12-31 as to 2018, if the other is of another year.
func widened(a, b point) (point, point) {
	if !a.isPlainDay() || !b.isPlainDay() {
		return a, b
	}
	otherYear := a.year() != b.year()
	first, last := a, b
	switch begins := a.day() == 1; {
	case begins && otherYear && a.sub() == 1:
		first = newPoint(a.year(), 0, 0)
	case begins && (otherYear || a.sub() != b.sub()):
		first = newPoint(a.year(), a.sub(), 0)
	}
	switch ends := b.day() == daysIn(b.year(), b.sub()); {
	case ends && otherYear && b.sub() == 12:
		last = newPoint(b.year(), 0, 0)
	case ends && otherYear:
		last = newPoint(b.year(), b.sub(), 0)
	}
	return first, last
}

// shared joins two windows, and writes a year, or a month and a year, that both have
// once: "3 to 9 May 2020".
func shared(a point, between string, b point) string {
	first, second := a.english(), b.english()
	if a.year() != b.year() || a.qualifier()|b.qualifier() != 0 || !a.inMonths() || !b.inMonths() || (a.day() == 0) != (b.day() == 0) {
		return first + between + second
	}
	year, _ := a.yearEnglish()
	short := strings.TrimSuffix(first, " "+year)
	if a.sub() == b.sub() && a.day() != 0 {
		short = fmt.Sprint(a.day())
	}
	return short + between + second
}

// inMonths reports whether p is a month or a day of a known year.
func (p point) inMonths() bool {
	return p.form() != formLong && p.digitsX() == 0 && p.sub() >= 1 && p.sub() <= 12 && p.day() < dayTens
}
