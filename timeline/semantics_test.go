package timeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Each statement of docs/semantics.md names a test, and every test that it
// names is there.
func TestSemanticsPage(t *testing.T) {
	page, err := os.ReadFile("../docs/semantics.md")
	require.NoError(t, err)
	var tests strings.Builder
	for _, pattern := range []string{"*_test.go", "edtf/*_test.go", "../seeds/*_test.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			tests.Write(text)
		}
	}
	name := regexp.MustCompile("`(Test[A-Za-z]+)`")
	statements := 0
	for _, statement := range strings.Split(string(page), "\n- ")[1:] {
		statement, _, _ = strings.Cut(statement, "\n\n")
		names := name.FindAllStringSubmatch(statement, -1)
		assert.NotEmpty(t, names, statement)
		for _, n := range names {
			assert.Contains(t, tests.String(), "func "+n[1]+"(t *testing.T)", statement)
		}
		statements++
	}
	assert.Greater(t, statements, 30)
}

// truths asks about an open lid on several days.
func truths(line *timeline.Timeline[box, op], days ...string) string {
	var all []string
	for _, d := range days {
		all = append(all, holds(line, day(d), opened).String())
	}
	return strings.Join(all, " ")
}

func TestWindowDecidesInBetween(t *testing.T) {
	line := newBox(t, event(1, "2024-06", "open", 0))
	assert.Equal(t, "no possible possible certain certain",
		truths(line, "2024-05-31", "2024-06-01", "2024-06-29", "2024-06-30", "2024-07-01"))
}

func TestExactDayCounts(t *testing.T) {
	line := newBox(t, event(1, "2024-06-15", "open", 0))
	assert.Equal(t, "no certain certain", truths(line, "2024-06-14", "2024-06-15", "2024-06-16"))
}

func TestSetKeepsItsGap(t *testing.T) {
	line := newBox(t, event(1, "[2017-11,2019-06]", "open", 0), event(2, "2018-05-01", "a", 1))
	assert.Equal(t, "no possible possible possible certain",
		truths(line, "2017-10-31", "2017-11-01", "2018-05-01", "2019-06-29", "2019-06-30"))
	openedFirst := func(b box) bool { return b.Open && b.A == 0 }
	assert.Equal(t, edtf.Possible, ever(line, day("2017-01-01"), day("2018-04-30"), openedFirst))
	assert.Equal(t, edtf.No, ever(line, day("2018-05-01"), day("2030-01-01"), openedFirst))
}

func TestQualifiersMoveNoBound(t *testing.T) {
	for _, when := range []string{"2024-06", "2024-06?", "2024-06~", "2024-06%"} {
		line := newBox(t, event(1, when, "open", 0))
		assert.Equal(t, "no possible certain", truths(line, "2024-05-31", "2024-06-15", "2024-06-30"), when)
	}
}

func TestOpenWindows(t *testing.T) {
	line := newBox(t, event(1, "[..2015]", "open", 0))
	assert.Equal(t, "possible possible certain", truths(line, "0000-01-01", "2015-12-30", "2015-12-31"))
	line = newBox(t, event(1, "[2018..]", "open", 0))
	assert.Equal(t, "no possible possible", truths(line, "2017-12-31", "2018-01-01", "9999-12-31"))
}

func TestEndDayIsOver(t *testing.T) {
	line := newBox(t, event(1, "2024-06-01", "open", 0), event(2, "2024-06-10", "close", 0))
	assert.Equal(t, "certain no", truths(line, "2024-06-09", "2024-06-10"))
	for p := range periods(line, opened) {
		assert.Equal(t, "2024-06-01 to 2024-06-10, 9 days", p.String())
	}
}

func TestSpanIsCertainInTheMiddle(t *testing.T) {
	line := newBox(t, event(1, "2024-06", "open", 0), event(2, "2025-03", "close", 0))
	assert.Equal(t, "no possible certain certain possible no",
		truths(line, "2024-05-31", "2024-06-15", "2024-06-30", "2025-02-28", "2025-03-01", "2025-03-31"))
	last := []edtf.Truth{holds(line, day("2025-03-30"), opened), holds(line, day("2025-03-31"), opened)}
	assert.Equal(t, "[possible no]", fmt.Sprint(last))
}

func TestAfterDecides(t *testing.T) {
	first, second := event(1, "2015", "a", 5), event(2, "2015", "a", 7)
	assert.Equal(t, "7 or 5", ask(newBox(t, first, second), day("2016-01-01"), aOf).String())
	assert.Equal(t, "7", ask(newBox(t, first, after(second, 1)), day("2016-01-01"), aOf).String())
	assert.Equal(t, "5", ask(newBox(t, after(first, 2), second), day("2016-01-01"), aOf).String())
}

// Events of one day come in the order of their Seq, and without one in that of their IDs.
func TestEventsOfOneDay(t *testing.T) {
	first, second := event(1, "2024-05-01", "a", 1), event(2, "2024-05-01", "a", 2)
	first.Seq, second.Seq = 0, 0
	last := func(events ...timeline.Event[op]) int {
		line := newBox(t, events...)
		order, err := line.Order(first.ID, second.ID)
		require.NoError(t, err)
		require.Equal(t, timeline.RelationSameDay, order)
		return aOf(line.At(day("2024-05-01")).State)
	}
	assert.Equal(t, 2, last(first, second))
	assert.Equal(t, 2, last(second, first), "whatever the order in which they are given")
	first.Seq, second.Seq = 2, 1
	assert.Equal(t, 1, last(first, second))
	first.Seq, second.Seq = 0, 0
	first.After = []uuid.UUID{second.ID}
	assert.Equal(t, 1, aOf(newBox(t, first, second).At(day("2024-05-01")).State))
}
