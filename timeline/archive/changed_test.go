package archive_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// Changed gives the streams in which an event counts on one day and not on the other, and
// no others, with the snapshots of both days.
func TestChangedLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newTwins(t, archive.Options[tray]{})
		for _, key := range []string{"a", "b", "c"} {
			_ = w.append(key, drawHistory(t)...) // or it has faults, and nothing is there
		}
		for range 4 {
			from := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "from"))
			to := day("2024-05-01") + edtf.Day(rapid.IntRange(-1, 8).Draw(t, "to"))
			for _, a := range []*archive.Archive[tray, op]{w.pure, w.inPlace} {
				changed := map[string]archive.Change[tray]{}
				for key, c := range a.Changed(from, to) {
					changed[key] = c
				}
				for key := range a.Keys() {
					before, after := w.pure.At(key, from), w.pure.At(key, to)
					c, ok := changed[key]
					if before.Err == nil && after.Err == nil { // else events after the refused one are not in the state
						require.Equal(t, !before.State.Equal(after.State), ok, "%s from %v to %v", key, from, to)
					}
					if ok {
						w.same(t, before, c.Before, "before")
						w.same(t, after, c.After, "after")
					}
				}
			}
		}
	})
}

// The states of the streams in which nothing has changed are not looked up.
func TestChangedFoldsOnlyWhatChanged(t *testing.T) {
	folded := 0
	fold := func(n int, _ timeline.Event[int]) (int, error) { folded++; return n + 1, nil }
	a, err := archive.New(fold, nil)
	require.NoError(t, err)
	for n := range 100 {
		require.NoError(t, a.Append(fmt.Sprint("s", n), tick(n), tick(n+1000)))
	}
	found := 0
	for key, c := range a.Changed(day("2000-01-01")+9, day("2000-01-01")+11) {
		found++
		assert.Contains(t, []string{"s10", "s11"}, key)
		assert.Equal(t, []int{0, 1}, []int{c.Before.State, c.After.State})
		assert.Equal(t, day("2000-01-01")+9, c.Before.On)
	}
	assert.Equal(t, 2, found)
	assert.Equal(t, 2, folded)
	for range a.Changed(day("2000-01-01"), day("2005-01-01")) {
		break
	}
	for range a.Changed(day("2000-01-01"), day("2000-01-01")) {
		t.Error("nothing has changed between a day and itself")
	}
}

// What is lacking on both days, or on neither, is no change; nor is a refusal.
func TestChangedOfWhatIsLacking(t *testing.T) {
	var log memlog.Log
	forms := stored(t, opEvent(1, "a", 1), opEvent(2, "close", 0), opEvent(3, "a", 1))
	for n, on := range []string{"2024-05-01", "2024-05-10", "2024-05-20"} {
		forms[n].When = day(on).Date()
	}
	forms[2].Data.Type = "of a newer program"
	_, err := log.Append(t.Context(), "s", 0, forms...)
	require.NoError(t, err)
	live := openBoxesAs(t, &log, nil)
	require.Error(t, live.At("s", day("2024-05-12")).Err, "the fold refuses it")
	changed := func(from, to string) bool {
		for range live.Changed(day(from), day(to)) {
			return true
		}
		return false
	}
	assert.True(t, changed("2024-05-01", "2024-05-12"))
	assert.False(t, changed("2024-05-12", "2024-05-13"), "refused and not lacking")
	assert.True(t, changed("2024-05-13", "2024-05-21"), "lacking")
	assert.False(t, changed("2024-05-21", "2024-05-22"), "lacking on both")
}
