package timeline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Three published stories of two time axes, built from their facts. Each shows
// who or what was known when: a row for each day as known, a column for each day
// asked about.

// set says that something has a value from then on.
type set struct{ what, value string }

type values map[string]string

func (v values) Clone() values {
	c := values{}
	for name, value := range v {
		c[name] = value
	}
	return c
}

func foldSet(v values, e timeline.Event[set]) (values, error) {
	v = v.Clone()
	v[e.Data.what] = e.Data.value
	return v, nil
}

// learned returns an event that became known later.
func learned(n int, when, known, what, value string, replaces ...int) timeline.Event[set] {
	e := timeline.Event[set]{
		ID: id(n), Seq: int64(n), Name: fmt.Sprintf("%s-%d", what, n), When: date(when), Known: date(known), Data: set{what, value},
	}
	for _, r := range replaces {
		e.Replaces = append(e.Replaces, id(r))
	}
	e.Retraction = value == "" && len(replaces) > 0
	return e
}

// grid asks for something on each day, as known on each day.
func grid(line *timeline.Timeline[values, set], what string, days, knowns []string) string {
	var b strings.Builder
	row := func(first string, cells []string) {
		line := fmt.Sprintf("%-12s", first)
		for _, cell := range cells {
			line += fmt.Sprintf("%-12s", cell)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	row("known \\ on", days)
	for _, known := range knowns {
		view := line.KnownOn(day(known))
		var cells []string
		for _, on := range days {
			cells = append(cells, ask(view, day(on), func(v values) string { return v[what] }).String())
		}
		row(known, cells)
	}
	return b.String()
}

// A flat in Aalborg: Eva Nielsen buys it on 10 January 1998, Peter Olsen on the
// 15th, and on the 20th he sells it. The bank that keeps the record learns on
// the 23rd that Eva had bought it on the 3rd, on the 26th that it had been the
// 5th, and on the 28th that Peter had bought it on the 12th. (R. T. Snodgrass,
// Developing Time-Oriented Database Applications in SQL, 2000, chapter 10.)
func TestPropertyOwner(t *testing.T) {
	line, err := timeline.New(foldSet,
		learned(1, "1998-01-10", "1998-01-10", "owner", "Eva"),
		learned(2, "1998-01-15", "1998-01-15", "owner", "Peter"),
		learned(3, "1998-01-20", "1998-01-20", "owner", "others"),
		learned(4, "1998-01-03", "1998-01-23", "owner", "Eva", 1),
		learned(5, "1998-01-05", "1998-01-26", "owner", "Eva", 4),
		learned(6, "1998-01-12", "1998-01-28", "owner", "Peter", 2),
	)
	require.NoError(t, err)
	days := []string{"1998-01-02", "1998-01-04", "1998-01-07", "1998-01-11", "1998-01-13", "1998-01-17", "1998-01-22"}
	knowns := []string{"1998-01-09", "1998-01-11", "1998-01-17", "1998-01-22", "1998-01-24", "1998-01-27", "1998-01-31"}
	assert.Equal(t, strings.TrimLeft(`
known \ on  1998-01-02  1998-01-04  1998-01-07  1998-01-11  1998-01-13  1998-01-17  1998-01-22
1998-01-09  ""          ""          ""          ""          ""          ""          ""
1998-01-11  ""          ""          ""          Eva         Eva         Eva         Eva
1998-01-17  ""          ""          ""          Eva         Eva         Peter       Peter
1998-01-22  ""          ""          ""          Eva         Eva         Peter       others
1998-01-24  ""          Eva         Eva         Eva         Eva         Peter       others
1998-01-27  ""          ""          Eva         Eva         Eva         Peter       others
1998-01-31  ""          ""          Eva         Eva         Peter       Peter       others
`, "\n"), grid(line, "owner", days, knowns))

	for p := range periods(line, func(v values) bool { return v["owner"] == "Eva" }) {
		assert.Equal(t, "1998-01-05 to 1998-01-12, 7 days", p.String())
	}
	ds, err := line.Diff(timeline.On(day("1998-01-04")).KnownOn(day("1998-01-24")), timeline.On(day("1998-01-04")).KnownOn(day("1998-01-27")))
	require.NoError(t, err)
	require.Len(t, ds, 1)
	assert.Equal(t, "/owner", ds[0].Path)
	assert.Equal(t, timeline.KindCorrected, ds[0].Kind)
	assert.Equal(t, id(5), ds[0].Because[0].ID)
}

// Sally is paid 6000 a month. On 15 March it is heard that she had a rise to
// 6500 on 15 February; on 5 April, that the rise was to 6400. (M. Fowler,
// Bitemporal History, 2021. The text gives no year.)
func TestRetroactiveSalary(t *testing.T) {
	line, err := timeline.New(foldSet,
		learned(1, "2021-01-01", "2021-01-01", "salary", "6000"),
		learned(2, "2021-02-15", "2021-03-15", "salary", "6500"),
		learned(3, "2021-02-15", "2021-04-05", "salary", "6400", 2),
	)
	require.NoError(t, err)
	days := []string{"2020-12-31", "2021-02-14", "2021-02-25", "2021-03-25"}
	knowns := []string{"2021-02-25", "2021-03-14", "2021-03-25", "2021-04-05"}
	assert.Equal(t, strings.TrimLeft(`
known \ on  2020-12-31  2021-02-14  2021-02-25  2021-03-25
2021-02-25  ""          6000        6000        6000
2021-03-14  ""          6000        6000        6000
2021-03-25  ""          6000        6500        6500
2021-04-05  ""          6000        6400        6400
`, "\n"), grid(line, "salary", days, knowns))

	salary := func(v values) string { return v["salary"] }
	reasons := why(line, day("2021-03-25"), salary)
	require.Len(t, reasons, 1)
	assert.Equal(t, id(3), reasons[0].Because[0].Event.ID)
	assert.Equal(t, "6000", reasons[0].Because[0].From)
	assert.Equal(t, id(2), reasons[0].Because[0].Replaced[0].ID)

	rise := func(v values) bool { return v["salary"] > "6000" }
	missing := whyNot(line.KnownOn(day("2021-02-25")), day("2021-02-25"), rise)
	assert.Equal(t, edtf.No, missing.Truth)
	require.Len(t, missing.Unknown, 1, "one of the two would do")
	ds, err := line.Diff(timeline.On(day("2021-02-25")).KnownOn(day("2021-02-25")), timeline.On(day("2021-02-25")).KnownOn(day("2021-03-15")))
	require.NoError(t, err)
	assert.Equal(t, timeline.KindLearned, ds[0].Kind)
	on := timeline.On(day("2021-03-25"))
	ds, err = line.Diff(on.KnownOn(day("2021-03-25")), on.KnownOn(day("2021-04-05")))
	require.NoError(t, err)
	assert.Equal(t, timeline.KindCorrected, ds[0].Kind)
	ds, err = line.Diff(timeline.On(day("2021-02-14")), on)
	require.NoError(t, err)
	assert.Equal(t, timeline.KindHappened, ds[0].Kind, "as known today on both days, the rise came in between")
	ds, err = line.Diff(timeline.On(day("2021-02-14")).KnownOn(day("2021-02-14")), on.KnownOn(day("2021-04-05")))
	require.NoError(t, err)
	assert.Equal(t, timeline.KindHappened, ds[0].Kind, "of what was put right nothing was known before")
}

// A shareholder dies on 3 April 2021 and the share passes to an heir. The
// company's register learns of it on 11 September 2021. (After the guidance of Open
// Ownership on auditable records of beneficial ownership; when the share was
// first held is ours.)
func TestLateNoticeOfDeath(t *testing.T) {
	line, err := timeline.New(foldSet,
		learned(1, "2017-06-30", "2017-07-04", "holder", "founder"),
		learned(2, "2021-04-03", "2021-09-11", "holder", "heir"),
	)
	require.NoError(t, err)
	days := []string{"2017-07-01", "2021-04-02", "2021-04-03", "2021-09-11"}
	knowns := []string{"2017-07-03", "2021-04-03", "2021-09-10", "2021-09-11"}
	assert.Equal(t, strings.TrimLeft(`
known \ on  2017-07-01  2021-04-02  2021-04-03  2021-09-11
2017-07-03  ""          ""          ""          ""
2021-04-03  founder     founder     founder     founder
2021-09-10  founder     founder     founder     founder
2021-09-11  founder     founder     heir        heir
`, "\n"), grid(line, "holder", days, knowns))

	heir := func(v values) bool { return v["holder"] == "heir" }
	missing := whyNot(line.KnownOn(day("2021-06-01")), day("2021-06-01"), heir)
	require.Len(t, missing.Unknown, 1)
	assert.Equal(t, "holder-2", missing.Unknown[0].Name)
	for p := range periods(line, heir) {
		assert.Equal(t, "since 2021-04-03", p.String())
	}
	ds, err := line.Diff(timeline.On(day("2021-09-10")).KnownOn(day("2021-09-10")), timeline.On(day("2021-09-11")).KnownOn(day("2021-09-11")))
	require.NoError(t, err)
	require.Len(t, ds, 1)
	assert.Equal(t, timeline.KindLearned, ds[0].Kind, "nothing happened that day")
}
