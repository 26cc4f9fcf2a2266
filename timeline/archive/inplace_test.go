package archive_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/foldtest"
)

// A tray is a box and what was put into it, in the order in which it was: a state that
// shows every event, and behind pointers.
type tray struct {
	box  box
	came []uuid.UUID
	sums map[string]int // of the values, by kind
}

func (s tray) Equal(o tray) bool {
	return s.box == o.box && slices.Equal(s.came, o.came) && maps.Equal(s.sums, o.sums)
}

func foldTray(s tray, e timeline.Event[op]) (tray, error) {
	next := tray{box: s.box, came: slices.Clone(s.came), sums: maps.Clone(s.sums)}
	err := applyTray(&next, &e)
	return next, err
}

func applyTray(s *tray, e *timeline.Event[op]) error {
	next, err := foldBox(s.box, *e)
	if err != nil {
		return err
	}
	s.box, s.came = next, append(s.came, e.ID)
	if s.sums == nil {
		s.sums = map[string]int{}
	}
	s.sums[e.Data.Kind+e.Name+e.Rival+e.Known.String()] += e.Data.Value + len(e.After) + 10*len(e.Replaces)
	return nil
}

func copyTray(into, from *tray) {
	into.box, into.came = from.box, append(into.came[:0], from.came...)
	if into.sums == nil {
		into.sums = make(map[string]int, len(from.sums))
	}
	clear(into.sums)
	maps.Copy(into.sums, from.sums)
}

var inPlace = archive.InPlace[tray, op]{Apply: applyTray, Copy: copyTray}

// twins are an archive that folds in place and one that does not, with the same events.
type twins struct {
	pure, inPlace *archive.Archive[tray, op]
	reader        *archive.Reader[tray, op]
}

func newTwins(t require.TestingT, options archive.Options[tray]) *twins {
	w := &twins{}
	for _, a := range []**archive.Archive[tray, op]{&w.pure, &w.inPlace} {
		var err error
		*a, err = archive.New(foldTray, &options)
		require.NoError(t, err)
	}
	require.NoError(t, w.inPlace.FoldInPlace(inPlace))
	w.reader = w.inPlace.Reader()
	return w
}

func (w *twins) append(key string, events ...timeline.Event[op]) error {
	err := w.pure.Append(key, events...)
	if other := w.inPlace.Append(key, events...); fmt.Sprint(err) != fmt.Sprint(other) {
		return fmt.Errorf("%v, and in place %v", err, other)
	}
	return err
}

// same fails unless both snapshots say the same.
func (w *twins) same(t require.TestingT, want, got timeline.Snapshot[tray], how string) {
	if want.On != got.On || want.KnownOn != got.KnownOn || fmt.Sprint(want.Err) != fmt.Sprint(got.Err) || !want.State.Equal(got.State) {
		t.Errorf("%s: %+v, want %+v", how, got, want)
		t.FailNow()
	}
}

// compare asks both for a day as known on another, in every way.
func (w *twins) compare(t require.TestingT, key string, on, known edtf.Day) {
	want := w.pure.At(key, on)
	own := w.inPlace.At(key, on)
	w.same(t, want, own, "At")
	own.State.came = append(own.State.came[:0], uuid.UUID{1}) // it is the caller's
	clear(own.State.sums)
	w.same(t, want, *w.reader.At(key, on), "a Reader's At")
	then := w.pure.KnownOn(known).At(key, on)
	w.same(t, then, w.inPlace.KnownOn(known).At(key, on), "as known")
	w.same(t, then, *w.inPlace.KnownOn(known).Reader().At(key, on), "as known, with a Reader")
	w.same(t, then, *w.reader.AtKnown(key, on, known), "AtKnown")
	w.same(t, then, *w.inPlace.KnownOn(known).Reader().AtKnown(key, on, known+1), "AtKnown of a View")
}

