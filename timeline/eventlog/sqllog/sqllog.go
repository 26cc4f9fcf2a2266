package sqllog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Log is a log in a SQL database. It is safe for concurrent use. It is a
// [eventlog.Finder].
type Log struct {
	db      *sql.DB
	dialect dialect
	options Options
	stmts   statements
	file    databaseFile

	mu    sync.Mutex
	grown chan struct{} // closed when this Log has appended; nil if nobody waits
}

var (
	_ eventlog.Finder   = (*Log)(nil)
	_ eventlog.Restorer = (*Log)(nil)
	_ eventlog.Lister   = (*Log)(nil)
)

// Options are the settings of a log. The zero value, or nil, is the default of
// each.
type Options struct {
	// Dialect is the database's. If it is 0, [Open] asks the database.
	Dialect Dialect
	// Name is what the names of the tables begin with: small letters, digits
	// and underscores, at most 40. "" means timeline.
	Name string
	// Busy is how long is waited for a SQLite database that another program has
	// locked. 0 means 10 seconds. In PostgreSQL who appends waits for the others
	// as long as its context lets it.
	Busy time.Duration
	// Poll is the longest pause between two looks of Follow at a log to which
	// nothing is appended; right after an append pauses are shorter. 0 means 250
	// milliseconds.
	Poll time.Duration
	// Patience is how long Follow tries again when the database goes on
	// failing, before it ends with the error. 0 means one minute.
	Patience time.Duration
	// Listen makes Follow learn of appends to PostgreSQL at once, by its
	// NOTIFY. It must wait for one notification on the driver's connection, as
	// [sql.Conn.Raw] gives it. With github.com/jackc/pgx/v5:
	//
	//	func(ctx context.Context, conn any) error {
	//		_, err := conn.(*stdlib.Conn).Conn().WaitForNotification(ctx)
	//		return err
	//	}
	//
	// Each loop of Follow then takes a connection of the pool for itself; where
	// that would be the last one of those allowed, it polls.
	Listen func(ctx context.Context, driverConn any) error
	// Zone is the zone in which records say when they were recorded, and so the one of the
	// day on which an event became known that does not say it. UTC if it is nil.
	Zone *time.Location
	// AllowLoss lets Open accept a database that may lose what it has
	// acknowledged: SQLite in memory, or PostgreSQL without synchronisation.
	AllowLoss bool
}

// What [Open] refuses, and why an append may fail.
var (
	// ErrNotDurable reports a database that may lose what it has acknowledged.
	ErrNotDurable = errors.New("sqllog: the database may lose what it has acknowledged")
	// ErrNewer reports tables made by a newer version of this package.
	ErrNewer = errors.New("sqllog: the tables are of a newer version of this package")
	// ErrBusy reports a SQLite database that another program kept locked for as
	// long as [Options].Busy.
	ErrBusy = errors.New("sqllog: the database is locked by another program")
)

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Open returns the log in a database. If it has none yet, the tables are made;
// if they are of an earlier version, they are brought forward. Neither happens
// to a database that is opened for reading only and has the tables already.
//
// The error is [ErrNotDurable] or [ErrNewer], or what the database says.
func Open(ctx context.Context, db *sql.DB, options *Options) (*Log, error) {
	l := &Log{db: db}
	if options != nil {
		l.options = *options
	}
	l.options.defaults()
	if !nameForm.MatchString(l.options.Name) {
		return nil, fmt.Errorf("sqllog: %q cannot begin the names of tables", l.options.Name)
	}
	if err := l.findDialect(ctx); err != nil {
		return nil, l.failed(ctx, "open", err)
	}
	if err := l.patiently(ctx, func() error { return l.open(ctx) }); err != nil {
		return nil, l.failed(ctx, "open", err)
	}
	return l, nil
}

func (l *Log) open(ctx context.Context) error {
	if err := l.dialect.durable(ctx, l.db); err != nil && !(l.options.AllowLoss && errors.Is(err, ErrNotDurable)) {
		return err
	}
	if err := l.migrate(ctx, len(l.dialect.steps)); err != nil {
		return err
	}
	if err := l.findFile(ctx); err != nil {
		return err
	}
	return l.prepare(ctx)
}

func (o *Options) defaults() {
	if o.Name == "" {
		o.Name = "timeline"
	}
	if o.Busy == 0 {
		o.Busy = 10 * time.Second
	}
	if o.Poll <= 0 {
		o.Poll = 250 * time.Millisecond
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Patience == 0 {
		o.Patience = time.Minute
	}
}

// failed returns the error of an operation: it wraps the cause if ctx was
// cancelled, and what the database said.
func (l *Log) failed(ctx context.Context, op string, err error) error {
	if strings.HasPrefix(err.Error(), "sqllog: ") {
		return err // of this package, which says it all
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(err, cause) {
		return fmt.Errorf("sqllog: %s: %w (%v)", op, cause, err)
	}
	return fmt.Errorf("sqllog: %s: %w", op, err)
}

// Identity is [eventlog.Log.Identity]. It is asked of the database each time: the
// file of a database in use may be replaced.
func (l *Log) Identity(ctx context.Context) (identity uuid.UUID, err error) {
	err = l.patiently(ctx, func() error {
		var text string
		err := l.db.QueryRowContext(ctx, `SELECT identity FROM `+l.table("log")).Scan(&text)
		if err == nil {
			identity, err = uuid.Parse(text)
		}
		return err
	})
	if err != nil {
		return uuid.Nil, l.unread(ctx, err)
	}
	return identity, nil
}

// End is [eventlog.Log.End].
func (l *Log) End(ctx context.Context) (end int64, err error) {
	err = l.patiently(ctx, func() error {
		end, err = l.head(ctx)
		return err
	})
	if err != nil {
		return 0, l.unread(ctx, err)
	}
	return end, nil
}

func (l *Log) head(ctx context.Context) (end int64, err error) {
	err = l.stmts.head.QueryRowContext(ctx).Scan(&end)
	return end, err
}
