package worlds

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Search counts the days that are not after a day, however many there are and whether days are equal.
func TestSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 15, 16, 17, 31, 32, 33, 255, 256, 257, 272, 511, 1000, 5000} {
		for _, span := range []int32{3, 40, 100_000} {
			days := make([]int32, n)
			for i := range days {
				days[i] = r.Int32N(span)
			}
			slices.Sort(days)
			for range 200 {
				day, want := r.Int32N(span+2)-1, 0
				for _, d := range days {
					if d <= day {
						want++
					}
				}
				require.Equal(t, want, Search(days, day), "%d of %v", day, days)
			}
		}
	}
}
