package timeline_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/timeline"
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
