package answer

import "testing"

// BenchmarkTables asks about all plans of the history of Leapmotor, which was not asked
// before, as the programs and the page do.
func BenchmarkTables(b *testing.B) {
	for name, ask := range map[string]func(q *Question) error{
		"track": func(q *Question) error { _, err := q.Track("plans"); return err },
		"why":   func(q *Question) error { _, err := q.Why("plans"); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				h, err := Place{}.Load(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				q, err := h.Ask(Query{On: "2024-07-01"})
				if err != nil {
					b.Fatal(err)
				}
				if err := ask(q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
