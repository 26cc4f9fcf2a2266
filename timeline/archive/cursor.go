package archive

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A cursor is a place between two events of a tree.
type cursor[S any] struct {
	leaf       *node[S]
	stateEpoch uint64 // the state epoch of the leaf
	n          int    // how many events of the leaf come before it
	depth      int
	path       [8]pathStep[S] // the inner nodes on the way; 64 to the 8 leaves are enough
}

type pathStep[S any] struct {
	node       *node[S]
	child      int
	stateEpoch uint64 // the greatest up to and with the node's own
}

// seekDay returns the cursor behind the last event that is not after day.
func seekDay[S any](root *node[S], day edtf.Day) cursor[S] {
	var c cursor[S]
	c.descend(root, 0, func(n *node[S]) int { return max(0, worlds.Search(n.days, int32(day))-1) })
	c.n = worlds.Search(c.leaf.days, int32(day))
	return c
}

// seekUnknown returns the cursor before the first event that is not known for
// certain by day, or false if there is none.
func seekUnknown[S any](root *node[S], day edtf.Day) (cursor[S], bool) {
	later := func(d int32) bool { return d > int32(day) }
	if !slices.ContainsFunc(root.known, later) {
		return cursor[S]{}, false
	}
	var c cursor[S]
	c.descend(root, 0, func(n *node[S]) int { return slices.IndexFunc(n.known, later) })
	c.n = slices.IndexFunc(c.leaf.known, later)
	return c, true
}

// descend goes down from n, choosing a child at each node.
func (c *cursor[S]) descend(n *node[S], stateEpoch uint64, choose func(*node[S]) int) {
	for n.inner != nil {
		i := choose(n)
		c.path[c.depth] = pathStep[S]{n, i, stateEpoch}
		c.depth++
		stateEpoch = max(stateEpoch, n.inner.stateEpochs[i])
		n = n.inner.children[i]
	}
	c.leaf, c.stateEpoch = n, stateEpoch
}

// next moves c to the start of the next leaf, if there is one.
func (c *cursor[S]) next() bool { return c.move(1, func(*node[S]) int { return 0 }) }

// previous moves c to the end of the leaf before, if there is one.
func (c *cursor[S]) previous() bool {
	if !c.move(-1, func(n *node[S]) int { return len(n.days) - 1 }) {
		return false
	}
	c.n = len(c.leaf.days)
	return true
}

func (c *cursor[S]) move(by int, choose func(*node[S]) int) bool {
	for d := c.depth - 1; d >= 0; d-- {
		s := &c.path[d]
		if i := s.child + by; i >= 0 && i < len(s.node.days) {
			s.child, c.depth, c.n = i, d+1, 0
			c.descend(s.node.inner.children[i], max(s.stateEpoch, s.node.inner.stateEpochs[i]), choose)
			return true
		}
	}
	return false
}

// start returns the cursor before the first event.
func start[S any](root *node[S]) cursor[S] {
	var c cursor[S]
	c.descend(root, 0, func(*node[S]) int { return 0 })
	return c
}
