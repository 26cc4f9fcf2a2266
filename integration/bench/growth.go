package main

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// growth is what one operation takes with so many events, in nanoseconds, and
// what an event takes in bytes.
type growth struct {
	events              int
	load, at, all, late float64
	latest              float64 // late, where nothing adds up
	bytes               float64
}

// measureGrowth measures archives of more and more events: in streams of a
// hundred, and all in one stream.
func (b *bench) measureGrowth() error {
	for _, n := range b.growth {
		g, err := b.grow(max(1, n/100), n)
		if err != nil {
			return err
		}
		b.grown = append(b.grown, g)
		if g, err = b.grow(1, n); err != nil {
			return err
		}
		b.single = append(b.single, g)
	}
	return nil
}

func (b *bench) grow(streams, events int) (g growth, err error) {
	w := newWorkload(streams, events, b.progress)
	c := &ours{keep: 4 << 30}
	before := heap()
	b.say("loading %d events in %d streams", events, streams)
	start := time.Now()
	if err = c.load(w); err != nil {
		return g, err
	}
	g.events, g.load = events, float64(time.Since(start).Nanoseconds())/float64(events)
	g.bytes = float64(int64(heap())-int64(before))/float64(events) - 8
	asked, lates := w.questions(1, 1<<15), w.late(1, 1<<14)
	b.say("folding %d events in %d streams", events, streams)
	for range c.a.All(firstDay + days) {
	}
	for _, q := range asked {
		sink += c.one(q)
	}
	median := func(s []sample) float64 { return s[0].median() }
	b.say("timing %d events in %d streams", events, streams)
	g.at = median(b.compete([]task{{"at", func(i int) { sink += c.one(asked[i%len(asked)]) }}}))
	if streams > 1 {
		for _, q := range asked[:16] {
			sink += c.world(q.Day)
		}
		g.all = median(b.compete([]task{{"all", func(i int) { sink += c.world(asked[i%16].Day) }}})) / float64(streams)
	}
	// A stream of a hundred must not become one of thousands by what is measured.
	lates = lates[:min(len(lates), max(16, 4*streams, min(events/100, 1000)))]
	g.late = timeLate(lates, func(f *Fact) { sink += int64(c.late(f)) })
	if streams == 1 {
		g.latest, err = lateLatest(w, lates)
	}
	return g, err
}

// timeLate returns how many nanoseconds a late event takes.
func timeLate(lates []Fact, do func(f *Fact)) float64 {
	start := time.Now()
	for i := range lates {
		do(&lates[i])
	}
	return float64(time.Since(start).Nanoseconds()) / float64(len(lates))
}

// exponent fits y = a n^k to what was measured and returns k.
func exponent(gs []growth, y func(growth) float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for _, g := range gs {
		if g.events < 1000 || y(g) <= 0 {
			continue // fixed costs
		}
		lx, ly := math.Log(float64(g.events)), math.Log(y(g))
		n, sx, sy, sxx, sxy = n+1, sx+lx, sy+ly, sxx+lx*lx, sxy+lx*ly
	}
	if n < 2 {
		return math.NaN()
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// A measure is one column of growth.
type measure struct {
	name string
	of   func(growth) float64
	unit func(float64) string
}

func measures(one bool) []measure {
	ms := []measure{
		{"load, an event", func(g growth) float64 { return g.load }, duration},
		{"one value", func(g growth) float64 { return g.at }, duration},
		{"late event, then its day", func(g growth) float64 { return g.late }, duration},
	}
	if one {
		ms = append(ms, measure{"late event, nothing adds up", func(g growth) float64 { return g.latest }, duration})
	} else {
		ms = append(ms, measure{"all streams, each", func(g growth) float64 { return g.all }, duration})
	}
	return append(ms, measure{"bytes an event", func(g growth) float64 { return g.bytes }, func(x float64) string { return fmt.Sprintf("%.0f", x) }})
}

func growthTable(grown, single []growth) string {
	var b strings.Builder
	for _, part := range []struct {
		title string
		of    []growth
		one   bool
	}{{"Streams of 100 events", grown, false}, {"One stream", single, true}} {
		ms := measures(part.one)
		fmt.Fprintf(&b, "**%s**\n\n| events |", part.title)
		for _, m := range ms {
			fmt.Fprintf(&b, " %s |", m.name)
		}
		b.WriteString("\n|--:|" + strings.Repeat("--:|", len(ms)) + "\n")
		for _, g := range part.of {
			fmt.Fprintf(&b, "| %s |", count(g.events))
			for _, m := range ms {
				if x := m.of(g); x != 0 {
					fmt.Fprintf(&b, " %s |", m.unit(x))
				} else {
					b.WriteString(" |")
				}
			}
			b.WriteString("\n")
		}
		b.WriteString("| exponent |")
		for _, m := range ms {
			fmt.Fprintf(&b, " %.2f |", exponent(part.of, m.of))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}
