package natslog

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

var update = flag.Bool("update", false, "write the golden files anew")

func testLog() *Log { return &Log{options: Options{Name: "history"}} }

func testRecords() []eventlog.Record {
	at := time.Date(2026, 11, 27, 17, 5, 4, 123456000, time.UTC)
	return []eventlog.Record{
		{Stream: "leapmotor", Event: timeline.Event[eventlog.Stored]{
			ID: uuid.UUID{15: 1}, Name: "t03-launched", When: edtf.MustParse("2020-05-11"), Recorded: at,
			Data: eventlog.Stored{Type: "model.launched", Version: 1, Data: []byte(`{"model":"t03"}`)},
		}},
		{Stream: "零跑/a.b*>", Event: timeline.Event[eventlog.Stored]{ID: uuid.Max, When: edtf.MustParse("2020?"), Rival: "x"}},
		{Stream: "leapmotor", Event: timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 2}, When: edtf.MustParse("2021"), Replaces: []uuid.UUID{{15: 1}}, Retraction: true}},
	}
}

// What is stored is frozen: a log of today must be read for ever.
func TestMessagesAreFrozen(t *testing.T) {
	l := testLog()
	var b strings.Builder
	for _, restores := range []bool{false, true} {
		batch, ends := l.batch(testRecords(), map[string]head{"leapmotor": {seq: 14, revision: 3}}, restores)
		for _, m := range batch {
			m.Header.Set(headerBatch, "BATCH")
			fmt.Fprintf(&b, "%s %v\n%s\n", m.Subject, m.Header, m.Data)
		}
		require.Equal(t, map[string]head{"leapmotor": {seq: 14, revision: 3}, "零跑/a.b*>": {}}, ends)
	}
	if *update {
		require.NoError(t, os.WriteFile("testdata/messages.golden", []byte(b.String()), 0o644))
	}
	golden, err := os.ReadFile("testdata/messages.golden")
	require.NoError(t, err)
	require.Equal(t, string(golden), b.String())
}

// storedAgain returns a message as the servers hand it out.
func storedAgain(m *nats.Msg, seq uint64) *stored {
	return &stored{subject: m.Subject, seq: seq, time: time.Date(2026, 11, 27, 18, 0, 0, 987654321, time.UTC), header: m.Header, data: m.Data}
}

func TestMessagesAreReadAgain(t *testing.T) {
	l := testLog()
	for _, restores := range []bool{false, true} {
		batch, _ := l.batch(testRecords(), nil, restores)
		for i, want := range testRecords() {
			s := storedAgain(batch[2*i+1], uint64(20+2*i))
			got, err := l.record(s)
			require.NoError(t, err)
			require.True(t, eventlog.SameEvent(want.Event, got.Event))
			require.Equal(t, want.Stream, got.Stream)
			require.EqualValues(t, 10+i, got.Position)
			if restores {
				require.Equal(t, want.Event.Recorded, got.Event.Recorded)
			} else {
				require.Equal(t, time.Date(2026, 11, 27, 18, 0, 0, 987654000, time.UTC), got.Event.Recorded)
			}
			require.Equal(t, i == 2, s.commits())
			require.Equal(t, i > 0, s.ends())
		}
	}
}

// Whatever is not what this package stores is damage that names its place.
func TestDamagedMessages(t *testing.T) {
	l := testLog()
	for what, change := range map[string]func(s *stored){
		"odd":          func(s *stored) { s.seq = 21 },
		"subject":      func(s *stored) { s.subject = "history.s.other" },
		"empty":        func(s *stored) { s.data = nil },
		"a blank":      func(s *stored) { s.data = append([]byte(" "), s.data...) },
		"cut":          func(s *stored) { s.data = s.data[:len(s.data)-1] },
		"its position": func(s *stored) { s.data = []byte(strings.Replace(string(s.data), `"position":0`, `"position":10`, 1)) },
		"a time in it": func(s *stored) {
			s.data = []byte(strings.TrimSuffix(string(s.data), "}") + `,"recorded":"2026-11-27T17:05:04Z"}`)
		},
		"a time that is none": func(s *stored) { s.header.Set(headerRecorded, "yesterday") },
		"a finer time":        func(s *stored) { s.header.Set(headerRecorded, "2026-11-27T17:05:04.1234567Z") },
	} {
		batch, _ := l.batch(testRecords(), nil, true)
		s := storedAgain(batch[1], 20)
		change(s)
		_, err := l.record(s)
		var corrupt *eventlog.CorruptError
		require.ErrorAs(t, err, &corrupt, what)
		require.EqualValues(t, (s.seq+1)/2, corrupt.Position)
	}
}

// Two streams never have one subject, and no name makes a subject with more tokens.
func FuzzSubject(f *testing.F) {
	f.Add("a", "a=61")
	f.Add("a.b", "a b")
	f.Add("零跑", "*>")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := escape(a), escape(b)
		require.Equal(t, a == b, x == y)
		require.NotContains(t, x, ".")
		require.False(t, strings.ContainsAny(x, " \t\r\n*>\x00"))
		require.LessOrEqual(t, len(x), 3*len(a))
		back, err := unescape(x)
		require.NoError(t, err)
		require.Equal(t, a, back)
		if name, err := unescape(a); err == nil {
			require.Equal(t, a, escape(name))
		}
	})
}

// FuzzMessage holds that no message panics, and that what is read is written alike.
func FuzzMessage(f *testing.F) {
	l := testLog()
	batch, _ := l.batch(testRecords(), nil, true)
	for _, m := range batch {
		f.Add(m.Subject, m.Data, m.Header.Get(headerRecorded), uint64(2))
	}
	f.Fuzz(func(t *testing.T, subject string, data []byte, recorded string, seq uint64) {
		s := &stored{subject: subject, data: data, seq: seq, header: nats.Header{}}
		s.header.Set(headerRecorded, recorded)
		r, err := l.record(s)
		if err != nil {
			require.ErrorIs(t, err, eventlog.ErrCorrupt)
			return
		}
		require.Equal(t, string(data), string(body(r)))
	})
}
