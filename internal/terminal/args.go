package terminal

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

const usage = `Usage: asof [COMMAND] [flags] [DATE]
Prints the state of Leapmotor at the end of DATE: 2024-07-01, July 2024, 2019-34
(EDTF) or today. If it is left out, that is the last day of the record.
  company, people, owners, ventures, models (-on-sale), technologies, plants
  (-making, -abroad), partnerships, markets, plans (-overdue), deliveries,
  figures, milestones, context, organisations, facts: one section of the state
  why POINTER              why a value is what it is that day, with the sources
  why-not POINTER[=VALUE]  what is missing for it to be there, or to be VALUE
  when POINTER[=VALUE]     the periods in which it was so, on all days
  track POINTER            the values it has had, on all days
  changes DATE [DATE]      what changed from one day to the other
  events                   the events, with dates and citations
Flags: -known DATE, as it could be known at the end of that day; -according
SOURCE, what this source says (its key in the file); -file FILE, in place of
Leapmotor's history; -log FILE, with the events of a log, JSON Lines (or SQLite,
in examples/durable), and -stream NAME if it has several; -on DATE; -json.
POINTER is a JSON Pointer into the state of -json. Steps may be left out where
it is clear what is meant: stakes/Stellantis, Tychy. Exit codes: 0 answered, 1 a
fault in the data, 2 a fault in the use. Examples:
  asof owners -known 2024-05-31 2024-07-01
  asof why Stellantis/percent July 2024
  asof when Tychy/T03/status=producing
  asof changes 2024-05-01 2024-07-01
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
	section         *section
	choices         []choice
	open            answer.Opener
	today           func() time.Time
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
	on := flags.String("on", "", "")
	chosen := make([]*bool, len(choices))
	for n, c := range choices {
		chosen[n] = flags.Bool(c.flag, false, "")
	}
	var words []string
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return o, errHelp
			}
			return o, unknownFlag(flags, err)
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
	words, err := o.command(words)
	if err != nil {
		return o, err
	}
	for n, c := range choices {
		if *chosen[n] {
			o.choices = append(o.choices, c)
		}
	}
	if *on != "" {
		words = append(words, *on)
	}
	o.date = strings.Join(words, " ")
	return o, o.check(flags)
}

// command takes the command from the words that are no flags, and what it is asked
// about. The words that are left are a date.
func (o *options) command(words []string) (date []string, err error) {
	if len(words) == 0 {
		return nil, nil
	}
	name := words[0]
	if o.section = sectionNamed(name); o.section != nil {
		return words[1:], nil
	}
	asked := o.questions()[name]
	switch {
	case name == "events":
		o.events = true
		return words[1:], nil
	case asked == nil:
		return words, o.mistyped(words)
	case len(words) == 1 && asked == &o.since:
		return nil, fmt.Errorf("%s since when? Give a day, such as asof %s 2024-05-01", name, name)
	case len(words) == 1:
		return nil, fmt.Errorf("%s what? Give a part of the state, such as asof %s stakes/Stellantis", name, name)
	}
	if *asked != "" {
		return nil, fmt.Errorf("%s is asked twice, about %q and %q", name, words[1], *asked)
	}
	*asked = words[1]
	return words[2:], nil
}

// questions returns where the commands that ask about something put it.
func (o *options) questions() map[string]*string {
	return map[string]*string{
		"why": &o.why, "why-not": &o.whyNot, "when": &o.when, "track": &o.track, "changes": &o.since, "diff": &o.since,
	}
}

// mistyped says which command was meant, if words are no date.
func (o *options) mistyped(words []string) error {
	if _, err := edtf.ParseEnglish(strings.Join(words, " ")); err == nil || strings.EqualFold(words[0], "today") {
		return nil
	}
	names := append(slices.Sorted(maps.Keys(o.questions())), "events")
	for _, s := range sections {
		names = append(names, s.name)
	}
	if found := near.To(words[0], names); len(found) > 0 {
		return fmt.Errorf("there is no command %q; did you mean %q?", words[0], found[0])
	}
	return nil
}

// unknownFlag adds to the error about a flag which one was meant.
func unknownFlag(flags *flag.FlagSet, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !ok {
		return err
	}
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if found := near.To(name, names); len(found) > 0 {
		return fmt.Errorf("there is no flag -%s; did you mean -%s?", name, found[0])
	}
	return fmt.Errorf("there is no flag -%s", name)
}

// check refuses questions that do not go together, and a date too many.
func (o *options) check(flags *flag.FlagSet) error {
	var asked []string
	if o.section != nil {
		asked = append(asked, o.section.name)
	}
	for _, name := range []string{"why", "whynot", "since", "track", "when", "events"} {
		if v := flags.Lookup(name).Value.String(); v != "" && v != "false" {
			asked = append(asked, "-"+name)
		}
	}
	for _, c := range o.choices {
		if o.section == nil || o.section.name != c.section {
			return fmt.Errorf("-%s is of %s: asof %s -%s", c.flag, c.section, c.section, c.flag)
		}
	}
	switch {
	case o.stream != "" && o.log == "":
		return errors.New("-stream names a stream of a -log, and none is given")
	case len(asked) > 1:
		return fmt.Errorf("%s ask different things; give one", strings.Join(asked, " and "))
	case o.date != "" && o.track+o.when != "":
		return fmt.Errorf("%s covers all days, and takes no DATE such as %q", asked[0], o.date)
	}
	return nil
}
