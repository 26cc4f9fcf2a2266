package immutable

import (
	"fmt"
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A List is a sequence of items. The zero value is empty. In JSON it is an
// array.
type List[T any] struct{ items []T }

// ListOf returns the list of items.
func ListOf[T any](items ...T) List[T] {
	if len(items) == 0 {
		return List[T]{}
	}
	return List[T]{slices.Clone(items)}
}

// With returns l with items behind its own. It costs time in proportion to the
// length.
func (l List[T]) With(items ...T) List[T] {
	if len(items) == 0 {
		return l
	}
	return List[T]{slices.Concat(l.items, items)}
}

// At returns item i, counted from 0. It panics if i is out of range.
func (l List[T]) At(i int) T { return l.items[i] }

// All returns an iterator over the items.
func (l List[T]) All() iter.Seq[T] { return slices.Values(l.items) }

// Len returns the number of items.
func (l List[T]) Len() int { return len(l.items) }

// IsZero reports whether the list is empty.
func (l List[T]) IsZero() bool { return len(l.items) == 0 }

// Equal reports whether l and m hold the same: the items are compared by their
// method Equal if they have one, else with reflect.DeepEqual.
func (l List[T]) Equal(m List[T]) bool {
	if len(l.items) != len(m.items) {
		return false
	}
	return len(l.items) == 0 || &l.items[0] == &m.items[0] || slices.EqualFunc(l.items, m.items, value.Equality[T]())
}

// String returns l as "[a b c]".
func (l List[T]) String() string { return fmt.Sprint(l.items) }

// MarshalJSON writes an array.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l.items == nil {
		return []byte("[]"), nil
	}
	return value.JSON(l.items)
}

// UnmarshalJSON reads an array. It refuses fields that an item does not have.
func (l *List[T]) UnmarshalJSON(text []byte) error {
	var items []T
	if err := value.StrictJSON(text, &items); err != nil {
		return err
	}
	if l.items = nil; len(items) > 0 {
		l.items = items
	}
	return nil
}
