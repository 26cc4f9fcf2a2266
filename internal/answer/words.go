package answer

import (
	"slices"
	"strings"
	"unicode"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Said returns a date as a reader takes it: sets in words, the rest as written.
func Said(d edtf.Date) string {
	if d.Kind() != edtf.Set {
		return d.String()
	}
	text := strings.Trim(d.String(), "[]")
	if after, ok := strings.CutPrefix(text, ".."); ok {
		return "by " + after
	}
	if before, ok := strings.CutSuffix(text, ".."); ok {
		return before + " or later"
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, ",", " or "), "..", " to ")
}

// Join returns the parts that are not empty.
func Join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// CitationText returns citations as "article, History/4/2; report".
func CitationText(cites []timeline.Citation) string {
	var parts []string
	for _, c := range cites {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, "; ")
}

// Printable returns s with what a terminal would obey rather than show replaced:
// control characters, line ends too, and those that turn the direction of text.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// OneLine returns s without line ends.
func OneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
