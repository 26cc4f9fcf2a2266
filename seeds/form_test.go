package seeds_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A form that is made in Go is loaded as a file is, and a fault of it leads back to its event.
func TestFormIsLoaded(t *testing.T) {
	form := &seeds.HistoryForm{
		Format: seeds.Format, Title: "Own", Namespace: "own", Sources: []seeds.Source{{Key: "a", Title: "A"}},
		Events: []seeds.EventForm{{Slug: "brand", Type: "brand.launched", Version: 1, When: edtf.MustParse("2020"), Data: []byte(`{"brand": "B"}`), Cites: []timeline.Citation{{Source: "a"}}}},
	}
	file, err := form.Load("own.json")
	require.NoError(t, err)
	assert.Equal(t, 1, file.Timeline.Len())

	form.Events[0].Data = []byte(`{"brand": 7}`)
	_, err = form.Load("own.json")
	var faults seeds.Faults
	require.ErrorAs(t, err, &faults)
	n, field, ok := form.EventAt(faults[0])
	assert.True(t, ok)
	assert.Equal(t, 0, n)
	assert.Equal(t, "data/brand", field)
	for _, pointer := range []string{"", "/title", "/events", "/events/1", "/events/x", "/events/-1"} {
		_, _, ok := form.EventAt(seeds.Fault{Pointer: pointer})
		assert.False(t, ok, pointer)
	}
	form.Events[0].Data = []byte(`{`)
	_, err = form.Load("own.json")
	assert.Error(t, err)
}
