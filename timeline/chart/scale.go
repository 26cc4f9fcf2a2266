package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A scale puts days side by side.
type scale struct {
	first, last edtf.Day     // both are drawn
	left, right float64      // where the first begins and the last ends
	mark        float64      // how wide an instant or a plan is at least
	breaks      []breakpoint // between which days are equally wide; none if all are
	// known says that nothing is known of what goes on after end.
	known bool
	end   edtf.Day
}

// A breakpoint is where a day begins at which the width of days changes.
type breakpoint struct {
	day edtf.Day
	x   float64
}

// x returns where day begins, which may lie outside.
func (s scale) x(day edtf.Day) float64 {
	if len(s.breaks) < 2 {
		return s.left + float64(int64(day)-int64(s.first))*s.day()
	}
	n, _ := slices.BinarySearchFunc(s.breaks, day, func(k breakpoint, d edtf.Day) int { return cmp.Compare(k.day, d) })
	n = min(max(n, 1), len(s.breaks)-1)
	a, b := s.breaks[n-1], s.breaks[n]
	return a.x + (b.x-a.x)*float64(int64(day)-int64(a.day))/float64(int64(b.day)-int64(a.day))
}

// day returns how wide a day is, on average.
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
				for _, m := range item.Moves {
					e.add(m.From, m.Told)
				}
			}
		}
	}
	e.add(c.On, c.Known, c.Horizon)
	return e.days()
}

// Of how many years, at least and at most, some are drawn wider than others.
const (
	leastYears = 3
	mostYears  = 80
)

// dense returns s with more room for the years in which more begins and ends.
func (c *Chart) dense(s scale) scale {
	first, _, _ := s.first.Civil()
	last, _, _ := s.last.Civil()
	years := last - first + 1
	if years < leastYears || years > mostYears {
		return s
	}
	marks := make([]float64, years)
	count := func(day edtf.Day) {
		if day >= s.first && day <= s.last {
			year, _, _ := day.Civil()
			marks[year-first]++
		}
	}
	for _, lane := range c.Lanes {
		for _, row := range lane.Rows {
			for _, item := range row.Items {
				for _, date := range []edtf.Date{item.When, item.Until, item.Announced} {
					if !date.IsZero() {
						count(date.Latest())
					}
				}
			}
		}
	}
	total := 0.0
	for n := range marks {
		marks[n] = math.Sqrt(marks[n] + 1)
		total += marks[n]
	}
	const even = .3 // the part of the width that all years share alike
	x, width := s.left, s.right-s.left
	days := float64(int64(s.last) - int64(s.first) + 1)
	s.breaks = []breakpoint{{s.first, x}}
	for n := range marks {
		begin, end := max(newYear(first+n), s.first), min(newYear(first+n+1), s.last+1)
		x += width * (even*float64(int64(end)-int64(begin))/days + (1-even)*marks[n]/total)
		s.breaks = append(s.breaks, breakpoint{end, x})
	}
	s.breaks[len(s.breaks)-1].x = s.right // whatever was lost in rounding
	return s
}

// axisText is the scale for programs: days of the epoch and where they begin.
func (s scale) axisText() string {
	breaks := s.breaks
	if len(breaks) < 2 {
		breaks = []breakpoint{{s.first, s.left}, {s.last + 1, s.right}}
	}
	var b strings.Builder
	for n, k := range breaks {
		if n > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d:%s", int64(k.day), number(k.x))
	}
	return b.String()
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
