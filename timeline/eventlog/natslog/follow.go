package natslog

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Follow is [eventlog.Log.Follow]. It hears of appends at once, and looks now and then if
// it hears nothing. If the servers fail it tries again, as long as [Options].Patience.
func (l *Log) Follow(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		heard := make(chan struct{}, 1)
		sub, err := l.conn.Subscribe(l.wakeSubject(), func(*nats.Msg) {
			select {
			case heard <- struct{}{}:
			default: // it has not listened to the last one yet
			}
		})
		if err == nil {
			defer func() { _ = sub.Unsubscribe() }()
		}
		f := follower{log: l, position: max(after, 0), heard: heard}
		for f.round(ctx, yield) {
		}
	}
}

// A follower is a loop of Follow.
type follower struct {
	log      *Log
	position int64         // of the last record
	last     eventlog.Hash // of that record, zero if it is not known
	pause    time.Duration
	heard    <-chan struct{}
}

// round yields what is there and waits for more, and reports whether to go on.
func (f *follower) round(ctx context.Context, yield func(eventlog.Record, error) bool) bool {
	grown := f.log.whenGrown()
	end, err := f.log.endAfter(ctx, f.position)
	if err != nil {
		yield(eventlog.Record{}, err)
		return false
	}
	found := end > f.position
	if found || f.position > 0 && f.last == (eventlog.Hash{}) {
		if !f.more(ctx, yield) {
			return false
		}
	}
	if f.pause *= 2; found || f.pause == 0 {
		f.pause = firstPause
	}
	f.pause = min(f.pause, f.log.options.Poll)
	return f.wait(ctx, grown, yield)
}

// more yields what is behind the last record, which must still be there.
func (f *follower) more(ctx context.Context, yield func(eventlog.Record, error) bool) bool {
	var last eventlog.Record
	defer func() {
		if last.Position > 0 {
			f.last = last.Hash()
		}
	}()
	for r, err := range f.log.ReadAll(ctx, max(f.position-1, 0)) {
		if err == nil && r.Position == f.position {
			if err = f.compare(r); err == nil {
				continue
			}
		}
		if err != nil {
			yield(eventlog.Record{}, err)
			return false
		}
		last, f.position = r, r.Position
		if !yield(r, nil) {
			return false
		}
	}
	return true
}

// compare looks whether r is the record that was yielded last.
func (f *follower) compare(r eventlog.Record) error {
	if f.last == (eventlog.Hash{}) { // the loop begins behind it
		f.last = r.Hash()
	}
	return eventlog.CheckRecord(r, f.last)
}

// wait waits until the log may have grown.
func (f *follower) wait(ctx context.Context, grown <-chan struct{}, yield func(eventlog.Record, error) bool) bool {
	timer := time.NewTimer(f.pause)
	defer timer.Stop()
	select {
	case <-grown:
	case <-f.heard:
		f.pause = 0 // it may take a moment until it can be read
	case <-timer.C:
	case <-ctx.Done():
		yield(eventlog.Record{}, fmt.Errorf("natslog: %w", context.Cause(ctx)))
		return false
	}
	return true
}
