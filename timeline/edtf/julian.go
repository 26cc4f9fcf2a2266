package edtf

import (
	"fmt"
	"time"
)

// FromJulian returns the day that a date of the Julian calendar is, as Russia wrote dates until
// 1918 and England until 1752: the 25th of October 1917 is 1917-11-07. Years are counted as in
// EDTF, with a year 0 before the year 1, and begin in January. It refuses days that the Julian calendar
// does not have, and years outside -9999 to 9999.
func FromJulian(year int, month time.Month, day int) (Day, error) {
	switch {
	case year < -9999 || year > 9999:
		return 0, fmt.Errorf("edtf: year %d is outside -9999 to 9999", year)
	case month < time.January || month > time.December:
		return 0, fmt.Errorf("edtf: there is no month %d", int(month))
	case day < 1 || day > daysInJulian(year, int(month)):
		return 0, fmt.Errorf("edtf: %04d-%02d has no day %d in the Julian calendar", year, int(month), day)
	}
	return julian(year, int(month), day), nil
}

// daysInJulian returns the number of days in a month of the Julian calendar, in which every
// fourth year is a leap year.
func daysInJulian(year, month int) int {
	if month == 2 && floorDiv(year, 4)*4 == year {
		return 29
	}
	return daysIn(1, month) // of a common year
}

// julian returns the day number of a Julian date that exists, counted as civil does.
func julian(year, month, day int) Day {
	if month <= 2 {
		year--
		month += 12
	}
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	return Day(365*year + floorDiv(year, 4) + dayOfYear - 719470)
}

// fromJulian returns the days of m, which was told in the Julian calendar.
func (m moment) fromJulian() moment {
	first, last := m.from.julianBounds()
	if m.to != 0 {
		_, last = m.to.julianBounds()
	}
	if first == DistantPast || last == DistantPast {
		return moment{}
	}
	told := days(first, last).single()
	told.julian = true
	return told.marked(m.from.qualifier() | m.to.qualifier())
}

// julianBounds returns the bounds of p in the Julian calendar, or the distant past if it is no
// year, month or day.
func (p point) julianBounds() (first, last Day) {
	year, month, day := p.year(), p.sub(), p.day()
	if p.form() != formCalendar || p.significant() != 0 {
		return DistantPast, DistantPast
	}
	switch p.precision() {
	case PrecisionYear:
		return julian(year, 1, 1), julian(year, 12, 31)
	case PrecisionMonth:
		return julian(year, month, 1), julian(year, month, daysInJulian(year, month))
	case PrecisionDay:
		return julian(year, month, day), julian(year, month, day)
	}
	return DistantPast, DistantPast
}
