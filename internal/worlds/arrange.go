package worlds

import (
	"container/heap"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Fact is what an item is made of. It refers to other facts by their keys.
type Fact[K comparable] struct {
	Key         K
	When, Known edtf.Date
	After       []K // the facts that come before this one
	Replaces    []K // the facts that this one corrects
	Rival       string
	Rank        int8
	Inert       bool
}

// A Fault is what is wrong with the order of facts.
type Fault struct {
	Fact     int
	Cycle    bool // it comes before itself
	Retracts bool // it is a retraction that takes back itself, through others
	Against  int  // if it is neither: the fact because of which no day of its window is left
}

// Arrange returns the items of n facts, which are given in sequence order. An
// item stands behind all that come before it. order has the fact of each item.
// References to facts that are not among the n are left out.
func Arrange[K comparable](n int, fact func(int) Fact[K]) (items []Item, order []int, faults []Fault) {
	if items, ok := plainItems(n, fact); ok {
		return items, UpTo(n), nil
	}
	s := newSorter(n, fact)
	order = s.sort()
	items = s.items(order)
	for _, i := range s.cyclic() {
		faults = append(faults, Fault{Fact: i, Cycle: true})
	}
	for _, i := range circles(n, fact) {
		faults = append(faults, Fault{Fact: i, Retracts: true})
	}
	against := tighten(items)
	if len(against) == 0 {
		return items, order, faults
	}
	for i := range items {
		if j, ok := against[i]; ok {
			faults = append(faults, Fault{Fact: order[i], Against: order[j]})
		}
	}
	return items, order, faults
}

// plainItems returns the items of n facts, or false if one refers to another. Most histories
// are plain: their facts are in order, and none takes a day from the window of another.
func plainItems[K comparable](n int, fact func(int) Fact[K]) ([]Item, bool) {
	items, ranges := make([]Item, n), make([]Range, 0, n)
	for i := range items {
		f := fact(i)
		if len(f.After)+len(f.Replaces) > 0 {
			return nil, false
		}
		ranges = items[i].set(&f.When, &f.Known, ranges)
		if f.Rival != "" || f.Rank != 0 || f.Inert {
			items[i].Contest = &Contest{Rival: f.Rival, Rank: f.Rank, Inert: f.Inert}
		}
	}
	return items, true
}

// set sets the dates of it. Its days are appended to ranges, which many items share, so that
// a plain history costs few allocations.
func (it *Item) set(when, known *edtf.Date, ranges []Range) []Range {
	from := len(ranges)
	for first, last := range when.Ranges() {
		ranges = append(ranges, Range{first, last})
	}
	it.Days = ranges[from:len(ranges):len(ranges)]
	it.Known.First, it.Known.Last = known.Bounds()
	return ranges
}

// circles returns the retractions that take back themselves through others: those that
// come before themselves, if each comes after what it takes back. Whether such a
// retraction stands could not be said:
//
//	a takes back b, b takes back a       if a stands b does not, and then a does
//
// Corrections may replace each other in a circle: none of them counts then, and which
// does is no question.
func circles[K comparable](n int, fact func(int) Fact[K]) []int {
	inert := map[K]bool{}
	for i := range n {
		if f := fact(i); f.Inert {
			inert[f.Key] = true
		}
	}
	if len(inert) < 2 {
		return nil
	}
	s := newSorter(n, func(i int) Fact[K] {
		f := fact(i)
		takesBack := Fact[K]{Key: f.Key}
		for _, key := range f.Replaces {
			if f.Inert && inert[key] && key != f.Key {
				takesBack.After = append(takesBack.After, key)
			}
		}
		return takesBack
	})
	s.sort()
	return s.cyclic()
}

// A sorter is a topological sort that takes, of all facts whose predecessors
// have been taken, the first in sequence order (Kahn's algorithm with a heap).
// So facts without After keep their sequence order, and a fact that comes after
// a later one moves behind it:
//
//	facts, in sequence order   0  1 (after 3)  2  3
//	items                      0  2  3  1
type sorter[K comparable] struct {
	n       int
	fact    func(int) Fact[K]
	place   map[K]int // of each key
	waiting []int     // for how many others each fact still waits
	next    [][]int   // which facts wait for each
}

func newSorter[K comparable](n int, fact func(int) Fact[K]) *sorter[K] {
	s := &sorter[K]{n: n, fact: fact, place: make(map[K]int, n), waiting: make([]int, n), next: make([][]int, n)}
	for i := range n {
		s.place[s.fact(i).Key] = i
	}
	for i := range n {
		for _, key := range s.fact(i).After {
			if j, ok := s.place[key]; ok {
				s.waiting[i]++
				s.next[j] = append(s.next[j], i)
			}
		}
	}
	return s
}

// sort returns the facts in order, without those on a cycle or behind one. ready
// has the facts that wait for nothing; a heap gives the first of them.
func (s *sorter[K]) sort() []int {
	ready := &indexHeap{}
	for i, n := range s.waiting {
		if n == 0 {
			*ready = append(*ready, i)
		}
	}
	order := make([]int, 0, s.n)
	for ready.Len() > 0 {
		i := heap.Pop(ready).(int)
		order = append(order, i)
		for _, j := range s.next[i] {
			if s.waiting[j]--; s.waiting[j] == 0 {
				heap.Push(ready, j)
			}
		}
	}
	return order
}

// items makes items of the facts in order. An item that nothing contests has no Contest.
func (s *sorter[K]) items(order []int) []Item {
	index := make([]int, s.n) // of the item of each fact; -1 if it has none
	for i := range index {
		index[i] = -1
	}
	for i, n := range order {
		index[n] = i
	}
	items, ranges := make([]Item, len(order)), make([]Range, 0, len(order))
	for i, n := range order {
		f, it := s.fact(n), &items[i]
		ranges = it.set(&f.When, &f.Known, ranges)
		it.Before = s.indexes(f.After, index)
		it.Linked = len(it.Before) > 0 || len(s.next[n]) > 0
		if len(f.Replaces) > 0 || f.Rival != "" || f.Rank != 0 || f.Inert {
			it.Contest = &Contest{Replaces: s.indexes(f.Replaces, index), Rival: f.Rival, Rank: f.Rank, Inert: f.Inert}
		}
	}
	return items
}

// indexes returns the items of the facts with the given keys, which is how references
// by key become references by index: the rest of this package knows no keys. A key of no fact,
// or of one on a cycle, has no item and is left out.
func (s *sorter[K]) indexes(keys []K, index []int) []int {
	var is []int
	for _, key := range keys {
		if j, ok := s.place[key]; ok && index[j] >= 0 {
			is = append(is, index[j])
		}
	}
	return is
}

// cyclic returns, after sort, the facts that wait for themselves. After the sort
// the facts that still wait are those on a cycle, those between two cycles, and
// those behind one. It takes away those for which none of them waits, again and
// again (Kahn's algorithm in the other direction), so that the facts behind a
// cycle, which are not at fault, are not reported. The cost is linear.
//
//	0 after 1, 1 after 0, 2 after 1       0 and 1 wait for each other; 2 is behind them
//	nobody waits for 2: it is taken away
//	0 and 1 are left: they are on the cycle
func (s *sorter[K]) cyclic() []int {
	var left, done []int
	followers := map[int]int{} // how many of those that are left wait for each
	for i, n := range s.waiting {
		if n == 0 {
			continue
		}
		left = append(left, i)
		for _, j := range s.next[i] {
			if s.waiting[j] > 0 {
				followers[i]++
			}
		}
		if followers[i] == 0 {
			done = append(done, i)
		}
	}
	if len(left) == 0 {
		return nil
	}
	over := map[int]bool{}
	for ; len(done) > 0; done = done[1:] {
		i := done[0]
		over[i] = true
		for _, key := range s.fact(i).After {
			if j, ok := s.place[key]; ok && s.waiting[j] > 0 {
				if followers[j]--; followers[j] == 0 {
					done = append(done, j)
				}
			}
		}
	}
	var cyclic []int
	for _, i := range left {
		if !over[i] {
			cyclic = append(cyclic, i)
		}
	}
	return cyclic
}

// indexHeap is a heap of indexes, the least first.
type indexHeap []int

func (h indexHeap) Len() int           { return len(h) }
func (h indexHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h indexHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *indexHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *indexHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// UpTo returns the numbers from 0 to n-1.
func UpTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}
