package timeline_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// patched applies a JSON Patch that adds, removes and replaces members of
// objects.
func patched(doc any, patch json.RawMessage) (any, error) {
	var ops []struct {
		Op, Path string
		Value    json.RawMessage
	}
	if err := json.Unmarshal(patch, &ops); err != nil {
		return nil, err
	}
	for _, op := range ops {
		steps := strings.Split(op.Path, "/")[1:]
		into, ok := doc.(map[string]any)
		for ; len(steps) > 1 && ok; steps = steps[1:] {
			into, ok = into[unescape(steps[0])].(map[string]any)
		}
		if !ok {
			return nil, fmt.Errorf("%s %s: its parent is no object", op.Op, op.Path)
		}
		name := unescape(steps[0])
		if _, there := into[name]; there == (op.Op == "add") {
			return nil, fmt.Errorf("%s %s: there %v", op.Op, op.Path, there)
		}
		if op.Op == "remove" {
			delete(into, name)
			continue
		}
		var v any
		if err := json.Unmarshal(op.Value, &v); err != nil {
			return nil, err
		}
		into[name] = v
	}
	return doc, nil
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~").Replace

// rack is a state whose JSON form has objects that come and go. One that has
// never been used is null in it, and one that is broken a number.
type rack struct {
	Boxes  map[string]map[string]string
	Broken int
}

func (r rack) Clone() rack {
	if r.Boxes == nil {
		return r
	}
	c := rack{map[string]map[string]string{}, r.Broken}
	for name, m := range r.Boxes {
		c.Boxes[name] = maps.Clone(m)
	}
	return c
}

func (r rack) MarshalJSON() ([]byte, error) {
	if r.Broken > 0 {
		return json.Marshal(map[string]int{"boxes": r.Broken})
	}
	return json.Marshal(map[string]any{"boxes": r.Boxes})
}

// foldRack reads events of a box as those of a rack: opening puts a box there,
// and closing takes it away.
func foldRack(s rack, e timeline.Event[op]) (rack, error) {
	s = s.Clone()
	name := "x/" + string(rune('p'+e.Data.Value%2))
	switch e.Data.Kind {
	case "open", "text":
		if s.Boxes == nil {
			s.Boxes = map[string]map[string]string{}
		}
		if s.Boxes[name] == nil {
			s.Boxes[name] = map[string]string{}
		}
		s.Boxes[name][e.Data.Kind] = fmt.Sprint(e.Data.Value)
	case "close":
		delete(s.Boxes, name)
	case "a", "add":
		if s.Boxes == nil {
			s.Boxes = map[string]map[string]string{}
		}
		delete(s.Boxes[name], "text")
	case "b":
		s.Broken = 1 - s.Broken
	}
	return s, nil
}

// Law 7: the difference between a point and itself is empty; applying the
// differences of a and b to the state at a gives the state at b.
func TestDiffLaw(t *testing.T) {
	t.Parallel()
	found := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		events := drawHistory(t)
		for n := range events {
			events[n].Data.Secret = true // its parts are those of another state
		}
		if line, err := timeline.New(foldRack, events...); err == nil {
			diffAgrees(t, line, events, found)
		}
	})
	t.Log(found)
	assert.NotZero(t, found["happened"], "the test shows nothing")
}

// The same for a state whose parts are told apart, and for one with values that rest
// on several parts: a sum, and one that is only there if two things are so.
func TestDiffOfPartsLaw(t *testing.T) {
	t.Parallel()
	found := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		events := drawHistory(t)
		if line, err := timeline.New(foldJoint, events...); err == nil {
			diffAgrees(t, line, events, found)
		}
	})
	t.Log(found)
	assert.NotZero(t, found["happened"], "the test shows nothing")
}

// joint is a box with values in its document that rest on several of its parts.
type joint struct{ box }

func (j joint) Document(edtf.Day) any {
	doc := map[string]any{"a": j.A, "b": map[string]int{"value": j.B}, "sum": j.A + j.B}
	if j.Text != "" {
		doc["text"] = map[string]any{"is": j.Text, "open": j.Open}
	}
	return doc
}

func (j joint) PartsAt(path ...string) []string {
	return map[string][]string{"a": {"a"}, "b": {"b"}, "sum": {"a", "b"}, "text": {"text", "lid"}}[path[0]]
}

func foldJoint(j joint, e timeline.Event[op]) (joint, error) {
	b, err := foldBox(j.box, e)
	return joint{b}, err
}

