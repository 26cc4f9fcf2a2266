// Package arch holds the repository to its architecture: who may import whom.
package arch

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/leapmotor-timeline/leapmotor"

// mayImport lists, for each package of the module that others build on, which
// packages it may import besides the standard library. Imports point
// downwards only: edtf, worlds, timeline, eventlog, archive, and timeline, events,
// seeds, examples.
var mayImport = map[string][]string{
	"":                            {},
	"/timeline/edtf":              {},
	"/internal/race":              {},
	"/internal/value":             {},
	"/internal/worlds":            {"/timeline/edtf", "/internal/value"},
	"/timeline":                   {"/timeline/edtf", "/internal/worlds", "/internal/value", "/internal/jsontree", "/internal/near", uuid},
	"/timeline/chart":             {"/timeline", "/timeline/edtf"},
	"/timeline/export":            {"/internal/jsontree", "/timeline", "/timeline/edtf", uuid, "github.com/arran4/golang-ical"},
	"/timeline/eventlog":          {"/timeline", "/timeline/edtf", "/internal/value", uuid},
	"/timeline/eventlog/codec":    {"/timeline/eventlog", "/timeline/eventlog/personal", "/internal/value"},
	"/timeline/eventlog/personal": {"/internal/value"},
	"/timeline/foldtest":          {"/timeline", "/timeline/edtf", "/internal/value", "/internal/worlds"},
	"/timeline/immutable":         {"/internal/value"},
	"/timeline/eventlog/memlog":   {"/timeline", "/timeline/eventlog", uuid},
	"/timeline/eventlog/logtest":  {"/timeline", "/timeline/edtf", "/timeline/eventlog", "/timeline/eventlog/memlog", uuid},
	"/timeline/eventlog/jsonl":    {"/timeline", "/timeline/eventlog", "/internal/jsontree", uuid},
	"/timeline/eventlog/proof":    {"/timeline/eventlog", "golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog"},
	"/timeline/eventlog/sqllog":   {"/timeline", "/timeline/edtf", "/timeline/eventlog", uuid},
	"/timeline/archive":           {"/timeline", "/timeline/edtf", "/timeline/eventlog", "/internal/worlds", "/internal/value", uuid},
	"/events":                     {"/internal/jsontree", "/internal/value", "/timeline", "/timeline/immutable", "/timeline/chart", "/timeline/eventlog", "/timeline/eventlog/codec", "/timeline/edtf", uuid, "golang.org/x/exp/constraints"},
	"/seeds":                      {"/events", "/timeline", "/timeline/edtf", "/timeline/eventlog", "/internal/fields", "/internal/jsontree", "/internal/near", uuid},
	"/seeds/table":                {"/events", "/internal/slug", "/internal/fields", "/internal/jsontree", "/internal/near", "/seeds", "/timeline", "/timeline/edtf", "/timeline/eventlog"},
	"/seeds/bods":                 {"/events", "/internal/slug", "/seeds", "/timeline", "/timeline/edtf", uuid},
	"/seeds/wikidata":             {"/events", "/internal/slug", "/seeds", "/timeline", "/timeline/edtf", "/timeline/immutable"},
	"/internal/answer":            {"/events", "/internal/slug", "/internal/words", "/seeds", "/timeline", "/timeline/immutable", "/timeline/edtf", "/timeline/eventlog", "/timeline/eventlog/jsonl", "/timeline/eventlog/memlog", "/internal/near", "/internal/jsontree", "/seeds/bods", "/timeline/export", uuid},
	"/internal/drawing":           {"/internal/answer", "/events", "/seeds", "/timeline/chart", "/timeline/edtf"},
	"/internal/terminal":          {"/internal/answer", "/internal/words", "golang.org/x/term", "/internal/near", "/events", "/seeds", "/timeline", "/timeline/immutable", "/timeline/edtf", "/timeline/export"},
	"/internal/explorer":          {"/events", "/internal/terminal", "/timeline/export", "/internal/words", "/internal/answer", "/internal/jsontree", "/seeds", "/timeline", "/timeline/immutable", "/timeline/eventlog", "/timeline/chart", "/timeline/edtf", uuid, "golang.org/x/term"},
	"/internal/words":             {"/events", "/timeline/edtf"},
	"/internal/jsontree":          {"/internal/value"},
	"/internal/hostile":           {},
	"/internal/near":              {},
	"/internal/fields":            {},
	"/internal/slug":              {},
	"/internal/model":             {"/timeline", "/timeline/edtf", uuid},
	"/internal/testbox":           {"/timeline", "/timeline/edtf", uuid, "pgregory.net/rapid"},
}

const uuid = "github.com/google/uuid"

// impure are packages that the engine must not import: clocks, randomness,
// files, networks, logs.
var impure = []string{"os", "io", "io/fs", "net", "net/http", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "os/exec", "syscall", "time", "flag", "hash/maphash", "runtime"}

func list(t *testing.T) map[string][]string {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	cmd := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	require.NoError(t, err)
	imports := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Fields(line)
		imports[strings.TrimPrefix(fields[0], module)] = fields[1:]
	}
	return imports
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func TestImportsPointDownwards(t *testing.T) {
	found := list(t)
	for pkg, allowed := range mayImport {
		imports, ok := found[pkg]
		require.True(t, ok, "there is no package %s", pkg)
		for _, path := range imports {
			if !isStandard(path) && !slices.Contains(allowed, strings.TrimPrefix(path, module)) {
				t.Errorf("%s%s imports %s", module, pkg, path)
			}
		}
	}
	for pkg := range found {
		_, listed := mayImport[pkg]
		top := strings.SplitN(strings.TrimPrefix(pkg, "/"), "/", 2)[0]
		assert.True(t, listed || top == "examples" || pkg == "/internal/arch", "say in mayImport what %s may import", pkg)
	}
}

func TestEngineIsPure(t *testing.T) {
	found := list(t)
	for _, pkg := range []string{"/timeline/edtf", "/internal/worlds", "/internal/value", "/timeline"} {
		for _, path := range found[pkg] {
			if (pkg == "/timeline/edtf" || pkg == "/timeline") && path == "time" {
				continue // DayOf takes a time.Time, and an Event has one
			}
			assert.NotContains(t, impure, path, "%s imports", pkg)
		}
		requireNoClock(t, "../.."+pkg)
	}
}

// requireNoClock looks for what asks the clock, or waits for it, in the files of a
// package.
func requireNoClock(t *testing.T, dir string) {
	paths, err := filepath.Glob(dir + "/*.go")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	clock := regexp.MustCompile(`\btime\.(Now|Since|Until|After|AfterFunc|Sleep|Tick|NewTicker|NewTimer|Local)\b`)
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Empty(t, clock.FindString(string(text)), path)
	}
}

// What programs compile for their own states and values is only what must know them. A generic type here is
// compiled anew in each package that uses it, with all its methods: the worlds of the engine and the nodes of
// tables once took most of the time that a small program needs to compile.
func TestEngineIsCompiledOnce(t *testing.T) {
	generic := map[string][]string{
		"../worlds":                {"Baseline", "Fact", "Step", "Tracer", "Traces", "keptStates", "sorter", "trace"},
		"../../timeline/immutable": {"List", "Table", "cell"},
	}
	form := regexp.MustCompile(`(?m)^type (\w+)\[`)
	for dir, may := range generic {
		var found []string
		files, err := filepath.Glob(dir + "/*.go")
		require.NoError(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, m := range form.FindAllSubmatch(text, -1) {
				found = append(found, string(m[1]))
			}
		}
		slices.Sort(found)
		assert.Equal(t, may, found, dir)
	}
}
