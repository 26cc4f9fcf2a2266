package timeline_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func plainEvent() timeline.Event[string] {
	return timeline.Event[string]{ID: uuid.UUID{15: 1}, When: edtf.MustParse("2020-01"), Data: "x"}
}

func count(n int, _ timeline.Event[string]) (int, error) { return n + 1, nil }

// An event that does not say when it became known was known when a log took it, in the
// zone of the log, and not when it happened.
func TestRecordedStandsForKnown(t *testing.T) {
	zone := time.FixedZone("far east", 14*60*60)
	at := time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		known    string
		recorded time.Time
		want     string
	}{
		{"", time.Time{}, "2020-01"},
		{"", at, "2026-11-27"},
		{"", at.In(zone), "2026-11-28"},
		{"2021-03?", at, "2021-03?"},
	} {
		e := plainEvent()
		e.Recorded = tt.recorded
		if tt.known != "" {
			e.Known = edtf.MustParse(tt.known)
		}
		assert.Equal(t, tt.want, e.KnowledgeTime().String())
		history, err := timeline.New(count, e)
		require.NoError(t, err)
		want := edtf.MustParse(tt.want)
		for _, day := range []edtf.Day{want.Earliest() - 1, want.Latest()} {
			counted := history.KnownOn(day).At(edtf.MustDay("2030-01-01")).State
			assert.Equal(t, day >= want.Latest(), counted == 1, "%+v as known on %v", tt, day)
		}
	}
}

func TestMetadata(t *testing.T) {
	var none *timeline.Metadata
	assert.True(t, none.IsZero())
	assert.True(t, none.Equal(&timeline.Metadata{More: map[string]string{}}))
	assert.Nil(t, none.Clone())
	assert.Nil(t, (&timeline.Metadata{}).Clone())
	m := &timeline.Metadata{By: "Anna", More: map[string]string{"a": "1"}}
	c := m.Clone()
	assert.True(t, m.Equal(c))
	c.More["a"] = "2"
	assert.False(t, m.Equal(c))
	assert.Equal(t, "1", m.More["a"])
	assert.False(t, m.Equal(none))

	// A timeline keeps it, and neither what is given nor what is handed out changes it.
	e := plainEvent()
	e.Meta = m
	history, err := timeline.New(count, e)
	require.NoError(t, err)
	m.More["a"] = "3"
	got, _ := history.ByID(e.ID)
	assert.Equal(t, "1", got.Meta.More["a"])
	got.Meta.More["a"] = "4"
	again, _ := history.ByID(e.ID)
	assert.Equal(t, "1", again.Meta.More["a"])
}

// What was recorded by an instant, or had come by a place in the sequence, is the history of
// just those events, whatever else there is, on the second axis too, and with what is added.
func TestAsRecordedLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		began := time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC)
		all := drawHistory(t)
		for i := range all {
			if all[i].Seq = int64(i + 1); i > 0 { // of the first it is not known
				all[i].Recorded = began.Add(time.Duration(i/2) * time.Microsecond)
			}
		}
		line, err := timeline.NewLenient(foldBox, all...)
		if err != nil {
			return // it has faults
		}
		n := rapid.IntRange(0, len(all)).Draw(t, "as of")
		sameHistory(t, all[:n], line.AsOfSeq(int64(n)))
		instant := began.Add(time.Duration(n-1) * time.Microsecond)
		recorded := slices.DeleteFunc(slices.Clone(all), func(e timeline.Event[op]) bool { return e.Recorded.After(instant) })
		sameHistory(t, recorded, line.RecordedBy(instant))
		known := day("2024-05-03")
		then, err := timeline.NewLenient(foldBox, recorded...)
		if err != nil {
			return // it lacks what others name
		}
		for _, got := range []*timeline.Timeline[box, op]{line.KnownOn(known).RecordedBy(instant), line.RecordedBy(instant).KnownOn(known)} {
			for on := day("2024-05-01"); on < day("2024-05-08"); on++ {
				require.Equal(t, then.KnownOn(known).At(on), got.At(on))
			}
		}
		again, err := line.RecordedBy(instant).With()
		require.NoError(t, err)
		sameHistory(t, recorded, again)
	})
}

// sameHistory compares what a timeline says with the timeline of these events, if they
// have one.
func sameHistory(t *rapid.T, events []timeline.Event[op], got *timeline.Timeline[box, op]) {
	require.Equal(t, len(events), got.Len())
	want, err := timeline.NewLenient(foldBox, events...)
	if err != nil {
		return // they lack what others name
	}
	for on := day("2024-05-01"); on < day("2024-05-08"); on++ {
		require.Equal(t, want.At(on).State, got.At(on).State)
		whole := func(b box) box { return b }
		require.Equal(t, fmt.Sprint(ask(want, on, whole)), fmt.Sprint(ask(got, on, whole)))
	}
}

// What a history lacks is lacking in a view only if it had been recorded by then.
func TestLackingAsRecorded(t *testing.T) {
	at := time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC)
	whole, err := timeline.New(count, plainEvent())
	require.NoError(t, err)
	lost := &timeline.LackingError{When: edtf.MustParse("2020"), Known: edtf.MustParse("2020"), Recorded: at, Seq: 7, Err: errors.New("lost")}
	line := whole.Lacking(lost)
	on := edtf.MustDay("2021-01-01")
	for want, views := range map[bool][]*timeline.Timeline[int, string]{
		true:  {line, line.RecordedBy(at), line.AsOfSeq(7), line.KnownOn(on).RecordedBy(at)},
		false: {line.RecordedBy(at.Add(-1)), line.AsOfSeq(6), line.KnownOn(on).AsOfSeq(6), line.AsOfSeq(6).KnownOn(on)},
	} {
		for _, view := range views {
			require.Equal(t, want, view.At(on).Err != nil)
		}
	}
	again, err := line.AsOfSeq(6).With()
	require.NoError(t, err)
	require.NoError(t, again.At(on).Err)
}
