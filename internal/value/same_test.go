package value

import (
	"math"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

type sample struct {
	Name    string
	share   float64
	list    []int
	nested  map[string][]sample
	behind  *sample
	any     any
	fixed   [2]bool
	channel chan int
	call    func()
	wave    complex64
}

func TestSame(t *testing.T) {
	inner := sample{Name: "x"}
	for name, row := range map[string]struct {
		a, b sample
		want bool
	}{
		"zero":                   {sample{}, sample{}, true},
		"text":                   {sample{Name: "x"}, sample{Name: "y"}, false},
		"an unexported number":   {sample{share: 1}, sample{share: 1}, true},
		"numbers":                {sample{share: 1}, sample{share: 2}, false},
		"not a number":           {sample{share: math.NaN()}, sample{share: math.NaN()}, true},
		"signs of zero":          {sample{share: 0}, sample{share: math.Copysign(0, -1)}, false},
		"imaginary signs":        {sample{wave: 0}, sample{wave: complex(0, float32(math.Copysign(0, -1)))}, false},
		"lists":                  {sample{list: []int{1, 2}}, sample{list: []int{1, 2}}, true},
		"room is not seen":       {sample{list: make([]int, 1, 9)}, sample{list: []int{0}}, true},
		"lists of other length":  {sample{list: []int{1, 2}}, sample{list: []int{1}}, false},
		"other lists":            {sample{list: []int{1, 2}}, sample{list: []int{1, 3}}, false},
		"an empty list and none": {sample{list: []int{}}, sample{}, false},
		"maps":                   {sample{nested: map[string][]sample{"a": {inner}}}, sample{nested: map[string][]sample{"a": {inner}}}, true},
		"other keys":             {sample{nested: map[string][]sample{"a": nil}}, sample{nested: map[string][]sample{"b": nil}}, false},
		"other entries":          {sample{nested: map[string][]sample{"a": {inner}}}, sample{nested: map[string][]sample{"a": {{}}}}, false},
		"an empty map and none":  {sample{nested: map[string][]sample{}}, sample{}, false},
		"pointers":               {sample{behind: &sample{Name: "x"}}, sample{behind: &inner}, true},
		"other values behind":    {sample{behind: &sample{}}, sample{behind: &inner}, false},
		"a pointer and none":     {sample{behind: &sample{}}, sample{}, false},
		"interfaces":             {sample{any: 1}, sample{any: 1}, true},
		"other types":            {sample{any: 1}, sample{any: int64(1)}, false},
		"an interface and none":  {sample{any: 1}, sample{}, false},
		"maps by interface":      {sample{any: map[any]int{1: 1}}, sample{any: map[any]int{1: 1}}, false}, // it cannot tell
		"maps by number":         {sample{any: map[[1]float64]int{{1}: 1}}, sample{any: map[[1]float64]int{{1}: 1}}, false},
		"maps by structs":        {sample{any: map[struct{ a, b int }]int{{1, 2}: 1}}, sample{any: map[struct{ a, b int }]int{{1, 2}: 1}}, true},
		"arrays":                 {sample{fixed: [2]bool{true}}, sample{fixed: [2]bool{true}}, true},
		"other arrays":           {sample{fixed: [2]bool{true}}, sample{}, false},
		"channels":               {sample{channel: make(chan int)}, sample{channel: make(chan int)}, false},
		"functions":              {sample{call: t.FailNow}, sample{call: t.FailNow}, false},
		"what is too large":      {sample{list: make([]int, maxMeasured)}, sample{list: make([]int, maxMeasured)}, false},
	} {
		assert.Equal(t, row.want, Same(&row.a, &row.b), name)
		assert.Equal(t, row.want, Same(&row.b, &row.a), name)
	}
	round := &sample{}
	round.behind = round
	other := &sample{behind: round}
	assert.True(t, Same(round, other), "one pointer")
	ring := &sample{}
	ring.behind = &sample{behind: ring}
	assert.False(t, Same(round, ring), "rings")
	entries := map[float64]int{math.NaN(): 1}
	assert.True(t, Same(&entries, &entries), "one map")
}

// What is the same is deeply equal, and what is deeply equal is the same where nothing is a zero with a sign.
func TestSameLaw(t *testing.T) {
	drawn := func(t *rapid.T, label string) (s sample) {
		small := rapid.IntRange(0, 1)
		s.share = float64(small.Draw(t, label))
		s.Name = rapid.SampledFrom([]string{"", "x"}).Draw(t, label)
		s.list = rapid.SampledFrom([][]int{nil, {}, {1}}).Draw(t, label)
		if small.Draw(t, label) > 0 {
			s.behind = &sample{share: float64(small.Draw(t, label))}
		}
		s.any = rapid.SampledFrom([]any{nil, 1, "x", [1]int{1}, map[string]int{"a": 1}, map[string]int{"a": 2}}).Draw(t, label)
		return s
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn(t, "a"), drawn(t, "b")
		assert.Equal(t, reflect.DeepEqual(a, b), Same(&a, &b), "%+v and %+v", a, b)
	})
}
