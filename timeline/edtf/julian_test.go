package edtf_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The Julian calendar has the days of the Gregorian one and one more in each hundredth year that
// is not a four hundredth, and both named alike the days from 1 March 200 to 28 February 300.
func TestFromJulianDayByDay(t *testing.T) {
	want, err := edtf.FromJulian(-9999, time.January, 1)
	require.NoError(t, err)
	for year := -9999; year <= 9999; year++ {
		for month := time.January; month <= time.December; month++ {
			length := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
			if month == time.February && year%4 == 0 {
				length++
			}
			for day := 1; day <= length; day++ {
				got, err := edtf.FromJulian(year, month, day)
				if err != nil || got != want {
					t.Fatalf("%d-%d-%d is %v, %v; want %v", year, month, day, got, err, want)
				}
				want++
			}
			_, err := edtf.FromJulian(year, month, length+1)
			require.Error(t, err)
		}
	}
	for julian, gregorian := range map[[3]int]string{
		{1582, 10, 5}: "1582-10-15", {1752, 9, 3}: "1752-09-14", {1917, 10, 25}: "1917-11-07", {200, 3, 1}: "0200-03-01", {300, 2, 28}: "0300-02-28", {-43, 3, 15}: "-0043-03-13",
	} {
		got, err := edtf.FromJulian(julian[0], time.Month(julian[1]), julian[2])
		require.NoError(t, err)
		assert.Equal(t, gregorian, got.String())
	}
	for _, wrong := range [][3]int{{2018, 0, 1}, {2018, 13, 1}, {2018, 4, 0}, {10000, 1, 1}, {-10000, 1, 1}} {
		_, err := edtf.FromJulian(wrong[0], time.Month(wrong[1]), wrong[2])
		require.Error(t, err)
	}
}

func TestEnglishInTheJulianCalendar(t *testing.T) {
	for text, want := range map[string]string{
		"25 October 1917 O.S.": "1917-11-07", "25 October 1917 (Julian)": "1917-11-07", "October 25, 1917, old style": "1917-11-07",
		"about 25 October 1917 Julian": "1917-11-07~", "October 1917 (old style)": "[1917-10-14..1917-11-13]", "1917 OS": "[1917-01-14..1918-01-13]",
		"29 February 1700 OS": "1700-03-11", "February 29, 1700 (Julian)": "1700-03-11", "until 25 October 1917 OS": "../1917-11-07", "14 October 1917 OS to 25 October 1917 OS": "1917-10-27/1917-11-07",
		"15 March 44 BC (Julian)": "-0043-03-13",
	} {
		d, err := edtf.ParseEnglish(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.String(), text)
	}
	for _, text := range []string{"5 to 25 October 1917 OS", "5 or 25 October 1917 OS", "between 5 October 1917 and 25 October 1917 OS", "5 October 1917 OS to 25 October 1917"} {
		_, err := edtf.ParseEnglish(text)
		require.ErrorContains(t, err, "one of two dates is told in the Julian calendar: say it of both, or of none", text)
	}
	for _, text := range []string{"30 February 1700 OS", "29 February 1701 OS", "29 February 1700", "spring 1917 OS", "the 1910s (Julian)", "31 December 9999 OS"} {
		_, err := edtf.ParseEnglish(text)
		require.Error(t, err, text)
	}
}
