package chart

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A tick is a day at which a line is drawn.
type tick struct {
	day   edtf.Day
	label string // may be empty
	major bool
}

// How much room a tick with a label takes at least, in pixels, and how far those
// without are apart.
const (
	yearRoom  = 42
	partRoom  = 30
	quietRoom = 9
)

// ticks returns the ticks of s: years, or some of them, and as there is room
// quarters, months or days between them.
func (s scale) ticks() []tick {
	if len(s.breaks) > 1 {
		return s.ticksOfYears()
	}
	step := s.years()
	if step > 1 {
		return s.every(step)
	}
	months, label := s.months()
	var all []tick
	for day := monthOf(s.first); day <= s.last; day = nextMonth(day) {
		y, m, _ := day.Civil()
		t := tick{day: day, major: m == time.January}
		switch {
		case t.major || day <= s.first && (months == 0 || s.x(newYear(y+1))-s.left > 2*yearRoom):
			t.major = true
			t.label = strconv.Itoa(y)
			if label && months == 1 && m != time.January {
				t.label = m.String()[:3] + " " + t.label
			}
		case months == 0 || (int(m)-1)%months != 0:
			continue
		case label && months == 3:
			t.label = "Q" + strconv.Itoa((int(m)+2)/3)
		case label:
			t.label = m.String()[:3]
		}
		if t.day >= s.first || t.major {
			all = append(all, t)
		}
	}
	all = append(all, s.singleDays()...)
	slices.SortStableFunc(all, func(a, b tick) int { return cmp.Compare(a.day, b.day) })
	return all
}

// ticksOfYears returns the ticks of a scale whose years differ in width: each year has
// its own between.
func (s scale) ticksOfYears() []tick {
	var all []tick
	for n, k := range s.breaks[:len(s.breaks)-1] {
		year, _, _ := k.day.Civil()
		all = append(all, tick{k.day, strconv.Itoa(year), true})
		next := s.breaks[n+1]
		part := scale{first: k.day, last: next.day - 1, left: k.x, right: next.x}
		months, label := part.months()
		for day := nextMonth(k.day); months > 0 && day < next.day; day = nextMonth(day) {
			_, m, _ := day.Civil()
			if (int(m)-1)%months != 0 {
				continue
			}
			t := tick{day: day}
			switch {
			case label && months == 3:
				t.label = "Q" + strconv.Itoa((int(m)+2)/3)
			case label:
				t.label = m.String()[:3]
			}
			all = append(all, t)
		}
	}
	return all
}

// years returns of how many years one has a label.
func (s scale) years() int {
	year := 365.25 * s.day()
	for step := 1; ; step *= 10 {
		for _, n := range []int{1, 2, 5} {
			if year*float64(n*step) >= yearRoom || n*step > 5000 {
				return n * step
			}
		}
	}
}

// every returns the years that can be divided by step.
func (s scale) every(step int) []tick {
	y, _, _ := s.first.Civil()
	var all []tick
	for y = (y + step - 1) / step * step; ; y += step {
		day := newYear(y)
		if day > s.last {
			return all
		}
		all = append(all, tick{day, strconv.Itoa(y), true})
	}
}

// months returns how many months there are from a tick to the next within a
// year, 0 if there is no room for any, and whether they have a label.
func (s scale) months() (step int, label bool) {
	month := 30.4 * s.day()
	switch {
	case month >= partRoom:
		return 1, true
	case 3*month >= partRoom:
		return 3, true
	case 3*month >= quietRoom:
		return 3, false
	}
	return 0, false
}

// singleDays returns days between the months, if there is room for them.
func (s scale) singleDays() []tick {
	step := 0
	for _, n := range []int{1, 5, 10} {
		if float64(n)*s.day() >= partRoom {
			step = n
			break
		}
	}
	if step == 0 {
		return nil
	}
	var all []tick
	for day := s.first; day <= s.last; day++ {
		_, _, d := day.Civil()
		if d > 1 && d < 30 && (d-1)%step == 0 && (step == 1 || d > 2) {
			all = append(all, tick{day: day, label: strconv.Itoa(d)})
		}
	}
	return all
}
