package edtf

import (
	"slices"
	"strings"
)

// Widened returns d with each window that is marked ~ or % as a range that reaches one further on both
// sides, of the parts of the calendar that it is: 2015~ gives [2014~..2016~], 2017-03~
// [2017-02~..2017-04~], 2018-03-15~ the day before to the day after. A decade reaches ten years, a season or
// another part of a year as many months as it has. The marks stay.
//
// That is a rule, and not what a source says: nothing in this module widens a date by itself.
// Spans stay as they are, since an end is no range, and so do windows with gaps and years of more
// than four digits.
func (d Date) Widened() Date {
	switch d.Kind() {
	case Window:
		if text, ok := d.a.widened(); ok {
			return setOfText("[" + text + "]")
		}
	case Set, AllOf:
		text := d.set.Value()
		var texts []string
		for m := range members(text) {
			texts = append(texts, m.widened())
		}
		return setOfText(text[:1] + strings.Join(texts, ",") + text[len(text)-1:])
	}
	return d
}

// widened returns m with its ends, or the window that it is, one further out if they are marked.
func (m setMember) widened() string {
	if !m.isRange {
		if text, ok := m.a.widened(); ok {
			return text
		}
		return m.String()
	}
	if _, ok := m.a.widened(); ok {
		m.a = m.a.shifted(-1)
	}
	if _, ok := m.b.widened(); ok {
		m.b = m.b.shifted(1)
	}
	return m.String()
}

// widened returns the range from the window before p to the one after it, or false if p is not
// approximate or has none.
func (p point) widened() (string, bool) {
	if !p.is(pointValue) || p.qualifier()&approximate == 0 {
		return "", false
	}
	before, after := p.shifted(-1), p.shifted(1)
	if before == 0 || after == 0 {
		return "", false
	}
	return setMember{before, after, true}.String(), true
}

// shifted returns the window of the kind of p that comes before or after it, with its marks; 0 if
// there is none.
func (p point) shifted(by int) point {
	if p.form() != formCalendar || p.significant() != 0 || p.reaches() {
		return 0
	}
	year, sub, day := p.year(), p.sub(), p.day()
	switch precision := p.precision(); precision {
	case PrecisionDay, PrecisionMonth, PrecisionYear:
		return p.neighbour(Day(by))
	case PrecisionDecade, PrecisionCentury, PrecisionMillennium:
		if p&minus != 0 {
			return 0
		}
		year += by * [...]int{10, 100, 1000}[precision-PrecisionDecade]
		if year < 0 || year > 9999 {
			return 0
		}
		return newPoint(year, sub, day).withX(p.digitsX()).qualified(p.qualifier())
	case PrecisionMixed:
		return 0
	}
	codes := codesOf(sub)
	i := slices.Index(codes, sub) + by
	switch {
	case i < 0:
		year, i = year-1, len(codes)-1
	case i == len(codes):
		year, i = year+1, 0
	}
	if year < -9999 || year > 9999 {
		return 0
	}
	return newPoint(year, codes[i], 0).qualified(p.qualifier())
}

// codesOf returns the codes of the parts that a year has, of which one is given, as they follow each other.
func codesOf(sub int) []int {
	for _, codes := range [][]int{{21, 22, 23, 24}, {25, 26, 27, 28}, {31, 32, 29, 30}, {33, 34, 35, 36}, {37, 38, 39}, {40, 41}} {
		if slices.Contains(codes, sub) {
			return codes
		}
	}
	return nil
}
