package timeline

import (
	"encoding/json"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// Patch returns differences, as [Timeline.Diff] gives them, as a JSON Patch (RFC 6902).
// Applied to the [Document] of the one point it gives that of the other.
// Differences in what else is possible have no place in it.
func Patch[E any](differences []Difference[E]) json.RawMessage {
	patch := jsontree.Patch{}
	done := map[string]bool{} // what has been added or removed on the way
	for _, d := range differences {
		switch {
		case d.From == nil && d.To != nil:
			for n := d.top; n > 0 && n < len(d.path); n++ {
				if p := jsontree.Pointer(d.path[:n]); !done[p] {
					done[p] = true
					patch.Add(p, json.RawMessage("{}"))
				}
			}
			done[d.Path] = true
			patch.Add(d.Path, d.To)
		case d.To == nil && d.From != nil:
			p := d.Path
			if d.top < len(d.path) {
				p = jsontree.Pointer(d.path[:d.top])
			}
			if !done[p] {
				done[p] = true
				patch.Remove(p)
			}
		case string(d.From) != string(d.To):
			patch.Replace(d.Path, d.To)
		}
	}
	return patch.JSON()
}
