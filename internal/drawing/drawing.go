// Package drawing is the program examples/chart: it draws the history of a company as a
// picture, as a Mermaid diagram or as text for a terminal.
package drawing

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

const usage = `Usage: chart [flags]     draws the history of Leapmotor
  -o FILE              write to FILE, not to the output; its ending says the form:
                       .svg a picture, .mmd a Mermaid diagram, .txt text
  -form svg|mmd|txt    the form, if FILE does not say it; a picture if nothing does
  -from DATE, -to DATE the first and the last day that are drawn
  -on DATE             as of the end of that day; what is later is pale
  -known DATE          as it could be known at the end of that day
  -according SOURCE    only what this source says (its key in the file)
  -lanes LANES         only these, as owners,plants,plans
  -plot WHAT           stakes, deliveries, or prices in a currency such as CNY
  -width N             of a picture in pixels (1200), of text in columns (100)
  -theme light|dark    colours of a picture, in place of what the viewer prefers
  -file FILE           read this history instead of Leapmotor's
  -log FILE            take the events from this log, JSON Lines; -stream NAME if
                       it has several
DATE is written in EDTF or in plain language: 2024-07-01, 2019-34, July 2024.
Examples:
  chart -o leapmotor.svg
  chart -o 2024.svg -from 2023 -to 2025 -on 2024-07-01 -lanes owners,plants,plans
  chart -form txt -known 2024-05-31
`

// options is what the command line asks for.
type options struct {
	place       answer.Place
	terms       answer.Query
	out, form   string
	from, to    string
	lanes, plot string
	width       int
	theme       string
}

// Run draws what the arguments ask for and returns the exit code: 0 if it is drawn, 1 if the
// data has faults or the file cannot be written, and 2 if the arguments are not understood.
// Open opens a log that is a database; without it none can be.
func Run(args []string, stdout, stderr io.Writer, open answer.Opener) int {
	o, err := parse(args)
	o.place.Open = open
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if err == nil {
		err = o.write(stdout)
	}
	var faults seeds.Faults
	switch {
	case err == nil:
		return 0
	case errors.As(err, &faults):
		fmt.Fprintf(stderr, "chart: %s is not read, it has faults: %d\n%v\n", o.place.File, len(faults), faults)
		return 1
	}
	fmt.Fprintf(stderr, "chart: %v\n", err)
	if errors.Is(err, errData) {
		return 1
	}
	fmt.Fprintln(stderr, "chart -h shows how to use it")
	return 2
}

// errData reports what is not the fault of the command line.
var errData = errors.New("nothing is drawn")

// forms are the forms of a drawing.
var forms = []string{"svg", "mmd", "txt"}

func parse(args []string) (*options, error) {
	o := &options{}
	flags := flag.NewFlagSet("chart", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.out, "o", "", "")
	flags.StringVar(&o.form, "form", "", "")
	flags.StringVar(&o.from, "from", "", "")
	flags.StringVar(&o.to, "to", "", "")
	flags.StringVar(&o.terms.On, "on", "", "")
	flags.StringVar(&o.terms.Known, "known", "", "")
	flags.StringVar(&o.terms.According, "according", "", "")
	flags.StringVar(&o.lanes, "lanes", "", "")
	flags.StringVar(&o.plot, "plot", "", "")
	flags.IntVar(&o.width, "width", 0, "")
	flags.StringVar(&o.theme, "theme", "", "")
	flags.StringVar(&o.place.File, "file", "", "")
	flags.StringVar(&o.place.Log, "log", "", "")
	flags.StringVar(&o.place.Stream, "stream", "", "")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is not understood", flags.Arg(0))
	}
	return o, o.check()
}

// check refuses what cannot be meant, and finds out the form.
func (o *options) check() error {
	if o.form == "" {
		o.form = "svg"
		if o.out != "" {
			o.form = strings.TrimPrefix(filepath.Ext(o.out), ".")
		}
	}
	switch {
	case !slices.Contains(forms, o.form):
		return fmt.Errorf("there is no form %q; there is: %s, by the ending of -o or with -form", o.form, strings.Join(forms, ", "))
	case o.plot != "" && o.form != "svg":
		return fmt.Errorf("-plot is drawn as a picture only, not as %s", o.form)
	case o.plot != "" && o.lanes != "":
		return errors.New("-plot and -lanes ask for different things; give one")
	case !slices.Contains([]string{"", "light", "dark"}, o.theme):
		return fmt.Errorf("there is no theme %q; there is: light, dark", o.theme)
	case o.width < 0:
		return fmt.Errorf("-width %d is less than nothing", o.width)
	}
	return nil
}

