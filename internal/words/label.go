package words

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Label returns the name of a field in English: "first deliveries" for
// "firstDeliveries".
func Label(field string) string {
	if label := labels[field]; label != "" {
		return label
	}
	if period, err := edtf.Parse(field); err == nil { // what a table has by period
		return period.English()
	}
	return spaced(field)
}

// labels are those of fields that do not say what they are.
var labels = map[string]string{
	"percent": "share", "agreeing": "agreed share", "rangeKm": "range", "rangeCycle": "test cycle", "powerKW": "power",
	"torqueNm": "torque", "batteryKWh": "battery", "inQuestionSince": "in question since", "when": "date", "planned": "in a plan", "rangeApproximate": "about this range", "total": "all so far", "at": "where", "as": "as",
	"window": "date", "doneBy": "done by", "atLeast": "or more",
}

// spaced returns "first deliveries" for "firstDeliveries". Names stay as they are.
func spaced(s string) string {
	if _, err := strconv.Atoi(s); err == nil || strings.ToLower(s) == s || strings.ContainsAny(s, " -") || unicode.IsUpper([]rune(s)[0]) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsUpper(r) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Path returns a path within an entry in words: "T03 started".
func Path(steps []string) string {
	var words []string
	for n, step := range steps {
		switch {
		case n%2 == 1 && len(words) == 1 && words[0] == "shares":
			words, step = nil, "share of "+step
		case n%2 == 1 && len(words) == 1 && keyed[words[0]]:
			words = nil // the name says it all
		default:
			step = Label(step)
		}
		words = append(words, step)
	}
	return strings.Join(words, " ")
}

// keyed are the fields that have things by their names.
var keyed = map[string]bool{"models": true, "items": true, "sites": true, "markets": true, "prices": true, "updates": true, "recalls": true}
