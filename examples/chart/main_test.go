package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/drawing"
)

// The picture of README is the one that the command beside it makes. What else the program
// does is tested in internal/drawing.
func TestPictureOfReadme(t *testing.T) {
	path := filepath.Join(t.TempDir(), "leapmotor.svg")
	var stdout, stderr bytes.Buffer
	require.Zero(t, drawing.Run([]string{"-on", "2026-01-15", "-lanes", "owners,plants,markets", "-o", path}, &stdout, &stderr, nil))
	assert.Empty(t, stdout.String()+stderr.String())
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	want, err := os.ReadFile("../../docs/leapmotor.svg")
	require.NoError(t, err)
	assert.True(t, bytes.Equal(want, got), "go run ./examples/chart -on 2026-01-15 -lanes owners,plants,markets -o docs/leapmotor.svg draws another picture now")
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), "](docs/leapmotor.svg)")
	assert.Contains(t, string(readme), "go run ./examples/chart -on 2026-01-15 -lanes owners,plants,markets -o docs/leapmotor.svg")
}
