package slug_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/internal/slug"
)

func TestOf(t *testing.T) {
	for text, want := range map[string]string{
		"Zoë Łącka's 3rd  car!": "zoe-lackas-3rd-car", "--a--": "a", "李明": "", "": "", "Straße": "strasse",
		strings.Repeat("long ", 30): "long-long-long-long-long-long-long-long-long-long-long-long",
		strings.Repeat("x", 100):    strings.Repeat("x", 60),
	} {
		assert.Equal(t, want, slug.Of(text), "%q", text)
	}
}

// Each is one of its own, however long.
func TestSet(t *testing.T) {
	s := slug.Set{}
	long := strings.Repeat("x", 100)
	assert.Equal(t, []string{"a", "a-2", "a-2-2", "a-3", "line-7", "line-7-2"}, []string{s.Of("A", ""), s.Of("a", ""), s.Of("a 2", ""), s.Of("a!", ""), s.Of("李", "line-7"), s.Of("明", "line-7")})
	assert.Equal(t, []string{"b-2", "b", "b-3"}, []string{s.Of("b 2", ""), s.Of("b", ""), s.Of("b", "")}, "a text that looks numbered came first")
	assert.NotEqual(t, s.Of(long, ""), s.Of(long+"y", ""))
}
