package explorer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// silent says nothing of how far an export is.
func silent(int, int, string) {}

// handed returns what a script of an export hands over.
func handed(t testing.TB, folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name+".js"))
	require.NoError(t, err)
	parts := regexp.MustCompile(`^explorer\.hand\("([^"]*)", "([^"]*)"\);\n$`).FindSubmatch(text)
	require.NotNil(t, parts, name)
	assert.Equal(t, name, string(parts[1]))
	compressed, err := base64.StdEncoding.DecodeString(string(parts[2]))
	require.NoError(t, err)
	z, err := gzip.NewReader(bytes.NewReader(compressed))
	require.NoError(t, err)
	page, err := io.ReadAll(z)
	require.NoError(t, err)
	return string(page)
}

// blocksIn returns the names of the blocks in a page, and those of the ones that are empty.
func blocksIn(page string) (all, empty []string) {
	for _, m := range regexp.MustCompile(`data-block="([^"]*)"[^<>]*>(</)?`).FindAllStringSubmatch(page, -1) {
		all = append(all, m[1])
		if m[2] != "" {
			empty = append(empty, m[1])
		}
	}
	return all, empty
}

// An export says what the page says: on the days that have a file, on those between, and of
// each value and event.
func TestExportSaysTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	places := []answer.Place{{File: "../terminal/testdata/own.json"}, {File: "../../examples/histories/saab.json"}}
	if race.Enabled {
		places = places[:1] // nothing else runs at once for the other, which takes long
	}
	for _, place := range places {
		folder := filepath.Join(t.TempDir(), "site")
		_, err := exportTo(t.Context(), place, folder, silent)
		require.NoError(t, err)
		history, err := place.Load(t.Context())
		require.NoError(t, err)
		x := &exporter{ed: visit{newGeneration(history, 1), t.Context()}, tell: silent}
		var list struct{ Days, Stops []int }
		script, err := os.ReadFile(filepath.Join(folder, exportMark))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(bytes.TrimSuffix(bytes.TrimPrefix(script, []byte("explorer.history = ")), []byte(";\n")), &list))
		assert.Greater(t, len(list.Days), 10)
		assert.Equal(t, numbers(x.ed.stops), list.Stops)

		shownBefore := func(day edtf.Day) edtf.Day {
			from := list.Days[0]
			for _, d := range list.Days {
				if d <= int(day) {
					from = d
				}
			}
			return edtf.Day(from)
		}
		var files []string
		for name := range tree(t, folder) {
			if strings.HasPrefix(name, "why/") {
				files = append(files, strings.TrimSuffix(name, ".js"))
			}
		}
		slices.Sort(files)
		panels, absent := 0, 0
		for range race.Fewer(60) {
			day := x.ed.first + edtf.Day(random.IntN(int(x.ed.last-x.ed.first)+1))
			from := shownBefore(day)
			draft, err := x.pageOf(day)
			require.NoError(t, err)
			before, err := x.pageOf(from)
			require.NoError(t, err)
			if changes := regexp.MustCompile(`(?s)<section id="changes".*?</section>`); from < day { // of another day
				before, draft = changes.ReplaceAll(before, nil), changes.ReplaceAll(draft, nil)
			}
			require.Equal(t, says(before, from), says(draft, day), "%v is not as %v", day, from)

			if values := valuesIn(draft); len(values) > 0 {
				pointer := values[random.IntN(len(values))]
				require.Equal(t, wantPanel(t, x, "why", pointer, day), panelIn(t, folder, "why", pointer, day), "why %s on %v", pointer, day)
				panels++
			}
			var known []exportedPanel // of any value, which the page may not show on this day
			require.NoError(t, json.Unmarshal([]byte(handed(t, folder, files[random.IntN(len(files))])), &known))
			if one := known[0].Of; !slices.Contains(valuesIn(before), one) {
				require.Empty(t, panelIn(t, folder, "why", one, day), "why %s on %v", one, day)
				absent++
			}
			for name := range x.ed.byName {
				require.Equal(t, wantPanel(t, x, "event", name, day), panelIn(t, folder, "event", name, day), "event %s on %v", name, day)
				break
			}
		}
		assert.Greater(t, panels, race.Fewer(21)-1)
		assert.Greater(t, absent, race.Fewer(6)-1)

		// What the file of a day leaves out is in that of its group or in the page.
		index, err := os.ReadFile(filepath.Join(folder, "index.html"))
		require.NoError(t, err)
		base, none := blocksIn(string(index))
		assert.Empty(t, none)
		for n, d := range list.Days {
			day, group := edtf.Day(d), edtf.Day(list.Days[n-n%perGroup])
			all, left := blocksIn(handed(t, folder, "days/"+day.String()))
			wanted, _ := blocksIn(string(exported(must(x.pageOf(day)), nil)))
			assert.Equal(t, wanted, all, "on %v", day)
			first, _ := blocksIn(handed(t, folder, "days/"+group.String()))
			for _, name := range left {
				assert.True(t, slices.Contains(base, name) || day != group && slices.Contains(first, name), "%s on %v", name, day)
			}
			assert.NotEmpty(t, left)
		}
	}
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

