package value

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCheckSurrogates(t *testing.T) {
	for text, want := range map[string]int{
		``: -1, `"a"`: -1, `"\n\\\""`: -1, `"\u0041"`: -1, `"\ud83d\ude00"`: -1, `"\\ud800"`: -1, `"\uD83D\uDE00\uD83D\uDE00"`: -1,
		`"\ud800"`: 1, `"ab\udc00"`: 3, `"\ud800\ud800\udc00"`: 1, `"\ud800\n"`: 1, `{"\ud800":1}`: 2, `"\\\ud800"`: 3, `"\ude00\ud83d"`: 1,
	} {
		at, err := CheckSurrogates([]byte(text))
		assert.Equal(t, want, at, text)
		assert.Equal(t, want >= 0, err != nil, text)
	}
	var into any
	require.ErrorContains(t, StrictJSON([]byte(`{"a":"\ud800"}`), &into), "half of a surrogate pair")
}

// What passes is what package encoding/json reads without putting another character in
// its place.
func TestCheckSurrogatesLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{`\ud800`, `\uDBFF`, `\udc00`, `\uDFFF`, `\\`, `\"`, `u`, `d800`, `x`, `\u0041`, `\ue000`})).Draw(t, "parts")
		text := `"` + strings.Join(parts, "") + `"`
		var read string
		if json.Unmarshal([]byte(text), &read) != nil {
			t.Skip()
		}
		_, err := CheckSurrogates([]byte(text))
		assert.Equal(t, strings.ContainsRune(read, utf8.RuneError), err != nil, text)
	})
}
