package archive_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

var pastBegan = time.Date(2024, 5, 3, 12, 0, 0, 0, time.UTC)

// drawRecords returns random events as a log may take them, some of which no program can
// read.
func drawRecords(t *rapid.T) (events []timeline.Event[eventlog.Stored]) {
	for _, e := range rapid.Permutation(drawHistory(t)).Draw(t, "order") {
		form := stored(t, e)[0]
		if len(eventlog.CheckStored(&form)) > 0 {
			continue // no log takes it
		}
		if rapid.IntRange(0, 9).Draw(t, "readable") == 0 {
			form.Data.Type = "of a newer program"
		}
		events = append(events, form)
	}
	return events
}

// prefix returns an archive of those records of a log that it held then.
func prefix(t *rapid.T, log *memlog.Log, options *archive.Options[box], held func(eventlog.Record) bool) *archive.Live[box, op] {
	var then memlog.Log
	for r, err := range log.ReadAll(context.Background(), 0) {
		require.NoError(t, err)
		if held(r) {
			_, err := then.Restore(context.Background(), r)
			require.NoError(t, err)
		}
	}
	return openBoxesAs(t, &then, options)
}

// What a log held at a position, or had recorded by an instant, is what an archive says
// that was opened on the log as it was then: whenever the view was made and whatever has
// come since, for one stream and for all, on the second axis, and as a timeline.
func TestAsOfLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := pastBegan
		log := memlog.Log{Now: func() time.Time { return now }}
		options := &archive.Options[box]{
			Sequenced:  rapid.Bool().Draw(t, "sequenced"),
			CacheBytes: rapid.SampledFrom([]int64{0, -1, 1000}).Draw(t, "keep"),
			Lenient:    rapid.IntRange(0, 3).Draw(t, "lenient") == 0,
		}
		live := openBoxesAs(t, &log, options)
		streams := []string{"s", "other"}
		early := map[int64]archive.View[box, op]{}
		for events := drawRecords(t); len(events) > 0; {
			n := rapid.IntRange(1, len(events)).Draw(t, "batch")
			_, err := log.Append(context.Background(), rapid.SampledFrom(streams).Draw(t, "stream"), eventlog.AnyRevision, events[:n]...)
			require.NoError(t, err)
			events = events[n:]
			if rapid.Bool().Draw(t, "look") {
				require.NoError(t, live.CatchUp(context.Background()))
				view, err := live.AsOf(live.Position())
				require.NoError(t, err)
				early[live.Position()] = view
				if rapid.Bool().Draw(t, "ask at once") {
					view.At("s", day("2024-05-04"))
				}
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 1).Draw(t, "passes")) * time.Microsecond)
		}
		require.NoError(t, live.CatchUp(context.Background()))
		opened := openBoxesAs(t, &log, options)
		for position := range live.Position() + 1 {
			want := prefix(t, &log, options, func(r eventlog.Record) bool { return r.Position <= position })
			for _, l := range []*archive.Live[box, op]{live, opened, openLazily(t, &log, options)} {
				view, err := l.AsOf(position)
				require.NoError(t, err)
				samePast(t, want, view)
			}
			if view, ok := early[position]; ok {
				samePast(t, want, view)
			}
		}
		for at := pastBegan.Add(-time.Microsecond); !at.After(now); at = at.Add(time.Microsecond) {
			want := prefix(t, &log, options, func(r eventlog.Record) bool { return !r.Event.Recorded.After(at) })
			samePast(t, want, live.RecordedBy(at))
			samePast(t, want, opened.RecordedBy(at))
		}
	})
}

// samePast compares what is shown of a log as it was with an archive of just that.
func samePast(t *rapid.T, want *archive.Live[box, op], got archive.View[box, op]) {
	require.ElementsMatch(t, slices.Collect(want.Keys()), slices.Collect(got.Keys()))
	for on := day("2024-04-30"); on < day("2024-05-10"); on += 3 {
		all := maps.Collect(got.All(on))
		require.Len(t, all, len(slices.Collect(want.Keys())))
		for key, s := range all {
			sameSnapshot(t, want.At(key, on), s, "all streams as of a position")
		}
		for _, key := range []string{"s", "other", "none"} {
			sameSnapshot(t, want.At(key, on), got.At(key, on), "as of a position")
			known := on - 2
			sameSnapshot(t, want.KnownOn(known).At(key, on), got.KnownOn(known).At(key, on), "as of a position, as known")
			sameSnapshot(t, want.KnownOn(known).At(key, on), got.KnownOn(known).KnownOn(known+1).At(key, on), "as known, narrowed")
			line, ok := got.KnownOn(known).Timeline(key)
			wanted, there := want.KnownOn(known).Timeline(key)
			require.Equal(t, there, ok)
			if ok {
				sameSnapshot(t, wanted.At(on), line.At(on), "the timeline as of a position")
				require.Equal(t, slices.Collect(wanted.Events()), slices.Collect(line.Events()))
			}
		}
	}
}

