package answer

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The days of a calendar are all those that are the first of their kind.
func TestCalendarDays(t *testing.T) {
	for _, name := range []string{"../../seeds/testdata/article.json", "../terminal/testdata/own.json", "../../examples/histories/saab.json", ""} {
		h, err := Place{File: name}.Load(t.Context())
		require.NoError(t, err)
		c := CalendarOf(h.File.Timeline)
		begin, end := c.Bounds[0], c.Bounds[len(c.Bounds)-1]
		for _, r := range [][2]edtf.Day{{begin, end}, {begin - 100, end + 50}, {begin + 400, end - 400}, {end - 10, end + 9}, {begin - 9, begin - 5}, {end + 5, end + 30}} {
			want := []edtf.Day{r[0]}
			for day := r[0] + 1; day <= r[1]; day++ {
				if day >= begin && c.First(day) == day {
					want = append(want, day)
				}
			}
			assert.Equal(t, want, c.Days(r[0], r[1]), "%s: %v", name, r)
		}
	}
}
