// Mcp lets an assistant ask a history: a server of the Model Context Protocol on the standard input
// and output, whose tools are the questions. It is a module of its own, since it needs an SDK.
//
//	mcp [-file FILE] [-log FILE [-stream NAME]]
//
// Without flags it is the history of Leapmotor. The exit code is 0 if it was served until the input ended
// or it was interrupted, 1 if the history has faults, and 2 if the program was not used as it is meant to be.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

const usage = `Usage: mcp [flags]     serves the history of Leapmotor to an assistant
  -file FILE    a history file in place of Leapmotor's history
  -log FILE     the events of a log in JSON Lines; -stream NAME if it has several
It is started by the assistant, and speaks the Model Context Protocol on its
standard input and output.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // interrupted twice, it ends at once
	os.Exit(run(ctx, os.Args[1:], &mcp.StdioTransport{}, os.Stdout, os.Stderr))
}

// run does the work of main and returns the exit code.
func run(ctx context.Context, args []string, transport mcp.Transport, stdout, stderr io.Writer) int {
	var place answer.Place
	flags := flag.NewFlagSet("mcp", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&place.File, "file", "", "")
	flags.StringVar(&place.Log, "log", "", "")
	flags.StringVar(&place.Stream, "stream", "", "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return 0
	case err == nil && flags.NArg() > 0:
		err = fmt.Errorf("%q is not understood", flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintf(stderr, "mcp: %v\nmcp -h shows how to use it\n", err)
		return 2
	}
	h, err := place.Load(ctx)
	if err == nil {
		err = newServer(h).Run(ctx, transport)
	}
	if err != nil && ctx.Err() == nil {
		fmt.Fprintf(stderr, "mcp: %v\n", err)
		return 1
	}
	return 0
}
