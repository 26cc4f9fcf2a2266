// Chart draws the history of a company as a picture, as a Mermaid diagram or
// as text for a terminal.
//
//	chart [flags]
//
// The exit code is 0 if it is drawn, 1 if the data has faults or the file cannot
// be written, and 2 if the program was not used as it is meant to be.
package main

import (
	"os"

	"github.com/leapmotor-timeline/leapmotor/internal/drawing"
)

func main() { os.Exit(drawing.Run(os.Args[1:], os.Stdout, os.Stderr, nil)) }
