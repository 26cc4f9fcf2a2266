package main

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func quiet(string, ...any) {}

var once = pace{1, time.Millisecond}

// contestants are all of them, with a PostgreSQL if one is installed. Where
// checks must not be skipped, CI is set and it must be.
func contestants(t *testing.T) []contestant {
	all := []contestant{&sorted{}, &streams{}, &versions{}, &sqliteEvents{}, &sqliteIntervals{}}
	server, err := pgserver.New(serverSettings...)
	if errors.Is(err, pgserver.ErrNone) && os.Getenv("CI") == "" {
		t.Log("without PostgreSQL:", err)
		return all
	}
	require.NoError(t, err)
	t.Cleanup(server.Close)
	return append(all, &postgres{dsn: server.DSN()})
}

// Everybody gives the answers of the oracle, in many streams and in one, and
// with a budget that lets states go.
func TestContestantsAgreeWithOracle(t *testing.T) {
	rivals := contestants(t)
	for _, row := range []struct {
		streams, events int
		keep            int64
	}{{1, 100, 0}, {50, 5000, 0}, {50, 5000, 100_000}, {3, 3000, -1}, {1, 4000, 50_000}} {
		w := newWorkload(row.streams, row.events, func(int, int) {})
		a, err := newArena(w, once, field{&ours{keep: row.keep}, rivals}, quiet)
		require.NoError(t, err)
		require.NoError(t, a.check(60))
		assert.Greater(t, a.checked, 1000)
		a.close()
	}
	a, err := newArena(newWorkload(1, 100, func(int, int) {}), once, field{&single{}, nil}, quiet)
	require.NoError(t, err)
	require.NoError(t, a.check(60))
}

// forgetful leaves one event in a hundred out.
type forgetful struct{ streams }

func (c *forgetful) load(w *Workload) error {
	less := *w
	less.Facts = nil
	for i, f := range w.Facts {
		if i%100 > 0 {
			less.Facts = append(less.Facts, f)
		}
	}
	return c.streams.load(&less)
}

func TestCheckFindsWrongAnswers(t *testing.T) {
	a, err := newArena(newWorkload(5, 1000, func(int, int) {}), once, field{&ours{}, []contestant{&forgetful{}}}, quiet)
	require.NoError(t, err)
	require.ErrorIs(t, a.check(50), errWrong)
}

// The workload is what it says.
func TestWorkload(t *testing.T) {
	w := newWorkload(10, 20_000, func(int, int) {})
	again := newWorkload(10, 20_000, func(int, int) {})
	assert.Equal(t, w, again)
	imprecise, late, seen := 0, 0, map[Kind]bool{}
	for i, f := range w.Facts {
		if f.When.Precision() != edtf.PrecisionDay {
			imprecise++
		}
		if f.Known > f.Day+3 {
			late++
		}
		seen[f.Payload.Kind] = true
		assert.Equal(t, f.Day, f.When.Latest())
		assert.True(t, i == 0 || w.Facts[i-1].Known <= f.Known)
	}
	assert.InDelta(t, 0.3, float64(imprecise)/20_000, 0.02)
	assert.InDelta(t, 0.05, float64(late)/20_000, 0.01)
	assert.Len(t, seen, int(kinds))
}

// A quick run measures everything and writes its pages.
func TestQuickRun(t *testing.T) {
	b := newBench(true, 3, quiet)
	b.patience = time.Millisecond
	b.main, b.few, b.hot, b.growth = size{20, 2000}, size{4, 800}, size{1, 2000}, []int{100, 1000, 3000}
	b.companySizes, b.questions = []size{{1, 100}, {20, 2000}}, 1000
	require.NoError(t, b.run(""))
	text := b.report()
	for _, title := range []string{
		"At on one history of 100", "one value as of a date", "every value of a stream", "the whole world as of a date",
		"100 ascending dates", "and what is undecided", "as known on a day", "one late event", "load of", "bytes an event", "One stream",
	} {
		assert.Contains(t, text, title)
	}
	root := t.TempDir()
	require.NoError(t, os.Mkdir(root+"/docs", 0o755))
	require.NoError(t, b.write(root))
	svg, err := os.ReadFile(root + "/docs/growth.svg")
	require.NoError(t, err)
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}
	assert.NotContains(t, string(svg), "NaN")
}

func TestExponent(t *testing.T) {
	var gs []growth
	for _, n := range []int{1000, 10_000, 100_000} {
		gs = append(gs, growth{events: n, at: 7 * math.Pow(float64(n), 0.5), load: 3})
	}
	assert.InDelta(t, 0.5, exponent(gs, func(g growth) float64 { return g.at }), 1e-9)
	assert.InDelta(t, 0, exponent(gs, func(g growth) float64 { return g.load }), 1e-9)
}

func TestDuration(t *testing.T) {
	for ns, want := range map[float64]string{0.5: "0.50 ns", 12.34: "12.3 ns", 999: "999 ns", 1500: "1.50 µs", 2.5e6: "2.50 ms", 3e9: "3.00 s"} {
		assert.Equal(t, want, duration(ns))
	}
}
