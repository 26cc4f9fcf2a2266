package edtf_test

import (
	"testing"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// BenchmarkParse reads one date of each form. The baseline is what a program
// without this package does: time.Parse of a day.
func BenchmarkParse(b *testing.B) {
	b.Run("baseline=time.Parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := time.Parse(time.DateOnly, "2018-03-15"); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, row := range []struct{ name, text string }{
		{"day", "2018-03-15"},
		{"month", "2018-03"},
		{"quarter", "2019-34"},
		{"interval", "2018-03-15/2021"},
		{"set", "[2017-11,2019-06]"},
	} {
		b.Run("form="+row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := edtf.Parse(row.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
