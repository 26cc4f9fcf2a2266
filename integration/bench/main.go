// Command bench measures timeline.Archive and timeline.Timeline against what a
// careful programmer would write or pick instead, on the same workload, after
// holding every answer against an oracle.
//
//	go run . -quick          # small sizes, a minute
//	go run .                 # all sizes, about ten minutes and 12 GB of memory
//	go run . -write ../..    # and write docs/performance.md and its pictures
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	log.SetFlags(0)
	quick := flag.Bool("quick", false, "small sizes only")
	only := flag.String("only", "", "measure only this: rows, hot, growth")
	rounds := flag.Int("rounds", 3, "how many rounds")
	flag.Parse()
	t := newTeller(os.Stderr)
	b := &bench{rounds: *rounds, say: t.say, main: size{10_000, 1_000_000}}
	if *quick {
		b.main = size{100, 10_000}
	}
	if err := b.run(*only); err != nil {
		log.Fatal(err)
	}
	fmt.Print(b.report())
}
