package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

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

// Day returns a day in English: "11 May 2020".
func Day(day edtf.Day) string { return words.Day(day) }

// OneLine returns s without line ends.
func OneLine(s string) string { return lineEnds.Replace(s) }

var lineEnds = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// Sentence returns text as a sentence, with a capital and a full stop.
func Sentence(text string) string {
	return Capital(text) + "."
}

// Capital returns text with a capital.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
