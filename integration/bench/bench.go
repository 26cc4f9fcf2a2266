package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
)

// A size is how large a workload is.
type size struct{ streams, events int }

// A bench is everything that is measured in one run.
type bench struct {
	pace
	say    func(format string, args ...any)
	main   size
	hot    size
	few    size // the same number of events in few streams
	growth []int
	quick  bool

	companySizes []size // of the workload with states as users write them
	questions    int    // of its first pass

	rows    []*row
	alone   []*row // of one history, and of one date
	bytes   map[string]float64
	hotRows []*row

	companies []*companyTable
	gitTitle  string
	gitRows   []*row
	grown     []growth
	single    []growth
	copied    float64 // bytes a second
	states    string
}

func newBench(quick bool, rounds int, say func(string, ...any)) *bench {
	b := &bench{pace: pace{rounds, 120 * time.Millisecond}, say: say, quick: quick}
	b.main, b.few, b.hot = size{10_000, 1_000_000}, size{10, 100_000}, size{1, 1_000_000}
	b.growth = []int{100, 1000, 10_000, 100_000, 1_000_000, 10_000_000}
	b.companySizes, b.questions = []size{{1, 100}, {1000, 100_000}, {10, 100_000}, {10_000, 1_000_000}}, firstPass
	if quick {
		b.companySizes = b.companySizes[:2]
		b.main, b.few, b.hot = size{100, 10_000}, size{5, 5_000}, size{1, 20_000}
		b.growth = []int{100, 1000, 10_000}
	}
	return b
}

func (b *bench) progress(done, of int) { b.say("making the workload: %d of %d events", done, of) }

// run measures everything, or the one part that only names.
func (b *bench) run(only string) error {
	defer func() {
		b.say("")
		fmt.Fprint(io.Discard, sink) // what was answered was not for nothing
	}()
	parts := []struct {
		name string
		do   func() error
	}{{"rows", b.measureRows}, {"hot", b.measureHot}, {"companies", b.measureCompanies}, {"growth", b.measureGrowth}}
	for _, part := range parts {
		if only == "" || only == part.name {
			if err := part.do(); err != nil {
				return err
			}
		}
	}
	return nil
}

// measureRows measures one history of a hundred events, and everything that is
// asked of the main archive.
func (b *bench) measureRows() error {
	a, err := newArena(newWorkload(1, 100, b.progress), b.pace, field{&single{}, []contestant{&sorted{}, &streams{}, &versions{}}}, b.say)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.check(100); err != nil {
		return err
	}
	b.alone = append(b.alone, a.every("At on one history of 100, everything visited", goal{1, 1.5}))
	b.copied = a.limits.copyRate()
	if err := b.measureArchive(); err != nil {
		return err
	}
	asked, err := b.ask()
	b.alone = append(b.alone, b.parse(), asked)
	return err
}

// serverSettings are for speed: nothing here must outlive the server.
var serverSettings = []string{"fsync=off", "shared_buffers=512MB", "work_mem=64MB"}

func (b *bench) measureArchive() error {
	w := newWorkload(b.main.streams, b.main.events, b.progress)
	load, bytes, err := loads(w, b.rounds, field{&ours{}, []contestant{&sorted{}, &streams{}, &versions{}}}, b.say)
	if err != nil {
		return err
	}
	b.bytes = bytes
	rivals := []contestant{&sorted{}, &streams{}, &versions{}, &sqliteEvents{}, &sqliteIntervals{}}
	server, err := pgserver.New(serverSettings...)
	switch {
	case err == nil:
		defer server.Close()
		rivals = append(rivals, &postgres{dsn: server.DSN()})
	case !errors.Is(err, pgserver.ErrNone):
		return err
	}
	ours := &ours{keep: 1 << 30}
	a, err := newArena(w, b.pace, field{ours, rivals}, b.say)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.check(100); err != nil {
		return err
	}
	b.rows = append(b.rows, a.one(), a.every("every value of a stream as of a date", goal{3, 4}), a.world(), a.sweep(), a.visit())
	b.alone = append(b.alone, a.undecided(ours))
	b.rows = append(b.rows, a.known(), a.late(), load)
	stats := ours.a.Stats()
	b.states = describe(stats)
	return nil
}

// measureHot measures streams that are long, with the counter.
func (b *bench) measureHot() error {
	for _, size := range []size{b.main, b.few, b.hot} {
		a, err := newArena(newWorkload(size.streams, size.events, b.progress), b.pace, field{&counting{}, []contestant{&countingStreams{}}}, b.say)
		if err != nil {
			return err
		}
		if err := a.checkCount(20); err != nil {
			return err
		}
		b.hotRows = append(b.hotRows, a.hot()...)
		a.close()
	}
	return nil
}

// report is what was measured, as Markdown.
func (b *bench) report() string {
	var s strings.Builder
	if len(b.rows) > 0 {
		s.WriteString(matrix("archive", b.rows) + memory(b.bytes) + "\n" + matrix("ours", b.alone))
	}
	if len(b.hotRows) > 0 {
		s.WriteString(matrix("ours", b.hotRows))
	}
	if len(b.gitRows) > 0 {
		s.WriteString(b.gitTitle + "\n\n" + matrix("archive", b.gitRows))
	}
	if len(b.companies) > 0 {
		s.WriteString(companies(b.companies) + "\n")
	}
	if len(b.grown) > 0 {
		s.WriteString(growthTable(b.grown, b.single))
	}
	return s.String()
}
