package main

import (
	"errors"
	"strings"
)

type size struct{ streams, events int }

// A bench is everything that is measured in one run.
type bench struct {
	rounds int
	say    func(string, ...any)
	main   size

	one   *row
	rows  []*row
	bytes map[string]float64
}

func (b *bench) progress(done, of int) { b.say("making the workload: %d of %d events", done, of) }

func (b *bench) run(only string) error {
	if only == "" || only == "rows" {
		if err := b.history(); err != nil {
			return err
		}
		if err := b.archive(); err != nil {
			return err
		}
	}
	b.say("")
	return nil
}

// history measures one history of a hundred events.
func (b *bench) history() error {
	w := newWorkload(1, 100, b.progress)
	a, err := newArena(w, b.rounds, &single{}, []contestant{&sorted{}, &streams{}, &versions{}}, b.say)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.check(100); err != nil {
		return err
	}
	b.rows = append(b.rows, a.every("At on one history of 100, everything visited", 1, 1.5))
	return nil
}

// archive measures everything that is asked of the main archive.
func (b *bench) archive() error {
	w := newWorkload(b.main.streams, b.main.events, b.progress)
	load, bytes, err := loads(w, b.rounds, &archive{}, []contestant{&sorted{}, &streams{}}, b.say)
	if err != nil {
		return err
	}
	b.bytes = bytes
	rivals := []contestant{&sorted{}, &streams{}, &versions{}, &sqliteEvents{}, &sqliteIntervals{}}
	server, dsn, err := startServer()
	switch {
	case err == nil:
		defer server.stop()
		rivals = append(rivals, &postgres{dsn: dsn})
	case !errors.Is(err, errNoServer):
		return err
	}
	a, err := newArena(w, b.rounds, &archive{keep: 1 << 30}, rivals, b.say)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.check(100); err != nil {
		return err
	}
	b.rows = append(b.rows, a.one(), a.every("every value of a stream as of a date", 2, 4), a.world(), a.visit(), a.sweep(), a.known(), a.late(), load)
	return nil
}

func (b *bench) report() string {
	var s strings.Builder
	s.WriteString(table(b.rows))
	for name, n := range b.bytes {
		s.WriteString(name + ": " + duration(n) + "\n")
	}
	return s.String()
}
