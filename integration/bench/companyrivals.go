package main

import (
	"cmp"
	"slices"
	"sort"

	"github.com/tidwall/btree"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A candidate keeps companies. What it cannot do it does not implement.
type candidate interface {
	name() string
	load(w *companyWorkload) error
	fact(q *Inquiry) int64
	every(q *Inquiry) uint64
	world(day edtf.Day) uint64
	sweep(days []edtf.Day, sums []uint64)
}

type (
	remembering interface{ known(q *Inquiry) uint64 } // every, as known on a day
	insertable  interface{ late(x *Record) int64 }    // adds a record, then its fact on its day
)

// kept is archive.Archive, with a fold in place or without.
type kept struct {
	inPlace bool
	w       *companyWorkload
	a       *archive.Archive[Company, Deed]
	reader  *archive.Reader[Company, Deed]
	added   int
}

func (k *kept) name() string {
	if k.inPlace {
		return "archive.Archive, in place"
	}
	return "archive.Archive, the general fold"
}

func (k *kept) load(w *companyWorkload) (err error) {
	k.w = w
	if k.a, err = archive.New(foldCompany, &archive.Options[Company]{CacheBytes: 2 << 30}); err != nil {
		return err
	}
	if k.inPlace {
		if err := k.a.FoldInPlace(archive.InPlace[Company, Deed]{Apply: applyDeed, Copy: copyCompany}); err != nil {
			return err
		}
	}
	k.reader = k.a.Reader()
	return k.a.Load(w.events)
}

func (k *kept) fact(q *Inquiry) int64 {
	return k.reader.At(k.w.keys[q.Stream], q.Day).State.fact(q.Thing, q.Name)
}

func (k *kept) every(q *Inquiry) uint64 {
	return k.reader.At(k.w.keys[q.Stream], q.Day).State.digest()
}

func (k *kept) known(q *Inquiry) uint64 {
	return k.reader.AtKnown(k.w.keys[q.Stream], q.Day, q.Known).State.digest()
}

func (k *kept) world(day edtf.Day) (sum uint64) {
	for _, s := range k.reader.All(day) {
		sum += s.State.digest()
	}
	return sum
}

func (k *kept) sweep(days []edtf.Day, sums []uint64) {
	clear(sums)
	i := 0
	for _, s := range k.reader.AllOn(days...) {
		sums[i] += s.State.digest()
		if i++; i == len(days) {
			i = 0
		}
	}
}

func (k *kept) late(x *Record) int64 {
	k.added++
	must(k.a.Append(k.w.keys[x.Stream], k.w.event(len(k.w.records)+k.added, x)))
	return k.fact(&Inquiry{Stream: x.Stream, Thing: x.Deed.Thing, Name: x.Deed.Name, Day: x.Day})
}

// A line is a record without what only an archive keeps.
type line struct {
	day, known edtf.Day
	seq        int
	deed       Deed
}

func compareLines(a, b line) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.seq, b.seq)) }

// maps is a state of maps, which is used again.
type companyMaps struct {
	holders        map[string]int32
	plants, models map[string]string
}

func newCompanyMaps() *companyMaps {
	return &companyMaps{map[string]int32{}, map[string]string{}, map[string]string{}}
}

func (m *companyMaps) reset() {
	clear(m.holders)
	clear(m.plants)
	clear(m.models)
}

func (m *companyMaps) apply(d *Deed) {
	switch d.Thing {
	case AHolder:
		m.holders[d.Name] = d.Percent
	case APlant:
		m.plants[d.Name] = d.Status
	case AModel:
		m.models[d.Name] = d.Status
	}
}

func (m *companyMaps) digest() (sum uint64) {
	for name, percent := range m.holders {
		sum += mix(int(AHolder), number(name), int64(percent))
	}
	for name, status := range m.plants {
		sum += mix(int(APlant), number(name), statusCode(status))
	}
	for name, status := range m.models {
		sum += mix(int(AModel), number(name), statusCode(status))
	}
	return sum
}

// companySlices is a sorted slice for each stream: replayed into maps that are used again,
// and walked back for one fact.
type companySlices struct {
	lines   [][]line
	state   *companyMaps
	running []*companyMaps
}

