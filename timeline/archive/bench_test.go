package archive_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/testbox"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// benchDays is how many days the events of the benchmarks are spread over.
const benchDays = 3650

// benchEvents returns so many events on random days, in the order of days.
func benchEvents(r *rand.Rand, n int) []timeline.Event[op] {
	events := make([]timeline.Event[op], n)
	for i := range events {
		var id uuid.UUID
		for j := range id {
			id[j] = byte(r.Uint32())
		}
		events[i] = timeline.Event[op]{
			ID: id, Seq: int64(i), When: (day("2000-01-01") + edtf.Day(i*benchDays/n)).Date(),
			Data: op{Kind: testbox.Kinds[i%3], Value: i},
		}
	}
	return events
}

func benchKeys(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("stream-%05d", i)
	}
	return keys
}

func benchArchive(b *testing.B, streams, events int) (*archive.Archive[box, op], []string) {
	b.Helper()
	r := rand.New(rand.NewPCG(5, 5))
	a, keys := newArchive(b, nil), benchKeys(streams)
	for _, key := range keys {
		if err := a.Append(key, benchEvents(r, events)...); err != nil {
			b.Fatal(err)
		}
	}
	for d := range edtf.Day(benchDays / 10) {
		for range a.All(day("2000-01-01") + d*10) {
		}
	}
	return a, keys
}

// BenchmarkArchiveAt asks for random streams on random days, in an archive of
// many streams and in one of a single long one. The baseline is a map of sorted
// slices, of which the right one is folded from the start.
func BenchmarkArchiveAt(b *testing.B) {
	for _, size := range []struct{ streams, events int }{{1000, 100}, {1, 100_000}} {
		name := fmt.Sprintf("streams=%d/events=%d", size.streams, size.events)
		a, keys := benchArchive(b, size.streams, size.events)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			r := rand.New(rand.NewPCG(6, 6))
			for b.Loop() {
				_ = a.At(keys[r.IntN(len(keys))], day("2000-01-01")+edtf.Day(r.IntN(benchDays))).State
			}
		})
		slow := map[string]replay{}
		r := rand.New(rand.NewPCG(5, 5))
		for _, key := range keys {
			slow[key] = benchEvents(r, size.events)
		}
		b.Run("baseline=replay/"+name, func(b *testing.B) {
			b.ReportAllocs()
			r := rand.New(rand.NewPCG(6, 6))
			for b.Loop() {
				slow[keys[r.IntN(len(keys))]].at(day("2000-01-01")+edtf.Day(r.IntN(benchDays)), edtf.DistantFuture)
			}
		})
		b.Run("limit=search/"+name, func(b *testing.B) {
			column := map[string][]edtf.Day{}
			for _, key := range keys {
				for _, e := range slow[key] {
					column[key] = append(column[key], e.When.Latest())
				}
			}
			r := rand.New(rand.NewPCG(6, 6))
			for b.Loop() {
				days, on := column[keys[r.IntN(len(keys))]], day("2000-01-01")+edtf.Day(r.IntN(benchDays))
				sort.Search(len(days), func(i int) bool { return days[i] > on })
			}
		})
	}
}

// BenchmarkArchiveLate adds an event on a random day of a stream, then asks for
// that day. The baseline inserts into a sorted slice and folds from the start.
func BenchmarkArchiveLate(b *testing.B) {
	for _, size := range []struct{ streams, events int }{{1000, 100}, {1, 100_000}} {
		name := fmt.Sprintf("streams=%d/events=%d", size.streams, size.events)
		b.Run(name, func(b *testing.B) {
			a, keys := benchArchive(b, size.streams, size.events)
			r := rand.New(rand.NewPCG(6, 6))
			for i := 0; b.Loop(); i++ {
				e := benchEvents(r, 1)[0]
				e.When, e.Seq = (day("2000-01-01") + edtf.Day(r.IntN(benchDays))).Date(), int64(size.events+i)
				key := keys[r.IntN(len(keys))]
				if err := a.Append(key, e); err != nil {
					b.Fatal(err)
				}
				a.At(key, e.When.Latest())
			}
		})
		b.Run("baseline=replay/"+name, func(b *testing.B) {
			slow := make([]replay, size.streams)
			r := rand.New(rand.NewPCG(5, 5))
			for i := range slow {
				slow[i] = benchEvents(r, size.events)
			}
			r = rand.New(rand.NewPCG(6, 6))
			for i := 0; b.Loop(); i++ {
				e := benchEvents(r, 1)[0]
				e.When, e.Seq = (day("2000-01-01") + edtf.Day(r.IntN(benchDays))).Date(), int64(size.events+i)
				n := r.IntN(size.streams)
				slow[n].add(e)
				slow[n].at(e.When.Latest(), edtf.DistantFuture)
			}
		})
	}
}

