package logtest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

const writers = 16

// together runs work for each writer, every second one on the log opened
// again, and returns the first errors.
func (s *subject) together(ctx context.Context, work func(ctx context.Context, log eventlog.Log, writer int) error) error {
	other, err := s.open()
	if err != nil {
		return err
	}
	errs := make([]error, writers)
	var group sync.WaitGroup
	for w := range writers {
		group.Add(1)
		go func() {
			defer group.Done()
			errs[w] = work(ctx, []eventlog.Log{s.Log, other}[w%2], w)
		}()
	}
	group.Wait()
	return errors.Join(errs...)
}

// writersOfOne has every writer append to one stream at the revision it has
// last seen, until it has won so often.
func writersOfOne(ctx context.Context, s *subject) error {
	const wins = 5
	var mu sync.Mutex
	placed := map[int64]event{} // by revision, as reported
	err := s.together(ctx, func(ctx context.Context, log eventlog.Log, writer int) error {
		expected := int64(0)
		for n := 0; n < wins; {
			e := plain(writer*wins + n)
			got, err := log.Append(ctx, "s", expected, e)
			var conflict *eventlog.ConflictError
			switch {
			case errors.As(err, &conflict):
				if conflict.Actual <= expected {
					return fmt.Errorf("a conflict at revision %d expecting %d: it cannot have gone back", conflict.Actual, expected)
				}
				expected = conflict.Actual
				continue
			case err != nil:
				return err
			case got.Revision != expected+1 || got.Position != got.Revision:
				return fmt.Errorf("append expecting %d returns %+v", expected, got)
			}
			mu.Lock()
			_, twice := placed[got.Revision]
			placed[got.Revision] = e
			mu.Unlock()
			if twice {
				return fmt.Errorf("revision %d was given twice", got.Revision)
			}
			expected = got.Revision
			n++
		}
		return nil
	})
	if err != nil {
		return err
	}
	var b book
	for revision := range int64(writers * wins) {
		b.append("s", placed[revision+1])
	}
	return b.check(ctx, s)
}

// writersOfMany has every writer append to a stream of its own.
func writersOfMany(ctx context.Context, s *subject) error {
	const rounds = 10
	var mu sync.Mutex
	placed := map[int64]eventlog.Record{} // by position, as reported
	err := s.together(ctx, func(ctx context.Context, log eventlog.Log, writer int) error {
		stream := fmt.Sprint("stream-", writer)
		for n := range int64(rounds) {
			e := plain(writer*rounds + int(n))
			got, err := log.Append(ctx, stream, n, e)
			if err != nil {
				return err
			}
			if got.Revision != n+1 {
				return fmt.Errorf("append to %s expecting %d returns %+v", stream, n, got)
			}
			mu.Lock()
			placed[got.Position] = eventlog.Record{Position: got.Position, Stream: stream, Revision: got.Revision, Event: e}
			mu.Unlock()
			// What was appended can be read at once.
			if err := expect("Read after Append", log.Read(ctx, stream, n), []eventlog.Record{placedAt(&mu, placed, got.Position)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b := book{streams: map[string]int64{}}
	for position := range int64(writers * rounds) {
		r := placed[position+1]
		b.records = append(b.records, r)
		b.streams[r.Stream] = r.Revision
	}
	return b.check(ctx, s)
}

func placedAt(mu *sync.Mutex, placed map[int64]eventlog.Record, position int64) eventlog.Record {
	mu.Lock()
	defer mu.Unlock()
	return placed[position]
}

// batches has writers append batches while readers count what they see.
func batches(ctx context.Context, s *subject) error {
	const rounds, size = 6, 20
	err := s.together(ctx, func(ctx context.Context, log eventlog.Log, writer int) error {
		for n := range rounds {
			if writer%4 == 0 {
				if err := wholeBatches(ctx, log, size); err != nil {
					return err
				}
				continue
			}
			from := (writer*rounds + n) * size
			if _, err := log.Append(ctx, fmt.Sprint("s", writer%3), eventlog.AnyRevision, plains(from, from+size)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if end, err := s.End(ctx); end != rounds*size*writers*3/4 || err != nil {
		return fmt.Errorf("the log ends at %d, %v after %d batches of %d", end, err, rounds*writers*3/4, size)
	}
	return wholeBatches(ctx, s.Log, size)
}

// wholeBatches returns how the log differs from one that holds whole batches,
// one behind the other.
func wholeBatches(ctx context.Context, log eventlog.Log, size int) error {
	list, err := collect(log.ReadAll(ctx, 0))
	if err != nil {
		return err
	}
	if len(list)%size != 0 {
		return fmt.Errorf("a reader sees %d records where only batches of %d are appended", len(list), size)
	}
	for i, r := range list {
		if r.Position != int64(i+1) {
			return fmt.Errorf("a reader sees position %d in place %d", r.Position, i+1)
		}
		if number(r) != number(list[i-i%size])+i%size || r.Stream != list[i-i%size].Stream {
			return fmt.Errorf("position %d has %s in the midst of another batch", r.Position, r.Event.Name)
		}
	}
	return nil
}

// number returns which of the plain events a record has.
func number(r eventlog.Record) (n int) {
	_, _ = fmt.Sscanf(r.Event.Name, "event-%d", &n)
	return n
}
