package sqllog

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// ErrReplaced reports that the file of a SQLite database, or its write-ahead log, was
// replaced or removed while the database was open. What was appended since is in a file
// that has no name any more: open the database again, and repeat the append.
var ErrReplaced = errors.New("sqllog: the file of the database was replaced while it was open")

// A databaseFile is the file of a SQLite database as it was when the database was opened.
type databaseFile struct {
	path string // empty if there is none
	info os.FileInfo

	// Of the last append, guarded by the mutex of the log:
	wal    os.FileInfo // the write-ahead log; nil if there was none
	closed int64       // how many connections had been closed
}

// findFile remembers the file of a SQLite database.
func (l *Log) findFile(ctx context.Context) error {
	if l.options.Dialect != SQLite {
		return nil
	}
	var path string
	if err := l.db.QueryRowContext(ctx, `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil // in memory, or behind a file system of its own
	}
	l.file = databaseFile{path: path, info: info}
	return nil
}

// inPlace returns [ErrReplaced] if the file is not any more the one that was opened. It
// asks the file system, and so notices what was done before it is called.
func (l *Log) inPlace() error {
	if l.file.path == "" {
		return nil
	}
	info, err := os.Stat(l.file.path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrReplaced, err)
	}
	if !os.SameFile(info, l.file.info) {
		return fmt.Errorf("%w: %s", ErrReplaced, l.file.path)
	}
	return nil
}

// walInPlace returns [ErrReplaced] if the write-ahead log is not the one of the last call,
// although a connection of that time is still open: only the last one that closes may
// remove it. It is called when a connection has just written to it.
func (l *Log) walInPlace() error {
	if l.file.path == "" || l.options.AllowLoss { // which may have none
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	info, err := os.Stat(l.file.path + "-wal")
	stats := l.db.Stats()
	closed := stats.MaxIdleClosed + stats.MaxIdleTimeClosed + stats.MaxLifetimeClosed
	if before := l.file.wal; before != nil && closed == l.file.closed {
		if err != nil {
			return fmt.Errorf("%w: its -wal has gone", ErrReplaced)
		}
		if !os.SameFile(info, before) {
			return fmt.Errorf("%w: its -wal is another", ErrReplaced)
		}
	}
	l.file.wal, l.file.closed = nil, closed
	if stats.Idle > 0 { // it is open, and not about to be closed
		l.file.wal = info
	}
	return nil
}

// stillThere returns why what was just appended may be lost.
func (l *Log) stillThere() error { return errors.Join(l.inPlace(), l.walInPlace()) }

// stillRead returns the error of a reader whose file was replaced.
func (l *Log) stillRead(position int64) error {
	if err := l.inPlace(); err != nil {
		return &eventlog.DivergedError{Position: position, Reason: "the file of the database was replaced"}
	}
	return nil
}
