package worlds

// A UnionFind is a partition of the numbers from 0 into disjoint sets. Each
// number points to another of its set, or to itself if it is the root.
type UnionFind []int

// NewUnionFind returns n sets of one number each.
func NewUnionFind(n int) UnionFind { return UpTo(n) }

// Root returns the number that stands for the set of i.
func (u UnionFind) Root(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// Union makes one set of those of i and j.
func (u UnionFind) Union(i, j int) {
	i, j = u.Root(i), u.Root(j)
	u[max(i, j)] = min(i, j)
}
