package chart

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// SVGOptions is how a picture is drawn. The zero value is the default.
type SVGOptions struct {
	// Width is that of the picture in pixels, 1200 if it is 0 and at least 320.
	// The height follows from what there is to draw.
	Width int
	Theme Theme
	// Bare leaves the style sheet out, for a page that has [Style] in its own.
	Bare bool
	// ID is put before all IDs, of items as well. Give different ones to pictures of
	// one page. If it is empty it is "timeline", and items have none before theirs.
	ID string
	// Untitled leaves the title out of what is seen, where it stands beside.
	Untitled bool
	// Stacked puts the titles of rows above them rather than beside them, for
	// pictures that are narrow.
	Stacked bool
	// Dense gives years in which more happened more room, and says so at the axis.
	Dense bool
	// MaxRows is how many rows of a lane are drawn, 0 for all. A line says how
	// many are left out.
	MaxRows int
}

// defaultWidth and minWidth are how wide a picture is.
const (
	defaultWidth = 1200
	minWidth     = 320
)

func (o *SVGOptions) orDefault() SVGOptions {
	var s SVGOptions
	if o != nil {
		s = *o
	}
	if s.Width == 0 {
		s.Width = defaultWidth
	}
	s.Width = max(s.Width, minWidth)
	return s
}

// maxDays is how many days a picture shows at most: all that there are.
const maxDays = int64(edtf.MaxDay - edtf.MinDay)

// check returns why c cannot be drawn.
func (c *Chart) check() error {
	first, last := c.Days()
	if int64(last)-int64(first) > maxDays {
		return fmt.Errorf("chart: from %v to %v is longer than the 20,000 years that a picture can show; give it a range", first, last)
	}
	return nil
}

// SVG writes c as a picture. Options may be nil. The error is that of w, or says
// that the range of c has no first or no last day.
func (c *Chart) SVG(w io.Writer, options *SVGOptions) error {
	if err := c.check(); err != nil {
		return err
	}
	o := options.orDefault()
	d := &drawing{layout: c.layout(float64(o.Width), o), options: o, canvas: canvas{prefix: cmp.Or(o.ID, "timeline") + "-"}}
	d.draw()
	_, err := w.Write(d.Bytes())
	return err
}

// A drawing is a layout that is being drawn.
type drawing struct {
	*layout
	canvas
	options SVGOptions
	used    looks
	ids     map[string]int
	top     float64 // where the lanes begin
}

// Heights in pixels.
const (
	titleHeight  = 30
	flagHeight   = 17
	axisHeight   = 21
	legendHeight = 21
	noteHeight   = 17
)

func (d *drawing) draw() {
	d.top = margin + axisHeight
	if d.titled() {
		d.top += titleHeight
	}
	flags := d.flags()
	d.top += flagRoom(flags)
	d.used = d.looks()
	legend, notes := d.legendLines(), d.noteLines()
	bottom := d.top + d.height
	under := bottom + axisHeight + float64(len(legend))*legendHeight
	d.head(under + float64(len(notes))*noteHeight + margin/2)
	d.texts()
	d.grid(bottom)
	d.clipLater(bottom)
	d.drawLines(flags, bottom)
	for n := range d.lanes {
		d.drawLane(&d.lanes[n])
	}
	d.drawFlags(flags)
	d.drawLegend(legend, bottom+axisHeight)
	d.drawNotes(notes, under)
	d.close("svg")
}

