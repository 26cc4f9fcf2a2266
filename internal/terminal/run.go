package terminal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
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
	o, err := parseArgs(args)
	o.open, o.today = open, out.Today
	if errors.Is(err, errHelp) {
		fmt.Fprint(out.Stdout, usage)
		return Answered
	}
	if err == nil {
		var q *answer.Question
		if q, err = o.question(); err == nil {
			return o.print(q, out)
		}
	}
	return fail(out.Stderr, o, err)
}

// An Output is where a program writes to, and whether in colour.
type Output struct {
	Stdout, Stderr io.Writer
	Colour         bool
	Today          func() time.Time // what today is; [time.Now] if it is nil
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
	if errors.As(err, &refused) || errors.Is(err, answer.ErrLog) {
		return DataFault
	}
	fmt.Fprintln(stderr, "asof -h shows how to use it")
	return UsageFault
}

// question returns what is asked.
func (o *options) question() (*answer.Question, error) {
	place := answer.Place{File: o.file, Log: o.log, Stream: o.stream, Open: o.open}
	history, err := place.Load(context.Background())
	if err != nil {
		return nil, err
	}
	return history.Ask(answer.Query{On: o.day(o.date), Known: o.day(o.known), Since: o.day(o.since), According: o.according})
}

// day returns a date, in place of "today" that of today.
func (o *options) day(date string) string {
	if !strings.EqualFold(date, "today") {
		return date
	}
	if o.today == nil {
		o.today = time.Now
	}
	return o.today().Format(time.DateOnly)
}

// print answers the question and returns the exit code.
func (o *options) print(q *answer.Question, out Output) int {
	a, err := o.ask(q)
	if err != nil {
		return fail(out.Stderr, *o, err)
	}
	if o.json {
		err = writeJSON(out.Stdout, a.data)
	} else {
		p := &page{colour: out.Colour}
		p.title(q.Title(o.track+o.when != ""))
		a.write(p)
		p.section("Remarks", remarkRows(a.remarks))
		_, err = io.WriteString(out.Stdout, p.text.String())
	}
	if err != nil {
		return fail(out.Stderr, *o, err)
	}
	if fault := q.History().At(q.On()).Err; fault != nil {
		fmt.Fprintf(out.Stderr, "asof: %v\n", fault)
		return DataFault
	}
	return Answered
}

// An answered question has what is printed with -json, what writes it as text,
// and the remarks that stand under it.
type answered struct {
	data    any
	write   func(*page)
	remarks []string
}

// ask returns the answer to what is asked.
func (o *options) ask(q *answer.Question) (answered, error) {
	switch {
	case o.events:
		l := q.Events()
		return answered{l, func(p *page) { writeEvents(p, l) }, q.Remarks()}, nil
	case o.why != "":
		x, err := q.Why(o.why)
		if err != nil {
			return answered{}, err
		}
		return answered{x, func(p *page) { writeWhy(p, x) }, x.Remarks}, nil
	case o.whyNot != "":
		m, err := q.WhyNot(o.whyNot)
		if err != nil {
			return answered{}, err
		}
		return answered{m, func(p *page) { writeWhyNot(p, m) }, m.Remarks}, nil
	case o.track != "":
		t, err := q.Track(o.track)
		if err != nil {
			return answered{}, err
		}
		return answered{t, func(p *page) { writeTrack(p, t) }, t.Remarks}, nil
	case o.when != "":
		w, err := q.When(o.when)
		if err != nil {
			return answered{}, err
		}
		return answered{w, func(p *page) { writeWhen(p, w) }, w.Remarks}, nil
	case o.since != "":
		d, err := q.Diff()
		if err != nil {
			return answered{}, err
		}
		return answered{d, func(p *page) { writeDiff(p, d) }, d.Remarks}, nil
	}
	a := q.Answer()
	if s := o.section; s != nil {
		one := s.of(a)
		for _, c := range o.choices {
			c.keep(&one.State, a.State)
		}
		return answered{one, func(p *page) { s.write(p, one) }, one.Remarks}, nil
	}
	return answered{a, func(p *page) { writeState(p, a) }, a.Remarks}, nil
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
