package schema_test

import (
	"bytes"
	"os"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What seeds/bods writes, and what its tests read, has the shapes of BODS 0.4.
func TestStatementsAreValid(t *testing.T) {
	c := validator.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile("testdata/bods-0.4.schema.json")
	require.NoError(t, err)
	for _, name := range []string{"leapmotor.golden", "register.json"} {
		text, err := os.ReadFile(root + "/seeds/bods/testdata/" + name)
		require.NoError(t, err)
		assert.NoError(t, validate(t, s, text), name)
		for _, wrong := range [][2]string{
			{`"recordType": "relationship"`, `"recordType": "relation"`},
			{`"exact": `, `"exact": 1000`},
			{`"startDate": "20`, `"startDate": "20x`},
			{`"interestedParty": "`, `"interestedParty_": "`},
			{`"publicationDate": `, `"published": `},
		} {
			changed := bytes.Replace(text, []byte(wrong[0]), []byte(wrong[1]), 1)
			require.NotEqual(t, string(text), string(changed), "%s has no %s", name, wrong[0])
			assert.Error(t, validate(t, s, changed), "%s with %s", name, wrong[1])
		}
	}
}