// diffAgrees holds the difference between two points against the states that are
// possible at each.
func diffAgrees[S any](t *rapid.T, line *timeline.Timeline[S, op], events []timeline.Event[op], found map[string]int) {
	point := func(label string) timeline.Point {
		p := timeline.On(firstDay + edtf.Day(rapid.IntRange(0, 9).Draw(t, label)))
		if rapid.Bool().Draw(t, label+" known") {
			p = p.KnownOn(firstDay + edtf.Day(rapid.IntRange(0, 9).Draw(t, label+" known on")))
		}
		return p
	}
	from, to := point("from"), point("to")
	for _, p := range []timeline.Point{from, to} {
		on, known := p.Days()
		if line.KnownOn(known).At(on).Err != nil {
			_, err := line.Diff(from, to)
			require.Error(t, err)
			return
		}
		ds, err := line.Diff(p, p)
		require.NoError(t, err)
		require.Empty(t, ds)
	}
	ds, err := line.Diff(from, to)
	require.NoError(t, err)
	a, b := possible(t, line, from), possible(t, line, to)
	got, err := patched(possible(t, line, from)[0], timeline.Patch(ds))
	require.NoError(t, err, "%s%s", timeline.Patch(ds), show(events))
	require.Equal(t, b[0], got, "%s%s", timeline.Patch(ds), show(events))
	back, err := line.Diff(to, from)
	require.NoError(t, err)
	require.Len(t, back, len(ds), show(events))
	_, k := from.Days()
	_, l := to.Days()
	onA, _ := from.Days()
	onB, _ := to.Days()
	for _, d := range ds {
		require.False(t, k == l && d.Kind == timeline.KindCorrected, "nothing is learned in between: %s%s", d.Path, show(events))
		require.False(t, onA == onB && d.Kind == timeline.KindHappened, "no time goes by: %s%s", d.Path, show(events))
		found[d.Kind.String()]++
		if string(d.From) == string(d.To) && d.From != nil == (d.To != nil) {
			found["certainty"]++
		}
		require.NotEmpty(t, d.Because, "%s%s", d.Path, show(events))
		for _, e := range d.Because {
			require.True(t, e.When.Earliest() <= max(onA, onB) || len(e.Replaces) > 0,
				"%s because of what had not happened yet: %s%s", d.Path, e.Name, show(events))
			require.LessOrEqual(t, knownOf(e).Earliest(), max(k, l), "%s because of what nobody knew: %s%s", d.Path, e.Name, show(events))
		}
		whole := slices.ContainsFunc(slices.Concat(d.FromOthers, d.ToOthers, []json.RawMessage{d.From, d.To}),
			func(v json.RawMessage) bool { return strings.HasPrefix(string(v), `{"`) })
		require.ElementsMatch(t, others(a, d.Path, d.From, whole), texts(d.FromOthers), "%s%s", d.Path, show(events))
		require.ElementsMatch(t, others(b, d.Path, d.To, whole), texts(d.ToOthers), "%s%s", d.Path, show(events))
	}
}

