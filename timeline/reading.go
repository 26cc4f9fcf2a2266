package timeline

import (
	"slices"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The cautious reading of a stream: the events that count, by latest day, then
// by telling. An archive keeps it as a tree of nodes that are never changed
// once they can be seen: whoever reads holds a root, and a writer makes new
// nodes for those on the way to what it changes and shares the others.
//
// A leaf has the days of up to leafSize events in one column, apart from the
// events, so that a search touches little memory. An inner node has a column
// of the first day under each kid. A stream of a hundred events is one leaf.

// leafSize and fanout are how much a node holds at most.
const (
	leafSize = 128
	fanout   = 64
)

// A node is a leaf or an inner node.
//
// What a question touches comes first, so that it is together in memory.
type node[S any] struct {
	days  []int32                  // of a leaf: the day of each event; of an inner node: the first under each kid
	inner *branches[S]             // nil for a leaf
	kept  atomic.Pointer[saved[S]] // what is kept of the states in a leaf
	known []int32                  // the day by which each event is known for certain, or all under each kid
	slots []int32                  // of a leaf: which record each event is
	born  uint64                   // the edit during which the node may still be changed
}

// branches are the kids of an inner node.
type branches[S any] struct {
	kids []*node[S]
	// since is, for each kid, the last edit of what comes before the kid and
	// is under the same node. States that are kept in a leaf are those after
	// the edit they name, which is the greatest since on the way to the leaf:
	// an edit elsewhere outdates them by raising one number, without going there.
	since []uint64
}

// A place is where an event stands in the reading.
type place struct {
	day   edtf.Day // its latest day
	known edtf.Day // the last day on which it may become known
	slot  int32    // its record
	lead  int32    // the record whose place in the telling it has: its own, or that of an event it comes after
	order int32    // among those with the same lead
}

// search returns how many of days, which ascend, are not after day.
func search[D ~int32](days []D, day D) int {
	low, high := 0, len(days)
	for low < high {
		middle := int(uint(low+high) / 2)
		if days[middle] <= day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// newLeaf returns a leaf with room for so many events. Its columns lie next to
// each other.
func newLeaf[S any](born uint64, room int) *node[S] {
	columns := make([]int32, 3*room)
	return &node[S]{born: born, days: columns[:0:room], known: columns[room : room : 2*room], slots: columns[2*room : 2*room]}
}

// plant returns the tree of places, which must be in order.
func plant[S any](places []place, now uint64) *node[S] {
	const full = leafSize * 7 / 8 // leaves room for late events
	size := full
	if len(places) <= leafSize {
		size = leafSize
	}
	var nodes []*node[S]
	for chunk := range slices.Chunk(places, size) {
		leaf := newLeaf[S](now, len(chunk))
		for _, p := range chunk {
			leaf.days, leaf.known, leaf.slots = append(leaf.days, int32(p.day)), append(leaf.known, int32(p.known)), append(leaf.slots, p.slot)
		}
		nodes = append(nodes, leaf)
	}
	for len(nodes) > 1 {
		var parents []*node[S]
		for kids := range slices.Chunk(nodes, fanout*7/8) {
			parents = append(parents, newInner(now, kids, make([]uint64, len(kids))))
		}
		nodes = parents
	}
	if len(nodes) == 0 {
		return newLeaf[S](now, 0)
	}
	return nodes[0]
}

// newInner returns the node over kids.
func newInner[S any](now uint64, kids []*node[S], since []uint64) *node[S] {
	n := &node[S]{born: now, inner: &branches[S]{kids: slices.Clone(kids), since: slices.Clone(since)}}
	for _, kid := range kids {
		n.days = append(n.days, kid.days[0])
		n.known = append(n.known, slices.Max(kid.known))
	}
	return n
}

// An edit changes a tree, as one step.
type edit[S any] struct {
	now     uint64
	compare func(p place, slot int32, day edtf.Day) int // p with the event at that slot
}

// insert returns n with an event at p, and the node to its right if it had to
// be split.
func (e *edit[S]) insert(n *node[S], p place) (left, right *node[S]) {
	if n.inner == nil {
		return e.insertLeaf(n, p)
	}
	i := max(0, e.seat(n, p)-1)
	kid, split := e.insert(n.inner.kids[i], p)
	n = e.own(n)
	n.set(i, kid)
	if split != nil {
		n.days = slices.Insert(n.days, i+1, 0)
		n.known = slices.Insert(n.known, i+1, 0)
		n.inner.kids = slices.Insert(n.inner.kids, i+1, split)
		n.inner.since = slices.Insert(n.inner.since, i+1, e.now)
		n.set(i+1, split)
	}
	e.outdate(n, i+1)
	if len(n.days) <= fanout {
		return n, nil
	}
	at := len(n.days) / 2
	if i+2 >= len(n.days) {
		at = len(n.days) - 1 // filled from the left
	}
	b := n.inner
	return newInner(e.now, b.kids[:at], b.since[:at]), newInner(e.now, b.kids[at:], b.since[at:])
}

func (e *edit[S]) insertLeaf(n *node[S], p place) (left, right *node[S]) {
	at := e.seat(n, p)
	if len(n.days) < leafSize {
		return e.widen(n, p, at), nil
	}
	if at == leafSize { // filled from the left
		right = newLeaf[S](e.now, 4)
		return n, e.widen(right, p, 0)
	}
	half := leafSize / 2
	left, right = newLeaf[S](e.now, leafSize), newLeaf[S](e.now, leafSize)
	left.days, left.known, left.slots = append(left.days, n.days[:half]...), append(left.known, n.known[:half]...), append(left.slots, n.slots[:half]...)
	right.days, right.known, right.slots = append(right.days, n.days[half:]...), append(right.known, n.known[half:]...), append(right.slots, n.slots[half:]...)
	left.kept.Store(n.kept.Load().first(half))
	if at <= half {
		return e.widen(left, p, at), right
	}
	return left, e.widen(right, p, at-half)
}

// widen returns leaf n with an event at p, before the one at the given index.
func (e *edit[S]) widen(n *node[S], p place, at int) *node[S] {
	last := at == len(n.days)
	k := n.kept.Load()
	if !last {
		k = k.first(at)
	}
	wide := n
	switch {
	case n.born == e.now && len(n.days) < cap(n.days): // nobody sees it yet
	case last && len(n.days) < cap(n.days):
		// What is appended behind the last event of a leaf is out of the sight
		// of those who see the leaf, and only one writer appends. But no more
		// than that can be changed in it.
		wide = &node[S]{days: n.days, known: n.known, slots: n.slots}
	default:
		wide = newLeaf[S](e.now, roomFor(len(n.days)+1))
		wide.days, wide.known, wide.slots = append(wide.days, n.days...), append(wide.known, n.known...), append(wide.slots, n.slots...)
	}
	wide.days = slices.Insert(wide.days, at, int32(p.day))
	wide.known = slices.Insert(wide.known, at, int32(p.known))
	wide.slots = slices.Insert(wide.slots, at, p.slot)
	wide.kept.Store(k)
	return wide
}

// roomFor returns how much room to make for n events: a quarter more, in
// steps.
func roomFor(n int) int { return min(leafSize, (n+n/4+3)&^3) }

// remove returns n without the event at p, which must be there, or nil if
// nothing is left.
func (e *edit[S]) remove(n *node[S], p place) *node[S] {
	i := e.seat(n, p) - 1
	if n.inner == nil {
		if len(n.days) == 1 {
			return nil
		}
		slim := newLeaf[S](e.now, len(n.days))
		slim.days = append(append(slim.days, n.days[:i]...), n.days[i+1:]...)
		slim.known = append(append(slim.known, n.known[:i]...), n.known[i+1:]...)
		slim.slots = append(append(slim.slots, n.slots[:i]...), n.slots[i+1:]...)
		slim.kept.Store(n.kept.Load().first(i))
		return slim
	}
	kid := e.remove(n.inner.kids[i], p)
	n = e.own(n)
	if kid != nil {
		n.set(i, kid)
		e.outdate(n, i+1)
		return n
	}
	if len(n.days) == 1 {
		return nil
	}
	n.days = slices.Delete(n.days, i, i+1)
	n.known = slices.Delete(n.known, i, i+1)
	n.inner.kids = slices.Delete(n.inner.kids, i, i+1)
	n.inner.since = slices.Delete(n.inner.since, i, i+1)
	e.outdate(n, i)
	return n
}

// seat returns how many of the events of a leaf come before p or are at p, or
// under how many kids of an inner node the first one does.
func (e *edit[S]) seat(n *node[S], p place) int {
	low, high := 0, len(n.days)
	for low < high {
		middle := int(uint(low+high) / 2)
		if e.compare(p, n.firstSlot(middle), n.day(middle)) >= 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// day returns the day at i.
func (n *node[S]) day(i int) edtf.Day { return edtf.Day(n.days[i]) }

// firstSlot returns the slot of event i of a leaf, or of the first event under
// kid i.
func (n *node[S]) firstSlot(i int) int32 {
	for n.inner != nil {
		n, i = n.inner.kids[i], 0
	}
	return n.slots[i]
}

// own returns n, or if others can see it a copy of it that can be changed.
func (e *edit[S]) own(n *node[S]) *node[S] {
	if n.born == e.now {
		return n
	}
	return &node[S]{
		born: e.now, days: slices.Clone(n.days), known: slices.Clone(n.known),
		inner: &branches[S]{kids: slices.Clone(n.inner.kids), since: slices.Clone(n.inner.since)},
	}
}

// set makes kid the one at i.
func (n *node[S]) set(i int, kid *node[S]) {
	n.inner.kids[i] = kid
	n.days[i] = kid.days[0]
	n.known[i] = slices.Max(kid.known)
}

// outdate says that the states from kid i on may have changed.
func (e *edit[S]) outdate(n *node[S], i int) {
	for ; i < len(n.inner.since); i++ {
		n.inner.since[i] = e.now
	}
}

// leaves calls yield with each leaf under n.
func (n *node[S]) leaves(yield func(*node[S]) bool) bool {
	if n.inner == nil {
		return yield(n)
	}
	for _, kid := range n.inner.kids {
		if !kid.leaves(yield) {
			return false
		}
	}
	return true
}
