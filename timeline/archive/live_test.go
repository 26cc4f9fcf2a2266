package archive_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
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
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

var opCodec = codec.New(nil, codec.Type[op]{Name: "op", Version: 1})

func openBoxes(t require.TestingT, log eventlog.Log) *archive.Live[box, op] {
	return openBoxesAs(t, log, &archive.Options[box]{Lenient: true})
}

func openBoxesAs(t require.TestingT, log eventlog.Log, options *archive.Options[box]) *archive.Live[box, op] {
	boxes, err := archive.New(foldBox, options)
	require.NoError(t, err)
	live, err := boxes.Open(context.Background(), log, opCodec)
	require.NoError(t, err)
	return live
}

// openLazily opens a log that is read when it is asked for.
func openLazily(t require.TestingT, log eventlog.Lister, options *archive.Options[box]) *archive.Live[box, op] {
	boxes, err := archive.New(foldBox, options)
	require.NoError(t, err)
	live, err := boxes.OpenLazily(context.Background(), log, opCodec)
	require.NoError(t, err)
	return live
}

// withEvents returns the keys of the streams that have events, and not only records that
// cannot be used.
func withEvents(live *archive.Live[box, op]) (keys []string) {
	for key := range live.Keys() {
		if line, ok := live.Timeline(key); ok && line.Len() > 0 {
			keys = append(keys, key)
		}
	}
	return keys
}

// stored returns events as a log takes them.
func stored(t require.TestingT, events ...timeline.Event[op]) []timeline.Event[eventlog.Stored] {
	forms, err := eventlog.Encode(opCodec, events...)
	require.NoError(t, err)
	return forms
}

// logged returns the events of a stream as a log has them.
func logged(t require.TestingT, log eventlog.Log, stream string) (events []timeline.Event[op]) {
	for r, err := range log.Read(context.Background(), stream, 0) {
		require.NoError(t, err)
		e, err := eventlog.Decode(opCodec, r)
		require.NoError(t, err)
		events = append(events, e)
	}
	return events
}

// An archive that follows a log, whenever it looks, is the archive of what the
// log holds. Events come in any order, even before those they name.
func TestLiveArchiveLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log memlog.Log
		live, lazy := openBoxes(t, &log), (*archive.Live[box, op])(nil)
		events := slices.DeleteFunc(rapid.Permutation(drawHistory(t)).Draw(t, "order"), func(e timeline.Event[op]) bool {
			return len(eventlog.CheckStored(&stored(t, e)[0])) > 0 // no log takes it
		})
		streams := []string{"s"}
		if rapid.Bool().Draw(t, "two streams") {
			streams = append(streams, "other")
		}
		for len(events) > 0 {
			n := rapid.IntRange(1, len(events)).Draw(t, "batch")
			_, err := log.Append(context.Background(), rapid.SampledFrom(streams).Draw(t, "stream"), eventlog.AnyRevision, stored(t, events[:n]...)...)
			require.NoError(t, err)
			events = events[n:]
			if rapid.Bool().Draw(t, "look") {
				require.NoError(t, live.CatchUp(context.Background()))
			}
			switch {
			case lazy == nil && rapid.Bool().Draw(t, "open lazily"):
				lazy = openLazily(t, &log, &archive.Options[box]{Lenient: true})
			case lazy != nil && rapid.Bool().Draw(t, "look lazily"):
				require.NoError(t, lazy.CatchUp(context.Background()))
				if rapid.Bool().Draw(t, "and ask") {
					lazy.At("s", day("2024-05-04"))
				}
			}
		}
		require.NoError(t, live.CatchUp(context.Background()))
		lag, err := live.Lag(context.Background())
		require.NoError(t, err)
		require.Zero(t, lag)
		again := openBoxes(t, &log)
		if lazy != nil {
			require.NoError(t, lazy.CatchUp(context.Background()))
			require.Equal(t, live.Cursor(), lazy.Cursor())
			if rapid.Bool().Draw(t, "ask one first") {
				lazy.At("other", day("2024-05-04"))
			}
			for range lazy.All(day("2024-05-04")) {
			}
			require.Equal(t, again.Parked(), lazy.Parked())
			require.ElementsMatch(t, slices.Collect(again.Keys()), withEvents(lazy))
		} else {
			lazy = again
		}
		require.Equal(t, again.Parked(), live.Parked())
		for _, stream := range streams {
			require.EqualValues(t, len(logged(t, &log, stream)), live.Revision(stream))
			require.Equal(t, live.Revision(stream), again.Revision(stream))
			require.Equal(t, live.Revision(stream), lazy.Revision(stream))
		}
		for _, live := range []*archive.Live[box, op]{live, again, lazy} {
			for _, stream := range streams {
				compareLive(t, live, stream, logged(t, &log, stream))
			}
		}
	})
}

