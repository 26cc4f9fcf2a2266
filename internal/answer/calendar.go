package answer

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Calendar knows on which days of a history the same is so.
type Calendar struct {
	// Bounds are the days on which something begins or is over, ascending.
	Bounds  []edtf.Day
	windows [][2]edtf.Day // of the events that have more than one day
}

// CalendarOf returns the calendar of a history.
func CalendarOf(h *events.History) *Calendar {
	c := &Calendar{}
	for e := range h.Events() {
		c.add(e.When)
	}
	for _, coverage := range h.Coverage() {
		for _, silence := range coverage.Silent {
			for a, b := range silence.When.Ranges() {
				c.Bounds = append(c.Bounds, a, b.Next())
			}
		}
		if !coverage.Horizon.IsZero() {
			c.Bounds = append(c.Bounds, coverage.Horizon.Latest().Next())
		}
	}
	c.Bounds = append(c.Bounds, h.Schedule()...)
	c.sort()
	return c
}

// Days returns a first day and those from then to last, both in, on which anything may be
// otherwise than on the day before: on all days between two of them the same is so.
func (c *Calendar) Days(first, last edtf.Day) []edtf.Day {
	days := []edtf.Day{first}
	n, _ := slices.BinarySearch(c.Bounds, first)
	for n = max(n-1, 0); n < len(c.Bounds) && c.Bounds[n] <= last; n++ {
		next := last + 1
		if n+1 < len(c.Bounds) {
			next = min(next, c.Bounds[n+1])
		}
		for day := c.Bounds[n]; day < next && c.First(day) == day; day++ {
			if day > first {
				days = append(days, day)
			}
		}
	}
	return days
}

// CalendarOfEvent returns the calendar of an event alone.
func CalendarOfEvent(e events.Event) *Calendar {
	c := &Calendar{}
	c.add(e.When)
	c.sort()
	return c
}

// Calendar returns the calendar of all that can decide about the value at a pointer. The
// errors are those of [Question.Why].
func (q *Question) Calendar(pointer string) (*Calendar, error) {
	a, err := q.findAddress(pointer)
	if err != nil {
		return nil, err
	}
	h := q.history
	if parts := events.PartsIn(q.all, a.steps...); len(parts) > 0 {
		h = about(h, parts...)
	}
	return CalendarOf(h), nil
}

// add adds an event that happened on a day of a date.
func (c *Calendar) add(when edtf.Date) {
	if first, last := when.Bounds(); first != last {
		c.windows = append(c.windows, [2]edtf.Day{first, last})
	}
	for a, b := range when.Ranges() {
		c.Bounds = append(c.Bounds, a, b, b.Next()) // on its last day it has happened
	}
}

func (c *Calendar) sort() {
	slices.Sort(c.Bounds)
	c.Bounds = slices.DeleteFunc(slices.Compact(c.Bounds), func(d edtf.Day) bool { return d < edtf.MinDay || d > edtf.MaxDay })
}

// First returns a day, not after the given one, on which everything is as it is on that.
// Within days on which no window begins or is over, it only matters how many days have
// passed of them, since two events that may both happen there may come in either order only
// if there are two days; and not any more once there are as many as events.
func (c *Calendar) First(day edtf.Day) edtf.Day {
	n, found := slices.BinarySearch(c.Bounds, day)
	if found || n == 0 {
		return day
	}
	open := edtf.Day(0) // how many events may still happen on any of these days
	for _, w := range c.windows {
		if w[0] <= day && day <= w[1] {
			open++
		}
	}
	return min(day, c.Bounds[n-1]+open)
}
