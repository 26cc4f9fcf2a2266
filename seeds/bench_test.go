package seeds_test

import (
	"slices"
	"testing"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// BenchmarkAsk asks the history of Leapmotor where it is most undecided: first
// on a timeline that was never asked, then on one that was.
func BenchmarkAsk(b *testing.B) {
	on := day("2024-11-15")
	all := func(events.Event) bool { return true }
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			_, _ = timeline.Ask(seeds.Leapmotor().Where(all), on, abroad)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			_, _ = timeline.Ask(seeds.Leapmotor(), on, abroad)
		}
	})
	b.Run("baseline=At", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = seeds.Leapmotor().At(on).State.StakeOf("Stellantis")
		}
	})
}

// Tracking a value, with the answers of every day from the first event to the
// last beside it, and with the part it is about named or not.
func BenchmarkTrack(b *testing.B) {
	history := seeds.Leapmotor()
	stake := events.StakeOf("Stellantis")
	anything := timeline.Value(func(c events.Company) events.Number { return c.StakeOf("Stellantis") })
	b.Run("baseline=daily", func(b *testing.B) {
		for b.Loop() {
			for on := day("2015-12-01"); on <= day("2025-10-31"); on++ {
				_, _ = timeline.Ask(history, on, stake)
			}
		}
	})
	for name, q := range map[string]timeline.Question[events.Company, events.Number]{"all": anything, "about": stake} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for range timeline.Track(history, q) {
				}
			}
		})
	}
}

// The difference between two days, with the encoding of their two states beside
// it, which any comparison needs.
func BenchmarkDiff(b *testing.B) {
	history := seeds.Leapmotor()
	from, to := day("2023-12-31"), day("2024-07-01")
	b.Run("baseline=encode", func(b *testing.B) {
		for b.Loop() {
			for _, on := range []edtf.Day{from, to} {
				if _, err := timeline.Document(history.At(on).State, on); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("diff", func(b *testing.B) {
		for b.Loop() {
			if _, err := history.Diff(timeline.On(from), timeline.On(to)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The questions that took longest, each on a history that was not asked before, so that
// nothing is kept. Before questions named their parts (f675360) they took 280 to 340 ms
// (First, Periods), 130 to 350 ms (as known), and 7 s (the track of all plans).
func BenchmarkQuestions(b *testing.B) {
	all := func(events.Event) bool { return true }
	fresh := func() *events.History { return seeds.Leapmotor().Where(all) }
	producing := events.Producing("Tychy", "T03")
	for name, ask := range map[string]func(){
		"first":            func() { fresh().First(producing) },
		"periods":          func() { _ = slices.Collect(fresh().Periods(producing)) },
		"as known":         func() { seeds.Leapmotor().KnownOn(day("2024-06-15")).Holds(day("2024-06-15"), producing) },
		"plan":             func() { _ = slices.Collect(timeline.Track(fresh(), events.StatusOfPlan("yearly-model"))) },
		"all plans":        func() { _ = slices.Collect(timeline.Track(fresh(), events.ValueAt("plans"))) },
		"why of all plans": func() { _, _ = timeline.Why(fresh(), day("2024-07-01"), events.ValueAt("plans")) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ask()
			}
		})
	}
}

// Loading the whole history, and the article's file beside it.
func BenchmarkLoad(b *testing.B) {
	for name, file := range map[string]string{"whole": "leapmotor.json", "baseline=article": "testdata/article.json"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := seeds.LoadFile(file); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
