package edtf_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Every day that can be written agrees with package time.
func TestDaysAgreeWithTime(t *testing.T) {
	clock := time.Date(-9999, 1, 1, 0, 0, 0, 0, time.UTC)
	for want := edtf.MinDay; want <= edtf.MaxDay; want++ {
		year, month, day := clock.Date()
		got, err := edtf.NewDay(year, month, day)
		if err != nil || got != want || edtf.DayOf(clock) != want {
			t.Fatalf("NewDay(%d, %d, %d) = %d, %v; want %d", year, month, day, got, err, want)
		}
		clock = clock.AddDate(0, 0, 1)
	}
	require.Equal(t, 10000, clock.Year())
}

func TestNewDayRefuses(t *testing.T) {
	for _, row := range []struct {
		year  int
		month time.Month
		day   int
		want  string
	}{
		{-10000, 1, 1, "edtf: year -10000 is outside -9999 to 9999"},
		{10000, 1, 1, "edtf: year 10000 is outside -9999 to 9999"},
		{2018, 0, 1, "edtf: there is no month 0"},
		{2018, 13, 1, "edtf: there is no month 13"},
		{2018, 2, 29, "edtf: 2018-02 has no day 29"},
		{2018, 4, 0, "edtf: 2018-04 has no day 0"},
	} {
		_, err := edtf.NewDay(row.year, row.month, row.day)
		assert.EqualError(t, err, row.want)
	}
}

func TestDayOfTakesTheDayAsWritten(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*60*60)
	at := time.Date(2024, 6, 15, 1, 0, 0, 0, tokyo) // still the 14th in UTC
	assert.Equal(t, edtf.MustDay("2024-06-15"), edtf.DayOf(at))
	assert.Equal(t, edtf.MustDay("2024-06-14"), edtf.DayOf(at.UTC()))
	assert.Equal(t, edtf.MustDay("1969-12-31"), edtf.DayOf(time.Unix(-1, 0).UTC()))
	assert.Equal(t, edtf.DistantFuture, edtf.DayOf(time.Unix(math.MaxInt64/4, 0)))
	assert.Equal(t, edtf.DistantPast, edtf.DayOf(time.Unix(math.MinInt64/4, 0)))
}

func TestDayString(t *testing.T) {
	assert.Equal(t, "1970-01-01", edtf.Day(0).String())
	assert.Equal(t, "-9999-01-01", edtf.MinDay.String())
	assert.Equal(t, "-0001-12-31", (edtf.MustDay("0000-01-01") - 1).String())
	assert.Equal(t, "-10000-12-31", (edtf.MinDay - 1).String())
	assert.Equal(t, "9999-12-31", edtf.MaxDay.String())
	assert.Equal(t, "10000-01-01", (edtf.MaxDay + 1).String())
	assert.Equal(t, "distant past", edtf.DistantPast.String())
	assert.Equal(t, "distant future", edtf.DistantFuture.String())
	assert.Equal(t, "2024-02-29", edtf.MustDay("2024-02-29").Date().String())
	assert.True(t, (edtf.MaxDay + 1).Date().IsZero())
	assert.True(t, edtf.DistantPast.Date().IsZero())
}
