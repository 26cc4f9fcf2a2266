package timeline_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A later event may be refused in the worlds in which something held. It held on
// those days all the same, so that a longer range is no less true.
func TestEverIsNoLessTrueOfLongerRanges(t *testing.T) {
	fold := func(s string, e timeline.Event[string]) (string, error) {
		if e.Data == "dropped" && s == "done" {
			return s, errors.New("it is done already")
		}
		return e.Data, nil
	}
	event := func(name, when, rival string) timeline.Event[string] {
		return timeline.Event[string]{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: edtf.MustParse(when), Data: name, Rival: rival}
	}
	history, err := timeline.New(fold, event("planned", "2020-01-01", ""), event("done", "2020-01-05", "r"), event("other", "2020-01-06", "r"), event("dropped", "2020-01-07", ""))
	require.NoError(t, err)
	done := func(s string) bool { return s == "done" }
	first := edtf.MustDay("2020-01-01")
	require.Equal(t, edtf.Possible, timeline.Holds(history, first+4, done))
	for _, last := range []edtf.Day{first + 4, first + 5, first + 6, first + 30} {
		assert.Equal(t, edtf.Possible, timeline.Ever(history, first, last, done), "until %v", last)
		assert.Equal(t, edtf.Possible, timeline.Always(history, first, last, func(s string) bool { return !done(s) }), "until %v", last)
	}
}
