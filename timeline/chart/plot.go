package chart

import (
	"cmp"
	"io"
	"iter"
	"math"
	"strconv"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Plot is figures in the course of time. Each keeps its value until the next
// change, so that it is drawn as steps.
type Plot struct {
	Title, Description string
	Unit               string // of all figures, behind the numbers of the axis
	Form               Form
	// Range, On, Known, Horizon and Source are as in [Chart].
	Range, On, Known, Horizon edtf.Date
	Source                    string
	Series                    []Series
}

// A Form is how figures are drawn.
type Form uint8

// The forms of a plot.
const (
	Lines Form = iota // a line for each figure
	Stack             // on top of each other, as parts of 100
	Bars              // a bar for each step, from its first day to that of the next
)

// A Series is one figure.
type Series struct {
	Title string
	Steps []Step // in the order of time
	Rest  bool   // it is what the others leave, and drawn in grey
}

// A Step is what a figure was for some time.
type Step struct {
	// From is the day since which it was so: a window if the day is not known. The
	// zero Date says that it has always been.
	From edtf.Date
	// Values are those it may have had, that of the baseline first. It is
	// drawn as a line, which is broken and in a band if there are several. There is
	// nothing to draw if there is none.
	Values []float64
	// Quoted says that it was told of the first day alone: that is a point, and the line
	// after it is broken.
	Quoted bool
	// Uncertain says that there may have been none, or others than Values: the line
	// is broken.
	Uncertain bool
	Text      string // what is said of it, as in [Item]
	Link      string
}

// StepsOf returns a track as steps. Number returns the figure of a value, or
// false if it is none.
func StepsOf[V comparable, E any](track iter.Seq[timeline.Change[V, E]], number func(V) (float64, bool)) []Step {
	var steps []Step
	for x := range track {
		s := Step{From: x.From, Text: x.String()}
		for _, v := range append([]V{x.Value}, x.Others...) {
			if f, ok := number(v); ok {
				s.Values = append(s.Values, f)
			} else {
				s.Uncertain = true
			}
		}
		s.Uncertain = s.Uncertain && len(s.Values) > 0 || x.Incomplete != nil
		steps = append(steps, s)
	}
	return steps
}

// SVG writes p as a picture, as [Chart.SVG] does a chart; MaxRows means nothing
// here.
func (p *Plot) SVG(w io.Writer, options *SVGOptions) error {
	outline := p.canvas()
	if err := outline.check(); err != nil {
		return err
	}
	o := options.orDefault()
	d := &plotting{plot: p, drawing: drawing{options: o, canvas: canvas{prefix: cmp.Or(o.ID, "timeline") + "-"}}}
	d.layout = outline.layout(float64(o.Width), o)
	d.axis = p.axis()
	d.scale.left = margin + d.axis.room(p.Unit)
	d.draw()
	_, err := w.Write(d.Bytes())
	return err
}

// Days returns the first and the last day that p draws: those of its range, or
// of all steps.
func (p *Plot) Days() (first, last edtf.Day) { return p.canvas().Days() }

// canvas returns the chart without lanes in which p is drawn.
func (p *Plot) canvas() *Chart {
	c := &Chart{Title: p.Title, Description: p.describe(), Range: p.Range, On: p.On, Known: p.Known, Horizon: p.Horizon, Source: p.Source}
	var ends Row // that the chart reaches as far as the steps
	for _, s := range p.Series {
		for _, step := range s.Steps {
			ends.Items = append(ends.Items, Item{When: step.From})
		}
	}
	var e extent
	for _, item := range ends.Items {
		e.add(item.When)
	}
	if e.some && e.last < edtf.MaxDay-10_000 { // so that the last step is more than its edge
		ends.Items = append(ends.Items, Item{When: (e.last + max(30, (e.last-e.first)/12)).Date()})
	}
	c.Lanes = []Lane{{Rows: []Row{ends}}}
	return c
}

func (p *Plot) describe() string {
	if p.Description != "" {
		return p.Description
	}
	text := ""
	for _, s := range p.Series {
		text += s.Title + ":"
		for _, step := range s.Steps {
			text += " " + step.Text + "."
		}
		text += " "
	}
	return text
}

// An axis is the numbers from bottom to top.
type axis struct{ low, high, step float64 }

// axis returns round numbers from 0 or less to the highest value or more.
func (p *Plot) axis() axis {
	if p.Form == Stack {
		return axis{0, 100, 20}
	}
	low, high := 0.0, 0.0
	for _, s := range p.Series {
		for _, step := range s.Steps {
			for _, v := range step.Values {
				if drawable(v) {
					low, high = min(low, v), max(high, v)
				}
			}
		}
	}
	if high-low < 1e-9 {
		high = low + 1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/4)))
	for _, n := range []float64{1, 2, 5, 10} {
		if (high-low)/(n*step) <= 5 {
			step *= n
			break
		}
	}
	return axis{math.Floor(low/step) * step, math.Ceil(high/step) * step, step}
}

// ticks returns the numbers with a label.
func (a axis) ticks() []float64 {
	var all []float64
	for n := 0; ; n++ {
		v := a.low + float64(n)*a.step
		if v > a.high+a.step/2 || n > 20 {
			return all
		}
		all = append(all, v)
	}
}

// label writes a number with as many decimals as the step has.
func (a axis) label(v float64, unit string) string {
	decimals := max(0, int(math.Ceil(-math.Log10(a.step)-1e-9)))
	text := strconv.FormatFloat(v, 'f', min(decimals, 6), 64)
	if decimals == 0 && math.Abs(v) < 1e15 {
		text = grouped(int64(math.Round(v)))
	}
	if unit != "" {
		text += " " + unit
	}
	return text
}

// grouped returns n with commas.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// room returns how much room the labels take.
func (a axis) room(unit string) float64 {
	w := 0.0
	for _, v := range a.ticks() {
		w = max(w, textWidth(a.label(v, unit), 12))
	}
	return w + 10
}
