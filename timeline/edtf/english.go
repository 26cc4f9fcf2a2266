package edtf

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// ParseEnglish reads a date as people write it in English:
//
//	November 2017, Nov 2017          2017-11
//	11 May 2020, May 11, 2020        2020-05-11
//	Q2 2019, second quarter of 2019  2019-34
//	2019-Q2, 2019Q2, Q2-2019         2019-34
//	H2 2026, second half of 2026     2026-41
//	spring 2019, the 1990s           2019-21, 199X
//	about 2015, circa March 2017     2015~, 2017-03~
//	2018 to 2021                     2018/2021
//	from 2018, until May 2020        2018/.., ../2020-05
//	2017 or 2019                     [2017,2019]
//	between 2017 and 2019            [2017..2019]
//
// Capitals, commas and extra blanks do not matter, and EDTF itself is read as
// well. What has two meanings (winter 2020, 5/11/2020) or none is refused with
// a [*ParseError].
func ParseEnglish(s string) (Date, error) {
	if d, err := Parse(s); err == nil {
		return d, nil
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(s, ",", " ")))
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
	if s != "" && strings.Count(s, "/") < 2 && strings.Trim(s, "0123456789-/.?~%XYETSZ:[]{},") == "" {
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
	if len(words) == 0 {
		return "", fmt.Errorf("empty")
	}
	switch words[0] {
	case "from", "since":
		if strings.Contains(" "+strings.Join(words, " ")+" ", " to ") {
			return phrase(words[1:])
		}
		return oneSided(words[1:], "", "/..")
	case "until", "till", "to":
		return oneSided(words[1:], "../", "")
	case "between":
		return splitAt(words[1:], "and", oneOf)
	}
	for i, w := range words {
		switch w {
		case "to", "until", "till":
			return join(words[:i], words[i+1:], interval)
		case "or":
			return join(words[:i], words[i+1:], either)
		}
	}
	return single(words)
}

func oneSided(words []string, before, after string) (string, error) {
	d, err := single(words)
	return before + d + after, err
}

// A form is how EDTF writes two dates as one.
type form struct{ before, between, after string }

var (
	interval = form{"", "/", ""}
	oneOf    = form{"[", "..", "]"}
	either   = form{"[", ",", "]"}
)

// splitAt splits words at the given one and joins the dates on both sides.
func splitAt(words []string, at string, f form) (string, error) {
	i := slices.Index(words, at)
	if i < 0 {
		return "", fmt.Errorf("expected %q", at)
	}
	return join(words[:i], words[i+1:], f)
}

// join joins the dates that two groups of words say.
func join(first, second []string, f form) (string, error) {
	a, err := single(first)
	if err != nil {
		return "", err
	}
	b, err := single(second)
	return f.before + a + f.between + b + f.after, err
}

// single turns the words for one window into EDTF.
func single(words []string) (string, error) {
	mark := ""
	if len(words) > 1 && isAbout(words[0]) {
		words, mark = words[1:], "~"
	}
	words = withoutFillers(words)
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
	return text + mark, nil
}

func unreadable(words []string) error {
	for _, w := range words {
		switch {
		case w == "winter":
			return fmt.Errorf("winter has two meanings: write 2019-24 for December 2019 to February 2020")
		case strings.Count(w, "/") == 2:
			return fmt.Errorf("a date in figures has two meanings: write 2020-05-11 or 11 May 2020")
		}
	}
	return fmt.Errorf("not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020")
}

func isAbout(w string) bool {
	return slices.Contains([]string{"about", "around", "circa", "c.", "ca.", "approximately"}, w)
}

func withoutFillers(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "of" || w == "the" || w == "in" || w == "on" })
}

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
	if code := month(a) + subYearWords[a]; isYear(b) && code != "" {
		return b + "-" + code
	}
	return ""
}

// threeWords reads "11 may 2020", "may 11 2020" and "second half 2026".
func threeWords(a, b, c string) string {
	if n := ordinals[a]; isYear(c) && n > 0 {
		switch {
		case (b == "quarter") && n <= 4:
			return fmt.Sprintf("%s-%d", c, 32+n)
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
