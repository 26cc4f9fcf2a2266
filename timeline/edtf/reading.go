package edtf

// A Reading is how English is read where it has several meanings. The zero Reading
// refuses that.
type Reading struct {
	Figures FigureOrder // of a date in figures, such as 5/11/2020
	Seasons Hemisphere  // of a season, such as spring 2019
	// FiscalStart is the month in which fiscal years begin, 1 to 12. A fiscal year has the number
	// of the year in which it ends: with 4, FY2024 is [2023-04..2024-03].
	FiscalStart int
	// Told is the day on which it was written, for words such as "last month".
	Told Date
	// OneDay says that the date is that of an event, which happens on one day: "until 1471" is a day up
	// to then, [..1471], and "2018 to 2021" one between them. What is written in EDTF stays as it is.
	OneDay bool
}

// A FigureOrder is what comes first in a date in figures that ends with its year.
type FigureOrder uint8

// The orders of dates in figures.
const (
	FiguresRefused FigureOrder = iota // 5/11/2020 has two meanings
	DayFirst                          // 5 November 2020
	MonthFirst                        // 11 May 2020
)

// A Hemisphere is where a season was, if it does not say so itself.
type Hemisphere uint8

// The hemispheres. The codes 21 to 24 are read as northern seasons, and stay as they are
// written; a southern spring is 2018-29.
const (
	Northern Hemisphere = iota
	Southern
)

// Parse reads a date as [ParseEnglish] does, and what has several meanings as r says:
// with an order of figures, 5/11/2020, 5.11.2020 and 5-11-2020; with southern seasons,
// spring 2019, and 2019-21, as 2019-29.
func (r Reading) Parse(s string) (Date, error) {
	d, isEDTF, err := r.parse(s)
	if err != nil {
		return Date{}, err
	}
	if r.Seasons == Southern {
		if d, err = d.southern(); err != nil {
			return Date{}, &ParseError{Input: s, Reason: "of southern seasons, " + err.(*ParseError).Reason}
		}
	}
	if r.OneDay && !isEDTF && d.Kind() == Span {
		return d.oneDay(s)
	}
	return d, nil
}

// oneDay returns the span d, which was read from text, as one of its days.
func (d Date) oneDay(text string) (Date, error) {
	first, last := d.a.withoutTime(), d.b.withoutTime()
	var member string
	switch {
	case first == 0:
		member = ".." + string(last.append(nil))
	case last == 0:
		member = string(first.append(nil)) + ".."
	default:
		member = rangeOf(first, last)
	}
	set, err := Parse("[" + member + "]")
	if err != nil {
		return Date{}, &ParseError{Input: text, Reason: "as one day of it, " + err.(*ParseError).Reason}
	}
	return set, nil
}
