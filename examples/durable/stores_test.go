package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	tesla = "../histories/tesla.json"
	saab  = "../histories/saab.json"
)

// Any history can be kept, beside others, and asked, drawn and corrected as that of Leapmotor.
func TestHistoriesOfOthers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "companies.db")
	held := done(t, file, "init", "-file", tesla)
	assert.Regexp(t, `holds (\d+) events, \d+ of them new\n$`, held)
	assert.Contains(t, done(t, file, "asof", "2015-01-01"), "Tesla")
	assert.Contains(t, done(t, file, "init", "-file", saab), "of them new")
	assert.Contains(t, done(t, file, "init", "-file", saab), " 0 of them new")
	list := done(t, file, "streams")
	assert.Regexp(t, `(?m)^tesla +\d+ events\nsaab +\d+ events\n$`, list)

	code, _, stderr := run(t, file, "", "asof", "2015-01-01")
	assert.NotZero(t, code)
	assert.Contains(t, stderr, "several streams, so -stream must name one: tesla, saab")
	add := []string{"append", "-name", "roadster-2", "-when", "2030", "-type", "model.launched", "-data", `{"model":"Roadster 2"}`}
	code, _, stderr = run(t, file, "", add...)
	assert.NotZero(t, code)
	assert.Contains(t, stderr, "has several histories, so -stream must name one: tesla, saab")

	of := func(stream string, args ...string) []string { return append([]string{"-stream", stream}, args...) }
	for _, wrong := range [][]string{{"-cites", "nobody"}, {"-after", "never-there"}} {
		code, _, stderr = run(t, file, "", of("tesla", append(add, wrong...)...)...)
		assert.NotZero(t, code, stderr)
	}
	assert.Contains(t, done(t, file, of("tesla", append(add, "-cites", "company", "-new-source")...)...), "roadster-2 is at position")
	assert.Contains(t, done(t, file, of("tesla", "asof", "-json", "2030-12-31")...), "Roadster 2")
	assert.NotContains(t, done(t, file, of("saab", "asof", "-json", "2030-12-31")...), "Roadster 2")
	assert.Contains(t, done(t, file, of("tesla", "append", "-name", "no-roadster", "-when", "2030", "-replaces", "roadster-2")...), "no-roadster is at position")
	assert.NotContains(t, done(t, file, of("tesla", "asof", "-json", "2030-12-31")...), "Roadster 2", "it was taken back")
	assert.Contains(t, done(t, file, of("saab", "chart", "-form", "txt")...), "Saab")
	followed := done(t, file, of("tesla", "follow", "-until", "no-roadster")...)
	assert.NotContains(t, followed, "saab")

	// A name that the history has already is that event, and not another of the same name.
	code, _, stderr = run(t, file, "", of("tesla", "append", "-name", "founded", "-when", "1950", "-type", "company.founded", "-data", `{"legalName":"Tesla"}`)...)
	assert.NotZero(t, code)
	assert.Contains(t, stderr, "the ID is taken by another event")
}

// A log is restored from an export: byte by byte the same, on whatever it is kept, and only
// where nothing else is.
func TestRestore(t *testing.T) {
	dir := t.TempDir()
	first, lines := filepath.Join(dir, "first.db"), filepath.Join(dir, "backup.jsonl")
	done(t, first, "init")
	done(t, first, "init", "-file", tesla)
	signed := done(t, first, "verify")
	done(t, first, "export", lines)
	want, err := os.ReadFile(lines)
	require.NoError(t, err)

	again := filepath.Join(dir, "again.db")
	assert.Contains(t, done(t, again, "restore", lines), " is what "+lines+" has: ")
	assert.Contains(t, done(t, again, "restore", lines), ", 0 of them new\n", "it can be repeated")
	assert.Equal(t, string(want), done(t, again, "export"))
	assert.Contains(t, signed, "root ")
	rootOf := func(said string) string { _, r, _ := strings.Cut(said, "root "); return r[:44] }
	assert.Equal(t, rootOf(signed), rootOf(done(t, again, "verify")), "and so is the root")

	half := strings.Join(strings.SplitAfter(string(want), "\n")[:100], "")
	part := filepath.Join(dir, "part.db")
	code, _, stderr := run(t, part, half, "restore")
	require.Zero(t, code, stderr)
	assert.Contains(t, done(t, part, "restore", lines), " events, ", "it goes on where it was killed")
	other := filepath.Join(dir, "other.db")
	done(t, other, "init", "-file", saab)
	code, _, stderr = run(t, other, "", "restore", lines)
	assert.NotZero(t, code)
	assert.Contains(t, stderr, "only an empty log is restored")
	code, _, stderr = run(t, again, half, "restore")
	assert.NotZero(t, code)
	assert.Contains(t, stderr, "only an empty log is restored", "it has more")

	blank := filepath.Join(dir, "blank.db")
	code, out, stderr := run(t, blank, "\n"+string(want)+" \n", "restore")
	assert.Zero(t, code, stderr)
	assert.Contains(t, out, " events, ", "blank lines are skipped")
	gap := filepath.Join(dir, "gap.db")
	code, _, stderr = run(t, gap, strings.Replace(half, `"position":50,`, `"position":51,`, 1), "restore")
	assert.NotZero(t, code)
	assert.Contains(t, stderr, "event 50 of input is not as durable export writes")
	assert.Empty(t, done(t, gap, "streams"), "and nothing is appended")
}

func TestAddresses(t *testing.T) {
	for db, want := range map[string]string{
		"mysql://root:secret@host/db":                       "no log is at mysql://root:xxxxx@host/db: an address begins with postgres:// or nats://",
		"nats://127.0.0.1:1/x":                              "nats://127.0.0.1:1/x: nats: no servers available",
		"postgres://me:secret@127.0.0.1:1/db?sslmode=never": "",
	} {
		code, _, stderr := run(t, db, "", "streams")
		assert.Equal(t, 1, code)
		assert.Contains(t, stderr, want)
		assert.NotContains(t, stderr, "secret")
	}
}
