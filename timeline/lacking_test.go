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

var errLost = errors.New("lost")

func lost(when string) *timeline.LackingError {
	return &timeline.LackingError{When: edtf.MustParse(when), Known: edtf.MustParse(when), Err: errLost}
}

// A history that lacks an event, and the one that it is made of, answer each by itself, whichever
// is asked first.
func TestLackingIsApart(t *testing.T) {
	on, q := day("2023-01-01"), timeline.Is(timeline.Value(aOf).Reading("a"), 1)
	for _, first := range []string{"whole", "lacking"} {
		line := newBox(t, event(1, "2020-01-01", "a", 1), event(2, "2020-01-01", "b", 1))
		lacks := line.Lacking(lost("2022"), nil)
		if first == "whole" {
			line.Holds(on, q)
		} else {
			lacks.Holds(on, q)
		}
		v := lacks.Holds(on, q)
		assert.Equal(t, edtf.Possible, v.Truth, first)
		require.ErrorIs(t, v.Err, errLost, first)
		v = line.Holds(on, q)
		assert.Equal(t, edtf.Certain, v.Truth, first)
		require.NoError(t, v.Err, first)
	}
}

// From the day of an event that is lacking nothing is certain, over time either.
func TestLackingOverTime(t *testing.T) {
	line := newBox(t, event(1, "2020-01-01", "a", 1)).Lacking(lost("2022"))
	for p := range line.Periods(timeline.Is(timeline.Value(aOf), 1)) {
		assert.Equal(t, "since 2020-01-01, or until a day from 2022-01-01 on, error: timeline: an event of 2022 is lacking: lost", p.String())
		assert.False(t, p.Complete())
		require.ErrorIs(t, p.Err, errLost)
	}
	wrong := map[string]bool{}
	for c := range timeline.Track(line, timeline.Value(aOf)) {
		wrong[c.From.String()] = c.Err != nil
	}
	assert.Equal(t, map[string]bool{"": false, "2020-01-01": false, "2022-01-01": true}, wrong)
}

// What a caller changes afterwards changes no timeline.
func TestViewsKeepTheirArguments(t *testing.T) {
	a, b := event(1, "2024-03-10", "a", 5), event(2, "2024-03-10", "b", 5)
	a.Cites, b.Cites = []timeline.Citation{{Source: "A"}}, []timeline.Citation{{Source: "B"}}
	keys, on := []string{"A"}, day("2025-01-01")
	view, err := newBox(t, a, b).AccordingTo(keys...)
	require.NoError(t, err)
	keys[0] = "B"
	again, err := view.With()
	require.NoError(t, err)
	for _, v := range []*timeline.Timeline[box, op]{view, view.KnownOn(on), again} {
		assert.Equal(t, box{A: 5}, v.At(on).State)
	}
	lacking := lost("2022")
	line := newBox(t, event(1, "2020-01-01", "a", 1)).Lacking(lacking)
	lacking.When = edtf.MustParse("2030")
	said := line.At(day("2023-01-01")).Err
	require.ErrorIs(t, said, errLost)
	said.(*timeline.LackingError).Err = nil
	require.ErrorIs(t, line.At(day("2023-01-01")).Err, errLost)
}

// A function that is nil is a mistake in the question, or no filter.
func TestNilFunctions(t *testing.T) {
	line := newBox(t, event(1, "2020-01-01", "a", 1))
	_, err := timeline.Ask(line, 0, timeline.Value[box, int](nil))
	require.ErrorIs(t, err, timeline.ErrNoRead)
	_, err = timeline.Ask(line, 0, timeline.Map[int, int](timeline.Value(aOf), nil))
	require.ErrorIs(t, err, timeline.ErrNoRead)
	assert.Equal(t, 1, line.Where(nil).Len())
}

// A retraction never happens, however many others there are.
func TestRetractionNeverHappens(t *testing.T) {
	events := []timeline.Event[op]{event(1, "2020", "a", 1)}
	for i := 2; i < 14; i++ {
		r := event(i, "2020", "a", 0)
		r.Known, r.Retraction, r.Replaces = edtf.MustParse("2024"), true, []uuid.UUID{id(1)}
		events = append(events, r)
	}
	line := newBox(t, events...).KnownOn(day("2024-06-01"))
	happened, err := line.Happened(id(5), day("2025-01-01"))
	require.NoError(t, err)
	assert.Equal(t, edtf.No, happened)
	for e := range line.Pending(day("2025-01-01")) {
		assert.Equal(t, id(1), e.ID)
	}
}
