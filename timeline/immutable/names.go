package immutable

import (
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// Names is a set of names as one value, to be compared with ==. The zero value
// is empty. In JSON it is an array, sorted.
type Names struct{ joined string }

const nameBreak = "\x00"

// NamesOf returns names, sorted, each once. A name must not be empty nor contain the
// character NUL: the empty name alone is no name at all, and NUL makes two of one.
func NamesOf(names ...string) Names {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	return Names{strings.Join(names, nameBreak)}
}

// All returns an iterator over the names, sorted.
func (n Names) All() iter.Seq[string] {
	if n.joined == "" {
		return func(func(string) bool) {}
	}
	return strings.SplitSeq(n.joined, nameBreak)
}

// Has reports whether name is in the set.
func (n Names) Has(name string) bool {
	for other := range n.All() {
		if other == name {
			return true
		}
	}
	return false
}

// Len returns the number of names.
func (n Names) Len() int {
	if n.joined == "" {
		return 0
	}
	return strings.Count(n.joined, nameBreak) + 1
}

// IsZero reports whether the set is empty.
func (n Names) IsZero() bool { return n.joined == "" }

// Equal reports whether n and m are the same set: whether n == m.
func (n Names) Equal(m Names) bool { return n == m }

// String returns "none", "a", "a and b" or "a, b and c".
func (n Names) String() string { return Enumerate(slices.Collect(n.All())) }

// Enumerate returns names as "none", "a", "a and b" or "a, b and c".
func Enumerate(names []string) string {
	switch len(names) {
	case 0:
		return "none"
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// MarshalJSON writes an array.
func (n Names) MarshalJSON() ([]byte, error) {
	names := slices.Collect(n.All())
	if names == nil {
		names = []string{}
	}
	return value.JSON(names)
}

// UnmarshalJSON reads an array.
func (n *Names) UnmarshalJSON(text []byte) error {
	var names []string
	if err := value.StrictJSON(text, &names); err != nil {
		return err
	}
	*n = NamesOf(names...)
	return nil
}
