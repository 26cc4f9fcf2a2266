package value

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// What an interface holds takes memory of its own, but not a pointer, which is in the interface itself.
func TestExtraOfInterfaces(t *testing.T) {
	type state struct{ v any }
	number := [4]int64{1}
	none := state{}
	assert.Equal(t, 16, Extra(&none, &state{}))
	assert.Equal(t, 16+32, Extra(&none, &state{&number}), "an array behind a pointer")
	assert.Equal(t, 16+32, Extra(&none, &state{number}), "an array in an interface")
	shared := state{&number}
	assert.Equal(t, 16, Extra(&shared, &state{&number}), "shared")
}
