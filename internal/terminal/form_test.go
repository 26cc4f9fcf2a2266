package terminal

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// The events as JSON Lines are a log, of which the same is answered.
func TestJSONLIsALog(t *testing.T) {
	saab := "../../examples/histories/saab.json"
	code, lines, stderr := ask("-file", saab, "-form", "jsonl")
	require.Zero(t, code, stderr)
	log := filepath.Join(t.TempDir(), "saab.jsonl")
	require.NoError(t, os.WriteFile(log, []byte(lines), 0o644))
	for _, day := range []string{"1990-01-01", "2010-06-01", "2012-12-31"} {
		_, want, _ := ask("-file", saab, "-json", day)
		code, got, stderr := ask("-file", saab, "-json", "-log", log, day)
		require.Zero(t, code, stderr)
		assert.JSONEq(t, want, recorded.ReplaceAllString(got, "$1"))
	}
}

// A form that an answer does not have is refused, with those it has.
func TestFormsRefused(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"-form xls", "-form xls: give one of text, json, md, csv, ics, atom, jsonl, mermaid, bods"},
		{"why Tychy/T03 -form ics", `this has no form "ics"; it has text, json, md`},
		{"plants -form bods", `this has no form "bods"; it has text, json, md, csv; the state and owners have that`},
		{"track Stellantis/percent -form ics", `this has no form "ics"; it has text, json, md, csv`},
		{"-json -form csv", "-json and -form csv ask for different things; give one"},
		{"plants -count -form md", "-count is a number, and has no form md"},
		{"track", "track what?"},
	} {
		code, stdout, stderr := ask(strings.Fields(c.args)...)
		assert.Equal(t, UsageFault, code, c.args)
		assert.Empty(t, stdout)
		assert.Contains(t, stderr, c.want)
	}
	code, _, _ := ask("-json", "-form", "json")
	assert.Zero(t, code)
}

// Of a history that is there already the same is answered, and no other can be named.
func TestAsk(t *testing.T) {
	h, err := answer.Place{File: "../../examples/histories/saab.json"}.Load(t.Context())
	require.NoError(t, err)
	var stdout, stderr bytes.Buffer
	require.Zero(t, Ask(t.Context(), h, []string{"-form", "md", "plants", "1995-01-01", "-cited"}, Output{Stdout: &stdout, Stderr: &stderr}), stderr.String())
	_, want, _ := ask("-file", "../../examples/histories/saab.json", "-form", "md", "plants", "1995-01-01", "-cited")
	assert.Equal(t, want, stdout.String())
	assert.Contains(t, want, "**What it rests on:**")
	for _, args := range [][]string{{"-file", "/etc/passwd"}, {"-log", "x"}, {"version"}, {"plants", "-cited", "-count"}, {"-cited"}} {
		stdout.Reset()
		assert.Equal(t, UsageFault, Ask(t.Context(), h, args, Output{Stdout: &stdout, Stderr: &stderr}), "%v", args)
		assert.Empty(t, stdout.String())
	}
}

// A date that is marked as approximate moves no bound, unless that is asked for.
func TestWidened(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"format": 1, "title": "Own", "namespace": "own", "sources": [{"key": "a", "title": "A"}], "events": [
		{"slug": "brand", "type": "brand.launched", "version": 1, "when": "2015~", "data": {"brand": "B"}, "cites": [{"source": "a"}]}]}`), 0o644))
	for _, c := range []struct{ day, without, with string }{
		{"2014-06-01", "it is not so that", "it is possible that"},
		{"2015-12-31", "it is certain that", "it is possible that"},
		{"2016-12-31", "it is certain that", "it is certain that"},
	} {
		_, stdout, stderr := ask("-file", file, "why-not", "brand", c.day)
		assert.Contains(t, strings.ReplaceAll(stdout, "\n", " "), c.without, stderr)
		_, stdout, stderr = ask("-file", file, "-widened", "why-not", "brand", c.day)
		assert.Contains(t, strings.ReplaceAll(stdout, "\n", " "), c.with, stderr)
		assert.Contains(t, stdout, ", approximate dates taken wider")
	}
}

// A value is not called certain of which not all possibilities were looked at.
func TestIncomplete(t *testing.T) {
	var events []string
	for n := range 14 {
		events = append(events, fmt.Sprintf(`{"slug": "s%d", "type": "stake.closed", "version": 1, "when": "2010", "data": {"holder": "H", "percent": %d}, "cites": [{"source": "a"}]}`, n, n+1))
	}
	file := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"format": 1, "title": "Own", "namespace": "own", "sources": [{"key": "a", "title": "A"}], "events": [`+strings.Join(events, ",")+`]}`), 0o644))
	_, stdout, stderr := ask("-file", file, "-form", "csv", "2015")
	assert.Contains(t, stdout, "/stakes/H/percent,the share of H,14,not all looked at,\n", stderr)
	assert.NotContains(t, stdout, ",certain,\n")
	_, stdout, _ = ask("-file", file, "why", "H/percent", "2015")
	assert.Contains(t, strings.Join(strings.Fields(stdout), " "), "H holds 14 %, or something else: there was too much to look at all of it. It may be so, because:")
}
