// Package schema makes the JSON Schema of history files out of the Go types
// that read them, with their comments as descriptions.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

const modulePath = "github.com/leapmotor-timeline/leapmotor"

// Generate returns the schema. Root is the folder of the root module, whose
// comments become descriptions.
func Generate(root string) ([]byte, error) {
	r, err := reflector(root)
	if err != nil {
		return nil, err
	}
	r.Mapper = mapper(r)
	schema := r.Reflect(seeds.HistoryForm{})
	schema.ID, schema.Title = "", "A history"
	list, _ := schema.Properties.Get("events")
	eventSchema(r, list.Items)
	format, _ := schema.Properties.Get("format")
	format.Const = seeds.Format
	return encode(schema)
}

// reflector returns what makes schemas, with the comments of the Go types.
func reflector(root string) (*jsonschema.Reflector, error) {
	r := &jsonschema.Reflector{Anonymous: true, DoNotReference: true}
	for _, dir := range []string{"timeline", "events", "seeds"} {
		if err := r.AddGoComments(modulePath, dir, jsonschema.WithFullComment()); err != nil {
			return nil, fmt.Errorf("comments of %s: %w", dir, err)
		}
	}
	tidyComments(r.CommentMap)
	return r, nil
}

// GeneratePart returns the schema of the other files of a history. Sources and events are
// in them what they are in the history file.
func GeneratePart(root string) ([]byte, error) {
	r, err := reflector(root)
	if err != nil {
		return nil, err
	}
	schema := r.Reflect(seeds.PartForm{})
	schema.ID, schema.Title = "", "A part of a history"
	format, _ := schema.Properties.Get("format")
	format.Const = seeds.Format
	for _, list := range []string{"sources", "events"} {
		schema.Properties.Set(list, &jsonschema.Schema{Ref: "history.schema.json#/properties/" + list})
	}
	return encode(schema)
}

func encode(schema *jsonschema.Schema) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(schema); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// tidyComments makes one line of each comment, without the links of Go.
func tidyComments(comments map[string]string) {
	for key, text := range comments {
		comments[key] = strings.NewReplacer("[", "", "]", "").Replace(strings.Join(strings.Fields(text), " "))
		if strings.Contains(text, "[a..b]") {
			comments[key] = strings.Join(strings.Fields(text), " ")
		}
	}
}

// mapper returns the schemas of the types that have a form of their own.
func mapper(r *jsonschema.Reflector) func(reflect.Type) *jsonschema.Schema {
	return func(t reflect.Type) *jsonschema.Schema {
		switch t {
		case reflect.TypeFor[edtf.Date]():
			return &jsonschema.Schema{Type: "string", Pattern: `^[][0-9X./,?~%-]+$`, Description: "A date in EDTF, such as 2018-03-15, 2018-03, 2019-34, 2018/2021 or [2017,2019]."}
		case reflect.TypeFor[events.Money]():
			return &jsonschema.Schema{Type: "string", Pattern: `^[A-Z]{3} [0-9]+(\.[0-9]{1,2})?$`, Description: "Money, such as EUR 1500000000."}
		case reflect.TypeFor[events.Number]():
			return number(&jsonschema.Schema{Type: "number"}, `-?`)
		case reflect.TypeFor[events.Portion]():
			return number(&jsonschema.Schema{Type: "number", Minimum: "0", Maximum: "100"}, "")
		case reflect.TypeFor[events.Percent]():
			return &jsonschema.Schema{Type: "number", Minimum: "0", Maximum: "100"}
		case reflect.TypeFor[events.KilowattHours](), reflect.TypeFor[events.Kilowatts](),
			reflect.TypeFor[events.NewtonMetres](), reflect.TypeFor[events.Kilometres]():
			return &jsonschema.Schema{Type: "number", Minimum: "0"}
		case reflect.TypeFor[events.Basis]():
			return &jsonschema.Schema{Type: "string", Enum: []any{events.BasisAnnounced, events.BasisReported, events.BasisImplied}}
		case reflect.TypeFor[timeline.Rank]():
			return &jsonschema.Schema{Type: "string", Enum: []any{"preferred", "normal", "deprecated"}}
		case reflect.TypeFor[json.RawMessage]():
			return &jsonschema.Schema{Type: "object"}
		}
		switch {
		case strings.HasPrefix(t.Name(), "List["):
			return &jsonschema.Schema{Type: "array", Items: r.ReflectFromType(t.Field(0).Type.Elem())}
		case t.Kind() == reflect.String:
			return &jsonschema.Schema{Type: "string", MinLength: ptr(1)}
		}
		return nil
	}
}

// number returns the schema of a number that may be told in other ways than exactly.
func number(exact *jsonschema.Schema, sign string) *jsonschema.Schema {
	n := sign + `[0-9]+(\.[0-9]+)?`
	return &jsonschema.Schema{
		Description: `A number, or what is told of one: "about 5", ">50", ">=50", "<50", "<=50", "25..50", ">25..50", "25..<50".`,
		OneOf: []*jsonschema.Schema{
			exact,
			{Type: "string", Pattern: `^((about |>=|<=|<|>)` + n + `|>?` + n + `\.\.<?` + n + `)$`},
		},
	}
}

func ptr(n uint64) *uint64 { return &n }

// eventSchema adds to the schema of an event what each type's data is.
func eventSchema(r *jsonschema.Reflector, event *jsonschema.Schema) {
	var names []any
	for _, p := range events.Prototypes() {
		t := events.TypeOf(p)
		names = append(names, t.Name)
		data := r.Reflect(p)
		data.Version, data.ID = "", ""
		event.AllOf = append(event.AllOf, &jsonschema.Schema{
			If: &jsonschema.Schema{
				Properties: properties("type", &jsonschema.Schema{Const: t.Name}),
				Required:   []string{"type"},
			},
			Then: &jsonschema.Schema{
				Properties: properties("version", &jsonschema.Schema{Const: t.Version}, "data", data),
			},
		})
	}
	typ, _ := event.Properties.Get("type")
	typ.Enum = names
	slug, _ := event.Properties.Get("slug")
	slug.Pattern = `^[a-z0-9]+(-[a-z0-9]+)*$`
	cites, _ := event.Properties.Get("cites")
	cites.MinItems = ptr(1)
	for _, name := range []string{"paragraph", "sentence"} {
		n, _ := cites.Items.Properties.Get(name)
		n.Minimum = "1"
	}
	// An event either has a type, a version and data, or it retracts.
	event.If = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Required: []string{"type"}}, {Required: []string{"version"}}, {Required: []string{"data"}},
	}}
	event.Then = &jsonschema.Schema{Required: []string{"type", "version", "data"}}
	event.Else = &jsonschema.Schema{Required: []string{"replaces"}}
}
