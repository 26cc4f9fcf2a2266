package main

import "testing"

// BenchmarkProfile asks the archive of a million events one question again and
// again, to be profiled: what docs/performance.md says of profiles is found by
//
//	go test -run=- -bench=Profile/every -cpuprofile=cpu.out . && go tool pprof -top -lines cpu.out
func BenchmarkProfile(b *testing.B) {
	w := newWorkload(10_000, 1_000_000, func(int, int) {})
	c := &ours{keep: 1 << 30}
	if err := c.load(w); err != nil {
		b.Fatal(err)
	}
	asked, late := w.questions(1, 1<<17), w.late(1, 1<<20)
	for _, q := range asked {
		sink += int64(c.every(q))
	}
	for name, do := range map[string]func(i int){
		"every":     func(i int) { sink += int64(c.every(asked[i%len(asked)])) },
		"known":     func(i int) { sink += int64(c.knownOn(asked[i%len(asked)])) },
		"world":     func(i int) { sink += c.world(asked[i%1024].Day) },
		"visit":     func(i int) { sink += int64(c.visit(asked[i%1024].Day)) },
		"undecided": func(i int) { sink += c.pending(asked[i%1024].Day) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				do(i)
			}
		})
	}
	b.Run("late", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if len(late) == 0 {
				b.Skip("no more late events")
			}
			sink += int64(c.late(&late[0]))
			late = late[1:]
		}
	})
}

// BenchmarkProfileCompanies is the same for states as users write them.
func BenchmarkProfileCompanies(b *testing.B) {
	w := newCompanyWorkload(10_000, 1_000_000)
	c := &kept{inPlace: true}
	if err := c.load(w); err != nil {
		b.Fatal(err)
	}
	asked, late := w.inquiries(firstPass), w.lateRecords(1<<20)
	for i := range asked {
		sink += int64(c.every(&asked[i]))
	}
	for name, do := range map[string]func(i int){
		"every": func(i int) { sink += int64(c.every(&asked[i%len(asked)])) },
		"known": func(i int) { sink += int64(c.known(&asked[i%len(asked)])) },
		"world": func(i int) { sink += int64(c.world(asked[i%1024].Day)) },
	} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				do(i)
			}
		})
	}
	b.Run("late", func(b *testing.B) {
		for b.Loop() {
			if len(late) == 0 {
				b.Skip("no more late records")
			}
			sink += c.late(&late[0])
			late = late[1:]
		}
	})
}
