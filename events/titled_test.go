package events_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// No sentence of the whole history names a plan, talks or a partnership by its key, if that
// has a title.
func TestTitled(t *testing.T) {
	h := seeds.Leapmotor()
	last := h.At(edtf.DistantFuture).State
	named := 0
	for e := range h.Events() {
		if e.Data == nil {
			continue // it only corrects another
		}
		text := events.Titled(e.Data, last.TitleIn)
		if text != e.Data.String() {
			named++
		}
		for key := range last.Plans().All() {
			assert.False(t, strings.Contains(text+" ", "the plan "+key+" "), "%s: %s", e.Label(), text)
		}
		for key := range last.Talks.All() {
			assert.NotContains(t, text, "the talks "+key+" ")
		}
		for key := range last.Partnerships.All() {
			assert.NotContains(t, text, "the partnership "+key+" ")
		}
	}
	assert.Greater(t, named, 10)
	assert.Empty(t, events.Titled(nil, last.TitleIn))
	unknown := func(string, string) string { return "" }
	assert.Equal(t, "the plan x moves to 2025", events.Titled(events.PlanMoved{Plan: "x", Window: edtf.MustParse("2025")}, unknown))
	known := func(section, key string) string { return section + " of " + key }
	assert.Equal(t, "the talks with talks of t end: nothing", events.Titled(events.TalksEnded{Talks: "t", Outcome: "nothing"}, known))
	assert.Equal(t, "the partnership with partnerships of p ends", events.Titled(events.PartnershipEnded{Partnership: "p"}, known))
}
