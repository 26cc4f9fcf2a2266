package terminal

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// options is what the command line asks for.
type options struct {
	date, known     string
	according, file string
	log, stream     string
	recorded        string
	revision        int64
	json, events    bool
	form            string // what the answer is written as
	undecided       bool
	of              *section // of which it is undecided
	why, whyNot     string
	place           []string // the words of it, if it was given without a flag
	value           string   // of the place, behind a sign of equality; "" if none is given
	since           string
	included        bool // the day of since is
	track, when     string
	search          []string
	listSources     bool
	section         *section
	narrowed        []string // to what has these words
	given           []string // the words behind a section, until they are settled
	on              string   // the day that is given by a flag
	choices         []choice
	slipped, count  bool
	cited           bool // with the events behind it
	widened         bool // approximate dates are
	width           int
	colour          string
	figures         string
	reading         edtf.Reading
	words           []string // of the date
	help            string   // the command whose help is asked for
	print           string   // "version", "man" or a shell
	open            answer.Opener
}

// errHelp is returned if help was asked for.
var errHelp = errors.New("help")

// A flagText is what the help says of a flag.
type flagText struct{ name, value, about string }

// flagTexts are those of all flags that the help names, in its order.
var flagTexts = []flagText{
	{"on", "DATE", "the day that is asked about, in place of a DATE behind the command"},
	{"known", "DATE", "as it could be known by the end of DATE"},
	{"according", "SOURCE", "what this source says alone, by its key in the file"},
	{"widened", "", "dates that are marked as approximate, such as 2015~, taken wider: a month either side of a month, a year of a year"},
	{"file", "FILE", "a history file in place of Leapmotor's history"},
	{"log", "FILE", "the events of a log in JSON Lines (in examples/durable, of a SQLite database, too)"},
	{"stream", "NAME", "the stream of the log, if it has several"},
	{"recorded", "TIME", "as the log stood at the end of a day, or at a time such as 2026-11-20T17:30:00Z"},
	{"revision", "N", "as the log stood after the Nth event of the stream"},
	{"json", "", "the answer as JSON"},
	{"form", "NAME", "the answer as text, json or md: Markdown; or if it has that form csv, ics: a calendar, atom: a feed, jsonl, mermaid: a diagram, bods: owners"},
	{"count", "", "only how many entries a section has"},
	{"cited", "", "with the events that it rests on, and their sources (a section)"},
	{"on-sale", "", "only models that are on sale (models)"},
	{"making", "", "only plants at which something is made (plants)"},
	{"abroad", "", "only plants outside the company's country (plants)"},
	{"overdue", "", "only plans whose time is over, with nothing recorded (plans)"},
	{"slipped", "", "only plans that were put off, those that were most first (plans)"},
	{"dates", "ORDER", "how to read 1.7.2024: day-first or month-first"},
	{"width", "N", "the width of the page in characters; that of the terminal, or 100"},
	{"color", "WHEN", "auto, always or never"},
	{"version", "", "the version of the program"},
}

// define defines the flags; chosen is which choices are made.
func (o *options) define(flags *flag.FlagSet, chosen []bool, version *bool) {
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.known, "known", "", "")
	flags.StringVar(&o.according, "according", "", "")
	flags.StringVar(&o.file, "file", "", "")
	flags.StringVar(&o.log, "log", "", "")
	flags.StringVar(&o.stream, "stream", "", "")
	flags.StringVar(&o.recorded, "recorded", "", "")
	flags.Int64Var(&o.revision, "revision", 0, "")
	flags.BoolVar(&o.json, "json", false, "")
	flags.StringVar(&o.form, "form", formText, "")
	flags.BoolVar(&o.count, "count", false, "")
	flags.BoolVar(&o.widened, "widened", false, "")
	flags.BoolVar(&o.cited, "cited", false, "")
	flags.BoolVar(&o.slipped, "slipped", false, "")
	flags.BoolVar(&o.events, "events", false, "")
	flags.StringVar(&o.why, "why", "", "")
	flags.StringVar(&o.whyNot, "whynot", "", "")
	flags.StringVar(&o.since, "since", "", "")
	flags.StringVar(&o.track, "track", "", "")
	flags.StringVar(&o.when, "when", "", "")
	flags.StringVar(&o.on, "on", "", "")
	flags.StringVar(&o.figures, "dates", "", "")
	flags.IntVar(&o.width, "width", 0, "")
	flags.StringVar(&o.colour, "color", "auto", "")
	flags.BoolVar(version, "version", false, "")
	for n, c := range choices {
		flags.BoolVar(&chosen[n], c.flag, false, "")
	}
}

