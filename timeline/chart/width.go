package chart

import (
	"strings"
	"unicode"
)

// textWidth returns about how wide a text is in a sans-serif font of the given
// size: rather more than less, since the font is not known.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w * size
}

// asciiWidths are the widths of the characters that most texts are made of.
var asciiWidths = func() (all [128]float64) {
	for r := range all {
		all[r] = widthByKind(rune(r))
	}
	return all
}()

// runeWidth returns how wide a character is, as a part of the font's size.
func runeWidth(r rune) float64 {
	if r >= 0 && int(r) < len(asciiWidths) {
		return asciiWidths[r]
	}
	return widthByKind(r)
}

func widthByKind(r rune) float64 {
	switch {
	case r >= 'a' && r <= 'z' && !strings.ContainsRune("iljftrmw", r):
		return 0.58
	case strings.ContainsRune("iljI.,:;'|!", r):
		return 0.3
	case strings.ContainsRune(" ftr()[]/-", r):
		return 0.4
	case strings.ContainsRune("mwMW@%", r):
		return 0.92
	case r >= 0x1100 && (unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0x1F000 || r >= 0x3000 && r < 0x3100 || r >= 0xFF00 && r < 0xFF61):
		return 1.05
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.IsUpper(r):
		return 0.7
	case r < 0x0300:
		return 0.58
	}
	return 0.8
}

// clip returns s, or as much of it as has room, with an ellipsis.
func clip(s string, size, room float64) string {
	s = oneLine(s)
	w, fits := 0.0, 0 // as much as has room together with an ellipsis
	for n, r := range s {
		if w+textWidth("…", size) <= room {
			fits = n
		}
		if w += runeWidth(r) * size; w > room {
			if fits == 0 {
				return ""
			}
			return strings.TrimRight(s[:fits], " ") + "…"
		}
	}
	return s
}

// maxText is how many characters of a text are kept in any place.
const maxText = 1000

// oneLine returns s without line breaks and control characters, and not longer
// than anybody reads.
func oneLine(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n++; n > maxText {
			return b.String() + "…"
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

// wrapped returns text as lines that are no wider than room.
func wrapped(text string, size, room float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && textWidth(longer, size) > room {
			lines, longer = append(lines, line), word
		}
		line = clip(longer, size, room)
	}
	return append(lines, line)
}
