// Package asof answers questions that people ask of a history as text: with
// dates in words, and with the addresses of values. It is the program of
// examples/asof as well, so that programs with more stores can have it too: see
// examples/durable. What it answers has a JSON form, which is stable.
package asof

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// The exit codes.
const (
	Answered = iota
	DataFault
	UsageFault
)

const usage = `Usage: asof [flags] [DATE]     prints the state of Leapmotor at the end of DATE,
written 2024-07-01, 2019-34 (EDTF) or July 2024; the last day of it is taken.
  -why POINTER             why a value is what it is that day, with the sources
  -whynot POINTER[=VALUE]  what is missing for it to be there, or to be VALUE
  -since DATE              what changed from then to DATE, or to the last day
  -track POINTER           the values it has had, without DATE
  -when POINTER[=VALUE]    the periods in which it was so, without DATE
  -events                  the events, with dates and citations
  -known DATE              as it could be known at the end of that day
  -according SOURCE        only what this source tells (its key in the file)
  -file FILE               read this history instead of Leapmotor's
  -log FILE                take the events from this log, JSON Lines (or SQLite,
                           in examples/durable); -stream NAME if it has several
  -json                    print JSON
POINTER is a JSON Pointer into the state of -json. Steps may be left out where
it is clear what is meant: stakes/Stellantis, Tychy. Exit codes: 0 answered, 1 a
fault in the data, 2 a fault in the use. Colour only on a terminal, unless
NO_COLOR is set. Examples:
  asof -known 2024-05-31 2024-07-01
  asof -why Stellantis/percent July 2024
  asof -whynot Tychy/T03/status=producing 2024-06-15
  asof -when Tychy/T03/status=producing
  asof -since 2024-05-01 2024-07-01
`

// options is what the command line asks for.
type options struct {
	date, known     string
	according, file string
	log, stream     string
	json, events    bool
	why, whyNot     string
	since           string
	track, when     string
	open            Opener
}

// errHelp is returned if help was asked for.
var errHelp = errors.New("help")

// parseArgs reads flags before and after the words of the date.
func parseArgs(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("asof", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.known, "known", "", "")
	flags.StringVar(&o.according, "according", "", "")
	flags.StringVar(&o.file, "file", "", "")
	flags.StringVar(&o.log, "log", "", "")
	flags.StringVar(&o.stream, "stream", "", "")
	flags.BoolVar(&o.json, "json", false, "")
	flags.BoolVar(&o.events, "events", false, "")
	flags.StringVar(&o.why, "why", "", "")
	flags.StringVar(&o.whyNot, "whynot", "", "")
	flags.StringVar(&o.since, "since", "", "")
	flags.StringVar(&o.track, "track", "", "")
	flags.StringVar(&o.when, "when", "", "")
	var words []string
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return o, errHelp
			}
			return o, err
		}
		if flags.NArg() == 0 {
			break
		}
		words, args = append(words, flags.Arg(0)), flags.Args()[1:]
	}
	var empty error
	flags.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			empty = fmt.Errorf("-%s is given without a value", f.Name)
		}
	})
	if empty != nil {
		return o, empty
	}
	o.date = strings.Join(words, " ")
	return o, o.check(flags)
}

// check refuses questions that do not go together, and a date too many or too
// few.
func (o *options) check(flags *flag.FlagSet) error {
	var asked []string
	for _, name := range []string{"why", "whynot", "since", "track", "when", "events"} {
		if v := flags.Lookup(name).Value.String(); v != "" && v != "false" {
			asked = append(asked, "-"+name)
		}
	}
	switch {
	case o.stream != "" && o.log == "":
		return errors.New("-stream names a stream of a -log, and none is given")
	case len(asked) > 1:
		return fmt.Errorf("%s ask different things; give one", strings.Join(asked, " and "))
	case o.date != "" && o.track+o.when != "":
		return fmt.Errorf("%s tells of all times, and takes no DATE such as %q", asked[0], o.date)
	case o.date == "" && o.track+o.when+o.since == "":
		return errors.New("no DATE is given, such as 2024-07-01")
	}
	return nil
}

