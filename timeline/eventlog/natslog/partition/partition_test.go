package partition

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Where a stream is must never change.
func TestOfIsFrozen(t *testing.T) {
	for stream, want := range map[string][3]int{"": {0, 5, 37}, "leapmotor": {0, 0, 72}, "零跑": {0, 7, 87}} {
		for i, n := range []int{1, 8, 100} {
			assert.Equal(t, want[i], Of(stream, n), "%q of %d", stream, n)
		}
	}
	assert.Equal(t, "cars-3", Name("cars", 3))
}

// Streams are spread evenly.
func TestOfIsEven(t *testing.T) {
	const streams, n = 80_000, 8
	counts := [n]int{}
	for i := range streams {
		counts[Of(fmt.Sprint("car-", i), n)]++
	}
	for _, count := range counts {
		assert.InDelta(t, streams/n, count, streams/n/20)
	}
}
