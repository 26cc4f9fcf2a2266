package answer

import (
	"encoding/json"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// An operation is one of a JSON Patch (RFC 6902).
type operation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value,omitempty"`
}

// patchOf returns the JSON Patch that makes the state in to of that in from.
func patchOf(from, to string) json.RawMessage {
	before, after := members(json.RawMessage(from)), members(json.RawMessage(to))
	ops := []operation{}
	whole := map[string]bool{} // the sections that are added or removed
	for _, c := range differences(from, to) {
		section := SplitPointer(c.Path)[0]
		path := "/" + jsontree.Escape(section)
		switch {
		case whole[section]:
		case before[section] == nil:
			whole[section] = true
			ops = append(ops, operation{"add", path, after[section]})
		case after[section] == nil:
			whole[section] = true
			ops = append(ops, operation{"remove", path, nil})
		case c.From == nil:
			ops = append(ops, operation{"add", c.Path, c.To})
		case c.To == nil:
			ops = append(ops, operation{"remove", c.Path, nil})
		default:
			ops = append(ops, operation{"replace", c.Path, c.To})
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(ops) // strings and JSON
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}
