package seeds_test

import (
	"testing"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// BenchmarkAsk asks the history of Leapmotor where it is most undecided: first
// on a timeline that was never asked, then on one that was.
func BenchmarkAsk(b *testing.B) {
	on := day("2024-11-15")
	all := func(events.Event) bool { return true }
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			timeline.Ask(seeds.Leapmotor().Where(all), on, abroad)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			timeline.Ask(seeds.Leapmotor(), on, abroad)
		}
	})
	b.Run("baseline=At", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = seeds.Leapmotor().At(on).State.StakeOf("Stellantis")
		}
	})
}
