package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// clone makes a repository with some history: files that come, change, go and come again,
// a name that needs quoting, and a merge.
func clone(t *testing.T) (folder string, git func(args ...string) string) {
	folder = t.TempDir()
	git = func(args ...string) string {
		cmd := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s: %s", args, out)
		return string(out)
	}
	write := func(name, text string) {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	n := 0
	commit := func() {
		t.Setenv("GIT_COMMITTER_DATE", fmt.Sprintf("2024-01-%02dT12:00:00Z", 1+n))
		n++
		git("add", "-A")
		git("commit", "-q", "-m", fmt.Sprint("commit ", n))
	}
	git("init", "-q", "-b", "main")
	write("a", "1")
	write("folder/零跑 \"b\"\n", "1")
	commit()
	write("a", "2")
	write("c", "1")
	commit()
	require.NoError(t, os.Remove(filepath.Join(folder, "a")))
	commit()
	git("checkout", "-q", "-b", "other")
	write("d", "of the other")
	commit()
	git("checkout", "-q", "main")
	write("a", "3")
	commit()
	t.Setenv("GIT_COMMITTER_DATE", "2024-01-20T12:00:00Z")
	git("merge", "-q", "--no-ff", "-m", "merge", "other")
	return folder, git
}

// The last world is what git itself says is there.
func TestGitFilesAreThoseOfHead(t *testing.T) {
	folder, git := clone(t)
	changes, err := readGit(folder)
	require.NoError(t, err)
	k := &gitArchive{}
	require.NoError(t, k.load(changes))
	there := map[string]string{}
	for path, s := range k.a.All(changes[len(changes)-1].day) {
		if s.State.Blob != "" {
			there[path] = s.State.Blob
		}
	}
	want := map[string]string{}
	for _, line := range strings.Split(strings.TrimSuffix(git("ls-tree", "-r", "-z", "HEAD"), "\x00"), "\x00") {
		about, path, _ := strings.Cut(line, "\t")
		want[path] = strings.Fields(about)[2]
	}
	assert.Len(t, want, 4)
	assert.Equal(t, want, there)
	a := k.file("a", changes[len(changes)-1].day)
	assert.Equal(t, 4, a.Changes, "it came, changed, went and came again")
}

func TestGitRun(t *testing.T) {
	folder, _ := clone(t)
	b := newBench(true, 1, quiet)
	b.patience = 1000
	require.NoError(t, b.measureGit(folder))
	assert.Contains(t, b.report(), "7 changes of 4 files, over 20 days")
	assert.Contains(t, b.report(), "the first world after load")
	require.Error(t, b.measureGit(t.TempDir()))
	for _, wrong := range []string{"commit soon\x00", "nonsense\x00", ":100644 100644 a b M\x00"} {
		_, err := parseGit(strings.NewReader(wrong))
		assert.Error(t, err, wrong)
	}
}
