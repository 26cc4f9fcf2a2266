package timeline_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// BenchmarkAt asks for the state on changing days. The baseline is what a
// program without this package does: a sorted slice, folded from the start.
func BenchmarkAt(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		events := manyEvents(n)
		line := newBox(b, events...)
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_ = line.At(day("2000-01-01") + edtf.Day(i*7919%n)).State
			}
		})
		b.Run(fmt.Sprintf("baseline=replay/events=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				on, state := day("2000-01-01")+edtf.Day(i*7919%n), box{}
				for _, e := range events {
					if e.When.Latest() > on {
						break
					}
					state, _ = foldBox(state, e)
				}
			}
		})
		b.Run(fmt.Sprintf("Ask/events=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				ask(line, day("2000-01-01")+edtf.Day(i*7919%n), aOf)
			}
		})
	}
}

// BenchmarkNew makes a timeline, and adds one late event to it.
func BenchmarkNew(b *testing.B) {
	events := manyEvents(10_000)
	b.Run("New", func(b *testing.B) {
		for b.Loop() {
			newBox(b, events...)
		}
	})
	line := newBox(b, events[1:]...)
	b.Run("With", func(b *testing.B) {
		for b.Loop() {
			if _, err := line.With(events[0]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkLongTimeline adds late events one by one to a hundred thousand, in the middle of
// them, and asks a view for the first time in which a hundredth is not known yet.
func BenchmarkLongTimeline(b *testing.B) {
	const n = 100_000
	count := func(s int, e timeline.Event[int]) (int, error) { return s + e.Data, nil }
	events := make([]timeline.Event[int], n+1000)
	for i := range events {
		on := i
		if i >= n { // late
			on = n / 2
		}
		events[i] = timeline.Event[int]{ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, i)), Seq: int64(i), When: (day("1900-01-01") + edtf.Day(on/3)).Date(), Data: 1}
	}
	end := events[n-1].When.Latest()
	for name, create := range map[string]func(timeline.Fold[int, int], ...timeline.Event[int]) (*timeline.Timeline[int, int], error){
		"New": timeline.New[int, int], "NewLenient": timeline.NewLenient[int, int],
	} {
		line, err := create(count, events[:n]...)
		require.NoError(b, err)
		require.Equal(b, n, line.At(end).State)
		b.Run(name+"/With", func(b *testing.B) {
			more := line
			for i := 0; b.Loop(); i++ {
				if more, err = more.With(events[n+i%1000]); i%1000 == 999 || err != nil {
					more = line
				}
			}
		})
		b.Run(name+"/With a hundred", func(b *testing.B) {
			for b.Loop() {
				if _, err := line.With(events[n : n+100]...); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/KnownOn", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				_ = line.KnownOn(end - edtf.Day(n/300+i%50)).At(end).State
			}
		})
	}
}