// compareAll asks both for all streams.
func (w *twins) compareAll(t require.TestingT, on, known edtf.Day) {
	check := func(how string, want, got map[string]timeline.Snapshot[tray]) {
		require.Len(t, got, len(want), how)
		for key := range want {
			w.same(t, want[key], got[key], how)
		}
	}
	now, asKnown := map[string]timeline.Snapshot[tray]{}, map[string]timeline.Snapshot[tray]{}
	for key, s := range w.pure.All(on) {
		now[key], asKnown[key] = s, w.pure.KnownOn(known).At(key, on)
	}
	all := map[string]timeline.Snapshot[tray]{}
	for key, s := range w.inPlace.All(on) {
		all[key] = s
	}
	check("All", now, all)
	check("a Reader's All", now, collected(w.reader, on))
	check("a Reader's All as known", asKnown, collected(w.inPlace.KnownOn(known).Reader(), on))
	check("a Reader's All without a fold in place", now, collected(w.pure.Reader(), on))
	w.compareAllOn(t, on, known)
}

// compareAllOn asks both for all streams on several days, ascending and not.
func (w *twins) compareAllOn(t require.TestingT, on, known edtf.Day) {
	days := []edtf.Day{on - 40, on, on, on + 3, on + 900, on - 7}
	for how, r := range map[string]*archive.Reader[tray, op]{
		"in place": w.reader, "not in place": w.pure.Reader(), "as known": w.inPlace.KnownOn(known).Reader(),
	} {
		n := 0
		for range w.pure.Keys() {
			n += len(days)
		}
		for key, s := range r.AllOn(days...) {
			n--
			want := w.pure.At(key, s.On)
			if how == "as known" {
				want = w.pure.KnownOn(known).At(key, s.On)
			}
			w.same(t, want, *s, "AllOn "+how)
		}
		require.Zero(t, n, how)
	}
	var order []string
	for key, s := range w.pure.Reader().AllOn(days...) {
		order = append(order, fmt.Sprint(key, s.On))
		if len(order) == len(days) {
			break
		}
	}
	for key := range w.pure.Keys() { // the first stream on all days
		for i, day := range days {
			require.Equal(t, fmt.Sprint(key, day), order[i])
		}
		break
	}
}

func collected(r *archive.Reader[tray, op], on edtf.Day) map[string]timeline.Snapshot[tray] {
	all := map[string]timeline.Snapshot[tray]{}
	for key, s := range r.All(on) {
		var kept tray
		copyTray(&kept, &s.State)
		all[key] = timeline.Snapshot[tray]{On: s.On, KnownOn: s.KnownOn, Err: s.Err, State: kept}
	}
	return all
}

// An archive that folds in place answers as one that does not, in all ways in which it can
// be asked, on days in any order, and whatever comes late.
func TestInPlaceLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newTwins(t, archive.Options[tray]{
			CacheBytes: rapid.SampledFrom([]int64{0, 0, -1, 1, 1000}).Draw(t, "keep"),
			Sequenced:  rapid.Bool().Draw(t, "sequenced"),
		})
		events := drawHistory(t)
		for len(events) > 0 {
			n := rapid.IntRange(1, len(events)).Draw(t, "batch")
			if err := w.append("s", events[:n]...); err == nil {
				events = events[n:]
			} else if n == len(events) {
				break
			}
			for range 3 {
				on := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "on"))
				known := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "known"))
				w.compare(t, "s", on, known)
				w.compareAll(t, on, known)
			}
		}
	})
}

// Streams of some thousands of events, with late events, events that have to do with each
// other, and events that the fold refuses.
func TestInPlaceOfLongStreams(t *testing.T) {
	race.SkipLong(t)
	for name, options := range map[string]archive.Options[tray]{
		"all kept": {}, "small budget": {CacheBytes: 100_000}, "nothing kept": {CacheBytes: -1}, "large": {Size: func(tray) int { return 20_000 }},
	} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, uint64(len(name))))
			w := newTwins(t, options)
			const days = 900
			there := map[string][]timeline.Event[op]{}
			asked := edtf.Day(0)
			for n := range 1200 {
				key := []string{"short", "long", "long", "long"}[r.IntN(4)]
				e := randomEvent(r, n, there[key], days, 40)
				if r.IntN(100) == 0 {
					e.Data.Kind = []string{"open", "close"}[n/20%2]
				}
				if err := w.append(key, e); err != nil {
					require.ErrorIs(t, err, timeline.ErrEmptyWindow) // After may be impossible
					continue
				}
				there[key] = append(there[key], e)
				if n%25 != 0 {
					continue
				}
				for range 8 {
					if asked += edtf.Day(r.IntN(60)); asked > days || r.IntN(20) == 0 {
						asked = edtf.Day(r.IntN(days))
					}
					on := day("2000-01-01") + asked
					w.compare(t, key, on, on+edtf.Day(r.IntN(200)-100))
					w.compareAll(t, on, on+edtf.Day(r.IntN(200)-100))
				}
			}
		})
	}
}