// Parts of a new value that come from different events are differences of their
// own; a patch makes, and takes away, what they stand in.
func TestPatchMakesParents(t *testing.T) {
	secret := func(e timeline.Event[op]) timeline.Event[op] {
		e.Data.Secret = true
		return e
	}
	line, err := timeline.New(foldRack, secret(event(1, "2015", "add", 1)), secret(event(2, "2016", "open", 2)), secret(event(3, "2017", "text", 4)))
	require.NoError(t, err)
	before, later := timeline.On(day("2015-12-31")), timeline.On(day("2017-12-31"))
	ds, err := line.Diff(before, later)
	require.NoError(t, err)
	require.Len(t, ds, 2)
	assert.Equal(t, "/boxes/x~1p/open e2, /boxes/x~1p/text e3",
		ds[0].Path+" "+ds[0].Because[0].Name+", "+ds[1].Path+" "+ds[1].Because[0].Name)
	assert.JSONEq(t, `[{"op":"add","path":"/boxes/x~1p","value":{}}, {"op":"add","path":"/boxes/x~1p/open","value":"2"},
		{"op":"add","path":"/boxes/x~1p/text","value":"4"}]`, string(timeline.Patch(ds)))
	back, err := line.Diff(later, before)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"op":"remove","path":"/boxes/x~1p"}]`, string(timeline.Patch(back)))
	assert.JSONEq(t, `[]`, string(timeline.Patch[op](nil)))
}

// possible returns the states that are possible at a point as JSON values, that
// of the baseline first.
func possible[S any](t *rapid.T, line *timeline.Timeline[S, op], p timeline.Point) []any {
	on, known := p.Days()
	if known != edtf.DistantFuture {
		line = line.KnownOn(known)
	}
	value := func(s S) any {
		text, err := timeline.Document(s, on)
		require.NoError(t, err)
		var v any
		require.NoError(t, json.Unmarshal(text, &v))
		if v == nil {
			return map[string]any{}
		}
		return v
	}
	all := []any{value(line.At(on).State)}
	answer := ask(line, on, func(s S) string { return fmt.Sprint(value(s)) })
	require.NoError(t, answer.Incomplete)
	for _, text := range answer.Values() {
		holds(line, on, func(s S) bool {
			if v := value(s); fmt.Sprint(v) == text {
				all = append(all, v)
			}
			return false
		})
	}
	return all
}

// others returns the values at a path that are possible besides the given one.
func others(states []any, path string, value json.RawMessage, whole bool) []string {
	found := map[string]bool{}
	for _, v := range states {
		there := true
		for _, step := range strings.Split(path, "/")[1:] {
			m, _ := v.(map[string]any)
			v, there = m[unescape(step)]
		}
		text := "nothing"
		if there {
			b, _ := json.Marshal(v)
			text = string(b)
		}
		if _, ok := v.(map[string]any); ok && !whole {
			text = "{}" // its members have paths of their own
		}
		found[text] = true
	}
	delete(found, texts([]json.RawMessage{value})[0])
	return slices.Collect(maps.Keys(found))
}

func texts(values []json.RawMessage) []string {
	var all []string
	for _, v := range values {
		if v == nil {
			v = json.RawMessage("nothing")
		}
		all = append(all, string(v))
	}
	return all
}

// The zero point is no day in 1970.
func TestDiffOfNoPoint(t *testing.T) {
	line := newBox(t, event(1, "2024", "a", 1))
	for _, points := range [][2]timeline.Point{{{}, timeline.On(0)}, {timeline.On(0), {}}} {
		_, err := line.Diff(points[0], points[1])
		assert.ErrorIs(t, err, timeline.ErrNoPoint)
	}
}

// An array that several events made is put down to all of them, and what only one side
// has of them.
func TestDiffOfLists(t *testing.T) {
	add := func(s []string, e timeline.Event[string]) ([]string, error) {
		return append(slices.Clip(s), e.Data), nil
	}
	var events []timeline.Event[string]
	for n, letter := range []string{"a", "b", "c", "d", "e"} {
		events = append(events, timeline.Event[string]{ID: id(n + 1), Name: letter, Seq: int64(n), When: (day("2024-01-01") + edtf.Day(n)).Date(), Data: letter})
	}
	line, err := timeline.New(func(s listed, e timeline.Event[string]) (listed, error) {
		list, err := add(s.List, e)
		return listed{list}, err
	}, events...)
	require.NoError(t, err)
	ds, err := line.Diff(timeline.On(day("2024-01-01")), timeline.On(day("2024-01-31")))
	require.NoError(t, err)
	require.Len(t, ds, 1)
	var because []string
	for _, e := range ds[0].Because {
		because = append(because, e.Name)
	}
	assert.Equal(t, []string{"b", "c", "d", "e"}, because)
}

type listed struct{ List []string }

// A value that an event changed by way of another is corrected by what replaces the first, as
// the values that it set itself: both are one difference, in either direction.
func TestDiffOfWhatACorrectionTookAlong(t *testing.T) {
	events := []timeline.Event[op]{
		{ID: uuid.UUID{1}, When: edtf.MustParse("2024-05-01"), Data: op{Kind: "text"}},
		{ID: uuid.UUID{4}, When: edtf.MustParse("2024-05-01"), Data: op{Kind: "open"}},
		{ID: uuid.UUID{5}, When: edtf.MustParse("2024-05-02"), Replaces: []uuid.UUID{{1}}, Data: op{Kind: "a"}},
	}
	line, err := timeline.New(foldJoint, events...)
	require.NoError(t, err)
	before, now := timeline.On(day("2024-05-02")).KnownOn(day("2024-05-01")), timeline.On(day("2024-05-02"))
	ds, err := line.Diff(before, now)
	require.NoError(t, err)
	require.Len(t, ds, 1, "%v", ds)
	assert.Equal(t, "/text", ds[0].Path)
	assert.Equal(t, timeline.KindCorrected, ds[0].Kind)
	assert.Equal(t, uuid.UUID{5}, ds[0].Because[0].ID)
	back, err := line.Diff(now, before)
	require.NoError(t, err)
	require.Len(t, back, 1, "%v", back)
	assert.Equal(t, "/text", back[0].Path)
}

// A state of which nothing is written would differ on no days.
func TestHiddenStatesHaveNoDocument(t *testing.T) {
	type hidden struct{ owner string }
	line, err := timeline.New(func(s hidden, e timeline.Event[string]) (hidden, error) { return hidden{e.Data}, nil },
		timeline.Event[string]{ID: id(1), When: edtf.MustParse("2020"), Data: "Ann"}, timeline.Event[string]{ID: id(2), When: edtf.MustParse("2021"), Data: "Ben"})
	require.NoError(t, err)
	_, err = line.Diff(timeline.On(day("2020-12-31")), timeline.On(day("2021-12-31")))
	require.ErrorContains(t, err, "hidden has fields, and none that is exported")
	_, err = timeline.Document(&hidden{}, 0)
	require.Error(t, err)
	for _, fine := range []any{struct{}{}, struct {
		A int `json:"a,omitempty"`
	}{}, map[string]int{}, struct{ fmt.Stringer }{}} {
		_, err = timeline.Document(fine, 0)
		assert.NoError(t, err, "%T", fine)
	}
}
