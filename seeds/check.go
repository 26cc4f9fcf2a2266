package seeds

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/fields"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// report takes a fault of a value.
type report func(n *jsontree.Node, format string, args ...any)

var (
	rawType  = reflect.TypeFor[json.RawMessage]()
	jsonType = reflect.TypeFor[json.Unmarshaler]()
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	dateType = reflect.TypeFor[edtf.Date]()
)

// checkType reports every way in which n is not a t, where decoding would stop
// at the first: names that t does not have, missing ones, values of a wrong
// kind or out of range. A field must be there unless its tag says omitzero.
func checkType(n *jsontree.Node, t reflect.Type, report report) {
	pointer := reflect.PointerTo(t)
	switch {
	case t == rawType:
	case strings.HasPrefix(t.Name(), "List["):
		checkItems(n, t.Field(0).Type.Elem(), report)
	case pointer.Implements(jsonType) || pointer.Implements(textType):
		checkDecodes(n, t, report)
	case t.Kind() == reflect.Struct:
		checkObject(n, t, report)
	case t.Kind() == reflect.Slice:
		checkItems(n, t.Elem(), report)
	default:
		checkDecodes(n, t, report)
	}
}

func checkItems(n *jsontree.Node, t reflect.Type, report report) {
	if !n.Is("[") {
		report(n, "expected a list")
		return
	}
	for _, item := range n.Items {
		checkType(item, t, report)
	}
}

func checkObject(n *jsontree.Node, t reflect.Type, report report) {
	if !n.Is("{") {
		report(n, "expected an object")
		return
	}
	all := fields.Of(t)
	known := make([]string, len(all))
	for i, f := range all {
		known[i] = f.Name
		if n.Get(f.Name) == nil && !f.Optional {
			report(n, "%q is missing", f.Name)
		}
	}
	for _, m := range n.Members {
		i := slices.Index(known, m.Name)
		if i < 0 {
			report(m.Value, "there is no %q here%s", m.Name, suggest(m.Name, known))
			continue
		}
		if m.Value.Is(`"`) && m.Value.Text() == "" {
			report(m.Value, "must not be empty")
			continue
		}
		checkType(m.Value, all[i].Type, report)
	}
}

// checkDecodes reports why n cannot be decoded into a t, if it cannot.
func checkDecodes(n *jsontree.Node, t reflect.Type, report report) {
	if string(n.Raw) == "null" {
		report(n, "null is no value; leave it out")
		return
	}
	err := json.Unmarshal(n.Raw, reflect.New(t).Interface())
	if t == dateType && err == nil {
		_, err = edtf.Parse(n.Text()) // a log may have what a file must not
	}
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		report(n, "expected %s, not %s", kindName(t), kind.Value)
	case err != nil:
		reason := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "edtf: "), "timeline: ")
		ofEvent := strings.HasSuffix(n.Pointer, "/when") || strings.HasSuffix(n.Pointer, "/known")
		if d, plain := (edtf.Reading{OneDay: ofEvent}).Parse(n.Text()); t == dateType && plain == nil {
			reason += fmt.Sprintf("; write %q", d)
		}
		report(n, "%s", reason)
	}
}

func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "a string"
}

// suggest returns "; did you mean ...?" if one of names is near to name.
func suggest(name string, names []string) string {
	found := near.To(name, names)
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", found[0])
}
