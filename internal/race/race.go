// Package race says whether the race detector is on, for tests that take ten times as
// long with it.
package race

import "testing"

// SkipLong skips a test that takes long and starts no goroutines if the race detector is
// on, which has nothing to find there. Without it the test runs.
func SkipLong(t *testing.T) {
	t.Helper()
	if Enabled {
		t.Skip("it starts no goroutines, and takes long with the race detector")
	}
}

// Fewer returns n, or a sixth of it with the race detector.
func Fewer(n int) int {
	if Enabled {
		return n / 6
	}
	return n
}
