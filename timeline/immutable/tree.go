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
//
// Nodes know nothing of the values: their code is compiled once, and not for each type of value.
type node struct {
	rows     []*row  // of a leaf
	children []*node // of an inner node; nil for a leaf
	last     *row    // the last row under the node
	count    int     // how many rows are under it
}

// A row is never changed.
type row struct {
	name  string
	value any // a pointer to the value
}

// A cell is a row with its value, in one piece of memory.
type cell[V any] struct {
	row
	v V
}

func newRow[V any](name string, v V) *row {
	c := &cell[V]{v: v}
	c.name, c.value = name, &c.v
	return &c.row
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

func newLeaf(rows []*row) *node {
	return &node{rows: rows, last: rows[len(rows)-1], count: len(rows)}
}

func newInner(children []*node) *node {
	n := &node{children: children, last: children[len(children)-1].last}
	for _, c := range children {
		n.count += c.count
	}
	return n
}

// build returns the tree of rows, which are sorted; nil if there are none.
func build(rows []*row) *node {
	switch {
	case len(rows) == 0:
		return nil
	case len(rows) <= fewRows:
		return newLeaf(rows)
	}
	var nodes []*node
	for _, group := range split(rows, 1, func(r *row) *row { return r }) {
		nodes = append(nodes, newLeaf(group))
	}
	return grow(nodes, 1)
}

// grow returns the tree over nodes of the given height, counted from 1 for
// leaves.
func grow(nodes []*node, height int) *node {
	for ; len(nodes) > 1; height++ {
		var parents []*node
		for _, group := range split(nodes, height+1, func(n *node) *row { return n.last }) {
			parents = append(parents, newInner(group))
		}
		nodes = parents
	}
	return nodes[0]
}

// split cuts parts into groups, each of which ends with a row of at least that
// level, or with the last part.
func split[P any](parts []P, least int, last func(P) *row) [][]P {
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
func (n *node) find(name string) (int, bool) {
	return slices.BinarySearchFunc(n.rows, name, func(r *row, name string) int { return strings.Compare(r.name, name) })
}

// childFor returns the child of an inner node under which a row of that name is,
// or belongs.
func (n *node) childFor(name string) int {
	i, _ := slices.BinarySearchFunc(n.children, name, func(c *node, name string) int { return strings.Compare(c.last.name, name) })
	return min(i, len(n.children)-1)
}

// insert returns the tree of root with r, in place of any row of its name.
func insert(root *node, r *row) *node {
	if root == nil {
		return newLeaf([]*row{r})
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
func withRow(leaf *node, r *row) (rows []*row, added bool) {
	i, found := leaf.find(r.name)
	rest := leaf.rows[i:]
	if found {
		rest = rest[1:]
	}
	rows = make([]*row, 0, i+1+len(rest))
	return append(append(append(rows, leaf.rows[:i]...), r), rest...), !found
}

// insert returns the one or two nodes that n becomes with r, and their height.
func (n *node) insert(r *row) (nodes []*node, height int) {
	if n.children == nil {
		rows, added := withRow(n, r)
		if !added {
			return []*node{newLeaf(rows)}, 1
		}
		for _, group := range split(rows, 1, func(r *row) *row { return r }) {
			nodes = append(nodes, newLeaf(group))
		}
		return nodes, 1
	}
	i := n.childFor(r.name)
	parts, height := n.children[i].insert(r)
	children := make([]*node, 0, len(n.children)+1)
	children = append(append(append(children, n.children[:i]...), parts...), n.children[i+1:]...)
	height++
	if len(parts) == 1 {
		return []*node{newInner(children)}, height
	}
	for _, group := range split(children, height, func(n *node) *row { return n.last }) {
		nodes = append(nodes, newInner(group))
	}
	return nodes, height
}

// all returns an iterator over the rows under n, which may be nil.
func (n *node) all() iter.Seq[*row] {
	return func(yield func(*row) bool) { n.each(yield) }
}

func (n *node) each(yield func(*row) bool) bool {
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

// equal reports whether n and m, which may be nil, have equal rows. eq compares what rows
// point to.
func (n *node) equal(m *node, eq func(a, b any) bool) bool {
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

// filter returns the tree of the rows that are kept, which is n if all are.
func (n *node) filter(keep func(*row) bool) *node {
	var rows []*row
	for r := range n.all() {
		if keep(r) {
			rows = append(rows, r)
		}
	}
	if len(rows) == n.len() {
		return n
	}
	return build(rows)
}

// len returns how many rows are under n, which may be nil.
func (n *node) len() int {
	if n == nil {
		return 0
	}
	return n.count
}

// get returns the row of that name, or nil.
func (n *node) get(name string) *row {
	for n != nil && n.children != nil {
		n = n.children[n.childFor(name)]
	}
	if n != nil {
		if i, found := n.find(name); found {
			return n.rows[i]
		}
	}
	return nil
}

// mapped returns the tree of what f makes of the rows under n. It has the same
// shape, since the names are the same.
func (n *node) mapped(f func(*row) *row) *node {
	if n == nil {
		return nil
	}
	if n.children == nil {
		rows := make([]*row, len(n.rows))
		for i, r := range n.rows {
			rows[i] = f(r)
		}
		return newLeaf(rows)
	}
	children := make([]*node, len(n.children))
	for i, c := range n.children {
		children[i] = c.mapped(f)
	}
	return newInner(children)
}
