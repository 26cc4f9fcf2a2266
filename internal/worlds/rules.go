package worlds

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// Rules are what this package must know about states of type S.
type Rules[S any] struct {
	// Fold returns the state that follows s once item has happened. It must be
	// pure. An error means that the item cannot follow s.
	Fold func(s S, item int) (S, error)
	// Equal reports whether two states are the same for every question.
	Equal func(a, b S) bool
	// Scope returns the parts of the state that an item reads or changes.
	Scope func(item int) []string
}

// A Refusal says that Fold refused an item of the baseline.
type Refusal struct {
	Item int
	Day  edtf.Day // its latest day
	Err  error    // what Fold said
}