// compareLive compares a stream with the timeline of its events. If they have
// faults, what is not parked must be all right, and nothing more can be
// parked than there is.
func compareLive(t *rapid.T, live *archive.Live[box, op], stream string, events []timeline.Event[op]) {
	parked := map[string]bool{}
	for _, h := range live.Parked() {
		if h.Stream == stream {
			parked[h.Name] = true
			require.Error(t, h.Err)
		}
	}
	_, err := timeline.New(foldBox, events...)
	var faults timeline.Faults
	if !errors.As(err, &faults) {
		require.Empty(t, parked)
	} else {
		require.NotEmpty(t, parked)
	}
	var there []timeline.Event[op]
	for _, e := range events {
		if !parked[e.Label()] {
			there = append(there, e)
		}
	}
	line, ok := live.Timeline(stream)
	if !ok {
		require.Empty(t, there)
		return
	}
	require.Equal(t, len(there), line.Len())
	want := newArchive(t, nil)
	require.NoError(t, want.Append("s", there...))
	for on := day("2024-04-30"); on < day("2024-05-10"); on++ {
		sameSnapshot(t, want.At("s", on), live.At(stream, on), "live")
	}
	on := day("2024-05-04")
	sameSnapshot(t, want.KnownOn(on).At("s", on), live.KnownOn(on).At(stream, on), "live, as known")
}

func opEvent(n int, kind string, value int) timeline.Event[op] {
	return timeline.Event[op]{ID: id(n), When: day("2024-05-01").Date(), Data: op{Kind: kind, Value: value}}
}

func TestLiveArchiveFollows(t *testing.T) {
	var log memlog.Log
	a, err := log.Append(t.Context(), "s", 0, stored(t, opEvent(1, "a", 1))...)
	require.NoError(t, err)
	live := openBoxes(t, &log)
	assert.Equal(t, a.Position, live.Position())
	ctx, stop := context.WithCancel(t.Context())
	followed := make(chan error)
	go func() { followed <- live.Follow(ctx) }()

	for n := 2; n < 100; n++ { // reads what it writes
		a, err := live.Append(ctx, "s", int64(n-1), opEvent(n, "a", n))
		require.NoError(t, err)
		require.NoError(t, live.Wait(ctx, a.Position))
		require.Equal(t, n, live.At("s", day("2024-05-01")).State.A)
	}
	assert.EqualValues(t, 99, live.Revision("s"))
	assert.Zero(t, live.Revision("none"))
	again, err := live.Append(ctx, "s", 0, opEvent(1, "a", 1))
	require.NoError(t, err, "the same again")
	assert.Equal(t, a, again)
	_, err = live.Append(ctx, "s", 0, opEvent(100, "a", 0))
	require.ErrorIs(t, err, eventlog.ErrConflict)

	stop()
	require.ErrorIs(t, <-followed, context.Canceled)
	require.ErrorIs(t, live.Wait(ctx, 1000), context.Canceled)
	_, err = log.Append(t.Context(), "t", 0, stored(t, opEvent(101, "a", 7), opEvent(102, "a", 8))...)
	require.NoError(t, err)
	lag, err := live.Lag(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 2, lag)
	require.NoError(t, live.CatchUp(t.Context()))
	assert.Equal(t, 8, live.At("t", day("2024-05-01")).State.A)
	var keys []string
	for key := range live.Keys() {
		keys = append(keys, key)
	}
	assert.Equal(t, []string{"s", "t"}, keys)
	for key, s := range live.All(day("2024-05-01")) {
		assert.Equal(t, live.At(key, day("2024-05-01")).State, s.State)
	}
	assert.Equal(t, 101, live.Stats().Events)
}

