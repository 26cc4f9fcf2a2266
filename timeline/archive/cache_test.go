package archive_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func tick(n int) timeline.Event[int] {
	return timeline.Event[int]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n)), Seq: int64(n),
		When: (day("2000-01-01") + edtf.Day(n)).Date(), Data: n,
	}
}

func ticks(first, after int) []timeline.Event[int] {
	var events []timeline.Event[int]
	for n := first; n < after; n++ {
		events = append(events, tick(n))
	}
	return events
}

func countTicks(n int, _ timeline.Event[int]) (int, error) { return n + 1, nil }

// What is refused leaves nothing behind: not in a stream that is short, nor in
// one that is long, nor by way of Load.
func TestArchiveRefusesWithoutTrace(t *testing.T) {
	for _, there := range []int{0, 1, 7, 8, 9, 30, 300} {
		for _, come := range []int{1, 2, 5, 20, 400} {
			a, err := archive.New(countTicks, nil)
			require.NoError(t, err)
			require.NoError(t, a.Append("s", ticks(0, there)...))
			bad := append(ticks(1000, 1000+come), timeline.Event[int]{When: day("2000-01-01").Date()})
			for range 2 {
				require.ErrorIs(t, a.Append("s", bad...), timeline.ErrNoID)
				err = a.Load(func(yield func(string, timeline.Event[int]) bool) {
					for _, e := range ticks(1000, 1000+come) {
						yield("s", e)
					}
					yield("other", bad[come])
				})
				var wrong *archive.StreamError
				require.ErrorAs(t, err, &wrong)
				assert.Equal(t, "other", wrong.Key)
			}
			if there > 0 { // what is there already stays, though the batch that has it goes
				require.ErrorIs(t, a.Append("s", append(ticks(1000, 1000+come), tick(0))...), timeline.ErrDuplicateID)
				require.ErrorIs(t, a.Append("s", tick(0)), timeline.ErrDuplicateID)
			}
			assert.Equal(t, there, a.Stats().Events)
			assert.Equal(t, there, a.At("s", day("2100-01-01")).State)
			for _, e := range ticks(1000, 1000+come) {
				require.NoError(t, a.Append("s", e))
			}
			require.ErrorIs(t, a.Append("s", tick(1000)), timeline.ErrDuplicateID)
			assert.Equal(t, there+come, a.At("s", day("2100-01-01")).State)
		}
	}
}

// Retractions that take back each other are refused, as a timeline refuses them.
func TestArchiveRefusesRetractionsInACircle(t *testing.T) {
	a, err := archive.New(countTicks, nil)
	require.NoError(t, err)
	require.NoError(t, a.Append("s", tick(0), tick(1)))
	first, second := tick(2), tick(3)
	first.Retraction, first.Replaces = true, []uuid.UUID{second.ID, tick(0).ID}
	second.Retraction, second.Replaces = true, []uuid.UUID{first.ID}
	err = a.Append("s", first, second)
	require.ErrorIs(t, err, timeline.ErrSelf)
	assert.Equal(t, 2, a.At("s", day("2100-01-01")).State)
	second.Replaces = []uuid.UUID{tick(1).ID}
	require.NoError(t, a.Append("s", first, second))
	assert.Equal(t, 1, a.At("s", day("2100-01-01")).State)
}

// A correction may name an event twice.
func TestArchiveReplacesOnce(t *testing.T) {
	a := newArchive(t, nil)
	text := func(n int) timeline.Event[op] { return event(n+1, fmt.Sprintf("2000-01-%02d", n+1), "text", n) }
	after := text(2)
	after.After = []uuid.UUID{text(1).ID}
	require.NoError(t, a.Append("s", text(0), text(1), after, text(4)))
	correction := text(3)
	correction.Replaces = []uuid.UUID{text(1).ID, text(1).ID}
	require.NoError(t, a.Append("s", correction))
	assert.Equal(t, "0234", a.At("s", day("2100-01-01")).State.Text)
}

// Loading adds to streams that are there, with all that events have.
func TestArchiveLoadsIntoStreams(t *testing.T) {
	a, err := archive.New(countTicks, nil)
	require.NoError(t, err)
	first, second, third := tick(1), tick(2), tick(3)
	first.Name, second.Name, third.Name = "one", "two", "three"
	third.Replaces = []uuid.UUID{first.ID}
	require.NoError(t, a.Append("s", first))
	require.NoError(t, a.Load(func(yield func(string, timeline.Event[int]) bool) {
		_ = yield("s", third) && yield("new", tick(9)) && yield("s", second)
	}))
	line, ok := a.Timeline("s")
	require.True(t, ok)
	for _, e := range []timeline.Event[int]{first, second, third} {
		got, ok := line.ByID(e.ID)
		require.True(t, ok)
		assert.Equal(t, e.Name, got.Name)
		assert.Equal(t, e.Replaces, got.Replaces)
	}
	assert.Equal(t, 2, a.At("s", day("2100-01-01")).State)
	assert.Equal(t, 1, a.At("new", day("2100-01-01")).State)
	_, ok = a.Timeline("nowhere")
	assert.False(t, ok)
	assert.Zero(t, a.At("nowhere", day("2100-01-01")).State)
}

