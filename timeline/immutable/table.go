package immutable

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A Table is values under distinct names, in the order of the names. The zero
// value is empty. In JSON it is an object.
type Table[V any] struct{ root *node[V] }

// TableOf returns the table with the given values.
func TableOf[V any](values map[string]V) Table[V] {
	rows := make([]*row[V], 0, len(values))
	for name, v := range values {
		rows = append(rows, &row[V]{name, v})
	}
	slices.SortFunc(rows, func(a, b *row[V]) int { return strings.Compare(a.name, b.name) })
	return Table[V]{build(rows)}
}

// Get returns the value with the given name, or false if there is none.
func (t Table[V]) Get(name string) (V, bool) {
	n := t.root
	for n != nil && n.children != nil {
		n = n.children[n.childFor(name)]
	}
	if n != nil {
		if i, found := n.find(name); found {
			return n.rows[i].value, true
		}
	}
	var zero V
	return zero, false
}

// With returns t with the value under the given name, in place of any that is
// there. It costs time and memory in proportion to the logarithm of the size.
func (t Table[V]) With(name string, v V) Table[V] { return Table[V]{insert(t.root, &row[V]{name, v})} }

// Change returns t with the named value changed by f; one that is not there
// starts from its zero value.
func (t Table[V]) Change(name string, f func(v *V)) Table[V] {
	v, _ := t.Get(name)
	f(&v)
	return t.With(name, v)
}

// Without returns t without the value of the given name. It costs time in
// proportion to the size.
func (t Table[V]) Without(name string) Table[V] {
	return t.Filter(func(other string, _ V) bool { return other != name })
}

// Filter returns t with only the values for which keep holds. It costs time in
// proportion to the size.
func (t Table[V]) Filter(keep func(name string, v V) bool) Table[V] {
	rows := make([]*row[V], 0, t.Len())
	for r := range t.root.all() {
		if keep(r.name, r.value) {
			rows = append(rows, r)
		}
	}
	if len(rows) == t.Len() {
		return t
	}
	return Table[V]{build(rows)}
}

// All returns an iterator over names and values, by name.
func (t Table[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for r := range t.root.all() {
			if !yield(r.name, r.value) {
				return
			}
		}
	}
}

// Len returns the number of values.
func (t Table[V]) Len() int {
	if t.root == nil {
		return 0
	}
	return t.root.count
}

// IsZero reports whether the table is empty.
func (t Table[V]) IsZero() bool { return t.root == nil }

// Map returns the table of what f makes of the values of t.
func Map[V, W any](t Table[V], f func(V) W) Table[W] {
	if t.root == nil {
		return Table[W]{}
	}
	return Table[W]{mapped(t.root, f)}
}

// Equal reports whether t and u hold the same: the values are compared by their
// method Equal if they have one, else with reflect.DeepEqual.
func (t Table[V]) Equal(u Table[V]) bool { return t.EqualFunc(u, value.Equality[V]()) }

// EqualFunc is Equal with a function that compares values. What two tables share
// is not looked at.
func (t Table[V]) EqualFunc(u Table[V], eq func(a, b V) bool) bool {
	return t.root.equal(u.root, eq)
}

// String returns t as "{a: 1, b: 2}".
func (t Table[V]) String() string {
	var parts []string
	for name, v := range t.All() {
		parts = append(parts, fmt.Sprintf("%s: %v", name, v))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// MarshalJSON writes an object, by name.
func (t Table[V]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // whoever encodes the table says whether that is done
	b.WriteByte('{')
	for name, v := range t.All() {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		if err := enc.Encode(name); err != nil {
			return nil, err
		}
		b.Bytes()[b.Len()-1] = ':' // in place of the end of the line
		if err := enc.Encode(v); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads an object. It refuses fields that a value does not have.
func (t *Table[V]) UnmarshalJSON(text []byte) error {
	var values map[string]V
	if err := value.StrictJSON(text, &values); err != nil {
		return err
	}
	*t = TableOf(values)
	return nil
}
