package terminal

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden runs the program as it is used and compares what it prints. A
// golden file changes only with the history or the layout, never to get a test
// green.
func TestGolden(t *testing.T) {
	for name, args := range map[string]string{
		"2024-07-01":    "2024-07-01",
		"2024-05-15":    "2024-05-15",
		"2024-06-15":    "2024-06-15",
		"2018-year":     "2018",
		"november-2017": "November 2017",
		"2025-03-15":    "2025-03-15",
		"past-horizon":  "2026-01-01",
		"known":         "-known 2024-05-31 2024-07-01",
		"known-late":    "2024-10-31 -known 2024-10-31",
		"according":     "-according article 2020-01-01",
		"events":        "-events 2019-06-30",
		"json":          "-json 2024-06-15",
		"json-known":    "-json -known 2024-05-31 2024-06-15",
		"json-events":   "-json -events 2017-11-15",
		"before":        "1999",
		"own":           "-file testdata/own.json 2017-06-01",
		"saab":          "-file ../../examples/histories/saab.json 2012-12-31",
		"tesla":         "-file ../../examples/histories/tesla.json 2025-10-31",
		"own-events":    "-file testdata/own.json -events 2017-06-01",
		"taken":         "2017-12-31",
		"own-later":     "-file testdata/own.json -events 2016-06-01",
		"own-known":     "-file testdata/own.json -known 2018-01-01 2017-06-01",
		"own-according": "-file testdata/own.json -according paper 2017-06-01",
		"help":          "-h",

		"whole-2016-12-31":       "2016-12-31",
		"whole-2018-12-31":       "2018-12-31",
		"whole-2019-12-31":       "2019-12-31",
		"whole-2020-12-31":       "2020-12-31",
		"whole-2021-12-31":       "2021-12-31",
		"whole-2022-09-28":       "2022-09-28",
		"whole-2022-09-30":       "2022-09-30",
		"whole-2023-11-21":       "2023-11-21",
		"whole-2024-07-01":       "2024-07-01",
		"whole-2024-11-15-known": "-known 2024-11-15 2024-11-15",
		"whole-2025-06-01":       "2025-06-01",
		"whole-2026-01-15":       "2026-01-15",
		"whole-why":              "-why Tychy/T03/status 2025-06-01",
		"whole-why-b10":          "-why b10-europe/window 2025-12-31",
		"whole-track-stellantis": "-track Stellantis/percent",
		"whole-when-president":   "-when president/holder",

		"why":               "-why Tychy/T03/status 2025-06-01",
		"why-possible":      "-why markets/Europe 2024-06",
		"why-absent":        "-why Tychy 2020",
		"why-rivals":        "-why S01/firstShown/as 2020",
		"why-json":          "-json -why stakes/Stellantis 2024-07-01",
		"why-known":         "-why b10-poland/status -known 2024-12-31 2024-10-31",
		"whynot":            "-whynot Tychy/T03/status=producing 2024-06-15",
		"whynot-known":      "-whynot Tychy/T03 -known 2024-05-31 2024-06-30",
		"whynot-plan":       "-whynot models/C10/launched 2025-06-01",
		"whynot-new":        "-whynot plants/Mirafiori 2025-06-01",
		"whynot-later":      "-whynot stakes/Stellantis/percent=20 2020-01-01",
		"whynot-had":        "-whynot stakes/Stellantis/percent=20 2024-01-01",
		"whynot-json":       "-json -whynot Tychy/T03/status=ended 2024-06-15",
		"when":              "-when Tychy/T03/status=producing",
		"when-still":        "-when stakes/Stellantis",
		"when-possible":     "-when firstShown/as=LP-S01",
		"when-never":        "-when Stellantis/percent=30",
		"when-calendar":     "-when lingxin-01-vehicle-test/status=due",
		"when-known":        "-when Tychy/T03/status=producing -known 2025-01-01",
		"whynot-due":        "-whynot lingxin-01-vehicle-test/status=overdue 2018-07-01",
		"when-plan":         "-when plans/hongqi-production",
		"whynot-dropped":    "-whynot plants/Poland/models/B10 2025-10-31",
		"whynot-was":        "-whynot Tychy/T03/status=producing 2025-10-31",
		"whynot-unless":     "-whynot Tychy/T03/status=producing 2025-03-15",
		"whynot-horizon":    "-whynot Stellantis/percent=20 2026-05-01",
		"why-calendar":      "-why south-america-launch/status 2025-10-31",
		"why-unknown":       "-why markets/Europe -known 2023-12-31 2024-12-31",
		"why-horizon":       "-why models/C10/launched 2026-06-01",
		"why-object":        "-why models/T03 2024-12-31",
		"track-rivals":      "-track yearly-model/status",
		"track-object":      "-track models/S01",
		"track-table":       "-track plans",
		"when-rivals":       "-when yearly-model/status=due",
		"when-future":       "-when hongqi-production/status=overdue",
		"own-corrected":     "-file testdata/own.json -why models/One 2017-04-30",
		"own-whynot":        "-file testdata/own.json -whynot models/One 2017-04-30",
		"plan-track":        "-file testdata/plan.json -track x/status",
		"plan-when":         "-file testdata/plan.json -when x/status=overdue",
		"own-when":          "-file testdata/own.json -json -when Bank/percent=10",
		"when-json":         "-json -when Tychy/T03/status=producing",
		"since":             "-since 2024-05-31 2024-07-01",
		"since-last":        "-since 2025-04-30",
		"since-known":       "-since 2024-06-30 -known 2024-09-30 2024-09-30",
		"since-same":        "-since 2022-01-01 2022-06-01",
		"since-json":        "-json -since 2025-02-28 2025-03-31",
		"track":             "-track Tychy/T03/status",
		"track-undecided":   "-track S01/firstShown/as",
		"track-calendar":    "-track plans/europe-launch/status",
		"track-json":        "-json -track Stellantis/percent",
		"own-was-told":      "-file testdata/own.json -why One/launched -known 2017-05-01 2017-05-01",
		"own-why":           "-file testdata/own.json -why Bank/percent 2017-06-01",
		"own-since":         "-file testdata/own.json -since 2016-01-01 2018-01-01",
		"owners":            "owners 2024-07-01",
		"people":            "people 2025-05-01",
		"narrow":            "-width 40 owners 2024-07-01",
		"wide":              "-width 120 plants 2024-07-01",
		"undecided":         "undecided 2018-12-31",
		"undecided-owners":  "undecided models 2018-12-31",
		"search":            "search Stellantis agrees",
		"sources":           "sources Wikipedia",
		"sources-none":      "sources Reuters",
		"sources-json":      "sources -json",
		"help-when":         "help when",
		"man":               "man",
		"completion-bash":   "completion bash",
		"completion-zsh":    "completion zsh",
		"completion-fish":   "completion fish",
		"slipped":           "plans -slipped",
		"form-events-csv":   "events -form csv 2024-06-15",
		"form-events-ics":   "search Tychy -form ics",
		"form-events-atom":  "since 2025-01-01 -form atom",
		"form-events-jsonl": "events -form jsonl",
		"form-state-md":     "2024-06-15 -form md",
		"form-state-csv":    "2024-06-15 -form csv",
		"form-why-md":       "why Tychy/T03/status 2025-06-01 -form md",
		"form-owners-md":    "owners 2024-07-01 -form md",
		"form-track-csv":    "track Tychy -form csv",
		"form-values-csv":   "track -form csv",
		"form-changes-csv":  "changes 2024-05-31 2024-07-01 -form csv",
		"form-changes-atom": "changes 2024-05-31 2024-07-01 -form atom",
		"form-mermaid":      "-form mermaid",
		"form-bods":         "-form bods",

		"whole-who-owned-it-in-2024":     "owners 2024",
		"whole-t03-in-poland":            "when T03 Tychy",
		"whole-t03-in-poland-known":      "when T03 Tychy -known 2024-11",
		"whole-on-sale-on-2021-01-01":    "models -on-sale 2021-01-01",
		"whole-plants-abroad":            "plants -abroad",
		"whole-what-stellantis-paid":     "why Stellantis/price",
		"whole-since-the-deal":           "since 2023-10-26",
		"whole-slipped":                  "plans -slipped",
		"whole-owners-stellantis":        "owners Stellantis",
		"whole-changes-may-to-july-2024": "changes May 2024 July 2024",
		"plants-making":                  "plants -making -on 2024-07-01",
		"models-on-sale":                 "models 2020-06-01 -on-sale",
		"plans-overdue":                  "plans -overdue",
		"deliveries":                     "deliveries 2024-07-01",
		"markets-json":                   "markets -json 2024-07-01",
		"own-according-why":              "-file testdata/own.json -according paper -why Bank/percent 2017-06-01",
	} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			fields := fieldsOf(args)
			if strings.HasPrefix(name, "whole-") {
				fields = strings.Fields(args)
			}
			require.Equal(t, Answered, Run(fields, Output{Stdout: &stdout, Stderr: &stderr}, nil), stderr.String())
			if strings.HasPrefix(name, "form-") { // remarks have no place in a table
				assert.NotContains(t, "\n"+strings.TrimSpace(stderr.String()), "\n"+"asof -h")
			} else {
				assert.Empty(t, stderr.String())
			}
			path := filepath.Join("testdata", name+".golden")
			if *update {
				require.NoError(t, os.WriteFile(path, stdout.Bytes(), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), stdout.String())
			if name == "man" {
				return // its lines are filled by man
			}
			for _, line := range strings.Split(stdout.String(), "\n") {
				assert.Equal(t, strings.TrimRight(line, " "), line, "blanks at the end of a line")
			}
		})
	}
}

