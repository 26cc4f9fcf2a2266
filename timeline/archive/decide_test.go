package archive_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// Whoever decides by the state does so by that of the stream that their events come
// behind: of 8 that count at once none counts what another has counted.
func TestDecide(t *testing.T) {
	const deciders, each = 8, 25
	var log memlog.Log
	var group sync.WaitGroup
	for d := range deciders {
		live := openBoxes(t, &log) // each in a program of its own, which follows nobody
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range each {
				a, err := live.Decide(t.Context(), "s", func(now *timeline.Timeline[box, op]) ([]timeline.Event[op], error) {
					e := opEvent(1+d*each+n, "a", now.At(day("2024-05-01")).State.A+1)
					return []timeline.Event[op]{e}, nil
				})
				assert.NoError(t, err)
				assert.GreaterOrEqual(t, live.Position(), a.Position, "it has what it has written")
				assert.GreaterOrEqual(t, live.At("s", day("2024-05-01")).State.A, int(a.Revision))
			}
		}()
	}
	group.Wait()
	n := 0
	for r, err := range log.Read(t.Context(), "s", 0) {
		require.NoError(t, err)
		n++
		assert.JSONEq(t, fmt.Sprintf(`{"Kind":"a","Secret":false,"Value":%d}`, n), string(r.Event.Data.Data))
	}
	assert.Equal(t, deciders*each, n)
	live := openBoxes(t, &log)
	refused := errors.New("refused")
	for _, err := range []error{nil, refused} {
		a, got := live.Decide(t.Context(), "s", func(*timeline.Timeline[box, op]) ([]timeline.Event[op], error) { return nil, err })
		require.ErrorIs(t, got, err)
		assert.Zero(t, a)
	}
	end, _ := log.End(t.Context())
	assert.EqualValues(t, n, end)
	_, err := live.Decide(t.Context(), "new", func(now *timeline.Timeline[box, op]) ([]timeline.Event[op], error) {
		assert.Zero(t, now.Len())
		return []timeline.Event[op]{opEvent(1000, "a", 1)}, nil
	})
	require.NoError(t, err)
}

// The first events of a stream are decided by a timeline like that of all others.
func TestDecideOnANewStream(t *testing.T) {
	var log memlog.Log
	horizon := edtf.MustParse("2024-04")
	live := openBoxesAs(t, &log, &archive.Options[box]{
		Sequenced: true, Coverage: []timeline.Coverage{{Source: "a", Topics: []string{"b"}, Horizon: horizon}},
	})
	for range 2 {
		_, err := live.Decide(t.Context(), "s", func(line *timeline.Timeline[box, op]) ([]timeline.Event[op], error) {
			assert.Equal(t, horizon, line.Horizon())
			return []timeline.Event[op]{opEvent(line.Len()+1, "add", 1)}, nil
		})
		require.NoError(t, err)
	}
}

// Whoever appends to a log that was put back is told so, even if the log is shorter than what
// the archive has read; and from then on nothing is decided by what the archive has.
func TestAppendToALogThatWasPutBack(t *testing.T) {
	var log logtest.Rewindable
	for n := range 7 {
		_, err := log.Append(t.Context(), "s", int64(n), stored(t, opEvent(n+1, "add", 1))...)
		require.NoError(t, err)
	}
	live := openBoxes(t, &log)
	require.NoError(t, log.Rewind(t.Context(), 5))
	a, err := live.Append(t.Context(), "other", eventlog.AnyRevision, opEvent(100, "add", 1))
	require.ErrorIs(t, err, eventlog.ErrDiverged)
	require.EqualValues(t, 6, a.Position, "it is in the log, and not in the archive")
	_, err = live.Append(t.Context(), "other", eventlog.AnyRevision, opEvent(101, "add", 1))
	require.ErrorIs(t, err, eventlog.ErrDiverged)
	_, err = live.Decide(t.Context(), "other", func(*timeline.Timeline[box, op]) ([]timeline.Event[op], error) {
		return nil, errors.New("asked, though it does not know what the log holds")
	})
	require.ErrorIs(t, err, eventlog.ErrDiverged)
	end, err := log.End(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 6, end)
}

// An ID that is given twice in one call is a fault of the call, before the log is asked.
func TestAppendOfOneIDTwice(t *testing.T) {
	for _, there := range []int{0, 1, 20} { // IDs are found in different ways
		var log memlog.Log
		for n := range there {
			_, err := log.Append(t.Context(), "s", int64(n), stored(t, opEvent(n+1, "add", 1))...)
			require.NoError(t, err)
		}
		live := openBoxes(t, &log)
		_, err := live.Append(t.Context(), "s", eventlog.AnyRevision, opEvent(100, "add", 1), opEvent(100, "add", 2))
		var faults timeline.Faults
		require.ErrorAs(t, err, &faults)
		require.ErrorIs(t, err, timeline.ErrDuplicateID)
		require.ErrorContains(t, err, "which comes before it", "it is the archive that says so, not the log")
	}
}
