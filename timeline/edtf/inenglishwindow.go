package edtf

import (
	"fmt"
	"math/bits"
	"strings"
	"time"
)

// english returns a window in English, with its marks.
func (p point) english() string {
	text := p.plainEnglish()
	if p.qualifier()&approximate != 0 {
		text = "about " + text
	}
	if p.qualifier()&uncertain != 0 {
		text = "perhaps " + text
	}
	return text
}

func (p point) plainEnglish() string {
	if p.form() == formLong {
		if p = p.canonicalLong(); p.form() == formLong {
			return p.longEnglish()
		}
	}
	year, isKnown := p.yearEnglish()
	ofYear := " of " + year
	if isKnown {
		ofYear = " " + year
	}
	switch sub := p.sub(); {
	case sub == 0:
		if decade, ok := strings.CutPrefix(year, "some year of the "); ok {
			return "the " + decade
		}
		return year
	case p.isPartOfYear():
		return p.partEnglish(year, isKnown)
	case sub == unspecified && (p.day() == 0 || p.day() == unspecified):
		return map[bool]string{true: "some day of ", false: "some month of "}[p.day() == unspecified] + year
	}
	month, isNamed := p.monthEnglish(year, ofYear)
	day, isOne := p.dayEnglish()
	switch {
	case day == "":
		return month
	case isOne && isNamed:
		return day + " " + month
	case isOne:
		return "the " + withOrdinal(day) + " of " + month
	case p.day() != unspecified && isNamed:
		return "some day of " + day + " " + month
	case p.day() != unspecified:
		return "some day of " + day + " in " + month
	}
	return "some day in " + month
}

// monthEnglish returns "May 2020", or "some month of October-December 2020", and whether it is one month.
func (p point) monthEnglish(year, ofYear string) (text string, isOne bool) {
	if p.sub() == unspecified {
		return "some month of " + year, false
	}
	text, isOne = listEnglish(uint32(monthsOf(p.sub())), func(n int) string { return time.Month(n).String() })
	if !isOne {
		text = "some month of " + text
	}
	return text + ofYear, isOne
}

// dayEnglish returns "25", "20-29" or "5/15/25", and whether it is one day. It is "" if there is no day.
func (p point) dayEnglish() (text string, isOne bool) {
	switch p.day() {
	case 0:
		return "", false
	case unspecified:
		return "any", false
	}
	return listEnglish(daysOf(p.day())&p.longestMonth(), func(n int) string { return fmt.Sprint(n) })
}

// longestMonth returns the days that the months of p may have, as bits.
func (p point) longestMonth() (days uint32) {
	for month := 1; month <= 12; month++ {
		if monthsOf(p.sub())>>month&1 == 1 {
			days |= 1<<(daysIn(2000, month)+1) - 1
		}
	}
	return days
}

// listEnglish returns "October-December" for numbers without a gap, "January/November" for others, which
// are given as bits, and whether it is one.
func listEnglish(numbers uint32, name func(int) string) (text string, isOne bool) {
	first, last := bits.TrailingZeros32(numbers), bits.Len32(numbers)-1
	switch count := bits.OnesCount32(numbers); {
	case count == 1:
		return name(first), true
	case count == last-first+1:
		return name(first) + "-" + name(last), false
	}
	var names []string
	for n := first; n <= last; n++ {
		if numbers>>n&1 == 1 {
			names = append(names, name(n))
		}
	}
	return strings.Join(names, "/"), false
}

// withOrdinal returns "1st", "22nd", "13th".
func withOrdinal(day string) string {
	end := "th"
	if len(day) == 1 || day[0] != '1' {
		switch day[len(day)-1] {
		case '1':
			end = "st"
		case '2':
			end = "nd"
		case '3':
			end = "rd"
		}
	}
	return day + end
}

// partEnglish returns "Q1 2024", "winter 2019-20", "the first half of 2018".
func (p point) partEnglish(year string, isKnown bool) string {
	name := partEnglish[p.sub()]
	switch start, _ := subYear(p.sub()); {
	case start == 12 && isKnown && p&minus == 0:
		return fmt.Sprintf("%s %04d-%02d", name, p.year(), (p.year()+1)%100)
	case start == 12:
		return "the " + name + " that began in " + year
	case !isKnown || p.sub() >= 37:
		return name + " of " + year
	}
	return name + " " + year
}

// partEnglish are the words for the codes of parts of a year.
var partEnglish = map[int]string{
	21: "spring", 22: "summer", 23: "autumn", 24: "winter",
	25: "northern spring", 26: "northern summer", 27: "northern autumn", 28: "northern winter",
	29: "southern spring", 30: "southern summer", 31: "southern autumn", 32: "southern winter",
	33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4",
	37: "the first third", 38: "the second third", 39: "the third third",
	40: "the first half", 41: "the second half",
}

// yearEnglish returns the year of p, and whether it is known: "2018", "44 BC"; "some year of the 1560s". The
// year before 1 is 0 in EDTF, and 1 BC in English.
func (p point) yearEnglish() (text string, isKnown bool) {
	low, bc := p.digits(), p&minus != 0
	lost := 0
	if p.form() == formCalendar {
		lost = p.lostDigits()
	}
	switch {
	case lost == 0 && bc:
		return fmt.Sprintf("%d BC", low+1), true
	case lost == 0:
		return fmt.Sprintf("%04d", low), true
	case lost < 0:
		return "some year with the digits " + string((p & (1<<23 - 1)).append(nil)), false
	case p.significant() > 0:
		return fmt.Sprintf("%s, estimated at %s", yearsEnglish(int64(low), lost, bc), yearNumber(int64(low), bc)), false
	case lost == 1 && !bc && low/10%10 != 0:
		return fmt.Sprintf("some year of the %04ds", low), false
	}
	return yearsEnglish(int64(low), lost, bc), false
}

// longEnglish returns "the year 170,000,002", and with an exponent "the year 17×10^20".
func (p point) longEnglish() string {
	year, bc, lost := p.mantissa(), p&longMinus != 0, p.longLostDigits()
	switch {
	case p&longExponent != 0:
		text := fmt.Sprintf("the year %s%d×10^%d", map[bool]string{true: "-"}[bc], year, p.exponent())
		if n := p.longSignificant(); n > 0 {
			text += fmt.Sprintf(" to %d significant digits", n)
		}
		return text
	case lost > 0:
		return fmt.Sprintf("%s, estimated at %s", yearsEnglish(year, lost, bc), yearNumber(year, bc))
	}
	return "the year " + yearNumber(year, bc)
}

// yearsEnglish returns "some year of 1900-1999", the years that have the digits of one but for the
// last ones.
func yearsEnglish(year int64, lost int, bc bool) string {
	unit := int64(1)
	for range lost {
		unit *= 10
	}
	low := year - year%unit
	high := low + unit - 1
	if bc {
		low, high = high, max(low, 1)
	}
	first, _, _ := strings.Cut(yearNumber(low, bc), " ")
	return "some year of " + first + "-" + yearNumber(high, bc)
}

// yearNumber returns a year, given without its minus: "0079", "170,000,002", "45 BC".
func yearNumber(year int64, bc bool) string {
	end, text := "", fmt.Sprintf("%04d", year)
	if bc {
		end, text = " BC", fmt.Sprint(year+1)
	}
	if len(text) > 5 || len(text) == 5 && !bc {
		for at := len(text) - 3; at > 0; at -= 3 {
			text = text[:at] + "," + text[at:]
		}
	}
	return text + end
}
