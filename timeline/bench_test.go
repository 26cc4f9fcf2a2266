package timeline_test

import (
	"fmt"
	"testing"

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
