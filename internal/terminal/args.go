package terminal

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
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
  -according SOURCE        only what this source says (its key in the file)
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
	open            answer.Opener
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
		return fmt.Errorf("%s covers all days, and takes no DATE such as %q", asked[0], o.date)
	case o.date == "" && o.track+o.when+o.since == "":
		return errors.New("no DATE is given, such as 2024-07-01")
	}
	return nil
}
