package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain is the program itself if it is started as one, so that a client can start it.
func TestMain(m *testing.M) {
	if os.Getenv("MCP_SERVER") != "" {
		os.Exit(run(context.Background(), os.Args[1:], &mcp.StdioTransport{}, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// connect starts the program as an assistant does, and returns the client's session.
func connect(t *testing.T, args ...string) *mcp.ClientSession {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "MCP_SERVER=1")
	cmd.Stderr = os.Stderr
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "v0"}, nil)
	session, err := client.Connect(ctx, &mcp.CommandTransport{Command: cmd}, nil)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, session.Close()) })
	return session
}

// call calls a tool, and returns its text and whether that is an error.
func call(t *testing.T, s *mcp.ClientSession, tool string, args map[string]any) (string, bool) {
	t.Helper()
	result, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
	require.NoError(t, err, "%s %v", tool, args)
	var text strings.Builder
	for _, c := range result.Content {
		text.WriteString(c.(*mcp.TextContent).Text)
	}
	return text.String(), result.IsError
}

type args = map[string]any

// Each tool answers, says what is only possible, and cites.
func TestTools(t *testing.T) {
	s := connect(t)
	listed, err := s.ListTools(t.Context(), nil)
	require.NoError(t, err)
	var names []string
	for _, tool := range listed.Tools {
		names = append(names, tool.Name)
		assert.True(t, tool.Annotations.ReadOnlyHint, tool.Name)
		schema := tool.InputSchema.(map[string]any)
		for name, property := range schema["properties"].(map[string]any) {
			assert.NotEmpty(t, property.(map[string]any)["description"], "%s %s", tool.Name, name)
		}
	}
	assert.ElementsMatch(t, []string{"as_of", "why", "why_not", "when", "track", "changed", "events", "undecided", "sources", "draw", "happened"}, names)

	for _, c := range []struct {
		tool string
		args args
		want []string
	}{
		{"as_of", args{"on": "2024-07-01"}, []string{"# Leapmotor on 1 July 2024", "Stellantis 21.26 %", "## Undecided", "stellantis-agreed-by-reuters", "There is more on each section: company,"}},
		{"as_of", args{"section": "owners", "on": "2024-07-01"}, []string{"| Stellantis | 21.26 % |", "**What it rests on:**", "stellantis-closing: zx11; ern", "## Sources", "https://"}},
		{"as_of", args{"section": "owners", "words": "Stellantis", "on": "2024-07-01", "known": "2023-11-01"}, []string{"as known on 1 November 2023", "agreed"}},
		{"why", args{"place": "T03 Tychy status", "on": "2025-06-01"}, []string{"no longer made at Tychy", "t03-tychy-stopped: tl04", "## Sources", "timeslive"}},
		{"why_not", args{"place": "Tychy/T03/status", "value": "producing", "on": "2024-06-15"}, []string{"it is possible that", "## Sources"}},
		{"when", args{"place": "T03 Tychy"}, []string{"from a day in June 2024 until the end of 29 March 2025", "## Sources"}},
		{"track", args{"place": "Stellantis/percent"}, []string{"21.26", "20", "## Sources"}},
		{"changed", args{"from": "2024-05-31", "to": "2024-07-01"}, []string{"## Happened", "t03-tychy-trial", "## Sources"}},
		{"why_not", args{"place": "C10/status", "value": "on sale"}, []string{"it is certain that the C10 is on sale", "because:", "## Sources"}},
		{"happened", args{"from": "June 2024", "to": "June 2024"}, []string{"## Happened", "t03-tychy-trial: aca06", "## Sources"}},
		{"as_of", args{"section": " Plants ", "on": "2024-07-01"}, []string{"Tychy", "## Sources"}},
		{"events", args{"words": "Stellantis agrees"}, []string{"stellantis-agreed", "## Sources"}},
		{"undecided", args{"section": "owners", "on": "2024-07-01"}, []string{"stellantis-agreed-by-reuters: nas", "## Sources"}},
		{"sources", args{"words": "Reuters"}, []string{"TimesLIVE", "https://"}},
		{"draw", args{"on": "2024-07-01"}, []string{"```mermaid\ngantt\n", "perhaps", "From 194 sources"}},
	} {
		text, wrong := call(t, s, c.tool, c.args)
		assert.False(t, wrong, "%s: %s", c.tool, text)
		for _, want := range c.want {
			assert.Contains(t, text, want, "%s %v", c.tool, c.args)
		}
		assert.NotContains(t, text, "asof ", "%s %v", c.tool, c.args)
		assert.Less(t, len(text), most+200)
	}
}

// What is wrong is said so that the assistant can ask again.
func TestWrongQuestions(t *testing.T) {
	s := connect(t)
	for _, c := range []struct {
		tool string
		args args
		want string
	}{
		{"as_of", args{"section": "owner"}, `there is no section "owner"; there is company, people, owners`},
		{"as_of", args{"section": "version"}, `there is no section "version"`},
		{"undecided", args{"section": "nonsense"}, `there is no section "nonsense"`},
		{"as_of", args{"on": "soon"}, `"soon"`},
		{"as_of", args{"words": "x"}, "words are of a section; say which one"},
		{"as_of", args{"section": "-file=/etc/passwd"}, "there is no section"},
		{"why", args{"place": "-file=/etc/passwd"}, "begins with a hyphen"},
		{"why", args{"place": "Stelantis/percent"}, "did you mean one of these?"},
		{"why", args{"place": "stakes", "on": "2024-07-01"}, "each with its own reasons"},
		{"why", args{"place": "Stellantis", "source": "nobody"}, "nobody"},
		{"changed", args{"from": "2025-01-01", "to": "2024-01-01"}, "comes after"},
		{"draw", args{"on": "soon"}, `"soon"`},
	} {
		text, wrong := call(t, s, c.tool, c.args)
		assert.True(t, wrong, "%s %v: %s", c.tool, c.args, text)
		assert.Contains(t, text, c.want)
		assert.NotContains(t, text, "asof ")
	}
	text, wrong := call(t, s, "why", args{})
	assert.True(t, wrong)
	assert.Contains(t, text, "place", "the SDK checks what is given by the schema")
}

// A history of one's own is answered about; a small one as a whole.
func TestOwnHistory(t *testing.T) {
	s := connect(t, "-file", "../histories/saab.json")
	text, wrong := call(t, s, "as_of", args{"on": "2009-12-31"})
	assert.False(t, wrong)
	assert.Contains(t, text, "# Saab Automobile on 31 December 2009")
	assert.NotContains(t, text, "There is more on")
	assert.Contains(t, s.InitializeResult().Instructions, "Saab Automobile")
}

func TestMisuse(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"-h"}, 0, ""},
		{[]string{"serve"}, 2, `mcp: "serve" is not understood`},
		{[]string{"-port", "1"}, 2, "mcp: flag provided but not defined: -port"},
		{[]string{"-file", "none.json"}, 1, "mcp: open none.json"},
	} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, c.code, run(t.Context(), c.args, &mcp.IOTransport{Reader: io.NopCloser(strings.NewReader("")), Writer: nopCloser{io.Discard}}, &stdout, &stderr), "%v", c.args)
		assert.Contains(t, stderr.String(), c.want)
		assert.Equal(t, c.code == 0, stdout.String() == usage)
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
