package main

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
)

// A Counter is the other state: two numbers that add up over all events of a
// stream, so that no event makes another one superfluous.
type Counter struct{ Events, Delivered int64 }

func foldCounter(c Counter, e timeline.Event[Payload]) (Counter, error) {
	return c.add(e.Data), nil
}

func (c Counter) add(p Payload) Counter {
	c.Events++
	if p.Kind == ModelDelivered {
		c.Delivered += int64(p.Value)
	}
	return c
}

func (c Counter) digest() uint64 { return mix(0, 0, c.Events) + mix(1, 0, c.Delivered) }

// counting is archive.Archive with the counter.
type counting struct {
	a *archive.Archive[Counter, Payload]
}

func (*counting) name() string { return "archive.Archive" }

func (c *counting) load(w *Workload) (err error) {
	if c.a, err = archive.New(foldCounter, &archive.Options[Counter]{CacheBytes: 1 << 30}); err != nil {
		return err
	}
	return c.a.Load(w.events)
}

func (c *counting) close() error { c.a = nil; return nil }

func (c *counting) count(q Question) uint64 { return c.a.At(q.Key, q.Day).State.digest() }

func (c *counting) late(f *Fact) uint64 {
	must(c.a.Append(f.Key, f.event()))
	return c.count(Question{Key: f.Key, Day: f.Day})
}

// countingStreams are the slices a stream, counted from the start.
type countingStreams struct{ streams }

func (c *countingStreams) count(q Question) uint64 {
	var n Counter
	for _, f := range c.facts[q.Key] {
		if f.day > q.Day {
			break
		}
		n = n.add(f.payload())
	}
	return n.digest()
}

func (c *countingStreams) late(f *Fact) uint64 {
	c.insert(f)
	return c.count(Question{Key: f.Key, Day: f.Day})
}

// count is what the oracle says about the counter.
func (o *oracle) count(q Question) uint64 {
	var n Counter
	for _, f := range o.byStream[q.Stream] {
		if f.Day <= q.Day {
			n.Events++
			if f.Payload.Kind == ModelDelivered {
				n.Delivered += int64(f.Payload.Value)
			}
		}
	}
	return n.digest()
}

// checkCount holds the counters of every contestant against the oracle.
func (a *arena) checkCount(samples int) error {
	for i, q := range a.asked[:samples] {
		f := &a.lates[i]
		asked, late := a.oracle.count(q), Question{Key: f.Key, Stream: f.Stream, Day: f.Day}
		a.oracle.add(*f)
		counted := a.oracle.count(late)
		for _, c := range a.all() {
			if got := c.(counter).count(q); got != asked {
				return wrongAnswer(c, fmt.Sprintf("the counter of %+v", q), got, asked)
			}
			if got := c.(latecome).late(f); got != counted {
				return wrongAnswer(c, fmt.Sprintf("the counter with a late event of %+v", late), got, counted)
			}
			a.lateTo[c]++
		}
	}
	return nil
}

// hot times At and late events in streams with a counter, against the search
// alone.
func (a *arena) hot() []*row {
	where := count(len(a.w.Keys)) + " streams, " + count(len(a.w.Facts)) + " events"
	if len(a.w.Keys) == 1 {
		where = "one stream of " + count(len(a.w.Facts)) + " events"
	}
	at := a.compare("the counter as of a date, "+where, goal{}, func(c contestant) (func(int), bool) {
		return func(i int) { sink += int64(c.(counter).count(a.asked[i%len(a.asked)])) }, true
	}, a.search())
	late := a.late()
	late.title = "one late event, then the counter as of its day, " + where
	late.goal = goal{}
	return []*row{at, late}
}
