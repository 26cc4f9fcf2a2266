package worlds

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Item is an event as this package sees it. Items are in sequence order: of
// two items on one day the one with the lower index comes first. An item refers
// to others by their index.
type Item struct {
	Days    []Range  // the window, less what Before rules out; ascending, may have gaps
	Known   Range    // the outer bounds of the days on which it may have become known
	Before  []int    // the items that come before this one
	Linked  bool     // whether any item comes before or after it
	Contest *Contest // what contests items; nil if nothing does, as for most
}

// A Contest is why an item may not be true, or others are not because of it.
type Contest struct {
	Replaces []int  // the items it corrects
	Rival    string // the key of its rivals; of those with one key one is true
	Rank     int8   // among its rivals: negative is deprecated
	Inert    bool   // a retraction: it is never folded
}

// Earliest returns the first day of the window.
func (it *Item) Earliest() edtf.Day { return it.Days[0].First }

// Latest returns the last day of the window.
func (it *Item) Latest() edtf.Day { return it.Days[len(it.Days)-1].Last }

// Exact reports whether the window is a single day.
func (it *Item) Exact() bool { return it.Earliest() == it.Latest() }

// Touches reports whether the item may happen on a day of r.
func (it *Item) Touches(r Range) bool { return slices.ContainsFunc(it.Days, r.Overlaps) }

// SharesDay reports whether both items may happen on one day.
func (it *Item) SharesDay(other *Item) bool { return slices.ContainsFunc(other.Days, it.Touches) }

// covers reports whether the item may happen on every day of r.
func (it *Item) covers(r Range) bool {
	return slices.ContainsFunc(it.Days, func(d Range) bool { return d.contains(r) })
}

// Rival returns the key of the item's rivals, "" if it has none.
func (it *Item) Rival() string {
	if it.Contest == nil {
		return ""
	}
	return it.Contest.Rival
}

// replaces returns the items that it corrects.
func (it *Item) replaces() []int {
	if it.Contest == nil {
		return nil
	}
	return it.Contest.Replaces
}

func (it *Item) inert() bool      { return it.Contest != nil && it.Contest.Inert }
func (it *Item) deprecated() bool { return it.Contest != nil && it.Contest.Rank < 0 }

func (it *Item) rank() int8 {
	if it.Contest == nil {
		return 0
	}
	return it.Contest.Rank
}

// Precede returns the items that come before item i, directly or through others.
func Precede(items []Item, i int) map[int]bool {
	found := map[int]bool{}
	for next := []int{i}; len(next) > 0; next = next[1:] {
		for _, j := range items[next[0]].Before {
			if !found[j] {
				found[j] = true
				next = append(next, j)
			}
		}
	}
	return found
}
