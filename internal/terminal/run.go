package terminal

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// The exit codes.
const (
	Answered = iota
	DataFault
	UsageFault
)

// Run does the work of main and returns the exit code. Open, if it is not nil,
// opens logs that are SQLite databases.
func Run(args []string, out Output, open answer.Opener) int {
	today := time.Now
	if out.Today != nil {
		today = out.Today
	}
	o, err := parseArgs(args, today())
	o.open = open
	if errors.Is(err, errHelp) {
		var text string
		if text, err = helpOf(o.help); err == nil {
			return out.show(text)
		}
	}
	if err == nil && o.print != "" {
		return out.show(o.printedText())
	}
	if err == nil {
		var h *answer.History
		if h, err = o.load(); err == nil {
			err = o.asked(context.Background(), h, out)
		}
	}
	return fail(out.Stderr, o, err)
}

// Ask is Run of a history that is there already: the arguments cannot name another. It ends when the context is
// done; what it says then is not all.
func Ask(ctx context.Context, h *answer.History, args []string, out Output) int {
	o, err := parseArgs(args, time.Now())
	switch {
	case err != nil:
	case o.file+o.log+o.print != "":
		err = errors.New("the history is given; -file, -log and what is printed of the program have no place here")
	default:
		err = o.asked(ctx, h, out)
	}
	return fail(out.Stderr, o, err)
}

// errReported is an error that was reported.
type errReported int

func (errReported) Error() string { return "" }

// asked answers what is asked of a history.
func (o *options) asked(ctx context.Context, h *answer.History, out Output) error {
	if err := o.settle(h); err != nil {
		return err
	}
	q, err := o.question(h)
	if err != nil {
		return err
	}
	return errReported(o.answer(q.WithContext(ctx), out))
}

// printedText returns what a command prints that is about the program itself.
func (o *options) printedText() string {
	switch o.print {
	case "version":
		return version()
	case "man":
		return manual()
	}
	return completions[o.print]()
}

// version returns the version of the program, as it was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "asof (devel)\n"
	}
	return "asof " + info.Main.Version + "\n"
}

// An Output is where a program writes to, and what is known of the terminal that shows
// it.
type Output struct {
	Stdout, Stderr io.Writer
	Colour         bool
	Width, Height  int                     // in characters; 0 if there is no terminal
	Pager          func(text string) error // shows what is higher than the terminal; may be nil
	Today          func() time.Time        // what today is; [time.Now] if it is nil
}

// show writes text, with the pager if it does not fit the terminal, and returns the
// exit code.
func (out Output) show(text string) int {
	if out.Pager != nil && out.Height > 0 && strings.Count(text, "\n") >= out.Height && out.Pager(text) == nil {
		return Answered
	}
	if _, err := io.WriteString(out.Stdout, text); err != nil {
		fmt.Fprintf(out.Stderr, "asof: %v\n", err)
		return UsageFault
	}
	return Answered
}

// fail reports why there is no answer and returns the exit code.
func fail(stderr io.Writer, o options, err error) int {
	var reported errReported
	if errors.As(err, &reported) {
		return int(reported)
	}
	var faults seeds.Faults
	if errors.As(err, &faults) {
		fmt.Fprintln(stderr, printable(fmt.Sprintf("asof: %s is not read, it has faults: %d\n%v", o.file, len(faults), faults)))
		return DataFault
	}
	fmt.Fprintln(stderr, printable(fmt.Sprintf("asof: %v", err)))
	var refused *timeline.FoldError
	if errors.As(err, &refused) || errors.Is(err, answer.ErrLog) {
		return DataFault
	}
	if strings.Contains(err.Error(), "a date in figures has two meanings") {
		fmt.Fprintln(stderr, "-dates day-first or -dates month-first says which is meant")
	}
	if errors.Is(err, answer.ErrNoSource) {
		o.according = ""
		fmt.Fprintln(stderr, o.again("sources")+" lists them")
	}
	fmt.Fprintln(stderr, "asof -h shows how to use it")
	return UsageFault
}

// printable returns text of which a terminal shows each line, and obeys none.
func printable(text string) string {
	lines := strings.Split(text, "\n")
	for n := range lines {
		lines[n] = answer.Printable(lines[n])
	}
	return strings.Join(lines, "\n")
}

// load reads the history.
func (o *options) load() (*answer.History, error) {
	place := answer.Place{File: o.file, Log: o.log, Stream: o.stream, Open: o.open}
	place.As = answer.AsRecorded{Revision: o.revision, By: o.day(o.recorded), Reading: o.reading}
	return place.Load(context.Background())
}

// question returns what is asked of a history.
func (o *options) question(history *answer.History) (*answer.Question, error) {
	t := answer.Query{On: o.day(o.date), Known: o.day(o.known), Since: o.day(o.since), According: o.according, Widened: o.widened, Reading: o.reading}
	d, err := o.reading.Parse(t.Since)
	if !o.included || err != nil || d.Earliest() <= edtf.MinDay || d.Earliest() > edtf.MaxDay {
		return history.Ask(t)
	}
	t.Since = (d.Earliest() - 1).String()
	q, err := history.Ask(t)
	if err == nil && d.Earliest() > q.On() {
		return nil, fmt.Errorf("the first day, %v, comes after the last, %v", answer.Day(d.Earliest()), answer.Day(q.On()))
	}
	return q, err
}

