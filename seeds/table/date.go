package table

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A dateReader reads the dates of a table.
type dateReader struct {
	Cells
	reading edtf.Reading
}

// date reads a date. It returns a remark if it is not what stands in the cell.
func (c *dateReader) date(text string) (d edtf.Date, remark string, err error) {
	text = strings.TrimSpace(text)
	for _, midnight := range []string{" 00:00:00", " 00:00"} {
		text = strings.TrimSuffix(text, midnight)
	}
	switch n, isNumber := dayNumber(text); {
	case isNumber:
		return c.ofNumber(n)
	case noDate.MatchString(text):
		return edtf.Date{}, "", fmt.Errorf("%q is how a program writes that there is no date; if it tells nothing, say so with the untold words", text)
	case isSeason(text):
		return edtf.Date{}, "", fmt.Errorf("%q has two meanings; write %s/%s%s for the two years, or the season in words", text, text[:4], text[:2], text[5:])
	}
	if d, err = c.reading.Parse(text); err != nil {
		return edtf.Date{}, "", err
	}
	year := c.yearShown(d)
	switch {
	case year == 0 || c.YearsAsDays == "days":
		return d, "", nil
	case c.YearsAsDays == "years":
		return edtf.MustParse(strconv.Itoa(year)), fmt.Sprintf("%q is read as the year %d", text, year), nil
	}
	return edtf.Date{}, "", fmt.Errorf("%q is how a spreadsheet shows the year %d in a column of days; yearsAsDays says whether it is the year or the day", text, year)
}

// base returns the day 0 of a spreadsheet. Those that count from 1900 have a 29 February of
// that year, so that from March on it is as if they began a day earlier.
func (c *dateReader) base() edtf.Day {
	if c.DayNumbers == "1904" {
		return edtf.MustDay("1904-01-01")
	}
	return edtf.MustDay("1899-12-30")
}

// yearShown returns the year that a spreadsheet shows as the day d, or 0 if it is a day like
// others.
func (c *dateReader) yearShown(d edtf.Date) int {
	if d.Precision() != edtf.PrecisionDay || d.Earliest() != d.Latest() {
		return 0
	}
	if n := int(d.Latest() - c.base()); 1800 <= n && n < 2200 {
		return n
	}
	return 0
}

// dayNumber returns a number that a spreadsheet may have saved in place of a date.
func dayNumber(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) == 5 && text[0] != '-' && text[0] != '+'
}

// noDate is what databases and spreadsheets have where there is no date.
var noDate = regexp.MustCompile(`^(0000.*|[0-9]{4}-00.*|[0-9]{4}-[0-9]{2}-00)$`)

// isSeason reports whether a text that EDTF has for a season or another part of a year may as well be the years from
// one to another, as 2020-21 and 1914-39. A quarter, as 2019-34, is one if the years would be many.
func isSeason(text string) bool {
	if len(text) != 7 || text[4] != '-' {
		return false
	}
	year, err := strconv.Atoi(text[2:4])
	next, err2 := strconv.Atoi(text[5:])
	switch {
	case err != nil || err2 != nil || next <= year:
		return false
	case next == year+1:
		return next > 12 // and no month
	case next >= firstQuarter && next <= lastQuarter:
		return next-year <= fewYears
	}
	return next >= firstPart && next <= lastPart
}

// The codes that EDTF has for parts of a year, and those of quarters among them.
const (
	firstPart, lastPart       = 21, 41
	firstQuarter, lastQuarter = 33, 36

	fewYears = 10
)

func (c *dateReader) ofNumber(n int) (d edtf.Date, remark string, err error) {
	day := c.base() + edtf.Day(n)
	if c.DayNumbers == "" {
		return edtf.Date{}, "", fmt.Errorf("%d is how a spreadsheet saves %s as a number; dayNumbers says from which year it counts", n, edtf.Between(day, day).English())
	}
	return edtf.Between(day, day), "", nil
}

// figures is a date in figures that ends with its year.
var figures = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}$`)

// orderOf says what the other dates of a column show of the order of those that have two
// meanings.
func orderOf(rows []row, column int) string {
	dayFirst, monthFirst := 0, 0
	for _, r := range rows {
		m := figures.FindStringSubmatch(strings.TrimSpace(r.cells[column]))
		switch {
		case m == nil:
		case len(m[1]) == 2 && m[1] > "12":
			dayFirst++
		case len(m[2]) == 2 && m[2] > "12":
			monthFirst++
		}
	}
	switch {
	case dayFirst > 0 && monthFirst > 0:
		return fmt.Sprintf("; of the other dates of the column %d can only have the day first, and %d the month", dayFirst, monthFirst)
	case dayFirst > 0:
		return fmt.Sprintf("; %d of the other dates of the column can only have the day first, and none the month", dayFirst)
	case monthFirst > 0:
		return fmt.Sprintf("; %d of the other dates of the column can only have the month first, and none the day", monthFirst)
	}
	return ""
}
