package seeds_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// history returns a file with n events.
func historyOf(n int, event func(i int) string) string {
	var b strings.Builder
	b.WriteString(`{"format": 1, "title": "T", "namespace": "https://example.org/t", "sources": [{"key": "s", "title": "S"}], "events": [`)
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n" + event(i))
	}
	return b.String() + "]}"
}

func noted(i int, more string) string {
	return fmt.Sprintf(`{"slug": "e%d", "type": "context.noted", "version": 1, "when": "2020", "data": {"actor": "A", "what": "w"}, "cites": [{"source": "s"}]%s}`, i, more)
}

// Large files with many faults are read in time that grows with their size; each
// of these took twenty seconds or more when it grew with the square.
func TestManyFaults(t *testing.T) {
	race.SkipLong(t)
	for name, tt := range map[string]struct {
		events, faults int
		event          func(i int) string
	}{
		"events that are refused": {4000, 4000, func(i int) string {
			return fmt.Sprintf(`{"slug": "e%d", "type": "deliveries.recorded", "version": 1, "when": "2020", "data": {"period": "2020", "count": -1}, "cites": [{"source": "s"}]}`, i)
		}},
		"names that are not there": {32_000, 64_000, func(i int) string {
			return noted(i, `, "after": ["x-that-is-not-there", "y"]`)
		}},
		"a circle": {16_000, 16_000, func(i int) string {
			return noted(i, fmt.Sprintf(`, "after": ["e%d"]`, (i+1)%16_000))
		}},
		"long names": {80, 80, func(i int) string {
			return noted(i, fmt.Sprintf(`, "after": ["%s%d"]`, strings.Repeat("n", 20_000), i))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := seeds.Load(strings.NewReader(historyOf(tt.events, tt.event)), "h.json")
			var faults seeds.Faults
			require.True(t, errors.As(err, &faults))
			assert.Len(t, faults, tt.faults)
		})
	}
}
