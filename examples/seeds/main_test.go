package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/seeds/table"
)

// asked runs the program.
func asked(args ...string) (code int, stdout, stderr string) {
	var out, err strings.Builder
	code = run(args, &out, &err)
	return code, out.String(), err.String()
}

const acquisitions = "../../seeds/table/testdata/acquisitions.csv"

// One command makes a history of a table.
func TestImportTable(t *testing.T) {
	out := filepath.Join(t.TempDir(), "acquisitions.json")
	code, stdout, stderr := asked("import", acquisitions, "-type", "context.noted", "-when", "announced", "-dates", "day-first",
		"-set", "actor={buyer}", "-set", "what=buys {bought}[ for {price}]", "-untold", "undisclosed", "-years-as-days", "years", "-horizon", "2012", "-o", out)
	require.Equal(t, written, code, stderr)
	assert.Empty(t, stdout)
	assert.Equal(t, []string{
		`acquisitions.csv:4:27: announced: "28/06/1905" is read as the year 2006`,
		out + ": 5 events; look at it with go run ./examples/asof -file " + out,
	}, lines(stderr))
	file, err := seeds.LoadFile(out)
	require.NoError(t, err)
	assert.Equal(t, 5, file.Timeline.Len())
	assert.Equal(t, "2012", file.Timeline.Horizon().String())
}

func lines(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }

// A table with faults is not taken at all, and each is said with what to do.
func TestImportFaults(t *testing.T) {
	out := filepath.Join(t.TempDir(), "own.json")
	code, stdout, stderr := asked("import", "-o", out, acquisitions, "-type", "subsidiary.acquired", "-when", "announced", "-set", "organisation={bought}", "-set", "price={price}")
	assert.Equal(t, faulty, code)
	assert.Empty(t, stdout)
	said := lines(stderr)
	assert.Equal(t, "seeds: "+acquisitions+" is not read, it has faults: 9", said[0])
	assert.Equal(t, []string{
		"-dates day-first or -dates month-first says what comes first",
		"-years-as-days years takes such days as years, -years-as-days days as they are",
		"-currency CODE says which currency is meant, -untold WORDS which words tell no amount",
	}, said[len(said)-3:])
	assert.NoFileExists(t, out)
}

func TestImportOthers(t *testing.T) {
	code, stdout, stderr := asked("import", "../../seeds/wikidata/testdata/item.json", "-names", "../../seeds/wikidata/testdata/names.json", "-title", "Example")
	assert.Equal(t, written, code, stderr)
	file, err := seeds.Load(strings.NewReader(stdout), "own.json")
	require.NoError(t, err)
	assert.Equal(t, "Example", file.Title)
	assert.Contains(t, stderr, "left out: P856 (official website): not understood\n")

	code, stdout, stderr = asked("import", "../../seeds/bods/testdata/register.json")
	assert.Equal(t, written, code, stderr)
	assert.Equal(t, "left out: statement 10000000-0000-0000-0000-000000000010: it names no party: subjectExemptFromDisclosure\n", stderr)
	_, err = seeds.Load(strings.NewReader(stdout), "own.json")
	require.NoError(t, err)
}

// A mapping file says what flags do, and several events of a row.
func TestImportMapped(t *testing.T) {
	dir := t.TempDir()
	own, mapping := filepath.Join(dir, "own.csv"), filepath.Join(dir, "map.json")
	require.NoError(t, os.WriteFile(own, []byte("who,from,to\nA,2019,2020\nB,2020,\n"), 0o644))
	require.NoError(t, os.WriteFile(mapping, []byte(`{"title": "Chairs", "events": [
		{"type": "office.taken", "when": "from", "set": {"office": "chair", "person": "{who}"}},
		{"type": "office.left", "when": "to", "set": {"office": "chair", "person": "{who}"}, "optional": true}]}`), 0o644))
	code, stdout, stderr := asked("import", own, "-map", mapping)
	require.Equal(t, written, code, stderr)
	file, err := seeds.Load(strings.NewReader(stdout), "own.json")
	require.NoError(t, err)
	assert.Equal(t, 3, file.Timeline.Len())

	// Flags say more, and a device is written to and stays one.
	code, _, stderr = asked("import", own, "-map", mapping, "-only", "who=B", "-untold", "n/a, -", "-horizon", "2022", "-title", "B", "-o", os.DevNull)
	require.Equal(t, written, code, stderr)
	assert.Contains(t, stderr, ": 1 event;")
	info, err := os.Lstat(os.DevNull)
	require.NoError(t, err)
	assert.False(t, info.Mode().IsRegular())
}

