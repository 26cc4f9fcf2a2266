package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/schema"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

var update = flag.Bool("update", false, "write the schema anew")

const (
	root       = "../.."
	schemaPath = root + "/seeds/history.schema.json"
)

// The schemas beside the history are those of the Go types.
func TestSchemaIsUpToDate(t *testing.T) {
	t.Chdir(root)
	for path, generate := range map[string]func(string) ([]byte, error){
		"seeds/history.schema.json": schema.Generate,
		"seeds/part.schema.json":    schema.GeneratePart,
	} {
		got, err := generate(".")
		require.NoError(t, err)
		if *update {
			require.NoError(t, os.WriteFile(path, got, 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, got), "run go test ./schema -update in integration")
	}
}

func compile(t *testing.T, path string) *validator.Schema {
	t.Helper()
	c := validator.NewCompiler()
	s, err := c.Compile(path)
	require.NoError(t, err)
	return s
}

func validate(t *testing.T, s *validator.Schema, text []byte) error {
	t.Helper()
	doc, err := validator.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return s.Validate(doc)
}

func TestHistoriesAreValid(t *testing.T) {
	parts, err := filepath.Glob(root + "/seeds/leapmotor/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, parts)
	own, err := filepath.Glob(root + "/examples/histories/*.json")
	require.NoError(t, err)
	for schema, paths := range map[string][]string{
		schemaPath:                       append(own, root+"/seeds/leapmotor.json", root+"/seeds/testdata/article.json", root+"/internal/terminal/testdata/own.json"),
		root + "/seeds/part.schema.json": parts,
	} {
		s := compile(t, schema)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			require.NoError(t, validate(t, s, text), path)
		}
	}
}

// A part is checked as closely as the events of a history file are.
func TestPartsAreChecked(t *testing.T) {
	s := compile(t, root+"/seeds/part.schema.json")
	const event = `{"slug": "a", "type": "brand.launched", "version": 1, "when": "2020", "data": {"brand": "B"}, "cites": [{"source": "n"}]}`
	require.NoError(t, validate(t, s, []byte(`{"format": 1, "part": "p", "events": [`+event+`]}`)))
	for _, bad := range []string{
		`{"format": 1, "part": "p"}`,
		`{"format": 2, "part": "p", "events": []}`,
		`{"format": 1, "part": "p", "title": "T", "events": []}`,
		`{"format": 1, "part": "p", "events": [` + strings.Replace(event, "brand.launched", "brand.launchd", 1) + `]}`,
		`{"format": 1, "part": "p", "events": [` + strings.Replace(event, `"brand": "B"`, `"bran": "B"`, 1) + `]}`,
	} {
		assert.Error(t, validate(t, s, []byte(bad)), bad)
	}
}

// What the schema refuses the loader refuses, and the other way round as far
// as a schema can see.
func TestSchemaAndLoaderAgree(t *testing.T) {
	s := compile(t, schemaPath)
	good, err := os.ReadFile(root + "/seeds/testdata/article.json")
	require.NoError(t, err)
	for _, change := range [][2]string{
		{`"format": 1`, `"format": 2`},
		{`"title": "Leapmotor"`, `"title": ""`},
		{`"horizon"`, `"horizont"`},
		{`"slug": "s01-launched"`, `"slug": "S01 launched"`},
		{`"type": "stake.closed"`, `"type": "stake.closd"`},
		{`"type": "stake.closed", "version": 1`, `"type": "stake.closed", "version": 2`},
		{`"percent": 20`, `"percent": 120`},
		{`"percent": 20`, `"percent": "20"`},
		{`"EUR 1500000000"`, `"1500000000 EUR"`},
		{`"batteryKWh": 36.5`, `"batteryKWh": -1`},
		{`"batteryKWh": 36.5`, `"battery": 36.5`},
		{`"when": "2017-03",`, ``},
		{`"when": "2017-03",`, `"when": "March 2017",`},
		{`"paragraph": 1, "sentence": 3`, `"paragraph": 0, "sentence": 3`},
		{`"rank": "preferred"`, `"rank": "best"`},
		{`"basis": "implied"`, `"basis": "guessed"`},
		{`"holder": "Stellantis", "percent": 20`, `"percent": 20`},
		{`"type": "brand.launched", "version": 1`, `"note2": 1`},
	} {
		require.Contains(t, string(good), change[0])
		bad := strings.Replace(string(good), change[0], change[1], 1)
		assert.Error(t, validate(t, s, []byte(bad)), "the schema takes %s", change[1])
		_, err := seeds.Load(strings.NewReader(bad), "bad.json")
		assert.Error(t, err, "the loader takes %s", change[1])
	}
}

// Editors show descriptions; they come from the comments of the Go types.
func TestSchemaDescribes(t *testing.T) {
	text, err := os.ReadFile(schemaPath)
	require.NoError(t, err)
	assert.Greater(t, strings.Count(string(text), `"description"`), 50)
	assert.True(t, json.Valid(text))
}
