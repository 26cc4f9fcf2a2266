package answer

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// TestApartIsTogether holds what is said of undecided events, from what each has
// to do with against what all worlds say, on each day on which something begins
// or ends, and around it.
func TestApartIsTogether(t *testing.T) {
	for _, place := range []Place{{}, {File: "../terminal/testdata/own.json"}} {
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
			together.Pending, _ = q.pendingOf(undecided, q.history)
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

// TestDiffApartIsTogether holds the comparison part by part against that of the
// whole states, between many days and what was known on them.
func TestDiffApartIsTogether(t *testing.T) {
	for _, place := range []Place{{}, {File: "../terminal/testdata/own.json"}} {
		b, err := place.Load(context.Background())
		require.NoError(t, err)
		var days []edtf.Day
		for e := range b.File.Timeline.Events() {
			for first, last := range e.When.Ranges() {
				for _, day := range []edtf.Day{first, last, last + 1} {
					if day > edtf.MinDay && day < edtf.MaxDay && !slices.Contains(days, day) {
						days = append(days, day)
					}
				}
			}
		}
		slices.Sort(days)
		compared := 0
		for n := 0; n < 16; n++ {
			from := days[n*7%len(days)]
			to := max(from, days[n*13%len(days)])
			q, err := b.Ask(Query{On: to.String()})
			require.NoError(t, err)
			before, after := timeline.On(from), timeline.On(to)
			if n%2 == 0 {
				before = before.KnownOn(from)
			}
			if n%3 == 0 {
				after = after.KnownOn(to)
			}
			if n%5 == 0 { // what was known, and then learned, of one day
				before, after = timeline.On(to).KnownOn(from), timeline.On(to)
			}
			if n%10 == 0 {
				before, after = after, before
			}
			c := comparison{q.history, before, after}
			want, err := c.together()
			require.NoError(t, err)
			got, err := c.differences()
			require.NoError(t, err)
			whole := map[string]bool{} // sections, whose events are those of all entries
			for _, d := range want {
				whole[d.Path] = strings.Count(d.Path, "/") == 1 && len(events.Parts(SplitPointer(d.Path)...)) == 0
			}
			for _, list := range []*[]timeline.Difference[events.Payload]{&want, &got} {
				*list = entries(*list)
				for n := range *list {
					if section, _, _ := strings.Cut((*list)[n].Path[1:], "/"); whole["/"+section] {
						(*list)[n].Because = nil
					}
				}
			}
			if !assert.Equal(t, described(want), described(got), "from %v to %v", before, after) {
				return
			}
			compared += len(want)
		}
		assert.Positive(t, compared)
	}
}

// described returns differences as text, with the causes in order.
func described(all []timeline.Difference[events.Payload]) []string {
	var lines []string
	for _, d := range all {
		var because []string
		for _, e := range d.Because {
			because = append(because, e.Label())
		}
		slices.Sort(because)
		lines = append(lines, d.Path+" "+string(d.From)+" "+string(d.To)+" "+d.Kind.String()+" "+strings.Join(because, " "))
	}
	slices.Sort(lines)
	return lines
}

// together compares the whole states. What changed by the days alone it would
// put down to some event of those days, so that of such a part it asks by itself.
func (c comparison) together() ([]timeline.Difference[events.Payload], error) {
	all, err := timeline.Diff(c.history, c.from, c.to)
	for n := range all {
		d := &all[n]
		parts := events.Parts(SplitPointer(d.Path)...)
		touches := func(e events.Event) bool {
			return e.Data == nil || slices.ContainsFunc(e.Data.Scope(), func(part string) bool { return slices.Contains(parts, part) })
		}
		if len(parts) == 0 || slices.ContainsFunc(d.Because, touches) {
			continue
		}
		alone, err := timeline.Diff(c.history.About(parts...), c.from, c.to)
		if err != nil {
			return nil, err
		}
		if m := slices.IndexFunc(alone, func(a timeline.Difference[events.Payload]) bool { return a.Path == d.Path }); m >= 0 {
			d.Kind, d.Because = alone[m].Kind, alone[m].Because
		}
	}
	return all, err
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

// TestSinceKnown asks what differs between points of which either may know more.
func TestSinceKnown(t *testing.T) {
	b, err := Place{}.Load(context.Background())
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
		want, err := timeline.Diff(history, tt.from, tt.to)
		require.NoError(t, err)
		assert.Equal(t, pathsOf(entries(want)), changedPaths(got), "%+v", tt.terms)
		from, to := comparison{q.all, tt.from, tt.to}.documents()
		assert.JSONEq(t, to, patched(t, from, got.Patch), "%+v", tt.terms)
		if _, known := tt.from.Days(); tt.from != tt.to && known == on {
			assert.NotEmpty(t, want, "something was learned of that day")
		}
		assert.Equal(t, tt.from, got.From.point())
	}
	_, err = b.Ask(Query{On: day, Since: day, SinceKnown: "soon"})
	assert.ErrorContains(t, err, `"soon" cannot be read as a date`)
}

// TestDiffApartOfWhatIsLearnt: a rival or a correction that is heard of may say
// that it was later, or concern a rival of others.
func TestDiffApartOfWhatIsLearnt(t *testing.T) {
	first, last := edtf.MustDay("2020-01-04"), edtf.MustDay("2020-01-09")
	stake := func(name string, when string, percent events.Percent) events.Event {
		return events.Event{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: edtf.MustParse(when), Data: events.StakeClosed{Holder: "S", Percent: percent}}
	}
	a, b, c := stake("a", "2020-01-03", 20), stake("b", "2020-03-01", 30), stake("c", "2020-01-02", 10)
	b.Known = edtf.MustParse("2020-01-08")
	rival, corrected, both := b, b, b
	rival.Rival, corrected.Replaces = "r", []uuid.UUID{a.ID}
	both.Replaces = corrected.Replaces
	disputed, other := a, c
	disputed.Rival, other.Rival = "r", "r"
	for name, list := range map[string][]events.Event{"a rival": {disputed, rival}, "a correction": {a, corrected}, "a correction of a rival": {disputed, other, both}} {
		h, err := timeline.New(events.Fold, list...)
		require.NoError(t, err)
		apart := comparison{h, timeline.On(first).KnownOn(first), timeline.On(last)}
		want, err := apart.together()
		require.NoError(t, err)
		got, err := apart.differences()
		require.NoError(t, err)
		assert.NotEmpty(t, got, name)
		assert.Equal(t, len(entries(want)), len(got), name)
	}
}
