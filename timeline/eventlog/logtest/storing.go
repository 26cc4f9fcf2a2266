package logtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

func emptyLog(ctx context.Context, s *subject) error {
	var b book
	b.streams = map[string]int64{"nothing": 0, "": 0}
	if err := b.check(ctx, s); err != nil {
		return err
	}
	if got, err := s.Append(ctx, "nothing", 7); got != (eventlog.AppendResult{}) || err != nil {
		return fmt.Errorf("append of no events returns %+v, %v, want zero", got, err)
	}
	return b.check(ctx, s)
}

func roundTrip(ctx context.Context, s *subject) error {
	var b book
	list := awkward()
	for i, e := range list[:len(list)/2] { // one by one, to streams with awkward names
		e.Seq = int64(i) * 7
		stream := []string{"a", "A", "ä", "a/b.c*>", strings.Repeat("x", 512), "' \"", "\U0010FFFD"}[i%7]
		if err := b.add(ctx, s, at{stream, b.streams[stream]}, e); err != nil {
			return err
		}
	}
	if err := b.add(ctx, s, at{"together", 0}, list[len(list)/2:]...); err != nil {
		return err
	}
	return b.check(ctx, s)
}

func payloads(ctx context.Context, s *subject) error {
	var b book
	n := 0
	for data := range odd() {
		e := plain(n)
		n++
		e.Data.Data = []byte(data)
		if err := b.add(ctx, s, at{"odd", eventlog.AnyRevision}, e); err != nil {
			return err
		}
	}
	return b.check(ctx, s)
}

func places(ctx context.Context, s *subject) error {
	var b book
	n := 0
	for round := range 5 {
		for _, stream := range []string{"one", "two", "three"} {
			size := 1 + (round+len(stream))%3
			if err := b.add(ctx, s, at{stream, b.streams[stream]}, plains(n, n+size)...); err != nil {
				return err
			}
			n += size
		}
	}
	return b.check(ctx, s)
}

func fromAnyPlace(ctx context.Context, s *subject) error {
	var b book
	for n := range 12 {
		if err := b.add(ctx, s, at{[]string{"one", "two"}[n%2], eventlog.AnyRevision}, plain(n)); err != nil {
			return err
		}
	}
	for _, after := range []int64{math.MinInt64, -1, 0, 1, 5, 6, 11, 12} {
		if err := expect(fmt.Sprintf("ReadAll after %d", after), s.ReadAll(ctx, after), b.records[min(max(after, 0), 12):]); err != nil {
			return err
		}
		if err := expect(fmt.Sprintf("Read after %d", after), s.Read(ctx, "two", after), b.of("two")[min(max(after, 0), 6):]); err != nil {
			return err
		}
	}
	for _, after := range []int64{13, math.MaxInt64} { // who has read so far has read another log
		for name, loop := range map[string]func(context.Context, int64) iter.Seq2[eventlog.Record, error]{"ReadAll": s.ReadAll, "Follow": s.Follow} {
			if list, err := collect(loop(ctx, after)); len(list) > 0 || !isDiverged(err, after) {
				return fmt.Errorf("%s after %d of 12 records gives %d, %w, want a DivergedError of that position", name, after, len(list), err)
			}
		}
		if err := expect(fmt.Sprintf("Read after %d", after), s.Read(ctx, "two", after), nil); err != nil {
			return err
		}
	}
	return nil
}

func isDiverged(err error, position int64) bool {
	var e *eventlog.DivergedError
	return errors.As(err, &e) && errors.Is(err, eventlog.ErrDiverged) && e.Position == position
}

// identities asks a log who it is, also after others have appended to it, and goes on
// reading from cursors.
func identities(ctx context.Context, s *subject) error {
	first, err := s.Identity(ctx)
	if err != nil || first == uuid.Nil {
		return fmt.Errorf("identity is %v, %w", first, err)
	}
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 10)...); err != nil {
		return err
	}
	other, err := s.open()
	if err != nil {
		return err
	}
	if again, err := other.Identity(ctx); again != first || err != nil {
		return fmt.Errorf("identity is %v, %w when the log is opened again, and was %v", again, err, first)
	}
	for n, r := range b.records {
		c := eventlog.CursorAt(first, r)
		if err := expect(fmt.Sprintf("ReadFrom position %d", r.Position), eventlog.ReadFrom(ctx, s, c), b.records[n+1:]); err != nil {
			return err
		}
		changed := c
		changed.Hash[0]++
		if _, err := collect(eventlog.ReadFrom(ctx, s, changed)); !isDiverged(err, c.Position) {
			return fmt.Errorf("ReadFrom where another record was read gives %w, want a DivergedError", err)
		}
		c.Log = uuid.Max
		if _, err := collect(eventlog.FollowFrom(ctx, s, c)); !isDiverged(err, c.Position) {
			return fmt.Errorf("FollowFrom of another log gives %w, want a DivergedError", err)
		}
	}
	return nil
}

func manyAtOnce(ctx context.Context, s *subject) error {
	var b book
	for i := range 3 {
		if err := b.add(ctx, s, at{fmt.Sprint("s", i), 0}, plains(i*2500, i*2500+2500)...); err != nil {
			return err
		}
	}
	if err := b.check(ctx, s); err != nil {
		return err
	}
	return expect("ReadAll after 4999", s.ReadAll(ctx, 4999), b.records[4999:])
}

func reopening(ctx context.Context, s *subject) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, awkward()...); err != nil {
		return err
	}
	for i := range 3 {
		log, err := s.open()
		if err != nil {
			return fmt.Errorf("open again: %w", err)
		}
		again := &subject{log, s.open}
		if err := b.check(ctx, again); err != nil {
			return fmt.Errorf("opened again: %w", err)
		}
		if err := b.add(ctx, again, at{"s", b.streams["s"]}, plain(1000+i)); err != nil {
			return fmt.Errorf("opened again: %w", err)
		}
	}
	if err := b.check(ctx, s); err != nil { // through the first one, too
		return fmt.Errorf("appended through another: %w", err)
	}
	return nil
}

// upgrades looks at what a log can do beyond the interface, or what is done
// in its place.
func upgrades(ctx context.Context, s *subject) error {
	var b book
	if end, err := s.End(ctx); end != 0 || err != nil {
		return fmt.Errorf("end of an empty log is %d, %v", end, err)
	}
	if err := b.add(ctx, s, at{"s", 0}, awkward()...); err != nil {
		return err
	}
	want := int64(len(b.records))
	if end, err := s.End(ctx); end != want || err != nil {
		return fmt.Errorf("end is %d, %v, want %d", end, err, want)
	}
	found, err := eventlog.Find(ctx, s.Log, id(1), id(999), id(101), id(6), id(1))
	if err != nil || len(found) != 3 {
		return fmt.Errorf("find of three IDs and one that is not there gives %d records, %v", len(found), err)
	}
	for _, r := range found {
		if err := same(r, b.records[max(r.Position, 1)-1]); err != nil {
			return fmt.Errorf("find: %w", err)
		}
	}
	if found, err := eventlog.Find(ctx, s.Log); len(found) != 0 || err != nil {
		return fmt.Errorf("find of no IDs gives %d records, %v", len(found), err)
	}
	return nil
}
