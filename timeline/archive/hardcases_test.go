package archive_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// numbered returns an event that adds, of any number.
func numbered(n, value int) timeline.Event[op] {
	e := opEvent(1, "add", value)
	e.ID = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n))
	return e
}

// chained returns n events, each after the one before and the first after one that is not among them.
func chained(n int) []timeline.Event[op] {
	list := make([]timeline.Event[op], n)
	for i := range list {
		list[i] = numbered(i+2, 1)
		list[i].After = []uuid.UUID{numbered(i+1, 0).ID}
	}
	return list
}

// A chain of events behind one that is missing waits, and comes in with it.
func TestChainBehindAMissingEvent(t *testing.T) {
	const n = 300
	for _, oneByOne := range []bool{false, true} {
		log := &memlog.Log{}
		list := chained(n)
		slices.Reverse(list)
		put := func(events ...timeline.Event[op]) {
			_, err := log.Append(t.Context(), "s", eventlog.AnyRevision, stored(t, events...)...)
			require.NoError(t, err)
		}
		var live *archive.Live[box, op]
		if oneByOne {
			live = openBoxes(t, log)
		}
		for _, e := range list {
			put(e)
			if oneByOne {
				require.NoError(t, live.CatchUp(t.Context()))
			}
		}
		if !oneByOne {
			live = openBoxes(t, log)
		}
		require.Len(t, live.Parked(), n)
		require.ErrorIs(t, live.Parked()[0], timeline.ErrUnknown)
		put(numbered(100_000, 1)) // has nothing to do with them
		require.NoError(t, live.CatchUp(t.Context()))
		require.Len(t, live.Parked(), n)
		put(numbered(1, 1))
		require.NoError(t, live.CatchUp(t.Context()))
		require.Empty(t, live.Parked())
		line, ok := live.Timeline("s")
		require.True(t, ok)
		require.Equal(t, n+2, line.Len())
	}
}

// BenchmarkOpenChain opens an archive on a log with a chain of events behind one that is missing, and takes in one
// record more: a record costs the same in a chain of any length.
func BenchmarkOpenChain(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		log := &memlog.Log{}
		_, err := log.Append(b.Context(), "s", eventlog.AnyRevision, stored(b, chained(n)...)...)
		require.NoError(b, err)
		b.Run(fmt.Sprint("size=", n), func(b *testing.B) {
			for b.Loop() {
				require.Len(b, openBoxes(b, log).Parked(), n)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/record")
		})
	}
}

// An event without data is refused as timeline.New refuses it.
func TestNilDataIsRefused(t *testing.T) {
	fold := func(s int, _ timeline.Event[any]) (int, error) { return s + 1, nil }
	e := timeline.Event[any]{ID: id(1), When: day("2024-05-01").Date()}
	_, want := timeline.New(fold, e)
	require.Error(t, want)
	a, err := archive.New(fold, nil)
	require.NoError(t, err)
	require.EqualError(t, a.Append("s", e), want.Error())
	require.Error(t, a.Load(maps.All(map[string]timeline.Event[any]{"s": e})))
	_, ok := a.Timeline("s")
	require.False(t, ok)
}

type numbers struct{ M map[string]int }

func (n numbers) Clone() numbers { return numbers{maps.Clone(n.M)} }

var numbersCodec = codec.New(nil, codec.Type[numbers]{Name: "numbers", Version: 1})

func sumOfNumbers(s int, e timeline.Event[numbers]) (int, error) { return s + e.Data.M["v"], nil }

// What a view of the past hands out is a clone too.
func TestPastHandsOutClones(t *testing.T) {
	a, err := archive.New(sumOfNumbers, nil)
	require.NoError(t, err)
	live, err := a.Open(t.Context(), &memlog.Log{}, numbersCodec)
	require.NoError(t, err)
	for n, v := range []int{1, 10} {
		e := timeline.Event[numbers]{ID: id(n + 1), When: edtf.MustParse("2024-05"), Data: numbers{map[string]int{"v": v}}}
		_, err = live.Append(t.Context(), "s", int64(n), e)
		require.NoError(t, err)
	}
	view, err := live.AsOf(1)
	require.NoError(t, err)
	view.Pending("s", day("2024-05-02")).Events[0].Data.M["v"] = 1000
	assert.Equal(t, 11, live.At("s", day("2024-06-01")).State)
}

// When it became known is kept, also if that is the day on which it was recorded.
func TestKnownOnTheDayOfRecording(t *testing.T) {
	now := time.Date(2024, 5, 3, 12, 0, 0, 0, time.UTC)
	fold := func(s string, e timeline.Event[op]) (string, error) { return s + e.Known.String() + ",", nil }
	given, none := event(1, "2024-05-01", "a", 1), event(2, "2024-05-02", "a", 1)
	given.Known = edtf.MustParse("2024-05-03")
	log := &memlog.Log{Now: func() time.Time { return now }}
	a, err := archive.New(fold, nil)
	require.NoError(t, err)
	live, err := a.Open(t.Context(), log, opCodec)
	require.NoError(t, err)
	_, err = live.Append(t.Context(), "s", 0, given, none)
	require.NoError(t, err)
	b, err := archive.New(fold, nil)
	require.NoError(t, err)
	again, err := b.Open(t.Context(), log, opCodec)
	require.NoError(t, err)
	events, err := eventlog.Load(t.Context(), log, "s", opCodec)
	require.NoError(t, err)
	want, err := timeline.New(fold, events...)
	require.NoError(t, err)
	for _, l := range []*archive.Live[string, op]{live, again} {
		assert.Equal(t, want.At(day("2024-06-01")).State, l.At("s", day("2024-06-01")).State)
		line, _ := l.Timeline("s")
		for n, e := range []timeline.Event[op]{given, none} {
			got, ok := line.ByID(e.ID)
			require.True(t, ok)
			assert.Equal(t, e.Known, got.Known)
			_, err = l.Append(t.Context(), "s", int64(2), got)
			assert.NoError(t, err, "what it says is what the log has: %d", n)
		}
	}
}

