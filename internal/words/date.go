package words

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// In returns a date as it stands in a sentence: "on 11 May 2020", "in June 2024", "by
// June 2019", "perhaps in 2017 or 2019", "from 2018 to 2021". It is "at some time" if
// there is none.
func In(d edtf.Date) string {
	text := d.English()
	if text == "" {
		return "at some time"
	}
	mark := ""
	if rest, ok := strings.CutPrefix(text, "perhaps "); ok {
		mark, text = "perhaps ", rest
	}
	switch first, _, _ := strings.Cut(text, " "); {
	case first == "by", first == "between", first == "from", first == "until", first == "about":
	case d.Kind() == edtf.Span:
		text = "from " + text
	case len(first) <= 2 && strings.Trim(first, "0123456789") == "" && !strings.HasPrefix(text, first+" BC"), strings.HasPrefix(text, "some day"):
		text = "on " + text
	default:
		text = "in " + text
	}
	return mark + text
}

// Day returns a day in English, "11 May 2020"; one of a year of more than four digits as it
// is written.
func Day(day edtf.Day) string {
	if text := day.Date().English(); text != "" {
		return text
	}
	return day.String()
}

// Since returns "since" with a date: "since 11 May 2020", "since some day between 2016 and
// 2018", "since 2015 at the latest".
func Since(d edtf.Date) string { return bounded("since", d) }

// Until returns "until" with a date, like [Since].
func Until(d edtf.Date) string { return bounded("until", d) }

func bounded(word string, d edtf.Date) string {
	text := d.English()
	if last, ok := strings.CutPrefix(text, "by "); ok && !strings.Contains(text, " or ") {
		return word + " " + last + " at the latest"
	}
	if strings.HasPrefix(text, "between ") {
		text = "some day " + text
	}
	return word + " " + text
}
