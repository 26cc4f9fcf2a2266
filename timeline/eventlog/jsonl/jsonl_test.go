package jsonl_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

func event(n int) timeline.Event[eventlog.Stored] {
	return timeline.Event[eventlog.Stored]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n)), Name: fmt.Sprint("event-", n), When: edtf.MustParse("2024-05"),
		Data: eventlog.Stored{Type: "n", Version: 1, Data: fmt.Appendf(nil, `{"n":%d,"text":"<零>"}`, n)},
	}
}

// fill returns a log of n records in three streams, some of which name others.
func fill(t *testing.T, n int) *memlog.Log {
	t.Helper()
	var log memlog.Log
	for i := range n {
		e := event(i)
		if i%7 == 6 {
			e.After = []uuid.UUID{event(i - 3).ID}
		}
		_, err := log.Append(t.Context(), fmt.Sprint("s", i%3), eventlog.AnyRevision, e)
		require.NoError(t, err)
	}
	return &log
}

func export(t *testing.T, log eventlog.Log) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := jsonl.Export(t.Context(), &b, log, 0)
	require.NoError(t, err)
	return b.Bytes()
}

func TestExportAndImport(t *testing.T) {
	log := fill(t, 5000)
	text := export(t, log)
	assert.Equal(t, 5000, bytes.Count(text, []byte("\n")))

	var copied memlog.Log
	var seen []jsonl.Progress
	got, err := jsonl.Import(t.Context(), bytes.NewReader(text), &copied, &jsonl.ImportOptions{Progress: func(p jsonl.Progress) { seen = append(seen, p) }})
	require.NoError(t, err)
	assert.Equal(t, jsonl.Imported{Appended: 5000, Position: 5000}, got)
	assert.Equal(t, text, export(t, &copied))
	assert.Equal(t, jsonl.Progress{Appending: true, Lines: 5000, Total: 5000}, seen[len(seen)-1])
	assert.Equal(t, jsonl.Progress{Lines: 1000}, seen[0])

	got, err = jsonl.Import(t.Context(), bytes.NewReader(text), &copied, nil)
	require.NoError(t, err)
	assert.Equal(t, jsonl.Imported{There: 5000}, got, "the same again")
	assert.Equal(t, text, export(t, &copied))
}

// An export is resumed where it broke off.
func TestExportIsResumed(t *testing.T) {
	log := fill(t, 3000)
	want := export(t, log)
	var got bytes.Buffer
	position := int64(0)
	for position < 3000 {
		w := &breaking{room: 200_000}
		reached, err := jsonl.Export(t.Context(), w, log, position)
		lines := bytes.Count(w.Bytes(), []byte("\n"))
		require.EqualValues(t, reached-position, lines, "what is reported is what is written")
		require.True(t, err != nil || reached == 3000)
		got.Write(w.Bytes())
		require.Greater(t, reached, position)
		position = reached
	}
	assert.Equal(t, want, got.Bytes())
}

var errFull = errors.New("full")

// breaking takes so many bytes, and no write in part.
type breaking struct {
	bytes.Buffer
	room int
}

func (b *breaking) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.room {
		return 0, errFull
	}
	return b.Buffer.Write(p)
}

// unsteady is a log that fails at every third append.
type unsteady struct {
	*memlog.Log
	n int
}

func (l *unsteady) Restore(ctx context.Context, records ...eventlog.Record) (int64, error) {
	if l.n++; l.n%3 == 0 {
		return 0, errFull
	}
	return l.Log.Restore(ctx, records...)
}

// An import is resumed by the same import.
func TestImportIsResumed(t *testing.T) {
	race.SkipLong(t)
	log := fill(t, 30_000)
	text := export(t, log)
	into := &unsteady{Log: &memlog.Log{}}
	failures := 0
	for {
		got, err := jsonl.Import(t.Context(), bytes.NewReader(text), into, &jsonl.ImportOptions{Name: "backup.jsonl"})
		if err == nil {
			assert.Equal(t, 30_000, got.Appended+got.There)
			break
		}
		require.ErrorIs(t, err, errFull)
		require.ErrorContains(t, err, "jsonl: after 2000 events, up to backup.jsonl:")
		failures++
	}
	assert.Greater(t, failures, 10)
	assert.Equal(t, text, export(t, into), "also when each was recorded")
}

