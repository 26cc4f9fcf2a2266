package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The test's program is also the processes of the demonstration.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "process" {
		main()
		return
	}
	os.Exit(m.Run())
}

// The whole demonstration, with fewer events: it ends with an error if any answer differs
// after a process was killed.
func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	var out strings.Builder
	d := demo{out: &out, events: 5000, partitions: 4, readers: 3}
	require.NoError(t, d.run(t.Context()), out.String())
	t.Log("\n" + out.String())
	forms := []string{
		`running    3 nodes, 3 readers, a router, 4 partitions`,
		`loaded     5,000 events of 500 cars in .*s \(.*/s\), 10 at once`,
		`caught up  all 4 partitions, .*s after the last event`,
		`world      on 2026-03-01: [\d,]+ serviced, \d+ shipped, \d+ sold   \(.*s\)`,
		`a car      car-000042 on 2026-03-01: serviced in Paris   \(.*s\)`,
	}
	for _, victim := range []string{"node0", "node1", "node2", "reader0", "reader1", "router"} {
		forms = append(forms, fmt.Sprintf(`kill -9    %-8s (the answer stays complete|complete again after .*)`, victim))
	}
	forms = append(forms, `the same   answer as before, with nothing lost, and every append since acknowledged`)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, len(forms))
	for i, form := range forms {
		assert.Regexp(t, "^"+form+"$", lines[i])
	}
	// What README shows is such an output.
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	shown := regexp.MustCompile("(?s)\\$ go run \\.\n(.*?)```").FindSubmatch(readme)
	require.NotNil(t, shown)
	for i, line := range strings.Split(strings.TrimSpace(string(shown[1])), "\n") {
		assert.Equal(t, strings.Fields(lines[i])[0], strings.Fields(line)[0], "README: %s", line)
	}
}

// What happened to a car never changes, since logs have it.
func TestHistoryIsFrozen(t *testing.T) {
	var list []string
	for _, e := range history(42, 4) {
		list = append(list, fmt.Sprint(e.ID, " ", e.When, " ", e.Data.Status, " in ", e.Data.Place))
	}
	assert.Equal(t, []string{
		"664f3d60-1256-54ae-90b6-489036c6e52c 2025-03-08 built in Hangzhou",
		"9ea16d2f-652c-5e2b-b54f-57a90edfb0f0 2025-04-20 shipped in Paris",
		"5352d10d-6df9-53c1-8ca6-71d112453e9f 2025-06-18 sold in Paris",
		"ba9c98bf-bcc9-5d48-9250-97714348cd84 2025-07-01 serviced in Paris",
	}, list)
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"-events", "1"}, {"-partitions", "0"}, {"-readers", "1"}, {"more"}} {
		require.ErrorContains(t, run(t.Context(), args), "usage: cluster")
	}
	require.ErrorContains(t, run(t.Context(), []string{"process", `{"Kind":"x","Clients":[1]}`}), `no process is called "x"`)
}