func (*companySlices) name() string { return "slice a stream, maps" }

func (c *companySlices) load(w *companyWorkload) error {
	c.lines, c.state = make([][]line, len(w.keys)), newCompanyMaps()
	for n := range w.records {
		x := &w.records[n]
		c.lines[x.Stream] = append(c.lines[x.Stream], line{x.Day, x.Known, n, x.Deed})
	}
	for _, lines := range c.lines {
		slices.SortFunc(lines, compareLines)
	}
	return nil
}

// before returns how many lines are not after day.
func before(lines []line, day edtf.Day) int {
	return sort.Search(len(lines), func(i int) bool { return lines[i].day > day })
}

func (c *companySlices) fact(q *Inquiry) int64 {
	lines := c.lines[q.Stream]
	for i := before(lines, q.Day) - 1; i >= 0; i-- {
		if d := &lines[i].deed; d.Thing == q.Thing && d.Name == q.Name {
			return d.code()
		}
	}
	return 0
}

func (c *companySlices) every(q *Inquiry) uint64 {
	c.state.reset()
	lines := c.lines[q.Stream]
	for i := range before(lines, q.Day) {
		c.state.apply(&lines[i].deed)
	}
	return c.state.digest()
}

func (c *companySlices) known(q *Inquiry) uint64 {
	c.state.reset()
	lines := c.lines[q.Stream]
	for i := range before(lines, q.Day) {
		if lines[i].known <= q.Known {
			c.state.apply(&lines[i].deed)
		}
	}
	return c.state.digest()
}

func (c *companySlices) world(day edtf.Day) (sum uint64) {
	for i := range c.lines {
		sum += c.every(&Inquiry{Stream: int32(i), Day: day})
	}
	return sum
}

// sweep goes through the lines once, with maps for each stream.
func (c *companySlices) sweep(days []edtf.Day, sums []uint64) {
	for len(c.running) < len(c.lines) {
		c.running = append(c.running, newCompanyMaps())
	}
	clear(sums)
	for i, lines := range c.lines {
		m, n := c.running[i], 0
		m.reset()
		for j, day := range days {
			for ; n < len(lines) && lines[n].day <= day; n++ {
				m.apply(&lines[n].deed)
			}
			sums[j] += m.digest()
		}
	}
}

func (c *companySlices) late(x *Record) int64 {
	l, lines := line{x.Day, x.Known, 1 << 40, x.Deed}, c.lines[x.Stream]
	c.lines[x.Stream] = slices.Insert(lines, before(lines, x.Day), l)
	return c.fact(&Inquiry{Stream: x.Stream, Thing: x.Deed.Thing, Name: x.Deed.Name, Day: x.Day})
}

// companyVersions keeps all companies after each day, as a copy-on-write tree.
type companyVersions struct {
	keys  []string
	days  []edtf.Day
	trees []*btree.Map[string, *Company]
}

func (*companyVersions) name() string { return "copy-on-write versions" }

func (c *companyVersions) load(w *companyWorkload) error {
	c.keys = w.keys
	order := make([]int, len(w.records))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(w.records[a].Day, w.records[b].Day) })
	tree := &btree.Map[string, *Company]{}
	for _, n := range order {
		x := &w.records[n]
		if last := len(c.days) - 1; last < 0 || c.days[last] != x.Day {
			tree = tree.Copy()
			c.days, c.trees = append(c.days, x.Day), append(c.trees, tree)
		}
		var s Company
		if old, ok := tree.Get(w.keys[x.Stream]); ok {
			s = *old
		}
		s, _ = foldCompany(s, timeline.Event[Deed]{Data: x.Deed})
		tree.Set(w.keys[x.Stream], &s)
	}
	return nil
}

var (
	noTree    btree.Map[string, *Company]
	noCompany Company
)

func (c *companyVersions) tree(day edtf.Day) *btree.Map[string, *Company] {
	if n := sort.Search(len(c.days), func(i int) bool { return c.days[i] > day }); n > 0 {
		return c.trees[n-1]
	}
	return &noTree
}

