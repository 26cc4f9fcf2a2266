package main

import (
	"cmp"
	"slices"
	"sort"

	"github.com/tidwall/btree"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A packed event is what a program needs that only replays: 24 bytes.
type packed struct {
	day, known edtf.Day
	seq        int64
	value      int32
	kind       Kind
	item       uint8
}

func pack(f *Fact) packed {
	p := f.Payload
	return packed{f.Day, f.Known, f.Seq, p.Value, p.Kind, p.Item}
}

func (p *packed) payload() Payload { return Payload{p.kind, p.item, p.value} }

func comparePacked(a, b packed) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.seq, b.seq))
}

// sorted is one slice of all events by day, replayed from the start: the first
// thing that comes to mind.
type sorted struct {
	number map[string]int32
	facts  []sortedFact
	states []State
}

type sortedFact struct {
	packed
	stream int32
}

func (*sorted) name() string { return "sorted slice, replay" }

func (c *sorted) load(w *Workload) error {
	c.number = make(map[string]int32, len(w.Keys))
	c.states = make([]State, len(w.Keys))
	for i, key := range w.Keys {
		c.number[key] = int32(i)
	}
	for i := range w.Facts {
		c.facts = append(c.facts, sortedFact{pack(&w.Facts[i]), c.number[w.Facts[i].Key]})
	}
	slices.SortFunc(c.facts, compareSorted)
	return nil
}

func compareSorted(a, b sortedFact) int { return comparePacked(a.packed, b.packed) }

func (c *sorted) close() error { *c = sorted{}; return nil }

func (c *sorted) state(key string, day, known edtf.Day) *State {
	n := c.number[key]
	s := &c.states[n]
	s.reset()
	for i := range c.facts {
		f := &c.facts[i]
		if f.day > day {
			break
		}
		if f.stream == n && f.known <= known {
			s.apply(f.payload())
		}
	}
	return s
}

func (c *sorted) one(q Question) int64 {
	return c.state(q.Key, q.Day, edtf.DistantFuture).points(q.Item)
}

func (c *sorted) every(q Question) uint64 {
	return c.state(q.Key, q.Day, edtf.DistantFuture).digest()
}
func (c *sorted) knownOn(q Question) uint64 { return c.state(q.Key, q.Day, q.Known).digest() }

// forward replays from the given event on, up to day.
func (c *sorted) forward(i int, day edtf.Day) int {
	for ; i < len(c.facts) && c.facts[i].day <= day; i++ {
		c.states[c.facts[i].stream].apply(c.facts[i].payload())
	}
	return i
}

func (c *sorted) replay(day edtf.Day) {
	for i := range c.states {
		c.states[i].reset()
	}
	c.forward(0, day)
}

func (c *sorted) total() int64 {
	sum := int64(0)
	for i := range c.states {
		sum += c.states[i].Delivered
	}
	return sum
}

func (c *sorted) world(day edtf.Day) int64 {
	c.replay(day)
	return c.total()
}

func (c *sorted) visit(day edtf.Day) uint64 {
	c.replay(day)
	sum := uint64(0)
	for i := range c.states {
		sum += c.states[i].digest()
	}
	return sum
}

// sweep goes through the events once.
func (c *sorted) sweep(days []edtf.Day, sums []int64) {
	for i := range c.states {
		c.states[i].reset()
	}
	n := 0
	for i, day := range days {
		n = c.forward(n, day)
		sums[i] = c.total()
	}
}

func (c *sorted) late(f *Fact) uint64 {
	x := sortedFact{pack(f), c.number[f.Key]}
	i, _ := slices.BinarySearchFunc(c.facts, x, compareSorted)
	c.facts = slices.Insert(c.facts, i, x)
	return c.every(Question{Key: f.Key, Day: f.Day})
}

// streams is the best hour's work: a sorted slice for each stream, replayed
// into a state whose memory is used again.
type streams struct {
	facts map[string][]packed
	order []string
	state State
}

func (*streams) name() string { return "slice a stream, replay" }

func (c *streams) load(w *Workload) error {
	c.facts = make(map[string][]packed, len(w.Keys))
	c.order = w.Keys
	for i := range w.Facts {
		f := &w.Facts[i]
		c.facts[f.Key] = append(c.facts[f.Key], pack(f))
	}
	for _, facts := range c.facts {
		slices.SortFunc(facts, comparePacked)
	}
	return nil
}

