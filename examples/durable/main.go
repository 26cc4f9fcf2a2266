// Durable keeps histories in a SQLite file, in PostgreSQL or in NATS JetStream: that of
// Leapmotor, or any in the form of docs/history-file.md.
//
//	durable [-db FILE|ADDRESS] [-stream NAME] COMMAND [flags]
//
// Every command can be killed at any moment and started again. It is a module
// of its own, since it needs drivers.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"golang.org/x/term"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

const usage = `Usage: durable [-db FILE|ADDRESS] [-stream NAME] COMMAND [flags]
  init     put the history of Leapmotor into the log, or what is missing of it
             -file HISTORY   another history; its stream is called as the file
             -pause 100ms    after each event, to kill it on its way
  append   append an event
             -name NAME -when DATE -type TYPE -data JSON [-known DATE] [-version N]
             (types and their data: go doc ./events, seeds/history.schema.json;
             a DATE is such as 2025-12 or "Q4 2025"; -known is today if left out)
             -replaces NAMES what it corrects; without -type, what it takes back
             -after NAMES    what certainly came before it
             -rival KEY      the fact that others tell otherwise; -rank preferred
             -cites SOURCE   by its key, as often as there are sources; -note TEXT
             -new-source     what -cites names need not be known
             -by WHO -why TEXT  who records it, and why
  asof     what was so on a date; takes what examples/asof takes
  chart    draw it; takes what examples/chart takes
  explore  serve a page to move through it, as examples/explorer does, which
           shows what is appended by itself
             -addr ADDRESS   where to listen, 127.0.0.1:8015 if it is not said
             -export FOLDER  the page as files instead
  follow   print the events, and then each as it is appended, by whomever
             -until NAME     and end behind this one
  verify   compare the log with its last checkpoint, and sign a new one
             -against FILE   and with a checkpoint that was kept elsewhere
             -anew           begin again, whatever was signed before
             -rebuild        make the tree of hashes anew before
             -receipt N      and print the proof that event N is in it
             -check RECEIPT  only check a receipt, for which the public key is enough
  export   write all events as JSON Lines to a file, or to the output
  import   read events from JSON Lines, from a file or from the input
             (the form of a line: go doc ./timeline/eventlog Record.AppendJSON)
  restore  the same into an empty log, which must become what was exported
  streams  list the histories of the log, and how long they are
FILE is a SQLite file, history.db if -db is not given; ADDRESS is such as
postgres://user@host/database or nats://host:4222,host2:4222/NAME. NAME is the
history that is meant if there are several. Beside FILE, or as -beside says, are
kept FILE.checkpoint, FILE.key, which nobody else should see, and FILE.key.pub,
which everybody may; with an ADDRESS they begin with history.
`

// leapmotor is the stream of the history that is built in.
const leapmotor = "leapmotor"

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
	terminal bool   // progress is shown
	colour   bool   // answers are coloured
	db       string // the file or address of the log
	beside   string // what the files beside it begin with
	stream   string // the history that is meant; "" for the only one
}

// errUsage reports a command line that is not understood.
var errUsage = errors.New("durable -h shows how to use it")

// run does the work of main and returns the exit code: 0 done, 1 not, 2 not
// understood.
func (p *program) run(ctx context.Context, args []string) int {
	flags := newFlags("durable")
	flags.StringVar(&p.db, "db", "history.db", "")
	flags.StringVar(&p.beside, "beside", "", "")
	flags.StringVar(&p.stream, "stream", "", "")
	err := flags.Parse(args)
	switch {
	case p.beside != "":
	case isAddress(p.db):
		p.beside = "history"
	default:
		p.beside = p.db
	}
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
	"chart":   (*program).chart,
	"explore": (*program).explore,
	"follow":  (*program).follow,
	"verify":  (*program).verify,
	"export":  (*program).export,
	"import":  (*program).importLines,
	"restore": (*program).restore,
	"streams": (*program).streams,
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

// with opens the log, does some work, and closes it. A file that must be there is not made.
func (p *program) with(ctx context.Context, there bool, work func(log *store) error) error {
	log, closeLog, err := open(ctx, p.db, there)
	if err != nil {
		return err
	}
	return errors.Join(work(log), closeLog())
}

// line returns how a record is listed.
func line(r eventlog.Record, what string) string {
	return fmt.Sprintf("%5d  %-24v  %-34s  %s", r.Position, r.Event.When, answer.Printable(r.Event.Label()), answer.Printable(what))
}
