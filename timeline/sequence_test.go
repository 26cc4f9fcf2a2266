package timeline_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The date of a retraction means nothing, where the sequence decides too.
func TestRetractionBoundsNothing(t *testing.T) {
	r := event(3, "2024-03-01", "a", 0)
	r.Retraction, r.Replaces = true, []uuid.UUID{id(1)}
	line := newBox(t, event(1, "2020-01-01", "b", 1), event(2, "2024", "a", 5), r)
	sequenced, err := line.Sequenced()
	require.NoError(t, err)
	for _, l := range []*timeline.Timeline[box, op]{line, sequenced} {
		assert.Equal(t, edtf.Possible, l.Holds(day("2024-04-01"), timeline.Is(timeline.Value(aOf), 5)).Truth)
		assert.Zero(t, l.At(day("2024-04-01")).State.A)
		order, err := l.Order(id(2), id(3))
		require.NoError(t, err)
		assert.Equal(t, timeline.RelationUndecided, order, "its day is any of the year")
	}
}

// A correction may have any day that it says, also where the sequence decides: what it replaces is the same
// event, told before. So may a rival.
func TestToldTwiceBoundsNothing(t *testing.T) {
	for _, link := range []string{"replaces", "rival"} {
		first, again := event(1, "2024-03-10", "a", 5), event(2, "2024-03", "a", 5)
		if again.Replaces = []uuid.UUID{id(1)}; link == "rival" {
			again.Replaces, again.Rival, first.Rival = nil, "day", "day"
		}
		sequenced, err := newBox(t, first, again).Sequenced()
		require.NoError(t, err)
		assert.Equal(t, edtf.Possible, sequenced.Holds(day("2024-03-05"), timeline.Is(timeline.Value(aOf), 5)).Truth, link)
	}
}
