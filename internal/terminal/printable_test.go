package terminal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a history says is shown, and never obeyed.
func TestTerminalsAreSafe(t *testing.T) {
	text, err := os.ReadFile("testdata/own.json")
	require.NoError(t, err)
	evil := strings.NewReplacer(`"Own Cars"`, `"Own\u001b[2J\u001b[8m\nUNDECIDED\u202e Cars"`, `"Oslo"`, `"Os\u009b2Jlo\u007f"`, `"Bank"`, `"Ba\nnk"`).Replace(string(text))
	path := filepath.Join(t.TempDir(), "evil.json")
	require.NoError(t, os.WriteFile(path, []byte(evil), 0o644))
	for _, args := range [][]string{{"2017-06-01"}, {"-events", "2017-06-01"}, {"-why", "company/seat", "2017-06-01"}, {"-since", "2015", "2018"}, {"-track", "company/seat"}, {"-track", "stakes/Ba\nnk/percent"}, {"-when", "stakes/Ba\nnk/percent"}, {"-whynot", "stakes/Ba\nnk/percent=3", "2017"}} {
		for _, colour := range []bool{false, true} {
			var stdout, stderr bytes.Buffer
			require.Equal(t, Answered, Run(append([]string{"-file", path}, args...), Output{Stdout: &stdout, Stderr: &stderr, Colour: colour}, nil), stderr.String())
			shown := strings.NewReplacer("\x1b[1m", "", "\x1b[35m", "", "\x1b[0m", "").Replace(stdout.String())
			assert.Equal(t, colour, shown != stdout.String())
			for _, r := range shown {
				assert.True(t, r == '\n' || answer.Printable(string(r)) == string(r), "%q in %q", r, shown)
			}
			assert.NotContains(t, shown, "\nUNDECIDED\uFFFD")
			assert.NotContains(t, shown, "\nnk")
		}
	}
}