func (c *streams) close() error { *c = streams{}; return nil }

func (c *streams) replay(facts []packed, day edtf.Day) *State {
	c.state.reset()
	for i := range facts {
		if facts[i].day > day {
			break
		}
		c.state.apply(facts[i].payload())
	}
	return &c.state
}

func (c *streams) one(q Question) int64 { return c.replay(c.facts[q.Key], q.Day).points(q.Item) }

func (c *streams) every(q Question) uint64 { return c.replay(c.facts[q.Key], q.Day).digest() }

func (c *streams) knownOn(q Question) uint64 {
	c.state.reset()
	for _, f := range c.facts[q.Key] {
		if f.day > q.Day {
			break
		}
		if f.known <= q.Known {
			c.state.apply(f.payload())
		}
	}
	return c.state.digest()
}

func (c *streams) world(day edtf.Day) int64 {
	sum := int64(0)
	for _, key := range c.order {
		sum += c.replay(c.facts[key], day).Delivered
	}
	return sum
}

func (c *streams) visit(day edtf.Day) uint64 {
	sum := uint64(0)
	for _, key := range c.order {
		sum += c.replay(c.facts[key], day).digest()
	}
	return sum
}

func (c *streams) insert(f *Fact) {
	x, facts := pack(f), c.facts[f.Key]
	i, _ := slices.BinarySearchFunc(facts, x, comparePacked)
	c.facts[f.Key] = slices.Insert(facts, i, x)
}

func (c *streams) late(f *Fact) uint64 {
	c.insert(f)
	return c.every(Question{Key: f.Key, Day: f.Day})
}

// versions keeps the world after each day, as a copy-on-write tree of states
// that share what did not change. A late event makes all versions from its day
// on anew.
type versions struct {
	facts []sortedFactKey
	days  []edtf.Day
	trees []*btree.Map[string, *State]
}

type sortedFactKey struct {
	packed
	key string
}

func (*versions) name() string { return "copy-on-write versions" }

func (c *versions) load(w *Workload) error {
	for i := range w.Facts {
		c.facts = append(c.facts, sortedFactKey{pack(&w.Facts[i]), w.Facts[i].Key})
	}
	slices.SortFunc(c.facts, func(a, b sortedFactKey) int { return comparePacked(a.packed, b.packed) })
	tree := &btree.Map[string, *State]{}
	for i := range c.facts {
		f := &c.facts[i]
		if n := len(c.days); n == 0 || c.days[n-1] != f.day {
			tree = tree.Copy()
			c.days, c.trees = append(c.days, f.day), append(c.trees, tree)
		}
		var s State
		if old, ok := tree.Get(f.key); ok {
			s = *old
		}
		s, _ = fold(s, eventOf(f.payload()))
		tree.Set(f.key, &s)
	}
	return nil
}

func (c *versions) close() error { *c = versions{}; return nil }

func (c *versions) version(day edtf.Day) *btree.Map[string, *State] {
	n := sort.Search(len(c.days), func(i int) bool { return c.days[i] > day })
	if n == 0 {
		return &btree.Map[string, *State]{}
	}
	return c.trees[n-1]
}

func (c *versions) one(q Question) int64 {
	if s, ok := c.version(q.Day).Get(q.Key); ok {
		return s.points(q.Item)
	}
	return 0
}

func (c *versions) every(q Question) uint64 {
	if s, ok := c.version(q.Day).Get(q.Key); ok {
		return s.digest()
	}
	return 0
}

func (c *versions) world(day edtf.Day) int64 {
	sum := int64(0)
	c.version(day).Scan(func(_ string, s *State) bool {
		sum += s.Delivered
		return true
	})
	return sum
}

func (c *versions) visit(day edtf.Day) uint64 {
	sum := uint64(0)
	c.version(day).Scan(func(_ string, s *State) bool {
		sum += s.digest()
		return true
	})
	return sum
}

func (c *versions) sweep(days []edtf.Day, sums []int64) {
	for i, day := range days {
		sums[i] = c.world(day)
	}
}

func sortPacked(facts []packed) { slices.SortFunc(facts, comparePacked) }
