package immutable

import (
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A Table is values under distinct names, in the order of the names. The zero
// value is empty. In JSON it is an object.
type Table[V any] struct{ root *node }

// TableOf returns the table with the given values.
func TableOf[V any](values map[string]V) Table[V] {
	rows := make([]*row, 0, len(values))
	for name, v := range values {
		rows = append(rows, newRow(name, v))
	}
	return Table[V]{tableOf(rows)}
}

// tableOf returns the tree of rows in any order.
func tableOf(rows []*row) *node {
	slices.SortFunc(rows, func(a, b *row) int { return strings.Compare(a.name, b.name) })
	return build(rows)
}

// Get returns the value with the given name, or false if there is none.
func (t Table[V]) Get(name string) (V, bool) {
	if r := t.root.get(name); r != nil {
		return *r.value.(*V), true
	}
	var zero V
	return zero, false
}

// With returns t with the value under the given name, in place of any that is
// there. It costs time and memory in proportion to the logarithm of the size.
func (t Table[V]) With(name string, v V) Table[V] { return Table[V]{insert(t.root, newRow(name, v))} }

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
	return Table[V]{t.root.filter(func(r *row) bool { return r.name != name })}
}

// Filter returns t with only the values for which keep holds. It costs time in
// proportion to the size.
func (t Table[V]) Filter(keep func(name string, v V) bool) Table[V] {
	return Table[V]{t.root.filter(func(r *row) bool { return keep(r.name, *r.value.(*V)) })}
}

// All returns an iterator over names and values, by name.
func (t Table[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		t.root.each(func(r *row) bool { return yield(r.name, *r.value.(*V)) })
	}
}

// Len returns the number of values.
func (t Table[V]) Len() int { return t.root.len() }

// IsZero reports whether the table is empty.
func (t Table[V]) IsZero() bool { return t.root == nil }

// Map returns the table of what f makes of the values of t.
func Map[V, W any](t Table[V], f func(V) W) Table[W] {
	return Table[W]{t.root.mapped(func(r *row) *row { return newRow(r.name, f(*r.value.(*V))) })}
}

// Equal reports whether t and u hold the same: the values are compared by their
// method Equal if they have one, else with reflect.DeepEqual.
func (t Table[V]) Equal(u Table[V]) bool { return t.EqualFunc(u, value.Equality[V]()) }

// EqualFunc is Equal with a function that compares values. What two tables share
// is not looked at.
func (t Table[V]) EqualFunc(u Table[V], eq func(a, b V) bool) bool {
	return t.root.equal(u.root, func(a, b any) bool { return eq(*a.(*V), *b.(*V)) })
}

// String returns t as "{a: 1, b: 2}".
func (t Table[V]) String() string { return t.root.text() }

// MarshalJSON writes an object, by name.
func (t Table[V]) MarshalJSON() ([]byte, error) { return t.root.json() }

// UnmarshalJSON reads an object. It refuses fields that a value does not have.
func (t *Table[V]) UnmarshalJSON(text []byte) error {
	var values map[string]V
	if err := value.StrictJSON(text, &values); err != nil {
		return err
	}
	*t = TableOf(values)
	return nil
}
