package main

import (
	"fmt"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// measureGit measures the history of the files of a clone, beside a map into which all
// changes are replayed and a slice for each path.
func (b *bench) measureGit(folder string) error {
	b.say("reading %s", folder)
	changes, err := readGit(folder)
	if err != nil {
		return err
	}
	names := []string{"archive.Archive", "map, replay", "slice a path"}
	all := []gitCandidate{&gitArchive{}, &gitReplay{}, &gitSlices{}}
	if err := checkGit(changes, all); err != nil {
		return err
	}
	var days []edtf.Day
	for i := range 64 {
		days = append(days, changes[i*7919%len(changes)].day)
	}
	last := changes[len(changes)-1].day
	compare := func(title string, to goal, do func(k gitCandidate) func(i int)) {
		b.say("timing %d changes: %s", len(changes), title)
		var tasks []task
		for i, k := range all {
			if f := do(k); f != nil {
				tasks = append(tasks, task{names[i], f})
			}
		}
		samples := b.compete(tasks)
		b.gitRows = append(b.gitRows, &row{title: title, goal: to, ours: samples[0], rivals: samples[1:]})
	}
	world := func(k gitCandidate, day edtf.Day) {
		files, sum := k.world(day)
		sink += int64(files) + int64(sum)
	}
	compare("load", goal{1. / 6, 1}, func(k gitCandidate) func(int) {
		return func(int) { must(k.load(changes)) }
	})
	b.say("timing %d changes: the first world", len(changes))
	first := &row{title: "the first world after load", goal: goal{1, 2}}
	for i, k := range all {
		s := sample{name: names[i]}
		for range max(5, b.rounds) {
			must(k.load(changes))
			start := time.Now()
			world(k, last)
			s.rounds = append(s.rounds, float64(time.Since(start).Nanoseconds()))
		}
		if i == 0 {
			first.ours = s
		} else {
			first.rivals = append(first.rivals, s)
		}
	}
	b.gitRows = append(b.gitRows, first)
	compare("the world as of a date, again and again", goal{1, 2}, func(k gitCandidate) func(int) {
		return func(i int) { world(k, days[i%len(days)]) }
	})
	compare("one file as of a date", goal{}, func(k gitCandidate) func(int) {
		return func(i int) {
			c := &changes[i*7919%len(changes)]
			sink += int64(k.file(c.path, days[i%len(days)]).Changes)
		}
	})
	b.gitTitle = fmt.Sprintf("%d changes of %d files, over %d days", len(changes), len(all[2].(*gitSlices).paths), last-changes[0].day+1)
	return nil
}

// checkGit holds all answers against those of the replay.
func checkGit(changes []fileChange, all []gitCandidate) error {
	for _, k := range all {
		if err := k.load(changes); err != nil {
			return err
		}
	}
	for i := range 20 {
		c := &changes[i*len(changes)/20]
		files, sum := all[1].world(c.day)
		file := all[1].file(c.path, c.day)
		for _, k := range all {
			if f, s := k.world(c.day); f != files || s != sum {
				return fmt.Errorf("%w: %T, the files on %v: %d, want %d", errWrong, k, c.day, f, files)
			}
			if f := k.file(c.path, c.day); f != file {
				return fmt.Errorf("%w: %T, %s on %v: %+v, want %+v", errWrong, k, c.path, c.day, f, file)
			}
		}
	}
	return nil
}