// Several may take in the same records at once: each gets in once.
func TestLiveArchiveCaughtUpByMany(t *testing.T) {
	var log memlog.Log
	live := openBoxes(t, &log)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var group sync.WaitGroup
	for i := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for ctx.Err() == nil {
				if i%2 == 0 {
					_ = live.Follow(ctx)
				} else {
					_ = live.CatchUp(ctx)
				}
			}
		}()
	}
	for n := range 2000 {
		e := opEvent(0, "add", 1)
		e.ID = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n))
		a, err := log.Append(ctx, "s", int64(n), stored(t, e)...)
		require.NoError(t, err)
		if n%100 == 0 {
			require.NoError(t, live.Wait(ctx, a.Position))
			require.Equal(t, n+1, live.At("s", day("2024-05-01")).State.A)
		}
	}
	require.NoError(t, live.Wait(ctx, 2000))
	stop()
	group.Wait()
	assert.Empty(t, live.Parked())
	assert.Equal(t, 2000, live.At("s", day("2024-05-01")).State.A)
}

// What cannot be used is parked and reported, and stops nothing.
func TestLiveArchiveParks(t *testing.T) {
	var log memlog.Log
	after := opEvent(2, "a", 2)
	after.After = []uuid.UUID{id(3)}
	strange := stored(t, opEvent(9, "a", 9))
	strange[0].Data.Type = "strange"
	appendTo := func(stream string, events ...timeline.Event[eventlog.Stored]) {
		t.Helper()
		_, err := log.Append(t.Context(), stream, eventlog.AnyRevision, events...)
		require.NoError(t, err)
	}
	appendTo("s", stored(t, opEvent(1, "a", 1), after)...)
	appendTo("s", strange...)
	early := openBoxes(t, &log)
	parkedIn := func(live *archive.Live[box, op]) (list []string) {
		for _, h := range live.Parked() {
			list = append(list, h.Error())
		}
		return list
	}
	missing := `eventlog: 00000000-0000-0000-0000-000000000002 at position 2, revision 2 of stream "s": After names an event that is not there: 00000000-0000-0000-0000-000000000003`
	unknown := `eventlog: 00000000-0000-0000-0000-000000000009 at position 3, revision 3 of stream "s": codec: unknown type: strange v1`
	assert.Equal(t, []string{missing, unknown}, parkedIn(early))
	assert.Equal(t, 1, early.At("s", day("2024-05-01")).State.A)

	// The one that it waits for comes to another stream first, where it does
	// not count, and it has an ID of its own there.
	appendTo("t", stored(t, opEvent(4, "a", 4))...)
	require.NoError(t, early.CatchUp(t.Context()))
	assert.Equal(t, []string{missing, unknown}, parkedIn(early))
	appendTo("s", stored(t, opEvent(3, "a", 3))...)
	require.NoError(t, early.CatchUp(t.Context()))
	for _, live := range []*archive.Live[box, op]{early, openBoxes(t, &log)} {
		assert.Equal(t, []string{unknown}, parkedIn(live))
		assert.Equal(t, 2, live.At("s", day("2024-05-01")).State.A, "after the one that came later")
	}

	// Appended through the archive, such an event does not get into the log.
	end, err := log.End(t.Context())
	require.NoError(t, err)
	lost := opEvent(5, "a", 5)
	lost.After = []uuid.UUID{id(77)}
	_, err = early.Append(t.Context(), "s", eventlog.AnyRevision, lost)
	require.ErrorIs(t, err, timeline.ErrUnknown)
	_, err = early.Append(t.Context(), "new", eventlog.AnyRevision, lost)
	require.ErrorIs(t, err, timeline.ErrUnknown)
	now, err := log.End(t.Context())
	require.NoError(t, err)
	assert.Equal(t, end, now)
	first := opEvent(6, "a", 6)
	lost.After = []uuid.UUID{id(6)}
	_, err = early.Append(t.Context(), "new", eventlog.AnyRevision, lost, first)
	require.NoError(t, err, "they name each other")
}

