package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
)

// started starts the program and returns where it serves, what it says besides,
// and what ends it and returns its exit code.
func started(t *testing.T, args ...string) (address string, stderr *bytes.Buffer, end func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	stderr = &bytes.Buffer{}
	code := make(chan int, 1)
	go func() {
		code <- explorer.Run(ctx, args, explorer.Output{Stdout: in, Stderr: stderr}, nil)
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, stderr)
	address, _, _ = strings.Cut(line, " ")
	return address, stderr, func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(20 * time.Second):
			t.Fatal("it does not end")
			return -1
		}
	}
}

func TestServes(t *testing.T) {
	address, stderr, end := started(t, "-addr", "127.0.0.1:0")
	response, err := http.Get(address + "api/asof?on=2024-07-01")
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Contains(t, string(body), "Stellantis")
	news, err := http.Get(address + "live") // a page that is open does not keep it from ending
	require.NoError(t, err)
	defer news.Body.Close()
	assert.Equal(t, 0, end())
	assert.Empty(t, stderr.String())
	_, err = http.Get(address)
	assert.Error(t, err)
}

func TestBeyondThisMachine(t *testing.T) {
	_, stderr, end := started(t, "-addr", "0.0.0.0:0")
	assert.Equal(t, 0, end())
	assert.Contains(t, stderr.String(), "warning: whoever can reach")
}

func TestMistakes(t *testing.T) {
	run := func(wantCode int, args ...string) (stdout, stderr string) {
		var out, err bytes.Buffer
		require.Equal(t, wantCode, explorer.Run(context.Background(), args, explorer.Output{Stdout: &out, Stderr: &err}, nil))
		return out.String(), err.String()
	}
	help, _ := run(0, "-h")
	assert.Contains(t, help, "-addr ADDRESS")
	_, stderr := run(2, "2024")
	assert.Contains(t, stderr, `"2024" is not understood`)
	_, stderr = run(2, "-stream", "x")
	assert.Contains(t, stderr, "none is given")
	_, stderr = run(1, "-file", "nowhere.json", "-addr", "127.0.0.1:0")
	assert.Contains(t, stderr, "nowhere.json")
	bad := t.TempDir() + "/bad.json"
	require.NoError(t, os.WriteFile(bad, []byte(`{"format": 1, "titel": 3}`), 0o644))
	_, stderr = run(1, "-file", bad, "-addr", "127.0.0.1:0")
	assert.Contains(t, stderr, "is not read, it has faults")
	address, _, end := started(t, "-addr", "127.0.0.1:0")
	defer end()
	_, stderr = run(1, "-addr", strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/"))
	assert.Contains(t, stderr, "-addr 127.0.0.1:0 takes a port that is free")
}

// A log in place of the file's events; what is appended to it appears.
func TestLog(t *testing.T) {
	lines, err := os.ReadFile("../../events/testdata/log-1.jsonl")
	require.NoError(t, err)
	all := bytes.SplitAfter(lines, []byte("\n"))
	path := t.TempDir() + "/log.jsonl"
	require.NoError(t, os.WriteFile(path, bytes.Join(all[:5], nil), 0o644))
	address, stderr, end := started(t, "-addr", "127.0.0.1:0", "-log", path)
	count := func() int {
		response, err := http.Get(address + "api/events")
		require.NoError(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		return bytes.Count(body, []byte(`"happened"`))
	}
	before := count()
	require.Positive(t, before)
	log, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = log.Write(all[5])
	require.NoError(t, err)
	require.NoError(t, log.Close())
	assert.Eventually(t, func() bool { return count() == before+1 }, 20*time.Second, 50*time.Millisecond)
	assert.Equal(t, 0, end())
	assert.Empty(t, stderr.String())
}
