// Asof prints the state of a company on a date: what is certain, what is
// undecided and what would decide it, and what is not recorded.
//
//	asof [flags] DATE
//
// DATE is written in EDTF or in plain language: 2024-07-01, 2019-34, November
// 2017, Q2 2019. An imprecise one is read as its last day.
//
// The exit code is 0 if the question is answered, 1 if the data has faults,
// and 2 if the program was not used as it is meant to be.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func main() {
	colour := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(os.Stdout)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, colour))
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// The exit codes.
const (
	answered = iota
	dataFault
	usageFault
)

const usage = `Usage: asof [flags] DATE

Prints the state of Leapmotor, or of the company in a file of your own, at the
end of DATE. DATE is a day (2024-07-01), any other EDTF date (2024-07, 2019-34)
or plain language (July 2024, Q2 2019, 11 May 2020); an imprecise one is read as
its last day.

  -known DATE        as it could be known at the end of that day
  -according SOURCE  only what this source tells (its key in the file)
  -events            list the events instead, with dates and citations
  -json              print JSON
  -file FILE         read this history instead of Leapmotor's

Exit codes: 0 answered, 1 a fault in the data, 2 a fault in the use.
Colour is used on a terminal only, and not if NO_COLOR is set.
`

// options is what the command line asks for.
type options struct {
	date, known     string
	according, file string
	json, events    bool
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
	flags.BoolVar(&o.json, "json", false, "")
	flags.BoolVar(&o.events, "events", false, "")
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
	if o.date == "" {
		return o, errors.New("no DATE is given, such as 2024-07-01")
	}
	return o, nil
}

// run does the work of main and returns the exit code.
func run(args []string, stdout, stderr io.Writer, colour bool) int {
	o, err := parseArgs(args)
	if errors.Is(err, errHelp) {
		fmt.Fprint(stdout, usage)
		return answered
	}
	if err == nil {
		var q *question
		if q, err = newQuestion(o); err == nil {
			return q.print(o, stdout, stderr, colour)
		}
	}
	var faults seeds.Faults
	if errors.As(err, &faults) {
		fmt.Fprintf(stderr, "asof: %s is not read, it has faults: %d\n%v\n", o.file, len(faults), faults)
		return dataFault
	}
	fmt.Fprintf(stderr, "asof: %v\nasof -h shows how to use it\n", err)
	return usageFault
}

// A question is what is asked of which history.
type question struct {
	file    *seeds.File
	history *events.History
	on      edtf.Day
	known   *edtf.Day
	source  string // the one whose word is taken, if not all are
	remarks []string
}

func newQuestion(o options) (*question, error) {
	q := &question{}
	var err error
	if q.on, err = q.readDate(o.date); err != nil {
		return nil, err
	}
	if q.file, err = readFile(o.file); err != nil {
		return nil, err
	}
	q.history = q.file.Timeline
	if o.according != "" {
		if err := q.accordingTo(o.according); err != nil {
			return nil, err
		}
	}
	if o.known != "" {
		known, err := q.readDate(o.known)
		if err != nil {
			return nil, err
		}
		q.known, q.history = &known, q.history.KnownOn(known)
	}
	return q, nil
}

// readDate returns the last day of a date, and remarks on it if there are
// others.
func (q *question) readDate(text string) (edtf.Day, error) {
	d, err := edtf.ParseEnglish(text)
	if err != nil {
		var e *edtf.ParseError
		errors.As(err, &e)
		return 0, fmt.Errorf("%q cannot be read as a date: %s", text, e.Reason)
	}
	last := d.Latest()
	if last == edtf.DistantFuture {
		return 0, fmt.Errorf("%q has no last day", text)
	}
	if d.Precision() != edtf.PrecisionDay {
		q.remarks = append(q.remarks, fmt.Sprintf("%s is read as its last day, %v.", text, last))
	}
	return last, nil
}

func readFile(name string) (*seeds.File, error) {
	if name == "" {
		f := seeds.LeapmotorFile()
		return &f, nil
	}
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return seeds.Load(r, filepath.Base(name))
}

// accordingTo leaves only the events that cite a source.
func (q *question) accordingTo(key string) error {
	var keys []string
	for _, s := range q.file.Sources {
		keys = append(keys, s.Key)
	}
	if !slices.Contains(keys, key) {
		return fmt.Errorf("there is no source %q; there is: %s", key, strings.Join(keys, ", "))
	}
	q.source = key
	q.remarks = append(q.remarks, fmt.Sprintf("According to the source %q alone.", key))
	q.history = q.history.Where(func(e events.Event) bool {
		for _, c := range e.Cites {
			if c.Source == key {
				return true
			}
		}
		return false
	})
	return nil
}

// print answers the question and returns the exit code.
func (q *question) print(o options, stdout, stderr io.Writer, colour bool) int {
	var err error
	switch {
	case o.events && o.json:
		err = writeJSON(stdout, q.listing())
	case o.events:
		err = writeEvents(stdout, q.listing(), q, colour)
	default:
		r := q.answer()
		if o.json {
			err = writeJSON(stdout, r)
		} else {
			err = writeText(stdout, r, q, colour)
		}
		if r.fault != nil {
			fmt.Fprintf(stderr, "asof: %v\n", r.fault)
			return dataFault
		}
	}
	if err != nil {
		fmt.Fprintf(stderr, "asof: %v\n", err)
		return usageFault
	}
	return answered
}
