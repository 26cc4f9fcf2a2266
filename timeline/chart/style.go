package chart

import (
	_ "embed" // the styles
	"strings"
)

// A Theme is the colours of a picture.
type Theme uint8

// The themes. Auto follows what the viewer prefers.
const (
	Auto Theme = iota
	Light
	Dark
)

var (
	//go:embed style.css
	styleRules string
	//go:embed light.css
	lightColours string
	//go:embed dark.css
	darkColours string
	//go:embed forced.css
	forcedColours string // of the viewer's own, over all others
)

// Style returns the style sheet of pictures, for a page that has some of them
// in it without their own; see [SVGOptions.Bare].
func Style(theme Theme) string {
	switch theme {
	case Light:
		return styleRules + lightColours + forcedColours
	case Dark:
		return styleRules + darkColours + forcedColours
	}
	return styleRules + lightColours +
		"@media screen and (prefers-color-scheme: dark) {\n" + indent(darkColours) + "}\n" + forcedColours
}

func indent(s string) string {
	return "  " + strings.TrimSuffix(strings.ReplaceAll(s, "\n", "\n  "), "  ")
}
