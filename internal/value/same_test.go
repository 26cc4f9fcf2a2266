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
	same := Sameness[sample]()
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
		assert.Equal(t, row.want, same(&row.a, &row.b), name)
		assert.Equal(t, row.want, same(&row.b, &row.a), name)
	}
	round := &sample{}
	round.behind = round
	assert.True(t, same(round, round))
	ring := &sample{}
	ring.behind = &sample{behind: ring}
	assert.False(t, same(round, ring), "a ring of one and one of two")
	other := &sample{}
	other.behind = &sample{behind: other}
	assert.True(t, same(ring, other))
}

// Of two values that are deeply equal one may have one thing where the other has two: who
// changes it in one place finds it changed in the other, or not.
func TestSameTellsWhatIsShared(t *testing.T) {
	type list struct {
		items   []*sample
		current *sample
		plain   []sample
		within  *string
		first   map[string]int
		second  map[string]int
		any     any
	}
	same := Sameness[list]()
	one, two := &sample{}, &sample{}
	three, four := &sample{}, &sample{}
	both := []sample{{}, {}}
	table, more := map[string]int{"a": 1}, map[string]int{"a": 1}
	for name, pair := range map[string][2]list{
		"one thing twice":      {{items: []*sample{one, one}}, {items: []*sample{one, two}}},
		"another is chosen":    {{items: []*sample{one, two}, current: one}, {items: []*sample{three, four}, current: four}},
		"of the same":          {{items: []*sample{one, two}, current: one}, {items: []*sample{one, two}, current: two}},
		"chosen from a list":   {{plain: both, current: &both[0]}, {plain: both, current: &both[1]}},
		"chosen or by itself":  {{plain: both, current: &both[0]}, {plain: []sample{{}, {}}, current: &sample{}}},
		"a field or by itself": {{plain: both, within: &both[0].Name}, {plain: both, within: new(string)}},
		"one map or two":       {{first: table, second: table}, {first: table, second: more}},
		"behind an interface":  {{current: one, any: one}, {current: one, any: two}},
	} {
		assert.Equal(t, pair[0], pair[1], name)
		assert.False(t, same(&pair[0], &pair[1]), name)
		assert.False(t, same(&pair[1], &pair[0]), name)
	}
	for name, pair := range map[string][2]list{
		"two things":         {{items: []*sample{one, two}}, {items: []*sample{three, four}}},
		"the same is chosen": {{items: []*sample{one, two}, current: two}, {items: []*sample{three, four}, current: four}},
		"two maps":           {{first: table, second: more}, {first: more, second: table}},
		"one map":            {{first: table, second: table}, {first: more, second: more}},
	} {
		assert.True(t, same(&pair[0], &pair[1]), name)
	}
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
		same := Sameness[sample]()
		a, b := drawn(t, "a"), drawn(t, "b")
		assert.Equal(t, reflect.DeepEqual(a, b), same(&a, &b), "%+v and %+v", a, b)
	})
}