// What comes in later may hang together, while something else waits for ever.
func TestLiveArchiveTakesInWhatHangsTogether(t *testing.T) {
	lost, a, b := opEvent(1, "a", 1), opEvent(2, "a", 2), opEvent(3, "b", 3)
	lost.After = []uuid.UUID{id(77)}
	a.After, b.Replaces = []uuid.UUID{id(3)}, []uuid.UUID{id(2)}
	var log memlog.Log
	live := openBoxes(t, &log)
	for _, e := range []timeline.Event[op]{lost, a, b} {
		_, err := log.Append(t.Context(), "s", eventlog.AnyRevision, stored(t, e)...)
		require.NoError(t, err)
		require.NoError(t, live.CatchUp(t.Context()))
	}
	for _, live := range []*archive.Live[box, op]{live, openBoxes(t, &log)} {
		assert.Len(t, live.Parked(), 1)
		assert.Equal(t, box{B: 3}, live.At("s", day("2024-05-01")).State)
	}
}

// failing is a log that breaks off after some records, so many times.
type failing struct {
	eventlog.Log
	times int
}

var errBroken = errors.New("the line is broken")

func (l *failing) breaks(in iter.Seq2[eventlog.Record, error]) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		n := 0
		for r, err := range in {
			if n++; l.times > 0 && n == 4 {
				l.times--
				yield(eventlog.Record{}, errBroken)
				return
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (l *failing) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return l.breaks(l.Log.ReadAll(ctx, after))
}

func (l *failing) Follow(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return l.breaks(l.Log.Follow(ctx, after))
}

func TestLiveArchiveOfAFailingLog(t *testing.T) {
	log := &failing{Log: &memlog.Log{}, times: 1}
	for n := range 20 {
		_, err := log.Append(t.Context(), "s", int64(n), stored(t, opEvent(n+1, "add", 1))...)
		require.NoError(t, err)
	}
	boxes, err := archive.New(foldBox, nil)
	require.NoError(t, err)
	_, err = boxes.Open(t.Context(), log, opCodec)
	require.ErrorIs(t, err, errBroken)
	require.NoError(t, boxes.Append("t", opEvent(1, "add", 1)))
	_, err = boxes.Open(t.Context(), log, opCodec)
	require.ErrorIs(t, err, archive.ErrNotEmpty)

	live := openBoxes(t, log)
	for n := range 20 {
		_, err := log.Append(t.Context(), "s", int64(20+n), stored(t, opEvent(n+21, "add", 1))...)
		require.NoError(t, err)
	}
	log.times = 5
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for broken := range 5 {
		require.ErrorIs(t, live.Follow(ctx), errBroken)
		assert.Equal(t, 20+2*(broken+1), live.At("s", day("2024-05-01")).State.A, "it goes on where it was")
	}
	go func() { _ = live.Follow(ctx) }()
	require.NoError(t, live.Wait(ctx, 40))
	assert.Equal(t, 40, live.At("s", day("2024-05-01")).State.A)
}

// An archive of a log that was put back says so, waits for nothing, and stays what it is.
func TestLiveArchiveOfALogThatWasPutBack(t *testing.T) {
	for _, again := range []int{0, 2, 9} {
		var log logtest.Rewindable
		add := func(stream string, n int) {
			_, err := log.Append(t.Context(), stream, eventlog.AnyRevision, stored(t, opEvent(n, "add", 1))...)
			require.NoError(t, err)
		}
		for n := range 6 {
			add("s", n+1)
		}
		live := openBoxes(t, &log)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		following := make(chan error, 1)
		go func() { following <- live.Follow(ctx) }()
		add("s", 7)
		require.NoError(t, live.Wait(t.Context(), 7))
		require.NoError(t, log.Rewind(t.Context(), 5))
		for n := range again {
			add("other", 100+n)
		}
		for n := again; n == 2; n++ { // as long as before, with other records: seen with the next
			add("other", 100+n)
		}
		require.ErrorIs(t, <-following, eventlog.ErrDiverged)
		require.ErrorIs(t, live.Err(), eventlog.ErrDiverged)
		_, err := live.Lag(t.Context())
		require.ErrorIs(t, err, eventlog.ErrDiverged)
		require.ErrorIs(t, live.Wait(t.Context(), 60), eventlog.ErrDiverged)
		require.ErrorIs(t, live.CatchUp(t.Context()), eventlog.ErrDiverged)
		assert.Equal(t, 7, live.At("s", day("2024-05-01")).State.A, "it is that of the log that it has read")
		assert.Zero(t, live.At("other", day("2024-05-01")).State.A, "and of that alone")
	}
}

// What is noticed by its length alone is noticed without a loop.
func TestLagOfALogThatWasPutBack(t *testing.T) {
	var log logtest.Rewindable
	for n := range 6 {
		_, err := log.Append(t.Context(), "s", int64(n), stored(t, opEvent(n+1, "add", 1))...)
		require.NoError(t, err)
	}
	live := openBoxes(t, &log)
	require.NoError(t, log.Rewind(t.Context(), 3))
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	waits := make(chan error, 1)
	go func() { waits <- live.Wait(ctx, 9) }()
	_, err := live.Lag(t.Context())
	require.ErrorIs(t, err, eventlog.ErrDiverged)
	require.ErrorIs(t, <-waits, eventlog.ErrDiverged)
}

// What a record says that cannot be used is missing from the states of its stream, and they
// say so, from its day on and as known from the day on which it became known: in an
// archive that has followed it and in one that has loaded it.
func TestLackingIsSaid(t *testing.T) {
	var log memlog.Log
	events := []timeline.Event[op]{opEvent(1, "a", 1), opEvent(2, "a", 2), opEvent(3, "b", 1)}
	for n, on := range []string{"2024-05-01", "2024-05-10", "2024-05-20"} {
		events[n].When, events[n].Known = day(on).Date(), day(on).Date()
	}
	forms := stored(t, events...)
	forms[1].Data.Type, forms[1].When = "of a newer program", edtf.MustParse("[2024-05-08..2024-05-12]")
	forms[1].Known = day("2024-05-15").Date()
	followed := openBoxesAs(t, &log, nil)
	lenient := openBoxes(t, &log)
	_, err := log.Append(t.Context(), "s", 0, forms...)
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "other", 0, stored(t, opEvent(4, "a", 1))...)
	require.NoError(t, err)
	require.NoError(t, followed.CatchUp(t.Context()))
	require.NoError(t, lenient.CatchUp(t.Context()))
	for live, refused := range map[*archive.Live[box, op]]bool{followed: true, lenient: false} {
		asked := false
		_, err := live.Decide(t.Context(), "s", func(*timeline.Timeline[box, op]) ([]timeline.Event[op], error) {
			asked = true
			return nil, nil
		})
		var lacking *timeline.LackingError
		require.Equal(t, refused, errors.As(err, &lacking))
		require.Equal(t, !refused, asked, "nothing is decided by what is not all there")
	}
	is, one := timeline.Value(func(b box) bool { return b.A == 2 }), timeline.Value(func(b box) bool { return b.A == 1 })
	for name, live := range map[string]*archive.Live[box, op]{"followed": followed, "loaded": openBoxesAs(t, &log, nil), "lenient": lenient} {
		said := func(err error) bool {
			var lacking *timeline.LackingError
			if errors.As(err, &lacking) {
				require.ErrorContains(t, err, "an event of [2024-05-08..2024-05-12] is lacking")
				require.ErrorContains(t, err, "position 2")
				return true
			}
			require.NoError(t, err)
			return false
		}
		for on := day("2024-05-06"); on < day("2024-05-25"); on++ {
			want := name != "lenient" && on >= day("2024-05-08")
			require.Equal(t, want, said(live.At("s", on).Err), "%s on %v", name, on)
			require.NoError(t, live.At("other", on).Err)
			for key, s := range live.All(on) {
				require.Equal(t, want && key == "s", said(s.Err), "%s, all on %v", name, on)
			}
			for key, s := range live.Reader().AllOn(on) {
				require.Equal(t, want && key == "s", said(s.Err), "%s, of a Reader on %v", name, on)
			}
			require.Equal(t, want, said(live.Pending("s", on).Err), "%s, pending on %v", name, on)
			lacks := false
			for key, u := range live.AllPending(on) {
				lacks = lacks || key == "s" && said(u.Err)
			}
			require.Equal(t, want, lacks, "%s, all pending on %v", name, on)
			line, ok := live.Timeline("s")
			require.True(t, ok)
			require.Equal(t, want, said(line.At(on).Err))
			holds := line.Holds(on, is)
			require.Equal(t, want, said(holds.Err))
			if want {
				require.Equal(t, edtf.Possible, holds.Truth, "nothing is certain")
			}
			for known := day("2024-05-13"); known < day("2024-05-18"); known++ {
				want := want && known >= day("2024-05-15")
				view := live.KnownOn(known)
				require.Equal(t, want, said(view.At("s", on).Err), "%s on %v as known on %v", name, on, known)
				for key, s := range view.All(on) {
					require.Equal(t, want && key == "s", said(s.Err))
				}
				line, _ := view.Timeline("s")
				require.Equal(t, want, said(line.At(on).Err))
			}
			require.Equal(t, want, said(line.Ever(day("2024-05-01"), on, is).Err))
			require.Equal(t, want, said(line.Always(day("2024-05-01"), on, one).Err))
			require.Equal(t, !want, line.Always(day("2024-05-01"), on, one).Truth == edtf.Certain)
			require.NoError(t, line.Always(day("2024-05-01"), on, is).Err, "it was not so before")
		}
	}
}

