package answer

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a history file names is a part of it: it is read with it, and its changes are
// seen.
func TestStampSeesParts(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("t.json", `{"format": 1, "title": "T", "namespace": "https://example.org/t", "files": ["a.json"], "sources": [], "events": []}`)
	write("a.json", `{"format": 1, "part": "p", "events": []}`)
	write("b.json", "no part of it")
	place := Place{File: filepath.Join(dir, "t.json")}
	_, err := place.Load(context.Background())
	require.NoError(t, err)
	before := place.Stamp()
	write("b.json", "changed, and still no part of it")
	assert.Equal(t, before, place.Stamp())
	write("a.json", `{"format": 1, "part": "another one", "events": []}`)
	assert.NotEqual(t, before, place.Stamp())
}
