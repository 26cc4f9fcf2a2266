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
//	25 December of some year of the 1560s, some day of 20-29 May 2020   156X-12-25, 2020-05-2X
//	some year of 1900-1999, estimated at 1950   1950S2
//	the year 170,000,001 BC              Y-170000000
//	southern spring 2018                 2018-29
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
//	all from 2017 to 2019                {2017..2019}
//	2018 or earlier to 2020 or later     ..2018/2020..
//	between 2017 and 2019                [2017..2019]
//	by May 2020, no later than May 2020  [..2020-05]
//	before 2015, after 2015              [..2014], [2016..]
//	not before 2026, 2018 or later       [2026..], [2018..]
//
// Early, mid and late, or the beginning, the middle and the end, are thirds: four months of a year,
// ten days of a month (the last may have more or fewer), four, three and three years of a decade, 34, 33
// and 33 of a century.
//
// Capitals, commas and extra blanks do not matter, dashes may be of any length, and EDTF itself is
// read as well. What has two meanings (winter 2020, 5/11/2020, 2023/24) or none is refused with
// a [*ParseError]. A [Reading] decides between two meanings.
func ParseEnglish(s string) (Date, error) { return Reading{}.Parse(s) }

// parse reads s, and reports whether it was EDTF.
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

	all     bool // a member is all of a range: it is an all-of set
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
