package timeline

import (
	"encoding/json"
	"strings"
)

// An operation is one of a JSON Patch.
type operation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value,omitempty"`
}

// Patch returns differences, as [Diff] gives them, as a JSON Patch (RFC 6902).
// Applied to the [Document] of the one point it gives that of the other.
// Differences in what else is possible have no place in it.
func Patch[E any](differences []Difference[E]) json.RawMessage {
	ops := []operation{}
	done := map[string]bool{} // what has been added or removed on the way
	for _, d := range differences {
		switch {
		case d.From == nil && d.To != nil:
			for n := d.top; n > 0 && n < len(d.path); n++ {
				if p := pointer(d.path[:n]); !done[p] {
					done[p] = true
					ops = append(ops, operation{"add", p, json.RawMessage("{}")})
				}
			}
			done[d.Path] = true
			ops = append(ops, operation{"add", d.Path, d.To})
		case d.To == nil && d.From != nil:
			p := d.Path
			if d.top < len(d.path) {
				p = pointer(d.path[:d.top])
			}
			if !done[p] {
				done[p] = true
				ops = append(ops, operation{"remove", p, nil})
			}
		case string(d.From) != string(d.To):
			ops = append(ops, operation{"replace", d.Path, d.To})
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(ops) // strings and JSON
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}
