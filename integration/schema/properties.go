package schema

import (
	"github.com/invopop/jsonschema"
	orderedmap "github.com/pb33f/ordered-map/v2"
)

// properties returns the properties that pairs of a name and a schema list.
func properties(pairs ...any) *orderedmap.OrderedMap[string, *jsonschema.Schema] {
	p := jsonschema.NewProperties()
	for i := 0; i < len(pairs); i += 2 {
		p.Set(pairs[i].(string), pairs[i+1].(*jsonschema.Schema))
	}
	return p
}