// day returns a date, in place of one that depends on today, such as "yesterday", what it is.
func (o *options) day(date string) string {
	anyDay := o.reading
	anyDay.Told = edtf.Date{}
	if _, err := anyDay.Parse(date); err == nil {
		return date
	}
	if d, err := o.reading.Parse(date); err == nil {
		return d.String()
	}
	return date
}

// answer answers the question and returns the exit code.
func (o *options) answer(q *answer.Question, out Output) int {
	a, err := o.ask(q)
	var text strings.Builder
	switch {
	case err != nil:
	case o.form == formJSON:
		err = writeJSON(&text, a.data)
	case o.form == formText || o.form == formMarkdown:
		err = o.writePage(&text, q, a, out)
	default:
		err = a.writeForm(o.form, &text)
	}
	if err != nil {
		return fail(out.Stderr, *o, err)
	}
	if o.count || o.form != formText && o.form != formMarkdown && o.form != formJSON {
		for _, r := range a.remarks {
			fmt.Fprintln(out.Stderr, "asof: "+safe(r))
		}
	}
	if code := out.show(text.String()); code != Answered {
		return code
	}
	if fault := q.History().At(q.On()).Err; fault != nil {
		fmt.Fprintln(out.Stderr, printable(fmt.Sprintf("asof: %v", fault)))
		return DataFault
	}
	return Answered
}

// writePage writes the answer as people read it.
func (o *options) writePage(w io.Writer, q *answer.Question, a answered, out Output) error {
	p := &page{
		markdown: o.form == formMarkdown, colour: o.colour == "always" || o.colour != "never" && out.Colour,
		width: max(cmp.Or(o.width, min(out.Width, maxWidth), usualWidth), minWidth),
	}
	if !o.count {
		title := q.Title(o.track+o.when != "")
		if o.included {
			title = q.SpanTitle()
		}
		p.title(title)
	}
	err := a.write(p)
	if p.markdown { // which is read without the rest of the history
		p.sources(q)
	}
	if err == nil && !o.count {
		p.section("Remarks", remarkRows(a.remarks))
	}
	if err == nil {
		_, err = io.WriteString(w, p.text.String())
	}
	return err
}

// An answered question has what is printed with -json, what writes it as text,
// the remarks that stand under it, and its further forms.
type answered struct {
	data    any
	write   func(*page) error
	remarks []string
	forms   writers
}

// written returns what is printed if nothing can go wrong.
func written(write func(*page)) func(*page) error {
	return func(p *page) error { write(p); return nil }
}

// ask returns the answer to what is asked.
func (o *options) ask(q *answer.Question) (answered, error) {
	switch {
	case o.events:
		l := q.Events()
		forms := eventForms(q, q.Title(true), l.Events)
		forms["jsonl"] = q.JSONL
		return answered{l, written(func(p *page) { writeEvents(p, l) }), q.Remarks(), forms}, nil
	case o.search != nil:
		l := matching(q.Events(), o.search)
		return answered{l, written(func(p *page) { writeFound(p, l, o.search) }), q.Remarks(), eventForms(q, q.Title(true)+": "+strings.Join(o.search, " "), l.Events)}, nil
	case o.listSources:
		l := sourcesWith(q.Sources(), o.narrowed)
		return answered{l, written(func(p *page) { writeSources(p, l, o.narrowed) }), nil, nil}, nil
	case o.why != "":
		x, err := place(o, q.Why, o.why)
		if err != nil {
			return answered{}, err
		}
		if names := x.Entries(); len(names) > 1 {
			return answered{}, fmt.Errorf("%s has %d entries, each with its own reasons; ask of one of them:\n%s", o.why, len(names), strings.Join(names, "\n"))
		}
		return answered{x, written(func(p *page) { writeWhy(p, x); p.sources(q) }), x.Remarks, nil}, nil
	case o.whyNot != "":
		m, err := place(o, q.WhyNot, o.whyNot)
		if err != nil {
			return answered{}, err
		}
		return answered{m, written(func(p *page) { writeWhyNot(p, m); p.sources(q) }), m.Remarks, nil}, nil
	case o.track == answer.Everything:
		return answered{forms: periodForms(q, answer.Everything), remarks: q.Remarks()}, nil
	case o.track != "":
		t, err := place(o, q.Track, o.track)
		if err != nil {
			return answered{}, err
		}
		return answered{t, written(func(p *page) { writeTrack(p, t) }), t.Remarks, periodForms(q, t.Path)}, nil
	case o.when != "":
		w, err := place(o, q.When, o.when)
		if err != nil {
			return answered{}, err
		}
		return answered{w, written(func(p *page) { writeWhen(p, w); p.sources(q) }), w.Remarks, nil}, nil
	case o.included:
		s, err := q.Story()
		if err != nil {
			return answered{}, err
		}
		again := o.again("changes", s.From.On.String(), s.To.On.String())
		return answered{s, written(func(p *page) { writeStory(p, s, again) }), s.Remarks, eventForms(q, q.SpanTitle(), storyEvents(q, s))}, nil
	case o.since != "":
		return o.askDiff(q)
	}
	return o.askState(q)
}

