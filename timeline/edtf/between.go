package edtf

// Between returns one day from first to last, both in, in the shortest form that
// says so: a day, a month, a quarter, a year, else a set such as
// [2024-06-05..2024-07-20]. Before the year -9999 and after the year 9999 there is
// no bound. The zero Date is returned if last comes before first, and if
// neither has a bound.
func Between(first, last Day) Date {
	if first < MinDay {
		first = DistantPast
	}
	if last > MaxDay {
		last = DistantFuture
	}
	if last < first || first == DistantPast && last == DistantFuture || first > MaxDay || last < MinDay {
		return Date{}
	}
	if first != DistantPast && last != DistantFuture {
		year, month, _ := first.Civil()
		for _, p := range [...]point{
			newPoint(first.parts()), newPoint(year, int(month), 0), newPoint(year, 33+int(month-1)/3, 0), newPoint(year, 0, 0),
		} {
			if f, l := p.bounds(); f == first && l == last {
				return Date{a: p}
			}
		}
	}
	set, _ := setOf(ranges{{first, last}})
	return set
}

// parts returns the year, month and day of d as the parts of a point.
func (d Day) parts() (year, month, day int) {
	y, m, day := d.Civil()
	return y, int(m), day
}