// write draws what is asked for and writes it.
func (o *options) write(stdout io.Writer) error {
	book, err := o.place.Load(context.Background())
	if err != nil {
		return fmt.Errorf("%w: %w", errData, err)
	}
	q, err := book.Ask(o.terms)
	if err != nil {
		return err
	}
	var picture bytes.Buffer
	if err := o.draw(&picture, q, book); err != nil {
		return err
	}
	if o.out == "" {
		_, err = stdout.Write(picture.Bytes())
	} else {
		err = os.WriteFile(o.out, picture.Bytes(), 0o644)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errData, err)
	}
	return nil
}

// draw draws the history as of when it is asked for.
func (o *options) draw(w io.Writer, q *answer.Question, book *answer.History) error {
	eo := events.ChartOptions{Title: book.File.Title}
	if o.terms.On != "" {
		eo.On = q.On().Date()
	}
	so := &chart.SVGOptions{Width: o.width, Theme: themes[o.theme], Dense: o.plot == ""}
	if o.plot != "" {
		p, err := o.pickPlot(q.History(), eo)
		if err == nil {
			p.Source = book.Credit()
			p.Range, err = o.days(p.Days())
		}
		if err != nil {
			return err
		}
		return p.SVG(w, so)
	}
	c := events.Chart(q.History(), eo)
	c.Source = book.Credit()
	err := o.pickLanes(c)
	if err == nil {
		c.Range, err = o.days(c.Days())
	}
	switch {
	case err != nil:
		return err
	case o.form == "mmd":
		return c.Mermaid(w)
	case o.form == "txt":
		return c.Text(w, o.width)
	}
	return c.SVG(w, so)
}

var themes = map[string]chart.Theme{"light": chart.Light, "dark": chart.Dark}

// days returns the days that are drawn; the given ones, where none are asked for.
func (o *options) days(first, last edtf.Day) (edtf.Date, error) {
	for _, end := range []struct {
		text string
		day  *edtf.Day
		of   func(edtf.Date) edtf.Day
	}{{o.from, &first, edtf.Date.Earliest}, {o.to, &last, edtf.Date.Latest}} {
		if end.text == "" {
			continue
		}
		date, err := edtf.ParseEnglish(end.text)
		if err != nil {
			return edtf.Date{}, err
		}
		*end.day = end.of(date)
	}
	if first > last || first == edtf.DistantPast || last == edtf.DistantFuture {
		return edtf.Date{}, fmt.Errorf("there is nothing from %v to %v", first, last)
	}
	return edtf.Between(first, last), nil
}

// pickLanes leaves the lanes that are asked for, in the order of the chart.
func (o *options) pickLanes(c *chart.Chart) error {
	if o.lanes == "" {
		return nil
	}
	var there []string
	for _, lane := range c.Lanes {
		there = append(there, strings.ToLower(lane.Title))
	}
	wanted := strings.Split(strings.ToLower(o.lanes), ",")
	for n := range wanted {
		wanted[n] = strings.TrimSpace(wanted[n])
		if !slices.ContainsFunc(there, func(lane string) bool { return isLane(lane, wanted[n]) }) {
			return fmt.Errorf("there is no lane %q; there is: %s", wanted[n], strings.Join(there, ", "))
		}
	}
	c.Lanes = slices.DeleteFunc(c.Lanes, func(l chart.Lane) bool {
		return !slices.ContainsFunc(wanted, func(name string) bool { return isLane(strings.ToLower(l.Title), name) })
	})
	return nil
}

// isLane reports whether a lane is meant by a name: "plans" means all lanes of plans.
func isLane(lane, name string) bool {
	return lane == name || strings.HasPrefix(lane, name+":")
}

// pickPlot returns the plot that is asked for.
func (o *options) pickPlot(h *events.History, eo events.ChartOptions) (*chart.Plot, error) {
	if strings.EqualFold(o.plot, "deliveries") {
		eo.Title += ": deliveries a month"
		return events.DeliveryPlot(h, eo), nil
	}
	if strings.EqualFold(o.plot, "stakes") {
		eo.Title += ": stakes"
		return events.StakePlot(h, eo), nil
	}
	currency := strings.ToUpper(o.plot)
	eo.Title += ": prices"
	p := events.PricePlot(h, eo, currency)
	if len(p.Series) == 0 {
		return nil, fmt.Errorf("there is no plot %q: no price in %s is recorded; there is: stakes, deliveries, or a currency such as CNY", o.plot, currency)
	}
	return p, nil
}
