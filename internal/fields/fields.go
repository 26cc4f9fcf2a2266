// Package fields lists the fields of structs by the names that they have in JSON.
package fields

import (
	"reflect"
	"strings"
	"sync"
)

// A Field is a field of a struct as JSON has it.
type Field struct {
	Name     string
	Type     reflect.Type
	Optional bool // its tag says omitzero
}

// Of returns the fields of a struct, those of embedded ones included. It must not be
// written to.
func Of(t reflect.Type) []Field {
	if of, ok := known.Load(t); ok {
		return of.([]Field)
	}
	var all []Field
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		all = append(all, Field{name, f.Type, strings.Contains(options, "omitzero")})
	}
	known.Store(t, all)
	return all
}

// known is the fields of each struct, by its type.
var known sync.Map
