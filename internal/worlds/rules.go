package worlds

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A State is a state of a history: a pointer to it, behind which nothing is changed. An [Engine] carries
// states about and knows no more of them than its Rules say. So it is compiled once, with this package,
// and not in each program for the states that it has.
type State any

// Rules are what this package must know about states.
type Rules struct {
	// Fold returns the state that follows s once item has happened. It must be
	// pure. An error means that the item cannot follow s.
	Fold func(s State, item int) (State, error)
	// Equal reports whether two states are the same for every question.
	Equal func(a, b State) bool
	// Scope returns the parts of the state that an item reads or changes.
	Scope func(item int) []string
}

// RulesOf returns the rules of states of type S.
func RulesOf[S any](fold func(s S, item int) (S, error), equal func(a, b S) bool, scope func(item int) []string) Rules {
	return Rules{
		Fold: func(s State, item int) (State, error) {
			next, err := fold(*s.(*S), item)
			if err != nil {
				return nil, err
			}
			return &next, nil
		},
		Equal: func(a, b State) bool { return equal(*a.(*S), *b.(*S)) },
		Scope: scope,
	}
}

// A Refusal says that Fold refused an item of the baseline.
type Refusal struct {
	Item int
	Day  edtf.Day // its latest day
	Err  error    // what Fold said
}