// Append says why the archive does not have what the log has.
func TestAppendSaysWhatIsUnusable(t *testing.T) {
	a, err := archive.New(foldBox, nil)
	require.NoError(t, err)
	live, err := a.Open(t.Context(), &memlog.Log{}, oneWay{opCodec})
	require.NoError(t, err)
	result, err := live.Append(t.Context(), "s", 0, event(1, "2024-05-01", "a", 1))
	require.ErrorIs(t, err, errOneWay)
	require.EqualValues(t, 1, result.Position, "the log has it")
}

var errOneWay = errors.New("that cannot be read")

// A oneWay codec cannot read what it has written.
type oneWay struct{ eventlog.Codec[op] }

func (oneWay) Decode(eventlog.Stored) (op, error) { return op{}, errOneWay }

// A stream of which no record could be used, and then one can, is in every pass over all streams.
func TestStreamThatBecomesUsableMeanwhile(t *testing.T) {
	on := day("2024-06-01")
	passes := map[string]func(*archive.Live[box, op], func(string)){
		"All": func(l *archive.Live[box, op], f func(string)) {
			for key := range l.All(on) {
				f(key)
			}
		},
		"Keys": func(l *archive.Live[box, op], f func(string)) {
			for key := range l.Keys() {
				f(key)
			}
		},
		"Reader.All": func(l *archive.Live[box, op], f func(string)) {
			for key := range l.Reader().All(on) {
				f(key)
			}
		},
		"Reader.AllOn": func(l *archive.Live[box, op], f func(string)) {
			for key := range l.Reader().AllOn(on) {
				f(key)
			}
		},
		"Changed": func(l *archive.Live[box, op], f func(string)) {
			for key := range l.Changed(day("2020-01-01"), on) {
				f(key)
			}
		},
		"KnownOn": func(l *archive.Live[box, op], f func(string)) {
			for key := range l.KnownOn(on).All(on) {
				f(key)
			}
		},
	}
	for name, pass := range passes {
		log := &memlog.Log{}
		put := func(key string, events ...timeline.Event[op]) {
			_, err := log.Append(t.Context(), key, eventlog.AnyRevision, stored(t, events...)...)
			require.NoError(t, err)
		}
		waiting := opEvent(2, "add", 1)
		waiting.After = []uuid.UUID{opEvent(3, "add", 0).ID}
		put("first", opEvent(1, "add", 1))
		put("second", waiting)
		live := openBoxesAs(t, log, nil)
		keys := func(meanwhile func()) (keys []string) {
			pass(live, func(key string) {
				if keys = append(keys, key); len(keys) == 1 && meanwhile != nil {
					meanwhile()
				}
			})
			return keys
		}
		both := []string{"first", "second"}
		assert.Equal(t, both, keys(nil), name)
		assert.Equal(t, both, keys(func() {
			put("second", opEvent(3, "add", 1))
			require.NoError(t, live.CatchUp(t.Context()))
		}), name)
		assert.Equal(t, both, keys(nil), name)
	}
}

// Events of another log keep their instants, and leave those of others alone.
func TestRecordedEventsAppendedTogether(t *testing.T) {
	live := openBoxes(t, &memlog.Log{})
	var group sync.WaitGroup
	for w := range 2 {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range 100 {
				e := numbered(1000*w+i, 1)
				if w == 0 {
					e.Recorded = time.Date(2020, 1, 1, 0, 0, i, 0, time.UTC)
				}
				_, err := live.Append(context.Background(), fmt.Sprint("s", w), eventlog.AnyRevision, e)
				assert.NoError(t, err)
			}
		}()
	}
	group.Wait()
}

// What has no last day is decided in the distant future, as in a timeline.
func TestPendingInTheDistantFuture(t *testing.T) {
	a, err := archive.New(foldBox, nil)
	require.NoError(t, err)
	open, unsure := event(1, "[2024-05-01..]", "a", 1), event(2, "2024-05-01", "a", 1)
	unsure.Known = edtf.MustParse("[2024-05-01..]")
	require.NoError(t, a.Append("s", open, unsure))
	line, _ := a.Timeline("s")
	for _, on := range []edtf.Day{day("2024-06-01"), edtf.MaxDay, edtf.DistantFuture} {
		assert.Len(t, a.Pending("s", on).Events, len(slices.Collect(line.Pending(on))), on)
	}
}
