package sqllog

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"iter"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Follow is [timeline.Log.Follow]. It learns at once of what is appended
// through this Log, and with [Options].Listen of everything; else it looks
// again and again, with pauses up to [Options].Poll. If the database fails it
// tries again, as long as [Options].Patience after it last answered.
func (l *Log) Follow(ctx context.Context, after int64) iter.Seq2[timeline.Record, error] {
	return func(yield func(timeline.Record, error) bool) {
		f := follower{log: l, next: max(after, 0), answered: time.Now()}
		defer f.deafen()
		for f.round(ctx, yield) {
		}
	}
}

// A follower is a loop of Follow.
type follower struct {
	log      *Log
	next     int64 // the position before the next record
	pause    time.Duration
	answered time.Time // when the database last did
	conn     *sql.Conn // that listens; nil if none does
}

// firstPause is the pause after a record was found.
const firstPause = 2 * time.Millisecond

// round yields what is there and waits for more, and reports whether to go on.
func (f *follower) round(ctx context.Context, yield func(timeline.Record, error) bool) bool {
	grown := f.log.whenGrown()
	if err := f.listen(ctx); err != nil {
		return f.failed(ctx, yield, err)
	}
	found := false
	for r, err := range f.log.ReadAll(ctx, f.next) {
		if err != nil {
			return f.failed(ctx, yield, err)
		}
		if !yield(r, nil) {
			return false
		}
		f.next, found = r.Position, true
	}
	f.answered = time.Now()
	if f.pause *= 2; found || f.pause == 0 {
		f.pause = firstPause
	}
	f.pause = min(f.pause, f.log.options.Poll)
	f.wait(ctx, grown)
	return true
}

// failed ends the loop with err, unless another try is worth it.
func (f *follower) failed(ctx context.Context, yield func(timeline.Record, error) bool, err error) bool {
	f.deafen()
	if ctx.Err() == nil && !errors.Is(err, timeline.ErrCorrupt) && time.Since(f.answered) < f.log.options.Patience {
		if sleep(ctx, f.log.options.Poll) == nil {
			return true
		}
	}
	yield(timeline.Record{}, f.log.unread(ctx, err))
	return false
}

// wait waits until the log may have grown.
func (f *follower) wait(ctx context.Context, grown <-chan struct{}) {
	if f.conn == nil {
		timer := time.NewTimer(f.pause)
		defer timer.Stop()
		select {
		case <-grown:
		case <-timer.C:
		case <-ctx.Done():
		}
		return
	}
	// A notification may be lost with its connection, so now and then it looks
	// all the same.
	brief, cancel := context.WithTimeout(ctx, 100*f.log.options.Poll)
	defer cancel()
	err := f.conn.Raw(func(c any) error { return f.log.options.Listen(brief, c) })
	if err != nil && ctx.Err() == nil {
		f.deafen()
	}
}

// listen makes a connection listen, if that is wished.
func (f *follower) listen(ctx context.Context) error {
	l := f.log
	if l.options.Listen == nil || l.options.Dialect != PostgreSQL || f.conn != nil {
		return nil
	}
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `LISTEN `+l.options.Name); err != nil {
		conn.Close()
		return err
	}
	f.conn = conn
	return nil
}

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
