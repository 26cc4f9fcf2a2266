package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The session that docs/logs.md shows, as it is there, but for how many events were
// there when the program was killed.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../docs/logs.md")
	require.NoError(t, err)
	_, session, ok := strings.Cut(string(readme), "$ cd examples/durable && go build\n")
	require.True(t, ok)
	session, rest, _ := strings.Cut(session, "```")
	_, others, ok := strings.Cut(rest, "```console\n")
	require.True(t, ok)
	others, _, _ = strings.Cut(others, "```")
	session += others

	dir := filepath.Join(t.TempDir(), "durable")
	require.NoError(t, os.Mkdir(dir, 0o755))
	histories, err := filepath.Abs("../histories")
	require.NoError(t, err)
	require.NoError(t, os.Symlink(histories, filepath.Join(filepath.Dir(dir), "histories")))
	binary, err := exec.LookPath(os.Args[0])
	require.NoError(t, err)
	require.NoError(t, os.Symlink(binary, filepath.Join(dir, "durable")))
	steps := strings.Split(session, "$ ./durable ")[1:]
	require.Greater(t, len(steps), 15)
	for _, step := range steps {
		command, want, _ := strings.Cut(step, "\n")
		if command == "explore" {
			continue // it serves until it is interrupted; see TestExplore
		}
		if command == "follow" {
			command = "follow -until d19 >/dev/null"
		}
		if strings.Contains(command, "asof ") {
			command += " >/dev/null"
		}
		c := exec.Command("bash", "-c", "./durable "+command)
		c.Dir, c.Env = dir, append(os.Environ(), "DURABLE=1")
		out, err := c.Output()
		require.NoError(t, err, command)
		if strings.Contains(want, "349 of them new") {
			assert.Regexp(t, `^history.db holds 369 events, \d+ of them new\n$`, string(out))
			continue
		}
		// The root stands for when each event was recorded, too.
		assert.Equal(t, root.ReplaceAllString(want, "root R"), root.ReplaceAllString(string(out), "root R"), command)
	}
}
