package timeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Documenter is a state whose JSON form depends on the day on which it is
// read, such as one with plans that fall due. Document returns what is to be
// encoded for the end of day.
type Documenter interface {
	Document(day edtf.Day) any
}

// Document returns the JSON form of s as it reads at the end of day: that of
// its Document if it is a [Documenter], else its own. The address of a value
// in it is a JSON Pointer (RFC 6901). A state that cannot be encoded is an
// error, which names it.
func Document[S any](s S, day edtf.Day) (json.RawMessage, error) {
	var v any = s
	if d, ok := v.(Documenter); ok {
		v = d.Document(day)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("timeline: the state on %v has no JSON form: %w", day, err)
	}
	return text, nil
}

// A tree is a decoded JSON value: map[string]any, []any, string, json.Number,
// bool or nil.
type tree = any

// treeOf decodes text, which is valid, and keeps numbers as they are written.
func treeOf(text json.RawMessage) tree {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var v tree
	_ = d.Decode(&v)
	return v
}

// A nothingValue is a value that is not there, which is other than null.
type nothingValue struct{}

var nothing tree = nothingValue{}

// textOf returns the JSON of v, or nil if it is nothing.
func textOf(v tree) json.RawMessage {
	if v == nothing {
		return nil
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // it was decoded before
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}

// A leaf is a value at which two trees differ: neither both objects, nor an
// object and nothing.
type leaf struct {
	path     []string
	from, to tree
}

// leaves calls yield with each value at which from and to differ, by path.
func leaves(path []string, from, to tree, yield func(leaf)) {
	a, okA := from.(map[string]any)
	b, okB := to.(map[string]any)
	if okA && (okB || to == nothing && len(a) > 0) || okB && from == nothing && len(b) > 0 {
		for _, name := range names(a, b) {
			leaves(append(slices.Clip(path), name), member(a, name), member(b, name), yield)
		}
		return
	}
	if from, to := textOf(from), textOf(to); string(from) == string(to) && (from == nil) == (to == nil) {
		return
	}
	yield(leaf{path, from, to})
}

func names(maps ...map[string]any) []string {
	var names []string
	for _, m := range maps {
		for name := range m {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func member(m map[string]any, name string) tree {
	if v, ok := m[name]; ok {
		return v
	}
	return nothing
}

// at returns the value at path, or nothing.
func at(v tree, path []string) tree {
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = member(m, name)
	}
	return v
}

// pointer returns path as a JSON Pointer.
func pointer(path []string) string {
	var b strings.Builder
	for _, name := range path {
		b.WriteByte('/')
		b.WriteString(escape.Replace(name))
	}
	return b.String()
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")
