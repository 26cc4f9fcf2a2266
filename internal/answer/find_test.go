package answer

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// Steps of a pointer may be left out.
func TestAddresses(t *testing.T) {
	file, err := seeds.LoadFS(os.DirFS("../../seeds/testdata"), "article.json")
	require.NoError(t, err)
	q, err := (&History{File: file}).Ask(Query{})
	require.NoError(t, err)
	for text, want := range map[string]string{
		"/stakes/Stellantis/percent": "/stakes/Stellantis/percent",
		"stakes/Stellantis/":         "/stakes/Stellantis/percent"[:18],
		"stellantis/percent":         "/stakes/Stellantis/percent",
		"percent":                    "/stakes/Stellantis/percent",
		"Tychy":                      "/plants/Tychy",
		"tychy/status":               "/plants/Tychy/models/T03/status",
		"models/T03/status":          "/models/T03/status",
		"founders/0/name":            "/company/founders/0/name",
		"models/C10/body":            "/models/C10/body",
		"plants/Poland/models/B10":   "/plants/Poland/models/B10",
		"markets/Brazil":             "/markets/Brazil",
	} {
		a, err := q.findAddress(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, a.Path, text)
	}
}

// A plan is found by its title, whatever the case.
func TestPlansByTitle(t *testing.T) {
	h, err := Place{File: "../../seeds/testdata/article.json"}.Load(t.Context())
	require.NoError(t, err)
	q, err := h.Ask(Query{On: "2024-11-01"})
	require.NoError(t, err)
	x, err := q.Why("b10 made in Poland")
	require.NoError(t, err)
	assert.Equal(t, "/plans/b10-poland", x.Path)
	_, err = q.Why("B10 made in Polen")
	assert.ErrorContains(t, err, "there never is a value")
}

// A name may have the sign in it that stands before a value.
func TestTargetOfANameWithASign(t *testing.T) {
	text := `{"format": 1, "title": "T", "namespace": "https://example.org/t", "sources": [{"key": "a", "title": "A"}], "events": [
		{"slug": "l", "type": "model.launched", "version": 1, "when": "2020", "data": {"model": "A=B"}, "cites": [{"source": "a"}]},
		{"slug": "m", "type": "model.launched", "version": 1, "when": "2020", "data": {"model": "C"}, "cites": [{"source": "a"}]}]}`
	file, err := seeds.Load(strings.NewReader(text), "own.json")
	require.NoError(t, err)
	q, err := (&History{File: file}).Ask(Query{})
	require.NoError(t, err)
	for text, want := range map[string][2]string{
		"models/A=B/status": {"/models/A=B/status", ""}, "models/A=B/status=on sale": {"/models/A=B/status", "on sale"},
		"models/C/status=on=sale": {"/models/C/status", "on=sale"},
	} {
		found, err := q.findTarget(text)
		require.NoError(t, err, text)
		value := ""
		if found.value != nil {
			value = *found.value
		}
		assert.Equal(t, want, [2]string{found.Path, value}, text)
	}
}
