package sqllog

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strings"
)

// stepFiles are the steps of each dialect, as SQL.
//
//go:embed steps/*.sql
var stepFiles embed.FS

// stepsOf reads the statements of each step of a dialect. The files are frozen.
func stepsOf(dialect string) [][]string {
	var steps [][]string
	for {
		text, err := stepFiles.ReadFile(fmt.Sprintf("steps/%s-%d.sql", dialect, len(steps)+1))
		if err != nil {
			return steps
		}
		steps = append(steps, strings.Split(strings.TrimSuffix(string(text), ";\n"), ";\n\n"))
	}
}

// columns are those of an event, in the order of [row.values].
var columns = []string{
	"position", "stream", "revision",
	"id", "name", "type", "version",
	"occurred", "occurred_from", "occurred_to",
	"known", "known_from", "known_to",
	"data", "cites", "note", "replaces", "retraction", "comes_after", "rival", "rank",
	"checksum", "meta", "recorded",
}

// Places among the columns.
const (
	columnChecksum = 21
	columnMeta     = 22
	columnRecorded = 23
)

// statements are those that run again and again, prepared once.
type statements struct {
	head    *sql.Stmt // the last position
	page    *sql.Stmt // records after a position
	stream  *sql.Stmt // records of a stream after a revision
	last    *sql.Stmt // the revision of a stream
	streams *sql.Stmt // all streams with their revisions, and the last position
	claim   *sql.Stmt // a stream, until the transaction ends
	lock    *sql.Stmt // out all other writers, until the transaction ends
	move    *sql.Stmt // the end of a stream
	take    *sql.Stmt // so many positions
	insert  *sql.Stmt // see [dialect]
	one     *sql.Stmt // see [dialect]
	many    *sql.Stmt // see [dialect]
}

func (l *Log) table(name string) string { return l.options.Name + "_" + name }

func (l *Log) prepare(ctx context.Context) error {
	list := strings.Join(columns, ", ")
	p := l.dialect.param
	events, streams, log := l.table("events"), l.table("streams"), l.table("log")
	for _, s := range []struct {
		into **sql.Stmt
		text string
	}{
		{&l.stmts.head, `SELECT position FROM ` + log},
		{&l.stmts.page, `SELECT ` + list + ` FROM ` + events + ` WHERE position > ` + p(1) + ` ORDER BY position LIMIT ` + p(2)},
		{&l.stmts.stream, `SELECT ` + list + ` FROM ` + events + ` WHERE stream = ` + p(1) + ` AND revision > ` + p(2) + ` ORDER BY revision LIMIT ` + p(3)},
		{&l.stmts.streams, `SELECT (SELECT position FROM ` + l.table("log") + `), stream, revision FROM ` + streams + ` WHERE revision > 0 ORDER BY stream`},
		{&l.stmts.last, `SELECT coalesce(max(revision), 0) FROM ` + streams + ` WHERE stream = ` + p(1)},
		{&l.stmts.claim, `INSERT INTO ` + streams + ` AS s VALUES (` + p(1) + `, 0) ON CONFLICT (stream) DO UPDATE SET revision = s.revision`},
		{&l.stmts.move, `UPDATE ` + streams + ` SET revision = revision + ` + p(1) + ` WHERE stream = ` + p(2)},
		{&l.stmts.lock, `UPDATE ` + log + ` SET position = position`},
		{&l.stmts.take, `UPDATE ` + log + ` SET position = position + ` + p(1) + `, recorded = ` + l.dialect.stamp + ` RETURNING position - ` + p(1) + `, recorded`},
		{&l.stmts.insert, l.dialect.insert(events)},
		{&l.stmts.one, l.dialect.one(events, streams, log)},
		{&l.stmts.many, l.dialect.many(events, streams, log)},
	} {
		stmt, err := l.db.PrepareContext(ctx, s.text)
		if err != nil {
			return err
		}
		*s.into = stmt
	}
	return nil
}

// migrate brings the tables to a version.
func (l *Log) migrate(ctx context.Context, target int) error {
	version, err := l.version(ctx, l.db.QueryRowContext)
	if err == nil && version >= target {
		return isKnown(version, target) // without writing: the database may be for reading only
	}
	return l.transact(ctx, func(tx *sql.Tx) error { return l.upgrade(ctx, tx, target) })
}

func (l *Log) upgrade(ctx context.Context, tx *sql.Tx, target int) error {
	if err := l.dialect.alone(ctx, tx); err != nil {
		return err
	}
	if err := execAll(ctx, tx, []string{
		`CREATE TABLE IF NOT EXISTS ` + l.table("log") + ` (
	one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), -- there is one row
	version  INTEGER NOT NULL, -- of the tables
	position BIGINT NOT NULL   -- of the last record
)`,
		`INSERT INTO ` + l.table("log") + ` (one, version, position) VALUES (1, 0, 0) ON CONFLICT DO NOTHING`,
	}); err != nil {
		return err
	}
	version, err := l.version(ctx, tx.QueryRowContext)
	if err != nil || version >= target {
		return errors.Join(err, isKnown(version, target))
	}
	for _, step := range l.dialect.steps[version:target] {
		if err := execAll(ctx, tx, named(step, l.options.Name)); err != nil {
			return err
		}
	}
	return execAll(ctx, tx, []string{fmt.Sprintf(`UPDATE %s SET version = %d`, l.table("log"), target)})
}

// named returns the statements of a step for tables of another name. The step stays as it is, since it
// may be tried again.
func named(step []string, name string) []string {
	named := make([]string, len(step))
	for i, text := range step {
		named[i] = strings.ReplaceAll(text, "timeline_", name+"_")
	}
	return named
}

func execAll(ctx context.Context, tx *sql.Tx, texts []string) error {
	for _, text := range texts {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// isKnown returns an error if the version is above that of this package.
func isKnown(version, target int) error {
	if version > target {
		return fmt.Errorf("%w: %d, and this one knows %d", ErrNewer, version, target)
	}
	return nil
}

// version returns the version of the tables, or an error if there are none.
func (l *Log) version(ctx context.Context, query func(context.Context, string, ...any) *sql.Row) (version int, err error) {
	err = query(ctx, `SELECT version FROM `+l.table("log")).Scan(&version)
	return version, err
}
