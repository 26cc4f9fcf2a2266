package sqllog

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Follow is [eventlog.Log.Follow]. It learns at once of what is appended
// through this Log, and with [Options].Listen of everything; else it looks
// again and again, with pauses up to [Options].Poll. If the database fails it
// tries again, as long as [Options].Patience.
func (l *Log) Follow(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		f := follower{log: l, next: max(after, 0)}
		defer f.deafen()
		for f.round(ctx, yield) {
		}
	}
}

// A follower is a loop of Follow.
type follower struct {
	log     *Log
	next    int64         // the position before the next record
	last    eventlog.Hash // of the record there, zero if it is not known
	pause   time.Duration
	failing time.Time // since when the database fails; zero if it does not
	deaf    bool      // listening has failed, and the log is looked at instead
	mute    bool      // the server does not let it listen
	conn    *sql.Conn // that listens; nil if none does
}

// firstPause is the pause after a record was found.
const firstPause = 2 * time.Millisecond

// round yields what is there and waits for more, and reports whether to go on.
func (f *follower) round(ctx context.Context, yield func(eventlog.Record, error) bool) bool {
	grown := f.log.whenGrown()
	if err := f.listen(ctx); err != nil {
		return f.failed(ctx, yield, err)
	}
	found := false
	more, err := f.more(ctx)
	if err != nil {
		return f.failed(ctx, yield, err)
	}
	if more {
		var last eventlog.Record
		for r, err := range f.log.ReadAll(ctx, max(f.next-1, 0)) {
			if err == nil && r.Position == f.next {
				if err = f.compare(r); err == nil {
					continue
				}
			}
			if err != nil {
				f.reached(last)
				return f.failed(ctx, yield, err)
			}
			if !yield(r, nil) {
				return false
			}
			last, found = r, true
			f.next = r.Position
		}
		f.reached(last)
	}
	f.failing = time.Time{}
	if f.pause *= 2; found || f.pause == 0 {
		f.pause = firstPause
	}
	f.pause = min(f.pause, f.log.options.Poll)
	f.wait(ctx, grown)
	return true
}

// more reports whether there may be something behind the last record that was yielded.
func (f *follower) more(ctx context.Context) (bool, error) {
	end, err := f.log.End(ctx)
	if err != nil {
		return false, err
	}
	if err := f.log.stillRead(f.next); err != nil {
		return false, err
	}
	return end > f.next || f.next > 0 && f.last == (eventlog.Hash{}), eventlog.CheckEnd(end, f.next)
}

// compare looks whether r, which is where the loop has got to, is the record that was
// yielded last.
func (f *follower) compare(r eventlog.Record) error {
	if f.last == (eventlog.Hash{}) { // the loop begins behind it
		f.last = r.Hash()
	}
	return eventlog.CheckRecord(r, f.last)
}

// reached remembers the last record that was yielded, if there was one.
func (f *follower) reached(r eventlog.Record) {
	if r.Position > 0 {
		f.last = r.Hash()
	}
}

// failed ends the loop with err, unless another try is worth it.
func (f *follower) failed(ctx context.Context, yield func(eventlog.Record, error) bool, err error) bool {
	f.deafen()
	if gone := f.log.stillRead(f.next); gone != nil && ctx.Err() == nil {
		err = gone
	}
	if f.failing.IsZero() {
		f.failing = time.Now()
	}
	if ctx.Err() == nil && !errors.Is(err, eventlog.ErrCorrupt) && !errors.Is(err, eventlog.ErrDiverged) && time.Since(f.failing) < f.log.options.Patience {
		if sleep(ctx, min(f.log.options.Poll, time.Second)) == nil {
			return true
		}
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(err, cause) {
		err = fmt.Errorf("%w: %w", err, cause) // what it was trying again for is of no use any more
	}
	yield(eventlog.Record{}, f.log.unread(ctx, err))
	return false
}

// longestListen is how long a notification is waited for: it may be lost with its
// connection, so now and then the log is looked at all the same.
const longestListen = 30 * time.Second

// wait waits until the log may have grown.
func (f *follower) wait(ctx context.Context, grown <-chan struct{}) {
	if f.conn != nil {
		brief, cancel := context.WithTimeout(ctx, longestListen)
		defer cancel()
		err := f.conn.Raw(func(c any) error { return f.log.options.Listen(brief, c) })
		if err == nil || ctx.Err() != nil {
			return
		}
		f.deafen()
		if brief.Err() != nil {
			return
		}
		f.deaf = true // until the next round has waited
	}
	timer := time.NewTimer(f.pause)
	defer timer.Stop()
	select {
	case <-grown:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// listen makes a connection listen, if that is wished and the pool has one to
// spare.
func (f *follower) listen(ctx context.Context) error {
	l := f.log
	if l.options.Listen == nil || l.options.Dialect != PostgreSQL || f.conn != nil || f.mute {
		return nil
	}
	if f.deaf { // look once in between
		f.deaf = false
		return nil
	}
	if stats := l.db.Stats(); stats.MaxOpenConnections > 0 && stats.InUse+1 >= stats.MaxOpenConnections {
		return nil
	}
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return err
	}
	if stats := l.db.Stats(); stats.MaxOpenConnections > 0 && stats.InUse >= stats.MaxOpenConnections {
		return conn.Close() // others were looking for one at the same time
	}
	if _, err := conn.ExecContext(ctx, `LISTEN "`+l.options.Name+`"`); err != nil {
		conn.Close()
		if f.mute = sqlState(err) == stateReadOnly; f.mute {
			return nil // a standby, which tells nobody
		}
		return err
	}
	f.conn = conn
	return nil
}

// stateReadOnly is that of a statement that a server in recovery does not do; see
// https://www.postgresql.org/docs/current/errcodes-appendix.html.
const stateReadOnly = "25006"

// deafen gives the connection back, so that it does not listen any more.
func (f *follower) deafen() {
	if f.conn == nil {
		return
	}
	brief, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if _, err := f.conn.ExecContext(brief, `UNLISTEN *`); err != nil {
		_ = f.conn.Raw(func(any) error { return driver.ErrBadConn }) // it is closed, not given back
	}
	f.conn.Close()
	f.conn = nil
}

// whenGrown returns a channel that is closed when this Log has appended.
func (l *Log) whenGrown() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grown == nil {
		l.grown = make(chan struct{})
	}
	return l.grown
}

// wake wakes the followers of this Log.
func (l *Log) wake() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grown != nil {
		close(l.grown)
		l.grown = nil
	}
}
