package timeline_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Events that come one by one, or a few at a time, make the timeline that they make together,
// in whatever order they come; and each of them is known again.
func TestWithOneByOne(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	events := manyEvents(300)
	for i := range events {
		events[i].ID = uuid.UUID{byte(i), byte(i >> 8), 9}
		events[i].When = (day("2000-01-01") + edtf.Day(i/7)).Date() // those of a day are in sequence order
	}
	want := newBox(t, events...)
	come := slices.Clone(events)
	r.Shuffle(len(come), func(i, j int) { come[i], come[j] = come[j], come[i] })
	line := newBox(t)
	for left := come; len(left) > 0; {
		n := min(len(left), 1+r.IntN(3)*r.IntN(4))
		next, err := line.With(left[:n]...)
		require.NoError(t, err)
		line, left = next, left[n:]

		there := come[:len(come)-len(left)]
		again := there[r.IntN(len(there))]
		_, err = line.With(again)
		require.ErrorIs(t, err, timeline.ErrDuplicateID)
		_, wantErr := timeline.New(foldBox, append(slices.Clone(there), again)...)
		require.Equal(t, wantErr, err)
		if len(left) > 0 {
			_, err = line.With(timeline.Event[op]{ID: uuid.UUID{1, 2, 3}, When: edtf.MustParse("2024"), After: []uuid.UUID{left[0].ID}, Data: op{Kind: "a"}})
			require.ErrorIs(t, err, timeline.ErrUnknown)
		}
	}
	assert.Equal(t, slices.Collect(want.Events()), slices.Collect(line.Events()))
	for on := range edtf.Day(310) {
		assert.Equal(t, want.At(day("2000-01-01")+on), line.At(day("2000-01-01")+on))
	}
	_, err := line.With(events[7], events[7])
	require.ErrorIs(t, err, timeline.ErrDuplicateID)
	_, err = newBox(t).With(events[7], events[7])
	require.ErrorIs(t, err, timeline.ErrDuplicateID)
}
