package archive_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func newArchive(t require.TestingT, options *archive.Options[box]) *archive.Archive[box, op] {
	a, err := archive.New(foldBox, options)
	require.NoError(t, err)
	return a
}

// sameSnapshot fails unless got is what the timeline of the same events says.
func sameSnapshot(t require.TestingT, want, got timeline.Snapshot[box], context string) {
	if want.State != got.State || fmt.Sprint(want.Err) != fmt.Sprint(got.Err) {
		t.Errorf("%s: on %v %+v (%v), want %+v (%v)", context, got.On, got.State, got.Err, want.State, want.Err)
		t.FailNow()
	}
}

// Dates that an event must not have are faults of an archive too, whatever else the event has.
func TestArchiveRefusesDates(t *testing.T) {
	many := "[2000-01-01"
	for n := range 1000 {
		many += fmt.Sprint(",", day("2000-01-03")+edtf.Day(2*n))
	}
	for _, text := range []string{"2018/2019", "{2018,2019}", "XXXX-12-XX", many + "]"} {
		for _, e := range []timeline.Event[op]{{When: edtf.MustParse(text)}, {When: edtf.MustParse("2018"), Known: edtf.MustParse(text)}} {
			e.ID, e.Data = uuid.UUID{1}, op{Kind: "a"}
			_, want := timeline.New(foldBox, e)
			require.Error(t, want)
			a := newArchive(t, nil)
			require.Equal(t, want, a.Append("s", e), text)
		}
	}
	a := newArchive(t, nil)
	require.NoError(t, a.Append("s", timeline.Event[op]{ID: uuid.UUID{1}, When: edtf.MustParse("156X-12-25"), Data: op{Kind: "a", Value: 1}}))
	require.Zero(t, a.At("s", day("1569-12-24")).State.A)
	require.Equal(t, 1, a.At("s", day("1569-12-25")).State.A)
	require.Len(t, a.Pending("s", day("1560-12-25")).Events, 1)
}

// An archive answers as the timeline of the stream's events does, whatever
// order the events arrive in.
func TestArchiveLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := newArchive(t, &archive.Options[box]{
			CacheBytes: rapid.SampledFrom([]int64{0, 0, -1, 1, 1000}).Draw(t, "keep"),
			Size:       rapid.SampledFrom([]func(box) int{nil, func(box) int { return 2000 }}).Draw(t, "size"),
			Sequenced:  rapid.Bool().Draw(t, "sequenced"),
		})
		events := drawHistory(t)
		var there []timeline.Event[op]
		for len(events) > 0 {
			// What an event names must be there, so only a batch that is closed can come.
			n := rapid.IntRange(1, len(events)).Draw(t, "batch")
			come := rapid.Permutation(events[:n]).Draw(t, "order")
			err := a.Append("s", come...)
			_, want := timeline.New(foldBox, append(slices.Clone(there), come...)...)
			var faults timeline.Faults
			require.Equal(t, assert.ErrorAs(quiet{}, want, &faults), err != nil, "%v, want %v", err, want)
			if err == nil {
				there, events = append(there, come...), events[n:]
			} else if n == len(events) {
				break
			}
			compareArchive(t, a, "s", there)
		}
	})
}

type quiet struct{}

func (quiet) Errorf(string, ...any) {}

func compareArchive(t *rapid.T, a *archive.Archive[box, op], key string, events []timeline.Event[op]) {
	line, ok := a.Timeline(key)
	if !ok {
		require.Empty(t, events)
		return
	}
	require.Equal(t, len(events), line.Len())
	for range 3 {
		on := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "on"))
		known := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "known"))
		sameSnapshot(t, line.At(on), a.At(key, on), "now"+show(events))
		got := a.KnownOn(known).At(key, on)
		sameSnapshot(t, line.KnownOn(known).At(on), got, fmt.Sprint("known on ", known, show(events)))
		then, ok := a.KnownOn(known).Timeline(key)
		require.True(t, ok)
		sameSnapshot(t, got, then.At(on), fmt.Sprint("the timeline known on ", known, show(events)))
		for key2, s := range a.All(on) {
			require.Equal(t, key, key2)
			sameSnapshot(t, line.At(on), s, "all")
		}
	}
}

