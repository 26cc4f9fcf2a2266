package edtf

// relative reads a date that depends on the day on which it was written: "last month", "yesterday".
func (e *english) relative() (moment, bool, fault) {
	start, first := e.i, e.at(e.i)
	if by, ok := map[string]Day{"yesterday": -1, "today": 0, "tomorrow": 1}[first]; ok {
		e.i++
		told, f := e.told(start)
		return days(told+by, told+by).single(), true, f
	}
	by, ok := map[string]int{"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[first]
	unit := e.at(e.i + 1)
	if !ok || unit != "year" && unit != "month" && unit != "week" && unit != "quarter" {
		return moment{}, false, fault{}
	}
	if unit == "quarter" && (e.at(e.i+2) == "of" || isYear(e.at(e.i+2))) {
		return moment{}, false, fault{} // the last one of a year
	}
	e.i += 2
	told, f := e.told(start)
	if f.reason != "" {
		return moment{}, true, f
	}
	year, month, _ := told.parts()
	switch unit {
	case "year":
		return monthsFrom(year+by, 1, 12), true, fault{}
	case "month":
		return monthsFrom(year, month+by, 1), true, fault{}
	case "quarter":
		return monthsFrom(year, 1+3*((month-1)/3+by), 3), true, fault{}
	}
	monday := told - Day((told.Time().Weekday()+6)%7) + Day(7*by)
	return days(monday, monday+6), true, fault{}
}

// single returns a range of one window as that.
func (m moment) single() moment {
	if m.from == m.to {
		m.to = 0
	}
	return m
}

// told returns the day on which the text was written.
func (e *english) told(start int) (Day, fault) {
	first, last := e.Told.Bounds()
	if first != last {
		return 0, e.fault(start, "%q depends on the day it was written: write a date", e.at(start))
	}
	return first, fault{}
}
