package worlds

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// tighten takes from each window the days that the order rules out: what comes
// before an item is not later than the item's latest day, and the item is not
// earlier than the earliest day of what comes before it. It returns the items
// of which no day is left, each with the item it contradicts.
//
//	             Jan       Feb       Mar
//	a            ####################            before b
//	b                 #########
//	a, tightened ##############
//	b, tightened      #########
//
// Items are sorted topologically, so one pass from the first item on settles all
// earliest days, and one from the last item back settles all latest days. Two
// items may still share a day: which of them comes first on it is known from
// their indexes.
func tighten(items []Item) map[int]int {
	empty := map[int]int{}
	for i := range items {
		for _, j := range items[i].Before {
			if !clip(&items[i], Range{items[j].Earliest(), edtf.DistantFuture}) {
				empty[i] = j
			}
		}
	}
	for i := len(items) - 1; i >= 0; i-- {
		if _, ok := empty[i]; ok {
			continue // one fault is enough
		}
		for _, j := range items[i].Before {
			if !clip(&items[j], Range{edtf.DistantPast, items[i].Latest()}) {
				empty[j] = i
			}
		}
	}
	return empty
}

// clip keeps of the item's window what lies within r. If that is nothing it
// changes nothing and returns false. The window may be in several parts, and
// other items may share its slice, so that clip never writes into it.
func clip(it *Item, r Range) bool {
	if r.contains(Range{it.Earliest(), it.Latest()}) {
		return true
	}
	var left []Range
	for _, d := range it.Days {
		if first, last := max(d.First, r.First), min(d.Last, r.Last); first <= last {
			left = append(left, Range{first, last})
		}
	}
	if len(left) == 0 {
		return false
	}
	it.Days = left
	return true
}