// fieldsOf returns arguments, about the history of the article unless they name another.
func fieldsOf(args string) []string {
	fields := strings.Fields(args)
	if !slices.Contains(fields, "-file") && !slices.Contains(fields, "-log") && !slices.Contains(fields, "-h") {
		fields = append([]string{"-file", "../../seeds/testdata/article.json"}, fields...)
	}
	return fields
}

func TestFaults(t *testing.T) {
	for _, row := range []struct {
		args string
		code int
		want string
	}{
		{"owners Stelantis 2024", UsageFault, "asof: nothing of owners has \"Stelantis\" in it; did you mean \"Stellantis\"?\nasof -h shows how to use it\n"},
		{"plants Mars", UsageFault, "asof: nothing of plants has \"Mars\" in it that day, and it is no date either\nasof -h shows how to use it\n"},
		{"models 2024-13", UsageFault, "asof: \"2024-13\" cannot be read as a date: no such month or sub-year code\nasof -h shows how to use it\n"},
		{"search", UsageFault, "asof: search what? Give some words, such as asof search Stellantis agrees\nasof -h shows how to use it\n"},
		{"completion tcsh", UsageFault, "asof: completion for which shell? Give one of bash, fish, zsh\nasof -h shows how to use it\n"},
		{"help foo", UsageFault, "asof: there is no command \"foo\"; there is: " + strings.Join(commandNames(), ", ") + "\nasof -h shows how to use it\n"},
		{"help ownrs", UsageFault, "asof: there is no command \"ownrs\"; did you mean \"owners\"?\nasof -h shows how to use it\n"},
		{"-width 10", UsageFault, "asof: -width 10 is too narrow; give 40 or more\nasof -h shows how to use it\n"},
		{"-color red", UsageFault, "asof: -color red: give auto, always or never\nasof -h shows how to use it\n"},
		{"-dates 1", UsageFault, "asof: -dates 1: give day-first or month-first\nasof -h shows how to use it\n"},
		{"1.7.2024", UsageFault, "asof: \"1.7.2024\" cannot be read as a date: a date in figures has two meanings, 7 January 2024 and 1 July 2024: write 2024-07-01\n-dates day-first or -dates month-first says which is meant\nasof -h shows how to use it\n"},
		{"2024 -count", UsageFault, "asof: -count is of a section: asof plants -count\nasof -h shows how to use it\n"},
		{"plans -slipped -overdue", UsageFault, "asof: -slipped and -overdue ask different things; give one\nasof -h shows how to use it\n"},
		{"owners -slipped", UsageFault, "asof: -slipped is of plans: asof plans -slipped\nasof -h shows how to use it\n"},
		{"owners Stellantis -json", UsageFault, "asof: -json has all of owners; take \"Stellantis\" from it, or leave out -json\nasof -h shows how to use it\n"},
		{"ownrs 2024", UsageFault, "asof: there is no command \"ownrs\"; did you mean \"owners\"?\nasof -h shows how to use it\n"},
		{"2024 -knwn 2024", UsageFault, "asof: there is no flag -knwn; did you mean -known?\nasof -h shows how to use it\n"},
		{"why", UsageFault, "asof: why what? Give a part of the state, such as asof why stakes/Stellantis\nasof -h shows how to use it\n"},
		{"diff", UsageFault, "asof: changes since when? Give a day, such as asof changes 2024-05-01\nasof -h shows how to use it\n"},
		{"why x -why y", UsageFault, "asof: why is asked twice, about \"x\" and \"y\"\nasof -h shows how to use it\n"},
		{"plans -abroad", UsageFault, "asof: -abroad is of plants: asof plants -abroad\nasof -h shows how to use it\n"},
		{"owners -events", UsageFault, "asof: owners and -events ask different things; give one\nasof -h shows how to use it\n"},
		{"owners 2024 -on 2025", UsageFault, "asof: the day is given twice, as \"2024\" and with -on 2025\nasof -h shows how to use it\n"},
		{"owners 2024-07-01 2025-01-01", UsageFault, "asof: owners is asked for on one day, and \"2024-07-01\" is another\nasof -h shows how to use it\n"},
		{"plants Mars -count", UsageFault, "asof: nothing of plants has \"Mars\" in it that day, and it is no date either\nasof -h shows how to use it\n"},
		{"plants Mars -form csv", UsageFault, "asof: nothing of plants has \"Mars\" in it that day, and it is no date either\nasof -h shows how to use it\n"},
		{"soon", UsageFault, "asof: \"soon\" cannot be read as a date: not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020\nasof -h shows how to use it\n"},
		{"2024-02-30", UsageFault, "asof: \"2024-02-30\" cannot be read as a date: the month has no such day\nasof -h shows how to use it\n"},
		{"2018/..", UsageFault, "asof: \"2018/..\" has no last day\nasof -h shows how to use it\n"},
		{"9999-24", UsageFault, "asof: \"9999-24\" ends after the year 9999, the last that can be asked for\nasof -h shows how to use it\n"},
		{"2024 -since Y-12345", UsageFault, "asof: \"Y-12345\" ends before the year -9999, the first that can be asked for\nasof -h shows how to use it\n"},
		{"2024 -known never", UsageFault, "asof: \"never\" cannot be read as a date: not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020\nasof -h shows how to use it\n"},
		{"2024 -zzz 2024", UsageFault, "asof: there is no flag -zzz\nasof -h shows how to use it\n"},
		{"2024 -why stakes -events", UsageFault, "asof: -why and -events ask different things; give one\nasof -h shows how to use it\n"},
		{"2024 -track stakes", UsageFault, "asof: -track covers all days, and takes no DATE such as \"2024\"\nasof -h shows how to use it\n"},
		{"-since soon", UsageFault, "asof: \"soon\" cannot be read as a date: not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020\nasof -h shows how to use it\n"},
		{"2024 -why stake/Stelantis", UsageFault, "asof: there never is a value at \"stake/Stelantis\"; did you mean one of these?\n  /stakes/Stellantis\nasof -h shows how to use it\n"},
		{"2024 -why T03/status", UsageFault, "asof: \"T03/status\" may be any of these; give one of them:\n  /models/T03/status\n  /plants/Tychy/models/T03/status\nasof -h shows how to use it\n"},
		{"-track plants/Tychi", UsageFault, "asof: there never is a value at \"plants/Tychi\"; did you mean one of these?\n  /plants/Tychy\nasof -h shows how to use it\n"},
		{"-when plants/Tychi", UsageFault, "asof: there never is a value at \"plants/Tychi\"; did you mean one of these?\n  /plants/Tychy\nasof -h shows how to use it\n"},
		{"2024-01-01 -since 2025-01-01", UsageFault, "asof: the day to compare with, 1 January 2025, comes after 1 January 2024\nasof -h shows how to use it\n"},
		{"2024 -why /", UsageFault, "asof: POINTER must name a part of the state, such as stakes/Stellantis\nasof -h shows how to use it\n"},
		{"-track nonsense/of/every/sort", UsageFault, "asof: there never is a value at \"nonsense/of/every/sort\"; the state has: " +
			"/brand, /capital, /company, /components, /concepts, /context, /markets, /models, /offices, /organisations, /partnerships, /plans, /plants, " +
			"/platforms, /stakes, /talks, /technologies, /ventures\nasof -h shows how to use it\n"},
		{"2024 -known=", UsageFault, "asof: -known is given without a value\nasof -h shows how to use it\n"},
		{"2024 -according reuters", UsageFault, "asof: there is no source \"reuters\"; there is: article\nasof sources -file ../../seeds/testdata/article.json lists them\nasof -h shows how to use it\n"},
		{"2024 -file testdata/none.json", UsageFault, "asof: open testdata/none.json: no such file or directory\nasof -h shows how to use it\n"},
		{"2024 -file testdata/faulty.json", DataFault, `asof: testdata/faulty.json is not read, it has faults: 6
faulty.json:7:74: /events/0/when: "2015-13": at offset 5: no such month or sub-year code
faulty.json:8:89: /events/0/cites/0/source: there is no source "boook"; did you mean "book"?
faulty.json:9:31: /events/1/type: there is no event type "stake.closd"; did you mean "stake.closed"?
faulty.json:10:14: /events/2/slug: there is a slug "stake" already
faulty.json:10:115: /events/2/data/percent: 120 percent is more than 100
faulty.json:10:130: /events/2/cites: an event needs a citation
`},
	} {
		var stdout, stderr bytes.Buffer
		code := Run(fieldsOf(row.args), Output{Stdout: &stdout, Stderr: &stderr}, nil)
		assert.Equal(t, row.code, code, row.args)
		assert.Equal(t, row.want, stderr.String())
		assert.Empty(t, stdout.String())
	}
}

