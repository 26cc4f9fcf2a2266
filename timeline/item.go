package timeline

import (
	"cmp"
	"container/heap"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An item is an event as the engine sees it: with its windows as days, and
// with the events it refers to as indexes. Items stand in the order of the
// telling, so that of two items on one day the lower index comes first.
type item[E any] struct {
	event  *Event[E]
	days   []days // what When allows, less what After rules out; sorted, with gaps
	known  days   // the outer bounds of Known
	before []int  // those that come before it: After, and what follows from a sequence
	edges  bool   // whether it comes before or after anything
}

// days is a range of days; both ends are in.
type days struct{ first, last edtf.Day }

func (it *item[E]) earliest() edtf.Day { return it.days[0].first }
func (it *item[E]) latest() edtf.Day   { return it.days[len(it.days)-1].last }
func (it *item[E]) exact() bool        { return it.earliest() == it.latest() }

// covers reports whether all of r is allowed by one of it's ranges.
func (it *item[E]) covers(r days) bool {
	for _, d := range it.days {
		if d.first <= r.first && r.last <= d.last {
			return true
		}
	}
	return false
}

// byTelling orders events by Seq, then by ID.
func byTelling[E any](a, b *Event[E]) int {
	if c := cmp.Compare(a.Seq, b.Seq); c != 0 {
		return c
	}
	return slices.Compare(a.ID[:], b.ID[:])
}

// tell returns the items of events in the order of the telling: by Seq, except
// that an event stands behind all that it comes after. References to events
// that are not given are dropped. Events on a cycle are left out of the items
// and returned apart.
func tell[E any](events []*Event[E]) (items []item[E], cyclic []*Event[E]) {
	events = slices.SortedFunc(slices.Values(events), byTelling[E])
	place := placesOf(events)
	waiting := make([]int, len(events)) // how many it still waits for
	next := make([][]int, len(events))  // who waits for it
	queue := &indexHeap{}
	for i, e := range events {
		for _, id := range e.After {
			if j, ok := place[id]; ok {
				waiting[i]++
				next[j] = append(next[j], i)
			}
		}
		if waiting[i] == 0 {
			*queue = append(*queue, i)
		}
	}
	told := make([]int, len(events)) // the index of its item
	items = make([]item[E], 0, len(events))
	for queue.Len() > 0 {
		i := heap.Pop(queue).(int)
		told[i] = len(items)
		items = append(items, newItem(events[i], place, told))
		for _, j := range next[i] {
			items[told[i]].edges = true
			if waiting[j]--; waiting[j] == 0 {
				heap.Push(queue, j)
			}
		}
	}
	for _, i := range onCycles(waiting, next) {
		cyclic = append(cyclic, events[i])
	}
	return items, cyclic
}

// onCycles returns those that wait in vain for themselves: of those that still
// wait, the ones for which another of them waits, and so on.
func onCycles(waiting []int, next [][]int) []int {
	var left []int
	for i, n := range waiting {
		if n > 0 {
			left = append(left, i)
		}
	}
	for {
		waits := func(i int) bool {
			return slices.ContainsFunc(next[i], func(j int) bool {
				_, ok := slices.BinarySearch(left, j)
				return ok
			})
		}
		kept := slices.DeleteFunc(slices.Clone(left), func(i int) bool { return !waits(i) })
		if len(kept) == len(left) {
			return left
		}
		left = kept
	}
}

func newItem[E any](e *Event[E], place map[uuid.UUID]int, told []int) item[E] {
	it := item[E]{event: e}
	for first, last := range e.When.Ranges() {
		it.days = append(it.days, days{first, last})
	}
	it.known.first, it.known.last = e.known().Bounds()
	for _, id := range e.After {
		if j, ok := place[id]; ok {
			it.before = append(it.before, told[j])
		}
	}
	it.edges = len(it.before) > 0
	return it
}

func placesOf[E any](events []*Event[E]) map[uuid.UUID]int {
	place := make(map[uuid.UUID]int, len(events))
	for i, e := range events {
		place[e.ID] = i
	}
	return place
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

// tighten takes from each window the days that After rules out: what comes
// before b is not later than b's latest day, and b not earlier than the
// earliest day of what comes before it. It returns the items whose windows
// become empty, with the reason.
func tighten[E any](items []item[E]) map[int]error {
	empty := map[int]error{}
	for i := range items {
		for _, j := range items[i].before {
			clip(items, i, days{items[j].earliest(), edtf.DistantFuture}, j, empty)
		}
	}
	for i := len(items) - 1; i >= 0; i-- {
		if empty[i] != nil {
			continue // one fault is enough
		}
		for _, j := range items[i].before {
			clip(items, j, days{edtf.DistantPast, items[i].latest()}, i, empty)
		}
	}
	return empty
}

// clip keeps of the window of item i what lies within r, because of item j.
func clip[E any](items []item[E], i int, r days, j int, empty map[int]error) {
	if r.first <= items[i].earliest() && items[i].latest() <= r.last {
		return
	}
	var left []days
	for _, d := range items[i].days {
		if first, last := max(d.first, r.first), min(d.last, r.last); first <= last {
			left = append(left, days{first, last})
		}
	}
	if len(left) == 0 {
		empty[i] = fmt.Errorf("%w: %v against %s, %v", ErrEmptyWindow,
			items[i].event.When, items[j].event.Label(), items[j].event.When)
		return
	}
	items[i].days = left
}

// sequence makes the telling decide between windows that overlap: each item
// comes after every one told before it whose window still overlaps its own.
// Windows that lie apart stay ordered by their days, so that a late entry in
// a log keeps its place in time.
func sequence[E any](items []item[E]) {
	var imprecise []int
	implied := make([]bitset, len(items)) // what comes before each, directly or not
	for i := range items {
		implied[i] = newBitset(i)
		earlier := imprecise
		if !items[i].exact() {
			imprecise = append(imprecise, i)
			earlier = upTo(i) // exact ones too
		}
		for _, j := range items[i].before {
			implied[i].add(j, implied[j])
		}
		for _, j := range slices.Backward(earlier) {
			if implied[i].has(j) || items[j].latest() < items[i].earliest() || items[i].latest() < items[j].earliest() {
				continue
			}
			items[i].before = append(items[i].before, j)
			implied[i].add(j, implied[j])
			items[i].edges, items[j].edges = true, true
		}
		settle(items, i)
	}
}

// settle clips the window of item i by what comes before it, and then theirs
// by its own.
func settle[E any](items []item[E], i int) {
	empty := map[int]error{} // stays empty: only windows that overlap are joined
	for _, j := range items[i].before {
		clip(items, i, days{items[j].earliest(), edtf.DistantFuture}, j, empty)
	}
	for changed := []int{i}; len(changed) > 0; {
		k := changed[0]
		changed = changed[1:]
		for _, j := range items[k].before {
			if items[j].latest() > items[k].latest() {
				clip(items, j, days{edtf.DistantPast, items[k].latest()}, k, empty)
				changed = append(changed, j)
			}
		}
	}
}

func upTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// A bitset is a set of small numbers.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) has(i int) bool { return b[i/64]>>(i%64)&1 == 1 }

// add adds i and the members of others, which are all less than i.
func (b bitset) add(i int, others bitset) {
	b[i/64] |= 1 << (i % 64)
	for n, word := range others {
		b[n] |= word
	}
}
