package sqllog_test

import (
	"context"
	"database/sql"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
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

// tableName makes a name for tables of the name of a test.
func tableName(tb testing.TB) string {
	return fmt.Sprintf("t%08x", crc32.ChecksumIEEE([]byte(tb.Name())))
}
