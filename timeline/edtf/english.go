package edtf

import (
	"fmt"
	"slices"
	"strings"
)

// ParseEnglish reads a date as people write it in English, and what [Date.English]
// writes:
//
//	November 2017, Nov 2017              2017-11
//	11 May 2020, Monday, May 11th, 2020  2020-05-11
//	15/04/2002, 2020/05/11, 10-Jul-2000  2002-04-15, 2020-05-11, 2000-07-10
//	Q2 2019, 2Q19, fourth-quarter 2023   2019-34, 2019-34, 2023-36
//	H2 2026, second half of 2026         2026-41
//	spring 2019, winter 2019-20          2019-21, 2019-24
//	the 1990s, 17th century              199X, 16XX
//	44 BC                                -0043
//	25 October 1917 O.S., (Julian)       1917-11-07, as [FromJulian] has it
//	about 2015, circa March 2017         2015~, 2017-03~
//	perhaps 2015, possibly 2015          2015?
//	some day in May 2020                 2020-05-XX
//	early 2019, the end of 2022          [2019-01..2019-04], [2022-09..2022-12]
//	mid-August 2016, the early 1990s     [2016-08-11..2016-08-20], [1990..1993]
//	first nine months of 2024            [2024-01..2024-09]
//	week of 5 March 2024                 [2024-03-04..2024-03-10], from Monday to Sunday
//	the night of 31 December 2023        [2023-12-31..2024-01-01]
//	2018 to 2021, 2018-2021              2018/2021
//	from 2018, 2018-present              2018/..
//	until May 2020                       ../2020-05
//	3 to 9 May 2020, June-July 2019      2020-05-03/2020-05-09, 2019-06/2019-07
//	2017, 2018 or 2020                   [2017,2018,2020]
//	2017, 2018 and 2020                  {2017,2018,2020}
//	between 2017 and 2019                [2017..2019]
//	by May 2020, no later than May 2020  [..2020-05]
//	before 2015, after 2015              [..2014], [2016..]
//	not before 2026, 2018 or later       [2026..], [2018..]
//
// Early, mid and late, or the beginning, the middle and the end, are thirds: four months of a year,
// ten days of a month (the last may have more or fewer), four, three and three years of a decade.
//
// Capitals, commas and extra blanks do not matter, dashes may be of any length, and EDTF itself is
// read as well. What has two meanings (winter 2020, 5/11/2020, 2023/24) or none is refused with
// a [*ParseError]. A [Reading] decides between two meanings.
func ParseEnglish(s string) (Date, error) { return Reading{}.Parse(s) }

// A Reading is how English is read where it has several meanings. The zero Reading
// refuses that.
type Reading struct {
	Figures FigureOrder // of a date in figures, such as 5/11/2020
	Seasons Hemisphere  // of a season, such as spring 2019
	// FiscalStart is the month in which fiscal years begin, 1 to 12. A fiscal year has the number
	// of the year in which it ends: with 4, FY2024 is [2023-04..2024-03].
	FiscalStart int
	// Told is the day of the text, for words such as "last month".
	Told Date
	// OneDay says that the date is that of an event, which happens on one day: "until 1471" is a day up
	// to then, [..1471], and "2018 to 2021" one between them. What is written in EDTF stays as it is.
	OneDay bool
}

// A FigureOrder is what comes first in a date in figures that ends with its year.
type FigureOrder uint8

// The orders of dates in figures.
const (
	FiguresRefused FigureOrder = iota // 5/11/2020 has two meanings
	DayFirst                          // 5 November 2020
	MonthFirst                        // 11 May 2020
)

// A Hemisphere is where a season was, if it does not say so itself.
type Hemisphere uint8

// The hemispheres. The codes 21 to 24 are read as northern seasons, and stay as they are
// written; a southern spring is 2018-29.
const (
	Northern Hemisphere = iota
	Southern
)

// Parse reads a date as [ParseEnglish] does, and what has several meanings as r says:
// with an order of figures, 5/11/2020, 5.11.2020 and 5-11-2020; with southern seasons,
// spring 2019, and 2019-21, as 2019-29.
func (r Reading) Parse(s string) (Date, error) {
	d, isEDTF, err := r.parse(s)
	if err != nil {
		return Date{}, err
	}
	if r.Seasons == Southern {
		if d, err = d.southern(); err != nil {
			return Date{}, &ParseError{Input: s, Reason: "of southern seasons, " + err.(*ParseError).Reason}
		}
	}
	if r.OneDay && !isEDTF && d.Kind() == Span {
		return d.oneDay(s)
	}
	return d, nil
}

func (r Reading) parse(s string) (d Date, isEDTF bool, err error) {
	d, errEDTF := Parse(s)
	if errEDTF == nil {
		return d, true, nil
	}
	e := &english{Reading: r, text: s, words: tokensOf(s)}
	d, f := e.date()
	switch {
	case f.reason == "":
		return d, false, nil
	case looksLikeEDTF(s) && !e.figured:
		return Date{}, true, errEDTF
	}
	return Date{}, false, &ParseError{Input: s, Offset: f.at, Reason: f.reason}
}

