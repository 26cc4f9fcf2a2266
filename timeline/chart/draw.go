package chart

import (
	"cmp"
	"fmt"
	"strings"
)

// drawLane draws the heading and the rows of a lane.
func (d *drawing) drawLane(lane *laneLayout) {
	top := d.top + lane.top
	d.open("g", "role", "group", "aria-label", oneLine(lane.title))
	d.empty("rect", "class", "head", "x", margin/2, "y", top+4, "width", float64(d.options.Width)-margin, "height", laneHead-7, "rx", 4)
	d.canvas.text("text", clip(lane.title, 13, d.scale.right-margin), "class", "lane-title", "x", margin, "y", top+18)
	for n := range lane.rows {
		d.drawRow(&lane.rows[n])
	}
	if lane.more > 0 {
		last := lane.rows[len(lane.rows)-1]
		y := d.top + last.top + last.height + 13
		d.canvas.text("text", fmt.Sprintf("and %s, not drawn", counted(lane.more, "more row")), "class", "quiet", "x", d.scale.left, "y", y)
	}
	d.close("g")
}

// drawRow draws the title and the items of a row.
func (d *drawing) drawRow(row *rowLayout) {
	top := d.top + row.top
	d.open("g", "role", "group", "aria-label", oneLine(row.row.Title))
	d.empty("path", "class", "grid minor", "aria-hidden", "true",
		"d", fmt.Sprintf("M%s %sH%s", number(margin), number(top+row.height-.5), number(d.scale.right)))
	closing := d.link(row.row.Link, "class", "row-title")
	if row.title != oneLine(row.row.Title) {
		d.canvas.text("title", oneLine(row.row.Title))
	}
	d.canvas.text("text", row.title, "x", margin, "y", top+14)
	d.close(closing)
	d.ties(row, top)
	for _, s := range row.shapes {
		d.drawShape(s, row.row.Title, top+row.above+rowPadding/2+float64(s.track)*d.track)
	}
	d.close("g")
}

// ties draws a line between rivals.
func (d *drawing) ties(row *rowLayout, top float64) {
	middle := func(s *shape) (x, y float64) {
		return (s.x0 + s.x1) / 2, top + row.above + rowPadding/2 + float64(s.track)*d.track + d.track/2
	}
	last := map[string]*shape{}
	for _, s := range row.shapes {
		key := s.item.Rival
		if before := last[key]; key != "" && before != nil {
			x0, y0 := middle(before)
			x1, y1 := middle(s)
			d.empty("path", "class", "tie", "aria-hidden", "true",
				"d", fmt.Sprintf("M%s %sC%s %s %s %s %s %s", number(x0), number(y0), number(x0), number((y0+y1)/2), number(x1), number((y0+y1)/2), number(x1), number(y1)))
		}
		last[key] = s
	}
}

// drawShape draws an item of a row, and its label.
func (d *drawing) drawShape(s *shape, row string, top float64) {
	class := "item " + laneClass(s.lane)
	if s.item.Undecided || s.item.Rival != "" {
		class += " undecided"
	}
	class += statusClass(s.item)
	if s.item.Dim {
		class += " dim"
	}
	later := d.isLater(s)
	if later {
		class += " later"
	}
	as := []any{"class", class}
	if s.item.Key != "" {
		as = append(as, "id", d.id(s.item.Key))
	}
	text := oneLine(cmp.Or(s.item.Text, s.item.Label, row, "item"))
	name := text // has what is seen, so that it can be said to choose the link
	if !strings.Contains(strings.ToLower(text), strings.ToLower(s.label.text)) {
		name = s.label.text + ": " + text
	}
	if s.item.Link == "" {
		as = append(as, "role", "img")
	}
	closing := d.link(s.item.Link, append(as, "aria-label", name)...)
	d.canvas.text("title", text)
	if s.item.Link != "" {
		d.hit(s, top)
	}
	pale := d.later()
	if s.item.Kind != Span && (later || d.isPast(s)) {
		pale = s.x1 // a mark may be wider than its days
	}
	switch s.item.Kind {
	case Span:
		d.drawBar(s, top)
	case Plan:
		d.drawPlan(s, top)
	default:
		d.drawInstant(s, top)
	}
	if s.x0 < pale && pale < s.x1 {
		// Behind the label, which is of the whole. It is cut at the line, so that it is the same
		// wherever that is.
		d.rect("veil", d.veiled(s.x0, s.x1+margin/2, top, d.track), "clip-path", d.ref("later"))
	}
	if s.label.text != "" {
		d.drawLabel(s, top+d.track/2+4)
	}
	d.close(closing)
}

// drawLabel writes the label of a shape. One before it ends there, however wide its
// letters are.
func (d *drawing) drawLabel(s *shape, y float64) {
	switch {
	case s.label.inside:
		d.canvas.text("text", s.label.text, "class", "label", "x", s.label.x, "y", y)
	case s.label.before:
		d.canvas.text("text", s.label.text, "class", "label beside", "x", s.x0-labelGap, "y", y, "text-anchor", "end")
	default:
		d.canvas.text("text", s.label.text, "class", "label beside", "x", s.label.x, "y", y)
	}
}

