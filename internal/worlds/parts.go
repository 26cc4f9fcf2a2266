package worlds

import (
	"iter"
	"strings"
)

// AnyPart in a scope says that the item may have to do with any other.
const AnyPart = "*"

// Parts are named like paths: plants/Tychy/models/T03 is a part of plants/Tychy.
// Whoever reads or changes a part may read or change all that is below it.

// PartsAbove returns the parts that a part is below, the nearest first.
func PartsAbove(part string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := strings.LastIndexByte(part, '/'); n >= 0; n = strings.LastIndexByte(part[:n], '/') {
			if !yield(part[:n]) {
				return
			}
		}
	}
}

// PartsOverlap reports whether two parts have something in common: whether one is the
// other, or below it, or either is AnyPart.
func PartsOverlap(a, b string) bool {
	return a == b || a == AnyPart || b == AnyPart || isBelow(a, b) || isBelow(b, a)
}

func isBelow(a, b string) bool { return len(a) > len(b) && a[len(b)] == '/' && strings.HasPrefix(a, b) }
