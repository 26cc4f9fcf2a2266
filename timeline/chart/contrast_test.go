package chart

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A colour is red, green and blue from 0 to 1.
type colour [3]float64

func parseColour(t *testing.T, text string) (c colour) {
	t.Helper()
	require.Len(t, text, 7, text)
	for n := range c {
		v, err := strconv.ParseUint(text[1+2*n:3+2*n], 16, 8)
		require.NoError(t, err)
		c[n] = float64(v) / 255
	}
	return c
}

// over returns c with an opacity on another colour.
func (c colour) over(other colour, opacity float64) colour {
	for n := range c {
		c[n] = opacity*c[n] + (1-opacity)*other[n]
	}
	return c
}

// contrast is that of WCAG 2.2.
func contrast(a, b colour) float64 {
	luminance := func(c colour) float64 {
		var linear colour
		for n, v := range c {
			linear[n] = v / 12.92
			if v > .04045 {
				linear[n] = math.Pow((v+.055)/1.055, 2.4)
			}
		}
		return .2126*linear[0] + .7152*linear[1] + .0722*linear[2]
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

var (
	fillRule   = regexp.MustCompile(`\.timeline ([a-z. ,]+) \{ fill: (#[0-9a-f]{6})`)
	colourRule = regexp.MustCompile(`\.timeline \.([a-z]+[0-9]?) \{ color: (#[0-9a-f]{6})`)
	strokeRule = regexp.MustCompile(`\.timeline \.(line\.[a-z]+|tie) \{ stroke: (#[0-9a-f]{6})`)
)

// Texts have a contrast of 4.5 with the paper, with headings and with what they stand in,
// and marks one of 3 with the paper, those that are later too.
func TestContrast(t *testing.T) {
	for theme, css := range map[string]string{"light": lightColours, "dark": darkColours} {
		fills := map[string]colour{}
		for _, m := range fillRule.FindAllStringSubmatch(css, -1) {
			fills[m[1]] = parseColour(t, m[2])
		}
		paper, text, head := fills[".paper"], fills["text"], fills[".head"]
		require.NotEqual(t, paper, text, theme)
		assert.GreaterOrEqual(t, contrast(text, head), 4.5)
		for _, name := range []string{"text", ".quiet, .timeline .later text", ".flag.on", ".flag.known"} {
			require.Contains(t, fills, name, theme)
			assert.GreaterOrEqual(t, contrast(fills[name], paper), 4.5, "%s %s", theme, name)
		}
		marks := colourRule.FindAllStringSubmatch(css, -1)
		assert.Len(t, marks, 8+5+1, "lanes, states of plans, and the legend")
		for _, m := range marks {
			c := parseColour(t, m[2])
			assert.GreaterOrEqual(t, contrast(c, paper), 4.5, "%s %s", theme, m[1])
			assert.GreaterOrEqual(t, contrast(c.over(paper, .75), paper), 3.0, "%s %s, later", theme, m[1])
			assert.GreaterOrEqual(t, contrast(paper.over(c, .28), paper), 3.0, "%s %s, under a veil", theme, m[1])
			assert.GreaterOrEqual(t, contrast(text, c.over(paper, .4)), 4.5, "%s: a label in a bar of %s", theme, m[1])
		}
		for _, m := range strokeRule.FindAllStringSubmatch(css, -1) {
			assert.GreaterOrEqual(t, contrast(parseColour(t, m[2]), paper), 3.0, "%s %s", theme, m[1])
		}
	}
}