// Run does the work of main and returns the exit code. Open, if it is not nil,
// opens logs that are SQLite databases.
func Run(args []string, stdout, stderr io.Writer, colour bool, open Opener) int {
	o, err := parseArgs(args)
	o.open = open
	if errors.Is(err, errHelp) {
		fmt.Fprint(stdout, usage)
		return Answered
	}
	if err == nil {
		var q *Question
		if q, err = o.question(); err == nil {
			return q.print(o, stdout, stderr, colour)
		}
	}
	return fail(stderr, o, err)
}

// fail reports why there is no answer and returns the exit code.
func fail(stderr io.Writer, o options, err error) int {
	var faults seeds.Faults
	if errors.As(err, &faults) {
		fmt.Fprintf(stderr, "asof: %s is not read, it has faults: %d\n%v\n", o.file, len(faults), faults)
		return DataFault
	}
	fmt.Fprintf(stderr, "asof: %v\n", err)
	var refused *timeline.FoldError
	if errors.As(err, &refused) || errors.Is(err, errLog) {
		return DataFault
	}
	fmt.Fprintln(stderr, "asof -h shows how to use it")
	return UsageFault
}

// question returns what is asked.
func (o *options) question() (*Question, error) {
	book, err := Place{o.file, o.log, o.stream, o.open}.Load(context.Background())
	if err != nil {
		return nil, err
	}
	q, err := book.Ask(Terms{On: o.date, Known: o.known, Since: o.since, According: o.according})
	if err != nil {
		return nil, err
	}
	q.always = o.track+o.when != ""
	return q, nil
}

// print answers the question and returns the exit code.
func (q *Question) print(o options, stdout, stderr io.Writer, colour bool) int {
	answer, write, remarks, err := q.ask(o)
	if err != nil {
		return fail(stderr, o, err)
	}
	if o.json {
		err = writeJSON(stdout, answer)
	} else {
		p := &page{colour: colour}
		p.title(q)
		write(p)
		p.section("Remarks", remarkRows(remarks))
		_, err = io.WriteString(stdout, p.String())
	}
	if err != nil {
		return fail(stderr, o, err)
	}
	if fault := q.history.At(q.on).Err; fault != nil {
		fmt.Fprintf(stderr, "asof: %v\n", fault)
		return DataFault
	}
	return Answered
}

// ask returns the answer to what is asked, what writes it as text, and the
// remarks that stand under it.
func (q *Question) ask(o options) (answer any, write func(*page), remarks []string, err error) {
	switch {
	case o.events:
		l := q.Events()
		return l, func(p *page) { writeEvents(p, l) }, q.remarks, nil
	case o.why != "":
		x, err := q.Why(o.why)
		if err != nil {
			return nil, nil, nil, err
		}
		return x, func(p *page) { writeWhy(p, x) }, x.Remarks, nil
	case o.whyNot != "":
		l, err := q.WhyNot(o.whyNot)
		if err != nil {
			return nil, nil, nil, err
		}
		return l, func(p *page) { writeWhyNot(p, l) }, l.Remarks, nil
	case o.track != "":
		c, err := q.Track(o.track)
		if err != nil {
			return nil, nil, nil, err
		}
		return c, func(p *page) { writeTrack(p, c) }, c.Remarks, nil
	case o.when != "":
		w, err := q.When(o.when)
		if err != nil {
			return nil, nil, nil, err
		}
		return w, func(p *page) { writeWhen(p, w) }, w.Remarks, nil
	case o.since != "":
		d, err := q.Diff()
		if err != nil {
			return nil, nil, nil, err
		}
		return d, func(p *page) { writeSince(p, d) }, d.Remarks, nil
	}
	r := q.Answer()
	return r, func(p *page) { writeText(p, r) }, r.Remarks, nil
}
