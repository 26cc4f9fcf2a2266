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
type sqlite struct{}

func (sqlite) steps() [][]string { return stepsOf("sqlite") }

// durable sees to the write-ahead log, which the file then keeps, and looks at
// the synchronisation, which each connection has from how it was opened.
func (sqlite) durable(ctx context.Context, db *sql.DB) error {
	var mode string
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		if err := db.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode); err != nil {
			return fmt.Errorf("journal_mode = WAL: %w", err)
		}
	}
	if mode != "wal" {
		return fmt.Errorf("%w: its journal_mode is %s and cannot be made wal; Options.AllowLoss accepts it", ErrNotDurable, mode)
	}
	var synchronous int
	if err := db.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&synchronous); err != nil {
		return err
	}
	if synchronous < 2 {
		return fmt.Errorf("%w: its connections are opened with synchronous = %d, where FULL is 2; Options.AllowLoss accepts that", ErrNotDurable, synchronous)
	}
	return nil
}

func (sqlite) alone(context.Context, *sql.Tx) error { return nil }

func (sqlite) notify(context.Context, *sql.Tx) error { return nil }

func (sqlite) param(n int) string { return fmt.Sprintf("?%d", n) }

func (sqlite) insert(events string) string {
	return `INSERT INTO ` + events + ` (` + strings.Join(columns, ", ") + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
}

// one adds a row behind the last if its stream ends at the revision before. A
// trigger moves the ends of the log and of the stream.
func (sqlite) one(events, streams, log string) string {
	return `INSERT INTO ` + events + ` (` + strings.Join(columns, ", ") + `)
	SELECT position + 1, ` + numbered("?", 2, len(columns)) + ` FROM ` + log + `
	WHERE ?3 = 1 OR EXISTS (SELECT 1 FROM ` + streams + ` WHERE stream = ?2 AND revision = ?3 - 1)`
}

// many takes positions if the stream ends at a revision.
func (sqlite) many(_, streams, log string) string {
	return `UPDATE ` + log + ` SET position = position + ?1
	WHERE ?3 = 0 OR EXISTS (SELECT 1 FROM ` + streams + ` WHERE stream = ?2 AND revision = ?3)
	RETURNING position - ?1`
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
		err := single(tx.StmtContext(ctx, l.stmts.many).QueryContext(ctx, len(a.events), a.stream, a.revision))(&before)
		if err == sql.ErrNoRows {
			return errNotPlain
		}
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i][0] = before + int64(i+1)
		}
		return s.insertRows(ctx, tx, l.stmts.insert, rows)
	})
	return before, err
}

func (sqlite) appendOne(ctx context.Context, l *Log, r row) (before int64, err error) {
	result, err := l.stmts.one.ExecContext(ctx, r[:]...)
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
