package table

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/fields"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

type citation = timeline.Citation

// The types of fields that are not written as their cells are.
var (
	moneyType   = reflect.TypeFor[events.Money]()
	numberType  = reflect.TypeFor[events.Number]()
	portionType = reflect.TypeFor[events.Portion]()
	dateType    = reflect.TypeFor[edtf.Date]()
)

// data makes the data of an event, with the column of each field.
func (b *builder) data(t *eventTemplate, r row, payload reflect.Type) (json.RawMessage, map[string]int) {
	object := map[string]any{}
	columns := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(t.set)) {
		from := t.set[name]
		at := position{1, 1}
		if n := from.first(); n >= 0 {
			at, columns["/"+strings.ReplaceAll(name, ".", "/")] = r.at[n], n
		}
		text, ok := b.text(from, r)
		switch {
		case !ok:
			continue
		case text == "" && needed(payload, name):
			b.fault(at, b.title(from), "the cell tells nothing, and %s is needed", name)
			continue
		case text == "":
			continue
		}
		value, err := b.value(name, text, payload)
		if err != nil {
			reason := strings.TrimPrefix(err.Error(), "edtf: ")
			if title := b.title(from); title != name {
				reason = name + ": " + reason
			}
			b.fault(at, b.title(from), "%s", reason)
			continue
		}
		put(object, strings.Split(name, "."), value)
	}
	return jsontree.Text(object), columns
}

// figure returns how numbers of the table are read.
func (b *builder) figure() figure { return figure{semicolons: b.mapping.Cells.Separator == ";"} }

// needed reports whether a payload must have a field.
func needed(payload reflect.Type, name string) bool {
	return slices.ContainsFunc(fields.Of(payload), func(f fields.Field) bool { return f.Name == name && !f.Optional })
}

// put puts a value into an object, or into one in it.
func put(object map[string]any, steps []string, value json.RawMessage) {
	for len(steps) > 1 {
		inner, ok := object[steps[0]].(map[string]any)
		if !ok {
			inner = map[string]any{}
			object[steps[0]] = inner
		}
		object, steps = inner, steps[1:]
	}
	object[steps[0]] = value
}

// value returns a text as the JSON of a field.
func (b *builder) value(name, text string, payload reflect.Type) (json.RawMessage, error) {
	t, err := fieldType(payload, strings.Split(name, "."))
	if err != nil {
		return nil, err
	}
	written, err := b.written(text, t)
	if err != nil {
		return nil, err
	}
	// what it cannot be is said here, where its cell is known
	if err := json.Unmarshal([]byte(written), reflect.New(t).Interface()); err != nil {
		return nil, err
	}
	return json.RawMessage(written), nil
}

// written writes a text as a field of a type is written.
func (b *builder) written(text string, t reflect.Type) (string, error) {
	switch {
	case t == moneyType:
		return b.mapping.Cells.money(text)
	case t == dateType:
		dates := b.dates
		dates.reading.OneDay = false // it may be a period
		d, _, err := dates.date(text)
		return jsonText(d.String()), err
	case t == numberType || t == portionType || t.Kind() == reflect.Float64:
		return b.figure().number(text)
	case t.Kind() == reflect.Int || t.Kind() == reflect.Int64:
		return b.figure().decimal(text)
	case t.Kind() == reflect.Bool:
		return boolean(text)
	case strings.HasPrefix(t.Name(), "List[") && t.Field(0).Type.Elem().Kind() == reflect.Struct:
		return "", fmt.Errorf("a list of %ss, which have fields of their own, cannot be filled from a table", strings.ToLower(t.Field(0).Type.Elem().Name()))
	case strings.HasPrefix(t.Name(), "List["):
		var items []string
		for _, item := range strings.Split(text, ";") {
			if item = strings.TrimSpace(item); item != "" {
				one, err := b.written(item, t.Field(0).Type.Elem())
				if err != nil {
					return "", err
				}
				items = append(items, one)
			}
		}
		return "[" + strings.Join(items, ",") + "]", nil
	}
	return jsonText(text), nil
}

func jsonText(text string) string { return string(jsontree.Text(text)) }

func boolean(text string) (string, error) {
	switch strings.ToLower(text) {
	case "yes", "true", "y", "x", "1":
		return "true", nil
	case "no", "false", "n", "0":
		return "false", nil
	}
	return "", fmt.Errorf("%q is neither yes nor no", text)
}

// fieldType returns the type of a field, or of one in it.
func fieldType(t reflect.Type, steps []string) (reflect.Type, error) {
	for _, step := range steps {
		if t.Kind() != reflect.Struct {
			return nil, fmt.Errorf("%q has no fields", t.Name())
		}
		found := slices.IndexFunc(fields.Of(t), func(f fields.Field) bool { return f.Name == step })
		if found < 0 {
			return nil, fmt.Errorf("there is no field %q%s", step, fieldHint(step, t))
		}
		t = fields.Of(t)[found].Type
	}
	return t, nil
}

func fieldHint(step string, t reflect.Type) string {
	names := fieldNames(t)
	if hint := meant(step, names); hint != "" {
		return hint
	}
	return "; there is " + strings.Join(names, ", ")
}

// sentenceOf returns what an event says happened, or its type if it cannot be decoded.
func sentenceOf(e *seeds.EventForm) string {
	p, err := events.Codec().Decode(eventlog.Stored{Type: e.Type, Version: e.Version, Data: e.Data})
	if err != nil {
		return e.Type
	}
	return p.String()
}
