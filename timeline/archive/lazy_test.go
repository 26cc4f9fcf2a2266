package archive_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// counted is a log that counts what is read, and fails when it is told to.
type counted struct {
	memlog.Log
	records atomic.Int64
	fails   atomic.Bool
}

func (l *counted) counting(in iter.Seq2[eventlog.Record, error]) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		if l.fails.Load() {
			yield(eventlog.Record{}, errBroken)
			return
		}
		for r, err := range in {
			l.records.Add(1)
			if !yield(r, err) {
				return
			}
		}
	}
}

func (l *counted) Read(ctx context.Context, stream string, after int64) iter.Seq2[eventlog.Record, error] {
	return l.counting(l.Log.Read(ctx, stream, after))
}

func (l *counted) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return l.counting(l.Log.ReadAll(ctx, after))
}

func tenStreams(t *testing.T, log eventlog.Log) {
	for n := range 1000 {
		_, err := log.Append(t.Context(), fmt.Sprint("s", n%10), eventlog.AnyRevision, stored(t, addEvent(n))...)
		require.NoError(t, err)
	}
}

// What is not asked for is not read; what is, once.
func TestLazyReadsWhatIsAskedFor(t *testing.T) {
	var log counted
	tenStreams(t, &log)
	live := openLazily(t, &log, nil)
	assert.EqualValues(t, 1000, live.Position())
	assert.LessOrEqual(t, log.records.Swap(0), int64(1), "the last record, to know it again")
	for range 3 {
		assert.Equal(t, 100, live.At("s3", day("2024-05-01")).State.A)
	}
	assert.LessOrEqual(t, log.records.Swap(0), int64(102))
	assert.Zero(t, live.At("none", day("2024-05-01")).State.A)
	assert.Len(t, slices.Collect(live.Keys()), 10)
	_, err := live.Append(t.Context(), "s4", 100, addEvent(2000))
	require.NoError(t, err)
	assert.Equal(t, 101, live.At("s4", day("2024-05-01")).State.A)
	log.records.Store(0)
	for range 2 {
		sum := 0
		for _, s := range live.All(day("2024-05-01")) {
			sum += s.State.A
		}
		assert.Equal(t, 1001, sum)
	}
	assert.LessOrEqual(t, log.records.Load(), int64(1002), "one pass")
	assert.Equal(t, 1001, live.Stats().Events)
}

// Many who ask for the same, and one who appends, get what they would get otherwise.
func TestLazyConcurrently(t *testing.T) {
	var log memlog.Log
	tenStreams(t, &log)
	live := openLazily(t, &log, nil)
	var group sync.WaitGroup
	for g := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range 200 {
				key := fmt.Sprint("s", (n+g)%10)
				assert.GreaterOrEqual(t, live.At(key, day("2024-05-01")).State.A, 100)
				if n == 100 {
					for _, s := range live.All(day("2024-05-01")) {
						assert.GreaterOrEqual(t, s.State.A, 100)
					}
				}
				if g == 0 {
					_, err := live.Append(t.Context(), key, eventlog.AnyRevision, addEvent(5000+n))
					assert.NoError(t, err)
				}
			}
		}()
	}
	group.Wait()
	assert.Equal(t, 1200, live.Stats().Events)
}

