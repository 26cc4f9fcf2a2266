package wikidata

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A moment is a time as Wikidata has it.
type moment struct {
	Time      string `json:"time"` // +2015-12-24T00:00:00Z; what is less exact than a day has zeroes
	Precision int    `json:"precision"`
	Before    int    `json:"before"` // how many units of the precision it may have been earlier
	After     int    `json:"after"`
	Calendar  string `json:"calendarmodel"`
}

// julian is the item of the Julian calendar.
const julian = "Q1985786"

var momentForm = regexp.MustCompile(`^([+-])([0-9]{1,16})-([0-9]{2})-([0-9]{2})T[0-9:]{8}Z$`)

// date returns the date of a snak that has a time.
func (s *snak) date() (edtf.Date, error) {
	var m moment
	if s.Value.Type != "time" || json.Unmarshal(s.Value.Value, &m) != nil {
		return edtf.Date{}, fmt.Errorf("it is no time")
	}
	p := momentForm.FindStringSubmatch(m.Time)
	if p == nil {
		return edtf.Date{}, fmt.Errorf("the time %q is not written as Wikidata does", m.Time)
	}
	year, _ := strconv.Atoi(p[2])
	month, _ := strconv.Atoi(p[3])
	day, _ := strconv.Atoi(p[4])
	if p[1] == "-" {
		year = 1 - year // 1 BC is the year 0
	}
	if m.Precision >= 10 && (month < 1 || month > 12) {
		return edtf.Date{}, fmt.Errorf("the time %q has no month %d", m.Time, month)
	}
	first, last, err := m.units(year, month, day)
	if err != nil {
		return edtf.Date{}, err
	}
	return m.between(first, last)
}

// A unit is a day, a month or a year, of the calendar that the time has.
type unit struct{ year, month, day int }

// units returns the first and the last of the units that a time may be, of days, months or years.
func (m *moment) units(year, month, day int) (first, last unit, err error) {
	switch m.Precision {
	case 11, 12, 13, 14: // a time of day is that of its day
		at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if m.Before == 0 && m.After == 0 || m.Precision > 11 {
			return unit{year, month, day}, unit{year, month, day}, nil
		}
		return unitOf(at.AddDate(0, 0, -m.Before)), unitOf(at.AddDate(0, 0, m.After)), nil
	case 10:
		return monthAfter(year, month, -m.Before), monthAfter(year, month, m.After), nil
	case 9:
		return unit{year: year - m.Before}, unit{year: year + m.After}, nil
	case 8, 7, 6:
		size := map[int]int{8: 10, 7: 100, 6: 1000}[m.Precision]
		from := startOf(year, size, m.Precision < 8)
		return unit{year: from - m.Before*size}, unit{year: from + size - 1 + m.After*size}, nil
	}
	return first, last, fmt.Errorf("precision %d is less than of a thousand years", m.Precision)
}

func unitOf(t time.Time) unit { return unit{t.Year(), int(t.Month()), t.Day()} }

func monthAfter(year, month, n int) unit {
	t := time.Date(year, time.Month(month)+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return unit{year: t.Year(), month: int(t.Month())}
}

// startOf returns the first year of the decade, century or thousand years of a year. The 20th century
// is 1901 to 2000, and the first before our era 100 to 1 BC; the 2010s are 2010 to 2019, and the 40s BC 49 to 40 BC.
func startOf(year, size int, ordinal bool) int {
	if ordinal {
		return floor(year-1, size)*size + 1
	}
	if year > 0 {
		return year / size * size
	}
	decade := (1 - year) / size * size // of years BC
	return 1 - (decade + size - 1)
}

// floor divides, rounding down.
func floor(n, size int) int {
	q := n / size
	if n%size < 0 {
		q--
	}
	return q
}

// between returns the date from a first to a last unit.
func (m *moment) between(first, last unit) (edtf.Date, error) {
	if len(m.Calendar) >= len(julian) && m.Calendar[len(m.Calendar)-len(julian):] == julian {
		return julianDate(first, last)
	}
	from, err := first.text()
	if err != nil || first == last {
		return parsed(from, err)
	}
	if first.year%10 == 0 && 0 < first.year && last == (unit{year: first.year + 9}) && last.year <= 9999 {
		return edtf.Parse(from[:3] + "X")
	}
	to, err := last.text()
	return parsed("["+from+".."+to+"]", err)
}

func parsed(text string, err error) (edtf.Date, error) {
	if err != nil {
		return edtf.Date{}, err
	}
	return edtf.Parse(text)
}

// text returns a unit as EDTF.
func (u unit) text() (string, error) {
	sign := ""
	year := u.year
	if year < 0 {
		sign, year = "-", -year
	}
	switch {
	case u.month == 0 && year > 9999:
		return "Y" + sign + strconv.Itoa(year), nil
	case year > 9999:
		return "", fmt.Errorf("a day of the year %d has no form in EDTF", u.year)
	case u.month == 0:
		return fmt.Sprintf("%s%04d", sign, year), nil
	case u.day == 0:
		return fmt.Sprintf("%s%04d-%02d", sign, year, u.month), nil
	}
	return fmt.Sprintf("%s%04d-%02d-%02d", sign, year, u.month, u.day), nil
}

// julianDate returns the days of our calendar from a first to a last unit of the Julian one.
func julianDate(first, last unit) (edtf.Date, error) {
	from, err := edtf.FromJulian(first.year, time.Month(max(1, first.month)), max(1, first.day))
	if err != nil {
		return edtf.Date{}, err
	}
	next := last // the unit behind it
	switch {
	case last.day > 0:
		to, err := edtf.FromJulian(last.year, time.Month(last.month), last.day)
		if err != nil {
			return edtf.Date{}, err
		}
		return edtf.Between(from, to), nil
	case last.month > 0:
		next = monthAfter(last.year, last.month, 1)
	default:
		next = unit{year: last.year + 1, month: 1}
	}
	after, err := edtf.FromJulian(next.year, time.Month(next.month), 1)
	if err != nil {
		return edtf.Date{}, err
	}
	return edtf.Between(from, after-1), nil
}
