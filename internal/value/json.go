package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"unicode"
	"unicode/utf16"
)

// JSON returns v as JSON, without the escapes that HTML needs.
func JSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), err
}

// errSurrogate reports text that Go cannot have: package encoding/json would put
// U+FFFD in its place and say nothing.
var errSurrogate = errors.New(`half of a surrogate pair, such as \ud800 alone, is no character`)

// CheckSurrogates returns where in a JSON text half of a surrogate pair is escaped
// alone, and an error that says so; -1 and nil if nowhere.
func CheckSurrogates(text []byte) (offset int, err error) {
	for at := 0; ; {
		n := bytes.IndexByte(text[at:], '\\')
		if n < 0 || at+n+1 >= len(text) {
			return -1, nil
		}
		at += n
		first, ok := escaped(text[at:])
		if !ok {
			at += 2 // such as \n
			continue
		}
		second, _ := escaped(text[min(at+6, len(text)):])
		switch {
		case !utf16.IsSurrogate(first):
			at += 6
		case utf16.DecodeRune(first, second) != unicode.ReplacementChar:
			at += 12
		default:
			return at, errSurrogate
		}
	}
}

// errNotUTF8 reports text that was no UTF-8: package encoding/json has put U+FFFD in its place.
var errNotUTF8 = errors.New("a text is not UTF-8")

// CheckWritten returns an error if a text that package encoding/json has written is not what it was to say.
// In the place of a byte that is no UTF-8 it writes the escape \ufffd, where the character U+FFFD itself is
// not escaped. A value that writes its own JSON may have written half of a surrogate pair.
func CheckWritten(text []byte) error {
	if _, err := CheckSurrogates(text); err != nil {
		return err
	}
	for at := 0; ; {
		n := bytes.IndexByte(text[min(at, len(text)):], '\\')
		if n < 0 {
			return nil
		}
		at += n
		if bytes.HasPrefix(text[at:], []byte(`\ufffd`)) {
			return errNotUTF8
		}
		at += 2
	}
}

// escaped returns the code unit with which text begins, if it is one of four digits.
func escaped(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// StrictJSON decodes text, which must be one JSON value, and refuses fields that
// the Go value does not have, and text that it cannot have.
func StrictJSON(text []byte, into any) error {
	if _, err := CheckSurrogates(text); err != nil {
		return err
	}
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
