package terminal

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// A line is an event of a small history: its slug, type, date and data in JSON, and what else it says.
type line struct{ slug, kind, when, data, more string }

// historyOf writes a small history of a company called Own, and returns its file.
func historyOf(t *testing.T, source string, lines ...line) string {
	t.Helper()
	var all []string
	for _, l := range lines {
		all = append(all, fmt.Sprintf(`{"slug": %q, "type": %q, "version": 1, "when": %q, "data": %s, "cites": [{"source": "book"}]%s}`, l.slug, l.kind, l.when, l.data, l.more))
	}
	text := fmt.Sprintf(`{"format": 1, "title": "Own", "namespace": "https://example.com/own", "sources": [{"key": "book", "title": "A book"%s}], "events": [%s]}`, source, strings.Join(all, ",\n"))
	path := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// asked returns what the program prints, in lines that are not broken, and its exit code.
func asked(t *testing.T, file string, args ...string) (string, int) {
	t.Helper()
	if file != "" {
		args = append([]string{"-file", file}, args...)
	}
	var out bytes.Buffer
	code := Run(append([]string{"-width", "2000"}, args...), Output{Stdout: &out, Stderr: &out}, nil)
	return strings.Join(strings.Fields(out.String()), " "), code
}

func says(t *testing.T, file string, args string, wants ...string) {
	t.Helper()
	got, code := asked(t, file, strings.Fields(args)...)
	assert.Equal(t, Answered, code, got)
	for _, want := range wants {
		if unwanted, ok := strings.CutPrefix(want, "not: "); ok {
			assert.NotContains(t, got, unwanted, args)
			continue
		}
		assert.Contains(t, got, want, args)
	}
}

// What the sources are silent about is not said to be so, or not so.
func TestSilenceIsSaid(t *testing.T) {
	says(t, "", "why-not models/S01/status 2026-01-15", "Not recorded: current models, the S01.")
	says(t, "", "when S01", "Not recorded: current models, the S01.")
	says(t, "", "why-not C10/status=on sale 2024-06-15", "it is not so, as far as is recorded, that the C10 is on sale", "Not recorded: current models")

	people := historyOf(t, `, "silent": [{"topic": "people", "when": "2010/2011"}]`, line{"office", "office.taken", "2012", `{"office": "chair", "person": "Zhu Li"}`, ""})
	says(t, people, "track chair", "Not recorded: people.")
	says(t, people, "when chair", "No source tells whether the office of chair was recorded from 1 January 2010 until the end of 31 December 2011", "Not recorded: people.")
	says(t, "", "when stakes/Nobody", "No event mentions stakes/Nobody.")
}

// A value may have blanks, with or without marks of the shell around it.
func TestValuesWithBlanks(t *testing.T) {
	for _, args := range [][]string{{"C10/status=on sale"}, {"C10/status=on", "sale"}, {"C10", "status=on", "sale"}, {"status", "C10=on sale"}} {
		got, code := asked(t, "", append([]string{"when"}, args...)...)
		assert.Equal(t, Answered, code)
		assert.Contains(t, got, "The C10 has been on sale since", args)
	}
	says(t, "", "why-not C10/status=on sale 2025-01-01", "it is certain that the C10 is on sale", "not: on/sale")
	got, _ := asked(t, "", "when", "T03", "Tychy=producing")
	assert.Contains(t, got, "producing")
	assert.NotContains(t, got, "producing/T03")
	says(t, "", "why-not C10/status=a dream 2020-01-01", "The values it has at some time: ", "on sale")
}

// What has happened and may not have been known is not said to be undecided for another reason.
func TestPerhapsNotKnown(t *testing.T) {
	file := historyOf(t, "", line{"opened", "production.started", "2024-06", `{"plant": "Kiel", "model": "One"}`, `, "known": "2024-06"`})
	says(t, file, "why-not Kiel/One/status=producing -known 2024-06-16 2024-07-15", "had become known by then", "not: came before others")
	says(t, file, "why Kiel/One/status -known 2024-06-16 2024-07-15", "if opened had become known by then", "not: came before others")
	says(t, file, "plants -known 2024-06-16 2024-07-15", "perhaps not known yet", "not: perhaps not yet")
	says(t, file, "plants -known 2024-06-16 2024-06-16", "perhaps not yet")
}

// What only may come is not said to come.
func TestMayComeLater(t *testing.T) {
	file := historyOf(t, "",
		line{"anna", "stake.closed", "2010-06-01", `{"holder": "Anna", "percent": 20}`, `, "rival": "buyer"`},
		line{"bert", "stake.closed", "2010-06-01", `{"holder": "Bert", "percent": 20}`, `, "rival": "buyer"`},
		line{"carl", "stake.closed", "2011-06-01", `{"holder": "Carl", "percent": 20}`, ""})
	says(t, file, "why-not stakes/Anna 2005", "It may come later, on 1 June 2010", "not: It comes later")
	says(t, file, "why-not stakes/Carl 2005", "It comes later, on 1 June 2011")
	says(t, file, "why-not stakes/Carl 2005 -json", `"held": "certain"`)
}

// The sentences in front say no more than the rows.
func TestLeads(t *testing.T) {
	file := historyOf(t, "",
		line{"anna", "stake.closed", "2010", `{"holder": "Anna", "percent": 30}`, ""},
		line{"fund", "stake.agreed", "2011", `{"holder": "Big Fund", "percent": 60}`, ""},
		line{"small", "stake.closed", "2011", `{"holder": "Small", "percent": 3}`, ""})
	says(t, file, "owners 2012", "The largest recorded owner is Anna 30 %.", "Shares that are agreed on and not yet held: Big Fund (60 % agreed).")

	cars := historyOf(t, "",
		line{"a", "production.started", "2010", `{"plant": "Kiel", "model": "A"}`, ""}, line{"b", "production.started", "2010", `{"plant": "Kiel", "model": "B"}`, ""},
		line{"some", "deliveries.recorded", "2010", `{"period": "../2009-06", "count": 7}`, ""}, line{"day", "deliveries.recorded", "2010", `{"period": "2010-06-03", "count": 9}`, ""})
	says(t, cars, "plants 2012", "cars are made at Kiel (A, B)")
	says(t, cars, "deliveries 2012", "The last that is recorded: 9 on 3 June 2010.")
	h, err := answer.Place{File: cars}.Load(t.Context())
	require.NoError(t, err)
	for on, want := range map[string]string{"2012": "Own makes cars at 1 place.", "2000": "Nothing is recorded yet of cars of Own."} {
		q, err := h.Ask(answer.Query{On: on})
		require.NoError(t, err)
		b := q.Answer().Brief()
		assert.Equal(t, want, b.Sentence("Own"))
	}
	ended := historyOf(t, "", line{"a", "model.launched", "2010", `{"model": "A"}`, ""}, line{"b", "model.discontinued", "2011", `{"model": "A"}`, ""})
	h, err = answer.Place{File: ended}.Load(t.Context())
	require.NoError(t, err)
	q, err := h.Ask(answer.Query{On: "2012"})
	require.NoError(t, err)
	b := q.Answer().Brief()
	assert.Equal(t, "No car of Own is certainly on sale, or being made.", b.Sentence("Own"))
}

// A date without a last day, or without a first, is no certainty on any day.
func TestOpenDates(t *testing.T) {
	file := historyOf(t, "", line{"two", "model.launched", "[2030..]", `{"model": "Two"}`, ""})
	says(t, file, "when Two", "It is possible that the Two has been on sale since a day in 2030 or later.")
	says(t, file, "models", "Own on 1 January 2030")
	rivals := historyOf(t, "",
		line{"a", "stake.closed", "[..2010]", `{"holder": "Anna", "percent": 20}`, `, "rival": "x"`},
		line{"b", "stake.closed", "[..2010]", `{"holder": "Bert", "percent": 20}`, `, "rival": "x"`})
	says(t, rivals, "when stakes/Anna", "not: at all times", "at some time")
	_, code := asked(t, historyOf(t, ""), "models")
	assert.Equal(t, Answered, code)
}

// An answer as it was known tells nothing that became known later, not in the names of things either.
func TestTitlesOfTheTime(t *testing.T) {
	file := historyOf(t, "",
		line{"told", "plan.announced", "2020-01-10", `{"plan": "x", "title": "a plant in Poland", "basis": "announced"}`, ""},
		line{"doubt", "plan.questioned", "2021-01-10", `{"plan": "x"}`, ""},
		line{"other", "plan.changed", "2023-01-10", `{"plan": "x", "title": "a plant in Spain"}`, ""})
	says(t, file, "events -known 2021-06-01 2021-06-01", "a plant in Poland", "not: Spain")
	says(t, file, "why x -known 2019-06-01 2021-06-01", "Nothing is recorded of the plan x.", "not: Spain")
	says(t, file, "events 2021-06-01", "Spain")
	says(t, file, "plans 2022", "not: moved")
}

// What may have happened before the days that are told of is said to.
func TestSinceSaysWhatMayBeBefore(t *testing.T) {
	file := historyOf(t, "", line{"a", "model.launched", "2024", `{"model": "A"}`, ""}, line{"b", "model.launched", "2024-12-05", `{"model": "B"}`, ""})
	says(t, file, "since 2024-12-01 2024-12-31", "A is launched; perhaps before", "not: B is launched; perhaps before")
	says(t, file, "since 2024-12-01 2024-12-31 -json", `"within": "possible"`, `"within": "certain"`)
	got, code := asked(t, file, "since", "2024-07-02", "2024-07-01")
	assert.Equal(t, UsageFault, code)
	assert.Contains(t, got, "the first day, 2 July 2024, comes after the last, 1 July 2024")
	says(t, file, "since 2024-07-02 2024-07-02", "A is launched; undecided")
}

// Doubt about what goes on is not told of what does not.
func TestDoubtIsOfWhatGoesOn(t *testing.T) {
	file := historyOf(t, "",
		line{"a", "production.started", "2010-05-01", `{"plant": "Kiel", "model": "One"}`, ""},
		line{"b", "production.questioned", "2011-05-01", `{"plant": "Kiel", "model": "One"}`, ""})
	says(t, file, "when Kiel/One", "Whether that goes on is in question")
	says(t, file, "when Kiel/One/status=paused", "not: Whether that goes on")
}

// A date that became more exact is no slip.
func TestMoreExactIsNoSlip(t *testing.T) {
	file := historyOf(t, "",
		line{"told", "plan.announced", "2020-01-10", `{"plan": "x", "title": "a plant", "basis": "announced", "window": "2025"}`, ""},
		line{"exact", "plan.moved", "2021-01-10", `{"plan": "x", "window": "2025-06"}`, ""},
		line{"told-2", "plan.announced", "2020-01-10", `{"plan": "y", "title": "a car", "basis": "announced", "window": "2025"}`, ""},
		line{"late", "plan.moved", "2021-01-10", `{"plan": "y", "window": "2026"}`, ""})
	says(t, file, "plans -slipped 2022", "a car", "not: a plant")
}

// A command that is printed can be given to a shell.
func TestPrintedCommands(t *testing.T) {
	for _, name := range []string{"a`id`b", "x{a,b}", "~x", "#x", "x!y", "a b", "it's"} {
		assert.Equal(t, "'"+quotedForShell(name)+"'", shellWord(name))
	}
	assert.Equal(t, "own-1.2/x:y=z@q%r+,s_T", shellWord("own-1.2/x:y=z@q%r+,s_T"))

	caesar := historyOf(t, "", line{"a", "stake.closed", "-0043", `{"holder": "Caesar", "percent": 60}`, `, "rival": "x"`}, line{"b", "stake.closed", "-0043", `{"holder": "Brutus", "percent": 60}`, `, "rival": "x"`})
	says(t, caesar, "owners 31 December 44 BC", "asof undecided owners '31 December 44 BC' -file", "In 44 BC: Caesar acquires 60 %")
	got, code := asked(t, caesar, "undecided", "owners", "31 December 44 BC")
	assert.Equal(t, Answered, code, got)

	var out bytes.Buffer
	long := []string{"since", "2005", "2018", "-file", "testdata/own.json", "-known", "2018-06-01", "-width", "60"}
	require.Equal(t, Answered, Run(long, Output{Stdout: &out, Stderr: &out}, nil), out.String())
	assert.Contains(t, out.String(), "\n    asof changes 2004-12-31 2018-12-31 -known 2018-06-01 -file testdata/own.json\n")
}

// The name of a thing is no date, though it looks like one.
func TestNamesLikeDates(t *testing.T) {
	saab := "../../examples/histories/saab.json"
	says(t, saab, "models 9-5", "9-5", "not: 9-3 ")
	says(t, saab, "models 9-3 2005", "Saab Automobile on 31 December 2005", "9-3")
	says(t, "", "owners 2024", "on 31 December 2024")
}

// An error shows what a history says, and obeys nothing of it.
func TestErrorsAreSafe(t *testing.T) {
	file := historyOf(t, "", line{"a", "model.launched", "2010", `{"model": "evil\u001b[31m\u001b]0;pwned\u0007"}`, ""}, line{"b", "model.launched", "2010", `{"model": "good"}`, ""})
	for _, args := range [][]string{{"why", "launched"}, {"why", "models/nothing/at/all"}, {"models", "nobody"}, {"-according", "x"}} {
		got, code := asked(t, file, args...)
		assert.Equal(t, UsageFault, code, args)
		assert.Equal(t, answer.Printable(got), got)
	}
	got, _ := asked(t, file, "why", "launched")
	assert.Contains(t, got, "pwned")
}
