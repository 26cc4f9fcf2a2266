package timeline_test

import (
	"maps"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// placed says where a work hangs, with whatever scope.
type placed struct {
	work, at string
	scope    []string
}

func (p placed) Scope() []string { return p.scope }

type places map[string]string

func foldPlaces(s places, e timeline.Event[placed]) (places, error) {
	next := maps.Clone(s)
	if next == nil {
		next = places{}
	}
	next[e.Data.work] = e.Data.at
	return next, nil
}

// A scope, or parts of a question, that leave something out are an error of the answer, and no other value.
func TestScopeThatLeavesSomethingOut(t *testing.T) {
	right := []string{"works/boy"}
	where := timeline.Value(func(s places) string { return s["boy"] }).Reading("works/boy")
	count := timeline.Value(func(s places) int { return len(s) }).Reading("works/boy")
	line := func(scope []string) *timeline.Timeline[places, placed] {
		l, err := timeline.New(foldPlaces,
			timeline.Event[placed]{ID: id(1), Seq: 1, When: edtf.MustParse("2001"), Data: placed{"boy", "museum", right}},
			timeline.Event[placed]{ID: id(2), Seq: 2, When: edtf.MustParse("2002"), Data: placed{"boy", "Paris", scope}},
			timeline.Event[placed]{ID: id(3), Seq: 3, When: edtf.MustParse("2003"), Data: placed{"girl", "Rome", []string{"works/girl"}}})
		require.NoError(t, err)
		return l
	}
	for _, scope := range [][]string{{}, {""}, {"work/boy"}, {"works/Boy"}} {
		l := line(scope)
		a, err := timeline.Ask(l, day("2002-12-31"), where)
		require.NoError(t, err)
		require.ErrorIs(t, a.Err, timeline.ErrScope, scope)
		_, certain := a.Certain()
		assert.False(t, certain)
		assert.Contains(t, a.String(), `the state has Paris, and the events about ["works/boy"] alone give museum`)
		require.ErrorIs(t, l.Holds(day("2002-12-31"), timeline.Is(where, "museum")).Err, timeline.ErrScope)
		a, err = timeline.Ask(l, day("2001-12-31"), where)
		require.NoError(t, err)
		require.NoError(t, a.Err, "nothing is wrong by then")
	}
	l := line(right)
	a, err := timeline.Ask(l, day("2003-12-31"), where)
	require.NoError(t, err)
	assert.Equal(t, "Paris", a.String())
	n, err := timeline.Ask(l, day("2003-12-31"), count)
	require.NoError(t, err)
	require.ErrorIs(t, n.Err, timeline.ErrScope, "the question reads more than it says")

	nan, err := timeline.Ask(l, day("2003-12-31"), timeline.Value(func(places) float64 { return math.NaN() }).Reading("works/boy"))
	require.NoError(t, err)
	require.NoError(t, nan.Err, "it equals nothing")
}
