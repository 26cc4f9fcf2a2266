package archive_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Behind an event that the fold refuses, in later leaves too, every view says so.
func TestKnownBehindARefusal(t *testing.T) {
	errFive := errors.New("five")
	fold := func(n int, e timeline.Event[int]) (int, error) {
		if e.Data == 5 {
			return 0, errFive
		}
		return n + 1, nil
	}
	a, err := archive.New(fold, nil)
	require.NoError(t, err)
	require.NoError(t, a.Append("s", ticks(0, 400)...))
	line, _ := a.Timeline("s")
	a.At("s", day("2001-02-01"))
	for known := day("2000-01-01"); known < day("2001-02-10"); known++ {
		want, got := line.KnownOn(known).At(known+50), a.KnownOn(known).At("s", known+50)
		require.Equal(t, fmt.Sprint(want.State, want.Err), fmt.Sprint(got.State, got.Err), "known on %v", known)
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
