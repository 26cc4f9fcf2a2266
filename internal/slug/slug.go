// Package slug makes readable names of texts: small letters, digits and hyphens.
package slug

import (
	"strconv"
	"strings"
	"unicode"
)

// most is how long a slug is.
const most = 60

// Of returns a text as a slug: small letters, digits and hyphens. It is empty if the text has
// no letter or digit that a slug can have.
func Of(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		if plain, ok := plainLetters[r]; ok {
			b.WriteString(plain)
			continue
		}
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := b.String()
	if len(slug) > most {
		slug = slug[:most]
		if n := strings.LastIndexByte(slug, '-'); n > most/2 {
			slug = slug[:n]
		}
	}
	return strings.Trim(slug, "-")
}

// plainLetters are letters with marks, as they are written without.
var plainLetters = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i", '\'': "", '’': ""}
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭį",
		"n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűų", "y": "ýÿ", "z": "źżž",
	} {
		for _, r := range marked {
			m[r] = plain
		}
	}
	return m
}()

// A Set gives each thing a slug of its own. The zero Set cannot be used; make one as a map.
type Set map[string]int

// Of returns the slug of a text, or of otherwise if the text has none. If it is there already, it has a number behind
// it: of equal ones the second has -2.
func (s Set) Of(text, otherwise string) string {
	name := Of(text)
	if name == "" {
		name = otherwise
	}
	for {
		s[name]++
		n := s[name]
		if n == 1 {
			return name
		}
		numbered := name + "-" + strconv.Itoa(n)
		if s[numbered] == 0 {
			s[numbered] = 1
			return numbered
		}
	}
}
