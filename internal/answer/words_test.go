package answer

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPrintable(t *testing.T) {
	assert.Equal(t, "a\uFFFD[2Jb\uFFFDc\uFFFDd é 智", Printable("a\x1b[2Jb\nc\u202ed é 智"))
}
