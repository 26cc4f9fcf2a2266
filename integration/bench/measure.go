package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// A sample is what one contestant needed for one operation, in each round.
type sample struct {
	name   string
	rounds []float64 // nanoseconds, one a round
}

func (s *sample) median() float64 {
	sorted := slices.Sorted(slices.Values(s.rounds))
	return sorted[len(sorted)/2]
}

// spread returns the greatest time of a round over the least.
func (s *sample) spread() float64 { return slices.Max(s.rounds) / slices.Min(s.rounds) }

// A task is one operation of a contestant, which is done again and again; i
// counts up.
type task struct {
	name string
	do   func(i int)
}

// A pace says how often tasks are measured: in so many rounds, in each of
// which everyone works about as long as patience.
type pace struct {
	rounds   int
	patience time.Duration
}

// compete times tasks in rounds, one after the other in each round, so that
// what slows the machine down for a while slows all of them.
func (p pace) compete(tasks []task) []sample {
	samples := make([]sample, len(tasks))
	next := make([]int, len(tasks))
	batch := make([]int, len(tasks))
	for n, t := range tasks {
		samples[n].name = t.name
		batch[n] = 1
		for { // warm up, and find how many operations a round needs
			took := timed(t, &next[n], batch[n])
			if took > p.patience/2 || batch[n] > 1<<22 {
				batch[n] = max(1, int(float64(batch[n])*float64(p.patience)/float64(max(took, 1))))
				break
			}
			batch[n] *= 2
		}
	}
	for range p.rounds {
		for n, t := range tasks {
			runtime.GC()
			took := timed(t, &next[n], batch[n])
			samples[n].rounds = append(samples[n].rounds, float64(took.Nanoseconds())/float64(batch[n]))
		}
	}
	return samples
}

func timed(t task, next *int, times int) time.Duration {
	start := time.Now()
	for range times {
		t.do(*next)
		*next++
	}
	return time.Since(start)
}

// heap returns how many bytes are reachable.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// duration writes nanoseconds for people: three digits and a unit.
func duration(ns float64) string {
	for _, unit := range []struct {
		name string
		size float64
	}{{"s", 1e9}, {"ms", 1e6}, {"µs", 1e3}, {"ns", 1}} {
		if x := ns / unit.size; x >= 1 || unit.size == 1 {
			switch {
			case x >= 100:
				return fmt.Sprintf("%.0f %s", x, unit.name)
			case x >= 10:
				return fmt.Sprintf("%.1f %s", x, unit.name)
			}
			return fmt.Sprintf("%.2f %s", x, unit.name)
		}
	}
	return ""
}
