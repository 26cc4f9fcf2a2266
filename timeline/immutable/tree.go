package immutable

import (
	"iter"
	"slices"
	"strings"
)

// A table is a tree of rows, sorted by name, whose nodes are never changed: a
// change copies the nodes on the way to a row and shares the others.
//
// The shape of the tree follows from its names alone, so that equal tables have
// equal trees, and what two tables share is found at once. A few rows are one
// leaf. Of more, the hash of each name says where nodes end: one row in eight
// ends its leaf, one in 64 its leaf and the node above, and so on. Where a leaf
// ends does not depend on other rows, so an insertion changes one path.
type node[V any] struct {
	rows     []*row[V]  // of a leaf
	children []*node[V] // of an inner node; nil for a leaf
	last     *row[V]    // the last row under the node
	count    int        // how many rows are under it
}

// A row is never changed.
type row[V any] struct {
	name  string
	value V
}

const (
	fewRows      = 32 // are one leaf
	bitsPerLevel = 3
)

// level returns how many levels of nodes end with the row of that name.
func level(name string) int {
	hash := uint64(14695981039346656037) // FNV-1a
	for i := range len(name) {
		hash = (hash ^ uint64(name[i])) * 1099511628211
	}
	hash ^= hash >> 32
	hash *= 0xd6e8feb86659fd93
	hash ^= hash >> 32
	levels := 0
	for ; hash&(1<<bitsPerLevel-1) == 0 && levels < 64/bitsPerLevel; hash >>= bitsPerLevel {
		levels++
	}
	return levels
}

func newLeaf[V any](rows []*row[V]) *node[V] {
	return &node[V]{rows: rows, last: rows[len(rows)-1], count: len(rows)}
}

func newInner[V any](children []*node[V]) *node[V] {
	n := &node[V]{children: children, last: children[len(children)-1].last}
	for _, c := range children {
		n.count += c.count
	}
	return n
}

// build returns the tree of rows, which are sorted; nil if there are none.
func build[V any](rows []*row[V]) *node[V] {
	switch {
	case len(rows) == 0:
		return nil
	case len(rows) <= fewRows:
		return newLeaf(rows)
	}
	var nodes []*node[V]
	for _, group := range split(rows, 1, func(r *row[V]) *row[V] { return r }) {
		nodes = append(nodes, newLeaf(group))
	}
	return grow(nodes, 1)
}

// grow returns the tree over nodes of the given height, counted from 1 for
// leaves.
func grow[V any](nodes []*node[V], height int) *node[V] {
	for ; len(nodes) > 1; height++ {
		var parents []*node[V]
		for _, group := range split(nodes, height+1, func(n *node[V]) *row[V] { return n.last }) {
			parents = append(parents, newInner(group))
		}
		nodes = parents
	}
	return nodes[0]
}

// split cuts parts into groups, each of which ends with a row of at least that
// level, or with the last part.
func split[P, V any](parts []P, least int, last func(P) *row[V]) [][]P {
	var groups [][]P
	from := 0
	for i, p := range parts {
		if level(last(p).name) >= least || i == len(parts)-1 {
			groups = append(groups, slices.Clone(parts[from:i+1]))
			from = i + 1
		}
	}
	return groups
}

// find returns where the row of that name is in a leaf, or where it belongs.
func (n *node[V]) find(name string) (int, bool) {
	return slices.BinarySearchFunc(n.rows, name, func(r *row[V], name string) int { return strings.Compare(r.name, name) })
}

// childFor returns the child of an inner node under which a row of that name is,
// or belongs.
func (n *node[V]) childFor(name string) int {
	i, _ := slices.BinarySearchFunc(n.children, name, func(c *node[V], name string) int { return strings.Compare(c.last.name, name) })
	return min(i, len(n.children)-1)
}

// insert returns the tree of root with r, in place of any row of its name.
func insert[V any](root *node[V], r *row[V]) *node[V] {
	if root == nil {
		return newLeaf([]*row[V]{r})
	}
	if root.children == nil { // few rows, whatever their hashes say
		rows, added := withRow(root, r)
		if added && len(rows) > fewRows {
			return build(rows)
		}
		return newLeaf(rows)
	}
	nodes, height := root.insert(r)
	return grow(nodes, height)
}

// withRow returns the rows of a leaf with r, and whether there is one more.
func withRow[V any](leaf *node[V], r *row[V]) (rows []*row[V], added bool) {
	i, found := leaf.find(r.name)
	rest := leaf.rows[i:]
	if found {
		rest = rest[1:]
	}
	rows = make([]*row[V], 0, i+1+len(rest))
	return append(append(append(rows, leaf.rows[:i]...), r), rest...), !found
}

// insert returns the one or two nodes that n becomes with r, and their height.
func (n *node[V]) insert(r *row[V]) (nodes []*node[V], height int) {
	if n.children == nil {
		rows, added := withRow(n, r)
		if !added {
			return []*node[V]{newLeaf(rows)}, 1
		}
		for _, group := range split(rows, 1, func(r *row[V]) *row[V] { return r }) {
			nodes = append(nodes, newLeaf(group))
		}
		return nodes, 1
	}
	i := n.childFor(r.name)
	parts, height := n.children[i].insert(r)
	children := make([]*node[V], 0, len(n.children)+1)
	children = append(append(append(children, n.children[:i]...), parts...), n.children[i+1:]...)
	height++
	if len(parts) == 1 {
		return []*node[V]{newInner(children)}, height
	}
	for _, group := range split(children, height, func(n *node[V]) *row[V] { return n.last }) {
		nodes = append(nodes, newInner(group))
	}
	return nodes, height
}

// all returns an iterator over the rows under n, which may be nil.
func (n *node[V]) all() iter.Seq[*row[V]] {
	return func(yield func(*row[V]) bool) { n.each(yield) }
}

func (n *node[V]) each(yield func(*row[V]) bool) bool {
	if n == nil {
		return true
	}
	for _, r := range n.rows {
		if !yield(r) {
			return false
		}
	}
	for _, c := range n.children {
		if !c.each(yield) {
			return false
		}
	}
	return true
}

// equal reports whether n and m, which may be nil, have equal rows.
func (n *node[V]) equal(m *node[V], eq func(a, b V) bool) bool {
	switch {
	case n == m:
		return true
	case n == nil || m == nil || n.count != m.count || len(n.children) != len(m.children) || len(n.rows) != len(m.rows):
		return false
	}
	for i, r := range n.rows {
		if s := m.rows[i]; r != s && (r.name != s.name || !eq(r.value, s.value)) {
			return false
		}
	}
	for i, c := range n.children {
		if !c.equal(m.children[i], eq) {
			return false
		}
	}
	return true
}

// mapped returns the tree of what f makes of the values under n. It has the same
// shape, since the names are the same.
func mapped[V, W any](n *node[V], f func(V) W) *node[W] {
	if n.children == nil {
		rows := make([]*row[W], len(n.rows))
		for i, r := range n.rows {
			rows[i] = &row[W]{r.name, f(r.value)}
		}
		return newLeaf(rows)
	}
	children := make([]*node[W], len(n.children))
	for i, c := range n.children {
		children[i] = mapped(c, f)
	}
	return newInner(children)
}
