package timeline

import (
	"encoding/json"
	"fmt"
	"reflect"

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
// error, which names it, and so is one of which all fields would be left out.
func Document[S any](s S, day edtf.Day) (json.RawMessage, error) {
	var v any = s
	if d, ok := v.(Documenter); ok {
		v = d.Document(day)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("timeline: the state on %v has no JSON form: %w", day, err)
	}
	if string(text) == "{}" && hidden(reflect.ValueOf(v)) {
		return nil, fmt.Errorf("timeline: the state on %v has no JSON form: %T has fields, and none that is exported", day, v)
	}
	return text, nil
}

// hidden reports whether v is a struct with fields of which package encoding/json sees none, and which does not say
// itself how it is written.
func hidden(v reflect.Value) bool {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct || v.NumField() == 0 {
		return false
	}
	_, written := v.Interface().(json.Marshaler)
	for n := range v.NumField() {
		f := v.Type().Field(n)
		written = written || f.IsExported() || f.Anonymous
	}
	return !written
}

// A Partitioned state says which of its parts, as payloads name them in their scope,
// the value at a path of its [Document] rests on: by themselves, or together with the
// parts of events that change the value there alone. None says that it may rest on all.
// A list of names, say, rests on all that are in it.
type Partitioned interface {
	PartsAt(path ...string) []string
}
