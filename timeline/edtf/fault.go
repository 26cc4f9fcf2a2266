package edtf

import (
	"errors"
	"fmt"
	"strings"
)

// ErrUnsupported reports a date that is EDTF but outside the profile of this
// package. The error is a [*ParseError] that matches it and names the feature.
var ErrUnsupported = errors.New("edtf: outside the supported profile")

// A ParseError says where a date cannot be read, and why.
type ParseError struct {
	Input   string // what was to be read
	Offset  int    // the byte at which it goes wrong, from 0
	Reason  string // the fault, or what is not supported
	Feature bool   // whether it is EDTF, but outside the profile
}

// Error quotes the text and names the offset and the reason.
func (e *ParseError) Error() string {
	outside := ""
	if e.Feature {
		outside = " is outside the supported profile"
	}
	return fmt.Sprintf("edtf: %q: at offset %d: %s%s", clip(e.Input), e.Offset, e.Reason, outside)
}

// Is reports whether target is [ErrUnsupported] and e names a feature.
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
	at      int
	reason  string
	feature bool // the reason is a feature outside the profile
}

// diagnose returns the error for f. A parser stops at the first character it
// does not expect; if that is the mark of a feature of EDTF that the profile
// leaves out, the feature is the better reason.
func (f fault) diagnose(s string) error {
	e := &ParseError{Input: s, Offset: f.at, Reason: f.reason, Feature: f.feature}
	if f.feature {
		return e
	}
	if f.at < len(s) && (s[f.at] == ' ' || s[f.at] == '\t') {
		e.Reason = "a blank; " + f.reason
		return e
	}
	if at, feature := unsupported(s, f.at); feature != "" {
		e.Offset, e.Reason, e.Feature = at, feature, true
	}
	return e
}

// unsupported names the feature of EDTF that s shows at or just before the
// offset where reading stopped.
func unsupported(s string, at int) (int, string) {
	rest := s[min(at, len(s)):]
	switch {
	case strings.HasPrefix(s, "{"):
		return 0, "an all-of set"
	case strings.HasPrefix(rest, "Y"):
		if strings.ContainsAny(rest, "E") {
			return at, "an exponent year"
		}
		return at, "a year of more than four digits"
	case strings.HasPrefix(rest, "-") && (at == 0 || s[at-1] == '/' || s[at-1] == '[' || s[at-1] == ','):
		return at, "a year before 0000"
	case strings.HasPrefix(rest, "S"):
		return at, "a count of significant digits"
	case strings.HasPrefix(rest, "T") && at > 0:
		return at, "a date-time"
	}
	if isQualifier(rest) || at > 0 && isQualifier(s[at-1:]) && strings.HasPrefix(rest, "-") {
		return componentQualifier(s, at)
	}
	if i := unspecifiedAt(s, at); i >= 0 {
		return i, "an unspecified digit in this place"
	}
	return 0, ""
}

// componentQualifier points at the qualifier before a component, or at the
// one that stands between two.
func componentQualifier(s string, at int) (int, string) {
	if !isQualifier(s[at:]) {
		at--
	}
	if rest := s[at+1:]; rest == "" || rest[0] == '/' || isQualifier(rest) {
		return 0, "" // a second mark, or one that qualifies nothing
	}
	return at, "a qualifier on a single component"
}

func isQualifier(s string) bool { return s != "" && strings.IndexByte("?~%", s[0]) >= 0 }

// unspecifiedAt returns the place of an X in the component where reading
// stopped, or that an X further left makes impossible; -1 if there is none.
func unspecifiedAt(s string, at int) int {
	start := strings.LastIndexAny(s[:min(at, len(s))], "/[,.") + 1
	end := len(s)
	if i := strings.IndexAny(s[start:], "/],."); i >= 0 {
		end = start + i
	}
	part := s[start:end]
	if i := strings.IndexByte(part, 'X'); i >= 0 && strings.Trim(part, "0123456789X-?~%") == "" {
		return start + i
	}
	return -1
}
