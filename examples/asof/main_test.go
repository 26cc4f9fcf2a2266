package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
)

// What the program prints is tested in internal/terminal; this is the one of
// README.
func TestOutput(t *testing.T) {
	want, err := os.ReadFile("../../internal/terminal/testdata/whole-2026-01-15.golden")
	require.NoError(t, err)
	var stdout, stderr bytes.Buffer
	assert.Equal(t, terminal.Answered, terminal.Run([]string{"2026-01-15"}, terminal.Output{Stdout: &stdout, Stderr: &stderr}, nil))
	assert.Equal(t, string(want), stdout.String())
	assert.Empty(t, stderr.String())
}
