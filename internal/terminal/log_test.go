package terminal

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

// recorded is what an answer says only of a log.
var recorded = regexp.MustCompile(`(?s),\s*"recorded": \{[^{}]*\}(,|\s)`)

// A log of the history gives the answers of the history.
func TestLog(t *testing.T) {
	path := writeLog(t, "leapmotor")
	for _, args := range []string{"2024-07-01", "-json -why stakes/Stellantis 2024-07-01", "-known 2024-05-31 2024-07-01", "-when Tychy/T03/status=producing", "2026-01-01"} {
		_, want, _ := ask(fieldsOf(args)...)
		const flag = "-file ../../seeds/testdata/article.json"
		want = strings.ReplaceAll(strings.Join(strings.Fields(want), " "), flag, flag+" -log "+path)
		code, got, stderr := ask(append([]string{"-log", path, "-file", "../../seeds/testdata/article.json"}, strings.Fields(args)...)...)
		got = recorded.ReplaceAllString(got, "$1")
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

// A log is asked how it stood, and says who recorded what, and why.
func TestLogAsRecorded(t *testing.T) {
	const path = "testdata/recorded.jsonl" // three days, with who recorded each event, and why
	ofLog := func(args ...string) string {
		code, stdout, stderr := ask(append([]string{"-log", path, "-width", "500"}, args...)...)
		require.Zero(t, code, stderr)
		return stdout
	}
	models := func(args ...string) string {
		var a struct {
			State struct{ Models map[string]any }
		}
		require.NoError(t, json.Unmarshal([]byte(ofLog(append(args, "-json", "2026")...)), &a))
		return strings.Join(slices.Sorted(maps.Keys(a.State.Models)), " ")
	}
	for _, test := range []struct{ args, want string }{
		{"", "three two"},
		{"-revision 1", "one"},
		{"-revision 2", "one two"},
		{"-revision 3", "three two"},
		{"-recorded 2026-11-20", "one"},
		{"-recorded 2026-11-21", "one two"},
		{"-recorded 2026-11", "three two"},
		{"-recorded 2026-11-21T17:29:59Z", "one"},
		{"-recorded 2026-11-21T18:30:00+01:00", "one two"},
		{"-recorded 2026-11-22 -revision 2", "one two"},
		{"-recorded 2026-11-22 -known 2026-11-20", "one"},
	} {
		assert.Equal(t, test.want, models(strings.Fields(test.args)...), test.args)
	}
	assert.Contains(t, ofLog("-revision", "2", "2026-01-01"), "on 1 January 2026, as recorded at revision 2")
	assert.Contains(t, ofLog("-recorded", "21 November 2026", "2026-01-01"), "on 1 January 2026, as recorded by 21 November 2026")
	assert.Contains(t, ofLog("-revision", "2", "since", "2020-01-01", "2026-12-01"), "asof changes 2019-12-31 2026-12-01 -log "+path+" -revision 2", "the next command asks of the same log")

	why := ofLog("why", "models/three", "2026-12-01")
	assert.Contains(t, why, "Recorded by Anna on 22 November 2026: ticket 7.")
	assert.NotContains(t, why, "Ben")
	assert.Contains(t, ofLog("events"), "Recorded by Ben on 21 November 2026.")
	assert.Contains(t, ofLog("why", "models/three", "2026-12-01", "-json"), `"recorded": {
            "revision": 3,
            "at": "2026-11-22T17:30:00Z",
            "by": "Anna",
            "why": "ticket\n7",
            "correlation": "c",
            "more": {
              "k": "v"
            }
          }`)

	for _, test := range []struct{ args, want string }{
		{"-log " + path + " -revision 4", "the stream has no revision 4, it ends at 3"},
		{"-log " + path + " -revision 0", "the first event of a stream has revision 1"},
		{"-log " + path + " -recorded 2026-11-19", "nothing was recorded yet by 2026-11-19"},
		{"-log " + path + " -recorded soon", `"soon" is neither a date nor a time such as 2026-11-20T17:30:00Z`},
		{"-log " + path + " -recorded 2020/..", `"2020/.." has no end`},
		{"-recorded 2026", "-recorded is of a -log, and none is given"},
		{"-revision 1", "-revision is of a -log, and none is given"},
	} {
		code, stdout, stderr := ask(append(strings.Fields(test.args), "2026")...)
		assert.Equal(t, UsageFault, code, test.args)
		assert.Empty(t, stdout, test.args)
		assert.Contains(t, stderr, test.want, test.args)
	}
}
