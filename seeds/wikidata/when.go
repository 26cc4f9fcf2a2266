package wikidata

import (
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The qualifiers of a statement that are understood.
const (
	pStart, pEnd, pPoint       = "P580", "P582", "P585"
	pEarliest, pLatest         = "P1319", "P1326"
	pEarliestEnd, pLatestStart = "P8554", "P8555"
	pCircumstances             = "P1480"
	pDeprecated, pPreferred    = "P2241", "P7452" // the reasons for a rank
	pProportion, pTicker       = "P1107", "P249"
)

// circa is the circumstance that makes dates approximate.
const circa = "Q5727902"

// A lasting is when a statement was so.
type lasting struct {
	start edtf.Date // zero if it is not said
	end   edtf.Date // likewise
	ended bool      // it has an end, though perhaps nobody knows when
	point edtf.Date // a day on which it was so
}

// lasting returns when a statement was so, and reports what of it cannot be read.
func (r *reader) lasting(s *statement) lasting {
	var l lasting
	start, _ := r.date(s, pStart)
	l.point, _ = r.date(s, pPoint)
	end, endKind := r.date(s, pEnd)
	earliest, _ := r.date(s, pEarliest)
	latest, _ := r.date(s, pLatest)
	latestStart, _ := r.date(s, pLatestStart)
	earliestEnd, _ := r.date(s, pEarliestEnd)
	if latestStart.IsZero() {
		latestStart = latest
	}
	l.start = r.within(s, start, earliest, latestStart)
	l.ended = endKind == "somevalue" || !end.IsZero() || !earliestEnd.IsZero()
	if l.ended {
		latestEnd := edtf.Date{}
		if end.IsZero() && !earliestEnd.IsZero() {
			latestEnd = edtf.Between(r.modified, r.modified)
		}
		l.end = r.within(s, end, earliestEnd, latestEnd)
	}
	if r.isCirca(s) {
		l.start, l.point = approximate(l.start), approximate(l.point)
	}
	return l
}

// within returns a date between an earliest and a latest one, of which any may be missing.
func (r *reader) within(s *statement, d, earliest, latest edtf.Date) edtf.Date {
	if earliest.IsZero() && latest.IsZero() {
		return d
	}
	text := ".."
	if !earliest.IsZero() {
		text = earliest.Earliest().String() + text
	}
	if !latest.IsZero() {
		text += latest.Latest().String()
	}
	bounds, err := edtf.Parse("[" + text + "]")
	if err != nil {
		r.left(s, "its earliest date is after its latest date")
		return d
	}
	if d.IsZero() {
		return bounds
	}
	both, ok := edtf.Intersect(d, bounds)
	if !ok {
		r.left(s, "its date is not within its earliest and latest date")
		return d
	}
	return both
}

// date returns the date of a qualifier, and of what kind it is: value, somevalue, novalue, or nothing
// if there is none.
func (r *reader) date(s *statement, property string) (edtf.Date, string) {
	all := s.Qualifiers[property]
	if len(all) == 0 {
		return edtf.Date{}, ""
	}
	if len(all) > 1 {
		r.left(s, fmt.Sprintf("it has several values of %s; the first is taken", r.name(property)))
	}
	if all[0].Type != "value" {
		return edtf.Date{}, all[0].Type
	}
	d, err := all[0].date()
	if err != nil {
		r.left(s, fmt.Sprintf("%s: %s", r.name(property), strings.TrimPrefix(err.Error(), "edtf: ")))
	}
	return d, "value"
}

// isCirca reports whether the dates of a statement are said to be approximate.
func (r *reader) isCirca(s *statement) bool {
	is := false
	for _, q := range s.Qualifiers[pCircumstances] {
		if id, _ := q.item(); id == circa {
			is = true
		} else {
			r.left(s, "its dates are said to be "+r.value(&q)+", which has no form here")
		}
	}
	return is
}

// approximate returns a date marked as approximate, if it can be.
func approximate(d edtf.Date) edtf.Date {
	if d.IsZero() {
		return d
	}
	if marked, err := edtf.Parse(d.String() + "~"); err == nil {
		return marked
	}
	return d
}

// begins returns the date on which a statement began to be so: its start, or a day up to the one on which
// it was.
func (r *reader) begins(l lasting) edtf.Date {
	switch {
	case !l.start.IsZero():
		return l.start
	case !l.point.IsZero():
		return r.upTo(l.point.Latest())
	case !l.end.IsZero() && l.end.Latest() < r.modified:
		return r.upTo(l.end.Latest())
	}
	return r.upTo(r.modified)
}

// ends returns the date on which a statement ceased to be so: if nobody knows when, a day from its start to the last
// revision of the item.
func (r *reader) ends(l lasting) edtf.Date {
	if !l.end.IsZero() {
		return l.end
	}
	first := r.begins(l).Earliest()
	if first < edtf.MinDay {
		return r.upTo(r.modified)
	}
	return edtf.Between(min(first, r.modified), r.modified)
}

// upTo returns some day up to a day, or to the last revision of the item if that is no day of the calendar.
func (r *reader) upTo(day edtf.Day) edtf.Date {
	if day < edtf.MinDay || day > edtf.MaxDay {
		day = r.modified
	}
	return edtf.MustParse("[.." + day.String() + "]")
}
