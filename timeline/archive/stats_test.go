package archive_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func heapBytes() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

type wide struct{ lists [3][]named }

type named struct{ name, status string }

func foldWide(s wide, e timeline.Event[op]) (wide, error) {
	list := &s.lists[e.Data.Value%3]
	*list = slices.Clone(*list)
	err := applyWide(&s, &e)
	return s, err
}

func applyWide(s *wide, e *timeline.Event[op]) error {
	list := &s.lists[e.Data.Value%3]
	name := names[e.Data.Value%len(names)]
	i, ok := slices.BinarySearchFunc(*list, name, func(n named, name string) int { return strings.Compare(n.name, name) })
	if !ok {
		*list = slices.Insert(*list, i, named{name: name})
	}
	(*list)[i].status = "made"
	return nil
}

var wideInPlace = archive.InPlace[wide, op]{
	Apply: applyWide,
	Copy: func(into, from *wide) {
		for i := range from.lists {
			into.lists[i] = append(into.lists[i][:0], from.lists[i]...)
		}
	},
}

var names = func() (all []string) {
	for i := range 70 {
		all = append(all, fmt.Sprint("name-", i))
	}
	return all
}()

func measureStats[S any](t *testing.T, name string, streams, events int, fold timeline.Fold[S, op], inPlace *archive.InPlace[S, op], linked bool) {
	t.Run(name, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		all := make([]timeline.Event[op], events)
		for i := range all {
			all[i] = timeline.Event[op]{Seq: int64(i), When: (day("1950-01-01") + edtf.Day(r.IntN(36500))).Date(), Data: op{Kind: "a", Value: r.IntN(1000)}}
			all[i].ID = uuid.UUID{byte(i >> 16), byte(i >> 8), byte(i), 7}
			if linked && i >= streams {
				all[i].After = []uuid.UUID{all[i-streams].ID}
				all[i].When = edtf.MustParse("[1950..2050]")
			}
		}
		keys := make([]string, streams)
		for i := range keys {
			keys[i] = fmt.Sprint("stream-", i)
		}
		before := heapBytes()
		a, err := archive.New(fold, nil)
		require.NoError(t, err)
		if inPlace != nil {
			require.NoError(t, a.FoldInPlace(*inPlace))
		}
		require.NoError(t, a.Load(func(yield func(string, timeline.Event[op]) bool) {
			for i := range all {
				if !yield(keys[i%streams], all[i]) {
					return
				}
			}
		}))
		loaded := heapBytes() - before
		s := a.Stats()
		t.Logf("%d bytes an event and %d a stream", loaded/int64(events), loaded/int64(streams))
		if linked { // 240 of them for the link
			assert.Less(t, loaded/int64(events), int64(350))
		}
		assert.InEpsilon(t, loaded, s.EventBytes, 0.15, "events")
		ask := func(how string) {
			for _, key := range keys {
				for i := range 60 {
					a.At(key, day("1950-01-01")+edtf.Day(i*600))
				}
			}
			states := heapBytes() - before
			s = a.Stats()
			t.Logf("%s: %d states, told %d kB of %d", how, s.States, (s.EventBytes+s.StateBytes)>>10, states>>10)
			assert.InEpsilon(t, states, s.EventBytes+s.StateBytes, 0.15, how)
		}
		ask("states")
		askAll := func() {
			for i := range 5 {
				for range a.All(day("1960-01-01") + edtf.Day(i*3000)) {
				}
				for range a.AllPending(day("1940-01-01")) { // the index is made, and nothing is in it yet
				}
			}
		}
		askAll()
		ask("all streams")
		for i := range streams / 2 {
			e := timeline.Event[op]{Seq: int64(events), When: day("1990-01-01").Date(), Data: op{Kind: "b", Value: i}}
			e.ID = uuid.UUID{1, byte(i >> 16), byte(i >> 8), byte(i)}
			require.NoError(t, a.Append(keys[i], e))
		}
		askAll() // which forgets what it had of the streams that have changed
		ask("late events")
		runtime.KeepAlive(all)
		runtime.KeepAlive(a)
		runtime.KeepAlive(keys)
	})
}

// What Stats says is what the heap says, within 15 %: for states that are small, or large,
// or of maps, that share much or nothing, in streams that are short and long.
func TestStatsAreTrue(t *testing.T) {
	race.SkipLong(t)
	foldMap := func(s map[string]int, e timeline.Event[op]) (map[string]int, error) {
		s = maps.Clone(s)
		if s == nil {
			s = map[string]int{}
		}
		s[names[e.Data.Value%len(names)]] = e.Data.Value
		return s, nil
	}
	for _, size := range [][2]int{{500, 50_000}, {10, 50_000}, {5000, 50_000}, {20_000, 20_000}} {
		n := fmt.Sprint(size)
		measureStats(t, "box "+n, size[0], size[1], foldBox, nil, false)
		measureStats(t, "wide "+n, size[0], size[1], foldWide, nil, false)
		measureStats(t, "wide in place "+n, size[0], size[1], foldWide, &wideInPlace, false)
		measureStats(t, "map "+n, size[0], size[1], foldMap, nil, false)
	}
	measureStats(t, "linked", 1000, 20_000, foldBox, nil, true)
}
