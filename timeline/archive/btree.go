package archive

import (
	"cmp"
	"slices"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The baseline of a stream, the events that count by latest day and then in
// sequence order, is a B-tree of nodes that are never changed once they can be
// seen: a reader holds a root, and a writer makes new nodes for those on the way
// to what it changes and shares the others.
//
// A leaf has the days of up to leafSize events in one column, apart from the
// events, so that a search touches little memory. An inner node has a column
// of the first day under each child. A stream of a hundred events is one leaf.

// leafSize and fanout are how much a node holds at most.
const (
	leafSize = 128
	fanout   = 64
)

// A node is a leaf or an inner node.
//
// What a question touches comes first, so that it is together in memory.
type node[S any] struct {
	days   []int32                         // of a leaf: the day of each event; of an inner node: the first under each child
	inner  *branches[S]                    // nil for a leaf
	cached atomic.Pointer[cachedStates[S]] // what is kept of the states in a leaf
	known  []int32                         // the day by which each event is known for certain, or all under each child
	slots  []int32                         // of a leaf: which event each is
	epoch  uint64                          // the transaction during which the node may still be changed
}

// branches are the children of an inner node.
type branches[S any] struct {
	children []*node[S]
	// stateEpochs[i] is the last transaction that changed an event before child i,
	// under this node. Cached states of a leaf are valid if they carry the greatest
	// state epoch on the path to it: an edit elsewhere outdates them by raising one
	// number, without going there.
	stateEpochs []uint64
}

// newLeaf returns a leaf with room for so many events. Its columns lie next to
// each other.
func newLeaf[S any](epoch uint64, room int) *node[S] {
	columns := make([]int32, 3*room)
	return &node[S]{epoch: epoch, days: columns[:0:room], known: columns[room : room : 2*room], slots: columns[2*room : 2*room]}
}

// buildTree returns the tree of positions, which must be in order.
func buildTree[S any](positions []position, epoch uint64) *node[S] {
	const full = leafSize * 7 / 8 // leaves room for late events
	size := full
	if len(positions) <= leafSize {
		size = leafSize
	}
	var nodes []*node[S]
	for chunk := range slices.Chunk(positions, size) {
		leaf := newLeaf[S](epoch, len(chunk))
		for _, p := range chunk {
			leaf.days, leaf.known, leaf.slots = append(leaf.days, int32(p.day)), append(leaf.known, int32(p.known)), append(leaf.slots, p.slot)
		}
		nodes = append(nodes, leaf)
	}
	for len(nodes) > 1 {
		var parents []*node[S]
		for children := range slices.Chunk(nodes, fanout*7/8) {
			parents = append(parents, newInner(epoch, children, make([]uint64, len(children))))
		}
		nodes = parents
	}
	if len(nodes) == 0 {
		return newLeaf[S](epoch, 0)
	}
	return nodes[0]
}

// newInner returns the node over children.
func newInner[S any](epoch uint64, children []*node[S], stateEpochs []uint64) *node[S] {
	n := &node[S]{epoch: epoch, inner: &branches[S]{children: slices.Clone(children), stateEpochs: slices.Clone(stateEpochs)}}
	for _, child := range children {
		n.days = append(n.days, child.days[0])
		n.known = append(n.known, slices.Max(child.known))
	}
	return n
}

// A treeEdit changes a tree, as one transaction.
type treeEdit[S, E any] struct {
	epoch uint64
	tx    *transaction[S, E]
}

// compare compares p with the position of the event at slot, whose day is given.
func (e *treeEdit[S, E]) compare(p position, slot int32, day edtf.Day) int {
	if c := cmp.Compare(p.day, day); c != 0 {
		return c
	}
	return e.tx.comparePositions(p, e.tx.stream.position(e.tx.version, slot))
}

// insert returns n with an event at p, and the node to its right if it had to
// be split.
func (e *treeEdit[S, E]) insert(n *node[S], p position) (left, right *node[S]) {
	if n.inner == nil {
		return e.insertLeaf(n, p)
	}
	i := max(0, e.search(n, p)-1)
	child, split := e.insert(n.inner.children[i], p)
	n = e.mutable(n)
	n.set(i, child)
	if split != nil {
		n.days = slices.Insert(n.days, i+1, 0)
		n.known = slices.Insert(n.known, i+1, 0)
		n.inner.children = slices.Insert(n.inner.children, i+1, split)
		n.inner.stateEpochs = slices.Insert(n.inner.stateEpochs, i+1, e.epoch)
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
	return newInner(e.epoch, b.children[:at], b.stateEpochs[:at]), newInner(e.epoch, b.children[at:], b.stateEpochs[at:])
}

func (e *treeEdit[S, E]) insertLeaf(n *node[S], p position) (left, right *node[S]) {
	at := e.search(n, p)
	if len(n.days) < leafSize {
		return e.widen(n, p, at), nil
	}
	if at == leafSize { // filled from the left
		right = newLeaf[S](e.epoch, 4)
		return n, e.widen(right, p, 0)
	}
	half := leafSize / 2
	left, right = newLeaf[S](e.epoch, leafSize), newLeaf[S](e.epoch, leafSize)
	left.days, left.known, left.slots = append(left.days, n.days[:half]...), append(left.known, n.known[:half]...), append(left.slots, n.slots[:half]...)
	right.days, right.known, right.slots = append(right.days, n.days[half:]...), append(right.known, n.known[half:]...), append(right.slots, n.slots[half:]...)
	left.cached.Store(n.cached.Load().first(half))
	if at <= half {
		return e.widen(left, p, at), right
	}
	return left, e.widen(right, p, at-half)
}

// widen returns leaf n with an event at p, before the one at the given index.
func (e *treeEdit[S, E]) widen(n *node[S], p position, at int) *node[S] {
	last := at == len(n.days)
	k := n.cached.Load()
	if !last {
		k = k.first(at)
	}
	wide := n
	switch {
	case n.epoch == e.epoch && len(n.days) < cap(n.days): // nobody sees it yet
	case last && len(n.days) < cap(n.days):
		// What is appended behind the last event of a leaf is out of the sight
		// of those who see the leaf, and only one writer appends. But no more
		// than that can be changed in it.
		wide = &node[S]{days: n.days, known: n.known, slots: n.slots}
	default:
		wide = newLeaf[S](e.epoch, roomFor(len(n.days)+1))
		wide.days, wide.known, wide.slots = append(wide.days, n.days...), append(wide.known, n.known...), append(wide.slots, n.slots...)
	}
	wide.days = slices.Insert(wide.days, at, int32(p.day))
	wide.known = slices.Insert(wide.known, at, int32(p.known))
	wide.slots = slices.Insert(wide.slots, at, p.slot)
	wide.cached.Store(k)
	return wide
}

// roomFor returns how much room to make for n events: a quarter more, in
// steps.
func roomFor(n int) int { return min(leafSize, (n+n/4+3)&^3) }

// remove returns n without the event at p, which must be there, or nil if
// nothing is left.
func (e *treeEdit[S, E]) remove(n *node[S], p position) *node[S] {
	i := e.search(n, p) - 1
	if n.inner == nil {
		if len(n.days) == 1 {
			return nil
		}
		slim := newLeaf[S](e.epoch, len(n.days))
		slim.days = append(append(slim.days, n.days[:i]...), n.days[i+1:]...)
		slim.known = append(append(slim.known, n.known[:i]...), n.known[i+1:]...)
		slim.slots = append(append(slim.slots, n.slots[:i]...), n.slots[i+1:]...)
		slim.cached.Store(n.cached.Load().first(i))
		return slim
	}
	child := e.remove(n.inner.children[i], p)
	n = e.mutable(n)
	if child != nil {
		n.set(i, child)
		e.outdate(n, i+1)
		return n
	}
	if len(n.days) == 1 {
		return nil
	}
	n.days = slices.Delete(n.days, i, i+1)
	n.known = slices.Delete(n.known, i, i+1)
	n.inner.children = slices.Delete(n.inner.children, i, i+1)
	n.inner.stateEpochs = slices.Delete(n.inner.stateEpochs, i, i+1)
	e.outdate(n, i)
	return n
}

// search returns how many of the events of a leaf come before p or are at p, or
// under how many children of an inner node the first one does.
func (e *treeEdit[S, E]) search(n *node[S], p position) int {
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
// child i.
func (n *node[S]) firstSlot(i int) int32 {
	for n.inner != nil {
		n, i = n.inner.children[i], 0
	}
	return n.slots[i]
}

// mutable returns n, or if others can see it a copy of it that can be changed.
func (e *treeEdit[S, E]) mutable(n *node[S]) *node[S] {
	if n.epoch == e.epoch {
		return n
	}
	return &node[S]{
		epoch: e.epoch, days: slices.Clone(n.days), known: slices.Clone(n.known),
		inner: &branches[S]{children: slices.Clone(n.inner.children), stateEpochs: slices.Clone(n.inner.stateEpochs)},
	}
}

// set makes child the one at i.
func (n *node[S]) set(i int, child *node[S]) {
	n.inner.children[i] = child
	n.days[i] = child.days[0]
	n.known[i] = slices.Max(child.known)
}

// outdate says that the states from child i on may have changed.
func (e *treeEdit[S, E]) outdate(n *node[S], i int) {
	for ; i < len(n.inner.stateEpochs); i++ {
		n.inner.stateEpochs[i] = e.epoch
	}
}

// leaves calls yield with each leaf under n.
func (n *node[S]) leaves(yield func(*node[S]) bool) bool {
	if n.inner == nil {
		return yield(n)
	}
	for _, child := range n.inner.children {
		if !child.leaves(yield) {
			return false
		}
	}
	return true
}