// randomEvent returns an event that may have to do with those before it.
func randomEvent(r *rand.Rand, n int, before []timeline.Event[op], days, tied int) timeline.Event[op] {
	first := day("2000-01-01") + edtf.Day(r.IntN(days))
	e := timeline.Event[op]{ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n)), Seq: int64(n), When: first.Date()}
	if r.IntN(3) == 0 {
		e.When = edtf.MustParse(fmt.Sprintf("[%v..%v]", first, first+edtf.Day(r.IntN(days/20+1))))
	}
	switch r.IntN(3) {
	case 0:
		e.Known = (first + edtf.Day(r.IntN(days/10+1))).Date()
	case 1:
		e.Known = edtf.MustParse(fmt.Sprintf("[%v..%v]", first, first+edtf.Day(r.IntN(days/20+1))))
	}
	e.Data = op{Kind: []string{"a", "b", "add", "add"}[r.IntN(4)], Value: r.IntN(100)}
	if tied == 0 || len(before) == 0 || r.IntN(tied) > 0 {
		return e
	}
	other := before[r.IntN(len(before))]
	switch r.IntN(4) {
	case 0:
		e.After = []uuid.UUID{other.ID}
		e.Seq -= int64(r.IntN(20))
	case 1:
		e.Replaces = []uuid.UUID{other.ID}
		e.Retraction = r.IntN(3) == 0
	default:
		e.Rival = fmt.Sprint(r.IntN(3 + n/10))
		e.Rank = timeline.Rank(r.IntN(3) - 1)
	}
	return e
}

// Streams of some thousands of events, where the tree has several levels,
// with late events and events that have to do with each other.
func TestArchiveOfLongStreams(t *testing.T) {
	for _, row := range []struct {
		name         string
		events, days int
		tied         int // one in so many has to do with others; 0 none
		batch        int
		seldom       bool // compared only in the end
		lid          bool // there are events that the fold may refuse
		text         bool // every difference in order shows
		options      archive.Options[box]
	}{
		{name: "one by one", events: 2000, days: 2000, batch: 1},
		{name: "tied, one by one", events: 1500, days: 700, tied: 5, batch: 1},
		{name: "all on few days", events: 3000, days: 7, tied: 40, batch: 3},
		{name: "tied on few days", events: 300, days: 5, tied: 3, batch: 1, text: true},
		{name: "refused", events: 1500, days: 4000, tied: 50, batch: 2, lid: true},
		{name: "in batches", events: 8000, days: 3000, tied: 100, batch: 1000},
		{name: "small budget", events: 2000, days: 2000, tied: 50, batch: 5, options: archive.Options[box]{CacheBytes: 20_000}},
		{name: "large states", events: 2000, days: 2000, batch: 5, options: archive.Options[box]{Size: func(box) int { return 3000 }}},
		{name: "nothing kept", events: 500, days: 2000, tied: 20, batch: 5, options: archive.Options[box]{CacheBytes: -1}},
		{name: "deep", events: 24_000, days: 9000, batch: 100, seldom: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, uint64(row.events)))
			a := newArchive(t, &row.options)
			var there []timeline.Event[op]
			next := 0
			for len(there) < row.events {
				var come []timeline.Event[op]
				for range row.batch {
					come = append(come, randomEvent(r, next, there, row.days, row.tied))
					if row.text {
						come[0].Data.Kind = "text"
					}
					if row.lid && r.IntN(20) == 0 {
						come[len(come)-1].Data.Kind = []string{"open", "close"}[len(there)/20%2]
					}
					next++
				}
				if err := a.Append("s", come...); err != nil { // After may be impossible
					_, want := timeline.New(foldBox, append(slices.Clone(there), come...)...)
					require.ErrorIs(t, err, timeline.ErrEmptyWindow)
					require.ErrorIs(t, want, timeline.ErrEmptyWindow)
					continue
				}
				there = append(there, come...)
				on := day("2000-01-01") + edtf.Day(r.IntN(row.days+row.days/10))
				a.At("s", on)
				if len(there) < row.events && (row.seldom || r.IntN(1+len(there)*4/row.batch/40) > 0) {
					continue
				}
				line, err := timeline.New(foldBox, there...)
				if row.lid {
					line, _ = a.Timeline("s")
				} else {
					require.NoError(t, err)
				}
				for range 20 {
					on := day("2000-01-01") + edtf.Day(r.IntN(row.days+row.days/10))
					known := on + edtf.Day(r.IntN(row.days/10+1)-row.days/20)
					sameSnapshot(t, line.At(on), a.At("s", on), fmt.Sprint(len(there), " events"))
					sameSnapshot(t, line.KnownOn(known).At(on), a.KnownOn(known).At("s", on), fmt.Sprint(len(there), " events as known on ", known))
				}
			}
		})
	}
}

