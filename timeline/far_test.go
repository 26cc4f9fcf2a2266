package timeline_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Events of years that a day can hardly be written of, and of such that it does not reach, and
// of days with gaps between them, are events as others are.
func TestFarYears(t *testing.T) {
	line := newBox(t, event(1, "Y-17E7", "a", 1), event(2, "-0043-03-15", "a", 2), event(3, "156X-12-25", "a", 3), event(4, "Y12018", "a", 4), event(5, "Y17E7", "a", 5))
	for on, want := range map[edtf.Day]string{
		edtf.MustParse("-9000").Earliest():    "1",
		edtf.MustDay("-0043-03-14"):           "1",
		edtf.MustDay("-0043-03-15"):           "2",
		edtf.MustDay("1560-12-25"):            "2 or 3",
		edtf.MustDay("1565-06-01"):            "2 or 3",
		edtf.MustDay("1569-12-25"):            "3",
		edtf.MaxDay:                           "3",
		edtf.MustParse("Y12018").Earliest():   "3 or 4",
		edtf.MustParse("Y12018").Latest():     "4",
		edtf.MustParse("Y5881579").Latest():   "4",
		edtf.MustParse("Y17E7").Earliest():    "4 or 5",
		edtf.MustParse("Y17E7").Latest() - 1:  "4 or 5",
		edtf.MustParse("Y-17E7").Latest():     "1",
		edtf.MustParse("Y-17E7").Latest() - 1: "0 or 1",
	} {
		assert.Equal(t, want, ask(line, on, aOf).String(), "on %v", on)
	}
	held := slices.Collect(periods(line, func(b box) bool { return b.A == 3 }))
	assert.Equal(t, "[156X-12-25 to Y12018, 3816061 to 3819712 days]", fmt.Sprint(held))
	pending := slices.Collect(line.Pending(edtf.MustDay("1565-06-01")))
	require.Len(t, pending, 1)
	assert.Equal(t, id(3), pending[0].ID)
}
