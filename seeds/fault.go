package seeds

import (
	"fmt"
	"strings"
)

// A Fault is one thing that is wrong with a history file, or with what one is made of.
type Fault struct {
	File    string
	Line    int    // from 1
	Column  int    // in characters, from 1
	Pointer string // the JSON Pointer of the value at fault, or the column of a table; empty for the whole file
	Reason  string
}

// Error returns the fault as file:line:column: pointer: reason.
func (f Fault) Error() string {
	at := fmt.Sprintf("%s:%d:%d: ", f.File, f.Line, f.Column)
	if f.Pointer == "" {
		return at + f.Reason
	}
	return at + f.Pointer + ": " + f.Reason
}

// Faults is everything that is wrong with a history file, in the order of the
// file.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}