// A position that the archive does not have is an error and not an answer.
func TestAsOfNoPosition(t *testing.T) {
	var log memlog.Log
	_, err := log.Append(t.Context(), "s", 0, stored(t, opEvent(1, "a", 1))...)
	require.NoError(t, err)
	live := openBoxes(t, &log)
	for _, position := range []int64{-1, 2} {
		_, err := live.AsOf(position)
		require.ErrorIs(t, err, archive.ErrPosition)
		assert.EqualError(t, err, fmt.Sprintf("archive: no such position: %d, and the archive is at 1", position))
	}
	view, err := live.AsOf(0)
	require.NoError(t, err)
	assert.Zero(t, view.At("s", day("2024-05-01")).State)
	assert.Empty(t, slices.Collect(view.Keys()))
}

// addEvent returns the event n of many that add one.
func addEvent(n int) timeline.Event[op] {
	e := opEvent(0, "add", 1)
	e.ID = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n))
	return e
}

// While streams are appended to in turn, a view shows all of them at one moment.
func TestAsOfShowsAllAtOnce(t *testing.T) {
	const streams, rounds = 5, 200
	var log memlog.Log
	live := openBoxes(t, &log)
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		for n := range rounds * streams {
			_, err := live.Append(ctx, fmt.Sprint("s", n%streams), eventlog.AnyRevision, addEvent(n))
			assert.NoError(t, err)
		}
		stop()
	}()
	for asked := false; ctx.Err() == nil || !asked; asked = true {
		position := live.Position()
		view, err := live.AsOf(position)
		require.NoError(t, err)
		for range 2 {
			sum := 0
			for _, s := range view.All(day("2024-05-01")) {
				sum += s.State.A
			}
			require.EqualValues(t, position, sum)
		}
	}
	group.Wait()
}

// What was changed since costs once what taking it in costs, and then nothing; what was not
// costs nothing at all.
func TestAsOfAllocations(t *testing.T) {
	var log memlog.Log
	for n := range 100 {
		_, err := log.Append(t.Context(), fmt.Sprint("s", n%2), eventlog.AnyRevision, stored(t, opEvent(n+1, "add", 1))...)
		require.NoError(t, err)
	}
	live := openBoxes(t, &log)
	view, err := live.AsOf(99)
	require.NoError(t, err)
	for _, key := range []string{"s0", "s1"} {
		view.At(key, day("2024-05-01"))
		assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { view.At(key, day("2024-05-01")) }), 1.0, "the key as an interface")
	}
}

func BenchmarkAsOf(b *testing.B) {
	const streams, events = 1000, 100_000
	var log memlog.Log
	for n := range events {
		e := addEvent(n)
		e.When = (edtf.MustDay("2020-01-01") + edtf.Day(n/100)).Date()
		_, err := log.Append(b.Context(), fmt.Sprint("s", n%streams), eventlog.AnyRevision, stored(b, e)...)
		require.NoError(b, err)
	}
	live := openBoxes(b, &log)
	on := day("2021-06-01")
	position := live.Position() / 2
	view, err := live.AsOf(position)
	require.NoError(b, err)
	b.Run("one stream/now", func(b *testing.B) {
		for b.Loop() {
			live.At("s7", on)
		}
	})
	b.Run("one stream/first question", func(b *testing.B) {
		for b.Loop() {
			view, _ := live.AsOf(position)
			view.At("s7", on)
		}
	})
	b.Run("one stream/asked again", func(b *testing.B) {
		for b.Loop() {
			view.At("s7", on)
		}
	})
	b.Run("all streams/now", func(b *testing.B) {
		for b.Loop() {
			for range live.All(on) {
			}
		}
	})
	b.Run("all streams/first question", func(b *testing.B) {
		for b.Loop() {
			view, _ := live.AsOf(position)
			for range view.All(on) {
			}
		}
	})
	b.Run("all streams/asked again", func(b *testing.B) {
		for b.Loop() {
			for range view.All(on) {
			}
		}
	})
	b.Run("all streams/an archive opened on a log of that length", func(b *testing.B) {
		var then memlog.Log
		for r := range log.ReadAll(b.Context(), 0) {
			if r.Position <= position {
				_, err := then.Restore(b.Context(), r)
				require.NoError(b, err)
			}
		}
		for b.Loop() {
			for range openBoxes(b, &then).All(on) {
			}
		}
	})
}
