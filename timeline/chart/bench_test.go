package chart

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// BenchmarkSVG draws charts of different sizes; the baseline writes as many bytes
// with fmt, an element at a time.
func BenchmarkSVG(b *testing.B) {
	for _, rows := range []int{10, 100, 1000} {
		c := &Chart{Lanes: []Lane{{Title: "Rows"}}}
		for n := range rows {
			first := edtf.MustDay("2000-01-01") + edtf.Day(n*7%9000)
			c.Lanes[0].Rows = append(c.Lanes[0].Rows, Row{Title: fmt.Sprint("row ", n), Items: []Item{
				{Kind: Span, Label: "lasts", When: edtf.Between(first, first+30), Until: (first + 400).Date(), Link: "#a"},
				{Label: "happens", When: (first + 500).Date()},
			}})
		}
		size := len(drawn(b, c, nil))
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				_ = c.SVG(new(bytes.Buffer), nil)
			}
		})
		b.Run(fmt.Sprintf("rows=%d/baseline=fmt", rows), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				var out bytes.Buffer
				for out.Len() < size {
					fmt.Fprintf(&out, "<rect class=%q x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>\n", "shape body", 1.5, 2.5, 3.5, 4)
				}
			}
		})
	}
}
