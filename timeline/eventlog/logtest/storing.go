package logtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
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

// awkwardStreams are names that must not be taken for each other, or for anything else.
var awkwardStreams = []string{"a", "A", "ä", "a/b.c*>", strings.Repeat("x", 512), "' \"", "\U0010FFFD"}

func roundTrip(ctx context.Context, s *subject) error {
	var b book
	list := awkward()
	for i, e := range list[:len(list)/2] { // one by one, to streams with awkward names
		e.Seq = int64(i) * 7
		stream := awkwardStreams[i%len(awkwardStreams)]
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
	records, err := collect(s.ReadAll(ctx, 0))
	if err != nil || len(records) != 10 {
		return fmt.Errorf("%d of 10 records, %v", len(records), err)
	}
	for n, r := range records {
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
	if lister, ok := s.Log.(eventlog.Lister); ok {
		return listing(ctx, s, &b, lister)
	}
	return nil
}

// listing compares the streams that a log says it has with what was appended.
func listing(ctx context.Context, s *subject, b *book, log eventlog.Lister) error {
	for i, stream := range awkwardStreams {
		if err := b.add(ctx, s, at{stream, 0}, plains(1000+10*i, 1000+10*i+i%3+1)...); err != nil {
			return err
		}
	}
	list, err := log.Streams(ctx)
	if err != nil {
		return fmt.Errorf("streams: %w", err)
	}
	got := map[string]int64{}
	for _, end := range list {
		if _, twice := got[end.Stream]; twice {
			return fmt.Errorf("streams: %q is there twice", end.Stream)
		}
		got[end.Stream] = end.Revision
	}
	want := maps.Clone(b.streams)
	maps.DeleteFunc(want, func(_ string, revision int64) bool { return revision == 0 })
	if !maps.Equal(got, want) {
		return fmt.Errorf("streams are %v, want %v", got, want)
	}
	return nil
}

// recordedTimes looks when records were recorded: when they were appended, whatever the
// event says, and never before the one before it, whoever appends.
func recordedTimes(ctx context.Context, s *subject) error {
	other, err := s.open()
	if err != nil {
		return err
	}
	const slack = 2 * time.Second // clocks are not the same
	began := time.Now()
	for n := range 40 {
		e := plain(n)
		e.Recorded = time.Date(1999+n, 1, 2, 3, 4, 5, 6, time.UTC)
		into := []eventlog.Log{s.Log, other}[n%2]
		if _, err := into.Append(ctx, fmt.Sprint("s", n%3), eventlog.AnyRevision, e); err != nil {
			return err
		}
		if _, err := into.Append(ctx, fmt.Sprint("s", n%3), eventlog.AnyRevision, plain(n)); err != nil {
			return fmt.Errorf("the same append with another time: %w", err)
		}
	}
	list, err := collect(s.ReadAll(ctx, 0))
	if err != nil {
		return err
	}
	if len(list) != 40 {
		return fmt.Errorf("%d records, want 40", len(list))
	}
	last := began.Add(-slack)
	for _, r := range list {
		at := r.Event.Recorded
		if at.Before(last) || at.After(time.Now().Add(slack)) {
			return fmt.Errorf("position %d was recorded at %v, which is before %v or in the future", r.Position, at, last)
		}
		if at != at.Truncate(time.Microsecond) {
			return fmt.Errorf("position %d was recorded at %v, which is finer than the stored form", r.Position, at)
		}
		last = at
	}
	again, err := collect(other.ReadAll(ctx, 0))
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].Hash() != again[i].Hash() {
			return fmt.Errorf("position %d was recorded at %v, and at %v as read again", list[i].Position, list[i].Event.Recorded, again[i].Event.Recorded)
		}
	}
	return restored(ctx, s, list)
}

// restored puts records into a log as they are, if it is one that can.
func restored(ctx context.Context, s *subject, list []eventlog.Record) error {
	log, ok := s.Log.(eventlog.Restorer)
	if !ok {
		return nil
	}
	var more []eventlog.Record
	for n := range 10 {
		e := plain(100 + n)
		if n%3 > 0 {
			e.Recorded = list[0].Event.Recorded.Add(time.Duration(n) * time.Microsecond)
		}
		e.Meta = &timeline.Metadata{By: "b"}
		more = append(more, eventlog.Record{Position: 7, Stream: fmt.Sprint("r", n%4), Revision: 9, Event: e})
	}
	for range 2 { // the second time all are there
		if end, err := log.Restore(ctx, more...); end != 50 || err != nil {
			return fmt.Errorf("restore of 10 records behind 40 returns %d, %w", end, err)
		}
	}
	revisions := map[string]int64{}
	got, err := collect(s.ReadAll(ctx, 40))
	if err != nil || len(got) != 10 {
		return fmt.Errorf("%d restored records, %w", len(got), err)
	}
	for n, r := range got {
		want := more[n]
		revisions[want.Stream]++
		want.Position, want.Revision = int64(41+n), revisions[want.Stream]
		if r.Hash() != want.Hash() {
			return fmt.Errorf("restored %s, want %s", short(r.AppendJSON(nil)), short(want.AppendJSON(nil)))
		}
	}
	taken := more[0]
	taken.Event.Note = "other"
	if _, err := log.Restore(ctx, eventlog.Record{Stream: "new", Event: plain(900)}, taken); !errors.Is(err, timeline.ErrDuplicateID) {
		return fmt.Errorf("restore of an ID with other content returns %w", err)
	}
	if list, err := collect(s.Read(ctx, "new", 0)); len(list) > 0 || err != nil {
		return fmt.Errorf("of a restore that was refused %d records are there, %w", len(list), err)
	}
	return nil
}