// hit draws where a link can be touched: a line high, and no narrower than that.
func (d *drawing) hit(s *shape, top float64) {
	x0, x1 := s.x0, s.x1
	if s.label.text != "" && !s.label.inside {
		x0, x1 = min(x0, s.label.x), max(x1, s.label.x+textWidth(s.label.text, fontSize))
	}
	if narrow := d.track - (x1 - x0); narrow > 0 {
		x0, x1 = x0-narrow/2, x1+narrow/2
	}
	x0, x1 = max(x0, 0), min(x1, float64(d.options.Width))
	d.rect("hit", box{x0, x1, top, d.track})
}

// statusClass returns the class for the colour of a plan, or of what settled one.
func statusClass(item *Item) string {
	switch {
	case item.Kind != Plan && item.Outcome == Open:
		return ""
	case item.Outcome == Fulfilled:
		return " fulfilled"
	case item.Outcome == Dropped:
		return " dropped"
	case item.Outcome == Due:
		return " due"
	case item.Outcome == Overdue:
		return " overdue"
	}
	return " planned"
}

// isLater reports whether all of s comes after the day of the chart.
func (d *drawing) isLater(s *shape) bool {
	on := d.chart.On
	if !on.IsZero() && s.item.Kind == Instant {
		return s.item.When.Earliest() > on.Latest()
	}
	return s.x0 >= d.later()
}

// isPast reports whether s stands for days of which none comes after that of the
// chart.
func (d *drawing) isPast(s *shape) bool {
	on, when := d.chart.On, s.item.When
	return !on.IsZero() && !when.IsZero() && when.Latest() <= on.Latest()
}

// id returns the ID of the item with a key; if several have it, the others get a
// number.
func (d *drawing) id(key string) string {
	id := "item-" + strings.Join(strings.Fields(oneLine(key)), "-")
	if d.options.ID != "" {
		id = d.prefix + id
	}
	if d.ids == nil {
		d.ids = map[string]int{}
	}
	unique := id
	for d.ids[unique] > 0 {
		d.ids[id]++
		unique = id + "-" + number(float64(d.ids[id]))
	}
	d.ids[unique]++
	return unique
}

// barHeight is that of a bar; plans are lower.
const (
	minMark    = 9 // how wide an instant is at least
	barHeight  = 15
	planHeight = 11
)

// drawBar draws a span: fading in, full, fading out.
func (d *drawing) drawBar(s *shape, top float64) {
	y := top + (d.track-barHeight)/2
	if s.item.Undecided { // there is no saying where it is more likely
		d.rect("shape body", box{s.in0, s.out1, y, barHeight})
		return
	}
	n := s.lane
	d.rect("fade", box{s.in0, s.in1, y, barHeight}, "fill", d.ref(fmt.Sprintf("in%d", n)))
	d.rect("shape body", box{s.in1, s.out0, y, barHeight})
	if s.in1 < s.out0 {
		d.empty("path", "class", "rail", "d", fmt.Sprintf("M%s %sH%sM%s %sH%s", number(s.in1), number(y+.5), number(s.out0), number(s.in1), number(y+barHeight-.5), number(s.out0)))
	}
	d.rect("fade", box{s.out0, s.out1, y, barHeight}, "fill", d.ref(fmt.Sprintf("out%d", n)))
	if s.in0 == s.in1 && s.in0 > d.scale.left {
		d.vertical(s.in0+1, y, barHeight)
	}
	if s.out0 == s.out1 && s.out1 < d.scale.right && !s.open && !s.tail {
		d.vertical(s.out1-1, y, barHeight)
	}
	if s.tail {
		d.empty("path", "class", "thread", "d", fmt.Sprintf("M%s %sH%s", number(s.out1), number(y+barHeight/2.), number(d.scale.right)))
	}
	if since := s.item.InQuestion; !since.IsZero() {
		x := min(max(d.scale.x(since.Latest()), s.in0), s.out1)
		d.rect("", box{x, s.out1, y, barHeight}, "fill", d.ref("hatch"))
		d.rect("hollow", box{x, s.out1, y, barHeight})
	}
}

// A box is where a rectangle is drawn.
type box struct{ x0, x1, y, height float64 }

// rect draws a rectangle, unless it has no width.
func (d *drawing) rect(class string, b box, as ...any) {
	if b.x1 <= b.x0 {
		return
	}
	if class != "" {
		as = append([]any{"class", class}, as...)
	}
	d.empty("rect", append(as, "x", b.x0, "y", b.y, "width", b.x1-b.x0, "height", b.height)...)
}

func (d *drawing) vertical(x, y, height float64) {
	d.empty("path", "class", "edge", "d", fmt.Sprintf("M%s %sv%s", number(x), number(y), number(height)))
}

