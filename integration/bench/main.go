// Command bench measures archive.Archive and timeline.Timeline against what a
// careful programmer would write or pick instead, on the same workload, after
// holding every answer against an oracle.
//
//	go run . -quick          # small sizes, a minute
//	go run .                 # all sizes: some minutes and gigabytes
//	go run . -write ../..    # and write docs/performance.md with its picture
//	go run . -git FOLDER     # the history of the files of a clone
//
// On a terminal it says what it is doing.
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
	only := flag.String("only", "", "measure only `part`: rows, hot, companies or growth")
	rounds := flag.Int("rounds", 3, "how many rounds, one after the other")
	clone := flag.String("git", "", "measure only the history of the files of the clone in `folder`")
	root := flag.String("write", "", "write docs/performance.md and docs/growth.svg into the repository at `folder`")
	flag.Parse()
	if *root != "" && *only+*clone != "" {
		log.Fatal("bench: -write needs everything to be measured: leave -only and -git out")
	}
	b := newBench(*quick, max(1, *rounds), newTeller(os.Stderr).say)
	measure := func() error { return b.run(*only) }
	if *clone != "" {
		measure = func() error { return b.measureGit(*clone) }
	}
	if err := measure(); err != nil {
		log.Fatal(err)
	}
	fmt.Print(b.report())
	if *root != "" {
		if err := b.write(*root); err != nil {
			log.Fatal(err)
		}
	}
}
