package natsserver

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// StartStepped is [StartUnsynced] for servers whose clocks can be set with
// [Cluster.SetClock]. They are built with a package time of which Now is ahead by a number of
// seconds. As when the clock of a machine is set, what measures durations is not changed.
func StartStepped(tb testing.TB, nodes int) *Cluster {
	tb.Helper()
	c := prepare(tb, nodes, true)
	c.program = buildStepped(tb)
	c.startFirst(nodes)
	return c
}

// SetClock sets the clock of a server: so many seconds ahead of that of the machine, or behind.
func (c *Cluster) SetClock(i int, seconds int64) {
	if _, err := fmt.Fprintln(c.nodes[i].stdin, seconds); err != nil {
		c.tb.Fatal(err)
	}
}

// buildStepped builds the program in the folder stepped.
func buildStepped(tb testing.TB) string {
	tb.Helper()
	folder := tb.TempDir()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		tb.Fatal(err)
	}
	original := filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	text, err := os.ReadFile(original)
	if err != nil {
		tb.Fatal(err)
	}
	const reading = "\tsec, nsec, mono := runtimeNow()\n"
	if n := strings.Count(string(text), reading); n != 1 {
		tb.Fatalf("%s reads the clock in %d places, and not in one", original, n)
	}
	stepped := strings.Replace(string(text), reading, reading+"\tsec += Step\n", 1) + "\n// Step is how many seconds Now is ahead of the clock.\nvar Step int64\n"
	replaced, overlay, program := filepath.Join(folder, "time.go"), filepath.Join(folder, "overlay.json"), filepath.Join(folder, "stepped")
	form, err := json.Marshal(map[string]any{"Replace": map[string]string{original: replaced}})
	if err != nil {
		tb.Fatal(err)
	}
	for path, content := range map[string]string{replaced: stepped, overlay: string(form)} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-tags", "steppedclock", "-overlay", overlay, "-o", program, "./natsserver/stepped")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("%v: %s", err, out)
	}
	return program
}
