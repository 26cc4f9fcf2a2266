package sqllog_test

import (
	"context"
	"database/sql"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// openSQLite opens a file with the settings of a program that shares it.
func openSQLite(tb testing.TB, path string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	require.NoError(tb, err)
	tb.Cleanup(func() { db.Close() })
	return db
}

func TestSQLite(t *testing.T) {
	logtest.Test(t, func(tb testing.TB) logtest.Store {
		path := filepath.Join(tb.TempDir(), "log.db")
		return func() (eventlog.Log, error) { return sqllog.Open(tb.Context(), openSQLite(tb, path), nil) }
	})
}

// One connection, as many programs set for SQLite, must do.
func TestSQLiteOneConnection(t *testing.T) {
	logtest.Test(t, func(tb testing.TB) logtest.Store {
		path := filepath.Join(tb.TempDir(), "log.db")
		return func() (eventlog.Log, error) {
			db := openSQLite(tb, path)
			db.SetMaxOpenConns(1)
			return sqllog.Open(tb.Context(), db, nil)
		}
	})
}

// listen waits for a notification as pgx does.
func listen(ctx context.Context, conn any) error {
	_, err := conn.(*stdlib.Conn).Conn().WaitForNotification(ctx)
	return err
}

func TestPostgreSQL(t *testing.T) {
	server := pgserver.Start(t)
	for name, options := range map[string]sqllog.Options{"polling": {}, "listening": {Listen: listen}} {
		t.Run(name, func(t *testing.T) {
			logtest.Test(t, func(tb testing.TB) logtest.Store {
				options := options
				options.Name = tableName(tb)
				return func() (eventlog.Log, error) { return sqllog.Open(tb.Context(), server.Open(tb), &options) }
			})
		})
	}
}

// A log that is put back under its readers, as by restoring an older backup.
func TestRewound(t *testing.T) {
	server := pgserver.Start(t)
	for name, open := range map[string]func(testing.TB) *sql.DB{
		"SQLite":     func(tb testing.TB) *sql.DB { return openSQLite(tb, filepath.Join(tb.TempDir(), "log.db")) },
		"PostgreSQL": func(tb testing.TB) *sql.DB { return server.Open(tb) },
	} {
		t.Run(name, func(t *testing.T) {
			logtest.TestRewound(t, func(tb testing.TB) (logtest.Store, logtest.Rewinder) {
				db := open(tb)
				options := sqllog.Options{Name: tableName(tb), Poll: 10 * time.Millisecond}
				return func() (eventlog.Log, error) { return sqllog.Open(tb.Context(), db, &options) },
					func(ctx context.Context, records int64) error { return putBack(ctx, db, options.Name, records) }
			})
		})
	}
}

// putBack leaves the first records of a log, which the tables do not allow by themselves.
func putBack(ctx context.Context, db *sql.DB, name string, records int64) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	guard := `DROP TRIGGER t_events_keep`
	again := `CREATE TRIGGER t_events_keep BEFORE DELETE ON t_events BEGIN SELECT RAISE(ABORT, 't_events is append-only'); END`
	var version string
	if tx.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version) != nil {
		tx.Rollback()
		if tx, err = db.BeginTx(ctx, nil); err != nil {
			return err
		}
		defer tx.Rollback()
		guard, again = `ALTER TABLE t_events DISABLE TRIGGER USER`, `ALTER TABLE t_events ENABLE TRIGGER USER`
	}
	for _, text := range []string{
		guard,
		fmt.Sprintf(`DELETE FROM t_events WHERE position > %d`, records),
		`DELETE FROM t_streams WHERE stream NOT IN (SELECT stream FROM t_events)`,
		`UPDATE t_streams SET revision = (SELECT max(revision) FROM t_events WHERE t_events.stream = t_streams.stream)`,
		fmt.Sprintf(`UPDATE t_log SET position = %d`, records),
		again,
	} {
		if _, err := tx.ExecContext(ctx, strings.ReplaceAll(text, "t_", name+"_")); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return tx.Commit()
}

// tableName makes a name for tables of the name of a test.
func tableName(tb testing.TB) string {
	return fmt.Sprintf("t%08x", crc32.ChecksumIEEE([]byte(tb.Name())))
}

// A loop that is in the middle of many records notices that the log was put back, at the latest when it
// reads on.
func TestRewoundBetweenPages(t *testing.T) {
	many := func(from, n int) (events []timeline.Event[eventlog.Stored]) {
		for i := range n {
			events = append(events, numbered(fmt.Sprint("e", from+i)))
		}
		return events
	}
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), "s", 0, many(0, 2000)...)
		require.NoError(t, err)
		n, ended := 0, error(nil)
		for r, err := range log.Follow(t.Context(), 0) {
			if ended = err; err != nil {
				break
			}
			require.Equal(t, fmt.Sprint("e", n), r.Event.Name, name)
			if n++; n == 10 {
				require.NoError(t, putBack(t.Context(), db, "timeline", 5), name)
				_, err = log.Append(t.Context(), "s", 5, many(3000, 2000)...)
				require.NoError(t, err)
			}
		}
		require.ErrorIs(t, ended, eventlog.ErrDiverged, name)
	}
}