// panelIn returns what an export says of a value or an event on a day.
func panelIn(t testing.TB, folder, kind, of string, day edtf.Day) string {
	t.Helper()
	var all []exportedPanel
	require.NoError(t, json.Unmarshal([]byte(handed(t, folder, panelFile(kind, of))), &all))
	for _, p := range all {
		if p.Of != of {
			continue
		}
		text := p.Panels[0]
		for n, d := range p.Days {
			if edtf.Day(d) <= day {
				text = p.Panels[n]
			}
		}
		return text
	}
	t.Fatalf("%s %s is not there", kind, of)
	return ""
}

// wantPanel returns what the page says of it.
func wantPanel(t testing.TB, x *exporter, kind, of string, day edtf.Day) string {
	t.Helper()
	text, err := x.panelOn(kind, of, day, nil)
	require.NoError(t, err)
	return text
}

// tree returns the files below a folder with what is in them.
func tree(t testing.TB, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	require.NoError(t, fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(os.DirFS(folder), path)
		found[path] = string(text)
		return err
	}))
	return found
}

// What is not an export is not deleted, though a file of it has the name of one, nor an export with files of
// somebody's own in it.
func TestExportLeavesWhatIsNotItsOwn(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"another history.js": {"history.js": "let history = [];", "index.html": ""},
		"a thesis":           {"history.js": exportBegins + "[];", "thesis.txt": "all of it"},
		"a repository":       {"history.js": exportBegins + "[];", ".git/HEAD": "ref: refs/heads/main"},
	} {
		folder := t.TempDir()
		for file, text := range files {
			path := filepath.Join(folder, file)
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		}
		require.Error(t, mayExport(folder), name)
	}
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "history.js"), []byte(exportBegins+"[];"), 0o644))
	require.NoError(t, mayExport(folder))
}

// An export is all there or not at all, replaces an earlier one and nothing else, and is the
// same each time.
func TestExportTakesItsFolder(t *testing.T) {
	place := answer.Place{File: "../terminal/testdata/own.json"}
	parent := t.TempDir()
	folder := filepath.Join(parent, "a", "site")
	run := func(ctx context.Context, args ...string) (code int, said, wrong string) {
		var out, errs bytes.Buffer
		code = Run(ctx, append(args, "-export", folder), Output{Stdout: &out, Stderr: &errs}, nil)
		return code, out.String(), errs.String()
	}
	code, said, wrong := run(t.Context(), "-file", place.File)
	require.Zero(t, code, wrong)
	assert.Contains(t, said, filepath.Join(folder, "index.html"))
	first := tree(t, folder)
	assert.Greater(t, len(first), 30)

	require.NoError(t, os.WriteFile(filepath.Join(folder, "stale.js"), nil, 0o644))
	code, _, wrong = run(t.Context(), "-file", place.File)
	require.Zero(t, code, wrong)
	assert.Equal(t, first, tree(t, folder), "it is replaced as a whole, and is the same")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, _, wrong = run(ctx, "-file", place.File)
	assert.Equal(t, 1, code)
	assert.Contains(t, wrong, "context canceled")
	assert.Equal(t, first, tree(t, folder), "it stays as it was")
	code, _, wrong = run(t.Context(), "-file", "export_test.go")
	assert.Equal(t, 1, code)
	assert.Contains(t, wrong, "export_test.go")
	entries, err := os.ReadDir(filepath.Dir(folder))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left behind")

	folder = filepath.Join(parent, "mine")
	require.NoError(t, os.MkdirAll(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "thesis.txt"), []byte("mine"), 0o644))
	code, _, wrong = run(t.Context(), "-file", place.File)
	assert.Equal(t, 1, code)
	assert.Contains(t, wrong, "mine is not empty, and no earlier export: name a new folder")
	assert.Equal(t, map[string]string{"thesis.txt": "mine"}, tree(t, folder))
}

// Texts of a hostile history stay in their place in files, too.
func TestExportOfHostileTexts(t *testing.T) {
	race.SkipLong(t)
	folder := filepath.Join(t.TempDir(), "site")
	_, err := exportTo(t.Context(), answer.Place{File: hostileHistory(t, 4)}, folder, silent)
	require.NoError(t, err)
	for name, text := range tree(t, folder) {
		if name == "page.js" || slices.ContainsFunc(forms, func(f form) bool { return f.path == name }) {
			continue // these are no pages
		}
		harmless(t, text)
		if strings.HasPrefix(name, "days/") || strings.HasPrefix(name, "why/") || strings.HasPrefix(name, "event/") {
			harmless(t, handed(t, folder, strings.TrimSuffix(name, ".js")))
			assert.Regexp(t, `^explorer\.hand\("[\w/-]+", "[\w+/=]*"\);\n$`, text, name)
		}
	}
}

func TestPanelFile(t *testing.T) {
	assert.Equal(t, "why/811c9dc5", panelFile("why", ""))
	assert.Equal(t, fmt.Sprintf("event/%08x", uint32(0xbf9cf968)), panelFile("event", "foobar"), "FNV-1a, of the test vectors")
}