func TestMisuse(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"export"}, misused, `there is no command "export"; there is import`},
		{[]string{"import"}, misused, "import what? Give a file, such as seeds import acquisitions.csv"},
		{[]string{"import", "a", "b"}, misused, `"b" is not understood; one file is imported at a time`},
		{[]string{"import", "a", "-from", "xls"}, misused, `there is no form "xls"; there is csv, wikidata, bods`},
		{[]string{"import", "a", "-set", "x"}, misused, "it is written NAME=TEXT"},
		{[]string{"import", "a", "-set", "x=1", "-set", "x=2"}, misused, "x is there already"},
		{[]string{"import", "a", "-horizon", "soon"}, misused, "-horizon: "},
		{[]string{"import", acquisitions}, misused, "a table needs -type, the type of event that a row is, and -when, the column of its date; or -map FILE"},
		{[]string{"import", acquisitions, "-map", "m", "-type", "x"}, misused, "-map says what rows are; -type, -when, -known, -set, -slug and -note are for tables without it"},
		{[]string{"import", acquisitions, "-item", "Q1", "-type", "x", "-when", "y"}, misused, "-item is of wikidata, and " + acquisitions + " is csv"},
		{[]string{"import", "../../seeds/bods/testdata/register.json", "-dates", "day-first"}, misused, "-dates is of csv"},
		{[]string{"import", "../../seeds/bods/testdata/register.json", "-o", "../../seeds/bods/testdata/register.json"}, misused, "is what is imported"},
		{[]string{"import", acquisitions, "-map", "none.json"}, faulty, "none.json"},
		{[]string{"import", "none.csv"}, faulty, "none.csv"},
		{[]string{"import", "../../seeds/bods/testdata/register.json", "-from", "wikidata"}, faulty, "wikidata: register.json"},
		{[]string{"import", "../../seeds/bods/testdata/register.json", "-o", "no/such/folder/own.json"}, faulty, "no such file or directory"},
	} {
		code, stdout, stderr := asked(c.args...)
		assert.Equal(t, c.code, code, "%v", c.args)
		assert.Empty(t, stdout)
		assert.Contains(t, stderr, c.want, "%v", c.args)
	}
	code, stdout, stderr := asked("-h")
	assert.Equal(t, written, code)
	assert.Empty(t, stderr)
	assert.Equal(t, usage, stdout)
}

// The commands of docs/in-and-out.md print what it says.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/in-and-out.md")
	require.NoError(t, err)
	t.Chdir("../..")
	commands := 0
	for _, block := range strings.Split(string(text), "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		command, want, _ := strings.Cut(block, "\n")
		words, ok := strings.CutPrefix(command, "$ go run ./examples/seeds ")
		if !ok {
			continue
		}
		args := shellWords(words)
		out := args[len(args)-1]
		args[len(args)-1] = filepath.Join(t.TempDir(), out)
		code, stdout, stderr := asked(args...)
		assert.Equal(t, written, code)
		assert.Empty(t, stdout)
		assert.Equal(t, want, strings.ReplaceAll(stderr, args[len(args)-1], out))
		commands++
	}
	assert.Equal(t, 3, commands)

	_, _, faults := asked(append(shellWords("import seeds/table/testdata/acquisitions.csv -type context.noted -when announced"), "-set", "actor={buyer}", "-set", "what=buys {bought}")...)
	for _, line := range lines(strings.Split(string(text), "```text\n")[1])[:2] {
		assert.Contains(t, faults, line+"\n")
	}
	mapping := strings.Split(strings.Split(string(text), "```json\n")[1], "```")[0]
	_, err = table.ReadMapping(strings.NewReader(mapping))
	assert.NoError(t, err)
}

// shellWords returns the words of a command line, in which quotes keep blanks together.
func shellWords(line string) []string {
	var words []string
	for n, part := range strings.Split(line, "'") {
		if n%2 == 0 {
			words = append(words, strings.Fields(part)...)
		} else {
			words = append(words, part)
		}
	}
	return words
}
