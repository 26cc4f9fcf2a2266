package timeline_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// hostile are histories of numbers with more worlds, or more to do for them, than
// anybody can wait for.
var hostile = map[string]func(t require.TestingT) *timeline.Timeline[int, int]{
	"200 of a month":  func(t require.TestingT) *timeline.Timeline[int, int] { return sumOf(t, 200, nil) },
	"5000 of a month": func(t require.TestingT) *timeline.Timeline[int, int] { return sumOf(t, 5000, nil) },
	"a chain of 1600": func(t require.TestingT) *timeline.Timeline[int, int] {
		return sumOf(t, 1600, func(n int, e *timeline.Event[int]) {
			if n > 0 {
				e.After = []uuid.UUID{numbered(n - 1)}
			}
		})
	},
	"5000 rivals": func(t require.TestingT) *timeline.Timeline[int, int] {
		return sumOf(t, 5000, func(n int, e *timeline.Event[int]) { e.Rival, e.Data = "x", n })
	},
	"100 sets of days": func(t require.TestingT) *timeline.Timeline[int, int] {
		return sumOf(t, 100, func(n int, e *timeline.Event[int]) { e.When = everyOtherDay(1000, n) })
	},
	"1000 corrections": func(t require.TestingT) *timeline.Timeline[int, int] {
		return sumOf(t, 2000, func(n int, e *timeline.Event[int]) {
			if n >= 1000 {
				e.Replaces, e.Data = []uuid.UUID{numbered(n - 1000)}, 0
			}
		})
	},
}

func numbered(n int) uuid.UUID { return uuid.UUID{1, 14: byte(n >> 8), 15: byte(n)} }

// sumOf returns a history of so many events of one month, each of which adds 1.
func sumOf(t require.TestingT, n int, change func(n int, e *timeline.Event[int])) *timeline.Timeline[int, int] {
	events := make([]timeline.Event[int], n)
	for i := range events {
		events[i] = timeline.Event[int]{ID: numbered(i), Seq: int64(i), When: date("2015-03"), Data: 1}
		if change != nil {
			change(i, &events[i])
		}
	}
	line, err := timeline.New(func(s int, e timeline.Event[int]) (int, error) { return s + e.Data, nil }, events...)
	require.NoError(t, err)
	return line
}

// everyOtherDay returns a set of so many days that do not follow each other.
func everyOtherDay(n, first int) edtf.Date {
	text := "["
	for i := range n {
		if i > 0 {
			text += ","
		}
		text += (day("1990-01-01") + edtf.Day(first+2*i)).String()
	}
	return edtf.MustParse(text + "]")
}

// everything asks every question of a history. The last of what is returned is why
// it was incomplete, if any answer was.
var everything = map[string]func(line *timeline.Timeline[int, int]) error{
	"Ask": func(line *timeline.Timeline[int, int]) error {
		return must(timeline.Ask(line, day("2015-03-15"), number)).Incomplete
	},
	"Why": func(line *timeline.Timeline[int, int]) error {
		var incomplete error
		for _, r := range must(timeline.Why(line, day("2015-04-01"), number)) {
			incomplete = r.Incomplete
		}
		return incomplete
	},
	"WhyNot": func(line *timeline.Timeline[int, int]) error {
		return line.WhyNot(day("2015-03-15"), timeline.Is(number, -1)).Incomplete
	},
	"Track": func(line *timeline.Timeline[int, int]) error {
		var incomplete error
		for c := range timeline.Track(line, number) {
			if c.Incomplete != nil {
				incomplete = c.Incomplete
			}
		}
		return incomplete
	},
	"Periods": func(line *timeline.Timeline[int, int]) error {
		var incomplete error
		for p := range line.Periods(timeline.Is(number, 1)) {
			if p.Incomplete != nil {
				incomplete = p.Incomplete
			}
		}
		return incomplete
	},
	"First": func(line *timeline.Timeline[int, int]) error {
		_, v := line.First(timeline.Is(number, 7))
		return v.Incomplete
	},
	"Ever": func(line *timeline.Timeline[int, int]) error {
		return line.Ever(day("2015-03-02"), day("2015-03-20"), timeline.Is(number, 7)).Incomplete
	},
	"Claims": func(line *timeline.Timeline[int, int]) error {
		_, err := timeline.Claims(line, day("2015-03-15"), number)
		return err
	},
	"Diff": func(line *timeline.Timeline[int, int]) error {
		_, err := line.Diff(timeline.On(day("2015-03-10")), timeline.On(day("2015-03-20")))
		return err
	},
}

var number = timeline.Value(func(n int) int { return n })

// Every question ends, and says so if it ended early. The time it takes is measured
// by the benchmark of the same name.
func TestEveryQuestionEnds(t *testing.T) {
	for _, name := range []string{"5000 of a month", "a chain of 1600", "5000 rivals"} {
		line := hostile[name](t)
		for verb, ask := range everything {
			incomplete := ask(line.WithEffort(10_000))
			if verb != "Diff" && name == "5000 of a month" && verb != "Claims" {
				var limit *timeline.LimitError
				require.ErrorAs(t, incomplete, &limit, "%s: %s", name, verb)
			}
		}
	}
}

func BenchmarkEveryQuestionEnds(b *testing.B) {
	for _, name := range slices.Sorted(keys(hostile)) {
		line := hostile[name](b)
		for _, verb := range slices.Sorted(keys(everything)) {
			b.Run(fmt.Sprint(name, "/", verb), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_ = everything[verb](line.Where(func(timeline.Event[int]) bool { return true }))
				}
			})
		}
	}
}

// A context ends a question, and the answer says why.
func TestContextEndsQuestions(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	line := hostile["200 of a month"](t).WithContext(ctx)
	cancel()
	for _, verb := range []string{"Ask", "Track", "Periods", "First", "Ever", "WhyNot"} {
		assert.ErrorIs(t, everything[verb](line), context.Canceled, verb)
	}
	whole := hostile["200 of a month"](t)
	before := must(timeline.Ask(whole, day("2015-03-15"), number))
	must(timeline.Ask(whole.WithContext(ctx), day("2015-03-15"), number))
	must(timeline.Ask(whole.WithEffort(100), day("2015-03-15"), number))
	assert.Equal(t, before, must(timeline.Ask(whole, day("2015-03-15"), number)), "what ended early is not kept")
}

// More events do not make questions endless again.
func TestContextStaysWithMoreEvents(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	line := hostile["200 of a month"](t).WithContext(ctx)
	for _, view := range []*timeline.Timeline[int, int]{line, line.KnownOn(day("2020-01-01"))} {
		more, err := view.With(timeline.Event[int]{ID: uuid.UUID{9}, When: date("2016"), Data: 1})
		require.NoError(t, err)
		assert.ErrorIs(t, everything["Track"](more), context.Canceled)
	}
}
