package near_test

import (
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