// looksLikeEDTF reports whether s has the signs of EDTF only.
func looksLikeEDTF(s string) bool {
	return s != "" && strings.Trim(s, "0123456789-/.?~%XYETSZ:[]{},") == ""
}

// outside is the reason for a day that cannot be written.
const outside = "it is outside the years from -9999 to 9999"

// unreadable is the reason if no other is known.
const unreadable = "not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020"

// maxWords is how many words, dashes and commas a phrase may have.
const maxWords = 10_000

// maxShared is how many members of a list may share what comes behind them.
const maxShared = 100

// An english reads one phrase.
type english struct {
	Reading
	text  string
	words []token
	i     int

	figured bool // it is a date in figures, or an abbreviated pair of years, which is no EDTF
}

// at returns the word at i, "" beyond the end.
func (e *english) at(i int) string {
	if i < 0 || i >= len(e.words) {
		return ""
	}
	return e.words[i].text
}

// fault returns a fault at the word i.
func (e *english) fault(i int, format string, args ...any) fault {
	at := len(e.text)
	if i < len(e.words) {
		at = e.words[i].at
	}
	return fault{at: at, reason: fmt.Sprintf(format, args...)}
}

// accept takes the next words if they are these, and reports whether it did.
func (e *english) accept(phrases ...string) bool {
	for _, phrase := range phrases {
		n := e.i
		for w := range strings.FieldsSeq(phrase) {
			if e.at(n) != w {
				n = -1
				break
			}
			n++
		}
		if n > 0 {
			e.i = n
			return true
		}
	}
	return false
}

func (e *english) done() bool { return e.i >= len(e.words) }

// skip takes words that say nothing here.
func (e *english) skip(words ...string) {
	for !e.done() && slices.Contains(words, e.at(e.i)) {
		e.i++
	}
}

// date reads the whole phrase.
func (e *english) date() (Date, fault) {
	e.skip(",")
	switch {
	case e.done():
		return Date{}, fault{reason: "empty"}
	case len(e.words) > maxWords:
		return Date{}, fault{reason: "more words than a date has"}
	}
	text, f := e.phrase()
	if f.reason == "" && !e.done() {
		f = e.unexpected()
	}
	if f.reason != "" {
		return Date{}, f
	}
	d, err := Parse(text)
	if wrong, ok := err.(*ParseError); ok {
		return Date{}, fault{reason: wrong.Reason}
	}
	return d, fault{}
}

// unexpected says what is wrong with the next word, which has no place where it stands.
func (e *english) unexpected() fault {
	if slices.Contains([]string{"after", "before", "from"}, e.at(e.i)) || e.at(e.i+1) == "after" || e.at(e.i+1) == "before" {
		return e.fault(e.i, "a date that follows from another one, which is not supported")
	}
	return e.fault(e.i, unreadable)
}

// phrase reads a date of any kind, and returns it in EDTF.
func (e *english) phrase() (string, fault) {
	switch {
	case e.accept("from", "since", "starting", "beginning in", "starting in"):
		return e.from()
	case e.accept("until", "till", "up to", "to", "through"):
		return e.until()
	}
	return e.listed()
}

