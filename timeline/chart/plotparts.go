package chart

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// bars draws each step as a bar from 0 to its value.
func (d *plotting) bars() {
	for n := range d.plot.Series {
		s := &d.plot.Series[n]
		d.open("g", "role", "group", "aria-label", oneLine(s.Title), "class", s.class(n))
		for i := range s.Steps {
			values := finite(&s.Steps[i])
			x0, x1 := d.reach(s, i)
			if len(values) == 0 || x1 <= x0 {
				continue
			}
			closing := d.openStep(&s.Steps[i], values[0])
			class := "part"
			if s.Steps[i].Uncertain || len(values) > 1 {
				class = "part maybe"
			}
			gap := min(1, (x1-x0)/4)
			top, bottom := d.y(max(values[0], 0)), d.y(min(values[0], 0))
			d.empty("rect", "class", class, "x", x0+gap/2, "y", top, "width", x1-x0-gap, "height", bottom-top)
			d.close(closing)
		}
		d.close("g")
	}
}

// reach returns from where to where step i of a series is drawn: from the day on which
// it certainly was so.
func (d *plotting) reach(s *Series, i int) (x0, x1 float64) {
	first, last := s.days(i)
	if d.scale.known {
		last = min(last, d.scale.end+1)
	}
	return d.scale.clamp(d.scale.x(first)), d.scale.clamp(d.scale.x(last))
}

// days returns the first day of step i, and the one after its last.
func (s *Series) days(i int) (first, end edtf.Day) {
	_, first = bounds(s.Steps[i].From, edtf.DistantPast)
	end = edtf.DistantFuture
	if i+1 < len(s.Steps) {
		_, end = bounds(s.Steps[i+1].From, edtf.DistantFuture)
	}
	return first, end
}

// at returns the value of a series on a day, 0 if there is none, and the number of the
// step.
func (s *Series) at(day edtf.Day) (value float64, step int) {
	for i := range s.Steps {
		if first, end := s.days(i); first <= day && day < end {
			if values := finite(&s.Steps[i]); len(values) > 0 {
				return max(values[0], 0), i
			}
			return 0, i
		}
	}
	return 0, -1
}

// stack draws the series on top of each other up to 100, and what is not recorded.
func (d *plotting) stack() {
	d.open("pattern", "id", d.prefix+"missing", "width", "6", "height", "6", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)")
	d.empty("path", "d", "M0 3H6", "class", "missing")
	d.close("pattern")
	cuts := d.cuts()
	base := make([]float64, len(cuts))
	for n := range d.plot.Series {
		s := &d.plot.Series[n]
		d.open("g", "role", "group", "aria-label", oneLine(s.Title), "class", s.class(n))
		for i := range s.Steps {
			values := finite(&s.Steps[i])
			if len(values) == 0 || values[0] <= 0 {
				continue
			}
			closing := d.openStep(&s.Steps[i], values[0])
			for c := 0; c+1 < len(cuts); c++ {
				if value, step := s.at(cuts[c]); step == i {
					d.part(cuts[c], cuts[c+1], base[c], value, s.Steps[i].Uncertain || len(values) > 1)
					base[c] += value
				}
			}
			d.close(closing)
		}
		d.close("g")
	}
	for c := 0; c+1 < len(cuts); c++ {
		if base[c] < 100 {
			x0, x1 := d.scale.clamp(d.scale.x(cuts[c])), d.scale.clamp(d.scale.x(cuts[c+1]))
			d.rect("unrecorded", box{x0, x1, d.y(100), d.y(base[c]) - d.y(100)}, "fill", d.ref("missing"))
		}
	}
}

// part draws a value from one day to another on top of others.
func (d *plotting) part(first, end edtf.Day, base, value float64, maybe bool) {
	top := min(base+value, 100)
	if top <= base {
		return
	}
	class := "part"
	if maybe {
		class = "part maybe"
	}
	d.rect(class, box{d.scale.clamp(d.scale.x(first)), d.scale.clamp(d.scale.x(end)), d.y(top), d.y(base) - d.y(top)})
}

// cuts returns the days on which anything changes, within what is drawn.
func (d *plotting) cuts() []edtf.Day {
	first, last := d.scale.first, d.scale.last+1
	if d.scale.known {
		last = max(min(last, d.scale.end+1), first)
	}
	cuts := []edtf.Day{first, last}
	for n := range d.plot.Series {
		s := &d.plot.Series[n]
		for i := range s.Steps {
			if day, _ := s.days(i); first < day && day < last {
				cuts = append(cuts, day)
			}
		}
	}
	slices.SortFunc(cuts, func(a, b edtf.Day) int { return cmp.Compare(a, b) })
	return slices.Compact(cuts)
}
