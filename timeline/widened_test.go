package timeline_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An approximate date moves no bound until that is asked for.
func TestTimelineWidened(t *testing.T) {
	known := event(2, "2018", "a", 2)
	known.Known = edtf.MustParse("2020~")
	line := newBox(t, event(1, "2015~", "a", 1), known)
	on := day("2014-07-01")
	assert.Equal(t, "0", ask(line, on, aOf).String())
	wide, err := line.Widened()
	require.NoError(t, err)
	assert.Equal(t, "0 or 1", ask(wide, on, aOf).String())
	assert.Equal(t, "0", ask(line, on, aOf).String(), "a timeline does not change")
	assert.Equal(t, "1", ask(wide, day("2016-12-31"), aOf).String())

	view, err := line.KnownOn(day("2019-06-01")).Where(func(e timeline.Event[op]) bool { return e.ID != id(1) }).Widened()
	require.NoError(t, err)
	assert.Equal(t, "0 or 2", ask(view, day("2019-01-01"), aOf).String(), "it may have been known a year earlier")
	assert.Equal(t, 1, view.Len())

	plain := newBox(t, event(1, "2015?", "a", 1), event(2, "2018", "a", 2))
	same, err := plain.Widened()
	require.NoError(t, err)
	assert.Equal(t, slices.Collect(plain.Events()), slices.Collect(same.Events()))

	_, err = newBox(t, event(1, "2018", "open", 0), event(2, "2020~", "close", 0), event(3, "2020-12-31", "open", 0)).Widened()
	var refused *timeline.FoldError
	require.ErrorAs(t, err, &refused, "the end is later than the next beginning now")
	assert.Equal(t, edtf.MustDay("2020-12-31"), refused.Day)
}