// parseArgs reads flags before and after the words of a command and of the date.
func parseArgs(args []string, today time.Time) (options, error) {
	o := options{reading: edtf.Reading{Told: edtf.DayOf(today).Date()}}
	var version bool
	chosen := make([]bool, len(choices))
	flags := flag.NewFlagSet("asof", flag.ContinueOnError)
	o.define(flags, chosen, &version)
	words, err := parse(flags, args)
	switch {
	case errors.Is(err, errHelp):
		o.help = strings.Join(words, " ")
		return o, err
	case err != nil:
		return o, err
	case slices.ContainsFunc(words, func(w string) bool { return strings.TrimSpace(w) == "" }):
		return o, errors.New("a word is empty, such as a variable of the shell that is not set")
	}
	if err := o.checkValues(flags); err != nil {
		return o, err
	}
	if version {
		words = []string{"version"}
	}
	if printed, err := o.printed(words); printed || err != nil {
		return o, err
	}
	if err := o.command(words); err != nil {
		return o, err
	}
	for n, c := range choices {
		if chosen[n] {
			o.choices = append(o.choices, c)
		}
	}
	if o.section == nil || len(o.given) == 0 {
		err = o.takeDay()
	}
	return o, cmp.Or(err, o.check(flags))
}

// takeDay takes the words that are left, or the flag, as the day.
func (o *options) takeDay() error {
	if o.on != "" {
		if len(o.words) > 0 && o.isDate(o.words) {
			return fmt.Errorf("the day is given twice, as %q and with -on %s", strings.Join(o.words, " "), o.on)
		}
		o.words = append(o.words, o.on)
	}
	o.date = strings.Join(o.words, " ")
	return nil
}

// parse reads the flags, and returns the words between and behind them.
func parse(flags *flag.FlagSet, args []string) (words []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return words, errHelp
			}
			return nil, unknownFlag(flags, err)
		}
		if flags.NArg() == 0 {
			return words, nil
		}
		words, args = append(words, flags.Arg(0)), flags.Args()[1:]
	}
}

// printed takes a command that prints something about the program itself.
func (o *options) printed(words []string) (bool, error) {
	if len(words) == 0 {
		return false, nil
	}
	switch words[0] {
	case "help":
		o.help = strings.Join(words[1:], " ")
		return true, errHelp
	case "version", "man":
		o.print = words[0]
	case "completion":
		o.print = strings.Join(words[1:], " ")
		if completions[o.print] == nil {
			return true, errors.New("completion for which shell? Give one of bash, fish, zsh")
		}
	default:
		return false, nil
	}
	return true, nil
}

// checkValues refuses flags without a value, and values that a flag does not have.
func (o *options) checkValues(flags *flag.FlagSet) (err error) {
	flags.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			err = fmt.Errorf("-%s is given without a value", f.Name)
		}
		if f.Name == "revision" && o.revision < 1 {
			err = fmt.Errorf("-revision %d: the first event of a stream has revision 1", o.revision)
		}
	})
	switch {
	case !slices.Contains(formNames, o.form):
		err = fmt.Errorf("-form %s: give one of %s", o.form, strings.Join(formNames, ", "))
	case o.json && o.form != formText && o.form != formJSON:
		err = fmt.Errorf("-json and -form %s ask for different things; give one", o.form)
	case o.json:
		o.form = formJSON
	}
	switch o.figures {
	case "":
	case "day-first":
		o.reading.Figures = edtf.DayFirst
	case "month-first":
		o.reading.Figures = edtf.MonthFirst
	default:
		err = fmt.Errorf("-dates %s: give day-first or month-first", o.figures)
	}
	if o.width != 0 && o.width < minWidth {
		err = fmt.Errorf("-width %d is too narrow; give %d or more", o.width, minWidth)
	}
	if o.colour != "auto" && o.colour != "always" && o.colour != "never" {
		err = fmt.Errorf("-color %s: give auto, always or never", o.colour)
	}
	return err
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
	case o.slipped && (o.section == nil || o.section.name != "plans"):
		return errors.New("-slipped is of plans: asof plans -slipped")
	case o.slipped && len(o.choices) > 0:
		return errors.New("-slipped and -overdue ask different things; give one")
	case o.count && o.form != formText:
		return fmt.Errorf("-count is a number, and has no form %s", o.form)
	case o.cited && o.count:
		return errors.New("-count is a number, and rests on nothing that could be cited")
	case o.cited && o.section == nil:
		return errors.New("-cited is of a section: asof owners -cited")
	case o.cited && (o.json || o.form != formText && o.form != formMarkdown):
		return errors.New("-cited is of text and Markdown: leave out -json or -form")
	case o.count && o.section == nil:
		return errors.New("-count is of a section: asof plants -count")
	case o.stream != "" && o.log == "":
		return errors.New("-stream names a stream of a -log, and none is given")
	case o.recorded != "" && o.log == "":
		return errors.New("-recorded is of a -log, and none is given; what could be known by a day is asked for with -known")
	case o.revision != 0 && o.log == "":
		return errors.New("-revision is of a -log, and none is given")
	case len(asked) > 1:
		return fmt.Errorf("%s ask different things; give one", strings.Join(asked, " and "))
	case o.date != "" && o.track+o.when != "":
		return fmt.Errorf("%s covers all days, and takes no DATE such as %q", asked[0], o.date)
	}
	return nil
}
