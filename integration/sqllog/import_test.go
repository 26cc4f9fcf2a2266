package sqllog_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// BenchmarkImport imports lines into a SQLite file, each of another stream or each
// thousand of one.
func BenchmarkImport(b *testing.B) {
	const lines = 20_000
	for name, streamOf := range map[string]func(n int) string{
		"each of another stream": func(n int) string { return fmt.Sprint("s", n) },
		"of 20 streams in turn":  func(n int) string { return fmt.Sprint("s", n%20) },
		"grouped":                func(n int) string { return fmt.Sprint("s", n/1000) },
	} {
		b.Run(name, func(b *testing.B) {
			var text []byte
			for n := range lines {
				r := eventlog.Record{Stream: streamOf(n), Event: timeline.Event[eventlog.Stored]{
					ID: uuid.NewSHA1(uuid.Nil, fmt.Append(nil, n)), Name: fmt.Sprint("event ", n), When: edtf.MustParse("2024-05"),
					Data: eventlog.Stored{Type: "number.told", Version: 1, Data: fmt.Appendf(nil, `{"n":%d,"text":"some words about it"}`, n)},
				}}
				text = append(r.AppendJSON(text), '\n')
			}
			for b.Loop() {
				log, err := sqllog.Open(b.Context(), openSQLite(b, filepath.Join(b.TempDir(), "log.db")), nil)
				require.NoError(b, err)
				_, err = jsonl.Import(b.Context(), bytes.NewReader(text), log, nil)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(lines*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