// A clonable payload has a Clone.
type clonable []int

func (c clonable) Clone() clonable { return slices.Clone(c) }

// What a caller does to data that can be cloned, after the event was appended or
// loaded, changes nothing.
func TestArchiveHasItsOwnPayloads(t *testing.T) {
	fold := func(s []int, e timeline.Event[clonable]) ([]int, error) { return append(s, e.Data...), nil }
	a, err := archive.New(fold, nil)
	require.NoError(t, err)
	of := func(n int) timeline.Event[clonable] {
		return timeline.Event[clonable]{ID: tick(n).ID, When: tick(n).When, Data: clonable{n}}
	}
	one, two := of(1), of(2)
	require.NoError(t, a.Append("s", one))
	require.NoError(t, a.Load(func(yield func(string, timeline.Event[clonable]) bool) { yield("s", two) }))
	one.Data[0], two.Data[0] = 100, 200
	assert.Equal(t, []int{1, 2}, a.At("s", day("2100-01-01")).State)
}

func reachable() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// The states that are kept take about what the budget allows, however large
// they are and whatever is asked; what Stats says of it is about true.
func TestArchiveKeepsItsBudget(t *testing.T) {
	race.SkipLong(t)
	type large = *[1 << 10]int64
	foldFlat := func(s rack, _ timeline.Event[op]) (rack, error) { s.parts[0]++; return s, nil }
	foldLarge := func(s large, _ timeline.Event[op]) (large, error) {
		next := new([1 << 10]int64)
		if s != nil {
			*next = *s
		}
		next[0]++
		return next, nil
	}
	t.Run("flat", func(t *testing.T) {
		keepsBudget(t, foldFlat, func(s rack) int64 { return int64(s.parts[0]) }, 1<<10, 1000, 100)
	})
	t.Run("large", func(t *testing.T) { keepsBudget(t, foldLarge, func(s large) int64 { return s[0] }, 9<<10, 100, 60) })
	t.Run("one stream", func(t *testing.T) { keepsBudget(t, foldLarge, func(s large) int64 { return s[0] }, 9<<10, 1, 20_000) })
}

func keepsBudget[S any](t *testing.T, fold timeline.Fold[S, op], count func(S) int64, size, streams, events int) {
	const budget = 4 << 20
	a, err := archive.New(fold, &archive.Options[S]{CacheBytes: budget})
	require.NoError(t, err)
	for s := range streams {
		require.NoError(t, a.Append(fmt.Sprint(s), manyEvents(events)...))
	}
	before := reachable()
	var readers []*archive.Reader[S, op]
	for n := range 3000 {
		on := n * 7919 % events
		if n%200 == 100 { // a Reader keeps one state of each stream, and none of those that go
			r := a.Reader()
			for _, on := range []int{events, 0} {
				for range r.All(day("2000-01-01") + edtf.Day(on)) {
				}
			}
			readers = append(readers, r)
		}
		s := a.At(fmt.Sprint(n%streams), day("2000-01-01")+edtf.Day(on)).State
		require.EqualValues(t, on+1, count(s))
	}
	for n := range 60 {
		for range a.All(day("2000-01-01") + edtf.Day(n*7919%events)) {
		}
	}
	withReaders := reachable() - before
	assert.LessOrEqual(t, withReaders, int64(2*budget+len(readers)*streams*size), "with %d readers", len(readers))
	runtime.KeepAlive(readers)
	readers = nil
	took, stats := reachable()-before, a.Stats()
	assert.LessOrEqual(t, stats.StateBytes, int64(budget))
	assert.LessOrEqual(t, took, int64(2*budget), "%+v", stats)
	assert.Positive(t, stats.States)
	runtime.KeepAlive(a)
}

// The number of streams may grow while days of all of them are kept.
func TestArchiveFramesShrink(t *testing.T) {
	const budget = 1 << 20
	a, err := archive.New(countTicks, &archive.Options[int]{CacheBytes: budget})
	require.NoError(t, err)
	require.NoError(t, a.Append("first", ticks(0, 300)...))
	all := func() {
		for n := range 300 {
			for range a.All(day("2000-01-01") + edtf.Day(n)) {
			}
		}
	}
	all()
	for s := range 1000 {
		require.NoError(t, a.Append(fmt.Sprint(s), tick(s)))
	}
	all()
	assert.LessOrEqual(t, a.Stats().StateBytes, int64(budget))
}
