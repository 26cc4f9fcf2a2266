package sqllog

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// sqlite is the dialect of SQLite. The write of a transaction's first statement
// locks out other writers.
type sqlite struct{ allowLoss bool }

func (sqlite) steps() [][]string { return stepsOf("sqlite") }

// durable sees to the write-ahead log, which the file then keeps, and looks at
// the synchronisation, which each connection has from how it was opened.
func (s sqlite) durable(ctx context.Context, db *sql.DB) error {
	var mode string
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		if sqliteCode(err) == codeCannotOpen {
			err = fmt.Errorf("%w: if it is on a file system that can only be read, open it as file:PATH?immutable=1, while nobody writes to it", err)
		}
		return err
	}
	if mode != "wal" {
		if err := db.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode); err != nil {
			return fmt.Errorf("journal_mode = WAL: %w", err)
		}
	}
	if mode != "wal" && s.isReadOnly(ctx, db) {
		return nil // nothing is acknowledged
	}
	if mode != "wal" {
		return fmt.Errorf("%w: its journal_mode is %s and cannot be made wal; Options.AllowLoss accepts it", ErrNotDurable, mode)
	}
	return s.connectionDurable(ctx, db.QueryRowContext)
}

func (sqlite) connectionDurable(ctx context.Context, query func(context.Context, string, ...any) *sql.Row) error {
	var synchronous int
	if err := query(ctx, `PRAGMA synchronous`).Scan(&synchronous); err != nil {
		return err
	}
	if synchronous < 2 {
		return fmt.Errorf("%w: its connections are opened with synchronous = %d, where FULL is 2; Options.AllowLoss accepts that", ErrNotDurable, synchronous)
	}
	return nil
}

// isReadOnly reports whether nothing can be written through a database.
func (sqlite) isReadOnly(ctx context.Context, db *sql.DB) bool {
	conn, err := db.Conn(ctx)
	if err != nil {
		return false
	}
	defer conn.Close()
	if _, err = conn.ExecContext(ctx, `BEGIN`); err != nil {
		return false
	}
	_, err = conn.ExecContext(ctx, `CREATE TABLE sqllog_probe (none INTEGER)`) // never committed
	_, _ = conn.ExecContext(ctx, `ROLLBACK`)
	return sqliteCode(err) == codeReadOnly
}

// isFull is true in a connection that waits until what it commits is on the disk.
const isFull = `(SELECT synchronous FROM pragma_synchronous) >= 2`

func (sqlite) alone(context.Context, *sql.Tx) error { return nil }

func (sqlite) notify(context.Context, *sql.Tx) error { return nil }

func (sqlite) param(n int) string { return fmt.Sprintf("?%d", n) }

func (sqlite) insert(events string) string {
	return `INSERT INTO ` + events + ` (` + strings.Join(columns, ", ") + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
}

// one adds a row behind the last if its stream ends at the revision before. A
// trigger moves the ends of the log and of the stream.
func (s sqlite) one(events, streams, log string) string {
	return `INSERT INTO ` + events + ` (` + strings.Join(columns, ", ") + `)
	SELECT position + 1, ` + numbered("?", 2, columnChecksum) + `, ?` + strconv.Itoa(columnChecksum+1) + ` + ` + recordedRest + `, ?` + strconv.Itoa(columnMeta+1) + `,
	strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000000.0, 'unixepoch')
	FROM (SELECT position, ` + s.stamp() + ` AS at FROM ` + log + `)
	WHERE ` + s.sure() + `(?3 = 1 OR EXISTS (SELECT 1 FROM ` + streams + ` WHERE stream = ?2 AND revision = ?3 - 1))`
}

// stamp: SQLite's clock has milliseconds.
func (sqlite) stamp() string {
	return `max(recorded, CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER) * 1000)`
}

// sure begins the condition of a statement that appends: what is acknowledged must be
// on the disk.
func (s sqlite) sure() string {
	if s.allowLoss {
		return ""
	}
	return isFull + ` AND `
}

// many takes positions if the stream ends at a revision.
func (s sqlite) many(_, streams, log string) string {
	return `UPDATE ` + log + ` SET position = position + ?1, recorded = ` + s.stamp() + `
	WHERE ` + s.sure() + `(?3 = 0 OR EXISTS (SELECT 1 FROM ` + streams + ` WHERE stream = ?2 AND revision = ?3))
	RETURNING position - ?1, recorded`
}

// numbered returns parameters from one number to another.
func numbered(sign string, from, to int) string {
	var list []string
	for n := from; n <= to; n++ {
		list = append(list, sign+strconv.Itoa(n))
	}
	return strings.Join(list, ", ")
}

func (sqlite) insertRows(ctx context.Context, tx *sql.Tx, stmt *sql.Stmt, rows []row) error {
	stmt = tx.StmtContext(ctx, stmt)
	for i := range rows {
		if _, err := stmt.ExecContext(ctx, rows[i][:]...); err != nil {
			return err
		}
	}
	return nil
}

func (s sqlite) appendAtOnce(ctx context.Context, l *Log, a addition) (before int64, err error) {
	rows := rowsOf(a, 0)
	if len(a.events) == 1 {
		return s.appendOne(ctx, l, rows[0])
	}
	err = l.transact(ctx, func(tx *sql.Tx) error {
		var recorded int64
		err := single(tx.StmtContext(ctx, l.stmts.many).QueryContext(ctx, len(a.events), a.stream, a.revision))(&before, &recorded)
		if err == sql.ErrNoRows {
			return errNotPlain
		}
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i][0] = before + int64(i+1)
			rows[i].stamp(recorded)
		}
		return s.insertRows(ctx, tx, l.stmts.insert, rows)
	})
	return before, err
}

func (sqlite) appendOne(ctx context.Context, l *Log, r row) (before int64, err error) {
	result, err := l.stmts.one.ExecContext(ctx, r[:columnRecorded]...)
	if err != nil {
		return 0, err
	}
	if n, err := result.RowsAffected(); n != 1 || err != nil {
		return 0, cmp.Or(err, errNotPlain)
	}
	position, err := result.LastInsertId()
	return position - 1, err
}

func (sqlite) isConstraint(err error) bool { return sqliteCode(err) == codeConstraint }

func (sqlite) isPassing(err error) bool {
	code := sqliteCode(err)
	return code == codeBusy || code == codeLocked
}
