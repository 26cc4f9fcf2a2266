package edtf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word of a phrase in English, in lower case and without dots, or a dash, a slash or a comma.
type token struct {
	text string
	at   int // where it begins
}

// tokensOf returns the tokens of s. What is written with dashes or slashes and is a date by itself
// is one token: 2018-03, 5/11/2020; everything else is taken apart there: mid-2020, 2018-2021.
func tokensOf(s string) (tokens []token) {
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(c):
		case c == ',' || isLongDash(c):
			tokens = append(tokens, token{map[bool]string{true: ",", false: "-"}[c == ','], i})
		default:
			for n < len(s)-i {
				next, size := utf8.DecodeRuneInString(s[i+n:])
				if unicode.IsSpace(next) || next == ',' || isLongDash(next) {
					break
				}
				n += size
			}
			tokens = appendWord(tokens, s[i:i+n], i)
		}
		i += n
	}
	return tokens
}

// isLongDash reports whether c is a dash that is no part of EDTF: a hyphen, figure, en or em dash,
// or a minus sign, as typesetters have them.
func isLongDash(c rune) bool { return c >= '\u2010' && c <= '\u2015' || c == '\u2212' }

// appendWord appends the tokens of a word without blanks.
func appendWord(tokens []token, word string, at int) []token {
	low := strings.ToLower(word)
	if low[0] != '[' && low[0] != '{' {
		if d, err := Parse(strings.ToUpper(low)); err == nil && d.Kind() == Window || figuresOf(low) != nil {
			return append(tokens, token{low, at})
		}
	}
	for {
		n := strings.IndexAny(low, "-/")
		part := low
		if n >= 0 {
			part = low[:n]
		}
		if text := withoutDots(part); text != "" {
			tokens = append(tokens, token{text, at})
		}
		if n < 0 {
			return tokens
		}
		tokens = append(tokens, token{low[n : n+1], at + n})
		low, at = low[n+1:], at+n+1
	}
}

// withoutDots returns an abbreviation without its dots: "nov.", "b.c.".
func withoutDots(word string) string {
	short := strings.TrimSuffix(word, ".")
	if letters := strings.ReplaceAll(short, ".", ""); strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz") == "" {
		return letters
	}
	return short
}

// figuresOf returns the three parts of a date in figures, "5/11/2020", "5.11.2020", "5-11-2020" or
// "2020/05/11", of which the month may be a name, or nil.
func figuresOf(w string) []string {
	for _, between := range []string{"/", ".", "-"} {
		parts := strings.Split(w, between)
		if len(parts) != 3 {
			continue
		}
		year, day := 2, 0
		if isYear(parts[0]) {
			year, day = 0, 2
		}
		if isYear(parts[year]) && isDigits(parts[day], 2) && (isDigits(parts[1], 2) || months[parts[1]] > 0 && day == 0) {
			return parts
		}
	}
	return nil
}

// isDigits reports whether w is a number of up to so many digits.
func isDigits(w string, most int) bool {
	return w != "" && len(w) <= most && strings.Trim(w, "0123456789") == ""
}

func isYear(w string) bool { return len(w) == 4 && isDigits(w, 4) }
