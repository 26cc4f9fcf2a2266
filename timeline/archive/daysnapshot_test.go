package archive

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Streams that the fold refuses are looked up each time. They are no reason to make the day
// snapshot of a day again.
func TestRefusedStreamsMakeNoSnapshots(t *testing.T) {
	const streams, day = 100, 10
	a, err := New(foldParts, nil)
	require.NoError(t, err)
	for n := range streams {
		events := []setting{{value: 1 + n%2}, {checks: true}} // every second is refused
		for i, data := range events {
			require.NoError(t, a.Append(fmt.Sprint(n), timeline.Event[setting]{
				ID: uuid.UUID{15: byte(i + 1)}, Seq: int64(i + 1), When: edtf.Day(day).Date(), Data: data,
			}))
		}
	}
	for range 3 {
		refused := 0
		for key, s := range a.All(day) {
			require.Equal(t, a.At(key, day), s)
			if s.Err != nil {
				refused++
			}
		}
		require.Equal(t, streams/2, refused)
	}
	before, after := a.snapshots.around(day)
	require.True(t, before != nil)
	require.True(t, a.dueSnapshot(day, streams, before, after) == nil, "no other is due")
}
