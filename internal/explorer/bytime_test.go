package explorer

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// What is noted stands in the order of time, whatever it is called; what is only
// possible comes last.
func TestNotesInTheOrderOfTime(t *testing.T) {
	noted := immutable.TableOf(map[string]events.Circumstance{
		"a": {When: edtf.MustParse("2008")}, "c": {When: edtf.MustParse("2003-07")}, "d": {When: edtf.MustParse("2007")},
	})
	s := &section{Entries: []*entry{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}}}
	s.byTime(noted)
	var order string
	for _, e := range s.Entries {
		order += e.Name
	}
	assert.Equal(t, "cdab", order)
}
