package jsontree

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A Value is a decoded JSON value: map[string]any, []any, string, json.Number,
// bool or nil, or [Nothing].
type Value = any

// Nothing is a value that is not there, which is other than null.
var Nothing Value = nothing{}

type nothing struct{}

// Decode returns the value of text, which is valid, with numbers as they are
// written. No text is Nothing.
func Decode(text string) Value {
	if text == "" {
		return Nothing
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v Value
	_ = d.Decode(&v)
	return v
}

// Text returns the JSON of v, or nil if it is Nothing.
func Text(v Value) json.RawMessage {
	if v == Nothing {
		return nil
	}
	return encode(v)
}

// encode returns the JSON of v, which can be encoded.
func encode(v any) json.RawMessage {
	text, _ := value.JSON(v)
	return text
}

// At returns the value at path, or Nothing. A step into an array is an index.
func At(v Value, path []string) Value {
	for _, name := range path {
		switch x := v.(type) {
		case map[string]any:
			v = member(x, name)
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil || n < 0 || n >= len(x) {
				return Nothing
			}
			v = x[n]
		default:
			return Nothing
		}
	}
	return v
}

// TextAt returns the text of what is at path in text, which is valid JSON, or nothing.
func TextAt(text string, path []string) string {
	for _, name := range path {
		var found json.RawMessage
		switch {
		case strings.HasPrefix(text, "{"):
			var members map[string]json.RawMessage
			_ = json.Unmarshal([]byte(text), &members)
			found = members[name]
		case strings.HasPrefix(text, "["):
			var items []json.RawMessage
			_ = json.Unmarshal([]byte(text), &items)
			if n, err := strconv.Atoi(name); err == nil && n >= 0 && n < len(items) {
				found = items[n]
			}
		}
		text = string(found)
	}
	return text
}

func member(m map[string]any, name string) Value {
	if v, ok := m[name]; ok {
		return v
	}
	return Nothing
}

// Pointer returns path as a JSON Pointer (RFC 6901).
func Pointer(path []string) string {
	var b strings.Builder
	for _, name := range path {
		b.WriteByte('/')
		b.WriteString(Escape(name))
	}
	return b.String()
}

// A Leaf is a value at which two values differ: they are not both objects there.
type Leaf struct {
	Path     []string
	From, To Value
}

// Leaves calls yield with each value at which from and to differ, by path. An
// object that only one of them has is taken apart if its path is shorter than
// depth, and is a leaf otherwise, as it is if it is empty.
func Leaves(from, to Value, depth int, yield func(Leaf)) {
	leaves(Leaf{nil, from, to}, depth, yield)
}

func leaves(l Leaf, depth int, yield func(Leaf)) {
	a, okA := l.From.(map[string]any)
	b, okB := l.To.(map[string]any)
	apart := len(l.Path) < depth && (okA && l.To == Nothing && len(a) > 0 || okB && l.From == Nothing && len(b) > 0)
	if okA && okB || apart {
		for _, name := range Names(a, b) {
			leaves(Leaf{append(slices.Clip(l.Path), name), member(a, name), member(b, name)}, depth, yield)
		}
		return
	}
	if from, to := Text(l.From), Text(l.To); string(from) != string(to) {
		yield(l)
	}
}

// Names returns the names of the members of objects, sorted.
func Names(objects ...map[string]any) []string {
	var names []string
	for _, m := range objects {
		for name := range m {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// An Operation is one of a JSON Patch (RFC 6902): it adds, removes or replaces
// the value at a path.
type Operation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value,omitempty"`
}

// A Patch is a JSON Patch, to which operations are added one by one.
type Patch []Operation

// Add adds a value at path.
func (p *Patch) Add(path string, value json.RawMessage) {
	*p = append(*p, Operation{"add", path, value})
}

// Remove removes the value at path.
func (p *Patch) Remove(path string) { *p = append(*p, Operation{Op: "remove", Path: path}) }

// Replace replaces the value at path.
func (p *Patch) Replace(path string, value json.RawMessage) {
	*p = append(*p, Operation{"replace", path, value})
}

// JSON returns p as JSON.
func (p Patch) JSON() json.RawMessage { return encode(p) }
