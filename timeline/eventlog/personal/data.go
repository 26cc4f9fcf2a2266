package personal

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// Data is a value that says something about a person. It can be read until the key of the
// person is destroyed: then Erased is true and Value is zero.
//
// Its JSON form is an object with the one member "$personal". A log keeps it sealed: see
// [Seal].
//
// Give it a field with a name. A struct that embeds it has its JSON methods, so that encoding/json writes and
// reads nothing else of the struct.
type Data[T any] struct {
	Subject string // whose data it is: what the key is found by, such as the number of a person
	Value   T
	Erased  bool // the key was destroyed
}

// What may be the matter with personal data.
var (
	// ErrErased reports that the key of a subject was destroyed: nothing of it can be read,
	// and nothing more is sealed.
	ErrErased = errors.New("personal: erased")
	// ErrNoKey reports a subject whose key is not there although it was never destroyed, as
	// with keys of another log. What cannot be read for this reason does not count as erased.
	ErrNoKey = errors.New("personal: no key")
	// ErrSealed reports data that is sealed, and is to be read without keys.
	ErrSealed = errors.New("personal: sealed, and there are no keys to open it; see WithKeys of a codec")
	// ErrDamaged reports data that the key of its subject does not open.
	ErrDamaged = errors.New("personal: damaged, or sealed with another key")
	errSubject = errors.New("personal: data without a subject, or with one that is not UTF-8")
	errForm    = errors.New(`personal: it must have "subject" and one of "value", "sealed" and "erased"`)
)

// member is the name of the member that says what an object is.
const member = "$personal"

// A form is the JSON form of data: open, sealed or erased.
type form struct {
	Subject string          `json:"subject"`
	Value   json.RawMessage `json:"value,omitempty"`
	Sealed  []byte          `json:"sealed,omitempty"`
	Erased  bool            `json:"erased,omitempty"`
}

func parseForm(text []byte) (form, error) {
	var f form
	if err := value.StrictJSON(text, &f); err != nil {
		return f, fmt.Errorf("personal: %w", err)
	}
	return f, f.check()
}

func (f *form) check() error {
	if !isSubject(f.Subject) {
		return errSubject
	}
	n := 0
	for _, is := range []bool{len(f.Value) > 0, len(f.Sealed) > 0, f.Erased} {
		if is {
			n++
		}
	}
	if n != 1 {
		return errForm
	}
	return nil
}

// isSubject reports whether a subject can be named in JSON, where bytes that are no UTF-8 are all the same.
func isSubject(name string) bool { return name != "" && utf8.ValidString(name) }

// MarshalJSON returns the form that is not sealed yet.
func (d Data[T]) MarshalJSON() ([]byte, error) {
	f := form{Subject: d.Subject, Erased: d.Erased}
	if !d.Erased {
		text, err := value.JSON(d.Value)
		if err != nil {
			return nil, err
		}
		f.Value = text
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	return value.JSON(map[string]form{member: f})
}

// UnmarshalJSON reads the form that is not sealed, or erased. The error is [ErrSealed] if
// it is sealed.
func (d *Data[T]) UnmarshalJSON(text []byte) error {
	var outer map[string]json.RawMessage
	if err := json.Unmarshal(text, &outer); err != nil {
		return err
	}
	inner, ok := outer[member]
	if !ok || len(outer) != 1 {
		return fmt.Errorf("personal: an object with the one member %q is expected", member)
	}
	f, err := parseForm(inner)
	if err != nil {
		return err
	}
	if len(f.Sealed) > 0 {
		return ErrSealed
	}
	read := Data[T]{Subject: f.Subject, Erased: f.Erased}
	if !f.Erased {
		if err := value.StrictJSON(f.Value, &read.Value); err != nil {
			return err
		}
	}
	*d = read
	return nil
}
