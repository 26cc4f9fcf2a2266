// Seeds makes history files of what others have: tables, items of Wikidata, and statements of
// the Beneficial Ownership Data Standard.
//
//	seeds import FILE [flags]
//
// The exit code is 0 if the history is written, 1 if the file has faults or cannot be read or
// written, and 2 if the program was not used as it is meant to be.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/seeds"
)

const usage = `Usage: seeds import FILE [flags]     makes a history file of FILE
  -o FILE               write to FILE, not to the output
  -from FORM            csv, wikidata or bods, if FILE does not show what it is
  -title TEXT           of the history
Tables (CSV with a line of titles); a TEXT names columns in braces, and what is
between brackets is left out where a cell in it tells nothing:
  -type TYPE            the type of event that a row is, such as subsidiary.acquired
                        (they are listed in docs/history-file.md)
  -when COLUMN          when it happened; -known COLUMN when it became public
  -set FIELD=TEXT       a field of its data, as often as there are fields:
                        -set organisation={bought} -set 'price={price}'
  -only COLUMN=TEXT     only rows that have this text in that column
  -slug TEXT            the names of events, -note TEXT how they were read
  -dates ORDER          of 1/06/1997: day-first or month-first
  -currency CODE        of amounts without one, and of $ and ¥
  -untold WORDS         words in cells that tell nothing, such as undisclosed,n/a
  -years-as-days HOW    28/06/1905, as spreadsheets show the year 2006, is years
                        or days
  -day-numbers YEAR     45292 is a day counted from 1900 or 1904
  -fiscal MONTH         the first month of a fiscal year, 1 to 12
  -separator SIGN       between cells, if the titles do not show it
  -horizon DATE         the last day that the table covers
  -map FILE             all of this as JSON: go doc ./seeds/table Mapping
Items of Wikidata (the JSON of Special:EntityData):
  -item NUMBER          such as Q42, if FILE has several
  -names FILE           more items, for their names; as often as there are files
  -language CODE        of names, the best first: de,en
Statements of BODS 0.4:
  -subject NAME         the company, if FILE is about several
  -published            known when published, not when declared
  -rounded              the first day of a month may be any day of it
Examples:
  seeds import acquisitions.csv -type context.noted -when announced -dates day-first \
    -set 'actor={buyer}' -set 'what=buys {bought}[ for {price}]' \
    -untold undisclosed -years-as-days years -o acquisitions.json
  seeds import Q42.json -names names.json -o own.json
`

// The exit codes.
const (
	written = iota
	faulty
	misused
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run does the work of main and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if err == nil {
		err = o.run(stdout, stderr)
	}
	var faults seeds.Faults
	var wrong *misuse
	switch {
	case err == nil:
		return written
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return written
	case errors.As(err, &faults):
		fmt.Fprintf(stderr, "seeds: %s is not read, it has faults: %d\n%v\n", o.file, len(faults), faults)
		for _, hint := range hints(faults.Error()) {
			fmt.Fprintln(stderr, hint)
		}
		return faulty
	case errors.As(err, &wrong):
		fmt.Fprintf(stderr, "seeds: %v\nseeds -h shows how to use it\n", err)
		return misused
	}
	fmt.Fprintf(stderr, "seeds: %v\n", err)
	return faulty
}

// misuse is an error of the command line.
type misuse struct{ error }

// hints say which flags decide what the faults are about.
func hints(faults string) []string {
	var all []string
	for _, h := range []struct{ about, hint string }{
		{"a date in figures has two meanings", "-dates day-first or -dates month-first says what comes first"},
		{"yearsAsDays", "-years-as-days years takes such days as years, -years-as-days days as they are"},
		{"dayNumbers", "-day-numbers 1900 or -day-numbers 1904 reads such numbers as days"},
		{"currency", "-currency CODE says which currency is meant, -untold WORDS which words tell no amount"},
	} {
		if strings.Contains(faults, h.about) {
			all = append(all, h.hint)
		}
	}
	return all
}