func (c *companyVersions) company(q *Inquiry) *Company {
	if s, ok := c.tree(q.Day).Get(c.keys[q.Stream]); ok {
		return s
	}
	return &noCompany
}

func (c *companyVersions) fact(q *Inquiry) int64 { return c.company(q).fact(q.Thing, q.Name) }

func (c *companyVersions) every(q *Inquiry) uint64 { return c.company(q).digest() }

func (c *companyVersions) world(day edtf.Day) (sum uint64) {
	c.tree(day).Scan(func(_ string, s *Company) bool {
		sum += s.digest()
		return true
	})
	return sum
}

func (c *companyVersions) sweep(days []edtf.Day, sums []uint64) {
	for i, day := range days {
		sums[i] = c.world(day)
	}
}

// A column is one fact of a stream: what it was from each day on, and when that was known.
type column struct {
	days, known []int32
	codes       []int64
}

// before returns how many entries are not after day.
func (c *column) before(day edtf.Day) int {
	low, high := 0, len(c.days)
	for low < high {
		if middle := int(uint(low+high) / 2); c.days[middle] <= int32(day) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// columns has a column for each of the 68 facts of each stream. It is no fold: of
// whatever adds up or depends on something else it knows nothing.
type columns struct {
	columns [][68]column
	at      [][68]int // the places in a sweep
}

func (*columns) name() string { return "columns a fact, by hand" }

// columnOf returns the number of a fact.
func columnOf(thing Thing, name string) int { return []int{0, 12, 36}[thing] + number(name) }

func thingOf(n int) (attr, item int) {
	switch {
	case n < 12:
		return int(AHolder), n
	case n < 36:
		return int(APlant), n - 12
	}
	return int(AModel), n - 36
}

func (c *columns) load(w *companyWorkload) error {
	c.columns = make([][68]column, len(w.keys))
	for n := range w.records {
		c.add(&w.records[n])
	}
	return nil
}

func (c *columns) add(x *Record) *column {
	k := &c.columns[x.Stream][columnOf(x.Deed.Thing, x.Deed.Name)]
	i := k.before(x.Day)
	k.days = slices.Insert(k.days, i, int32(x.Day))
	k.known = slices.Insert(k.known, i, int32(x.Known))
	k.codes = slices.Insert(k.codes, i, x.Deed.code())
	return k
}

func (k *column) on(day edtf.Day) int64 {
	if i := k.before(day); i > 0 {
		return k.codes[i-1]
	}
	return 0
}

func (c *columns) fact(q *Inquiry) int64 {
	return c.columns[q.Stream][columnOf(q.Thing, q.Name)].on(q.Day)
}

func (c *columns) every(q *Inquiry) (sum uint64) {
	for n := range c.columns[q.Stream] {
		k := &c.columns[q.Stream][n]
		if i := k.before(q.Day); i > 0 {
			attr, item := thingOf(n)
			sum += mix(attr, item, k.codes[i-1])
		}
	}
	return sum
}

func (c *columns) known(q *Inquiry) (sum uint64) {
	for n := range c.columns[q.Stream] {
		k := &c.columns[q.Stream][n]
		i := k.before(q.Day) - 1
		for i >= 0 && k.known[i] > int32(q.Known) {
			i--
		}
		if i >= 0 {
			attr, item := thingOf(n)
			sum += mix(attr, item, k.codes[i])
		}
	}
	return sum
}

func (c *columns) world(day edtf.Day) (sum uint64) {
	for i := range c.columns {
		sum += c.every(&Inquiry{Stream: int32(i), Day: day})
	}
	return sum
}

func (c *columns) sweep(days []edtf.Day, sums []uint64) {
	if c.at == nil {
		c.at = make([][68]int, len(c.columns))
	}
	clear(c.at)
	clear(sums)
	for s := range c.columns {
		for n := range c.columns[s] {
			k, at := &c.columns[s][n], 0
			attr, item := thingOf(n)
			for j, day := range days {
				for at < len(k.days) && k.days[at] <= int32(day) {
					at++
				}
				if at > 0 {
					sums[j] += mix(attr, item, k.codes[at-1])
				}
			}
		}
	}
}

func (c *columns) late(x *Record) int64 { return c.add(x).on(x.Day) }
