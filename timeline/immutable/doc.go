// Package immutable has collections for states that are folded from events: a
// [Table] of named values, a [List], and [Names], a set of names.
//
// None of them can be changed. A method that seems to change one returns another
// that shares most of its memory with the first, so that a timeline can keep the
// state after every event:
//
//	stakes = stakes.With("Stellantis", 20)
//	percent, ok := stakes.Get("Stellantis")
//	for holder, percent := range stakes.All() { ... }
//
// All of them are values: the zero value is empty, they can be copied and shared
// between goroutines, they print readably, have a JSON form, and are compared with
// Equal. Two tables with equal contents are also deeply equal (reflect.DeepEqual),
// however they came about.
package immutable
