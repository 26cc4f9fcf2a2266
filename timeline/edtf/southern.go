package edtf

import (
	"slices"
	"strings"
)

// southern returns d with the seasons of the south in place of those that do not say where.
func (d Date) southern() Date {
	switch d.Kind() {
	case Window, Span:
		return Date{a: d.a.southern(), b: d.b.southern()}
	case Set, AllOf:
		text := d.set.Value()
		all := slices.Collect(members(text))
		texts := make([]string, len(all))
		for i, m := range all {
			texts[i] = setMember{m.a.southern(), m.b.southern(), m.isRange}.String()
		}
		text = text[:1] + strings.Join(texts, ",") + text[len(text)-1:]
		return newSet(text, parseSet(text))
	}
	return d
}

func (p point) southern() point {
	if !p.is(pointValue) || p.form() != formCalendar || p.sub() < 21 || p.sub() > 24 {
		return p
	}
	return p + (29-21)<<23
}
