package answer

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A section that appears or goes is added or removed as a whole, also an empty one.
func TestPatchOfSections(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{`{"a":{}}`, `{"b":{"x":1}}`, `[{"op":"remove","path":"/a"},{"op":"add","path":"/b","value":{"x":1}}]`},
		{`{}`, `{"a":{}}`, `[{"op":"add","path":"/a","value":{}}]`},
		{`{"a":{"x":1,"y":2}}`, `{}`, `[{"op":"remove","path":"/a"}]`},
		{
			`{"a":{"x":1}}`, `{"a":{"x":2,"y/z":{"n":3}}}`,
			`[{"op":"replace","path":"/a/x","value":2},{"op":"add","path":"/a/y~1z","value":{"n":3}}]`,
		},
		{`{"a":1}`, `{"a":1}`, `[]`},
	} {
		assert.JSONEq(t, tt.want, string(patchOf(tt.from, tt.to)), "%s to %s", tt.from, tt.to)
	}
}
