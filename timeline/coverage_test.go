package timeline_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Two hundred sources that are silent about the same, each to its own horizon: what they
// leave out together is found without looking at every combination of their silences.
func TestManySources(t *testing.T) {
	var all []timeline.Coverage
	for n := range 200 {
		all = append(all, timeline.Coverage{
			Source: fmt.Sprint("s", n), Horizon: date(fmt.Sprintf("20%02d", 10+n%10)),
			Silent: []timeline.Silence{{Topic: "sales"}, {Topic: "sales", Part: "models/A"}},
		})
	}
	line := newBox(t, event(1, "2015", "a", 1)).Covering(all...)
	assert.Len(t, line.NotRecorded(day("2015-06-01")), 2)
	all[0].Silent = nil
	assert.Empty(t, newBox(t, event(1, "2015", "a", 1)).Covering(all...).NotRecorded(day("2005-06-01")))
}

// A source that leaves out a whole topic leaves out what of it is about one part.
func TestSilenceCoversSilence(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 1)).Covering(
		timeline.Coverage{Source: "a", Silent: []timeline.Silence{{Topic: "sales"}}},
		timeline.Coverage{Source: "b", Silent: []timeline.Silence{{Topic: "sales", Part: "models/A"}}},
	)
	silent := line.NotRecorded(day("2015-06-01"))
	assert.Equal(t, []timeline.Silence{{Topic: "sales", Part: "models/A"}}, silent)
}

// Where one source is silent about a topic and the other about a part, nobody tells what of the topic
// is about the part. A source that covers all days to come is past its horizon on none.
func TestSilencesTogether(t *testing.T) {
	line := newBox(t, event(1, "2024-03-10", "a", 5))
	silent := line.Covering(
		timeline.Coverage{Source: "A", Silent: []timeline.Silence{{Topic: "sales"}}},
		timeline.Coverage{Source: "B", Silent: []timeline.Silence{{Part: "b"}}})
	q := timeline.Is(timeline.Value(func(b box) int { return b.B }), 0).About("sales").Reading("b")
	q.Names = []string{}
	assert.Equal(t, "not recorded: sales of b (as recorded: certain)", silent.Holds(day("2024-05-01"), q).String())
	q.Parts = []string{"a"}
	assert.Equal(t, edtf.Certain, silent.Holds(day("2024-05-01"), q).Truth)
	endless := line.Covering(
		timeline.Coverage{Source: "A", Silent: []timeline.Silence{{Topic: "sales"}}},
		timeline.Coverage{Source: "B", Horizon: edtf.MustParse("2020/..")})
	assert.Equal(t, edtf.Certain, endless.Holds(day("2024-05-01"), timeline.Is(timeline.Value(aOf), 5).About("sales")).Truth)
}

// A view has the coverage of its sources, however it came about.
func TestCoverageOfViews(t *testing.T) {
	a, b := event(1, "2024-03-10", "a", 5), event(2, "2024-03-10", "b", 5)
	a.Cites, b.Cites = []timeline.Citation{{Source: "A"}}, []timeline.Citation{{Source: "B"}}
	cs := []timeline.Coverage{{Source: "A", Horizon: edtf.MustParse("2024")}, {Source: "B", Horizon: edtf.MustParse("2026")}}
	view := func(t *testing.T, line *timeline.Timeline[box, op], source string) *timeline.Timeline[box, op] {
		v, err := line.AccordingTo(source)
		require.NoError(t, err)
		return v
	}
	for name, v := range map[string]*timeline.Timeline[box, op]{
		"of all":       view(t, newBox(t, a, b).Covering(cs...), "A"),
		"of a view":    view(t, view(t, newBox(t, a, b).Covering(cs...), "B"), "A"),
		"covered late": view(t, newBox(t, a, b), "A").Covering(cs...),
	} {
		assert.Equal(t, "2024", v.Horizon().String(), name)
		assert.Equal(t, edtf.Possible, v.Holds(day("2030-01-01"), timeline.Is(timeline.Value(aOf), 7)).Truth, name)
	}
}

// What held before anything happened held first on no day, and if the sources are silent about it,
// that is said.
func TestFirstOfWhatAlwaysWas(t *testing.T) {
	line := newBox(t, event(1, "2024-03-10", "a", 5)).Covering(timeline.Coverage{Silent: []timeline.Silence{{Topic: "sales"}}})
	window, v := line.First(timeline.Is(timeline.Value(func(b box) int { return b.B }), 0).About("sales"))
	assert.True(t, window.IsZero())
	assert.Equal(t, edtf.Possible, v.Truth)
	assert.NotEmpty(t, v.NotRecorded)
}
