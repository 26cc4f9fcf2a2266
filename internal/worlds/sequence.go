package worlds

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Sequence makes the sequence order authoritative: an item comes after every
// earlier one whose window overlaps its own. Windows that lie apart stay ordered
// by their days, so that a late entry in a log keeps its place in time. A correction and what
// it corrects, and rivals, are one event told twice: none comes after the other. The date of
// a retraction means nothing, and it comes before and after nothing. Sequence changes items.
//
// An item that comes after others may not be earlier than any of them, so windows
// shrink as items are joined, and what no longer overlaps is not joined. What
// already comes before an item through others is not joined to it again. The cost
// grows with the square of the number of items whose windows overlap.
func Sequence(items []Item) {
	var imprecise []int
	implied := make([]bitset, len(items)) // what comes before each, directly or not
	for i := range items {
		implied[i] = newBitset(i)
		for _, j := range items[i].Before {
			implied[i].add(j, implied[j])
		}
		var earlier []int
		switch {
		case items[i].inert():
		case items[i].Exact():
			earlier = imprecise
		default:
			imprecise = append(imprecise, i)
			earlier = UpTo(i) // exact ones too
		}
		for _, j := range slices.Backward(earlier) {
			if implied[i].has(j) || tellTheSame(items, i, j) || items[j].inert() || items[j].Latest() < items[i].Earliest() || items[i].Latest() < items[j].Earliest() {
				continue
			}
			items[i].Before = append(items[i].Before, j)
			implied[i].add(j, implied[j])
			items[i].Linked, items[j].Linked = true, true
		}
		propagate(items, i)
	}
}

// tellTheSame reports whether two items are one event told twice: a correction and what it
// corrects, or rivals.
func tellTheSame(items []Item, i, j int) bool {
	if items[i].Contest == nil && items[j].Contest == nil {
		return false
	}
	return slices.Contains(items[i].replaces(), j) || slices.Contains(items[j].replaces(), i) ||
		items[i].Rival() != "" && items[i].Rival() == items[j].Rival()
}

// propagate clips the window of item i by what comes before it, and then those
// of the items before it by its own. No window becomes empty, since only those
// that overlap were joined.
func propagate(items []Item, i int) {
	for _, j := range items[i].Before {
		clip(&items[i], Range{items[j].Earliest(), edtf.DistantFuture})
	}
	for changed := []int{i}; len(changed) > 0; changed = changed[1:] {
		k := changed[0]
		for _, j := range items[k].Before {
			if items[j].Latest() > items[k].Latest() {
				clip(&items[j], Range{edtf.DistantPast, items[k].Latest()})
				changed = append(changed, j)
			}
		}
	}
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
