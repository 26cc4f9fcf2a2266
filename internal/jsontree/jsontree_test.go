package jsontree_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

func TestParse(t *testing.T) {
	text := "{\n  \"a/b\": [1, \"ü\", {\"c~\": null}],\n  \"ö\": true\n}"
	root, err := jsontree.Parse([]byte(text))
	require.NoError(t, err)
	inner := root.Get("a/b").Items[2].Get("c~")
	assert.Equal(t, "/a~1b/2/c~0", inner.Pointer)
	assert.Equal(t, "null", string(inner.Raw))
	assert.Equal(t, "ü", root.Get("a/b").Items[1].Text())
	assert.Equal(t, text, string(root.Raw))
	line, column := jsontree.NewPositions([]byte(text)).At(inner.Offset)
	assert.Equal(t, [2]int{2, 26}, [2]int{line, column})
	line, column = jsontree.NewPositions([]byte(text)).At(root.Members[1].Offset)
	assert.Equal(t, [2]int{3, 3}, [2]int{line, column})
	assert.Nil(t, root.Get("z").Get("y"))
	assert.Empty(t, root.Get("ö").Text())
}

func TestParseRefuses(t *testing.T) {
	for _, row := range []struct {
		text   string
		offset int
		reason string
	}{
		{"", 0, "the text ends too early"},
		{`{"a": `, 6, "the text ends too early"},
		{`{"a": 1`, 7, "the text ends too early"},
		{`{"a": 1} 2`, 9, "invalid character '2' after top-level value"},
		{`{"a": 1, "a": 2}`, 9, `the name "a" stands here twice`},
		{`{"a": tru}`, 9, "invalid character '}' in literal true (expecting 'e')"},
		{`[1,]`, 3, "invalid character ']' looking for beginning of value"},
		{"[\"\xff\"]", 2, "not UTF-8"},
		{"\xef\xbb\xbf{}", 0, "begins with a byte order mark, which JSON does not have"},
		{strings.Repeat("[", 100) + strings.Repeat("]", 100), 65, "nested more than 64 deep"},
		{strings.Repeat("[", 100000), 10000, "invalid character '[' exceeded max depth"},
	} {
		_, err := jsontree.Parse([]byte(row.text))
		var e *jsontree.Error
		require.ErrorAs(t, err, &e, row.text)
		assert.Equal(t, row.reason, e.Reason)
		assert.Equal(t, row.offset, e.Offset, row.reason)
	}
}

// FuzzParse holds that Parse takes what encoding/json takes, that every node's
// text is a value, and that nothing panics.
func FuzzParse(f *testing.F) {
	for _, text := range []string{`{"a": [1, "x", {"b": null}]}`, `[`, `{"a":1,"a":2}`, "\"\xff\"", ` 1 `, `{"a" 1}`, `[1 2]`, `{:1}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		root, err := jsontree.Parse(text)
		if err != nil {
			var e *jsontree.Error
			if !errors.As(err, &e) || e.Offset < 0 || e.Offset > len(text) {
				t.Fatalf("%v", err)
			}
			return
		}
		if !json.Valid(text) {
			t.Fatalf("taken, but not valid: %q", text)
		}
		check(t, root)
	})
}

func check(t *testing.T, n *jsontree.Node) {
	if !json.Valid(n.Raw) {
		t.Fatalf("%s: %q is no value", n.Pointer, n.Raw)
	}
	for _, m := range n.Members {
		check(t, m.Value)
	}
	for _, item := range n.Items {
		check(t, item)
	}
}

// Positions are those that counting from the start gives, in valid and invalid
// UTF-8, and of long lines.
func TestPositionsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SampledFrom([]string{"a", "é", "智", "\n", "\xff", strings.Repeat("x", 1023)})
		text := strings.Join(rapid.SliceOfN(part, 0, 40).Draw(t, "text"), "")
		p := jsontree.NewPositions([]byte(text))
		offset := rapid.IntRange(0, len(text)+2).Draw(t, "offset")
		before := text[:min(offset, len(text))]
		line, column := 1, 1
		for _, b := range []byte(before) {
			switch {
			case b == '\n':
				line, column = line+1, 1
			case utf8.RuneStart(b):
				column++
			}
		}
		gotLine, gotColumn := p.At(offset)
		require.Equal(t, []int{line, column}, []int{gotLine, gotColumn})
	})
}