// BenchmarkArchiveLoad loads 100,000 events. The baseline appends them to a
// slice for each stream, and sorts those.
func BenchmarkArchiveLoad(b *testing.B) {
	const streams, n = 1000, 100_000
	events, keys := benchEvents(rand.New(rand.NewPCG(5, 5)), n), benchKeys(streams)
	b.Run("Load", func(b *testing.B) {
		for b.Loop() {
			err := newArchive(b, nil).Load(func(yield func(string, timeline.Event[op]) bool) {
				for i := range events {
					if !yield(keys[i%streams], events[i]) {
						return
					}
				}
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Append", func(b *testing.B) {
		for b.Loop() {
			a := newArchive(b, nil)
			for i := range events {
				if err := a.Append(keys[i%streams], events[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("baseline=slices", func(b *testing.B) {
		for b.Loop() {
			slow := map[string]replay{}
			for i := range events {
				slow[keys[i%streams]] = append(slow[keys[i%streams]], events[i])
			}
			for _, s := range slow {
				slices.SortFunc(s, func(a, b timeline.Event[op]) int {
					return cmp.Or(cmp.Compare(a.When.Latest(), b.When.Latest()), cmp.Compare(a.Seq, b.Seq))
				})
			}
		}
	})
}

// BenchmarkArchiveAll asks for all streams on random days. The baseline folds
// a sorted slice for each from the start.
func BenchmarkArchiveAll(b *testing.B) {
	const streams, events = 1000, 100
	a, keys := benchArchive(b, streams, events)
	b.Run("All", func(b *testing.B) {
		r := rand.New(rand.NewPCG(6, 6))
		for b.Loop() {
			sum := 0
			for _, s := range a.All(day("2000-01-01") + edtf.Day(r.IntN(benchDays))) {
				sum += s.State.A
			}
		}
	})
	b.Run("All and AllPending", func(b *testing.B) {
		r := rand.New(rand.NewPCG(6, 6))
		for b.Loop() {
			sum, on := 0, day("2000-01-01")+edtf.Day(r.IntN(benchDays))
			for _, s := range a.All(on) {
				sum += s.State.A
			}
			for _, u := range a.AllPending(on) {
				sum += len(u.Events)
			}
		}
	})
	r := rand.New(rand.NewPCG(5, 5))
	slow := make([]replay, len(keys))
	for i := range slow {
		slow[i] = benchEvents(r, events)
	}
	b.Run("baseline=replay", func(b *testing.B) {
		r := rand.New(rand.NewPCG(6, 6))
		for b.Loop() {
			sum, on := 0, day("2000-01-01")+edtf.Day(r.IntN(benchDays))
			for i := range slow {
				sum += slow[i].at(on, edtf.DistantFuture).A
			}
		}
	})
}

// BenchmarkLinkedOneByOne appends events that hang together one by one. A rival costs in
// proportion to how many there are. On f675360 2,000 rivals took 19 s, 2,000 events that
// come after one another 5 s, and 8,000 corrections of each other 68 s.
func BenchmarkLinkedOneByOne(b *testing.B) {
	for name, link := range map[string]func(e *timeline.Event[int], before uuid.UUID){
		"After":    func(e *timeline.Event[int], before uuid.UUID) { e.After = []uuid.UUID{before} },
		"Replaces": func(e *timeline.Event[int], before uuid.UUID) { e.Replaces = []uuid.UUID{before} },
		"Rival":    func(e *timeline.Event[int], _ uuid.UUID) { e.Rival = "r" },
	} {
		b.Run(name+"=2000", func(b *testing.B) {
			for b.Loop() {
				a, err := archive.New(countTicks, nil)
				require.NoError(b, err)
				require.NoError(b, a.Append("s", tick(0)))
				for n := 1; n < 2000; n++ {
					e := tick(n)
					link(&e, tick(n-1).ID)
					require.NoError(b, a.Append("s", e))
				}
			}
		})
	}
}

// Many records that nothing can decode cost a log that is read what they cost one by one.
func BenchmarkOpenUndecodable(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var log memlog.Log
			forms := stored(b, opEvent(1, "a", 1))
			for i := range n {
				forms[0].ID, forms[0].Data.Type = uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, i)), "of a newer program"
				_, err := log.Append(b.Context(), fmt.Sprint("s", i%1000), eventlog.AnyRevision, forms...)
				require.NoError(b, err)
			}
			for b.Loop() {
				require.Len(b, openBoxesAs(b, &log, nil).Parked(), n)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n*b.N), "ns/record")
		})
	}
}
