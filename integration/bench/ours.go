package main

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// ours is archive.Archive.
type ours struct {
	a    *archive.Archive[State, Payload]
	keep int64
}

func (*ours) name() string { return "archive.Archive" }

func (c *ours) load(w *Workload) (err error) {
	if c.a, err = archive.New(fold, &archive.Options[State]{CacheBytes: c.keep}); err != nil {
		return err
	}
	return c.a.Load(w.events)
}

func (c *ours) close() error { c.a = nil; return nil }

func (c *ours) one(q Question) int64 {
	s := c.a.At(q.Key, q.Day)
	return s.State.points(q.Item)
}

func (c *ours) every(q Question) uint64 {
	s := c.a.At(q.Key, q.Day)
	return s.State.digest()
}

func (c *ours) knownOn(q Question) uint64 {
	s := c.a.KnownOn(q.Known).At(q.Key, q.Day)
	return s.State.digest()
}

func (c *ours) world(day edtf.Day) int64 {
	sum := int64(0)
	for _, s := range c.a.All(day) {
		sum += s.State.Delivered
	}
	return sum
}

func (c *ours) visit(day edtf.Day) uint64 {
	sum := uint64(0)
	for _, s := range c.a.All(day) {
		sum += s.State.digest()
	}
	return sum
}

// pending returns how many events are undecided on day.
func (c *ours) pending(day edtf.Day) int64 {
	n := 0
	for _, u := range c.a.AllPending(day) {
		n += len(u.Events)
	}
	return int64(n)
}

func (c *ours) sweep(days []edtf.Day, sums []int64) {
	for i, day := range days {
		sums[i] = c.world(day)
	}
}

func (c *ours) late(f *Fact) uint64 {
	must(c.a.Append(f.Key, f.event()))
	return c.every(Question{Key: f.Key, Day: f.Day})
}

// single is timeline.Timeline, for one stream.
type single struct {
	t *timeline.Timeline[State, Payload]
}

func (*single) name() string { return "timeline.Timeline" }

func (c *single) load(w *Workload) (err error) {
	events := make([]timeline.Event[Payload], len(w.Facts))
	for i := range w.Facts {
		events[i] = w.Facts[i].event()
	}
	c.t, err = timeline.New(fold, events...)
	return err
}

func (c *single) close() error { c.t = nil; return nil }

func (c *single) one(q Question) int64 {
	s := c.t.At(q.Day)
	return s.State.points(q.Item)
}

func (c *single) every(q Question) uint64 {
	s := c.t.At(q.Day)
	return s.State.digest()
}
