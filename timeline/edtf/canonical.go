package edtf

import (
	"cmp"
	"slices"
	"strings"
)

// Canonical returns d as one of the dates that say the same and are written differently. It has the
// days and the marks of d, and [Date.String] of it the fewest signs that say so:
//
//	2004?-06?-11?   2004-06-11?     a mark of all parts stands behind them
//	Y17E3           Y17000          an exponent only if the year is longer than eleven digits
//	1985S4          1985            not how many digits are significant if all are
//	T10:00:00+00    T10:00:00Z      zones with minutes, or Z
//	[2019,2018]     [2018,2019]     members of a set in the order of their days, each once
//	[2018]          2018
//
// 2018-XX stays as it is: it says that there is a month and a source does not know it.
func (d Date) Canonical() Date {
	switch d.Kind() {
	case Window, Span:
		return Date{a: d.a.canonical(), b: d.b.canonical()}
	case Set, AllOf:
		return canonicalSet(d.set.Value())
	}
	return d
}

func canonicalSet(text string) Date {
	all := slices.Collect(members(text))
	for i, m := range all {
		all[i].a, all[i].b = m.a.canonical(), m.b.canonical()
		if m.isRange && m.a != 0 && all[i].a == all[i].b && m.a.precision() < PrecisionMixed {
			all[i].b, all[i].isRange = 0, false
		}
	}
	slices.SortFunc(all, func(x, y setMember) int {
		a, b := x.days(), y.days()
		return cmp.Or(cmp.Compare(x.openness(), y.openness()), cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last), strings.Compare(x.String(), y.String()))
	})
	all = slices.Compact(all)
	if len(all) == 1 && !all[0].isRange && text[0] == '[' {
		return Date{a: all[0].a}
	}
	texts := make([]string, len(all))
	for i, m := range all {
		texts[i] = m.String()
	}
	return setOfText(text[:1] + strings.Join(texts, ",") + text[len(text)-1:])
}

// String writes m as a set does.
func (m setMember) String() string {
	b := m.a.append(nil)
	if m.isRange {
		b = m.b.append(append(b, ".."...))
	}
	return string(b)
}

// openness orders members: the one without a start comes first, the one without an end last.
func (m setMember) openness() int {
	switch {
	case m.isRange && m.a == 0:
		return -1
	case m.isRange && m.b == 0:
		return 1
	}
	return 0
}

// days returns the first and the last day of m.
func (m setMember) days() dayRange {
	r := dayRange{DistantPast, DistantFuture}
	if m.a != 0 {
		r.first, r.last = m.a.bounds()
	}
	if m.isRange {
		r.last = DistantFuture
	}
	if m.b != 0 {
		_, r.last = m.b.bounds()
	}
	return r
}

func (p point) canonical() point {
	switch {
	case !p.is(pointValue):
		return p
	case p.form() == formClock:
		return p.canonicalZone()
	case p.form() == formLong:
		return p.canonicalLong()
	}
	if p.significant() == 4 {
		p &^= point(15) << 47
	}
	day := p.mark(beforeDay) | p.mark(behindDay)
	month := p.mark(beforeMonth) | p.mark(behindMonth) | p.mark(behindDay)
	year := p.mark(beforeYear) | p.mark(behindYear) | p.mark(behindMonth) | p.mark(behindDay)
	p &^= everyMark
	if (p.sub() == 0 || month == year) && (p.day() == 0 || day == year) {
		return p.withMark(p.end(), year)
	}
	return p.withMark(beforeYear, year).withMark(beforeMonth, month).withMark(beforeDay, day)
}

func (p point) canonicalZone() point {
	offset := int(p >> 52 & 2047)
	switch form := p >> 19 & 3; {
	case form == zoneNone:
		return p
	case offset == maxOffset:
		return p&^(3<<19) | zoneUTC<<19
	default:
		return p&^(3<<19) | zoneMinutes<<19
	}
}

func (p point) canonicalLong() point {
	digits, exponent, lost := p.mantissa(), p.exponent(), p.longLostDigits()
	length := exponent
	for m := digits; m > 0; m /= 10 {
		length++
	}
	for ; exponent > 0 && length <= maxLongDigits; exponent-- {
		digits *= 10
	}
	for ; exponent > 0 && exponent < maxExponent && digits%10 == 0; exponent++ {
		digits /= 10
	}
	if length <= 4 {
		year := int(digits)
		if p&longMinus != 0 {
			year = -year
		}
		w := newPoint(year, 0, 0)
		if lost > 0 {
			w = w.withSignificant(4 - lost)
		}
		return w.withMark(behindYear, p.longMark())
	}
	w := pointValue | formLong<<2 | p&longMinus | point(digits)<<4 | point(p.longMark())<<59
	if exponent > 0 {
		w |= longExponent | point(exponent)<<43
	}
	if lost > 0 {
		w |= point(length-lost) << 53
	}
	return w
}
