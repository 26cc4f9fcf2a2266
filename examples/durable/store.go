package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/nats-io/nats.go"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// A store is a log that the program is opened on.
type store struct {
	eventlog.Restorer
	hashes proof.Store // of the tree over the log
}

// isAddress reports whether -db names a server and not a file.
func isAddress(db string) bool { return strings.Contains(db, "://") }

// open opens the log of a file or an address. A file that must be there is not made.
func open(ctx context.Context, db string, there bool) (*store, func() error, error) {
	scheme, _, _ := strings.Cut(db, "://")
	switch {
	case !isAddress(db):
		if _, err := os.Stat(db); there && err != nil {
			return nil, nil, fmt.Errorf("%w: durable -db %s init makes it", err, db)
		}
		return openSQL(ctx, "sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(db))
	case scheme == "postgres" || scheme == "postgresql":
		return openSQL(ctx, "pgx", db)
	case scheme == "nats" || scheme == "tls":
		return openNATS(ctx, db)
	}
	return nil, nil, fmt.Errorf("no log is at %s: an address begins with postgres:// or nats://", shown(db))
}

func openSQL(ctx context.Context, driver, source string) (*store, func() error, error) {
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, nil, err
	}
	log, err := sqllog.Open(ctx, db, nil)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return &store{log, log.Hashes()}, db.Close, nil
}

// openNATS opens the log of an address such as nats://a:4222,b:4222/timeline.
func openNATS(ctx context.Context, address string) (*store, func() error, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	hosts, name, _ := strings.Cut(rest, "/")
	conn, err := nats.Connect(scheme+"://"+strings.ReplaceAll(hosts, ",", ","+scheme+"://"), nats.MaxReconnects(-1),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // what fails says so itself
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", shown(address), err)
	}
	log, err := natslog.Open(ctx, conn, &natslog.Options{Name: name})
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return &store{log, new(proof.Memory)}, func() error { conn.Close(); return nil }, nil
}

// shown returns the name of a log without a password.
func shown(db string) string {
	if u, err := url.Parse(db); err == nil && isAddress(db) {
		return u.Redacted()
	}
	return db
}
