package archive_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Reader allocates nothing once its memory is large enough; without a fold in place
// neither does it if the states are kept.
func TestReaderAllocatesNothing(t *testing.T) {
	for _, how := range []string{"in place", "kept"} {
		a, err := archive.New(foldWide, &archive.Options[wide]{Size: func(wide) int { return 100 }})
		require.NoError(t, err)
		r := rand.New(rand.NewPCG(3, 3))
		for n := range 3000 {
			require.NoError(t, a.Append(fmt.Sprint("s", n%10), randomEvent(r, n, nil, 3000, 0)))
		}
		if how == "in place" {
			require.NoError(t, a.FoldInPlace(wideInPlace))
		}
		reader := a.Reader()
		ask := func() {
			for on := day("2000-01-01"); on < day("2008-04-01"); on += 30 {
				reader.At("s3", on)
			}
		}
		all := func() {
			for on := day("2000-01-01"); on < day("2008-04-01"); on += 30 {
				for range reader.All(on) {
				}
			}
		}
		var days []edtf.Day
		for on := day("2000-01-01"); on < day("2008-04-01"); on += 30 {
			days = append(days, on)
		}
		allOn := func() {
			for range reader.AllOn(days...) {
			}
		}
		ask()
		all()
		allOn()
		assert.LessOrEqual(t, testing.AllocsPerRun(3, allOn), 3., "%s: a closure for AllOn", how)
		assert.Zero(t, testing.AllocsPerRun(3, ask), how)
		assert.LessOrEqual(t, testing.AllocsPerRun(3, all), 3.*101, "%s: a closure for each All", how)
	}
}

// A fold that panics leaves no Reader with half of what it did.
func TestReaderAfterAPanic(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		broken := false
		apply := func(n *int, e *timeline.Event[int]) error {
			*n += e.Data
			if broken {
				panic("broken")
			}
			return nil
		}
		fold := func(n int, e timeline.Event[int]) (int, error) { err := apply(&n, &e); return n, err }
		a, err := archive.New(fold, &archive.Options[int]{CacheBytes: -1})
		require.NoError(t, err)
		if inPlace {
			require.NoError(t, a.FoldInPlace(archive.InPlace[int, int]{Apply: apply, Copy: func(into, from *int) { *into = *from }}))
		}
		require.NoError(t, a.Append("s", ticks(0, 20)...))
		reader := a.Reader()
		sum := func(on edtf.Day) (sum int) {
			for _, s := range reader.All(on) {
				sum += s.State
			}
			return sum
		}
		first := day("2000-01-01")
		require.Equal(t, 1+2+3, sum(first+3))
		broken = true
		for _, on := range []edtf.Day{first + 5, first + 1} {
			require.Panics(t, func() { sum(on) })
		}
		broken = false
		require.Equal(t, 1+2+3+4+5, sum(first+5))
		require.Equal(t, 1, sum(first+1))
	}
}

// AllOn shows a stream on all days as it was at one moment, whatever is appended meanwhile,
// and in views too.
func TestAllOnShowsOneMoment(t *testing.T) {
	for _, known := range []edtf.Day{edtf.DistantFuture, day("2030-01-01")} {
		a, err := archive.New(func(n int, _ timeline.Event[int]) (int, error) { return n + 1, nil }, nil)
		require.NoError(t, err)
		require.NoError(t, a.Append("s", tick(1)))
		on, more := day("2020-01-01"), 2
		var seen []int
		for _, s := range a.KnownOn(known).Reader().AllOn(on, on+1, on+2) {
			seen = append(seen, s.State)
			require.NoError(t, a.Append("s", tick(more)))
			more++
		}
		assert.Equal(t, []int{1, 1, 1}, seen)
	}
}
