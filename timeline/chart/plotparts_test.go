package chart

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// drawParts draws figures that are at most 100 together.
func drawParts(t *rapid.T) *Plot {
	p := &Plot{Form: Stack, Unit: "%", Range: edtf.MustParse("2018/2022"), Horizon: drawDate(t, "horizon")}
	count := rapid.IntRange(1, 3).Draw(t, "series")
	for range count {
		var s Series
		for _, from := range []string{"2018-03", "2019-05-17", "2020", "2021-11-02"}[:rapid.IntRange(0, 4).Draw(t, "steps")] {
			step := Step{From: edtf.MustParse(from), Uncertain: rapid.Bool().Draw(t, "uncertain")}
			if rapid.Bool().Draw(t, "told") {
				step.Values = []float64{float64(rapid.IntRange(0, 100/count).Draw(t, "value"))}
			}
			s.Steps = append(s.Steps, step)
		}
		p.Series = append(p.Series, s)
	}
	return p
}

// Parts and what is not recorded fill the plot from 0 to 100 wherever it is drawn, and
// none covers another.
func TestPartsFillTheStack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawParts(r)
		type part struct{ x0, x1, y0, y1 float64 }
		var parts []part
		edges := []float64{}
		legend := 0
		for _, e := range elements(t, drawn(t, p, &SVGOptions{Width: 900}))["rect"] {
			if class := strings.Fields(attr(e, "class") + " -")[0]; class != "part" && class != "unrecorded" {
				continue
			}
			x, y := coordinate(r, attr(e, "x")), coordinate(r, attr(e, "y"))
			w, h := coordinate(r, attr(e, "width")), coordinate(r, attr(e, "height"))
			if w == swatch && h == 12 { // of the legend
				legend++
				continue
			}
			parts = append(parts, part{x, x + w, y, y + h})
			edges = append(edges, x, x+w)
		}
		if legend != len(p.Series)+1 {
			r.Fatalf("%d names for %d figures", legend, len(p.Series))
		}
		slices.Sort(edges)
		for n := 1; n < len(edges); n++ {
			if edges[n]-edges[n-1] < .3 { // lengths are rounded
				continue
			}
			middle := (edges[n] + edges[n-1]) / 2
			over := slices.DeleteFunc(slices.Clone(parts), func(q part) bool { return middle < q.x0 || middle > q.x1 })
			slices.SortFunc(over, func(a, b part) int { return cmp.Compare(a.y0, b.y0) })
			total := 0.0
			for i, q := range over {
				total += q.y1 - q.y0
				if i > 0 && math.Abs(q.y0-over[i-1].y1) > .25 {
					r.Fatalf("at %v a gap or an overlap: %v", middle, over)
				}
			}
			if math.Abs(total-(plotHeight-6)) > .6 {
				r.Fatalf("at %v the parts are %v high together: %v", middle, total, over)
			}
		}
	})
}