// drawPlan draws a plan: hollow, full once it is fulfilled, struck through once it
// is dropped. From each earlier date an arrow leads to the next.
func (d *drawing) drawPlan(s *shape, top float64) {
	y, middle := top+(d.track-planHeight)/2, top+d.track/2
	class := "shape hollow"
	if s.item.Outcome == Fulfilled {
		class = "shape done"
	}
	if s.announced < s.in0 {
		d.empty("path", "class", "thread", "d", fmt.Sprintf("M%s %sH%s", number(s.announced), number(middle), number(s.in0)))
		if s.announced > d.scale.left {
			d.empty("circle", "class", "mark", "cx", s.announced, "cy", middle, "r", 1.8)
		}
	}
	d.drawMoves(s, y, middle)
	if since := s.item.InQuestion; !since.IsZero() {
		x := max(s.in0, min(d.scale.x(since.Latest()), s.out1))
		d.rect("body", box{x, s.out1, y, planHeight})
		d.rect("", box{x, s.out1, y, planHeight}, "fill", d.ref("hatch"))
	}
	if s.in0 < s.out1 {
		d.planBox(s, class, y)
	}
	if s.open {
		d.empty("path", "class", "strike", "d", fmt.Sprintf("M%s %sl4 4l-4 4", number(d.scale.right+2), number(middle-4)))
	}
	if s.item.Outcome == Dropped {
		x0, x1 := s.in0-3, s.out1+3
		d.empty("path", "class", "strike", "d", fmt.Sprintf("M%s %sH%s", number(x0), number(middle), number(x1)))
	}
}

// drawMoves draws the earlier dates of a plan, each with an arrow to the next.
func (d *drawing) drawMoves(s *shape, y, middle float64) {
	for n, g := range s.ghosts {
		next := ghost{s.in0, s.out1}
		if n+1 < len(s.ghosts) {
			next = s.ghosts[n+1]
		}
		d.rect("ghost", box{g.x0, g.x1, y, planHeight}, "rx", 2)
		from, to, head := g.x1, next.x0, -4.
		if next.x0 < g.x0 { // it was brought forward
			from, to, head = g.x0, next.x1, 4
		}
		if (to-from)*head > -8*4 { // they touch, and there is no room for an arrow
			from, to = (g.x0+g.x1)/2, (next.x0+next.x1)/2
			if from > to != (head > 0) {
				continue
			}
		}
		d.empty("path", "class", "arrow", "d", fmt.Sprintf("M%s %sH%sm%s -3.5L%s %sl%s 3.5", number(from), number(middle), number(to), number(head), number(to), number(middle), number(head)))
	}
}

// planBox draws the days of a plan, without a side where they have no end.
func (d *drawing) planBox(s *shape, class string, y float64) {
	if !s.open && !s.item.When.IsZero() {
		d.rect(class, box{s.in0, s.out1, y, planHeight}, "rx", 2)
		return
	}
	path := fmt.Sprintf("M%s %sH%sv%sH%s", number(s.out1), number(y), number(s.in0), number(planHeight), number(s.out1))
	if !s.open {
		path += "Z"
	}
	d.empty("path", "class", class, "d", path)
}

// drawInstant draws what happened on one day: a diamond if it is known which, and
// else a whisker from the first to the last day that it may have been, with a ring.
func (d *drawing) drawInstant(s *shape, top float64) {
	middle := top + d.track/2
	for n, p := range s.pieces {
		if n > 0 {
			d.empty("path", "class", "thread", "d", fmt.Sprintf("M%s %sH%s", number(s.pieces[n-1].x1), number(middle), number(p.x0)))
		}
		d.piece(s, p, middle)
	}
}

func (d *drawing) piece(s *shape, p piece, middle float64) {
	x := (p.x0 + p.x1) / 2
	if p.exact {
		d.sign(s.item, x, middle, "M%s %sl4.5 4.5l-4.5 4.5l-4.5 -4.5Z", -4.5)
		return
	}
	if p.x1-p.x0 > minMark+.01 || p.left || p.right {
		d.empty("path", "class", "shape whisker", "d", whisker(p, middle))
	}
	d.sign(s.item, x, middle, "", 0)
}

// whisker returns a line over the days of a piece, with caps where they end.
func whisker(p piece, middle float64) string {
	path := fmt.Sprintf("M%s %sH%s", number(p.x0), number(middle), number(p.x1))
	if !p.left {
		path += fmt.Sprintf("M%s %sv7", number(p.x0+.6), number(middle-3.5))
	}
	if !p.right {
		path += fmt.Sprintf("M%s %sv7", number(p.x1-.6), number(middle-3.5))
	}
	return path
}

// sign draws the mark of an instant: a check if it carried out a plan, a cross if it
// ended something, else the given path or a ring.
func (d *drawing) sign(item *Item, x, middle float64, path string, up float64) {
	switch {
	case item.Outcome == Dropped:
		d.empty("path", "class", "shape strike", "d", fmt.Sprintf("M%s %sl8 8m0 -8l-8 8", number(x-4), number(middle-4)))
	case item.Outcome == Fulfilled:
		d.empty("path", "class", "shape strike", "d", fmt.Sprintf("M%s %sl3 4l6 -9", number(x-5), number(middle)))
	case path != "":
		d.empty("path", "class", "shape mark", "d", fmt.Sprintf(path, number(x), number(middle+up)))
	default:
		d.empty("circle", "class", "shape ring", "cx", x, "cy", middle, "r", 3.6)
	}
}
