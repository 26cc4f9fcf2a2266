package sqllog_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// A program of an earlier version is its statement that appends, frozen, on
// connections of its own.
type earlier struct {
	stream string
	db     *sql.DB
	stmt   *sql.Stmt
	rows   [][]any // of its events
	added  int     // that were acknowledged
	failed error   // why it stopped
}

// append appends the n-th event, and reports whether that was acknowledged.
func (p *earlier) append(t *testing.T, dialect string, version, n int) (bool, error) {
	row := p.rows[n]
	if version >= 3 {
		row = append(row, nil) // no metadata
	}
	if dialect == "sqlite" {
		row[1], row[2] = p.stream, n+1
		result, err := p.stmt.ExecContext(t.Context(), row...)
		if err != nil {
			return false, err
		}
		added, err := result.RowsAffected()
		return added == 1, err
	}
	params := []any{1, p.stream, n}
	for _, v := range row[3:] {
		if number, ok := v.(int64); ok {
			v = fmt.Sprint(number)
		}
		params = append(params, v)
	}
	var before int64
	var none any
	err := p.stmt.QueryRowContext(t.Context(), params...).Scan(&before, &none)
	return err == nil, err
}

// rowsOf returns the rows of some events, as versions before 3 write them.
func rowsOf(t *testing.T, stream string, n int) (rows [][]any) {
	db := openSQLite(t, filepath.Join(t.TempDir(), "rows.db"))
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	var records []eventlog.Record
	for i := range n {
		records = append(records, eventlog.Record{Stream: stream, Event: numbered(fmt.Sprint(stream, " ", i))})
	}
	_, err = log.Restore(t.Context(), records...)
	require.NoError(t, err)
	found, err := db.Query(`SELECT ` + rowColumns + ` FROM timeline_events ORDER BY position`)
	require.NoError(t, err)
	defer found.Close()
	for found.Next() {
		row := make([]any, 22)
		into := make([]any, 22)
		for i := range row {
			into[i] = &row[i]
		}
		require.NoError(t, found.Scan(into...))
		rows = append(rows, row)
	}
	require.NoError(t, found.Err())
	require.Len(t, rows, n)
	return rows
}

// Programs of an earlier version append while one of this version brings the tables
// forward and appends too. What any of them was told to be kept is there, once and in
// order, and whole by its checksums; and those that can go on, do.
func TestUpgradeUnderLoad(t *testing.T) {
	const programs, events = 3, 300
	for _, version := range []int{2, 3} {
		for _, dialect := range []string{"sqlite", "postgres"} {
			t.Run(fmt.Sprintf("%s from version %d", dialect, version), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "log.db") + "?_txlock=immediate&_pragma=busy_timeout(20000)"
				open := func() *sql.DB { return openSQLite(t, path) }
				if dialect == "postgres" {
					server := pgserver.Start(t)
					open = func() *sql.DB { return server.Open(t) }
				}
				before := open()
				if dialect == "sqlite" {
					_, err := before.Exec(`PRAGMA journal_mode = WAL`)
					require.NoError(t, err)
				}
				old(t, before, dialect, version, "testdata/rows.golden")
				text, err := os.ReadFile(fmt.Sprintf("testdata/append-%s-%d.sql", dialect, version))
				require.NoError(t, err)

				all := make([]*earlier, programs)
				for i := range all {
					p := &earlier{stream: fmt.Sprint("earlier ", i), db: open()}
					p.rows = rowsOf(t, p.stream, events)
					p.stmt, err = p.db.PrepareContext(t.Context(), string(text))
					require.NoError(t, err)
					all[i] = p
				}
				var running sync.WaitGroup
				var progress atomic.Int64
				half := make(chan struct{})
				for _, p := range all {
					running.Go(func() {
						for n := range events {
							ok, err := p.append(t, dialect, version, n)
							if err != nil {
								p.failed = err
								return
							}
							if !assert.True(t, ok, "%s at %d: nobody else appends to its stream", p.stream, n) {
								return
							}
							p.added++
							if progress.Add(1) == programs*events/3 {
								close(half)
							}
						}
					})
				}
				<-half
				log, err := sqllog.Open(t.Context(), open(), nil)
				require.NoError(t, err)
				atOpen := progress.Load()
				for n := range 50 {
					_, err := log.Append(t.Context(), "later", int64(n), numbered(fmt.Sprint("later", n)))
					require.NoError(t, err)
				}
				running.Wait()

				want := int64(3 + 50)
				for _, p := range all {
					t.Logf("%s: %d of %d, then %v", p.stream, p.added, events, p.failed)
					want += int64(p.added)
					list := labels(t, log, p.stream)
					if assert.Len(t, list, p.added, "acknowledged and there") && p.added > 0 {
						assert.Equal(t, fmt.Sprint(p.stream, " ", p.added-1), list[p.added-1])
					}
					assert.NoError(t, p.failed)
				}
				assert.Equal(t, want, requireWhole(t, log))
				assert.Greater(t, int64(programs*events), atOpen, "it was under load")
			})
		}
	}
}
