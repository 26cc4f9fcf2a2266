package edtf

import (
	"errors"
	"fmt"
	"strings"
)

// ErrUnsupported reports a date that is EDTF, but not of the level that was asked for. The
// error is a [*ParseError] that matches it and names the level; see [Level.Parse].
var ErrUnsupported = errors.New("edtf: of another level")

// A ParseError says where a date cannot be read, and why.
type ParseError struct {
	Input   string // what was to be read
	Offset  int    // the byte at which it goes wrong, from 0
	Reason  string // the fault, or of which level the date is
	Feature bool   // whether it is EDTF, but of another level
}

// Error quotes the text and names the offset and the reason.
func (e *ParseError) Error() string {
	return fmt.Sprintf("edtf: %q: at offset %d: %s", clip(e.Input), e.Offset, e.Reason)
}

// Is reports whether target is [ErrUnsupported] and e names a level.
func (e *ParseError) Is(target error) bool { return e.Feature && target == ErrUnsupported }

// clip keeps error messages short however long the input.
func clip(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}

// A fault is where and why a parser stopped. The zero fault is none.
type fault struct {
	at     int
	reason string
}

// diagnose returns the error for f.
func (f fault) diagnose(s string) error {
	e := &ParseError{Input: s, Offset: f.at, Reason: f.reason}
	rest := s[min(f.at, len(s)):]
	switch {
	case rest == "" || f.at == 0 && len(rest) < 2:
	case rest[0] == ' ' || rest[0] == '\t':
		e.Reason = "a blank; " + f.reason
	case rest[0] == 'x' && strings.HasPrefix(f.reason, "expected a "):
		e.Reason += "; an unknown digit is a capital X"
	case strings.IndexByte("?~%", rest[0]) >= 0 && (strings.HasPrefix(f.reason, `expected "`) || strings.HasPrefix(f.reason, "expected the end") || strings.HasPrefix(f.reason, "expected a comma")):
		e.Reason = "a qualifier that qualifies nothing; " + f.reason
	}
	return e
}