// By hand: other orders, blanks, no position, an event twice.
func TestImportByHand(t *testing.T) {
	const text = `
{"id": "00000000-0000-0000-0000-000000000002", "subject": "s", "when": "2024-06", "after": ["00000000-0000-0000-0000-000000000001"]}

  {"subject":"s","when":"2024-05","id":"00000000-0000-0000-0000-000000000001","type":"t","version":1,"data":{"a": 1}}
{"subject":"s","when":"2024-05","id":"00000000-0000-0000-0000-000000000001","type":"t","version":1,"data":{"a":1}}`
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
		var log memlog.Log
		got, err := jsonl.Import(t.Context(), strings.NewReader(text), &log, nil)
		require.NoError(t, err)
		assert.Equal(t, jsonl.Imported{Appended: 2, There: 1, Position: 2}, got)
		assert.Equal(t, `{"position":1,"subject":"s","revision":1,"id":"00000000-0000-0000-0000-000000000002","when":"2024-06","after":["00000000-0000-0000-0000-000000000001"]}
{"position":2,"subject":"s","revision":2,"id":"00000000-0000-0000-0000-000000000001","type":"t","version":1,"when":"2024-05","data":{"a":1}}
`, string(export(t, &log)))
	}
	var log memlog.Log
	got, err := jsonl.Import(t.Context(), strings.NewReader(""), &log, nil)
	require.NoError(t, err)
	assert.Zero(t, got)
}

// All faults at once, each with its place, and nothing is appended.
func TestImportListsAllFaults(t *testing.T) {
	var log memlog.Log
	_, err := log.Append(t.Context(), "s", 0, event(1), event(2))
	require.NoError(t, err)
	line := func(id byte, more string) string {
		return fmt.Sprintf(`{"subject":"s","id":"%v","when":"2024"%s}`, uuid.UUID{15: id}, more)
	}
	text := strings.Join([]string{
		line(1, ""),
		`{"subject":"s",`,
		line(2, `,"colour":"red"`),
		line(3, `,"name":"a","name":"b"`),
		line(4, `,"version":"1"`),
		`{"subject":"s","id":"00000000-0000-0000-0000-000000000005","when":"2018/2021","type":"t"}`,
		`{"id":"00000000-0000-0000-0000-000000000006","when":"2024"}`,
		line(1, `,"note":"other"`),
		strings.Replace(string(export(t, &log)), `"n":1`, `"n":7`, 1),
		line(7, "") + line(8, ""),
		"\xff",
		line(9, `,"recorded":"2999-01-01T00:00:00Z"`),
		line(10, `,"recorded":"0001-01-01T00:00:00Z"`),
	}, "\n")
	_, err = jsonl.Import(t.Context(), strings.NewReader(text), &log, &jsonl.ImportOptions{Name: "in.jsonl"})
	var faults jsonl.LineErrors
	require.ErrorAs(t, err, &faults)
	assert.Equal(t, strings.TrimSpace(`
jsonl: 12 faults, and nothing is imported:
	in.jsonl:2:16: the text ends too early
	in.jsonl:3: a record has no member "colour"
	in.jsonl:4:85: the name "name" stands here twice
	in.jsonl:5: version cannot be a JSON string
	in.jsonl:6: 00000000-0000-0000-0000-000000000005: an event happens on one day, and a span is no window: When is 2018/2021; for one day out of a range write [a..b]; a payload must have a type, a version from 1 on, and compact JSON or none: type "t", version 0
	in.jsonl:7: eventlog: a stream's name must have 1 to 512 bytes of text: ""
	in.jsonl:8: 00000000-0000-0000-0000-000000000001: the ID is taken by another event, of line 1
	in.jsonl:9: eventlog: event-1: the ID is taken by another event: position 1, stream "s", revision 1, ID 996ad860-2a9a-504f-8861-aeafd0b2ae29
	in.jsonl:12:74: invalid character '{' after top-level value
	in.jsonl:13:1: not UTF-8
	in.jsonl:14: 00000000-0000-0000-0000-000000000009: a record must be recorded in one of the years 1 to 9999, by UTC, and not in the future: 2999-01-01T00:00:00Z
	in.jsonl:15: a record must be recorded in one of the years 1 to 9999, by UTC, and not in the future: 0001-01-01T00:00:00Z stands for no time
`), err.Error())
	end, err := log.End(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 2, end)
}

// Faults between events, of the file and of the log.
func TestImportLooksAtStreamsAsTheyWillBe(t *testing.T) {
	var log memlog.Log
	first := event(1)
	first.Name = "first"
	_, err := log.Append(t.Context(), "s", 0, first)
	require.NoError(t, err)
	line := func(stream, name string, n byte, more string) string {
		return fmt.Sprintf(`{"subject":%q,"id":"%v","when":"2024","name":%q%s}`, stream, uuid.UUID{15: n}, name, more)
	}
	names := func(field string, ids ...uuid.UUID) string {
		return fmt.Sprintf(`,%q:["%v"]`, field, ids[0])
	}
	text := strings.Join([]string{
		line("s", "well", 1, names("after", first.ID)),
		line("s", "lost", 2, names("after", uuid.UUID{15: 99})),
		line("t", "elsewhere", 3, names("replaces", first.ID)+`,"retraction":true`),
		line("u", "fine", 4, ""),
	}, "\n")
	_, err = jsonl.Import(t.Context(), strings.NewReader(text), &log, nil)
	assert.EqualError(t, err, "jsonl: 2 faults, and nothing is imported:\n"+
		"\tinput:2: lost: After names an event that is not there: 00000000-0000-0000-0000-000000000063\n"+
		"\tinput:3: elsewhere: Replaces names an event that is not there: "+first.ID.String())
	circle := line("s", "egg", 1, names("after", uuid.UUID{15: 2})) + "\n" + line("s", "hen", 2, names("after", uuid.UUID{15: 1}))
	_, err = jsonl.Import(t.Context(), strings.NewReader(circle), &log, nil)
	require.ErrorIs(t, err, timeline.ErrCycle)
	end, err := log.End(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 1, end)
}

