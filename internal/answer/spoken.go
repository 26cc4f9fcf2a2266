package answer

import (
	"fmt"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// InSentence returns a date as it stands in a sentence: "on 11 May 2020", "in June
// 2024", "by June 2019", "in 2017 or 2019".
func InSentence(d edtf.Date) string {
	if d.IsZero() {
		return "at some time"
	}
	if d.Kind() != edtf.Set {
		return preposition(d) + " " + spoken(d)
	}
	text := strings.Trim(d.String(), "[]")
	var parts []string
	for _, part := range strings.Split(text, ",") {
		first, last, isRange := strings.Cut(part, "..")
		switch {
		case !isRange:
			parts = append(parts, spokenText(first))
		case first == "":
			return "by " + spokenText(last)
		case last == "":
			return "in or after " + spokenText(first)
		default:
			parts = append(parts, "between "+spokenText(first)+" and "+spokenText(last))
		}
	}
	said := strings.Join(parts, " or ")
	if strings.HasPrefix(said, "between") {
		return said
	}
	return "in " + said
}

func preposition(d edtf.Date) string {
	if d.Precision() == edtf.PrecisionDay {
		return "on"
	}
	return "in"
}

func spokenText(text string) string {
	d, err := edtf.Parse(text)
	if err != nil {
		return text
	}
	return spoken(d)
}

// spoken returns a window in words; what has no usual words stays as written.
func spoken(d edtf.Date) string {
	text := strings.TrimRight(d.String(), "?~%")
	about, perhaps := "", ""
	if d.Approximate() {
		about = "about "
	}
	if d.Uncertain() {
		perhaps = " (perhaps)"
	}
	year, rest, _ := strings.Cut(text, "-")
	var month, day int
	n, _ := fmt.Sscanf(rest, "%d-%d", &month, &day)
	switch {
	case strings.ContainsAny(text, "X/"):
	case rest != "" && n == 1 && month > 12:
		if words, ok := subYears[month]; ok {
			text = words + " " + year
		}
	case n == 1:
		text = fmt.Sprintf("%v %s", time.Month(month), year)
	case n == 2:
		text = fmt.Sprintf("%d %v %s", day, time.Month(month), year)
	}
	return about + text + perhaps
}

// subYears are the words for the codes that EDTF has for parts of a year.
var subYears = map[int]string{
	21: "spring", 22: "summer", 23: "autumn", 24: "winter",
	33: "the first quarter of", 34: "the second quarter of", 35: "the third quarter of", 36: "the fourth quarter of",
	40: "the first half of", 41: "the second half of",
}
