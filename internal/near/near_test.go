package near_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/internal/near"
)

func TestTo(t *testing.T) {
	names := []string{"stake.closed", "stake.agreed", "plan.dropped", "x"}
	assert.Equal(t, []string{"stake.closed"}, near.To("stake.closd", names))
	assert.Equal(t, []string{"stake.closed", "stake.closes"}, near.To("stake.closd", append(names, "stake.closes")), "the nearest first")
	assert.Equal(t, []string{"x"}, near.To("y", names), "one letter may always differ")
	assert.Empty(t, near.To("nothing of the kind", names))
	assert.Equal(t, []string{"x"}, near.To("", []string{"x", "xy"}))
}

// Long names are no slips, and near none.
func TestToIsBounded(t *testing.T) {
	long := strings.Repeat("x", 101)
	assert.Empty(t, near.To(long, []string{long}))
	assert.Empty(t, near.To(long[:90], []string{long + long}))
	assert.Equal(t, []string{long[:95]}, near.To(long[:90], []string{long[:95]}))
	many := make([]string, 20_000)
	many[9_999], many[10_000] = "name", "name"
	assert.Equal(t, []string{"name"}, near.To("nama", many), "the first are looked at")
}
