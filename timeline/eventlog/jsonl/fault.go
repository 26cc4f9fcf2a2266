package jsonl

import (
	"fmt"
	"strings"
)

// A LineError is what is wrong with a line.
type LineError struct {
	File   string
	Line   int // from 1
	Column int // in bytes, from 1; 0 if the fault is of the whole line
	Err    error
}

// Error names the place and the reason.
func (f *LineError) Error() string {
	if f.Column == 0 {
		return fmt.Sprintf("%s:%d: %v", f.File, f.Line, f.Err)
	}
	return fmt.Sprintf("%s:%d:%d: %v", f.File, f.Line, f.Column, f.Err)
}

// Unwrap returns the reason.
func (f *LineError) Unwrap() error { return f.Err }

// LineErrors is all that is wrong with a file, by line.
type LineErrors []*LineError

// Error lists every fault, one a line.
func (f LineErrors) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "jsonl: %d faults, and nothing is imported:", len(f))
	if len(f) == 1 {
		b.Reset()
		b.WriteString("jsonl: a fault, and nothing is imported:")
	}
	for _, fault := range f {
		b.WriteString("\n\t" + fault.Error())
	}
	return b.String()
}

// Unwrap returns the faults.
func (f LineErrors) Unwrap() []error {
	errs := make([]error, len(f))
	for i, fault := range f {
		errs[i] = fault
	}
	return errs
}
