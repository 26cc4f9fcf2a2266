package events_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Twenty thousand events of one table take 30 MiB at most, with all that a
// timeline keeps.
func TestMemoryOfManyNotes(t *testing.T) {
	all := make([]events.Event, 20_000)
	for i := range all {
		name := fmt.Sprintf("note-%d", i)
		all[i] = events.Event{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, Seq: int64(i),
			When: day("1970-01-01").Date(), Data: events.ContextNoted{Actor: "A", What: name},
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	h, err := timeline.New(events.Fold, all...)
	require.NoError(t, err)
	runtime.GC()
	runtime.ReadMemStats(&after)
	assert.Equal(t, len(all), h.At(day("1970-01-01")).State.Context.Len())
	assert.Less(t, after.HeapAlloc-before.HeapAlloc, uint64(30<<20))
	t.Logf("%d KiB", (after.HeapAlloc-before.HeapAlloc)>>10)
	runtime.KeepAlive(all)
}
