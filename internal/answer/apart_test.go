package answer

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// TestApartIsTogether holds what is said of undecided events, from what each has
// to do with against what all worlds say, on each day on which something begins
// or ends, and around it.
func TestApartIsTogether(t *testing.T) {
	for _, place := range []Place{{File: "../../seeds/testdata/article.json"}, {File: "../terminal/testdata/own.json"}} {
		b, err := place.Load(context.Background())
		require.NoError(t, err)
		days := map[edtf.Day]bool{}
		for e := range b.File.Timeline.Events() {
			for first, last := range e.When.Ranges() {
				days[first], days[first+1], days[last], days[last-1] = true, true, true, true
			}
		}
		compared := 0
		for n, day := range slices.Sorted(maps.Keys(days)) {
			if day < edtf.MinDay || day > edtf.MaxDay || n%3 > 0 {
				continue // a third of them, since each takes long
			}
			q, err := b.Ask(Query{On: day.String()})
			require.NoError(t, err)
			var undecided []events.Event
			for e := range q.history.Pending(day) {
				undecided = append(undecided, e)
			}
			together, apart := &Answer{}, &Answer{}
			together.Pending, _ = q.pendingOf(undecided, q.history, statesByEvents{})
			q.addUndecided(apart)
			for _, a := range []*Answer{together, apart} {
				slices.SortFunc(a.Pending, func(x, y Pending) int { return strings.Compare(x.Event, y.Event) })
			}
			want, err := json.MarshalIndent(together, "", " ")
			require.NoError(t, err)
			got, err := json.MarshalIndent(apart, "", " ")
			require.NoError(t, err)
			if !assert.Equal(t, string(want), string(got), "on %v", day) {
				return
			}
			compared += len(together.Pending)
		}
		assert.Positive(t, compared)
	}
}

func pathsOf(all []timeline.Difference[events.Payload]) (paths []string) {
	for _, d := range all {
		paths = append(paths, d.Path)
	}
	slices.Sort(paths)
	return paths
}

func changedPaths(d *Diff) (paths []string) {
	for _, x := range d.Changes {
		paths = append(paths, x.Path)
	}
	slices.Sort(paths)
	return paths
}

// patched applies a JSON Patch to objects.
func patched(t *testing.T, document string, patch json.RawMessage) string {
	var doc map[string]any
	require.NoError(t, json.Unmarshal([]byte(document), &doc))
	var ops []jsontree.Operation
	require.NoError(t, json.Unmarshal(patch, &ops))
	for _, op := range ops {
		steps := SplitPointer(op.Path)
		at, last := doc, len(steps)-1
		for _, step := range steps[:last] {
			at = at[step].(map[string]any)
		}
		_, there := at[steps[last]]
		require.Equal(t, op.Op != "add", there, "%s %s", op.Op, op.Path)
		delete(at, steps[last])
		if op.Op != "remove" {
			var v any
			require.NoError(t, json.Unmarshal(op.Value, &v))
			at[steps[last]] = v
		}
	}
	text, err := json.Marshal(doc)
	require.NoError(t, err)
	return string(text)
}

// documentAt returns the state at a point, as JSON.
func documentAt(t *testing.T, h *events.History, p timeline.Point) string {
	day, known := p.Days()
	text, err := timeline.Document(h.KnownOn(known).At(day).State, day)
	require.NoError(t, err)
	return string(text)
}

// TestSinceKnown asks what differs between points of which either may know more.
func TestSinceKnown(t *testing.T) {
	b, err := Place{File: "../../seeds/testdata/article.json"}.Load(context.Background())
	require.NoError(t, err)
	history := b.File.Timeline
	const day, learned = "2024-10-31", "2024-11-30"
	on, by := edtf.MustDay(day), edtf.MustDay(learned)
	here := timeline.On(on)
	for _, tt := range []struct {
		terms    Query
		from, to timeline.Point
	}{
		{Query{}, here.KnownOn(on), here},
		{Query{SinceKnown: All}, here, here},
		{Query{SinceKnown: learned}, here.KnownOn(by), here},
		{Query{Known: day}, here.KnownOn(on), here.KnownOn(on)},
		{Query{Known: day, SinceKnown: All}, here, here.KnownOn(on)},
		{Query{Known: day, SinceKnown: learned}, here.KnownOn(by), here.KnownOn(on)},
		{Query{Known: learned, SinceKnown: day}, here.KnownOn(on), here.KnownOn(by)},
		{Query{Known: "2023"}, here.KnownOn(edtf.MustDay("2023-12-31")), here.KnownOn(edtf.MustDay("2023-12-31"))},
	} {
		tt.terms.On, tt.terms.Since = day, day
		q, err := b.Ask(tt.terms)
		require.NoError(t, err)
		got, err := q.Diff()
		require.NoError(t, err)
		want, err := history.Diff(tt.from, tt.to)
		require.NoError(t, err)
		assert.Equal(t, pathsOf(entries(want)), changedPaths(got), "%+v", tt.terms)
		from, to := documentAt(t, q.all, tt.from), documentAt(t, q.all, tt.to)
		assert.JSONEq(t, to, patched(t, from, got.Patch), "%+v", tt.terms)
		if _, known := tt.from.Days(); tt.from != tt.to && known == on {
			assert.NotEmpty(t, want, "something was learned of that day")
		}
		assert.Equal(t, tt.from, got.From.point())
	}
	_, err = b.Ask(Query{On: day, Since: day, SinceKnown: "soon"})
	assert.ErrorContains(t, err, `"soon" cannot be read as a date`)
}

// What is kept from other days is what is found anew.
func TestKeptUndecided(t *testing.T) {
	race.SkipLong(t)
	for _, name := range []string{"../../seeds/testdata/article.json", ""} {
		h, err := Place{File: name}.Load(t.Context())
		require.NoError(t, err)
		moving, err := h.Ask(Query{})
		require.NoError(t, err)
		pending := 0
		bounds := CalendarOf(h.File.Timeline).Bounds
		for n, bound := range bounds {
			if n%(1+len(bounds)/40) > 0 {
				continue
			}
			for day := bound - 1; day <= bound+2; day++ {
				q, err := moving.At(Query{On: day.String()})
				require.NoError(t, err)
				anew, err := h.Ask(Query{On: day.String()})
				require.NoError(t, err)
				want, err := json.Marshal(anew.Answer())
				require.NoError(t, err)
				got, err := json.Marshal(q.Answer())
				require.NoError(t, err)
				require.Equal(t, string(want), string(got), "on %v", day)
				pending += len(anew.Answer().Pending)
			}
		}
		assert.Greater(t, pending, 100)
	}
}
