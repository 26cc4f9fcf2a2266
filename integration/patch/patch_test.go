// Package patch applies the patches of timeline.Patch with a library that
// knows nothing of it.
package patch

import (
	"encoding/json"
	"fmt"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The differences between any two of some points of the history of Leapmotor,
// as a patch, make the one state of the other.
func TestPatchesApply(t *testing.T) {
	history := seeds.Leapmotor()
	var points []timeline.Point
	points = append(points, timeline.On(edtf.MustDay("2010-01-01")))
	for _, day := range []string{"2019-03-31", "2024-07-01", "2025-10-31"} {
		points = append(points, timeline.On(edtf.MustDay(day)), timeline.On(edtf.MustDay(day)).KnownOn(edtf.MustDay("2024-06-15")))
	}
	document := func(p timeline.Point) json.RawMessage {
		day, known := p.Days()
		text, err := timeline.Document(history.KnownOn(known).At(day).State, day)
		require.NoError(t, err)
		return text
	}
	operations := 0
	for _, from := range points {
		for _, to := range points {
			name := fmt.Sprint(from, " to ", to)
			differences, err := history.Diff(from, to)
			require.NoError(t, err, name)
			patch, err := jsonpatch.DecodePatch(timeline.Patch(differences))
			require.NoError(t, err, name)
			got, err := patch.Apply(document(from))
			require.NoError(t, err, name)
			assert.JSONEq(t, string(document(to)), string(got), name)
			operations += len(patch)
		}
	}
	assert.Greater(t, operations, 500)
}