// What cannot be read says so in every answer, and is tried again.
func TestLazyCannotRead(t *testing.T) {
	var log counted
	tenStreams(t, &log)
	live := openLazily(t, &log, nil)
	on, known := day("2024-05-01"), day("2024-06-01")
	past, err := live.AsOf(500)
	require.NoError(t, err)
	log.fails.Store(true)
	for range 2 {
		require.ErrorIs(t, live.At("s1", on).Err, errBroken)
		require.ErrorContains(t, live.At("s1", on).Err, `archive: reading stream "s1": `)
		require.ErrorIs(t, live.KnownOn(known).At("s1", on).Err, errBroken)
		require.ErrorIs(t, past.At("s1", on).Err, errBroken)
		require.ErrorIs(t, live.Pending("s1", on).Err, errBroken)
		unread := 0
		for _, u := range live.AllPending(on) {
			unread++
			require.ErrorIs(t, u.Err, errBroken)
		}
		require.Equal(t, 10, unread)
		for name, all := range map[string]iter.Seq2[string, timeline.Snapshot[box]]{"now": live.All(on), "known": live.KnownOn(known).All(on), "as of": past.All(on)} {
			n := 0
			for _, s := range all {
				n++
				require.ErrorIs(t, s.Err, errBroken, name)
			}
			require.Equal(t, 10, n, name)
		}
		for _, line := range []func(string) (*timeline.Timeline[box, op], bool){live.Timeline, live.KnownOn(known).Timeline, past.Timeline} {
			got, ok := line("s1")
			require.True(t, ok)
			require.ErrorIs(t, got.At(on).Err, errBroken)
			holds := got.Holds(on, timeline.Value(func(b box) bool { return b.A == 0 }))
			require.ErrorIs(t, holds.Err, errBroken)
			require.Equal(t, edtf.Possible, holds.Truth)
		}
		changed, reader := 0, live.Reader()
		for _, c := range live.Changed(on-1, on) {
			changed++
			require.ErrorIs(t, c.Before.Err, errBroken)
			require.ErrorIs(t, c.After.Err, errBroken)
		}
		require.Equal(t, 10, changed)
		require.ErrorIs(t, reader.At("s1", on).Err, errBroken)
		for _, s := range reader.All(on) {
			changed--
			require.ErrorIs(t, s.Err, errBroken)
		}
		require.Zero(t, changed, "those of a Reader")
		for _, s := range reader.AllOn(on, on+1) {
			changed++
			require.ErrorIs(t, s.Err, errBroken)
		}
		require.Equal(t, 20, changed, "those of a Reader on two days")
		_, err := live.Append(t.Context(), "s1", 100, addEvent(3000))
		require.ErrorIs(t, err, errBroken)
		_, err = live.Decide(t.Context(), "s1", func(*timeline.Timeline[box, op]) ([]timeline.Event[op], error) {
			t.Error("nothing is decided by what cannot be read")
			return nil, nil
		})
		require.ErrorIs(t, err, errBroken)
	}
	log.fails.Store(false)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err = live.Append(ctx, "s1", 100, addEvent(3000))
	require.ErrorIs(t, err, context.Canceled, "the caller has left")
	require.NoError(t, live.At("s1", on).Err)
	assert.Equal(t, 100, live.At("s1", on).State.A)
	assert.Equal(t, 50, past.At("s1", on).State.A)
}

// A log that was put back is noticed before anything more of it is read.
func TestLazyOfALogThatWasPutBack(t *testing.T) {
	var log logtest.Rewindable
	for n := range 6 {
		_, err := log.Append(t.Context(), fmt.Sprint("s", n%2), eventlog.AnyRevision, stored(t, opEvent(n+1, "add", 1))...)
		require.NoError(t, err)
	}
	live := openLazily(t, listed{&log}, nil)
	assert.Equal(t, 3, live.At("s0", day("2024-05-01")).State.A)
	require.NoError(t, log.Rewind(t.Context(), 4))
	for n := range 4 {
		_, err := log.Append(t.Context(), "s1", eventlog.AnyRevision, stored(t, opEvent(n+100, "add", 1))...)
		require.NoError(t, err)
	}
	require.ErrorIs(t, live.At("s1", day("2024-05-01")).Err, eventlog.ErrDiverged)
	require.ErrorIs(t, live.Err(), eventlog.ErrDiverged)
	assert.Equal(t, 3, live.At("s0", day("2024-05-01")).State.A, "what was read stays")
}

// listed is a log that counts its streams.
type listed struct{ eventlog.Log }

func (l listed) Streams(ctx context.Context) (list []eventlog.StreamEnd, err error) {
	ends := map[string]int64{}
	for r, err := range l.ReadAll(ctx, 0) {
		if err != nil {
			return nil, err
		}
		ends[r.Stream] = r.Revision
	}
	for stream, revision := range ends {
		list = append(list, eventlog.StreamEnd{Stream: stream, Revision: revision})
	}
	return list, nil
}

func TestOpenLazilyRefuses(t *testing.T) {
	var log memlog.Log
	boxes, err := archive.New(foldBox, nil)
	require.NoError(t, err)
	require.NoError(t, boxes.Append("t", opEvent(1, "add", 1)))
	_, err = boxes.OpenLazily(t.Context(), &log, opCodec)
	require.ErrorIs(t, err, archive.ErrNotEmpty)
	assert.Zero(t, openLazily(t, &log, nil).Position(), "an empty log")
	var broken counted
	tenStreams(t, &broken)
	broken.fails.Store(true)
	empty, err := archive.New(foldBox, nil)
	require.NoError(t, err)
	_, err = empty.OpenLazily(t.Context(), &broken, opCodec)
	require.True(t, errors.Is(err, errBroken))
}
