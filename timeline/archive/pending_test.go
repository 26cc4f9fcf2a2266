package archive_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// samePending fails unless an archive, and a view of it, have the undecided events that the
// timeline of the stream has, in its order.
func samePending(t require.TestingT, a *archive.Archive[box, op], key string, on, known edtf.Day) {
	line, ok := a.Timeline(key)
	got := a.Pending(key, on)
	if !ok {
		require.Zero(t, got)
		return
	}
	require.Equal(t, archive.Undecided[op]{Events: slices.Collect(line.Pending(on))}, got, "on %v", on)
	if all := maps.Collect(a.AllPending(on)); len(got.Events) > 0 {
		require.Equal(t, map[string]archive.Undecided[op]{key: got}, all)
	} else {
		require.Empty(t, all)
	}
	view := a.KnownOn(known)
	got = view.Pending(key, on)
	require.Equal(t, archive.Undecided[op]{Events: slices.Collect(line.KnownOn(known).Pending(on))}, got, "on %v, as known on %v", on, known)
	if found := maps.Collect(view.AllPending(on)); len(got.Events) > 0 {
		require.Equal(t, map[string]archive.Undecided[op]{key: got}, found)
	} else {
		require.Empty(t, found)
	}
}

func TestPendingLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newArchive(t, &archive.Options[box]{Sequenced: rapid.Bool().Draw(t, "sequenced")})
		for range 2 {
			if a.Append("s", drawHistory(t)...) != nil {
				return
			}
			for range 4 {
				on := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "on"))
				known := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "known"))
				samePending(t, a, "s", on, known)
			}
		}
	})
}

// In streams of some length, with all kinds of links, and after each append.
func TestPendingOfLongStreams(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		a := newArchive(t, &archive.Options[box]{Sequenced: seed%4 == 3})
		var there []timeline.Event[op]
		for n := range 60 {
			e := randomEvent(r, n, there, 300, 4)
			if a.Append("s", e) == nil {
				there = append(there, e)
			}
			if n%6 == 5 {
				on := day("2000-01-01") + edtf.Day(r.IntN(320))
				samePending(t, a, "s", on, on+edtf.Day(r.IntN(40)-20))
			}
		}
	}
}

// Events of one stream are pending, those of another are not.
func TestPending(t *testing.T) {
	a := newArchive(t, nil)
	plan := timeline.Event[op]{ID: uuid.UUID{1}, When: edtf.MustParse("2024-06"), Data: op{Kind: "a", Value: 1}, Cites: []timeline.Citation{{Source: "news"}}}
	one := timeline.Event[op]{ID: uuid.UUID{2}, When: edtf.MustParse("2024-05-02"), Rival: "r", Data: op{Kind: "a", Value: 2}}
	other := timeline.Event[op]{ID: uuid.UUID{3}, When: edtf.MustParse("2024-05-04"), Rival: "r", Data: op{Kind: "a", Value: 3}}
	require.NoError(t, a.Append("s", plan, one, other))
	require.NoError(t, a.Append("t", plan))
	pending := func(key, on string) (ids []byte) {
		for _, e := range a.Pending(key, day(on)).Events {
			ids = append(ids, e.ID[0])
		}
		return ids
	}
	assert.Empty(t, pending("s", "2024-05-01"))
	assert.Equal(t, []byte{2}, pending("s", "2024-05-02"))
	assert.Equal(t, []byte{2, 3}, pending("s", "2024-05-31"))
	assert.Equal(t, []byte{2, 3, 1}, pending("s", "2024-06-01"))
	assert.Equal(t, []byte{2, 3}, pending("s", "2024-06-30"), "the last day is not out")
	assert.Equal(t, []byte{1}, pending("t", "2024-06-29"))
	assert.Empty(t, pending("not there", "2024-06-29"))

	a.Pending("t", day("2024-06-29")).Events[0].Cites[0].Source = "changed"
	assert.Equal(t, "news", a.Pending("t", day("2024-06-29")).Events[0].Cites[0].Source)

	all := func(on string) (found string) {
		for key, u := range a.AllPending(day(on)) {
			found += fmt.Sprint(key, len(u.Events), " ")
		}
		return found
	}
	assert.Equal(t, "s2 ", all("2024-05-31"))
	assert.Equal(t, "s3 t1 ", all("2024-06-01"))
	assert.Empty(t, all("2024-05-01"))

	require.NoError(t, a.Append("s", timeline.Event[op]{ID: uuid.UUID{4}, When: edtf.MustParse("2024-06-02"), Replaces: []uuid.UUID{{3}}, Data: op{Kind: "a", Value: 4}}))
	assert.Equal(t, []byte{1}, pending("s", "2024-06-01"), "there are no rivals any more")
}

// All streams have what each has, in the order of the keys, however many they are.
func TestAllPending(t *testing.T) {
	for _, streams := range []int{1, 31, 32, 33, 100} {
		r := rand.New(rand.NewPCG(uint64(streams), 8))
		a := newArchive(t, nil)
		for n := range streams {
			var there []timeline.Event[op]
			for i := range 1 + r.IntN(20) {
				if e := randomEvent(r, i, there, 300, 4); a.Append(fmt.Sprint(n), e) == nil {
					there = append(there, e)
				}
			}
		}
		require.Equal(t, streams, a.Stats().Streams)
		for range 20 {
			on := day("2000-01-01") + edtf.Day(r.IntN(320))
			var keys, want []string
			for key := range a.Keys() {
				if u := a.Pending(key, on); len(u.Events) > 0 {
					keys, want = append(keys, key), append(want, fmt.Sprintf("%s %+v", key, u))
				}
			}
			var got []string
			for key, u := range a.AllPending(on) {
				got = append(got, fmt.Sprintf("%s %+v", key, u))
				_ = append(u.Events, timeline.Event[op]{Name: "is nobody else's"})
			}
			require.Equal(t, want, got, "%d streams on %v", streams, on)
			enough := r.IntN(len(keys) + 1)
			var some []string
			for key := range a.AllPending(on) {
				if some = append(some, key); len(some) > enough {
					break
				}
			}
			require.Equal(t, keys[:min(enough+1, len(keys))], some)
		}
	}
}
