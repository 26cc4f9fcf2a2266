package edtf

import "fmt"

// A Truth is the answer to a yes-or-no question whose facts are known only in
// part. The zero value is [No].
//
// Truths follow Kleene's strong three-valued logic: they are ordered
// No < Possible < Certain, And is the least of two and Or the greatest.
type Truth uint8

// The three answers.
const (
	No       Truth = iota // in no way the facts can be
	Possible              // in some, but not in all
	Certain               // in every way the facts can be
)

// TruthOf returns [Certain] if b holds, else [No].
func TruthOf(b bool) Truth {
	if b {
		return Certain
	}
	return No
}

// And reports whether both t and u hold.
func (t Truth) And(u Truth) Truth { return min(t, u) }

// Or reports whether t or u holds.
func (t Truth) Or(u Truth) Truth { return max(t, u) }

// Not reports whether t does not hold. What is possible may also not be.
func (t Truth) Not() Truth { return Certain - min(t, Certain) }

// String returns "no", "possible" or "certain".
func (t Truth) String() string {
	switch t {
	case No:
		return "no"
	case Possible:
		return "possible"
	case Certain:
		return "certain"
	}
	return fmt.Sprintf("Truth(%d)", uint8(t))
}

// MarshalText writes the words of [Truth.String].
func (t Truth) MarshalText() ([]byte, error) {
	if t > Certain {
		return nil, fmt.Errorf("edtf: %v is no truth", t)
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads the words of [Truth.String].
func (t *Truth) UnmarshalText(text []byte) error {
	for u := No; u <= Certain; u++ {
		if string(text) == u.String() {
			*t = u
			return nil
		}
	}
	return fmt.Errorf("edtf: truth %q is none of no, possible, certain", text)
}