// A stream of which no record can be used is there, and says what it lacks: it is not one
// that nobody has ever heard of.
func TestNothingUsable(t *testing.T) {
	var log memlog.Log
	forms := stored(t, opEvent(1, "a", 1), opEvent(2, "a", 2))
	for n := range forms {
		forms[n].Data.Type = "of a newer program"
	}
	_, err := log.Append(t.Context(), "s", 0, forms...)
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "other", 0, stored(t, opEvent(3, "a", 1))...)
	require.NoError(t, err)
	on, known := day("2024-05-02"), day("9000-01-01") // by which the log has recorded it
	for name, live := range map[string]*archive.Live[box, op]{"read": openBoxesAs(t, &log, nil), "lazy": openLazily(t, &log, nil)} {
		past, err := live.AsOf(3)
		require.NoError(t, err)
		before, err := live.AsOf(0)
		require.NoError(t, err)
		_, ok := before.Timeline("s")
		require.False(t, ok)
		for _, line := range []func(string) (*timeline.Timeline[box, op], bool){live.Timeline, live.KnownOn(known).Timeline, past.Timeline} {
			got, ok := line("s")
			require.True(t, ok, name)
			require.Error(t, got.At(on).Err)
			_, ok = line("none")
			require.False(t, ok)
		}
		for _, all := range []iter.Seq2[string, timeline.Snapshot[box]]{live.All(on), live.KnownOn(known).All(on), past.All(on)} {
			said := map[string]bool{}
			for key, s := range all {
				said[key] = s.Err != nil
			}
			require.Equal(t, map[string]bool{"s": true, "other": false}, said, name)
		}
		for _, keys := range []iter.Seq[string]{live.Keys(), live.KnownOn(known).Keys(), past.Keys()} {
			require.ElementsMatch(t, []string{"s", "other"}, slices.Collect(keys))
		}
	}
}

// What would go into the archive alone, and into no log, is refused.
func TestArchiveOnALogTakesEventsFromThere(t *testing.T) {
	for _, lazily := range []bool{false, true} {
		for _, empty := range []bool{false, true} {
			log := &memlog.Log{}
			if !empty {
				_, err := log.Append(t.Context(), "s", 0, stored(t, opEvent(1, "add", 1))...)
				require.NoError(t, err)
			}
			boxes, err := archive.New(foldBox, nil)
			require.NoError(t, err)
			require.NoError(t, boxes.Append("s"))
			if lazily {
				_, err = boxes.OpenLazily(t.Context(), log, opCodec)
			} else {
				_, err = boxes.Open(t.Context(), log, opCodec)
			}
			require.NoError(t, err)
			require.ErrorIs(t, boxes.Append("s", opEvent(2, "add", 1)), archive.ErrOnLog)
			require.ErrorIs(t, boxes.Load(func(func(string, timeline.Event[op]) bool) {}), archive.ErrOnLog)
		}
	}
}
