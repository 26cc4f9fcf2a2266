package asof

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// value returns what an address picks as JSON: null if there is nothing.
func value(v string) json.RawMessage {
	if v == "" {
		return nil
	}
	return json.RawMessage(v)
}

func values(vs []string) []json.RawMessage {
	all := []json.RawMessage{}
	for _, v := range vs {
		all = append(all, value(v))
	}
	return all
}

// orNull returns a date for JSON, where the zero Date is null.
func orNull(d edtf.Date) *edtf.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func orNone(vs []json.RawMessage) []json.RawMessage {
	if vs == nil {
		return []json.RawMessage{}
	}
	return vs
}

// quoted returns a value as it stands in a sentence.
func quoted(v json.RawMessage) string {
	switch string(v) {
	case "":
		return "nothing"
	case "{}":
		return "there"
	}
	switch text := Plain(v); v[0] {
	case '"':
		return fmt.Sprintf("%q", text)
	case '{', '[':
		return "(" + text + ")"
	default:
		return text
	}
}

// Alternatives returns values as they stand in a sentence: "a or b".
func Alternatives(vs []json.RawMessage) string {
	var words []string
	for _, v := range vs {
		words = append(words, quoted(v))
	}
	return strings.Join(words, " or ")
}

func isObject(v json.RawMessage) bool { return len(v) > 0 && v[0] == '{' }

// memberChanges tells how the members of an object changed.
func memberChanges(from, to json.RawMessage) string {
	var parts []string
	for _, c := range differences(string(from), string(to)) {
		name := strings.TrimPrefix(c.Path, "/")
		switch {
		case name == "":
			return quoted(from) + " to " + quoted(to)
		case c.From == nil:
			parts = append(parts, name+" to "+quoted(c.To))
		default:
			parts = append(parts, name+" from "+quoted(c.From)+" to "+quoted(c.To))
		}
	}
	return strings.Join(parts, ", ")
}

// objectWords tells in what the first of some objects differs from one before
// it, and the others from it.
func objectWords(before json.RawMessage, vs []json.RawMessage) []string {
	var words []string
	if changed := memberChanges(before, vs[0]); changed != "" {
		words = append(words, changed)
	}
	for _, v := range vs[1:] {
		other := "nothing"
		if v != nil {
			other = memberChanges(vs[0], v)
		}
		words = append(words, "or "+other)
	}
	return words
}

// shorten cuts a text that is too long for a column.
func shorten(s string) string {
	const most = 52
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "..."
	}
	return s
}