// undecided is what -json prints of an answer's undecided events.
type undecided struct {
	On      edtf.Day         `json:"on"`
	Known   *edtf.Day        `json:"known"`
	Pending []answer.Pending `json:"pending"`
	Remarks []string         `json:"remarks"`
}

func (o *options) askDiff(q *answer.Question) (answered, error) {
	d, err := q.Diff()
	if err != nil {
		return answered{}, err
	}
	return answered{d, written(func(p *page) { p.lead(d.Summary()); writeDiff(p, d) }), d.Remarks, writers{
		"csv":  d.CSV,
		"atom": func(w io.Writer) error { return export.Atom(w, d.Feed(q.Title(true))) },
	}}, nil
}

func (o *options) askState(q *answer.Question) (answered, error) {
	if o.slipped {
		s := q.Slips()
		write := func(p *page) { writeSlips(p, s) }
		if o.count {
			write = func(p *page) { p.write(strconv.Itoa(len(s.Slips))) }
		}
		return answered{s, written(write), s.Remarks, nil}, nil
	}
	a := q.Answer()
	again := o.again("undecided", a.On.String())
	switch s := o.section; {
	case o.undecided:
		if o.of != nil {
			a = o.of.of(a)
		}
		return answered{undecided{a.On, a.Known, a.Pending, a.Remarks}, written(func(p *page) { p.undecided(a.Pending) }), a.Remarks, nil}, nil
	case s != nil:
		one := s.of(a)
		for _, c := range o.choices {
			c.keep(&one.State, a.State)
		}
		if o.form == formJSON && len(o.narrowed) > 0 {
			return answered{}, fmt.Errorf("-json has all of %s; take %q from it, or leave out -json", s.name, strings.Join(o.narrowed, " "))
		}
		again = o.again("undecided", s.name, a.On.String())
		write := func(p *page) error {
			err := s.write(p, one, o.narrowed, again)
			if err == nil && o.cited {
				p.behind(q, s, one, o.narrowed, len(o.narrowed)+len(o.choices) == 0)
			}
			return err
		}
		if o.count {
			write = func(p *page) error { return s.count(p, one, o.narrowed) }
		}
		return answered{one, write, one.Remarks, s.forms(q, one, o.narrowed)}, nil
	}
	return answered{a, written(func(p *page) { writeState(p, a, again) }), a.Remarks, stateForms(q)}, nil
}

// again returns the command line that asks of the same history with another command.
func (o *options) again(words ...string) string {
	line := "asof"
	for _, w := range words {
		if day, err := edtf.ParseDay(w); err == nil && strings.HasPrefix(w, "-") { // which would be taken for a flag
			w = shellWord(answer.Day(day))
		}
		line += " " + w
	}
	revision := ""
	if o.revision != 0 {
		revision = strconv.FormatInt(o.revision, 10)
	}
	if o.widened {
		line += " -widened"
	}
	for _, f := range []struct{ name, value string }{
		{"known", o.day(o.known)},
		{"dates", o.figures},
		{"according", o.according},
		{"file", o.file},
		{"log", o.log},
		{"stream", o.stream},
		{"recorded", o.day(o.recorded)},
		{"revision", revision},
	} {
		if f.value != "" {
			line += " -" + f.name + " " + shellWord(f.value)
		}
	}
	return line
}

// plainInShell are the characters that no shell takes for something else, wherever they stand.
const plainInShell = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-"

// shellWord returns a word as a shell takes it.
func shellWord(word string) string {
	if strings.Trim(word, plainInShell) == "" {
		return word
	}
	return "'" + quotedForShell(word) + "'"
}

// place asks about a part of the state. Several words for it may be its steps in any
// order, and a step may have blanks.
func place[A any](o *options, ask func(string) (A, error), text string) (A, error) {
	a, err := ask(text)
	if err == nil || len(o.place) < 2 || len(o.place) > mostSteps {
		return a, err
	}
	for words := range orders(o.place) {
		for blanks := range 1 << (len(words) - 1) {
			joined := words[0]
			for n, w := range words[1:] {
				joined += string("/ "[blanks>>n&1]) + w
			}
			if other, e := ask(joined + o.value); e == nil {
				return other, nil
			}
		}
	}
	return a, err
}

// mostSteps is how many words for a part of the state are tried in other orders.
const mostSteps = 4

// orders returns an iterator over the orders of some words, the one they have first.
func orders(words []string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		permute(nil, words, yield)
	}
}

func permute(before, words []string, yield func([]string) bool) bool {
	if len(words) == 0 {
		return yield(before)
	}
	for n, w := range words {
		if !permute(append(slices.Clip(before), w), slices.Concat(words[:n], words[n+1:]), yield) {
			return false
		}
	}
	return true
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
