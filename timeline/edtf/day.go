package edtf

import (
	"fmt"
	"math"
	"time"
)

// A Day is a calendar day: the number of days since 1970-01-01 in the
// proleptic Gregorian calendar, without a time zone. The zero value is
// 1970-01-01. Days are compared with < and ==, and d+1 is the day after d.
type Day int32

// The days that can be written down, and the two that bound what has no bound.
const (
	MinDay Day = -4371587 // -9999-01-01
	MaxDay Day = 2932896  // 9999-12-31

	DistantPast   Day = math.MinInt32 // before every day
	DistantFuture Day = math.MaxInt32 // after every day
)

// NewDay returns the given day. It refuses days that the calendar does not
// have and years outside -9999 to 9999, with an error that is no [*ParseError]: there is
// no text to point into. The year before 1 is 0.
func NewDay(year int, month time.Month, day int) (Day, error) {
	switch {
	case year < -9999 || year > 9999:
		return 0, fmt.Errorf("edtf: year %d is outside -9999 to 9999", year)
	case month < time.January || month > time.December:
		return 0, fmt.Errorf("edtf: there is no month %d", int(month))
	case day < 1 || day > daysIn(year, int(month)):
		return 0, fmt.Errorf("edtf: %04d-%02d has no day %d", year, int(month), day)
	}
	return civil(year, int(month), day), nil
}

// DayOf returns the calendar day of t as it is written in t's own location.
// A time more than five million years away becomes [DistantPast] or
// [DistantFuture].
func DayOf(t time.Time) Day {
	year, month, day := t.Date()
	n := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
	return Day(min(max(n, int64(DistantPast)), int64(DistantFuture)))
}

const secondsPerDay = 24 * 60 * 60

// ParseDay reads a day written YYYY-MM-DD. Its error is a [*ParseError].
func ParseDay(s string) (Day, error) {
	d, err := Parse(s)
	if err != nil {
		return 0, err
	}
	if d.Kind() != Window || !d.a.isPlainDay() {
		return 0, &ParseError{Input: s, Reason: "not a plain day such as 2018-03-15"}
	}
	return d.Earliest(), nil
}

// MustDay is [ParseDay] for days written in a program. It panics if s is not
// a day.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Civil returns the year, month and day of d.
func (d Day) Civil() (year int, month time.Month, day int) {
	return d.Time().Date()
}

// Time returns midnight UTC at the start of d.
func (d Day) Time() time.Time {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC()
}

// Next returns the day after d. None comes after [DistantFuture].
func (d Day) Next() Day { return min(d, DistantFuture-1) + 1 }

// Date returns d as a [Date] of one day. A day outside the years -9999 to 9999 gives the
// zero Date.
func (d Day) Date() Date {
	if d < MinDay || d > MaxDay {
		return Date{}
	}
	return Date{a: newPoint(d.parts())}
}

// String returns d as YYYY-MM-DD, or "distant past" and "distant future".
// Years past 9999 have more digits and years before 0000 a sign.
func (d Day) String() string {
	switch d {
	case DistantPast:
		return "distant past"
	case DistantFuture:
		return "distant future"
	}
	year, month, day := d.Civil()
	if year < 0 {
		return fmt.Sprintf("-%04d-%02d-%02d", -year, month, day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// civil returns the day number of a date that exists. The year may be 10000.
// Counting years from March puts the leap day last, so that the days before a
// month depend on the month alone.
func civil(year, month, day int) Day {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Day(era*146097 + dayOfEra - 719468)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// daysIn returns the number of days in a month from 1 to 12.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
