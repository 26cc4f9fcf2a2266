package events

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"reflect"
	"slices"
	"strings"
)

// A List is a sequence that cannot be changed, so that it can be shared. The
// zero value is empty. In JSON it is an array.
type List[T any] struct{ items []T }

// ListOf returns the list of items.
func ListOf[T any](items ...T) List[T] {
	if len(items) == 0 {
		return List[T]{}
	}
	return List[T]{slices.Clone(items)}
}

// All returns an iterator over the items.
func (l List[T]) All() iter.Seq[T] { return slices.Values(l.items) }

// Len returns the number of items.
func (l List[T]) Len() int { return len(l.items) }

// IsZero reports whether the list is empty.
func (l List[T]) IsZero() bool { return len(l.items) == 0 }

// MarshalJSON writes an array.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l.items == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(l.items)
}

// UnmarshalJSON reads an array. It refuses fields that an item does not have.
func (l *List[T]) UnmarshalJSON(text []byte) error {
	var items []T
	if err := strictJSON(text, &items); err != nil {
		return err
	}
	if l.items = nil; len(items) > 0 {
		l.items = items
	}
	return nil
}

func strictJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if len(bytes.TrimSpace(text[d.InputOffset():])) > 0 {
		return errors.New("more than one JSON value")
	}
	return nil
}

// equal reports whether l and m hold the same; lists that share their items are
// equal at a glance.
func (l List[T]) equal(m List[T]) bool {
	if len(l.items) != len(m.items) {
		return false
	}
	return len(l.items) == 0 || &l.items[0] == &m.items[0] || reflect.DeepEqual(l.items, m.items)
}

// joined returns the items of l as "a, b and c".
func joined(l List[string]) string { return Names(strings.Join(l.items, nameBreak)).String() }

// A Table is a set of named values that cannot be changed, so that it can be
// shared. The zero value is empty. In JSON it is an object.
type Table[V any] struct{ rows []*row[V] } // sorted by name; rows are never written to

type row[V any] struct {
	name  string
	value V
}

// Get returns the value with the given name, or false if there is none.
func (t Table[V]) Get(name string) (V, bool) {
	if i, ok := t.find(name); ok {
		return t.rows[i].value, true
	}
	var zero V
	return zero, false
}

// With returns t with the value under the given name, in place of any that is
// there.
func (t Table[V]) With(name string, value V) Table[V] {
	i, found := t.find(name)
	rows := make([]*row[V], 0, len(t.rows)+1)
	rows = append(append(rows, t.rows[:i]...), &row[V]{name, value})
	if found {
		i++
	}
	return Table[V]{append(rows, t.rows[i:]...)}
}

func (t Table[V]) find(name string) (int, bool) {
	return slices.BinarySearchFunc(t.rows, name, func(r *row[V], name string) int { return strings.Compare(r.name, name) })
}

// All returns an iterator over names and values, by name.
func (t Table[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, r := range t.rows {
			if !yield(r.name, r.value) {
				return
			}
		}
	}
}

// Len returns the number of values.
func (t Table[V]) Len() int { return len(t.rows) }

// IsZero reports whether the table is empty.
func (t Table[V]) IsZero() bool { return len(t.rows) == 0 }

// MarshalJSON writes an object, by name.
func (t Table[V]) MarshalJSON() ([]byte, error) {
	m := make(map[string]V, len(t.rows))
	for _, r := range t.rows {
		m[r.name] = r.value
	}
	return json.Marshal(m)
}

// equal reports whether t and u hold the same, by eq. Tables that come from one
// another share most of their rows, and those are equal at a glance.
func (t Table[V]) equal(u Table[V], eq func(a, b V) bool) bool {
	return slices.EqualFunc(t.rows, u.rows, func(a, b *row[V]) bool {
		return a == b || a.name == b.name && eq(a.value, b.value)
	})
}

// same reports whether a == b, as a function.
func same[V comparable](a, b V) bool { return a == b }

// alike reports whether a and b are deeply equal.
func alike[V any](a, b V) bool { return reflect.DeepEqual(a, b) }

// change returns t with the named value changed by f; one that is not there
// starts from its zero value.
func (t Table[V]) change(name string, f func(v *V)) Table[V] {
	v, _ := t.Get(name)
	f(&v)
	return t.With(name, v)
}

// Names is a list of names as one value, to be compared with ==. The zero
// value is empty.
type Names string

const nameBreak = "\x00"

// NamesOf returns names, sorted, each once.
func NamesOf(names ...string) Names {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	return Names(strings.Join(names, nameBreak))
}

// All returns an iterator over the names.
func (n Names) All() iter.Seq[string] {
	if n == "" {
		return func(func(string) bool) {}
	}
	return strings.SplitSeq(string(n), nameBreak)
}

// Len returns the number of names.
func (n Names) Len() int { return len(slices.Collect(n.All())) }

// String returns "none", "a", "a and b" or "a, b and c".
func (n Names) String() string {
	names := slices.Collect(n.All())
	switch len(names) {
	case 0:
		return "none"
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
