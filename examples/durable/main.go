// Durable keeps the history of Leapmotor in a SQLite file.
//
//	durable [-db FILE] init|append|asof|explore|follow|verify|export|import [flags]
//
// Every command can be killed at any moment and started again. It is a module
// of its own, since it needs a database driver.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"golang.org/x/term"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

const usage = `Usage: durable [-db FILE] COMMAND [flags]
  init     put the history of Leapmotor into FILE, or what is missing of it
             -pause 100ms    after each event, to kill it on its way
  append   append an event
             -name NAME -when DATE -type TYPE -data JSON [-known DATE] [-version N]
             (types and their data: go doc ./events, seeds/history.schema.json;
             a DATE is such as 2025-12 or "Q4 2025"; -known is today if left out)
             -replaces NAMES what it corrects; without -type, what it takes back
             -after NAMES    what certainly came before it
             -rival KEY      the fact that others tell otherwise; -rank preferred
             -cites SOURCE   by its key, as often as there are sources; -note TEXT
             -by WHO -why TEXT  who records it, and why
  asof     what was so on a date; takes what examples/asof takes
  explore  serve a page to move through it, as examples/explorer does, which
           shows what is appended by itself
             -addr ADDRESS   where to listen, 127.0.0.1:8015 if it is not said
  follow   print the events, and then each as it is appended, by whomever
             -until NAME     and end behind this one
  verify   compare FILE with its last checkpoint, and sign a new one
             -against FILE   and with a checkpoint that was kept elsewhere
             -anew           begin again, whatever was signed before
             -rebuild        make the tree of hashes anew before
             -receipt N      and print the proof that event N is in it
             -check RECEIPT  only check a receipt, for which FILE.key.pub is enough
  export   write all events as JSON Lines to a file, or to the output
  import   read events from JSON Lines, from a file or from the input
             (the form of a line: go doc ./timeline Record.AppendJSON)
FILE is history.db if -db is not given. Beside it are kept FILE.checkpoint,
FILE.key, which nobody else should see, and FILE.key.pub, which everybody may.
`

// stream is where the history is in the log.
const stream = "leapmotor"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // interrupted twice, it ends at once
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, terminal: term.IsTerminal(int(os.Stderr.Fd()))}
	p.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(os.Stdout.Fd()))
	os.Exit(p.run(ctx, os.Args[1:]))
}

// A program is one run of a command.
type program struct {
	in       io.Reader
	out, err io.Writer
	terminal bool // progress is shown
	colour   bool // answers are coloured
	file     string
}

// errUsage reports a command line that is not understood.
var errUsage = errors.New("durable -h shows how to use it")

// run does the work of main and returns the exit code: 0 done, 1 not, 2 not
// understood.
func (p *program) run(ctx context.Context, args []string) int {
	flags := newFlags("durable")
	flags.StringVar(&p.file, "db", "history.db", "")
	err := flags.Parse(args)
	if err == nil && flags.NArg() == 0 {
		err = errors.New("no command is given")
	}
	if err == nil {
		if flags.Arg(0) == "help" {
			return p.report(flag.ErrHelp)
		}
		command, ok := commands[flags.Arg(0)]
		if ok {
			return p.report(command(p, ctx, flags.Args()[1:]))
		}
		err = fmt.Errorf("there is no command %q", flags.Arg(0))
	}
	return p.report(fmt.Errorf("%w\n%w", err, errUsage))
}

// report prints an error, and returns the exit code for it.
func (p *program) report(err error) int {
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(p.out, usage)
		return 0
	}
	fmt.Fprintf(p.err, "durable: %v\n", err)
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

// exitCode is that of a command that has said all itself.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

var commands = map[string]func(p *program, ctx context.Context, args []string) error{
	"init":    (*program).initialise,
	"append":  (*program).append,
	"asof":    (*program).asof,
	"explore": (*program).explore,
	"follow":  (*program).follow,
	"verify":  (*program).verify,
	"export":  (*program).export,
	"import":  (*program).importLines,
}

func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	return flags
}

// parse reads the flags of a command, which takes so many arguments.
func parse(flags *flag.FlagSet, args []string, most int) error {
	err := flags.Parse(args)
	if err == nil && flags.NArg() > most {
		err = fmt.Errorf("%s does not take %q", flags.Name(), flags.Arg(most))
	}
	if err != nil {
		return fmt.Errorf("%w\n%w", err, errUsage)
	}
	return nil
}

// open opens the log. If it must be there it is not made.
func (p *program) open(ctx context.Context, there bool) (*sqllog.Log, func() error, error) {
	if _, err := os.Stat(p.file); there && err != nil {
		return nil, nil, fmt.Errorf("%w: durable -db %s init makes it", err, p.file)
	}
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(p.file))
	if err != nil {
		return nil, nil, err
	}
	log, err := sqllog.Open(ctx, db, nil)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return log, db.Close, nil
}

// with opens the log, does some work, and closes it.
func (p *program) with(ctx context.Context, there bool, work func(log *sqllog.Log) error) error {
	log, closeDB, err := p.open(ctx, there)
	if err != nil {
		return err
	}
	return errors.Join(work(log), closeDB())
}

// line returns how a record is listed.
func line(r eventlog.Record, what string) string {
	return fmt.Sprintf("%5d  %-24v  %-34s  %s", r.Position, r.Event.When, answer.Printable(r.Event.Label()), answer.Printable(what))
}
