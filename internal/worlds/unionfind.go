package worlds

// A UnionFind is a partition of the numbers from 0 into disjoint sets. Each
// number points to another of its set, or to itself if it is the root, which is
// the least of the set:
//
//	{0 2 3} {1 4}      [0 1 0 2 1], after Root(3) [0 1 0 0 1]
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
