// Explorer serves a page on which one moves through the history of a company,
// and a JSON API with the same answers.
//
//	explorer [flags]
//
// The exit code is 0 if it was served until it was interrupted, 1 if the data
// has faults or the address is taken, and 2 if the program was not used as it
// is meant to be.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // interrupted twice, it ends at once
	os.Exit(explorer.Run(ctx, os.Args[1:], explorer.Output{Stdout: os.Stdout, Stderr: os.Stderr}, nil))
}
