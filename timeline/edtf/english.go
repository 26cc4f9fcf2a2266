package edtf

import (
	"fmt"
	"slices"
	"strings"
	"time"
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
}

// A FigureOrder is what comes first in a date in figures that ends with its year.
type FigureOrder uint8

// The orders of dates in figures.
const (
	FiguresRefused FigureOrder = iota // 5/11/2020 has two meanings
	DayFirst                          // 5 November 2020
	MonthFirst                        // 11 May 2020
)

// Parse reads a date as [ParseEnglish] does, and what has several meanings as r says:
// with an order of figures, 5/11/2020, 5.11.2020 and 5-11-2020.
func (r Reading) Parse(s string) (Date, error) {
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
	return a + between + b, err
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

// single turns the words for one window into EDTF.
func single(words []string) (string, error) {
	mark := 0
	if len(words) > 1 && isPerhaps(words[0]) {
		words, mark = words[1:], uncertain
	}
	if len(words) > 1 && isAbout(words[0]) {
		words, mark = words[1:], mark|approximate
	}
	words, some := withoutSome(words)
	words = without(words, "of", "the", "in", "on")
	var text string
	switch len(words) {
	case 1:
		text = oneWord(words[0])
	case 2:
		text = twoWords(words[0], words[1])
	case 3:
		text = threeWords(words[0], words[1], words[2])
	}
	if text == "" {
		return "", unreadable(words)
	}
	return text + some + strings.TrimSpace(qualifierMarks[mark:mark+1]), nil
}

// withoutSome cuts "some day of" or "some month of", and returns what it is in EDTF.
// "Some year of 1900-1999" it returns in EDTF.
func withoutSome(words []string) ([]string, string) {
	if len(words) < 4 || words[0] != "some" {
		return words, ""
	}
	switch rest := words[3:]; {
	case words[1] == "year" && len(rest) == 1:
		return []string{someYear(rest[0])}, ""
	case words[1] == "month":
		return rest, "-XX"
	case words[1] == "day" && len(rest) == 1:
		return rest, "-XX-XX"
	case words[1] == "day":
		return rest, "-XX"
	}
	return words, ""
}

func unreadable(words []string) error {
	for _, w := range words {
		switch {
		case w == "winter":
			return fmt.Errorf("winter has two meanings: write 2019-24 for December 2019 to February 2020")
		case len(inFigures(w)) == 3 && !DayFirst.isDay(w) && !MonthFirst.isDay(w):
			return fmt.Errorf("there is no such day")
		case len(inFigures(w)) == 3:
			return fmt.Errorf("a date in figures has two meanings: write 2020-05-11 or 11 May 2020")
		}
	}
	return fmt.Errorf("not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020")
}

// inEDTF returns a date in figures as EDTF has it, and other words as they are.
func (o FigureOrder) inEDTF(w string) string {
	figures := inFigures(w)
	if o == FiguresRefused || len(figures) != 3 {
		return w
	}
	day, month := figures[0], figures[1]
	if o == MonthFirst {
		day, month = month, day
	}
	return fmt.Sprintf("%s-%02s-%02s", figures[2], month, day)
}

// isDay reports whether a date in figures is one in this order.
func (o FigureOrder) isDay(w string) bool {
	_, err := Parse(o.inEDTF(w))
	return err == nil
}

// inFigures returns the parts of "5/11/2020", "5.11.2020" or "5-11-2020", or nil.
func inFigures(w string) []string {
	for _, between := range []string{"/", ".", "-"} {
		figures := strings.Split(w, between)
		if len(figures) == 3 && isYear(figures[2]) && dayOfMonth(figures[0]) != "" && dayOfMonth(figures[1]) != "" {
			return figures
		}
	}
	return nil
}

func isAbout(w string) bool {
	return slices.Contains([]string{"about", "around", "circa", "c.", "ca.", "approximately"}, w)
}

// someYear returns the decade or the century of years such as "1900-1999", or "".
func someYear(years string) string {
	first, last, _ := strings.Cut(years, "-")
	if !isYear(first) || !isYear(last) {
		return ""
	}
	for n, ends := range [][2]string{{"0", "9"}, {"00", "99"}} {
		begin, isFirst := strings.CutSuffix(first, ends[0])
		end, isLast := strings.CutSuffix(last, ends[1])
		if isFirst && isLast && begin == end {
			return begin + "XX"[:n+1]
		}
	}
	return ""
}

func isPerhaps(w string) bool { return slices.Contains([]string{"perhaps", "possibly", "maybe"}, w) }

func oneWord(w string) string {
	switch {
	case isYear(w):
		return w
	case len(w) == 5 && isYear(w[:4]) && w[3] == '0' && w[4] == 's' && w[2] != '0':
		return w[:3] + "X" // the 1990s; the 1900s may be a century
	}
	if subYear := subYearWord(w); subYear != "" {
		return subYear
	}
	if d, err := Parse(w); err == nil && d.Kind() == Window {
		return w
	}
	return ""
}

// subYearWord reads "2024-q3", "2024q3" and "q3-2024".
func subYearWord(w string) string {
	if len(w) < 6 || len(w) > 7 {
		return ""
	}
	year, code := w[:4], strings.TrimPrefix(w[4:], "-")
	if !isYear(year) {
		year, code = w[len(w)-4:], strings.TrimSuffix(w[:len(w)-4], "-")
	}
	return twoWords(code, year)
}

// twoWords reads "november 2017", "q2 2019" and either the other way round.
func twoWords(a, b string) string {
	if isYear(a) {
		a, b = b, a
	}
	if a == "winter" {
		return winter(b)
	}
	if code := month(a) + subYearWords[a]; isYear(b) && code != "" {
		return b + "-" + code
	}
	return ""
}

// winter reads the years of a winter, "2019-20", "2019/20" or "2019-2020".
func winter(years string) string {
	if len(years) < 6 || !strings.Contains("-/", years[4:5]) || !isYear(years[:4]) {
		return ""
	}
	var first, second int
	if n, err := fmt.Sscanf(years[:4]+" "+years[5:], "%d %d", &first, &second); n != 2 || err != nil {
		return ""
	}
	if next := first + 1; years[5:] != fmt.Sprintf("%02d", next%100) && years[5:] != fmt.Sprint(next) {
		return ""
	}
	return years[:4] + "-24"
}

// threeWords reads "11 may 2020", "may 11 2020" and "second half 2026".
func threeWords(a, b, c string) string {
	if n := ordinals[a]; isYear(c) && n > 0 {
		switch {
		case b == "quarter" && n <= 4:
			return fmt.Sprintf("%s-%d", c, 32+n)
		case b == "third" && n <= 3:
			return fmt.Sprintf("%s-%d", c, 36+n)
		case (b == "half") && n <= 2:
			return fmt.Sprintf("%s-%d", c, 39+n)
		}
	}
	if month(a) != "" {
		a, b = b, a
	}
	if day := dayOfMonth(a); isYear(c) && month(b) != "" && day != "" {
		return c + "-" + month(b) + "-" + day
	}
	return ""
}

func isYear(w string) bool {
	return len(w) == 4 && strings.Trim(w, "0123456789") == ""
}

// dayOfMonth returns "11" as "11" and "1st" as "01", and "" for no day.
func dayOfMonth(w string) string {
	if n := len(w) - 2; n > 0 && slices.Contains([]string{"st", "nd", "rd", "th"}, w[n:]) {
		w = w[:n]
	}
	switch {
	case len(w) == 0 || len(w) > 2 || strings.Trim(w, "0123456789") != "":
		return ""
	case len(w) == 1:
		return "0" + w
	}
	return w
}

// month returns the number of a month as two digits, or "".
func month(w string) string {
	w = strings.TrimSuffix(w, ".")
	if w == "sept" {
		return "09"
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); w == name || w == name[:3] {
			return fmt.Sprintf("%02d", m)
		}
	}
	return ""
}

// subYearWord returns the code of "q2", "h2" or a season, or "".
var subYearWords = map[string]string{
	"q1": "33", "q2": "34", "q3": "35", "q4": "36", "h1": "40", "h2": "41", "spring": "21", "summer": "22", "autumn": "23", "fall": "23",
}

// ordinal returns 1 to 4 for "first" or "1st" and so on, or 0.
var ordinals = map[string]int{"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
