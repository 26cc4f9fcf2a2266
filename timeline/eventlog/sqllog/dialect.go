package sqllog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Dialect is a kind of SQL database.
type Dialect int

// The dialects. The zero value lets [Open] ask the database.
const (
	SQLite Dialect = iota + 1
	PostgreSQL
)

// String returns "SQLite" or "PostgreSQL".
func (d Dialect) String() string {
	switch d {
	case SQLite:
		return "SQLite"
	case PostgreSQL:
		return "PostgreSQL"
	}
	return fmt.Sprintf("Dialect(%d)", int(d))
}

// A dialect is what differs between the databases: the text of statements, and
// what is done around them.
type dialect struct {
	// steps are the statements that make each version of the tables from the one
	// before it.
	steps [][]string
	// isolation is the level for a transaction that writes.
	isolation sql.IsolationLevel
	// param returns the n-th parameter of a statement, from 1.
	param func(n int) string
	// insert returns the statement for insertRows, one and many those for
	// appendAtOnce.
	insert    func(events string) string
	one, many func(events, streams, log string) string

	// durable returns an error if what the database acknowledges may be lost.
	durable func(ctx context.Context, db *sql.DB) error
	// connectionDurable is durable for what differs between connections.
	connectionDurable func(ctx context.Context, query func(context.Context, string, ...any) *sql.Row) error
	// alone makes a transaction wait until it is the only one that migrates.
	alone func(ctx context.Context, tx *sql.Tx) error
	// insertRows adds rows.
	insertRows func(ctx context.Context, tx *sql.Tx, stmt *sql.Stmt, rows []row) error
	// stamp is an expression for the time at which something is recorded, in
	// microseconds from 1970 on: by the clock of the database, and not before the
	// last record was.
	stamp string
	// appendAtOnce adds events to a stream that stands at a revision, if it
	// does and all is plain, and returns the position before them. If it is not
	// it adds nothing, and the error is errNotPlain or that of a constraint.
	appendAtOnce func(ctx context.Context, l *Log, a addition) (before int64, err error)
	// notify makes followers learn that records were appended, once tx is
	// committed.
	notify func(ctx context.Context, tx *sql.Tx) error
	// isConstraint reports whether a row was refused since it has what another
	// has.
	isConstraint func(err error) bool
	// isPassing reports whether what failed is worth another try.
	isPassing func(err error) bool
}

// An addition is events to be added behind a revision of a stream.
type addition struct {
	stream   string
	revision int64
	events   []event
}

// dialectOf returns the dialect of a database. name is that of the log.
func dialectOf(d Dialect, name string, allowLoss bool) (dialect, bool) {
	switch d {
	case SQLite:
		s := sqlite{allowLoss}
		return dialect{
			s.steps(), sql.LevelDefault, s.param, s.insert, s.one, s.many,
			s.durable, s.connectionDurable, s.alone, s.insertRows, s.stamp(), s.appendAtOnce, s.notify, s.isConstraint, s.isPassing,
		}, true
	case PostgreSQL:
		p := postgres{name, allowLoss}
		return dialect{
			p.steps(), sql.LevelReadCommitted, p.param, p.insert, p.one, p.many,
			p.durable, p.connectionDurable, p.alone, p.insertRows, p.stamp(), p.appendAtOnce, p.notify, p.isConstraint, p.isPassing,
		}, true
	}
	return dialect{}, false
}

// errNotPlain says that an append needs a closer look: the stream stands
// elsewhere, an ID is taken, or another append has come between.
var errNotPlain = errors.New("not plain")

// An event is short for what logs hold.
type event = timeline.Event[eventlog.Stored]

func (l *Log) findDialect(ctx context.Context) error {
	if l.options.Dialect == 0 {
		var err error
		if l.options.Dialect, err = ask(ctx, l.db); err != nil {
			return err
		}
	}
	var ok bool
	if l.dialect, ok = dialectOf(l.options.Dialect, l.options.Name, l.options.AllowLoss); !ok {
		return fmt.Errorf("there is no %v", l.options.Dialect)
	}
	return nil
}

// ask asks a database what it is.
func ask(ctx context.Context, db *sql.DB) (Dialect, error) {
	var version string
	err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version)
	if err == nil || sqliteCode(err) != 0 { // locked, say, and so it is one
		return SQLite, nil
	}
	if err := db.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return 0, fmt.Errorf("neither SQLite nor PostgreSQL answers: %w", err)
	}
	if !strings.HasPrefix(version, "PostgreSQL") {
		return 0, fmt.Errorf("%q is neither SQLite nor PostgreSQL", version)
	}
	return PostgreSQL, nil
}

// A state is what a driver's error says about its kind, as far as drivers agree.
type state interface{ SQLState() string }

// sqlState returns the five characters that say what is wrong, "" if the error
// has none.
func sqlState(err error) string {
	if s := state(nil); errors.As(err, &s) {
		return s.SQLState()
	}
	return ""
}

// sqliteCode returns the primary result code of SQLite that an error stands
// for, 0 if there is none. Drivers have it in different ways.
func sqliteCode(err error) int {
	if err == nil {
		return 0
	}
	if coded := (interface{ Code() int })(nil); errors.As(err, &coded) {
		return coded.Code() & 0xff
	}
	for text, code := range map[string]int{
		"database is locked": codeBusy, "database table is locked": codeLocked,
		"attempt to write a readonly database": codeReadOnly, "unable to open database file": codeCannotOpen,
		"UNIQUE constraint failed": codeConstraint, "disk image is malformed": codeCorrupt, "file is not a database": codeNoDatabase,
	} {
		if strings.Contains(err.Error(), text) {
			return code
		}
	}
	return 0
}

// The primary result codes of SQLite that matter here; see
// https://www.sqlite.org/rescode.html.
const (
	codeBusy       = 5
	codeLocked     = 6
	codeReadOnly   = 8
	codeCorrupt    = 11
	codeCannotOpen = 14
	codeConstraint = 19
	codeNoDatabase = 26
)
