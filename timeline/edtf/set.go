package edtf

import (
	"cmp"
	"iter"
	"slices"
	"unique"
)

// A dayRange is a range of days; both ends are in.
type dayRange struct{ first, last Day }

// ranges is the days of a set, sorted and apart once merged.
type ranges []dayRange

// merged sorts r and joins ranges that overlap or touch.
func (r ranges) merged() ranges {
	slices.SortFunc(r, func(x, y dayRange) int { return cmp.Compare(x.first, y.first) })
	out := r[:0]
	for _, x := range r {
		if n := len(out); n > 0 && (out[n-1].last == DistantFuture || x.first <= out[n-1].last+1) {
			out[n-1].last = max(out[n-1].last, x.last)
			continue
		}
		out = append(out, x)
	}
	return out
}

func (d Date) ranges() iter.Seq[dayRange] {
	return func(yield func(dayRange) bool) {
		for first, last := range d.Ranges() {
			if !yield(dayRange{first, last}) {
				return
			}
		}
	}
}

// intersect returns the days in both x and y, which must be merged.
func intersect(x, y ranges) ranges {
	var out ranges
	for i, j := 0, 0; i < len(x) && j < len(y); {
		first, last := max(x[i].first, y[j].first), min(x[i].last, y[j].last)
		if first <= last {
			out = append(out, dayRange{first, last})
		}
		if x[i].last < y[j].last {
			i++
		} else {
			j++
		}
	}
	return out
}

// setOf returns the set of the given days, which must be merged, or false if they are not in the years
// from -9999 to 9999. Only its outer ends may be without a bound, and not both.
func setOf(r ranges) (Date, bool) {
	b := []byte{'['}
	for i, x := range r {
		if x.first != DistantPast && x.first < MinDay || x.first > MaxDay || x.last != DistantFuture && x.last > MaxDay || x.last < MinDay {
			return Date{}, false
		}
		if i > 0 {
			b = append(b, ',')
		}
		if x.first != DistantPast {
			b = x.first.Date().appendPoints(b)
		}
		if x.first != x.last {
			b = append(b, ".."...)
			if x.last != DistantFuture {
				b = x.last.Date().appendPoints(b)
			}
		}
	}
	return newSet(string(append(b, ']')), r), true
}

// newSet returns the Date of a set that was written as text.
func newSet(text string, days ranges) Date {
	first, last := days[0].first, days[0].last
	for _, r := range days {
		first, last = min(first, r.first), max(last, r.last)
	}
	return Date{a: point(uint32(first)), b: point(uint32(last)), set: unique.Make(text)}
}

// setOfText returns the Date of a set that can be read.
func setOfText(text string) Date { return newSet(text, parseSet(text)) }

// parseSet reads a set that was read before.
func parseSet(text string) ranges {
	p := parser{s: text, stored: true}
	days, _ := p.set()
	return days
}