// What is wrong with the log already neither stops an import nor hides a fault
// of the file.
func TestImportIntoALogWithFaults(t *testing.T) {
	var log memlog.Log
	lost := event(1)
	lost.After = []uuid.UUID{{15: 99}}
	_, err := log.Append(t.Context(), "s", 0, lost)
	require.NoError(t, err)
	egg := `{"subject":"s","id":"00000000-0000-0000-0000-000000000001","when":"2024","name":"egg","after":["00000000-0000-0000-0000-000000000002"]}`
	hen := `{"subject":"s","id":"00000000-0000-0000-0000-000000000002","when":"2024","name":"hen"}`
	got, err := jsonl.Import(t.Context(), strings.NewReader(egg+"\n"+hen), &log, nil)
	require.NoError(t, err)
	assert.Equal(t, 2, got.Appended)
	circle := strings.NewReplacer("000000000001", "000000000003", "000000000002", "000000000004").Replace(egg) + "\n" +
		`{"subject":"s","id":"00000000-0000-0000-0000-000000000004","when":"2024","after":["00000000-0000-0000-0000-000000000003"]}`
	_, err = jsonl.Import(t.Context(), strings.NewReader(circle), &log, nil)
	require.ErrorIs(t, err, timeline.ErrCycle)
}

// A file that grows while it is imported is not taken in part.
func TestImportOfAGrowingFile(t *testing.T) {
	text := export(t, fill(t, 10))
	var log memlog.Log
	_, err := jsonl.Import(t.Context(), &growing{text: text}, &log, nil)
	require.ErrorContains(t, err, "jsonl: input has grown while it was read")
}

// growing has another line each time it is read from the start.
type growing struct {
	text  []byte
	lines int
	r     *bytes.Reader
}

func (g *growing) Read(p []byte) (int, error) { return g.r.Read(p) }
func (g *growing) Seek(int64, int) (int64, error) {
	lines := bytes.SplitAfter(g.text, []byte("\n"))
	g.lines++
	g.r = bytes.NewReader(bytes.Join(lines[:g.lines], nil))
	return 0, nil
}

func TestImportChecks(t *testing.T) {
	text := export(t, fill(t, 4))
	var log memlog.Log
	_, err := jsonl.Import(t.Context(), bytes.NewReader(text), &log, &jsonl.ImportOptions{Check: func(r eventlog.Record) error {
		if r.Event.Name == "event-2" {
			return errFull
		}
		return nil
	}})
	require.EqualError(t, err, "jsonl: a fault, and nothing is imported:\n\tinput:3: full")
	require.ErrorIs(t, err, errFull)
}

func TestImportStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := jsonl.Import(ctx, bytes.NewReader(export(t, fill(t, 3))), &memlog.Log{}, nil)
	require.ErrorIs(t, err, context.Canceled)
	_, err = jsonl.Export(ctx, &bytes.Buffer{}, fill(t, 3), 0)
	require.ErrorIs(t, err, context.Canceled)
}

// Whatever is imported is exported, imported and exported again the same.
func FuzzImport(f *testing.F) {
	f.Add([]byte(`{"subject":"s","id":"00000000-0000-0000-0000-000000000001","when":"2024","data":{"a": 1},"type":"t","version":1}`))
	f.Add([]byte(`{"subject":"s","id":"00000000-0000-0000-0000-000000000001","when":"2024","after":["00000000-0000-0000-0000-000000000001"]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var log, again memlog.Log
		if _, err := jsonl.Import(t.Context(), bytes.NewReader(text), &log, nil); err != nil {
			if end, _ := log.End(t.Context()); end > 0 {
				t.Fatalf("%q: %v, and %d events are imported", text, err, end)
			}
			return
		}
		lines := export(t, &log)
		if _, err := jsonl.Import(t.Context(), bytes.NewReader(lines), &again, nil); err != nil {
			t.Fatalf("%q is exported as %q: %v", text, lines, err)
		}
		if other := export(t, &again); !bytes.Equal(lines, other) {
			t.Fatalf("%q is exported as %q and then as %q", text, lines, other)
		}
	})
}
