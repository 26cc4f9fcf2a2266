package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/seeds/bods"
	"github.com/leapmotor-timeline/leapmotor/seeds/table"
	"github.com/leapmotor-timeline/leapmotor/seeds/wikidata"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// options is what the command line asks for.
type options struct {
	file, out, from string
	title           string
	mapFile         string
	mapping         table.Mapping
	event           table.Event
	horizon, untold string
	wikidata        wikidata.Options
	language        string
	names           texts
	bods            bods.Options
	given           []string // the flags
}

// texts are those of a flag that may be given several times.
type texts []string

func (t *texts) String() string { return strings.Join(*t, " ") }

func (t *texts) Set(text string) error {
	*t = append(*t, text)
	return nil
}

// pairs are texts NAME=TEXT of a flag.
type pairs map[string]string

func (p pairs) String() string { return "" }

func (p pairs) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return errors.New("it is written NAME=TEXT")
	}
	if _, twice := p[name]; twice {
		return fmt.Errorf("%s is there already", name)
	}
	p[name] = value
	return nil
}

func parse(args []string) (*options, error) {
	o := &options{}
	set, only := pairs{}, pairs{}
	flags := flag.NewFlagSet("seeds", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.out, "o", "", "")
	flags.StringVar(&o.from, "from", "", "")
	flags.StringVar(&o.title, "title", "", "")
	flags.StringVar(&o.mapFile, "map", "", "")
	flags.StringVar(&o.event.Type, "type", "", "")
	flags.StringVar(&o.event.When, "when", "", "")
	flags.StringVar(&o.event.Known, "known", "", "")
	flags.Var(set, "set", "")
	flags.StringVar(&o.event.Slug, "slug", "", "")
	flags.StringVar(&o.event.Note, "note", "", "")
	flags.Var(only, "only", "")
	cells := &o.mapping.Cells
	flags.StringVar(&cells.Dates, "dates", "", "")
	flags.StringVar(&cells.Currency, "currency", "", "")
	flags.StringVar(&o.untold, "untold", "", "")
	flags.StringVar(&cells.YearsAsDays, "years-as-days", "", "")
	flags.StringVar(&cells.DayNumbers, "day-numbers", "", "")
	flags.IntVar(&cells.FiscalStart, "fiscal", 0, "")
	flags.StringVar(&cells.Separator, "separator", "", "")
	flags.StringVar(&o.horizon, "horizon", "", "")
	flags.StringVar(&o.wikidata.Item, "item", "", "")
	flags.Var(&o.names, "names", "")
	flags.StringVar(&o.language, "language", "", "")
	flags.StringVar(&o.bods.Subject, "subject", "", "")
	flags.BoolVar(&o.bods.Published, "published", false, "")
	flags.BoolVar(&o.bods.Rounded, "rounded", false, "")
	words, err := parseAll(flags, args)
	flags.Visit(func(f *flag.Flag) { o.given = append(o.given, f.Name) })
	switch {
	case err != nil:
		return o, err
	case len(words) == 0 || words[0] == "help":
		return o, flag.ErrHelp
	case words[0] != "import":
		return o, &misuse{fmt.Errorf("there is no command %q; there is import", words[0])}
	case len(words) == 1:
		return o, &misuse{errors.New("import what? Give a file, such as seeds import acquisitions.csv")}
	case len(words) > 2:
		return o, &misuse{fmt.Errorf("%q is not understood; one file is imported at a time", words[2])}
	}
	o.file = words[1]
	o.event.Set, o.mapping.Only = set, only
	return o, o.check()
}

// parseAll parses flags before, between and behind words, and returns the words.
func parseAll(flags *flag.FlagSet, args []string) ([]string, error) {
	var words []string
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, &misuse{err}
		}
		if flags.NArg() == 0 {
			return words, nil
		}
		words, args = append(words, flags.Arg(0)), flags.Args()[1:]
	}
}

func (o *options) check() error {
	if forms := []string{"", "csv", "wikidata", "bods"}; !slices.Contains(forms, o.from) {
		return &misuse{fmt.Errorf("there is no form %q; there is csv, wikidata, bods", o.from)}
	}
	if o.horizon != "" {
		d, err := edtf.Reading{OneDay: true}.Parse(o.horizon)
		if err != nil {
			return &misuse{fmt.Errorf("-horizon: %w", err)}
		}
		o.mapping.Horizon = d
	}
	split := func(text string) []string {
		var words []string
		for _, w := range strings.Split(text, ",") {
			if w = strings.TrimSpace(w); w != "" {
				words = append(words, w)
			}
		}
		return words
	}
	o.mapping.Cells.Untold, o.wikidata.Languages = split(o.untold), split(o.language)
	return nil
}

// flagsOf are the flags of one form; all others but -o, -from and -title are of tables.
var flagsOf = map[string][]string{
	"wikidata": {"item", "names", "language"}, "bods": {"subject", "published", "rounded"},
}

// checkFlags refuses flags of another form.
func (o *options) checkFlags(form string) error {
	for _, name := range o.given {
		of := "csv"
		for f, names := range flagsOf {
			if slices.Contains(names, name) {
				of = f
			}
		}
		if !slices.Contains([]string{"o", "from", "title"}, name) && of != form {
			return &misuse{fmt.Errorf("-%s is of %s, and %s is %s", name, of, o.file, form)}
		}
	}
	return nil
}

// tableMapping returns how a table is read: as flags say, and where they say nothing as the mapping file does.
func (o *options) tableMapping() (table.Mapping, error) {
	if o.mapFile == "" {
		if o.event.Type == "" || o.event.When == "" {
			return table.Mapping{}, &misuse{errors.New("a table needs -type, the type of event that a row is, and -when, the column of its date; or -map FILE")}
		}
		m := o.mapping
		m.Title, m.Events = o.title, []table.Event{o.event}
		return m, nil
	}
	if e := o.event; e.Type+e.When+e.Known+e.Slug+e.Note != "" || len(e.Set) > 0 {
		return table.Mapping{}, &misuse{errors.New("-map says what rows are; -type, -when, -known, -set, -slug and -note are for tables without it")}
	}
	f, err := os.Open(o.mapFile)
	if err != nil {
		return table.Mapping{}, err
	}
	defer f.Close()
	m, err := table.ReadMapping(f)
	if err != nil {
		return table.Mapping{}, fmt.Errorf("%s: %w", o.mapFile, err)
	}
	o.override(&m)
	return m, nil
}

// override puts what flags say in place of what the mapping file says.
func (o *options) override(m *table.Mapping) {
	own, flags := &m.Cells, &o.mapping.Cells
	own.Separator = cmp.Or(flags.Separator, own.Separator)
	own.Dates = cmp.Or(flags.Dates, own.Dates)
	own.FiscalStart = cmp.Or(flags.FiscalStart, own.FiscalStart)
	own.Currency = cmp.Or(flags.Currency, own.Currency)
	own.YearsAsDays = cmp.Or(flags.YearsAsDays, own.YearsAsDays)
	own.DayNumbers = cmp.Or(flags.DayNumbers, own.DayNumbers)
	own.Untold = append(own.Untold, flags.Untold...)
	m.Title = cmp.Or(o.title, m.Title)
	m.Horizon = cmp.Or(o.mapping.Horizon, m.Horizon)
	if len(o.mapping.Only) > 0 {
		m.Only = o.mapping.Only
	}
}
