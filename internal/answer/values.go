package answer

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/words"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// value returns what an address picks as JSON: null if there is nothing.
func value(v string) json.RawMessage {
	if v == "" {
		return nil
	}
	return json.RawMessage(v)
}

func values(vs []string) []json.RawMessage {
	all := []json.RawMessage{}
	for _, v := range vs {
		all = append(all, value(v))
	}
	return all
}

// orNull returns a date for JSON, where the zero Date is null.
func orNull(d edtf.Date) *edtf.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func orNone(vs []json.RawMessage) []json.RawMessage {
	if vs == nil {
		return []json.RawMessage{}
	}
	return vs
}

// Alternatives returns values of the field with a name as they stand in a sentence:
// "a or b".
func Alternatives(field string, vs []json.RawMessage) string {
	var all []string
	for _, v := range vs {
		if text := words.Value(field, v); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, " or ")
}

// fieldOf returns the name of the field that a pointer leads to.
func fieldOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func isObject(v json.RawMessage) bool { return len(v) > 0 && v[0] == '{' }

// memberChanges says how the members of an object changed.
func memberChanges(from, to json.RawMessage) string {
	var parts []string
	for _, c := range differences(string(from), string(to)) {
		field := fieldOf(c.Path)
		before, after := words.Value(field, c.From), words.Value(field, c.To)
		switch name := words.Path(SplitPointer(c.Path)); {
		case name == "":
			return before + " to " + after
		case c.From == nil && (after == "recorded" || after == "yes"):
			parts = append(parts, name)
		case c.From == nil:
			parts = append(parts, words.Named(name, field, c.To))
		case c.To == nil:
			parts = append(parts, "without "+name)
		default:
			parts = append(parts, name+" from "+before+" to "+after)
		}
	}
	return strings.Join(parts, ", ")
}

// objectWords says in what the first of some objects differs from one before
// it, and the others from it.
func objectWords(before json.RawMessage, vs []json.RawMessage) []string {
	var all []string
	if changed := memberChanges(before, vs[0]); changed != "" {
		all = append(all, changed)
	}
	for _, v := range vs[1:] {
		other := words.Nothing
		if v != nil {
			other = memberChanges(vs[0], v)
		}
		all = append(all, "or "+other)
	}
	return all
}

// Plain returns a JSON value as people write it.
func Plain(v json.RawMessage) string {
	if v == nil {
		return "nothing"
	}
	if s, err := strconv.Unquote(string(v)); err == nil {
		return s
	}
	var items []json.RawMessage
	if json.Unmarshal(v, &items) == nil {
		var parts []string
		for _, item := range items {
			parts = append(parts, Plain(item))
		}
		return strings.Join(parts, ", ")
	}
	var m map[string]any
	if json.Unmarshal(v, &m) == nil {
		if title, ok := m["title"].(string); ok {
			if window, ok := m["window"].(string); ok {
				title += ", " + window
			}
			return title // the rest stands with the plans
		}
		var parts []string
		for _, name := range jsontree.Names(m) {
			parts = append(parts, strings.TrimSpace(name+" "+Plain(compact(m[name]))))
		}
		return strings.Join(parts, ", ")
	}
	return string(v)
}

// differences lists how the JSON value b differs from a, by pointer. What is
// added to a section, or taken from it, is one entry.
func differences(a, b string) []Effect {
	changes := []Effect{}
	jsontree.Leaves(jsontree.Decode(a), jsontree.Decode(b), 2, func(l jsontree.Leaf) {
		changes = append(changes, Effect{jsontree.Pointer(l.Path), jsontree.Text(l.From), jsontree.Text(l.To)})
	})
	return changes
}

func compact(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	text, _ := json.Marshal(v)
	return text
}
