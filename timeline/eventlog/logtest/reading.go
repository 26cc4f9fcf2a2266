package logtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A loop is one of the three ways to read.
type loop struct {
	name string
	over func(context.Context) iter.Seq2[eventlog.Record, error]
}

func (s *subject) loops(stream string) []loop {
	return []loop{
		{"Read", func(ctx context.Context) iter.Seq2[eventlog.Record, error] { return s.Read(ctx, stream, 0) }},
		{"ReadAll", func(ctx context.Context) iter.Seq2[eventlog.Record, error] { return s.ReadAll(ctx, 0) }},
		{"Follow", func(ctx context.Context) iter.Seq2[eventlog.Record, error] { return s.Follow(ctx, 0) }},
	}
}

func earlyExit(ctx context.Context, s *subject) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 2000)...); err != nil {
		return err
	}
	for _, l := range s.loops("s") {
		records := l.over(ctx)
		for range 20 { // the same loop again and again: nothing may run out
			n := 0
			for r, err := range records {
				if err != nil {
					return fmt.Errorf("%s: %w", l.name, err)
				}
				if err := same(r, b.records[n]); err != nil {
					return fmt.Errorf("%s, run again: %w", l.name, err)
				}
				if n++; n == 3 {
					break
				}
			}
		}
	}
	if err := b.add(ctx, s, at{"s", 2000}, plain(2000)); err != nil {
		return fmt.Errorf("after leaving loops early: %w", err)
	}
	return b.check(ctx, s)
}

// reentrant appends to the log and reads it in the body of its own loops.
func reentrant(ctx context.Context, s *subject) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 5)...); err != nil {
		return err
	}
	for _, l := range s.loops("s") {
		n := 0
		for r, err := range l.over(ctx) {
			if err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			if err := same(r, b.records[n]); err != nil {
				return fmt.Errorf("%s while appending: %w", l.name, err)
			}
			if n++; n == 5 {
				break
			}
			if err := b.add(ctx, s, at{"s", b.streams["s"]}, plain(len(b.records))); err != nil {
				return fmt.Errorf("in the body of %s: %w", l.name, err)
			}
			if err := b.check(ctx, s); err != nil {
				return fmt.Errorf("in the body of %s: %w", l.name, err)
			}
		}
		if n != 5 {
			return fmt.Errorf("%s ends after %d records of at least 5", l.name, n)
		}
	}
	return nil
}

// following reads what is there, waits, and reads what comes.
func following(ctx context.Context, s *subject) error {
	other, err := s.open()
	if err != nil {
		return err
	}
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 10)...); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	const followers, total = 3, 30
	seen := make(chan int64, followers*total)
	done := make(chan error, followers)
	enough := errors.New("seen enough")
	for f := range followers {
		log := []eventlog.Log{s.Log, other, s.Log}[f]
		after := int64([]int{0, 0, 7}[f])
		go func() { done <- follow(ctx, log, after, seen) }()
	}
	waitFor := func(n int) error {
		for range n {
			select {
			case <-seen:
			case err := <-done:
				return fmt.Errorf("follow ended: %w", err)
			case <-time.After(patience / 4):
				return errors.New("follow does not give what was appended")
			}
		}
		return nil
	}
	if err := waitFor(10 + 10 + 3); err != nil {
		return err
	}
	for n := 10; n < total; n += 10 {
		time.Sleep(250 * time.Millisecond) // everybody waits by now
		for i := range 10 {
			into := []eventlog.Log{other, s.Log}[i%2]
			if _, err := into.Append(ctx, "s", int64(n+i), plain(n+i)); err != nil {
				return err
			}
		}
		if err := waitFor(10 * followers); err != nil {
			return err
		}
	}
	stop(enough)
	for range followers {
		select {
		case err := <-done:
			if err != nil {
				return err
			}
		case <-time.After(patience / 4):
			return errors.New("follow does not end when its context does")
		}
	}
	return nil
}

// follow sends the positions it sees, which must be those after one another,
// until its loop ends with enough.
func follow(ctx context.Context, log eventlog.Log, after int64, seen chan<- int64) error {
	for r, err := range log.Follow(ctx, after) {
		if err != nil {
			if !errors.Is(err, context.Cause(ctx)) {
				return fmt.Errorf("follow ends with %w, want the cause of its context", err)
			}
			return nil
		}
		after++
		if err := same(r, eventlog.Record{Position: after, Stream: "s", Revision: after, Event: plain(int(after - 1))}); err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		seen <- after
	}
	return errors.New("follow ends without an error")
}

// cancelled uses a context that was cancelled before.
func cancelled(ctx context.Context, s *subject) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 3)...); err != nil {
		return err
	}
	why := errors.New("the caller has gone")
	gone, cancel := context.WithCancelCause(ctx)
	cancel(why)
	if _, err := s.Append(gone, "s", 3, plain(3)); !errors.Is(err, why) {
		return fmt.Errorf("append with a cancelled context returns %v, want its cause", err)
	}
	for _, l := range s.loops("s") {
		if list, err := collect(l.over(gone)); !errors.Is(err, why) {
			return fmt.Errorf("%s with a cancelled context gives %d records and %v, want its cause", l.name, len(list), err)
		}
	}
	if err := b.check(ctx, s); err != nil {
		return fmt.Errorf("after a cancelled append: %w", err)
	}
	// Cancelled in the middle of a loop, whose end must not look like that of
	// the log.
	if err := b.add(ctx, s, at{"long", 0}, plains(100, 3100)...); err != nil {
		return err
	}
	for _, l := range s.loops("long") {
		halfway, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		var last error
		n := 0
		for _, err := range l.over(halfway) {
			if n++; n == 10 {
				cancel(why)
			}
			last = err
		}
		if n < 3000 && !errors.Is(last, why) {
			return fmt.Errorf("%s cancelled on its way ends after %d records with %v, want the cause", l.name, n, last)
		}
	}
	return b.check(ctx, s)
}

// cancelledAtRandom cancels appends while they are under way, and repeats them.
func cancelledAtRandom(ctx context.Context, s *subject) error {
	var b book
	rnd := rand.New(rand.NewPCG(3, 4))
	for round := range 100 {
		events := plains(round*10, round*10+1+rnd.IntN(10))
		brief, cancel := context.WithTimeout(ctx, time.Duration(rnd.IntN(2000))*time.Microsecond)
		_, err := s.Append(brief, "s", b.streams["s"], events...)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("append cut off returns %w, want the cause of its context", err)
		}
		if err := b.add(ctx, s, at{"s", b.streams["s"]}, events...); err != nil {
			return fmt.Errorf("the same append after one that was cut off: %w", err)
		}
	}
	return b.check(ctx, s)
}
