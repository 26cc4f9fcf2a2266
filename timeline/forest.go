package timeline

// A forest sorts small numbers into sets that have none in common: the numbers
// of one tree. Each number points to another of its tree, or to itself.
type forest []int

// newForest returns n sets of one number each.
func newForest(n int) forest { return upTo(n) }

// root returns the number that stands for the set of i.
func (f forest) root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// join makes one set of those of i and j.
func (f forest) join(i, j int) {
	i, j = f.root(i), f.root(j)
	f[max(i, j)] = min(i, j)
}
