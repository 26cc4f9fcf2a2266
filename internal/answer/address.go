package answer

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An address is that of a value in the state.
type address struct {
	Path  string // a JSON Pointer
	steps []string
}

// pick returns the value at a, as it reads on day, as JSON; "" if there is
// none.
func (a address) pick(day edtf.Day) func(events.Company) string {
	return func(c events.Company) string {
		return string(valueAt(Decoded(section(c.On(day), a.steps[0])), a.steps[1:]))
	}
}

// document returns the state as a decoded JSON value.
func document(c events.Company, day edtf.Day) any { return Decoded(c.On(day)) }

// Decoded returns what the JSON form of v decodes to.
func Decoded(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // every state can be written
	}
	var d any
	_ = json.Unmarshal(text, &d)
	return d
}

// section returns the field of a report that has the given name in JSON, or nil
// if it is left out. To encode it alone is much cheaper than all of the report.
func section(r events.Report, name string) any {
	v := reflect.ValueOf(r)
	for n := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(n).Tag.Get("json"), ",")
		if tag != name || v.Field(n).IsZero() {
			continue
		}
		f := v.Field(n).Interface()
		if z, ok := f.(interface{ IsZero() bool }); ok && z.IsZero() {
			continue
		}
		return f
	}
	return nil
}

func valueAt(v any, steps []string) json.RawMessage {
	for _, step := range steps {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(x) {
				return nil
			}
			v = x[n]
		default:
			return nil
		}
	}
	return compact(v)
}

// about returns the history with only what can decide the value at a.
func (a address) about(h *events.History) *events.History {
	if parts := events.Parts(a.steps...); parts != nil {
		return h.About(parts...)
	}
	if len(a.steps) != 1 || a.steps[0] == "platforms" {
		return h
	}
	var parts []string // of all members of the section
	kind := strings.TrimSuffix(events.Parts(a.steps[0], "x")[0], "x")
	for e := range h.Events() {
		if e.Data == nil {
			continue
		}
		for _, part := range e.Data.Scope() {
			if strings.HasPrefix(part, kind) {
				parts = append(parts, part)
			}
		}
	}
	return h.About(parts...)
}

// dated reports whether the value at a may change with the days alone: plans
// fall due.
func (a address) dated() bool {
	return len(a.steps) == 0 || a.steps[0] == "plans" && (len(a.steps) < 3 || a.steps[2] == "status")
}

// window returns the address of the window of the plan of a, or a if it is of
// none or of more.
func (a address) window() address {
	if len(a.steps) < 2 || a.steps[0] != "plans" {
		return a
	}
	steps := []string{"plans", a.steps[1], "window"}
	return address{joinPointer(steps), steps}
}

// A target is an address, and the value that is asked about, if one is.
type target struct {
	address
	value *string // as people write it
}

// is reports whether v is the value asked about, or whether there is one if
// none is.
func (t target) is(v string) bool {
	if t.value == nil {
		return v != ""
	}
	raw := json.RawMessage(v)
	if v == "" {
		raw = nil
	}
	return v == *t.value || Plain(raw) == *t.value
}

// holds returns whether the value is there on day.
func (t target) holds(day edtf.Day) func(events.Company) bool {
	pick := t.pick(day)
	return func(c events.Company) bool { return t.is(pick(c)) }
}

// String returns the target as a statement: "/stakes/Stellantis is there".
func (t target) String() string {
	if t.value == nil {
		return t.Path + " is there"
	}
	return t.Path + " is " + *t.value
}