// head opens the picture and defines what it uses.
func (d *drawing) head(height float64) {
	w, h := number(float64(d.options.Width)), number(height)
	d.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "timeline", "viewBox", "0 0 "+w+" "+h,
		"width", w, "height", h, "role", "graphics-document", "aria-roledescription", "chart",
		"aria-labelledby", d.prefix+"title", "aria-describedby", d.prefix+"desc", "data-axis", d.scale.axisText())
	d.canvas.text("title", oneLine(cmp.Or(d.chart.Title, "Timeline")), "id", d.prefix+"title")
	d.canvas.text("desc", d.chart.describe(), "id", d.prefix+"desc")
	if !d.options.Bare {
		d.WriteString("<style>\n" + Style(d.options.Theme) + "</style>\n") // it has nothing to escape
	}
	d.open("defs")
	for _, n := range d.colours() {
		d.gradient(fmt.Sprintf("in%d", n), laneClass(n), "0.03", "0.28")
		d.gradient(fmt.Sprintf("out%d", n), laneClass(n), "0.28", "0.03")
	}
	d.gradient("legend", "legend", "0", "0.3")
	d.open("pattern", "id", d.prefix+"hatch", "width", "6", "height", "6", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)")
	d.empty("path", "d", "M0 3H6", "class", "hatch")
	d.close("pattern")
	d.close("defs")
	d.empty("rect", "class", "paper", "width", w, "height", h)
}

