package answer

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The day of recording is one of the zone in which the log records, as the day on which
// an event became known is.
func TestAsRecordedInZone(t *testing.T) {
	zone := time.FixedZone("", 8*60*60)
	var list []events.Event
	for n := range 3 {
		list = append(list, events.Event{
			ID: uuid.UUID{15: byte(n + 1)}, Seq: int64(n + 1), When: edtf.MustParse("2020"), Data: events.ModelLaunched{Model: string(rune('A' + n))},
			Recorded: time.Date(2026, 11, 20, 23, 59, 59, 999_999_998+n, zone), // the last is of the next day
		})
	}
	list[2].Recorded = list[2].Recorded.Add(time.Second)
	h, err := timeline.New(events.Fold, list...)
	require.NoError(t, err)
	for by, want := range map[string]int{
		"2026-11-20": 2, "2026-11-21": 3, "2026-11-20T15:59:59.999999998Z": 1, "2026-11-20T15:59:59.999999999Z": 2, "2026-11-20T16:00:01Z": 3,
	} {
		then, _, err := AsRecorded{By: by}.of(h)
		require.NoError(t, err)
		assert.Equal(t, want, then.Len(), by)
	}
	then, title, err := AsRecorded{Revision: 2, By: "2026-11-21"}.of(h)
	require.NoError(t, err)
	assert.Equal(t, 2, then.Len())
	assert.Equal(t, ", as recorded at revision 2, as recorded by 21 November 2026", title)
}

// Who recorded an event is said if it is known.
func TestRecordingSentence(t *testing.T) {
	at := time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)
	for want, r := range map[string]*Recording{
		"Recorded by Anna on 20 November 2026: a b.": {1, at, &timeline.Metadata{By: "Anna", Why: "a\nb"}},
		"Recorded on 20 November 2026: why.":         {1, at, &timeline.Metadata{Why: "why"}},
		"Recorded by Anna.":                          {1, time.Time{}, &timeline.Metadata{By: "Anna"}},
	} {
		assert.Equal(t, want, r.Sentence())
	}
	assert.Empty(t, (&Recording{1, at, &timeline.Metadata{Causation: "c"}}).Sentence())
	assert.Empty(t, (&Recording{1, at, nil}).Sentence())
	assert.Empty(t, (*Recording)(nil).Sentence())
	assert.Nil(t, recordingOf(events.Event{Seq: 4}), "of a file")
}
