// Package asof is the program of examples/asof, so that programs with more
// stores can have it too: see examples/durable.
package asof

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
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
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
		var q *question
		if q, err = newQuestion(o); err == nil {
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

// A question is what is asked of which history.
type question struct {
	file    *seeds.File
	history *events.History
	on      edtf.Day
	always  bool // it is about all times, not about one day
	known   *edtf.Day
	since   *edtf.Day
	source  string // the one whose word is taken, if not all are
	remarks []string
}

func newQuestion(o options) (*question, error) {
	q := &question{always: o.track+o.when != ""}
	var err error
	if o.date != "" {
		if q.on, err = q.readDate(o.date); err != nil {
			return nil, err
		}
	}
	if o.since != "" {
		since, err := q.readDate(o.since)
		if err != nil {
			return nil, err
		}
		q.since = &since
	}
	if q.file, err = readFile(o.file); err != nil {
		return nil, err
	}
	if o.log != "" {
		if q.file, err = withLog(q.file, o); err != nil {
			return nil, err
		}
	}
	q.history = q.file.Timeline
	if o.date == "" {
		q.on = lastDay(q.history)
	}
	if q.since != nil && *q.since > q.on {
		return nil, fmt.Errorf("-since %v comes after %v", *q.since, q.on)
	}
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

// lastDay returns the last day that a history covers, or the last of its events
// if it does not say.
func lastDay(h *events.History) edtf.Day {
	if horizon := h.Coverage().Horizon; !horizon.IsZero() {
		return horizon.Latest()
	}
	last := edtf.MinDay
	for day := range eventDays(h) {
		if day != edtf.DistantFuture {
			last = max(last, day)
		}
	}
	return last
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
	q.history = q.history.AccordingTo(key)
	return nil
}

// print answers the question and returns the exit code.
func (q *question) print(o options, stdout, stderr io.Writer, colour bool) int {
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
func (q *question) ask(o options) (answer any, write func(*page), remarks []string, err error) {
	switch {
	case o.events:
		l := q.listing()
		return l, func(p *page) { writeEvents(p, l) }, q.remarks, nil
	case o.why != "":
		a, err := findAddress(q.file.Timeline, o.why)
		if err != nil {
			return nil, nil, nil, err
		}
		x := q.why(a)
		return x, func(p *page) { writeWhy(p, x) }, x.Remarks, nil
	case o.whyNot != "":
		t, err := findTarget(q.file.Timeline, o.whyNot)
		if err != nil {
			return nil, nil, nil, err
		}
		l := q.whyNot(t)
		return l, func(p *page) { writeWhyNot(p, l) }, l.Remarks, nil
	case o.track != "":
		a, err := findAddress(q.file.Timeline, o.track)
		if err != nil {
			return nil, nil, nil, err
		}
		c := q.track(a)
		return c, func(p *page) { writeTrack(p, c) }, c.Remarks, nil
	case o.when != "":
		t, err := findTarget(q.file.Timeline, o.when)
		if err != nil {
			return nil, nil, nil, err
		}
		w := q.when(t)
		return w, func(p *page) { writeWhen(p, w) }, w.Remarks, nil
	case o.since != "":
		d, err := q.diff()
		if err != nil {
			return nil, nil, nil, err
		}
		return d, func(p *page) { writeSince(p, d) }, d.Remarks, nil
	}
	r := q.answer()
	return r, func(p *page) { writeText(p, r) }, r.Remarks, nil
}

// allRemarks returns what else to know about an answer for the day.
func (q *question) allRemarks(steps []string) []string {
	remarks := append([]string{}, q.remarks...)
	if q.history.At(q.on).PastHorizon() {
		remarks = append(remarks, q.horizonRemark())
	}
	if len(steps) > 0 && steps[0] == "deliveries" {
		for _, s := range q.history.At(q.on).NotRecorded() {
			remarks = append(remarks, join(" ", "Not recorded: "+s.Topic+".", s.Note))
		}
	}
	return remarks
}

func (q *question) horizonRemark() string {
	return fmt.Sprintf("The record ends on %v; what happened later is not in it.", q.history.Coverage().Horizon.Latest())
}
