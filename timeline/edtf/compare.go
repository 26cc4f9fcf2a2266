package edtf

import (
	"fmt"
	"math"
	"slices"
)

// Before reports whether d is over before e begins. For windows it is Certain
// if d's latest day is before e's earliest, No if d's earliest day is not
// before e's latest, and Possible in between. A span is before e if it ends
// before e begins. The zero Date is possibly before and after everything.
func (d Date) Before(e Date) Truth {
	earliest, latest := d.endBounds()
	start, lastStart := e.startBounds()
	switch {
	case latest < start:
		return Certain
	case earliest >= lastStart && !d.IsZero() && !e.IsZero():
		return No
	}
	return Possible
}

// After reports whether d begins after e is over: [Date.Before] the other way
// round.
func (d Date) After(e Date) Truth { return e.Before(d) }

// Same reports whether d and e are the same day or, for spans, whether they
// start and end on the same days; for all-of sets, whether they have the same days. Two windows are certainly the same only if
// both are one day: two things dated 2018 are possibly of the same day.
func (d Date) Same(e Date) Truth {
	if d.isOneDayOrNone() && e.isOneDayOrNone() {
		return d.sameDay(e)
	}
	if d.Kind() == AllOf && e.Kind() == AllOf {
		return d.sameDays(e)
	}
	return sameBounds(d.startBounds, e.startBounds).And(sameBounds(d.endBounds, e.endBounds))
}

// isOneDayOrNone reports whether d is no span, and not several days.
func (d Date) isOneDayOrNone() bool { return d.isOneDay() || d.IsZero() }

// sameDays is Same of two all-of sets: they are the same if all of their days are.
func (d Date) sameDays(e Date) Truth {
	ends := sameBounds(d.startBounds, e.startBounds).And(sameBounds(d.endBounds, e.endBounds))
	if ends == No || !d.isOfDays() || !e.isOfDays() {
		return min(ends, Possible)
	}
	return TruthOf(slices.Equal(slices.Collect(d.ranges()), slices.Collect(e.ranges())))
}

func (d Date) sameDay(e Date) Truth {
	if d.IsZero() || e.IsZero() {
		return Possible
	}
	if !overlap(d, e) {
		return No
	}
	return sameBounds(d.Bounds, e.Bounds)
}

func overlap(d, e Date) bool {
	a, aLast := d.Bounds()
	b, bLast := e.Bounds()
	if a > bLast || b > aLast {
		return false
	}
	return d.isRange() && e.isRange() || len(intersect(slices.Collect(d.ranges()), slices.Collect(e.ranges()))) > 0
}

// isRange reports whether d has no gaps, as most dates.
func (d Date) isRange() bool { return d.Kind() == Window && d.a.precision() < PrecisionMixed }

func sameBounds(d, e func() (Day, Day)) Truth {
	a, b := d()
	c, f := e()
	switch {
	case a == b && c == f && a == c:
		return Certain
	case b < c || f < a:
		return No
	}
	return Possible
}

// Days is a number of days that is known only to lie in a range; both ends
// are in. [MinDays] and [MaxDays] stand for no bound.
type Days struct{ Min, Max int }

// The bounds of a number of days that has none.
const (
	MinDays = math.MinInt32
	MaxDays = math.MaxInt32
)

// DaysBetween returns the number of days from the day on which d is over to the day on which
// e begins: 0 if they are one day, negative if e comes first. A side without a bound is
// [MinDays] or [MaxDays].
func DaysBetween(d, e Date) Days {
	earliest, latest := d.endBounds()
	start, lastStart := e.startBounds()
	return Days{Min: daysFrom(latest, start, MinDays), Max: daysFrom(earliest, lastStart, MaxDays)}
}

// daysFrom returns to - from, or none if either has no bound.
func daysFrom(from, to Day, none int) int {
	for _, d := range [...]Day{from, to} {
		if d == DistantPast || d == DistantFuture {
			return none
		}
	}
	days := int64(to) - int64(from)
	if days <= MinDays || days >= MaxDays {
		return none // more than can be said
	}
	return int(days)
}

// String returns d as "1 day", "244 to 303 days", "at least 12 days" or "at
// most 3 days".
func (d Days) String() string {
	switch {
	case d.Min == MinDays && d.Max == MaxDays:
		return "any number of days"
	case d.Max == MaxDays:
		return "at least " + plural(d.Min)
	case d.Min == MinDays:
		return "at most " + plural(d.Max)
	case d.Min == d.Max:
		return plural(d.Min)
	}
	return fmt.Sprintf("%d to %s", d.Min, plural(d.Max))
}

func plural(n int) string {
	if n == 1 || n == -1 {
		return fmt.Sprintf("%d day", n)
	}
	return fmt.Sprintf("%d days", n)
}
