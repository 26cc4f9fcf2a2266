package edtf

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// English returns d in English, as a reader takes it: "11 May 2020", "Q4 2024", "by
// December 2015", "between June and August 2019", "about 2015", "perhaps 2017 or 2019",
// "from 2018", "15 March 44 BC". [ParseEnglish] reads it again, to a date of the same days. A
// time of day is left out, and what English has no short form for stays in EDTF. The zero
// Date gives "".
func (d Date) English() string {
	for p := range d.points {
		if !p.hasEnglish() {
			return d.String()
		}
	}
	switch d.Kind() {
	case Window:
		return d.a.english()
	case Span:
		return spanEnglish(d.a, d.b)
	case Set:
		return setEnglish(d.set.Value())
	case AllOf:
		return allEnglish(d)
	}
	return ""
}

// allEnglish returns "2017, 2018 and 2020" for an all-of set, which stays in EDTF if a member is a
// range, or the only one.
func allEnglish(d Date) string {
	all := slices.Collect(members(d.set.Value()))
	if len(all) < 2 || slices.ContainsFunc(all, func(m setMember) bool { return m.isRange }) {
		return d.String()
	}
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = m.a.english()
	}
	last := len(all) - 1
	return strings.Join(texts[:last], ", ") + " and " + texts[last]
}

// hasEnglish reports whether p can be written in English. What cannot is left in EDTF.
func (p point) hasEnglish() bool {
	if !p.is(pointValue) {
		return true
	}
	year, sub := p.digits(), p.sub()
	return p.form() == formClock || p.form() == formCalendar && p.precision() < PrecisionMillennium && p.significant() == 0 && !p.reaches() &&
		(sub < 25 || sub > 32) && (p&minus == 0 || year > 0 && !p.isPartOfYear() && p.digitsX() == 0)
}

func spanEnglish(a, b point) string {
	switch {
	case a.is(pointOpen):
		return "until " + b.english()
	case b.is(pointOpen):
		return "from " + a.english()
	case a.is(pointUnknown):
		return "from an unknown day to " + b.english()
	case b.is(pointUnknown):
		return "from " + a.english() + " to an unknown day"
	}
	return shared(a, " to ", b)
}

// setEnglish returns the members of a set, as it is written, in English.
func setEnglish(text string) string {
	members := strings.Split(strings.Trim(text, "[]"), ",")
	plain := true // no member is a range
	for n, m := range members {
		first, last, isRange := strings.Cut(m, "..")
		a, b := pointOf(first), pointOf(last)
		switch {
		case !isRange:
			members[n] = a.english()
			continue
		case first == "":
			members[n] = "by " + b.english()
		case last == "":
			members[n] = a.english() + " or later"
		default:
			a, b = widened(a, b)
			members[n] = "between " + shared(a, " and ", b)
		}
		plain = false
	}
	if last := len(members) - 1; plain && last > 1 {
		return strings.Join(members[:last], ", ") + " or " + members[last]
	}
	return strings.Join(members, " or ")
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
	short := strings.TrimSuffix(first, " "+a.yearEnglish())
	if a.sub() == b.sub() && a.day() != 0 {
		short = fmt.Sprint(a.day())
	}
	return short + between + second
}

// inMonths reports whether p is a month or a day.
func (p point) inMonths() bool { return p.sub() >= 1 && p.sub() <= 12 && p.day() != unspecified }

// english returns a window in English.
func (p point) english() string {
	text := p.plainEnglish()
	if p.qualifier()&approximate != 0 {
		text = "about " + text
	}
	if p.qualifier()&uncertain != 0 {
		text = "perhaps " + text
	}
	return text
}

func (p point) plainEnglish() string {
	year, sub := p.year(), p.sub()
	switch {
	case p.precision() == PrecisionDecade && year/10%10 != 0:
		return fmt.Sprintf("the %04ds", year)
	case p.digitsX() != 0:
		return fmt.Sprintf("some year of %04d-%04d", year, p.mostDigits())
	case sub == unspecified && p.day() == unspecified:
		return "some day of " + p.yearEnglish()
	case sub == unspecified:
		return "some month of " + p.yearEnglish()
	case sub == 24:
		return fmt.Sprintf("winter %04d-%02d", year, (year+1)%100)
	case sub > 12:
		return fmt.Sprintf("%s %04d", subYearEnglish[sub], year)
	case sub == 0:
		return p.yearEnglish()
	}
	text := fmt.Sprintf("%v %s", time.Month(sub), p.yearEnglish())
	switch day := p.day(); day {
	case 0:
		return text
	case unspecified:
		return "some day in " + text
	default:
		return fmt.Sprint(day) + " " + text
	}
}

// yearEnglish returns the year of p. The year before 1 is 0 in EDTF, and 1 BC in English.
func (p point) yearEnglish() string {
	if p&minus != 0 {
		return fmt.Sprintf("%d BC", p.digits()+1)
	}
	return fmt.Sprintf("%04d", p.digits())
}

// subYearEnglish are the words before the year for the codes of parts of a year.
var subYearEnglish = map[int]string{
	21: "spring", 22: "summer", 23: "autumn",
	33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4",
	37: "the first third of", 38: "the second third of", 39: "the third third of",
	40: "the first half of", 41: "the second half of",
}
