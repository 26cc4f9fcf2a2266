package archive_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
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