// replay is what an archive is for a stream of events that have nothing to do
// with each other: a sorted slice, folded from the start.
type replay []timeline.Event[op]

func (p *replay) add(e timeline.Event[op]) {
	i, _ := slices.BinarySearchFunc(*p, e, func(a, b timeline.Event[op]) int {
		return cmp.Or(cmp.Compare(a.When.Latest(), b.When.Latest()), cmp.Compare(a.Seq, b.Seq))
	})
	*p = slices.Insert(*p, i, e)
}

func (p replay) at(on, known edtf.Day) box {
	var b box
	for _, e := range p {
		if e.When.Latest() > on {
			break
		}
		by := e.Known
		if by.IsZero() {
			by = e.When
		}
		if by.Latest() <= known {
			b, _ = foldBox(b, e)
		}
	}
	return b
}

// Whatever is asked between any two events, what is kept of it does not spoil
// what comes later.
func TestArchiveAskedAfterEachEvent(t *testing.T) {
	race.SkipLong(t)
	for _, days := range []int{30, 400, 3000} {
		r := rand.New(rand.NewPCG(2, uint64(days)))
		a := newArchive(t, nil)
		var slow replay
		for n := range 1500 {
			e := randomEvent(r, n, nil, days, 0)
			if n%3 > 0 { // mostly at the end
				e.When = (day("2000-01-01") + edtf.Day(n*days/1500)).Date()
			}
			require.NoError(t, a.Append("s", e))
			slow.add(e)
			for range 4 {
				on := day("2000-01-01") + edtf.Day(r.IntN(n+1)*days/1500+r.IntN(3))
				known := on + edtf.Day(r.IntN(days/10+1)-days/20)
				require.Equal(t, slow.at(on, edtf.DistantFuture), a.At("s", on).State, "after %d events on %v", n+1, on)
				for _, all := range a.All(on) {
					require.Equal(t, slow.at(on, edtf.DistantFuture), all.State, "all after %d events on %v", n+1, on)
				}
				require.Equal(t, slow.at(on, known), a.KnownOn(known).At("s", on).State, "after %d events on %v known on %v", n+1, on, known)
			}
		}
	}
}

// Readers see of each Append all or nothing, and of what they saw before
// nothing is lost, while writers add to the same streams.
func TestArchiveConcurrently(t *testing.T) {
	const writers, rounds = 2, 300
	for _, keep := range []int64{0, 20_000} {
		a := newArchive(t, &archive.Options[box]{CacheBytes: keep})
		var writing, reading sync.WaitGroup
		done := make(chan struct{})
		for w := range writers {
			writing.Add(1)
			go func() {
				defer writing.Done()
				r := rand.New(rand.NewPCG(3, uint64(w)))
				for n := range rounds {
					// The same number twice, on the last day and on one before it.
					late := (day("2000-01-01") + edtf.Day(r.IntN(n+1))).Date()
					x := r.IntN(1000)
					events := []timeline.Event[op]{
						{ID: uuid.New(), Seq: int64(n), When: (day("2000-01-01") + edtf.Day(n)).Date(), Data: op{Kind: "add", Value: x}},
						{ID: uuid.New(), Seq: int64(n), When: late, Data: op{Kind: "add", Value: -x}},
					}
					assert.NoError(t, a.Append(fmt.Sprint("s", r.IntN(2)), events...))
				}
			}()
		}
		for g := range 2 {
			reading.Add(1)
			go func() {
				defer reading.Done()
				r := rand.New(rand.NewPCG(4, uint64(g)))
				for stop := false; !stop; {
					select {
					case <-done:
						stop = true
					default:
					}
					key := fmt.Sprint("s", r.IntN(2))
					assert.Zero(t, a.At(key, day("2000-01-01")+rounds).State.A, "half of an append")
					a.At(key, day("2000-01-01")+edtf.Day(r.IntN(rounds)))
					a.KnownOn(day("2000-01-01")+edtf.Day(r.IntN(rounds))).At(key, day("2000-01-01")+rounds)
					for _, s := range a.All(day("2000-01-01") + rounds) {
						assert.Zero(t, s.State.A)
					}
				}
			}()
		}
		writing.Wait()
		close(done)
		reading.Wait()
		assert.Equal(t, 2*writers*rounds, a.Stats().Events)
		for key := range a.Keys() {
			line, _ := a.Timeline(key)
			for n := range rounds {
				on := day("2000-01-01") + edtf.Day(n)
				require.Equal(t, line.At(on).State, a.At(key, on).State)
			}
		}
	}
}

