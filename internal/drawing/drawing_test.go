package drawing

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ran runs the program and returns what it prints.
func ran(t *testing.T, wantCode int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	require.Equal(t, wantCode, Run(args, &out, &err, nil), err.String())
	return out.String(), err.String()
}

func TestForms(t *testing.T) {
	text, _ := ran(t, 0, "-form", "txt", "-known", "2024-05-31", "-lanes", "plants, Owners", "-width", "90")
	assert.Contains(t, text, "Stellantis")
	assert.NotContains(t, text, "Tychy")
	assert.NotContains(t, text, "PLANS")
	mermaid, _ := ran(t, 0, "-form", "mmd", "-lanes", "plants")
	assert.Contains(t, mermaid, "Tychy, T03 :done, 2024-06-30, 2025-03-30")
	path := filepath.Join(t.TempDir(), "a.txt")
	ran(t, 0, "-o", path, "-from", "2024", "-to", "2025")
	short, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.NotContains(t, string(short), "C-More", "nothing of it lies in these years")
	stakes, _ := ran(t, 0, "-plot", "stakes", "-theme", "dark")
	assert.Contains(t, stakes, "Leapmotor: stakes")
	assert.NotContains(t, stakes, "prefers-color-scheme")
	prices, _ := ran(t, 0, "-plot", "cny")
	assert.Contains(t, prices, "T03, cheapest version")
	deliveries, _ := ran(t, 0, "-plot", "deliveries")
	assert.Contains(t, deliveries, "November 2025: 70,327")
	own, _ := ran(t, 0, "-file", "../../internal/terminal/testdata/own.json", "-form", "txt")
	assert.True(t, strings.HasPrefix(own, "Own Cars\n"))
	help, _ := ran(t, 0, "-h")
	assert.Equal(t, usage, help)
}

func TestFaults(t *testing.T) {
	for args, want := range map[string]string{
		"-lanes wheels":             `there is no lane "wheels"; there is: company, people, owners`,
		"-form png":                 `there is no form "png"; there is: svg, mmd, txt`,
		"-o x.png":                  `there is no form "png"; there is: svg, mmd, txt, by the ending of -o or with -form`,
		"-theme pink":               `there is no theme "pink"; there is: light, dark`,
		"-from 2026 -to 2020":       "there is nothing from 2026-01-01 to 2020-12-31",
		"-from ever":                "ever",
		"-from ../2020":             "there is nothing from",
		"-on tomorrow":              `"tomorrow" cannot be read as a date`,
		"-plot XYZ":                 "no price in XYZ is recorded",
		"-plot stakes -form txt":    "-plot is drawn as a picture only",
		"-plot stakes -lanes plans": "ask for different things",
		"-width -3":                 "-width -3 is less than nothing",
		"-according nobody":         `there is no source "nobody" among 194`,
		"-according reuters":        `there is no source "reuters" among 194; did you mean: reu19, `,
		"2024":                      `"2024" is not understood`,
		"-wrong":                    "-wrong",
	} {
		stdout, stderr := ran(t, 2, strings.Fields(args)...)
		assert.Empty(t, stdout, args)
		assert.Contains(t, stderr, want, args)
		assert.Contains(t, stderr, "chart -h shows how to use it", args)
	}
	_, stderr := ran(t, 1, "-file", "nowhere.json")
	assert.Contains(t, stderr, "nowhere.json")
	_, stderr = ran(t, 1, "-o", filepath.Join(t.TempDir(), "no", "folder.svg"))
	assert.Contains(t, stderr, "nothing is drawn")
	bad := filepath.Join(t.TempDir(), "bad.json")
	require.NoError(t, os.WriteFile(bad, []byte(`{"format": 1, "titel": 3}`), 0o644))
	_, stderr = ran(t, 1, "-file", bad)
	assert.Contains(t, stderr, "it has faults")
}
