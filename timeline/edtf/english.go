package edtf

import (
	"fmt"
	"slices"
	"strings"
)

// ParseEnglish reads a date as people write it in English, and what [Date.English]
// writes:
//
//	November 2017, Nov 2017          2017-11
//	11 May 2020, May 11, 2020        2020-05-11
//	Q2 2019, second quarter of 2019  2019-34
//	2019-Q2, 2019Q2, Q2-2019         2019-34
//	H2 2026, second half of 2026     2026-41
//	first third of 2026              2026-37
//	spring 2019, winter 2019-20      2019-21, 2019-24
//	the 1990s                        199X
//	about 2015, circa March 2017     2015~, 2017-03~
//	perhaps 2015, possibly 2015      2015?
//	2018 to 2021, June to July 2019  2018/2021, 2019-06/2019-07
//	from 2018, until May 2020        2018/.., ../2020-05
//	2017, 2018 or 2020               [2017,2018,2020]
//	between 2017 and 2019            [2017..2019]
//	by May 2020, 2018 or later       [..2020-05], [2018..]
//	some day in May 2020             2020-05-XX
//
// Capitals, commas and extra blanks do not matter, and EDTF itself is read as
// well. What has two meanings (winter 2020, 5/11/2020) or none is refused with
// a [*ParseError]. A [Reading] decides between two meanings.
func ParseEnglish(s string) (Date, error) { return Reading{}.Parse(s) }

// A Reading is how English is read where it has several meanings. The zero Reading
// refuses that.
type Reading struct {
	Figures FigureOrder // of a date in figures, such as 5/11/2020
	Seasons Hemisphere  // of a season, such as spring 2019
}

// A Hemisphere is where a season was, if it does not say so itself.
type Hemisphere uint8

// The hemispheres. The codes 21 to 24 are read as northern seasons, and stay as they are
// written; a southern spring is 2018-29.
const (
	Northern Hemisphere = iota
	Southern
)

// A FigureOrder is what comes first in a date in figures that ends with its year.
type FigureOrder uint8

// The orders of dates in figures.
const (
	FiguresRefused FigureOrder = iota // 5/11/2020 has two meanings
	DayFirst                          // 5 November 2020
	MonthFirst                        // 11 May 2020
)

// Parse reads a date as [ParseEnglish] does, and what has several meanings as r says:
// with an order of figures, 5/11/2020, 5.11.2020 and 5-11-2020; with southern seasons,
// spring 2019, and 2019-21, as 2019-29.
func (r Reading) Parse(s string) (Date, error) {
	d, err := r.parse(s)
	if r.Seasons == Southern {
		d = d.southern()
	}
	return d, err
}

func (r Reading) parse(s string) (Date, error) {
	if d, err := Parse(s); err == nil {
		return d, nil
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(s, ",", " , ")))
	for n, w := range words {
		words[n] = r.Figures.inEDTF(w)
	}
	text, err := phrase(words)
	if err == nil {
		var d Date
		if d, err = Parse(text); err == nil {
			return d, nil
		}
	}
	return Date{}, englishError(s, err)
}

// englishError says why s was refused. What looks like EDTF gets the error that
// Parse has; other faults concern all of s.
func englishError(s string, err error) error {
	if s != "" && len(inFigures(s)) != 3 && strings.Count(s, "/") < 2 && strings.Trim(s, "0123456789-/.?~%XYETSZ:[]{},") == "" {
		_, err = Parse(s)
		return err
	}
	if e, ok := err.(*ParseError); ok {
		return &ParseError{Input: s, Reason: e.Reason}
	}
	return &ParseError{Input: s, Reason: err.Error()}
}

