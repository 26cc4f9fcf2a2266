package main

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// A teller says on a terminal what is being done, on one line that is written
// over; elsewhere it says nothing.
type teller struct {
	file *os.File
	on   bool
}

func newTeller(f *os.File) *teller { return &teller{f, term.IsTerminal(int(f.Fd()))} }

func (t *teller) say(format string, args ...any) {
	if t.on {
		fmt.Fprintf(t.file, "\r\x1b[K"+format, args...)
	}
}
