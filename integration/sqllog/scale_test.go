package sqllog_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// BenchmarkOpenArchive opens a live archive on a log, and says what an event takes on the
// disk: the figures of docs/scale.md.
func BenchmarkOpenArchive(b *testing.B) {
	const events, each, streams = 100_000, 1000, 1000
	c := codec.New(nil, codec.Type[told]{Name: "number.told", Version: 1})
	for _, driver := range []string{"sqlite", "pgx"} {
		b.Run(driver, func(b *testing.B) {
			var db *sql.DB
			path := filepath.Join(b.TempDir(), "log.db")
			if driver == "pgx" {
				db = pgserver.Start(b).Open(b)
			} else {
				db = openSQLite(b, path)
			}
			log, err := sqllog.Open(b.Context(), db, nil)
			require.NoError(b, err)
			for range events / each { // one of each stream
				records := make([]eventlog.Record, each)
				for i, e := range newEvents(each) {
					records[i] = eventlog.Record{Stream: fmt.Sprint("s", i), Event: e}
				}
				_, err := log.Restore(b.Context(), records...)
				require.NoError(b, err)
			}
			var size int64
			if driver == "pgx" {
				require.NoError(b, db.QueryRow(`SELECT pg_total_relation_size('timeline_events')`).Scan(&size))
			} else {
				_, err := db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
				require.NoError(b, err)
				info, err := os.Stat(path)
				require.NoError(b, err)
				size = info.Size()
			}
			newArchive := func() *archive.Archive[int, told] {
				a, err := archive.New(func(n int, _ timeline.Event[told]) (int, error) { return n + 1, nil }, nil)
				require.NoError(b, err)
				return a
			}
			b.Run("all", func(b *testing.B) {
				for b.Loop() {
					live, err := newArchive().Open(b.Context(), log, c)
					require.NoError(b, err)
					require.EqualValues(b, events, live.Position())
				}
				b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
				b.ReportMetric(float64(size)/events, "disk-B/event")
			})
			b.Run("lazily, and one of 1,000 streams", func(b *testing.B) {
				for b.Loop() {
					live, err := newArchive().OpenLazily(b.Context(), log, c)
					require.NoError(b, err)
					require.Equal(b, events/streams, live.At("s7", edtf.MustDay("2030-01-01")).State)
				}
			})
		})
	}
}
