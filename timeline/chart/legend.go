package chart

import (
	"fmt"
	"slices"
)

// A sample is an entry of the legend.
type sample struct {
	look, text string
	x          float64
}

// samples are all looks, in the order of the legend.
var samples = []sample{
	{look: "day", text: "happened that day"},
	{look: "window", text: "on one of these days"},
	{look: "either", text: "on either day"},
	{look: "span", text: "lasted"},
	{look: "fade", text: "may have begun or ended"},
	{look: "tail", text: "went on when the record ended"},
	{look: "plan", text: "planned"},
	{look: "due", text: "due"},
	{look: "overdue", text: "overdue"},
	{look: "moved", text: "moved from an earlier date"},
	{look: "announced", text: "announced"},
	{look: "carried out", text: "carried out"},
	{look: "fulfilled", text: "fulfilled"},
	{look: "dropped", text: "dropped"},
	{look: "question", text: "in question"},
	{look: "rival", text: "disputed"},
	{look: "undecided", text: "undecided"},
	{look: "beyond", text: "after the record ends"},
}

// swatch is how wide the picture of an entry is.
const swatch = 26

// legendLines puts the entries that are needed on lines.
func (d *drawing) legendLines() [][]sample {
	return d.inLines(slices.DeleteFunc(slices.Clone(samples), func(s sample) bool { return !d.used[s.look] }))
}

// inLines places samples one behind the other, on as many lines as it takes.
func (d *drawing) inLines(all []sample) [][]sample {
	var lines [][]sample
	x := d.scale.left
	for _, s := range all {
		w := swatch + 6 + textWidth(s.text, 12) + 14
		if len(lines) == 0 || x+w > d.scale.right+margin {
			lines, x = append(lines, nil), d.scale.left
		}
		s.x = x
		x += w
		lines[len(lines)-1] = append(lines[len(lines)-1], s)
	}
	return lines
}

func (d *drawing) drawLegend(lines [][]sample, top float64) {
	if len(lines) == 0 {
		return
	}
	d.open("g", "class", "legend", "aria-hidden", "true")
	for n, line := range lines {
		y := top + float64(n)*legendHeight
		for _, s := range line {
			class := "item"
			if s.look == "rival" || s.look == "undecided" {
				class += " undecided"
			}
			d.open("g", "class", class)
			d.swatch(s, y+legendHeight/2)
			d.close("g")
			d.canvas.text("text", s.text, "class", "small quiet", "x", s.x+swatch+6, "y", y+legendHeight/2+4)
		}
	}
	d.close("g")
}

// swatch draws an example of a look around the line y.
func (d *drawing) swatch(s sample, y float64) {
	x0, x1 := s.x, s.x+swatch
	at := func(dx, dy float64) string { return number(x0+dx) + " " + number(y+dy) }
	switch s.look {
	case "day":
		d.empty("path", "class", "mark", "d", "M"+at(swatch/2, -4.5)+"l4.5 4.5l-4.5 4.5l-4.5 -4.5Z")
	case "window":
		d.empty("path", "class", "whisker", "d", whisker(piece{x0: x0, x1: x1}, y))
		d.empty("circle", "class", "ring", "cx", (x0+x1)/2, "cy", y, "r", 3.6)
	case "either":
		d.empty("path", "class", "thread", "d", fmt.Sprintf("M%sH%s", at(7, 0), number(x1-7)))
		d.empty("circle", "class", "ring", "cx", x0+4, "cy", y, "r", 3.6)
		d.empty("circle", "class", "ring", "cx", x1-4, "cy", y, "r", 3.6)
	case "tail":
		d.rect("body", box{x0, x0 + 10, y - 6, 12})
		d.empty("path", "class", "thread", "d", fmt.Sprintf("M%sH%s", at(10, 0), number(x1)))
	case "due", "overdue":
		d.rect("hollow "+s.look, box{x0, x1, y - planHeight/2., planHeight}, "rx", 2)
	case "moved":
		d.rect("ghost", box{x0, x0 + 8, y - planHeight/2., planHeight}, "rx", 2)
		d.empty("path", "class", "arrow", "d", fmt.Sprintf("M%sH%sm-4 -3.5l4 3.5l-4 3.5", at(8, 0), number(x1)))
	case "announced":
		d.empty("circle", "class", "mark", "cx", x0+2, "cy", y, "r", 1.8)
		d.empty("path", "class", "thread", "d", fmt.Sprintf("M%sH%s", at(2, 0), number(x1)))
	case "carried out":
		d.empty("path", "class", "strike", "d", "M"+at(swatch/2-5, 0)+"l3 4l6 -9")
	case "span":
		d.rect("body", box{x0, x1, y - 6, 12})
		d.vertical(x0+1, y-6, 12)
	case "fade":
		d.rect("fade", box{x0, x1, y - 6, 12}, "fill", d.ref("legend"))
	case "plan":
		d.rect("hollow", box{x0, x1, y - planHeight/2., planHeight}, "rx", 2)
	case "fulfilled":
		d.rect("done fulfilled", box{x0, x1, y - planHeight/2., planHeight}, "rx", 2)
	case "dropped":
		d.rect("hollow dropped", box{x0 + 3, x1 - 3, y - planHeight/2., planHeight}, "rx", 2)
		d.empty("path", "class", "strike dropped", "d", "M"+at(0, 0)+"H"+number(x1))
	case "question":
		d.rect("body", box{x0, x1, y - 6, 12})
		d.rect("", box{x0, x1, y - 6, 12}, "fill", d.ref("hatch"))
		d.rect("hollow", box{x0, x1, y - 6, 12})
	case "rival":
		d.empty("path", "class", "tie", "d", fmt.Sprintf("M%sH%s", at(5, 0), number(x1-5)))
		d.empty("path", "class", "mark", "d", "M"+at(5, -4.5)+"l4.5 4.5l-4.5 4.5l-4.5 -4.5Z")
		d.empty("path", "class", "mark", "d", "M"+at(swatch-5, -4.5)+"l4.5 4.5l-4.5 4.5l-4.5 -4.5Z")
	case "undecided":
		d.rect("hollow", box{x0, x1, y - 5, 10})
	case "beyond":
		d.rect("beyond", box{x0, x1, y - 6, 12})
	}
}
