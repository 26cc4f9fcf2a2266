package immutable

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// behind returns what a row points to.
func (r *row) behind() any { return reflect.ValueOf(r.value).Elem().Interface() }

// text returns "{a: 1, b: 2}".
func (n *node) text() string {
	var parts []string
	for r := range n.all() {
		parts = append(parts, fmt.Sprintf("%s: %v", r.name, r.behind()))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// json returns an object, by name.
func (n *node) json() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // whoever encodes the table says whether that is done
	b.WriteByte('{')
	for r := range n.all() {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		if err := enc.Encode(r.name); err != nil {
			return nil, err
		}
		b.Bytes()[b.Len()-1] = ':' // in place of the end of the line
		if err := enc.Encode(r.behind()); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
