package timeline_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// notes returns n events that each add a row to one table, a day apart.
func notes(n int) []timeline.Event[string] {
	events := make([]timeline.Event[string], n)
	for i := range events {
		name := fmt.Sprintf("note-%d", i)
		events[i] = timeline.Event[string]{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, Seq: int64(i),
			When: (day("1970-01-01") + edtf.Day(i)).Date(), Data: "what was noted",
		}
	}
	return events
}

func foldNote(t immutable.Table[string], e timeline.Event[string]) (immutable.Table[string], error) {
	return t.With(e.Name, e.Data), nil
}

// heldBy returns how many bytes make leaves on the heap.
func heldBy[T any](make func() T) (T, uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	made := make()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return made, after.HeapAlloc - before.HeapAlloc
}

// A history keeps some of its states only once they take much memory, and a
// table shares its rows, so that memory grows with the number of events.
func TestMemoryOfOneTable(t *testing.T) {
	held := func(n int) uint64 {
		line, bytes := heldBy(func() *timeline.Timeline[immutable.Table[string], string] {
			line, err := timeline.New(foldNote, notes(n)...)
			require.NoError(t, err)
			return line
		})
		for i := range edtf.Day(n) {
			if i%97 == 0 {
				require.Equal(t, int(i)+1, line.At(day("1970-01-01")+i).State.Len())
			}
		}
		return bytes
	}
	small, large := held(5000), held(20_000)
	assert.Less(t, large, uint64(30<<20))
	assert.Less(t, large, 6*small, "growth is linear")
}

// BenchmarkMemory says how much the states of a history take, beside those of one
// that copies a map for each event.
func BenchmarkMemory(b *testing.B) {
	for _, n := range []int{1000, 5000, 20_000} {
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			var bytes uint64
			for b.Loop() {
				line, held := heldBy(func() *timeline.Timeline[immutable.Table[string], string] {
					line, err := timeline.New(foldNote, notes(n)...)
					require.NoError(b, err)
					return line
				})
				bytes = held
				runtime.KeepAlive(line)
			}
			b.ReportMetric(float64(bytes)/float64(n), "B/event")
		})
	}
}
