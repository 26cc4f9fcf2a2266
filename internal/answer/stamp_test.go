package answer

import (
	"bytes"
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

// What is put in place of a file with the same size and time is seen, also in the middle of
// the ends of a large one.
func TestStampSeesWhatWasPutInPlace(t *testing.T) {
	for _, size := range []int{10, maxStamped + 10, 3 * maxStamped} {
		path := filepath.Join(t.TempDir(), "t.json")
		text := bytes.Repeat([]byte("a"), size)
		require.NoError(t, os.WriteFile(path, text, 0o644))
		info, err := os.Stat(path)
		require.NoError(t, err)
		before := Place{File: path}.Stamp()
		assert.Equal(t, before, Place{File: path}.Stamp())
		for _, at := range []int{0, size - 1} {
			other := bytes.Clone(text)
			other[at] = 'b'
			require.NoError(t, os.WriteFile(path, other, 0o644))
			require.NoError(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
			assert.NotEqual(t, before, Place{File: path}.Stamp(), "size %d, changed at %d", size, at)
		}
	}
}
