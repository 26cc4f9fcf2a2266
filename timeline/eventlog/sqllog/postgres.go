package sqllog

import (
	"context"
	"database/sql"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
)

// postgres is the dialect of PostgreSQL. Writers take turns at the row of the
// table log.
type postgres struct {
	channel   string
	allowLoss bool
}

func (postgres) steps() [][]string { return stepsOf("postgres") }

func (postgres) durable(ctx context.Context, db *sql.DB) error {
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := db.QueryRowContext(ctx, `SELECT current_setting('`+name+`')`).Scan(&value); err != nil {
			return err
		}
		if value == "off" {
			return fmt.Errorf("%w: %s is off; Options.AllowLoss accepts that", ErrNotDurable, name)
		}
	}
	return nil
}

// connectionDurable is nothing: each transaction that appends waits for the disk.
func (postgres) connectionDurable(context.Context, func(context.Context, string, ...any) *sql.Row) error {
	return nil
}

// sure is an expression that makes the transaction of its statement wait until it is on
// the disk, also where the settings of a role or a session say otherwise. It gives NULL,
// as text.
func (p postgres) sure() string {
	if p.allowLoss {
		return `NULL::text`
	}
	return `CASE WHEN current_setting('synchronous_commit') = 'off' THEN nullif(set_config('synchronous_commit', 'on', true), 'on') END`
}

func (p postgres) alone(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(crc32.ChecksumIEEE([]byte("sqllog "+p.channel))))
	return err
}

func (p postgres) notify(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_notify($1, ''), `+p.sure(), p.channel)
	return err
}

func (postgres) param(n int) string { return fmt.Sprintf("$%d", n) }

// columnTypes are the types of the columns.
var columnTypes = []string{
	"bigint", "text", "bigint", "uuid", "text", "text", "integer", "text", "integer", "integer", "text", "integer", "integer",
	"json", "json", "text", "json", "integer", "json", "text", "text", "bigint", "json", "timestamptz",
}

// arrays returns what unnests a parameter for each column from one number to another,
// which are written as text, so that any driver can give them.
func (p postgres) arrays(from, to, param int) string {
	var list []string
	for i, t := range columnTypes[from:to] {
		list = append(list, fmt.Sprintf("$%d::text::%s[]", param+i, t))
	}
	return `unnest(` + strings.Join(list, ", ") + `)`
}

func (p postgres) insert(events string) string {
	return `INSERT INTO ` + events + ` (` + strings.Join(columns, ", ") + `) SELECT * FROM ` + p.arrays(0, len(columns), 1)
}

// many moves the end of a stream if it is at a revision, then that of the log,
// adds the rows and tells those who listen, all in one statement: it sees what
// was committed before it began, and what it updates as it is now. Whoever
// writes locks the row of the stream first and then that of the log.
func (p postgres) many(events, streams, log string) string {
	names := strings.Join(columns[3:columnRecorded], ", ")
	return p.atOnce(events, streams, log, `head, `+p.arrays(3, columnRecorded, 4)+` WITH ORDINALITY AS given (`+names+`, n)`)
}

// one is many for a single row, whose parameters need not be read from arrays.
func (p postgres) one(events, streams, log string) string {
	var list []string
	for i, t := range columnTypes[3:columnRecorded] {
		list = append(list, fmt.Sprintf("$%d::text::%s", i+4, t))
	}
	names := strings.Join(columns[3:columnRecorded], ", ")
	return p.atOnce(events, streams, log, `head, (VALUES (`+strings.Join(list, ", ")+`, 1)) AS given (`+names+`, n)`)
}

// atOnce is one and many with where the rows are given.
func (p postgres) atOnce(events, streams, log, given string) string {
	rows := strings.Join(columns[3:columnChecksum], ", ") + `, checksum + ` + strings.ReplaceAll(recordedRest, "at", "head.at") + `, meta, timestamptz 'epoch' + head.at * interval '1 microsecond'
	FROM ` + given
	return `WITH new AS (
	INSERT INTO ` + streams + ` SELECT $2, $1 WHERE $3::bigint = 0 ON CONFLICT DO NOTHING RETURNING revision
), old AS (
	UPDATE ` + streams + ` SET revision = revision + $1 WHERE stream = $2 AND revision = $3 RETURNING revision
), head AS (
	UPDATE ` + log + ` SET position = position + $1, recorded = ` + p.stamp() + `
	FROM (SELECT revision FROM new UNION ALL SELECT revision FROM old) AS moved
	WHERE one = 1 RETURNING position - $1 AS before, recorded AS at
), added AS (
	INSERT INTO ` + events + ` (` + strings.Join(columns, ", ") + `)
	SELECT head.before + n, $2, $3 + n, ` + rows + `
)
SELECT before, concat(pg_notify('` + p.channel + `', '')::text, ` + p.sure() + `) FROM head`
}

func (postgres) stamp() string {
	return `greatest(recorded, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)`
}

func (postgres) insertRows(ctx context.Context, tx *sql.Tx, stmt *sql.Stmt, rows []row) error {
	_, err := tx.StmtContext(ctx, stmt).ExecContext(ctx, arrayParams(rows, 0, len(columns))...)
	return err
}

func (postgres) appendAtOnce(ctx context.Context, l *Log, a addition) (before int64, err error) {
	rows := rowsOf(a, 0)
	stmt, params := l.stmts.many, []any{len(a.events), a.stream, a.revision}
	if len(rows) == 1 {
		stmt = l.stmts.one
		for _, v := range rows[0][3:columnRecorded] {
			if n, ok := v.(int64); ok {
				v = strconv.FormatInt(n, 10)
			}
			params = append(params, v)
		}
	} else {
		params = append(params, arrayParams(rows, 3, columnRecorded)...)
	}
	var none any
	err = single(stmt.QueryContext(ctx, params...))(&before, &none)
	if err == sql.ErrNoRows {
		return 0, errNotPlain
	}
	return before, err
}

// arrayParams returns the columns of rows from one number to another, each as the text
// of an array; see https://www.postgresql.org/docs/current/arrays.html.
func arrayParams(rows []row, from, to int) []any {
	var params []any
	var b []byte
	for column := from; column < to; column++ {
		b = append(b[:0], '{')
		for i := range rows {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendElement(b, rows[i][column])
		}
		params = append(params, string(append(b, '}')))
	}
	return params
}

func appendElement(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "NULL"...)
	case int64:
		return fmt.Appendf(b, "%d", v)
	default:
		b = append(b, '"')
		for _, c := range []byte(v.(string)) {
			if c == '"' || c == '\\' {
				b = append(b, '\\')
			}
			b = append(b, c)
		}
		return append(b, '"')
	}
}

// isConstraint: 23505 is a unique violation; see
// https://www.postgresql.org/docs/current/errcodes-appendix.html.
func (postgres) isConstraint(err error) bool { return sqlState(err) == "23505" }

// isPassing: serialisation failures, deadlocks, and locks that could not be
// taken.
func (postgres) isPassing(err error) bool {
	return slices.Contains([]string{"40001", "40P01", "55P03"}, sqlState(err))
}
