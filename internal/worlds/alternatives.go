package worlds

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
)

// An alternative is a combination of the items of a conflict set that can be
// true together, and how it deviates from that of the baseline.
type alternative struct {
	items      []int // sorted
	deviations []Deviation
}

// maxAlternatives bounds how many combinations of one conflict set are listed,
// and maxUncertain of how many items it is tried whether they are known.
const (
	maxUncertain    = 10
	maxAlternatives = 1 << maxUncertain
)

func (a *alternative) has(i int) bool {
	_, ok := slices.BinarySearch(a.items, i)
	return ok
}

// findAlternatives lists the alternatives of a set: for each way in which its
// members may be known, each choice among the rivals. The first is that of the
// baseline, so that whoever needs any one takes that. A set of which more than
// maxUncertain members may not be known has more combinations than are listed; it
// is truncated then, and every answer that meets it is incomplete. So it is if there are more
// than maxAlternatives.
func (f *conflictFinder) findAlternatives(s *conflictSet) {
	var uncertain []int
	for _, i := range s.members {
		if !f.isKnown(i) {
			uncertain = append(uncertain, i)
		}
	}
	baseline := f.baselineAlternative(s)
	s.alternatives = []alternative{baseline}
	s.truncated = len(uncertain) > maxUncertain
	listed := map[string]bool{keyOf(baseline.items): true}
	tried := uncertain[:min(len(uncertain), maxUncertain)]
	for bits := range 1 << len(tried) {
		known := func(i int) bool {
			if f.isKnown(i) {
				return true
			}
			n := slices.Index(tried, i)
			return n >= 0 && bits>>n&1 == 1
		}
		others, rivals := f.left(s, known)
		for _, chosen := range choices(rivals) {
			a := alternative{items: slices.Sorted(slices.Values(slices.Concat(others, chosen)))}
			key := keyOf(a.items)
			switch {
			case listed[key]: // which of several corrections took an item out makes no difference
			case len(s.alternatives) == maxAlternatives:
				s.truncated = true
				return
			default:
				listed[key] = true
				a.deviations = f.deviations(s, &baseline, &a, known)
				s.alternatives = append(s.alternatives, a)
			}
		}
	}
}

// keyOf returns a text that stands for items.
func keyOf(items []int) string {
	var key []byte
	for _, i := range items {
		key = binary.AppendUvarint(key, uint64(i))
	}
	return string(key)
}

// left returns the members that are true if just these are known: those
// without rivals, and those with, by key, of which one is true. An item is not true if
// it is replaced for certain, is not known, or has a correction among those that
// stands.
func (f *conflictFinder) left(s *conflictSet, known func(int) bool) (others []int, rivals map[string][]int) {
	rivals = map[string][]int{}
	stands := f.standing(known)
	for _, i := range s.members {
		if f.gone[i] || !known(i) || slices.ContainsFunc(f.replacedBy(i), stands) {
			continue
		}
		if key := f.items[i].Rival(); key != "" {
			rivals[key] = append(rivals[key], i)
		} else {
			others = append(others, i)
		}
	}
	for key, is := range rivals {
		if rivals[key] = f.mayBeTrue(key, is); len(rivals[key]) == 0 {
			delete(rivals, key)
		}
	}
	return others, rivals
}

// mayBeTrue returns those of the rivals with a key that may be true: the chosen
// one, or those that are not deprecated if there are any, or all.
func (f *conflictFinder) mayBeTrue(key string, rivals []int) []int {
	if only, ok := f.chosen[key]; ok {
		return slices.DeleteFunc(rivals, func(i int) bool { return i != only })
	}
	deprecated := func(i int) bool { return f.items[i].deprecated() }
	if rest := slices.DeleteFunc(slices.Clone(rivals), deprecated); len(rest) > 0 {
		return rest
	}
	return rivals
}

// choices returns each way to choose one rival of each key, in the order of the
// keys. There is one way to choose among none, and it chooses nothing.
//
//	x: 1 or 2, y: 3 or 4       1 3   1 4   2 3   2 4
func choices(rivals map[string][]int) [][]int {
	all := [][]int{nil}
	for _, key := range slices.Sorted(maps.Keys(rivals)) {
		var longer [][]int
		for _, chosen := range all {
			for _, i := range rivals[key] {
				if len(longer) <= maxAlternatives {
					longer = append(longer, append(slices.Clip(chosen), i))
				}
			}
		}
		all = longer
	}
	return all
}

// baselineAlternative is the one in which everything becomes known as late as
// it may, and of rivals the one of highest rank, then latest, then last in
// sequence order is true.
func (f *conflictFinder) baselineAlternative(s *conflictSet) alternative {
	items, rivals := f.left(s, f.isKnown)
	for _, is := range rivals {
		items = append(items, slices.MaxFunc(is, func(i, j int) int {
			a, b := &f.items[i], &f.items[j]
			return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Latest(), b.Latest()), cmp.Compare(i, j))
		}))
	}
	slices.Sort(items)
	return alternative{items: items}
}

// deviations returns how a deviates from the baseline, apart from items that
// are true in a alone.
//
//	rivals a (in the baseline), b; c replaces a, and may not be known yet
//
//	b      a is Absent
//	b, c   a is Absent, c is Known
//
// That b is true is a deviation too, from the day on which it happens: see
// segmentStep.deviationsWith.
func (f *conflictFinder) deviations(s *conflictSet, baseline, a *alternative, known func(int) bool) []Deviation {
	var ds []Deviation
	for _, i := range s.members {
		if baseline.has(i) && !a.has(i) {
			ds = append(ds, Deviation{i, Absent})
		}
		corrects := func(j int) bool { return slices.Contains(f.replacedBy(j), i) }
		if !f.isKnown(i) && known(i) && slices.ContainsFunc(s.members, corrects) {
			ds = append(ds, Deviation{i, Known})
		}
	}
	return ds
}
