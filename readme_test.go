package leapmotor_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// blocks returns the code blocks of README in the given language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var found []string
	for _, part := range strings.Split(string(text), "```"+language+"\n")[1:] {
		code, _, _ := strings.Cut(part, "```")
		found = append(found, code)
	}
	return found
}

// The program in README is examples/quickstart, which is compiled and tested.
func TestReadmeProgram(t *testing.T) {
	program, err := os.ReadFile("examples/quickstart/main.go")
	require.NoError(t, err)
	_, program2, _ := strings.Cut(string(program), "package main\n")
	assert.Equal(t, "package main\n"+program2, blocks(t, "go")[0])

	test, err := os.ReadFile("examples/quickstart/main_test.go")
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSpace(blocks(t, "console")[1]), "\n") {
		assert.Contains(t, string(test), "// "+line+"\n")
	}
}

// So is what it shows of -why.
func TestReadmeWhy(t *testing.T) {
	golden, err := os.ReadFile("internal/terminal/testdata/whole-why.golden")
	require.NoError(t, err)
	shown := ""
	for _, block := range blocks(t, "console") {
		if _, after, ok := strings.Cut(block, "with the sources\n"); ok {
			shown = after
		}
	}
	assert.Equal(t, string(golden), shown)
}

// The first question of README has the answer that the program gives.
func TestReadmeQuestion(t *testing.T) {
	golden, err := os.ReadFile("internal/terminal/testdata/whole-t03-in-poland.golden")
	require.NoError(t, err)
	question, said, ok := strings.Cut(blocks(t, "text")[0], "\n")
	require.True(t, ok)
	assert.Equal(t, "$ go run ./examples/asof when T03 Tychy", question)
	assert.Contains(t, string(golden), "\n\n"+said+"\n")
}

// So many events and sources as README says has the history.
func TestReadmeCounts(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	file := seeds.LeapmotorFile()
	assert.Contains(t, string(text), fmt.Sprintf("%d events of %d sources", file.Timeline.Len(), len(file.Sources)))
}

// The page on history files names every type of event.
func TestEveryTypeIsNamed(t *testing.T) {
	text, err := os.ReadFile("docs/history-file.md")
	require.NoError(t, err)
	assert.Contains(t, string(text), fmt.Sprintf("There are %d types of event", len(events.Prototypes())))
	for _, p := range events.Prototypes() {
		assert.Contains(t, string(text), "`"+events.TypeOf(p).Name+"`")
	}
}

// The history file that the page shows is one.
func TestHistoryFileOfThePage(t *testing.T) {
	text, err := os.ReadFile("docs/history-file.md")
	require.NoError(t, err)
	_, shown, ok := strings.Cut(string(text), "\n```json\n")
	require.True(t, ok)
	shown, _, ok = strings.Cut(shown, "\n```\n")
	require.True(t, ok)
	file, err := seeds.Load(strings.NewReader(shown), "own.json")
	require.NoError(t, err)
	assert.True(t, file.Timeline.Holds(edtf.MustDay("2019-06-30"), events.OnSale("One")).Truth == edtf.Certain)
	for _, member := range []string{"format", "title", "namespace", "sources", "events"} {
		_, err := seeds.Load(strings.NewReader(strings.Replace(shown, `"`+member+`":`, `"horizon":`, 1)), "own.json")
		assert.Error(t, err, member)
	}
}

// What README shows of the as-of program is what it prints, with "..." for
// what is left out.
func TestReadmeOutput(t *testing.T) {
	golden, err := os.ReadFile("internal/terminal/testdata/whole-2026-01-15.golden")
	require.NoError(t, err)
	_, shown, ok := strings.Cut(blocks(t, "console")[0], "asof 2026-01-15\n")
	require.True(t, ok)
	shown, _, ok = strings.Cut(shown, "\n$ go test")
	require.True(t, ok)
	rest := string(golden)
	for _, line := range strings.Split(shown, "\n") {
		if strings.TrimSpace(line) == "..." || line == "" {
			continue
		}
		i := strings.Index(rest, line+"\n")
		require.GreaterOrEqual(t, i, 0, "the program does not print %q there", line)
		rest = rest[i+len(line)+1:]
	}
}

// Links between the pages lead to files that are there.
func TestLinksOfPages(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md") {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			_, err := os.Stat(filepath.Join(filepath.Dir(page), m[1]))
			assert.NoError(t, err, "%s links to %s", page, m[1])
		}
	}
}

// README names every program, and says of the small ones what they show.
func TestReadmePrograms(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	programs, err := filepath.Glob("examples/*/main.go")
	require.NoError(t, err)
	require.NotEmpty(t, programs)
	for _, path := range programs {
		name := filepath.Base(filepath.Dir(path))
		assert.Contains(t, string(text), "[`"+name+"`]("+filepath.ToSlash(path)+")")
	}
	assert.GreaterOrEqual(t, strings.Count(string(text), "\n| [`quickstart`")+strings.Count(string(text), "/main.go) | "), 11)
}
