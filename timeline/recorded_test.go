package timeline_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
