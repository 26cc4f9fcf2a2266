package immutable_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// A table holds what a map holds after the same changes, and a table that was
// made before a change still holds what it held.
func TestTableLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]int{5, 40, 400}).Draw(t, "names")
		var table immutable.Table[int]
		model := map[string]int{}
		for range rapid.IntRange(0, 300).Draw(t, "changes") {
			before, was := table, maps.Clone(model)
			name := fmt.Sprint(rapid.IntRange(0, names).Draw(t, "name"))
			if rapid.IntRange(0, 9).Draw(t, "remove") == 0 {
				table = table.Without(name)
				delete(model, name)
			} else {
				v := rapid.IntRange(0, 3).Draw(t, "value")
				table = table.With(name, v)
				model[name] = v
			}
			requireSame(t, was, before)
		}
		requireSame(t, model, table)
		other := immutable.TableOf(model)
		require.True(t, reflect.DeepEqual(other, table), "the shape follows from the names")
		require.True(t, table.Equal(other))
		for name := range model {
			require.False(t, table.With(name, 9).Equal(table))
			require.False(t, table.Without(name).Equal(table))
		}
	})
}

func requireSame(t require.TestingT, want map[string]int, got immutable.Table[int]) {
	require.Equal(t, len(want), got.Len())
	require.Equal(t, len(want) == 0, got.IsZero())
	var names []string
	for name, v := range got.All() {
		require.Equal(t, want[name], v)
		names = append(names, name)
		again, ok := got.Get(name)
		require.True(t, ok)
		require.Equal(t, v, again)
	}
	require.Equal(t, slices.Sorted(maps.Keys(want)), names)
	_, ok := got.Get("not there")
	require.False(t, ok)
}

func TestTableOfMany(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var table immutable.Table[int]
	model := map[string]int{}
	for i := range 5000 {
		name := fmt.Sprint(r.IntN(4000))
		table, model[name] = table.With(name, i), i
	}
	requireSame(t, model, table)
	require.True(t, reflect.DeepEqual(immutable.TableOf(model), table))
	doubled := immutable.Map(table, func(v int) string { return fmt.Sprint(2 * v) })
	for name, v := range doubled.All() {
		require.Equal(t, fmt.Sprint(2*model[name]), v)
	}
	even := table.Filter(func(_ string, v int) bool { return v%2 == 0 })
	for _, v := range even.All() {
		require.Zero(t, v%2)
	}
	for range table.All() {
		break // an iteration may end early
	}
}

func TestTableForms(t *testing.T) {
	table := immutable.TableOf(map[string]int{"b": 2, "a": 1})
	assert.Equal(t, "{a: 1, b: 2}", table.String())
	text, err := json.Marshal(table)
	require.NoError(t, err)
	assert.Equal(t, `{"a":1,"b":2}`, string(text))
	var read immutable.Table[int]
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, table, read)
	assert.Error(t, json.Unmarshal([]byte(`[1]`), &read))
	assert.Equal(t, table, read, "what cannot be read changes nothing")

	text, err = json.Marshal(immutable.Table[int]{})
	require.NoError(t, err)
	assert.Equal(t, "{}", string(text))
	require.NoError(t, json.Unmarshal(text, &read))
	assert.True(t, read.IsZero())
	_, err = json.Marshal(immutable.TableOf(map[string]any{"f": func() {}}))
	assert.Error(t, err)
}

func TestTableChange(t *testing.T) {
	var table immutable.Table[int]
	table = table.Change("a", func(v *int) { *v += 2 }).Change("a", func(v *int) { *v *= 5 })
	v, ok := table.Get("a")
	assert.True(t, ok)
	assert.Equal(t, 10, v)
}

func TestEqualUsesEqual(t *testing.T) {
	a, b := immutable.ListOf(1, 2), immutable.ListOf(1).With(2)
	x, y := immutable.TableOf(map[string]immutable.List[int]{"l": a}), immutable.TableOf(map[string]immutable.List[int]{"l": b})
	assert.True(t, x.Equal(y))
	assert.False(t, x.Equal(y.With("l", immutable.ListOf(1, 3))))
	assert.False(t, x.Equal(immutable.Table[immutable.List[int]]{}))
}

func TestList(t *testing.T) {
	items := []string{"a", "b"}
	l := immutable.ListOf(items...)
	items[0] = "x"
	assert.Equal(t, []string{"a", "b"}, slices.Collect(l.All()))
	assert.Equal(t, "a", l.At(0))
	assert.Equal(t, 2, l.Len())
	assert.Equal(t, "[a b]", l.String())
	m, n := l.With("c"), l.With("d")
	assert.Equal(t, "[a b c] [a b d] [a b]", fmt.Sprint(m, n, l), "they share nothing that can change")
	assert.True(t, l.With().Equal(l))
	assert.False(t, l.Equal(m))
	assert.True(t, immutable.List[string]{}.IsZero())

	text, err := json.Marshal(immutable.List[int]{})
	require.NoError(t, err)
	assert.Equal(t, "[]", string(text))
	var read immutable.List[struct{ A int }]
	require.NoError(t, json.Unmarshal([]byte(`[{"A":1}]`), &read))
	assert.Equal(t, 1, read.At(0).A)
	assert.Error(t, json.Unmarshal([]byte(`[{"B":1}]`), &read))
}

func TestNames(t *testing.T) {
	assert.Equal(t, "none", immutable.NamesOf().String())
	assert.Equal(t, "a", immutable.NamesOf("a").String())
	assert.Equal(t, "a, b and c", immutable.NamesOf("c", "a", "b", "a").String())
	assert.Equal(t, 2, immutable.NamesOf("x", "y").Len())
	assert.True(t, immutable.NamesOf("x", "y") == immutable.NamesOf("y", "x"))
	assert.True(t, immutable.NamesOf("x", "y").Has("y"))
	assert.False(t, immutable.Names{}.Has(""))
	assert.Zero(t, immutable.Names{}.Len())

	text, err := json.Marshal(immutable.NamesOf("b", "a"))
	require.NoError(t, err)
	assert.Equal(t, `["a","b"]`, string(text))
	var read immutable.Names
	require.NoError(t, json.Unmarshal(text, &read))
	assert.True(t, immutable.NamesOf("a", "b").Equal(read))
	text, err = json.Marshal(immutable.Names{})
	require.NoError(t, err)
	assert.Equal(t, `[]`, string(text))
}

// BenchmarkTableWith changes one value of a table, beside a copied map.
func BenchmarkTableWith(b *testing.B) {
	for _, n := range []int{10, 1000, 100_000} {
		model := map[string]int{}
		for i := range n {
			model[fmt.Sprint(i)] = i
		}
		table := immutable.TableOf(model)
		b.Run(fmt.Sprintf("size=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				table = table.With("7", 7)
			}
		})
		b.Run(fmt.Sprintf("baseline=map/size=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				model = maps.Clone(model)
				model["7"] = 7
			}
		})
	}
}
