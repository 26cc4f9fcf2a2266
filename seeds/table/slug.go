package table

import (
	"strconv"
	"strings"
	"unicode"
)

// maxSlug is how long a slug made of a text is, before a number behind it.
const maxSlug = 60

// slugOf returns a text as a slug: small letters, digits and hyphens. It is empty if the text has
// no letter or digit that a slug can have.
func slugOf(text string) string {
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
	if len(slug) > maxSlug {
		slug = slug[:maxSlug]
		if n := strings.LastIndexByte(slug, '-'); n > maxSlug/2 {
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

// slugs gives each event one of its own.
type slugs map[string]int

// of returns the slug, with a number behind it if it is not the first of them.
func (s slugs) of(slug string) string {
	for {
		s[slug]++
		n := s[slug]
		if n == 1 {
			return slug
		}
		numbered := slug + "-" + strconv.Itoa(n)
		if s[numbered] == 0 {
			s[numbered] = 1
			return numbered
		}
	}
}
