package jsontree_test

import (
	"encoding/json"
	"maps"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

func drawValue(t *rapid.T, depth int) jsontree.Value {
	if depth == 0 || rapid.Bool().Draw(t, "scalar") {
		return rapid.SampledFrom([]jsontree.Value{nil, true, "a/b", json.Number("1e2"), []any{"x"}, map[string]any{}}).Draw(t, "value")
	}
	m := map[string]any{}
	for _, name := range []string{"a", "b~", "c/"} {
		if rapid.Bool().Draw(t, name) {
			m[name] = drawValue(t, depth-1)
		}
	}
	return m
}

// put returns v with the value of a leaf at its path, in objects made where there
// are none.
func put(v jsontree.Value, path []string, to jsontree.Value) jsontree.Value {
	if len(path) == 0 {
		return to
	}
	old, _ := v.(map[string]any)
	m := maps.Clone(old)
	if m == nil {
		m = map[string]any{}
	}
	below, ok := m[path[0]]
	if !ok {
		below = jsontree.Nothing
	}
	if m[path[0]] = put(below, path[1:], to); m[path[0]] == jsontree.Nothing {
		delete(m, path[0])
	}
	return m
}

// Put into the one value, the leaves give the other; only objects of which nothing
// is left may stay, as empty ones. Each has the values that are at its path.
func TestLeavesMakeTheOtherValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawValue(t, 3), drawValue(t, 3)
		depth := rapid.SampledFrom([]int{0, 1, 2, math.MaxInt}).Draw(t, "depth")
		made, leaves := from, 0
		jsontree.Leaves(from, to, depth, func(l jsontree.Leaf) {
			assert.Equal(t, jsontree.At(from, l.Path), l.From)
			assert.Equal(t, jsontree.At(to, l.Path), l.To)
			made = put(made, l.Path, l.To)
			leaves++
		})
		if depth == 0 {
			require.Equal(t, string(jsontree.Text(to)), string(jsontree.Text(made)))
		}
		require.Equal(t, string(jsontree.Text(from)) == string(jsontree.Text(to)), leaves == 0)
		jsontree.Leaves(made, to, math.MaxInt, func(l jsontree.Leaf) {
			require.Equal(t, "{}", string(jsontree.Text(l.From)), "at %s", jsontree.Pointer(l.Path))
			require.Equal(t, jsontree.Nothing, l.To)
		})
	})
}

func TestLeaves(t *testing.T) {
	of := func(from, to string, depth int) (pointers []string) {
		jsontree.Leaves(jsontree.Decode(from), jsontree.Decode(to), depth, func(l jsontree.Leaf) {
			pointers = append(pointers, jsontree.Pointer(l.Path))
		})
		return pointers
	}
	assert.Equal(t, []string{"/a/b", "/c"}, of(`{"a": {"b": 1, "d": 2}, "c": null}`, `{"a": {"b": 2, "d": 2}}`, math.MaxInt))
	assert.Equal(t, []string{"/a~1b/c"}, of(`{}`, `{"a/b": {"c": {"d": 1}}}`, 2))
	assert.Equal(t, []string{"/a~1b/c/d"}, of(`{}`, `{"a/b": {"c": {"d": 1}}}`, math.MaxInt))
	assert.Equal(t, []string{""}, of(``, `[1]`, 2))
	assert.Empty(t, of(`1e2`, `1e2`, 2))
}

func TestPatch(t *testing.T) {
	assert.Equal(t, `[]`, string(jsontree.Patch{}.JSON()))
	var p jsontree.Patch
	p.Add("/a", json.RawMessage(`"<"`))
	p.Remove("/b")
	p.Replace("/c", json.RawMessage(`null`))
	assert.Equal(t,
		`[{"op":"add","path":"/a","value":"<"},{"op":"remove","path":"/b"},{"op":"replace","path":"/c","value":null}]`,
		string(p.JSON()))
}

// TextAt finds what At does.
func TestTextAtLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawValue(t, 3)
		path := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b~", "c/", "0", "1", "-1", "x"}), 0, 4).Draw(t, "path")
		want := string(jsontree.Text(jsontree.At(v, path)))
		assert.Equal(t, want, jsontree.TextAt(string(jsontree.Text(v)), path))
	})
}
