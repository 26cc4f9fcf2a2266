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
		if first, last := e.When.Bounds(); first != last {
			c.windows = append(c.windows, [2]edtf.Day{first, last})
		}
		for a, b := range e.When.Ranges() {
			c.Bounds = append(c.Bounds, a, b, b.Next()) // on its last day it has happened
		}
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
	slices.Sort(c.Bounds)
	c.Bounds = slices.DeleteFunc(slices.Compact(c.Bounds), func(d edtf.Day) bool { return d < edtf.MinDay || d > edtf.MaxDay })
	return c
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
