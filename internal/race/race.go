// Package race says whether the race detector is on, for tests that take ten times as
// long with it.
package race

import "testing"

// SkipLong skips a test that takes long if the race detector is on, which has nothing to
// find there: the test starts no goroutines, or only those that shorter ones start too.
// Without it the test runs.
func SkipLong(t *testing.T) {
	t.Helper()
	if Enabled {
		t.Skip("it takes long with the race detector, which has nothing to find there")
	}
}

// Fewer returns n, or a sixth of it with the race detector.
func Fewer(n int) int {
	if Enabled {
		return n / 6
	}
	return n
}