// colours returns those of the lanes.
func (d *drawing) colours() []int {
	var all []int
	for n := range d.chart.Lanes {
		if c := d.chart.colour(n); !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// palette is how many colours there are for lanes.
const palette = 8

func laneClass(lane int) string { return fmt.Sprintf("l%d", lane%palette) }

// gradient defines one from an opacity to another.
func (d *drawing) gradient(name, class, from, to string) {
	d.open("linearGradient", "id", d.prefix+name, "class", class)
	d.empty("stop", "offset", "0", "stop-color", "currentColor", "stop-opacity", from)
	d.empty("stop", "offset", "1", "stop-color", "currentColor", "stop-opacity", to)
	d.close("linearGradient")
}

// titled reports whether the title is seen.
func (d *drawing) titled() bool { return d.chart.Title != "" && !d.options.Untitled }

// texts writes the title.
func (d *drawing) texts() {
	if !d.titled() {
		return
	}
	title := clip(d.chart.title(), 19, float64(d.options.Width)-2*margin)
	d.canvas.text("text", title, "class", "title", "x", margin, "y", margin+16)
}

// title returns the title with the day as of which the chart is, and by when that was
// known.
func (c *Chart) title() string {
	title := oneLine(c.Title)
	if on := c.On; !on.IsZero() {
		title += " on " + on.Latest().Date().English()
	}
	if known := c.Known; !known.IsZero() {
		title += ", as known on " + known.Latest().Date().English()
	}
	return title
}

// noteLines returns what stands under the picture: how the axis is drawn, what is cut
// in whole, and the source.
func (d *drawing) noteLines() []string {
	var all []string
	add := func(text string) {
		all = append(all, wrapped(text, 12, d.scale.right-margin)...)
	}
	if len(d.scale.breaks) > 1 {
		add("Years in which more happened are drawn wider.")
	}
	for n, note := range d.notes {
		add(superscript(n+1) + " " + note)
	}
	if d.bare > 0 {
		add(fmt.Sprintf("%s without a label, for lack of room.", counted(d.bare, "mark")))
	}
	if d.chart.Source != "" {
		add(oneLine(d.chart.Source))
	}
	return all
}

func (d *drawing) drawNotes(lines []string, top float64) {
	for n, line := range lines {
		d.canvas.text("text", line, "class", "small quiet", "x", margin, "y", top+float64(n)*noteHeight+13)
	}
}

// grid draws lines at the ticks, and their labels above and below.
func (d *drawing) grid(bottom float64) {
	d.open("g", "aria-hidden", "true")
	if horizon := d.chart.Horizon; !horizon.IsZero() && horizon.Latest() < d.scale.last {
		x := d.scale.clamp(d.scale.x(horizon.Latest() + 1))
		d.empty("rect", "class", "beyond", "x", x, "y", d.top, "width", d.scale.right-x, "height", bottom-d.top)
	}
	room := d.scale.left - 100
	for _, t := range d.scale.ticks() {
		x := d.scale.clamp(d.scale.x(t.day))
		class := "grid"
		if !t.major {
			class = "grid minor"
		}
		d.empty("path", "class", class, "d", fmt.Sprintf("M%s %sV%s", number(x), number(d.top), number(bottom)))
		if t.label == "" || x+textWidth(t.label, 12) > d.scale.right+margin {
			continue
		}
		if x < room {
			continue
		}
		room = x + textWidth(t.label, 12) + 4
		class = "small num quiet"
		if t.major {
			class = "small num"
		}
		d.canvas.text("text", t.label, "class", class, "x", x+2, "y", d.top-6)
		d.canvas.text("text", t.label, "class", class, "x", x+2, "y", bottom+13)
	}
	d.close("g")
}

// later returns where the day of the chart ends, beyond all if it is not drawn.
func (d *drawing) later() float64 {
	if d.chart.On.IsZero() {
		return d.scale.right + margin
	}
	return d.scale.x(d.chart.On.Latest() + 1)
}

// veiled returns what makes pale what is drawn so far from x0 to x1.
func (d *drawing) veiled(x0, x1, y, height float64) box {
	return box{max(x0, d.scale.left), min(x1, float64(d.options.Width)), y, height}
}

// clipLater defines what is after the day of the chart.
func (d *drawing) clipLater(bottom float64) {
	if d.chart.On.IsZero() {
		return
	}
	x := d.scale.clamp(d.later())
	d.open("clipPath", "id", d.prefix+"later")
	d.empty("rect", "x", x, "width", float64(d.options.Width)-x, "height", bottom)
	d.close("clipPath")
}

// A marker is a line at the end of a day, with a label at its head.
type marker struct {
	class, text string
	x, label    float64 // where the line is, and where the label begins
}

// flags returns the lines of the day as of which, and of what was known, and puts
// their labels where they do not cover each other.
func (d *drawing) flags() []marker {
	var all []marker
	add := func(class, word string, date edtf.Date) {
		if !date.IsZero() && date.Latest() >= d.scale.first && date.Latest() <= d.scale.last {
			x := d.scale.x(date.Latest() + 1)
			all = append(all, marker{class: class, text: word + " " + date.Latest().Date().English(), x: x, label: x})
		}
	}
	add("on", "on", d.chart.On)
	add("known", "known by", d.chart.Known)
	for n := range all {
		m := &all[n]
		w := textWidth(m.text, 12)
		m.label = min(max(m.x-w/2, 2), float64(d.options.Width)-w-2)
	}
	if len(all) == 2 {
		spread(&all[0], &all[1], float64(d.options.Width))
	}
	return all
}

// spread moves the labels of two markers apart, each to its side.
func spread(a, b *marker, width float64) {
	if a.x > b.x {
		a, b = b, a
	}
	wa, wb := textWidth(a.text, 12), textWidth(b.text, 12)
	if a.label+wa+8 <= b.label {
		return
	}
	a.label = min(max(a.x-wa+6, 2), width-wa-wb-10)
	b.label = max(min(b.x-6, width-wb-2), a.label+wa+8)
}

// flagRoom is how much room the labels of flags take.
func flagRoom(flags []marker) float64 {
	if len(flags) == 0 {
		return 0
	}
	return flagHeight
}

// drawLines draws the lines of flags; what happened stands in front of them.
func (d *drawing) drawLines(flags []marker, bottom float64) {
	for _, f := range flags {
		d.empty("path", "class", "line "+f.class, "d", fmt.Sprintf("M%s %sV%s", number(f.x-.8), number(d.top-axisHeight-1), number(bottom)))
	}
}

// drawFlags writes the labels of flags, in front of everything.
func (d *drawing) drawFlags(flags []marker) {
	for _, f := range flags {
		d.canvas.text("text", f.text, "class", "flag num "+f.class, "x", f.label, "y", d.top-axisHeight-4)
	}
}