// phrase turns words into EDTF.
func phrase(words []string) (string, error) {
	if slices.Contains(words, "or") {
		return oneOfMany(words)
	}
	words = without(words, ",")
	if len(words) == 0 {
		return "", fmt.Errorf("empty")
	}
	switch words[0] {
	case "from", "since":
		if to := slices.IndexFunc(words, isUntil); to > 0 {
			return interval(words[1:to], words[to+1:])
		}
		return withEnds("", words[1:], "/..")
	case "until", "till", "to":
		return withEnds("../", words[1:], "")
	case "by":
		return withEnds("[..", words[1:], "]")
	case "between":
		days, err := between(words[1:])
		return "[" + days + "]", err
	}
	if to := slices.IndexFunc(words, isUntil); to > 0 {
		return interval(words[:to], words[to+1:])
	}
	return single(words)
}

func isUntil(w string) bool { return w == "to" || w == "until" || w == "till" }

func without(words []string, out ...string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(out, w) })
}

// withEnds returns the date that words say between two texts.
func withEnds(before string, words []string, after string) (string, error) {
	d, err := single(words)
	return before + d + after, err
}

// interval returns a span. An end may be an unknown day.
func interval(first, second []string) (string, error) {
	unknown := []string{"an", "unknown", "day"}
	switch {
	case slices.Equal(first, unknown):
		return withEnds("/", second, "")
	case slices.Equal(second, unknown):
		return withEnds("", first, "/")
	}
	return joined(first, "/", second)
}

// between returns the member of a set that "2017 and 2019" says.
func between(words []string) (string, error) {
	n := slices.Index(words, "and")
	if n < 0 {
		return "", fmt.Errorf("expected %q", "and")
	}
	return joined(words[:n], "..", words[n+1:])
}

// joined joins the dates that two groups of words say. The first takes from the second
// what it does not have, its year, or its month and year: June to August 2019, 3 to 9
// May 2020.
func joined(first []string, between string, second []string) (string, error) {
	a, err := single(first)
	for n := len(second) - 1; err != nil && n > 0 && len(first) > 0; n-- {
		if longer, e := single(slices.Concat(first, second[n:])); e == nil {
			a, err = longer, nil
		}
	}
	if err != nil {
		return "", err
	}
	b, err := single(second)
	if first, last, ok := ofTwoPrecisions(a, b); ok && between == ".." && err == nil {
		a, b = first, last
	}
	return a + between + b, err
}

// ofTwoPrecisions returns the first and the last day of two dates if they are not both days,
// or both months, and so on, and false otherwise.
func ofTwoPrecisions(a, b string) (first, last string, ok bool) {
	d, errA := Parse(a)
	e, errB := Parse(b)
	if errA != nil || errB != nil || d.Precision() == e.Precision() {
		return "", "", false
	}
	return d.Earliest().String(), e.Latest().String(), true
}

// oneOfMany returns the set that words with an "or" say.
func oneOfMany(words []string) (string, error) {
	var members []string
	for len(words) > 0 {
		part, rest := words, []string(nil)
		if n := slices.Index(words, "or"); n >= 0 {
			part, rest = words[:n], words[n+1:]
			if len(rest) == 0 {
				return "", unreadable(words)
			}
		}
		words = rest
		if slices.Equal(part, []string{"later"}) && len(members) > 0 {
			members[len(members)-1] += ".."
			continue
		}
		some, err := listed(part)
		if err != nil {
			return "", err
		}
		members = append(members, some...)
	}
	return "[" + strings.Join(members, ",") + "]", nil
}

// listed returns the members of a set that words without an "or" say: one, or several
// with commas between them.
func listed(words []string) ([]string, error) {
	one, err := member(without(words, ","))
	if err == nil {
		return []string{one}, nil
	}
	if !slices.Contains(words, ",") {
		return nil, err
	}
	var all []string
	for part := range strings.SplitSeq(strings.Trim(strings.Join(words, " "), ", "), ",") {
		one, err := member(strings.Fields(part))
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// member returns one member of a set.
func member(words []string) (string, error) {
	if len(words) > 0 {
		switch words[0] {
		case "by":
			return withEnds("..", words[1:], "")
		case "between":
			return between(words[1:])
		}
	}
	return single(words)
}