// What a narrowed section rests on are the events of its rows, whatever words those have.
func TestNarrowedIsCited(t *testing.T) {
	cited := func(args ...string) string {
		var stdout, stderr bytes.Buffer
		require.Equal(t, Answered, Run(append(args, "-cited"), Output{Stdout: &stdout, Stderr: &stderr}, nil), stderr.String())
		_, behind, ok := strings.Cut(stdout.String(), "WHAT IT RESTS ON")
		if !ok {
			_, behind, ok = strings.Cut(stdout.String(), "What it rests on")
		}
		require.True(t, ok, stdout.String())
		return behind
	}
	assert.Contains(t, cited("plants", "Poland"), "t03-tychy")
	all, overdue := cited("plans"), cited("plans", "-overdue")
	assert.Less(t, len(overdue), len(all)/2)
}

// A variable of the shell that is not set is a mistake, and no word.
func TestEmptyWords(t *testing.T) {
	for _, args := range [][]string{{"owners", ""}, {"when", ""}, {"why", "", "2024"}, {" "}} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, UsageFault, Run(args, Output{Stdout: &stdout, Stderr: &stderr}, nil), args)
		assert.Contains(t, stderr.String(), "a word is empty", args)
	}
}

// A view that lacks what an event needs says so in the remarks.
func TestViewWithoutABeginning(t *testing.T) {
	file := filepath.Join(t.TempDir(), "h.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"format": 1, "title": "T", "namespace": "https://example.org/t",
		"sources": [{"key": "a", "title": "A"}, {"key": "b", "title": "B"}],
		"events": [
			{"slug": "start", "type": "production.started", "version": 1, "when": "2020", "data": {"plant": "P", "model": "M"}, "cites": [{"source": "a"}]},
			{"slug": "end", "type": "production.ended", "version": 1, "when": "2021", "data": {"plant": "P", "model": "M"}, "cites": [{"source": "b"}]}
		]}`), 0o644))
	var stdout, stderr bytes.Buffer
	code := Run([]string{"-file", file, "-according", "b", "2022"}, Output{Stdout: &stdout, Stderr: &stderr}, nil)
	assert.Equal(t, 0, code)
	assert.Empty(t, stderr.String())
	assert.Contains(t, stdout.String(), "P    M  ended, no beginning recorded, 2021\n")
	assert.Contains(t, stdout.String(), "The production of the M at P: the M was made at P (end); missing: when that began.\n")
}

// The examples of -h work.
func TestHelpExamples(t *testing.T) {
	_, text, found := strings.Cut(usage, "Examples:\n")
	require.True(t, found)
	examples := strings.Split(strings.TrimSpace(text), "\n")
	assert.Len(t, examples, 4)
	for _, example := range examples {
		args := strings.Fields(example)
		require.Equal(t, "asof", args[0])
		var stdout, stderr bytes.Buffer
		assert.Equal(t, Answered, Run(args[1:], Output{Stdout: &stdout, Stderr: &stderr}, nil), stderr.String())
		assert.Greater(t, strings.Count(stdout.String(), "\n"), 3, example)
	}
	for _, c := range allCommands() {
		var stdout, stderr bytes.Buffer
		args := append([]string{c.name}, strings.Fields(c.like)...)
		assert.Equal(t, Answered, Run(args, Output{Stdout: &stdout, Stderr: &stderr}, nil), "%v: %s", args, stderr.String())
		stdout.Reset()
		require.Equal(t, Answered, Run([]string{"help", c.name}, Output{Stdout: &stdout, Stderr: &stderr}, nil))
		for _, line := range strings.Split(stdout.String(), "\n") {
			assert.LessOrEqual(t, len(line), 80, line)
		}
	}
	lines := strings.Split(strings.TrimSpace(usage), "\n")
	assert.LessOrEqual(t, len(lines), 24, "it fits a screen")
	for _, line := range lines {
		assert.LessOrEqual(t, len(line), 80, line)
	}
}

func TestColour(t *testing.T) {
	var plain, coloured, stderr bytes.Buffer
	Run([]string{"2024-07-01"}, Output{Stdout: &plain, Stderr: &stderr}, nil)
	Run([]string{"2024-07-01"}, Output{Stdout: &coloured, Stderr: &stderr, Colour: true}, nil)
	assert.NotContains(t, plain.String(), "\x1b")
	assert.Contains(t, coloured.String(), "\x1b[1mOWNERS\x1b[0m")
	uncoloured := regexp.MustCompile("\x1b\\[[0-9]*m").ReplaceAllString(coloured.String(), "")
	assert.Equal(t, plain.String(), uncoloured, "colour changes nothing else")
}

// What is higher than the terminal is shown by the pager, unless there is none.
func TestPager(t *testing.T) {
	shown := ""
	var stdout, stderr bytes.Buffer
	out := Output{Stdout: &stdout, Stderr: &stderr, Width: 90, Height: 24, Pager: func(text string) error { shown = text; return nil }}
	require.Equal(t, Answered, Run([]string{"2024-07-01"}, out, nil))
	assert.Empty(t, stdout.String())
	assert.Contains(t, shown, "Leapmotor on 1 July 2024")
	for _, line := range strings.Split(shown, "\n") {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 90)
	}
	shown = ""
	require.Equal(t, Answered, Run([]string{"plants", "-count", "2024-07-01"}, out, nil))
	assert.Empty(t, shown, "it fits")
	assert.Equal(t, "4\n", stdout.String())
	out.Pager = func(string) error { return errors.New("there is no such program") }
	stdout.Reset()
	require.Equal(t, Answered, Run([]string{"2024-07-01"}, out, nil))
	assert.Contains(t, stdout.String(), "Leapmotor on 1 July 2024", "it is printed then")
	assert.Equal(t, []string{"less"}, pagerOf("", false))
	assert.Equal(t, []string{"more", "-d"}, pagerOf("more -d", true))
	assert.Empty(t, pagerOf("", true))
}

// The JSON has what its users rely on.
func TestJSONForm(t *testing.T) {
	var stdout, stderr bytes.Buffer
	require.Equal(t, Answered, Run(fieldsOf("-json 2024-07-01"), Output{Stdout: &stdout, Stderr: &stderr}, nil))
	var doc map[string]any
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &doc))
	assert.ElementsMatch(t, []string{"on", "known", "state", "pending", "notRecorded", "remarks"}, slices.Collect(maps.Keys(doc)))
	assert.Nil(t, doc["known"])
	for pointer, want := range map[string]any{
		"/stakes/Stellantis/percent":            20.0,
		"/models/T03/status":                    "on sale",
		"/plants/Tychy/models/T03/status":       "producing",
		"/plans/lingxin-01-vehicle-test/status": "overdue",
	} {
		value := doc["state"]
		for _, step := range strings.Split(pointer, "/")[1:] {
			value = value.(map[string]any)[step]
		}
		assert.Equal(t, want, value, pointer)
	}
}

// Commands are other words for flags, and without a date the last day is taken.
func TestCommands(t *testing.T) {
	run := func(args string) string {
		var stdout, stderr bytes.Buffer
		today := func() time.Time { return time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC) }
		require.Equal(t, Answered, Run(fieldsOf(args), Output{Stdout: &stdout, Stderr: &stderr, Today: today}, nil), stderr.String())
		return stdout.String()
	}
	for command, flags := range map[string]string{
		"":                                      "2025-10-31",
		"today":                                 "2024-07-01",
		"-on Today":                             "2024-07-01",
		"-known today 2025-01-01":               "-known 2024-07-01 2025-01-01",
		"owners yesterday":                      "owners 2024-06-30",
		"-known yesterday last month":           "-known 2024-06-30 2024-06",
		"changes last quarter":                  "-since 2024-34",
		"owners":                                "owners -on 2025-10-31",
		"why Tychy/T03/status 2025-06-01":       "-why Tychy/T03/status 2025-06-01",
		"why Tychy/T03/status":                  "-why Tychy/T03/status 2025-10-31",
		"why-not models/C10/launched July 2024": "-whynot models/C10/launched July 2024",
		"when Tychy/T03/status=producing":       "-when Tychy/T03/status=producing",
		"track Tychy/T03/status -json":          "-json -track Tychy/T03/status",
		"changes 2024-05-31 2024-07-01":         "-since 2024-05-31 2024-07-01",
		"diff 2024-05-31 today":                 "-since 2024-05-31 2024-07-01",
		"changes 2025-04-30":                    "-since 2025-04-30",
		"events 2019-06-30":                     "-events 2019-06-30",
		"whynot models/C10/launched 2024":       "-whynot models/C10/launched 2024",
		"why Tychy T03 status 1 June 2025":      "-why Tychy/T03/status 2025-06-01",
		"why status T03 Tychy 2025":             "-why Tychy/T03/status 2025",
		"changes May 2024 to July 2024":         "-since 2024-05 2024-07",
		"changes 1 May 2024 1 July 2024":        "-since 2024-05-01 2024-07-01",
		"owners 1.7.2024 -dates day-first":      "owners 2024-07-01",
		"owners 7/1/2024 -dates month-first":    "owners 2024-07-01",
		"help":                                  "-h",
		"owners -h":                             "help owners",
		"--known 2024-05-31 2024-07-01":         "-known 2024-05-31 2024-07-01",
	} {
		assert.Equal(t, run(flags), run(command), command)
	}
}

// Every part of the state is in one section, and a section shows what is undecided of it.
func TestSections(t *testing.T) {
	in := map[string]string{}
	for _, s := range sections {
		for _, part := range s.parts {
			assert.Empty(t, in[part], part)
			in[part] = s.name
		}
	}
	report := reflect.TypeFor[events.Report]()
	for n := range report.NumField() {
		name, _, _ := strings.Cut(report.Field(n).Tag.Get("json"), ",")
		if name != "remarks" { // which are of all parts
			assert.NotEmpty(t, in[name], name)
		}
		delete(in, name)
	}
	assert.Empty(t, in, "parts that the state does not have")

	file, err := seeds.LoadFile("../../seeds/testdata/article.json")
	require.NoError(t, err)
	q, err := (&answer.History{File: file}).Ask(answer.Query{On: "2018-06-01"})
	require.NoError(t, err)
	a := q.Answer()
	found := map[string]bool{}
	for _, s := range sections {
		for _, p := range s.of(a).Pending {
			found[p.Event] = true
			for _, c := range p.Changes {
				assert.True(t, s.has(c.Path), "%s: %s", s.name, c.Path)
			}
		}
	}
	for _, p := range a.Pending {
		assert.Equal(t, len(p.Changes) > 0, found[p.Event], p.Event)
	}
	assert.NotEmpty(t, found)
}

// A history may have events beyond the days that can be asked for: all commands answer.
func TestEventsBeyondDays(t *testing.T) {
	own, err := os.ReadFile("testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "far.json")
	for _, date := range []string{"9999-24", "Y12345", "Y-12345", "Y170000002"} {
		require.NoError(t, os.WriteFile(path, bytes.Replace(own, []byte(`"2015-03-01"`), []byte(`"`+date+`"`), 1), 0o644))
		for _, args := range []string{"", "-json", "events", "events -json", "track -json /company/seat", "why /company/seat", "when /company/seat", "plans", "-form csv", "-form ics", "-form md", "-form mermaid"} {
			var stdout, stderr bytes.Buffer
			code := Run(strings.Fields("-file "+path+" "+args), Output{Stdout: &stdout, Stderr: &stderr}, nil)
			if date == "Y170000002" && args == "-form mermaid" {
				assert.Contains(t, stderr.String(), "is longer than the 20,000 years that a picture can show")
				continue
			}
			assert.Zero(t, code, "%s %s: %s", date, args, stderr.String())
		}
	}
}
