package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A plotting is a plot that is being drawn.
type plotting struct {
	drawing
	plot *Plot
	axis axis
}

// plotHeight is how high the figures' part is.
const plotHeight = 150

func (d *plotting) draw() {
	d.top = margin + axisHeight
	if d.titled() {
		d.top += titleHeight
	}
	flags := d.flags()
	d.top += flagRoom(flags)
	bottom := d.top + plotHeight
	d.chart.Lanes = make([]Lane, len(d.plot.Series)) // for their colours
	names, notes := d.names(), d.noteLines()
	under := bottom + axisHeight + float64(len(names))*legendHeight
	d.head(under + float64(len(notes))*noteHeight + margin/2)
	d.texts()
	d.grid(bottom)
	d.numbers()
	d.drawLines(flags, bottom)
	switch d.plot.Form {
	case Stack:
		d.stack()
	case Bars:
		d.bars()
	default:
		for n := range d.plot.Series {
			d.series(n)
		}
	}
	d.rect("veil", d.veiled(d.later(), d.scale.right+margin, d.top, plotHeight))
	d.drawFlags(flags)
	d.drawNames(names, bottom+axisHeight)
	d.drawNotes(notes, under)
	d.close("svg")
}

// y returns how high up a value is drawn.
func (d *plotting) y(v float64) float64 {
	const edge = 6 // so that no line is on it
	return d.top + edge + (plotHeight-edge)*(1-(v-d.axis.low)/(d.axis.high-d.axis.low))
}

// numbers draws the axis of the values.
func (d *plotting) numbers() {
	d.open("g", "aria-hidden", "true")
	for _, v := range d.axis.ticks() {
		y := d.y(v)
		d.empty("path", "class", "grid minor", "d", fmt.Sprintf("M%s %sH%s", number(d.scale.left), number(y), number(d.scale.right)))
		d.canvas.text("text", d.axis.label(v, d.plot.Unit), "class", "small num quiet", "x", d.scale.left-6, "y", y+4, "text-anchor", "end")
	}
	d.close("g")
}

// series draws one figure: bands where it is not certain, and lines.
func (d *plotting) series(n int) {
	s := &d.plot.Series[n]
	d.open("g", "role", "group", "aria-label", oneLine(s.Title), "class", s.class(n))
	for i := range s.Steps {
		var before, after *Step
		if i > 0 {
			before = &s.Steps[i-1]
		}
		if i+1 < len(s.Steps) {
			after = &s.Steps[i+1]
		}
		d.step(before, &s.Steps[i], after)
	}
	d.close("g")
}

// class returns the class that gives the series in place n its colour.
func (s *Series) class(n int) string {
	if s.Rest {
		return "legend"
	}
	return laneClass(n)
}

// finite returns the values of a step that can be drawn.
func finite(s *Step) []float64 {
	if s == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.Values), func(v float64) bool { return !drawable(v) })
}

// drawable reports whether a figure can be drawn: it is a number, and not so large
// that differences cannot be seen.
func drawable(v float64) bool { return !math.IsNaN(v) && math.Abs(v) < 1e100 }

// step draws a figure from when it changed until it changes next.
func (d *plotting) step(before, s, after *Step) {
	values := finite(s)
	first, begun := bounds(s.From, edtf.DistantPast)
	over := edtf.DistantFuture
	if after != nil {
		over, _ = bounds(after.From, edtf.DistantFuture)
	}
	if d.scale.known { // what goes on is drawn as far as anything is known
		over = min(over, d.scale.end+1)
	}
	x0, x1, x2 := d.scale.clamp(d.scale.x(first)), d.scale.clamp(d.scale.x(begun)), d.scale.clamp(d.scale.x(over))
	x2 = max(x1, x2)
	if len(values) == 0 || x2 <= d.scale.left || x0 >= d.scale.right {
		return
	}
	closing := d.openStep(s, values[0])
	low, high := slices.Min(values), slices.Max(values)
	class := "shape series"
	if low < high || s.Uncertain || s.Quoted {
		class += " maybe"
	}
	if x0 < x1 { // it changed on one of these days
		all := append(finite(before), values...)
		d.band(x0, x1, slices.Min(all), slices.Max(all))
	}
	if low < high {
		d.band(x1, x2, low, high)
	}
	d.empty("path", "class", class, "d", d.path(before, values[0], [3]float64{x0, x1, x2}))
	if s.Quoted {
		d.empty("circle", "class", "mark", "cx", x1, "cy", d.y(values[0]), "r", 3.2)
	}
	d.close(closing)
}

// openStep opens the element of a step, which has its text.
func (d *plotting) openStep(s *Step, value float64) (closing string) {
	text := oneLine(cmp.Or(s.Text, d.axis.label(value, d.plot.Unit)))
	as := []any{"class", "item", "aria-label", text}
	if s.Link == "" {
		as = append(as, "role", "img")
	}
	closing = d.link(s.Link, as...)
	d.canvas.text("title", text)
	return closing
}

// path returns a line at the height of a value, up or down to it from that
// before if the day of the change is known. xs are the first and the last place at
// which the value may begin, and where it ends.
func (d *plotting) path(before *Step, v float64, xs [3]float64) string {
	x0, x1, x2 := xs[0], xs[1], xs[2]
	path := fmt.Sprintf("M%s %sH%s", number(x1), number(d.y(v)), number(x2))
	if last := finite(before); len(last) > 0 && x0 == x1 && x1 > d.scale.left {
		path = fmt.Sprintf("M%s %sV%sH%s", number(x1), number(d.y(last[0])), number(d.y(v)), number(x2))
	}
	return path
}

func (d *plotting) band(x0, x1, low, high float64) {
	if height := d.y(low) - d.y(high); x1 > x0 && height > 0 {
		d.empty("rect", "class", "band", "x", x0, "y", d.y(high), "width", x1-x0, "height", height)
	}
}

// bounds returns the bounds of a date, or a day if it is the zero Date.
func bounds(d edtf.Date, none edtf.Day) (first, last edtf.Day) {
	if d.IsZero() {
		return none, none
	}
	return d.Bounds()
}

// names puts the series' titles on lines, like samples of a legend.
func (d *plotting) names() [][]sample {
	var all []sample
	for _, s := range d.plot.Series {
		all = append(all, sample{text: clip(s.Title, 12, maxLabel)})
	}
	if d.plot.Form == Stack {
		all = append(all, sample{text: "not recorded"})
	}
	return d.inLines(all)
}

func (d *plotting) drawNames(lines [][]sample, top float64) {
	n := 0
	for row, line := range lines {
		y := top + float64(row)*legendHeight + legendHeight/2
		for _, s := range line {
			class := "legend"
			if n < len(d.plot.Series) {
				class = d.plot.Series[n].class(n)
			}
			d.open("g", "class", class, "aria-hidden", "true")
			switch {
			case n == len(d.plot.Series):
				d.rect("unrecorded", box{s.x, s.x + swatch, y - 6, 12}, "fill", d.ref("missing"))
			case d.plot.Form == Lines:
				d.empty("path", "class", "series", "d", fmt.Sprintf("M%s %sh%d", number(s.x), number(y), swatch))
			default:
				d.rect("part", box{s.x, s.x + swatch, y - 6, 12})
			}
			d.canvas.text("text", s.text, "class", "small quiet", "x", s.x+swatch+6, "y", y+4)
			d.close("g")
			n++
		}
	}
}
