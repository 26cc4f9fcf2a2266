package edtf_test

import (
	"slices"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The slow, obvious model: a window stands for the days whose own text fits
// its text, tried day by day.

// monthsOf lists the months of each sub-year code; 13 and 14 are those of the
// next year.
var monthsOf = map[string][]int{
	"21": {3, 4, 5}, "22": {6, 7, 8}, "23": {9, 10, 11}, "24": {12, 13, 14},
	"25": {3, 4, 5}, "26": {6, 7, 8}, "27": {9, 10, 11}, "28": {12, 13, 14},
	"29": {9, 10, 11}, "30": {12, 13, 14}, "31": {3, 4, 5}, "32": {6, 7, 8},
	"33": {1, 2, 3}, "34": {4, 5, 6}, "35": {7, 8, 9}, "36": {10, 11, 12},
	"37": {1, 2, 3, 4}, "38": {5, 6, 7, 8}, "39": {9, 10, 11, 12},
	"40": {1, 2, 3, 4, 5, 6}, "41": {7, 8, 9, 10, 11, 12},
}

// fits reports whether day is one of those that the text of a window may mean, which has no
// Y. Marks and times of day do not matter, and of a year only the significant digits.
func fits(text string, day edtf.Day) bool {
	text = strings.NewReplacer("?", "", "~", "", "%", "").Replace(text)
	text, _, _ = strings.Cut(text, "T")
	if year, n, ok := strings.Cut(text, "S"); ok {
		end := len(year) - 4 + int(n[0]-'0')
		text = year[:end] + strings.Repeat("X", len(year)-end)
	}
	year, month, dom := day.Civil()
	text, negative := strings.CutPrefix(text, "-")
	parts := strings.Split(text, "-")
	if len(parts) == 2 && monthsOf[parts[1]] != nil {
		for y := year - 1; y <= year; y++ { // the months of a part of the year before may be in this one
			if fitsYear(parts[0], negative, y) && slices.Contains(monthsOf[parts[1]], int(month)+12*(year-y)) {
				return true
			}
		}
		return false
	}
	own := []string{"", pad(int(month), 2), pad(dom, 2)}
	for i, part := range parts[1:] {
		if !fitsDigits(part, own[i+1]) {
			return false
		}
	}
	return fitsYear(parts[0], negative, year)
}

// fitsYear reports whether a year has the digits, and the minus.
func fitsYear(digits string, negative bool, year int) bool {
	if negative {
		year = -year
		return year > 0 && year <= 9999 && fitsDigits(digits, pad(year, 4))
	}
	return year >= 0 && year <= 9999 && fitsDigits(digits, pad(year, 4))
}

func fitsDigits(digits, own string) bool {
	for i := range digits {
		if digits[i] != 'X' && digits[i] != own[i] {
			return false
		}
	}
	return true
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

// days lists the days within [from, to] that the text of a window may mean.
func days(text string, from, to edtf.Day) []edtf.Day {
	var out []edtf.Day
	for d := from; d <= to; d++ {
		if fits(text, d) {
			out = append(out, d)
		}
	}
	return out
}
