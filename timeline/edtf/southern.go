package edtf

import (
	"slices"
	"strings"
)

// southern returns d with the seasons of the south in place of those that do not say where.
// The error says why there is no such date: a span may end before it starts then.
func (d Date) southern() (Date, error) {
	switch d.Kind() {
	case Window, Span:
		return Parse(Date{a: d.a.southern(), b: d.b.southern()}.String())
	case Set, AllOf:
		text := d.set.Value()
		all := slices.Collect(members(text))
		texts := make([]string, len(all))
		for i, m := range all {
			texts[i] = setMember{m.a.southern(), m.b.southern(), m.isRange}.String()
		}
		return Parse(text[:1] + strings.Join(texts, ",") + text[len(text)-1:])
	}
	return d, nil
}

func (p point) southern() point {
	if !p.is(pointValue) || p.form() != formCalendar || p.sub() < 21 || p.sub() > 24 {
		return p
	}
	return p + (29-21)<<23
}
