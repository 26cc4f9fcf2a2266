package value

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The sizes are those of the runtime, as far as it tells them.
func TestAllocated(t *testing.T) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	for _, class := range m.BySize {
		if n := int(class.Size); n > 0 {
			assert.Equal(t, n, Allocated(n, false))
			assert.Greater(t, Allocated(n+1, false), n)
		}
	}
	assert.Zero(t, Allocated(0, true))
	assert.Equal(t, 512, Allocated(512, true))
	assert.Equal(t, 576, Allocated(513, true))
	assert.Equal(t, 1152, Allocated(1024, true), "with a header")
	assert.Equal(t, 40<<10, Allocated(33<<10, false), "whole pages")
}

// A map takes about what is said, at any number of entries.
func TestAllocatedMap(t *testing.T) {
	for _, n := range []int{1, 8, 9, 14, 15, 100, 500, 1500, 20_000} {
		var before, after runtime.MemStats
		many := max(20, 20_000/n)
		maps := make([]map[int64][2]int64, many)
		runtime.GC()
		runtime.ReadMemStats(&before)
		for i := range maps {
			maps[i] = map[int64][2]int64{}
			for k := range n {
				maps[i][int64(k)] = [2]int64{}
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		took := float64(after.HeapAlloc-before.HeapAlloc) / float64(many)
		assert.InEpsilon(t, took, allocatedMap(n, 24), 0.15, "%d entries", n)
		runtime.KeepAlive(maps)
	}
}
