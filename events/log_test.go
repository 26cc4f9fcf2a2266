package events_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// The logs of all versions of this package, as written by them: testdata has
// one of each. When the form of a payload changes, a new file is added, and the
// old ones stay: every one must be read, whole.
func TestLogsOfAllVersionsAreRead(t *testing.T) {
	paths, err := filepath.Glob("testdata/log-*.jsonl")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		seen := map[string]bool{}
		for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
			var r eventlog.Record
			require.NoError(t, json.Unmarshal(line, &r))
			assert.Equal(t, string(line), string(r.AppendJSON(nil)))
			e, err := eventlog.Decode(events.Codec(), r)
			require.NoError(t, err)
			assert.NotContains(t, e.Data.String(), "unknown", path)
			seen[events.TypeOf(e.Data).Name] = true
		}
		assert.NotEmpty(t, seen)
	}
}

// What a log has today is what the newest of the files has.
func TestLogOfThisVersion(t *testing.T) {
	const path = "testdata/log-3.jsonl"
	var log memlog.Log
	forms, err := eventlog.Encode(events.Codec(), dated(full(t)...)...)
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "s", 0, forms...)
	require.NoError(t, err)
	var lines []byte
	for r, err := range log.ReadAll(t.Context(), 0) {
		require.NoError(t, err)
		r.Event.Recorded = time.Time{} // which is never the same
		lines = append(r.AppendJSON(lines), '\n')
	}
	if *update {
		require.NoError(t, os.WriteFile(path, lines, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(lines))
}
