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
	"33": {1, 2, 3}, "34": {4, 5, 6}, "35": {7, 8, 9}, "36": {10, 11, 12},
	"37": {1, 2, 3, 4}, "38": {5, 6, 7, 8}, "39": {9, 10, 11, 12},
	"40": {1, 2, 3, 4, 5, 6}, "41": {7, 8, 9, 10, 11, 12},
}

// fits reports whether day is one of those that the text of a window may mean.
func fits(text string, day edtf.Day) bool {
	parts := strings.Split(strings.TrimRight(text, "?~%"), "-")
	year, month, dom := day.Civil()
	if len(parts) == 2 && monthsOf[parts[1]] != nil {
		n, _ := strconv.Atoi(parts[0])
		return slices.Contains(monthsOf[parts[1]], int(month)+12*(year-n))
	}
	own := []string{pad(year, 4), pad(int(month), 2), pad(dom, 2)}
	for i, part := range parts {
		for j := range part {
			if part[j] != 'X' && part[j] != own[i][j] {
				return false
			}
		}
	}
	return year >= 0 && year <= 9999
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
