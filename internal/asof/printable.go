package asof

import (
	"regexp"
	"strings"
	"unicode"
)

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

// oneLine returns s without line ends.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// lineEnds and styles match what a page tells a terminal itself.
var (
	lineEnds = regexp.MustCompile(`\n`)
	styles   = regexp.MustCompile(`\n|\x1b\[[0-9]+m`)
)

// Write writes text to the page, made printable: histories come from anywhere.
func (p *page) Write(text []byte) (int, error) {
	own := lineEnds
	if p.colour {
		own = styles
	}
	rest := string(text)
	for rest != "" {
		at := own.FindStringIndex(rest)
		if at == nil {
			at = []int{len(rest), len(rest)}
		}
		p.WriteString(Printable(rest[:at[0]]))
		p.WriteString(rest[at[0]:at[1]])
		rest = rest[at[1]:]
	}
	return len(text), nil
}