func TestFoldInPlaceNeedsBoth(t *testing.T) {
	w := newTwins(t, archive.Options[tray]{})
	for _, f := range []archive.InPlace[tray, op]{{}, {Apply: applyTray}, {Copy: copyTray}} {
		require.ErrorIs(t, w.inPlace.FoldInPlace(f), timeline.ErrNoFold)
	}
}

// It may be set when there are states already, and a live archive takes it too.
func TestFoldInPlaceLater(t *testing.T) {
	w := newTwins(t, archive.Options[tray]{})
	r := rand.New(rand.NewPCG(5, 5))
	for n := range 300 {
		require.NoError(t, w.append("s", randomEvent(r, n, nil, 300, 0)))
	}
	later, err := archive.New(foldTray, nil)
	require.NoError(t, err)
	timelineOf, _ := w.pure.Timeline("s")
	for e := range timelineOf.Events() {
		require.NoError(t, later.Append("s", e))
	}
	var readers []*archive.Reader[tray, op] // each has a state that is kept, perhaps
	for n := range edtf.Day(300) {
		readers = append(readers, later.Reader())
		readers[n].At("s", day("2000-01-01")+n)
		collected(readers[n], day("2000-01-01")+n)
	}
	reader := later.Reader()
	shared := later.At("s", day("2000-12-01"))
	before := slices.Clone(shared.State.came)
	require.NoError(t, later.FoldInPlace(inPlace))
	for _, r := range readers {
		r.At("s", day("2000-01-20"))
		collected(r, day("2000-01-20"))
	}
	for n := range edtf.Day(400) {
		on := day("2000-01-01") + n
		w.same(t, w.pure.At("s", on), *reader.At("s", on), "later")
	}
	assert.Equal(t, before, shared.State.came, "what was handed out before does not change")
}

// foldtest finds a fold in place that is not the other.
func TestCheckInPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var events []timeline.Event[op]
	for n := range 30 {
		events = append(events, randomEvent(r, n, nil, 300, 0))
	}
	events[7].Data.Kind, events[9].Data.Kind = "open", "open" // the latter is refused
	require.NoError(t, foldtest.CheckInPlace(foldTray, applyTray, copyTray, events...))
	for want, f := range map[string]archive.InPlace[tray, op]{
		"is another": {Copy: copyTray, Apply: func(s *tray, e *timeline.Event[op]) error {
			err := applyTray(s, e)
			s.box.A++
			return err
		}},
		"shares something": {Apply: applyTray, Copy: func(into, from *tray) { *into = *from }},
		"in memory that was used": {Apply: applyTray, Copy: func(into, from *tray) {
			into.box, into.came = from.box, append(into.came[:0], from.came...)
			if into.sums == nil {
				into.sums = map[string]int{}
			}
			maps.Copy(into.sums, from.sums) // what was there stays
		}},
		"changes what it was made of": {Apply: applyTray, Copy: func(into, from *tray) {
			came := from.came
			copyTray(into, from)
			into.came = came // to which both append
		}},
		"is not equal": {Apply: applyTray, Copy: func(into, from *tray) {
			copyTray(into, from)
			into.box = box{}
		}},
		"although it refuses": {Copy: copyTray, Apply: func(s *tray, e *timeline.Event[op]) error {
			err := applyTray(s, e)
			if err != nil {
				s.came = nil
			}
			return err
		}},
		"refuses": {Copy: copyTray, Apply: func(s *tray, e *timeline.Event[op]) error {
			if e.ID == events[4].ID {
				return errors.New("no")
			}
			return applyTray(s, e)
		}},
	} {
		assert.ErrorContains(t, foldtest.CheckInPlace(foldTray, f.Apply, f.Copy, events...), want)
	}
}
