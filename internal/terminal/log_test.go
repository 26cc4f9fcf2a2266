package terminal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// writeLog writes the history of Leapmotor as a log in JSON Lines, to each of
// the streams.
func writeLog(t *testing.T, streams ...string) string {
	t.Helper()
	var log memlog.Log
	for n, stream := range streams {
		var list []events.Event
		for e := range article(t).Events() {
			e.ID[15] += byte(n) // IDs are of the whole log
			if n > 0 {
				e.After, e.Replaces, e.Retraction = nil, nil, false
			}
			if e.Known.IsZero() { // as it is in a file, and not when it is recorded here
				e.Known = e.When
			}
			list = append(list, e)
		}
		forms, err := eventlog.Encode(events.Codec(), list...)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), stream, 0, forms...)
		require.NoError(t, err)
	}
	var b bytes.Buffer
	_, err := jsonl.Export(t.Context(), &b, &log, 0)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "log.jsonl")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

// article returns the history of the article alone.
func article(t *testing.T) *events.History {
	t.Helper()
	file, err := seeds.LoadFS(os.DirFS("../../seeds/testdata"), "article.json")
	require.NoError(t, err)
	return file.Timeline
}

func ask(args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Run(args, Output{Stdout: &out, Stderr: &err}, nil)
	return code, out.String(), err.String()
}

// A log of the history gives the answers of the history.
func TestLog(t *testing.T) {
	path := writeLog(t, "leapmotor")
	for _, args := range []string{"2024-07-01", "-json -why stakes/Stellantis 2024-07-01", "-known 2024-05-31 2024-07-01", "-when Tychy/T03/status=producing", "2026-01-01"} {
		_, want, _ := ask(fieldsOf(args)...)
		const flag = "-file ../../seeds/testdata/article.json"
		want = strings.ReplaceAll(strings.Join(strings.Fields(want), " "), flag, flag+" -log "+path)
		code, got, stderr := ask(append([]string{"-log", path, "-file", "../../seeds/testdata/article.json"}, strings.Fields(args)...)...)
		assert.Equal(t, Answered, code, stderr)
		assert.Equal(t, want, strings.Join(strings.Fields(got), " "), args)
	}
}

func TestLogFaults(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "x.log")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	two := writeLog(t, "a", "b")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"-log", two, "2024"}, UsageFault, "has several streams, so -stream must name one: a, b"},
		{[]string{"-log", two, "-stream", "c", "2024"}, UsageFault, `has no stream "c"; it has: a, b`},
		{[]string{"-stream", "c", "2024"}, UsageFault, "-stream names a stream of a -log, and none is given"},
		{[]string{"-log", write(""), "2024"}, UsageFault, "has no events"},
		{[]string{"-log", "nowhere", "2024"}, UsageFault, "nowhere"},
		{[]string{"-log", write("SQLite format 3\x00..."), "2024"}, UsageFault, "is a SQLite database, which this program has no driver for"},
		{[]string{"-log", write("{}\n{"), "2024"}, DataFault, "2 faults, and nothing is imported"},
		{[]string{"-log", write(`{"subject":"s","id":"00000000-0000-0000-0000-000000000001","when":"2020","type":"model.launched","version":1,"data":{"colour":1}}`), "2024"}, DataFault, `unknown field "colour"`},
	} {
		code, stdout, stderr := ask(c.args...)
		assert.Equal(t, c.code, code, "%v", c.args)
		assert.Empty(t, stdout)
		assert.Contains(t, stderr, c.want)
	}
	code, stdout, _ := ask("-log", two, "-stream", "a", "2024-07-01")
	assert.Equal(t, Answered, code)
	assert.Contains(t, stdout, "Leapmotor")
}

// A log of another company has nothing of Leapmotor: no title, no end of the record, and
// nothing that is not recorded of it.
func TestLogOfAnotherCompany(t *testing.T) {
	code, stdout, stderr := ask("-log", "testdata/another.jsonl")
	require.Equal(t, Answered, code, stderr)
	assert.Contains(t, stdout, "Another on ")
	assert.NotContains(t, stdout, "Leapmotor")
	assert.NotContains(t, stdout, "NOT RECORDED")
	assert.NotContains(t, stdout, "The record ends")
}