// from reads the rest of "from 2018", "from 2018 to 2021" and "from 2018 on".
func (e *english) from() (string, fault) {
	if e.accept("an unknown day") {
		if !e.isTo() {
			return "", e.fault(e.i, unreadable)
		}
		b, f := e.sharp(true)
		return e.spanOf(pointUnknown, b, f)
	}
	e.accept("the beginning of", "the start of", "beginning of", "start of")
	start := e.i
	a, f := e.moment()
	if f.reason != "" {
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
func (e *english) until() (string, fault) {
	p, f := e.sharp(true)
	return e.spanOf(pointOpen, p, f)
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
	e.accept("the end of", "end of", "the beginning of", "beginning of")
	b, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if a, b, f = e.share(start, a, second, b); f.reason != "" {
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

// listed reads one date, or several with commas, "or" or "and" between them.
func (e *english) listed() (string, fault) {
	both := e.accept("both", "all of")
	members, f := e.member(nil)
	joined := ""
	for f.reason == "" && !e.done() {
		comma := e.accept(",")
		word := e.at(e.i)
		if word == "or" || word == "and" {
			if joined != "" && joined != word {
				return "", e.fault(e.i, "both %q and %q: what is meant is not clear", joined, word)
			}
			joined = word
			e.i++
		} else if !comma {
			return "", e.unexpected()
		}
		members, f = e.member(members)
	}
	switch {
	case f.reason != "":
		return "", f
	case len(members) > 1 && joined == "" || both && joined != "and":
		return "", fault{reason: unreadable}
	case joined == "and":
		return "{" + strings.Join(members, ",") + "}", fault{}
	case joined == "or" || strings.Contains(members[0], "..") && !strings.Contains(members[0], "/"):
		return "[" + strings.Join(members, ",") + "]", fault{}
	}
	return members[0], fault{}
}

// member reads one of the members of a set, or the only one, and appends it in EDTF.
func (e *english) member(members []string) ([]string, fault) {
	start := e.i
	switch {
	case e.accept("later", "after", "more recently") && e.atBreak() && len(members) > 0 && !strings.Contains(members[len(members)-1], ".."):
		members[len(members)-1] += ".."
		return members, fault{}
	case e.accept("earlier", "before") && e.atBreak() && len(members) == 1 && !strings.Contains(members[0], ".."):
		return []string{".." + members[0]}, fault{}
	}
	e.i = start
	text, f := e.bound()
	if f.reason == "" {
		members = append(members, text)
	}
	return members, f
}

// atBreak reports whether nothing more is said of a member.
func (e *english) atBreak() bool {
	return e.done() || slices.Contains([]string{",", "or", "and"}, e.at(e.i))
}

// bound reads one date, or one with a bound: "by May 2020", "after 2015", "between 2017 and 2019".
func (e *english) bound() (string, fault) {
	switch {
	case e.accept("between", "some day between"):
		return e.between("and")
	case e.accept("some day from"):
		return e.between("to")
	case e.accept("by", "no later than", "not later than", "at the latest", "not after", "before the end of", "by the end of"):
		p, f := e.sharp(true)
		return ".." + string(p.append(nil)), f
	case e.accept("not before", "no earlier than", "not earlier than", "at the earliest", "not until"):
		p, f := e.sharp(false)
		return string(p.append(nil)) + "..", f
	case e.accept("before", "prior to", "earlier than"):
		p, f := e.sharp(false)
		if f.reason != "" {
			return "", f
		}
		return e.beyond("..", p.neighbour(-1), "")
	case e.accept("after", "later than"):
		p, f := e.sharp(true)
		if f.reason != "" {
			return "", f
		}
		return e.beyond("", p.neighbour(1), "..")
	}
	return e.oneOrSpan()
}

// beyond returns what comes before or after a date that was read.
func (e *english) beyond(before string, p point, after string) (string, fault) {
	if p == 0 {
		return "", e.fault(e.i-1, outside)
	}
	return before + string(p.append(nil)) + after, fault{}
}

// oneOrSpan reads one date, or a span without "from": "2018 to 2021", "5-20 January 2015".
func (e *english) oneOrSpan() (string, fault) {
	start := e.i
	if e.accept("an unknown day") && e.isTo() {
		p, f := e.sharp(true)
		return e.spanOf(pointUnknown, p, f)
	}
	e.i = start
	m, f := e.moment()
	if f.reason != "" {
		return "", f
	}
	if e.isTo() {
		return e.to(start, m)
	}
	if m, f = e.shareAhead(start, m, maxShared); f.reason == "" {
		m, f = e.complete(start, m)
	}
	return m.text(), f
}

// shareAhead gives m what it lacks from what comes after it in a list: June or July 2019.
func (e *english) shareAhead(start int, m moment, most int) (moment, fault) {
	if m.lacks == nothing || e.done() || most == 0 {
		return m, fault{}
	}
	next := e.i
	e.skip(",", "or", "and")
	second := e.i
	if second == next {
		return m, e.unexpected()
	}
	other, f := e.moment()
	if f.reason == "" {
		other, f = e.shareAhead(second, other, most-1)
	}
	if f.reason == "" {
		m, _, f = e.share(start, m, second, other)
	}
	e.i = next
	return m, f
}

// neighbour returns the day, the month or the year before p, or after it; the day if p is another part of
// the calendar. It has the marks of p. It is 0 if it is not in the years from -9999 to 9999.
func (p point) neighbour(by Day) point {
	first, last := p.bounds()
	next := last.Next()
	if by < 0 {
		next = first - 1
	}
	if first < MinDay || last > MaxDay || next < MinDay || next > MaxDay {
		return 0
	}
	year, month, day := next.parts()
	switch p.precision() {
	case PrecisionYear:
		month, day = 0, 0
	case PrecisionMonth:
		day = 0
	}
	return newPoint(year, month, day).qualified(p.qualifier())
}

// oneDay returns the span d, which was read from text, as one of its days.
func (d Date) oneDay(text string) (Date, error) {
	first, last := d.a.withoutTime(), d.b.withoutTime()
	var member string
	switch {
	case first == 0:
		member = ".." + string(last.append(nil))
	case last == 0:
		member = string(first.append(nil)) + ".."
	default:
		member = rangeOf(first, last)
	}
	set, err := Parse("[" + member + "]")
	if err != nil {
		return Date{}, &ParseError{Input: text, Reason: "as one day of it, " + err.(*ParseError).Reason}
	}
	return set, nil
}

// withoutTime returns an end of a span without its time of day; 0 if it is no date.
func (p point) withoutTime() point {
	switch {
	case !p.is(pointValue):
		return 0
	case p.form() == formClock:
		return newPoint(p.year(), p.sub(), p.day())
	}
	return p
}
