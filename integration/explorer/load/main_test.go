package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The program measures; what it finds depends on the machine, so that nothing is
// asked of it here.
func TestRuns(t *testing.T) {
	require.NoError(t, run(10, 100*time.Millisecond, 1))
	require.NoError(t, runPages("../../../seeds/testdata/article.json", 5))
}
