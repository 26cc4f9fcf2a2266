package table_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/leapmotor-timeline/leapmotor/seeds/table"
)

// BenchmarkRead makes a history of a table of 2,000 rows. Beside it: reading its cells alone, and reading the history file
// that it becomes, which is looked at as a whole before it is returned.
func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	text.WriteString("name,day,price\n")
	for n := range 2000 {
		fmt.Fprintf(&text, "Works %d,%d/%d/%d,\"$%d,000\"\n", n, 13+n%15, 1+n%12, 1980+n%40, 1+n%999)
	}
	m := table.Mapping{
		Cells:  table.Cells{Currency: "USD"},
		Events: []table.Event{{Type: "subsidiary.acquired", When: "day", Set: map[string]string{"organisation": "{name}", "price": "{price}"}}},
	}
	form, err := read(text.String(), m)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("table", func(b *testing.B) {
		for b.Loop() {
			if _, err := read(text.String(), m); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("its cells", func(b *testing.B) {
		for b.Loop() {
			if _, err := csv.NewReader(strings.NewReader(text.String())).ReadAll(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("its history file", func(b *testing.B) {
		for b.Loop() {
			if _, err := form.Load("own.json"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
