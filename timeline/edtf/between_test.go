package edtf_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestBetween(t *testing.T) {
	for _, row := range []struct{ first, last, want string }{
		{"2024-06-05", "2024-06-05", "2024-06-05"},
		{"2024-06-01", "2024-06-30", "2024-06"},
		{"2024-02-01", "2024-02-29", "2024-02"},
		{"2023-02-01", "2023-02-27", "[2023-02-01..2023-02-27]"},
		{"2024-04-01", "2024-06-30", "2024-34"},
		{"2024-10-01", "2024-12-31", "2024-36"},
		{"2024-01-01", "2024-12-31", "2024"},
		{"2024-01-01", "2025-12-31", "[2024-01-01..2025-12-31]"},
		{"2024-06-05", "2024-07-20", "[2024-06-05..2024-07-20]"},
		{"0000-01-01", "9999-12-31", "[0000-01-01..9999-12-31]"},
	} {
		got := edtf.Between(edtf.MustDay(row.first), edtf.MustDay(row.last))
		assert.Equal(t, row.want, got.String())
		assert.Equal(t, edtf.MustParse(row.want), got)
	}
	day := edtf.MustDay("2024-06-05")
	assert.Equal(t, "[..2024-06-05]", edtf.Between(edtf.DistantPast, day).String())
	assert.Equal(t, "[..2024-06-05]", edtf.Between(edtf.MinDay-1, day).String())
	assert.Equal(t, "[2024-06-05..]", edtf.Between(day, edtf.DistantFuture).String())
	assert.Zero(t, edtf.Between(day, day-1))
	assert.Zero(t, edtf.Between(edtf.DistantPast, edtf.DistantFuture))
	assert.Zero(t, edtf.Between(edtf.MaxDay+1, edtf.DistantFuture))
	assert.Zero(t, edtf.Between(edtf.DistantPast, edtf.MinDay-1))
}

// Whatever the form, the bounds are those that were given, and the text can
// be read again.
func TestBetweenKeepsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := edtf.Day(rapid.Int32Range(int32(edtf.MinDay), int32(edtf.MaxDay)).Draw(t, "first"))
		last := min(first+edtf.Day(rapid.IntRange(0, 800).Draw(t, "days")), edtf.MaxDay)
		d := edtf.Between(first, last)
		a, b := d.Bounds()
		if a != first || b != last || edtf.MustParse(d.String()) != d {
			t.Fatalf("%v from %v to %v", d, first, last)
		}
	})
}
