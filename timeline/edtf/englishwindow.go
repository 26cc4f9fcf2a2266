package edtf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// single turns the words for one window into EDTF.
func single(words []string) (string, error) {
	mark := 0
	if len(words) > 1 && isPerhaps(words[0]) {
		words, mark = words[1:], uncertain
	}
	if len(words) > 1 && isAbout(words[0]) {
		words, mark = words[1:], mark|approximate
	}
	words, some := withoutSome(withYearsBC(words))
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
	w = strings.TrimPrefix(w, "-")
	return len(w) == 4 && strings.Trim(w, "0123456789") == ""
}

// withYearsBC returns words with "44 bc" as the year -0043.
func withYearsBC(words []string) []string {
	last := len(words) - 1
	if last < 1 || words[last] != "bc" && words[last] != "bce" {
		return words
	}
	n, err := strconv.Atoi(words[last-1])
	if err != nil || n < 1 || n > 9999 {
		return words
	}
	year := string(newPoint(1-n, 0, 0).append(nil))
	return append(slices.Clone(words[:last-1]), year)
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
