package explorer

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

const usage = `Usage: explorer [flags]   serves a page on which one moves through the history
of Leapmotor, and a JSON API with the same answers
  -addr ADDRESS   where to listen; 127.0.0.1:8015 if it is not said, which only
                  this machine can reach; port 0 takes one that is free
  -file FILE      read this history instead of Leapmotor's
  -log FILE       take the events from this log, JSON Lines (or SQLite, in
                  examples/durable); -stream NAME if it has several
  -export FOLDER  serve nothing: write the page as files into this folder, for a web
                  server or to be opened as it is, with every day on which anything
                  changes
What is written to the file or the log appears by itself.
`

// address is where the server listens if nothing is said: Leapmotor was founded
// in 2015.
const address = "127.0.0.1:8015"

// An Output is where a program writes to.
type Output struct{ Stdout, Stderr io.Writer }

// Run does the work of main, until ctx is done, and returns the exit code: 0
// served, 1 the data has faults or the address is taken, 2 a fault in the use.
// Open, if it is not nil, opens logs that are SQLite databases.
func Run(ctx context.Context, args []string, out Output, open answer.Opener) int {
	place := answer.Place{Open: open}
	flags := flag.NewFlagSet("explorer", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	addr := flags.String("addr", address, "")
	flags.StringVar(&place.File, "file", "", "")
	flags.StringVar(&place.Log, "log", "", "")
	flags.StringVar(&place.Stream, "stream", "", "")
	folder := flags.String("export", "", "")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out.Stdout, usage)
		return 0
	case err == nil && flags.NArg() > 0:
		err = fmt.Errorf("%q is not understood", flags.Arg(0))
	case err == nil && place.Stream != "" && place.Log == "":
		err = errors.New("-stream names a stream of a -log, and none is given")
	}
	if err != nil {
		fmt.Fprintf(out.Stderr, "explorer: %v\nexplorer -h shows how to use it\n", err)
		return 2
	}
	if *folder != "" {
		err = write(ctx, *folder, place, out)
	} else {
		err = serve(ctx, *addr, place, out)
	}
	if err != nil {
		fmt.Fprintf(out.Stderr, "explorer: %v\n", err)
		return 1
	}
	return 0
}

// write exports the page to a folder.
func write(ctx context.Context, folder string, place answer.Place, out Output) error {
	summary, err := exportTo(ctx, place, folder, progress(out.Stderr))
	if err != nil {
		return readable(place, err)
	}
	_, err = fmt.Fprintln(out.Stdout, summary)
	return err
}

// progress returns what says on a terminal how far something is, and says nothing to a file
// or a pipe.
func progress(w io.Writer) func(done, all int, what string) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(int, int, string) {}
	}
	var mu sync.Mutex
	last := time.Now()
	return func(done, all int, what string) {
		mu.Lock()
		defer mu.Unlock()
		if done < all && time.Since(last) < time.Second/10 {
			return
		}
		last = time.Now()
		fmt.Fprintf(f, "\r\x1b[K%s: %d of %d", what, done, all)
		if done == all {
			fmt.Fprint(f, "\r\x1b[K")
		}
	}
}

// readable returns an error with the faults of a history that is not read.
func readable(place answer.Place, err error) error {
	var faults seeds.Faults
	if errors.As(err, &faults) {
		return fmt.Errorf("%s is not read, it has faults: %d\n%w", place.File, len(faults), faults)
	}
	return err
}

// serve listens and answers until ctx is done.
func serve(ctx context.Context, addr string, place answer.Place, out Output) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w: -addr 127.0.0.1:0 takes a port that is free", err)
	}
	beyond := !isLocal(listener.Addr().String())
	logger := log.New(out.Stderr, "explorer: ", 0)
	s, err := New(ctx, Options{Place: place, Log: logger, Beyond: beyond})
	if err != nil {
		_ = listener.Close() // what matters is why
		return readable(place, err)
	}
	if beyond {
		fmt.Fprintf(out.Stderr, "explorer: warning: whoever can reach %s can read the history\n", listener.Addr())
	}
	fmt.Fprintf(out.Stdout, "http://%s/ (interrupt to end)\n", strings.Replace(listener.Addr().String(), "[::]", "localhost", 1))
	return until(ctx, HTTP(s, logger), listener)
}

// shutdownTime is how long answers that are being given may take at the end.
const shutdownTime = 5 * time.Second

// until serves until ctx is done, and then lets those finish that are being
// answered.
func until(ctx context.Context, server *http.Server, listener net.Listener) error {
	// What lasts, such as the news for open pages, ends with ctx.
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	return err
}
