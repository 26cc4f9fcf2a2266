package natslog_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
)

// The program of examples/durable keeps histories on NATS servers as it does in a file: the
// two export the same, and what one has the other can be restored from.
func TestDurable(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 3)
	dir := t.TempDir()
	binary := filepath.Join(dir, "durable")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = "../../examples/durable"
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	address := strings.ReplaceAll(c.URL(), ",nats://", ",") + "/companies"
	histories, err := filepath.Abs("../../examples/histories")
	require.NoError(t, err)
	run := func(db string, args ...string) string {
		t.Helper()
		cmd := exec.Command(binary, append([]string{"-db", db}, args...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return string(out)
	}
	run(address, "init", "-file", filepath.Join(histories, "tesla.json"))
	run(address, "init", "-file", filepath.Join(histories, "saab.json"))
	added := run(address, "-stream", "saab", "append", "-name", "last", "-when", "2016-06", "-type", "model.launched", "-data", `{"model":"Last"}`, "-by", "Anna", "-why", "a test")
	assert.Contains(t, added, "last is at position ")
	assert.Contains(t, run(address, "-stream", "saab", "asof", "-json", "2017"), `"Last"`)
	assert.Contains(t, run(address, "verify"), "no checkpoint yet")
	assert.Contains(t, run(address, "verify"), "of the last checkpoint are as they were, new: 0")
	run(address, "export", "backup.jsonl")
	file := filepath.Join(dir, "restored.db")
	assert.Contains(t, run(file, "restore", "backup.jsonl"), " is what backup.jsonl has: ")
	assert.Equal(t, run(address, "export"), run(file, "export"))
	other := strings.ReplaceAll(address, "/companies", "/other")
	assert.Contains(t, run(other, "restore", "backup.jsonl"), " is what backup.jsonl has: ")
	assert.Equal(t, run(address, "export"), run(other, "export"))
}