// Readers that fold the same states at once do not get into each other's way.
func TestArchiveFoldedByManyAtOnce(t *testing.T) {
	for range 50 {
		a := newArchive(t, nil)
		require.NoError(t, a.Append("s", manyEvents(100)...))
		var readers sync.WaitGroup
		start := make(chan struct{})
		for range 4 {
			readers.Add(1)
			go func() {
				defer readers.Done()
				<-start
				for n := range 100 {
					assert.Equal(t, n*(n+1)/2, a.At("s", day("2000-01-01")+edtf.Day(n)).State.A)
				}
			}()
		}
		close(start)
		readers.Wait()
	}
}

// All streams on a day are what each of them is, however often other days were
// asked for and events came in between.
func TestArchiveAll(t *testing.T) {
	for _, keep := range []int64{0, 50_000} {
		r := rand.New(rand.NewPCG(7, uint64(keep)))
		a := newArchive(t, &archive.Options[box]{CacheBytes: keep})
		n := 0
		for range 400 {
			if r.IntN(3) == 0 {
				for range r.IntN(8) {
					key := fmt.Sprint("s", r.IntN(n/8+1))
					require.NoError(t, a.Append(key, randomEvent(r, n, nil, 300, 0)))
					n++
				}
			}
			on := day("2000-01-01") + edtf.Day(r.IntN(330))
			known := on + edtf.Day(r.IntN(40)-20)
			for key, s := range a.All(on) {
				sameSnapshot(t, a.At(key, on), s, key)
				if r.IntN(200) == 0 {
					break
				}
			}
			for key, s := range a.KnownOn(known).All(on) {
				sameSnapshot(t, a.KnownOn(known).At(key, on), s, key)
			}
		}
	}
}

// What is promised about allocations.
func TestArchiveAllocations(t *testing.T) {
	a := newArchive(t, nil)
	for s := range 10 {
		require.NoError(t, a.Append(fmt.Sprint(s), manyEvents(300)...))
	}
	first, n := day("2000-01-01"), 0
	for d := range edtf.Day(300) { // folds everything
		for range a.All(first + d) {
		}
	}
	next := func() edtf.Day {
		n += 7919
		return first + edtf.Day(n%300)
	}
	view := a.KnownOn(first + 1000)
	assert.Zero(t, testing.AllocsPerRun(100, func() { a.At("3", next()) }), "At")
	assert.Zero(t, testing.AllocsPerRun(100, func() { view.At("3", next()) }), "At as known on a day, with nothing unknown")
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		for range a.All(next()) {
		}
	}), 3., "All of ten streams")
	line, _ := a.Timeline("3")
	asked := timeline.Value(func(b box) int { return b.A })
	_, err := timeline.Ask(line, first, asked)
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = line.At(next()).State }), "Timeline.At")
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = timeline.Ask(line, next(), asked) }), 1., "Ask with nothing undecided")
	e := manyEvents(400)[300:]
	assert.LessOrEqual(t, testing.AllocsPerRun(90, func() {
		if err := a.Append("3", e[0]); err != nil {
			t.Error(err)
		}
		e = e[1:]
	}), 16., "Append of one event")
}
