package chart

import (
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A scale puts days side by side.
type scale struct {
	first, last edtf.Day // both are drawn
	left, right float64  // where the first begins and the last ends
	mark        float64  // how wide an instant or a plan is at least
}

// x returns where day begins, which may lie outside.
func (s scale) x(day edtf.Day) float64 {
	return s.left + float64(int64(day)-int64(s.first))*s.day()
}

// day returns how wide a day is.
func (s scale) day() float64 {
	return (s.right - s.left) / float64(int64(s.last)-int64(s.first)+1)
}

// clamp returns x, or the end of the scale that it lies beyond.
func (s scale) clamp(x float64) float64 { return min(max(x, s.left), s.right) }

// span returns how far the days from first to last reach, as far as they are
// drawn, and whether any of them is.
func (s scale) span(first, last edtf.Day) (x0, x1 float64, ok bool) {
	if first > s.last || last < s.first {
		return 0, 0, false
	}
	first, last = max(first, s.first), min(last, s.last)
	return s.x(first), s.x(last + 1), true
}

// Days returns the first and the last day that c draws: those of its range, or
// of all items.
func (c *Chart) Days() (first, last edtf.Day) {
	first, last = c.extent()
	if c.Range.IsZero() {
		return roundOut(first, last)
	}
	earliest, latest := c.Range.Bounds()
	if earliest == edtf.DistantPast {
		earliest = min(first, latest)
	}
	if latest == edtf.DistantFuture {
		latest = max(last, earliest)
	}
	return earliest, latest
}

// extent returns the first and the last day of everything in c that has one.
func (c *Chart) extent() (first, last edtf.Day) {
	var e extent
	for _, lane := range c.Lanes {
		for _, row := range lane.Rows {
			for _, item := range row.Items {
				e.add(item.When, item.Until, item.Announced, item.InQuestion)
			}
		}
	}
	e.add(c.On, c.Known, c.Horizon)
	return e.days()
}

// An extent is the first and the last of some days.
type extent struct {
	some        bool
	first, last edtf.Day
}

func (e *extent) add(dates ...edtf.Date) {
	for _, d := range dates {
		if d.IsZero() {
			continue
		}
		for a, b := range d.Ranges() {
			e.addDay(a)
			e.addDay(b)
		}
	}
}

func (e *extent) addDay(day edtf.Day) {
	switch {
	case day == edtf.DistantPast || day == edtf.DistantFuture:
	case !e.some:
		e.some, e.first, e.last = true, day, day
	default:
		e.first, e.last = min(e.first, day), max(e.last, day)
	}
}

// days returns the days of e, or the first year of day numbers if it has none.
func (e *extent) days() (first, last edtf.Day) {
	if !e.some {
		return 0, 364
	}
	return e.first, e.last
}

// roundOut returns the full years around some days, or full months if they are
// fewer than a year and a half.
func roundOut(first, last edtf.Day) (edtf.Day, edtf.Day) {
	if int64(last)-int64(first) < 550 {
		return monthOf(first), nextMonth(last) - 1
	}
	y0, _, _ := first.Civil()
	y1, _, _ := last.Civil()
	return newYear(y0), newYear(y1+1) - 1
}

// newYear returns the first day of a year.
func newYear(year int) edtf.Day {
	return edtf.DayOf(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC))
}

// monthOf returns the first day of the month that day is in.
func monthOf(day edtf.Day) edtf.Day {
	y, m, _ := day.Civil()
	return edtf.DayOf(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC))
}

// nextMonth returns the first day of the month after that.
func nextMonth(day edtf.Day) edtf.Day {
	y, m, _ := day.Civil()
	return edtf.DayOf(time.Date(y, m+1, 1, 0, 0, 0, 0, time.UTC))
}
