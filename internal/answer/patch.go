package answer

import (
	"encoding/json"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// patchOf returns the JSON Patch that makes the state in to of that in from. Both
// are objects, whose members are the sections of the state.
func patchOf(from, to string) json.RawMessage {
	before, after := members(json.RawMessage(from)), members(json.RawMessage(to))
	patch := jsontree.Patch{}
	whole := map[string]bool{} // the sections that are added or removed
	for _, c := range differences(from, to) {
		section := SplitPointer(c.Path)[0]
		path := "/" + jsontree.Escape(section)
		switch {
		case whole[section]:
		case before[section] == nil:
			whole[section] = true
			patch.Add(path, after[section])
		case after[section] == nil:
			whole[section] = true
			patch.Remove(path)
		case c.From == nil:
			patch.Add(c.Path, c.To)
		case c.To == nil:
			patch.Remove(c.Path)
		default:
			patch.Replace(c.Path, c.To)
		}
	}
	return patch.JSON()
}
