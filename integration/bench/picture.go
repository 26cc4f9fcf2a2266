package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// picture draws how time and memory grow, as SVG: both axes logarithmic, one
// line for each measure, named at its end.
func picture(grown, single []growth) string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 456" font-family="sans-serif" font-size="12">` + "\n")
	b.WriteString(`<title>Time and memory by the number of events</title><rect width="1200" height="456" fill="white"/>` + "\n")
	panel{60, "Streams of 100 events", grown, measures(false)}.draw(&b)
	panel{690, "One stream", single, measures(true)}.draw(&b)
	b.WriteString(`<text x="60" y="446" fill="#555">Time of one operation; broken lines are bytes, on the same scale as nanoseconds.</text>` + "\n")
	b.WriteString("</svg>\n")
	return b.String()
}

var colours = map[string]string{
	"load, an event": "#1b6ca8", "one value": "#c0392b", "late event, then its day": "#2e8b57",
	"all streams, each": "#8e44ad", "late event, nothing adds up": "#d07000", "bytes an event": "#7f6000",
}

const (
	panelWidth  = 300.
	panelHeight = 330.
	panelTop    = 50.
	lowest      = 1. // of the axis: nanoseconds, or bytes
	highest     = 1e8
)

// A panel is one of the two drawings.
type panel struct {
	left     float64
	title    string
	grown    []growth
	measures []measure
}

// x returns where a number of events is, from left to right.
func (p panel) x(n int) float64 {
	first, last := math.Log10(float64(p.grown[0].events)), math.Log10(float64(p.grown[len(p.grown)-1].events))
	return p.left + (math.Log10(float64(n))-first)/max(last-first, 1)*panelWidth
}

// y returns where a value is, from top to bottom.
func (p panel) y(v float64) float64 {
	return panelTop + panelHeight*(1-(math.Log10(v)-math.Log10(lowest))/(math.Log10(highest)-math.Log10(lowest)))
}

func (p panel) draw(b *strings.Builder) {
	fmt.Fprintf(b, `<text x="%.0f" y="24" font-size="14" font-weight="bold">%s</text>`+"\n", p.left, p.title)
	for v := lowest; v <= highest; v *= 10 {
		fmt.Fprintf(b, `<line x1="%.0f" x2="%.0f" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%.0f" y="%.1f" text-anchor="end" fill="#555">%s</text>`+"\n",
			p.left, p.left+panelWidth, p.y(v), p.y(v), p.left-6, p.y(v)+4, round(v))
	}
	for _, g := range p.grown {
		fmt.Fprintf(b, `<line x1="%.1f" x2="%.1f" y1="%.0f" y2="%.0f" stroke="#eee"/><text x="%.1f" y="%.0f" text-anchor="middle" fill="#555">%s</text>`+"\n",
			p.x(g.events), p.x(g.events), panelTop, panelTop+panelHeight, p.x(g.events), panelTop+panelHeight+18, count(g.events))
	}
	fmt.Fprintf(b, `<text x="%.0f" y="%.0f" text-anchor="middle" fill="#555">events</text>`+"\n", p.left+panelWidth/2, panelTop+panelHeight+36)
	p.drawLines(b)
}

func (p panel) drawLines(b *strings.Builder) {
	ends := make([]float64, len(p.measures))
	for i, m := range p.measures {
		var points []string
		for _, g := range p.grown {
			if v := m.of(g); v > 0 {
				points = append(points, fmt.Sprintf("%.1f,%.1f", p.x(g.events), p.y(min(max(v, lowest), highest))))
				ends[i] = p.y(min(max(v, lowest), highest))
			}
		}
		dash := ""
		if i == len(p.measures)-1 {
			dash = ` stroke-dasharray="5 4"` // bytes, not time
		}
		fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"%s/>`+"\n", strings.Join(points, " "), colours[m.name], dash)
	}
	for _, i := range fromTop(ends) {
		m := p.measures[i]
		fmt.Fprintf(b, `<text x="%.0f" y="%.1f" fill="%s">%s (n^%.2f)</text>`+"\n",
			p.left+panelWidth+8, ends[i]+4, colours[m.name], m.name, exponent(p.grown, m.of))
	}
}

// fromTop returns the places of ends from the top down, and moves ends that are
// too near to the one above.
func fromTop(ends []float64) []int {
	const height = 15
	order := make([]int, len(ends))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(ends[i], ends[j]) })
	for n, i := range order[1:] {
		ends[i] = max(ends[i], ends[order[n]]+height)
	}
	return order
}

// round writes a power of ten nanoseconds.
func round(ns float64) string {
	number, unit, _ := strings.Cut(duration(ns), " ")
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return number + " " + unit
}
