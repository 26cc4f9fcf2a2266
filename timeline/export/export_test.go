package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// A book is lent and comes back.
type book struct {
	Holder string            `json:"holder,omitempty"`
	Marks  map[string]string `json:"marks,omitempty"`
	Times  int               `json:"times"`
}

func (b book) Equal(o book) bool { return fmt.Sprint(b) == fmt.Sprint(o) }

type lent string

func (l lent) String() string {
	if l == "" {
		return "it comes back"
	}
	return string(l) + " has it"
}

func fold(b book, e timeline.Event[lent]) (book, error) {
	b.Holder = string(e.Data)
	if e.Data == "" {
		return b, nil
	}
	marks := map[string]string{}
	for k, v := range b.Marks {
		marks[k] = v
	}
	marks[string(e.Data)] = e.When.String()
	b.Marks = marks
	b.Times++
	return b, nil
}

func event(name, when, known string, l lent) timeline.Event[lent] {
	e := timeline.Event[lent]{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)), Name: name, When: edtf.MustParse(when), Data: l, Cites: []timeline.Citation{{Source: "card"}, {Source: "card", Section: "2"}}}
	if known != "" {
		e.Known = edtf.MustParse(known)
	}
	return e
}

func library(t testing.TB) *timeline.Timeline[book, lent] {
	t.Helper()
	wrong := event("wrong", "2019-01-01", "", "=SUM(A1)")
	right := event("right", "2019-01-02", "2019-02", "Ada, \"A|d\\a\"")
	right.Replaces, right.Note = []uuid.UUID{wrong.ID}, "told\nlate"
	h, err := timeline.New(fold, wrong, right, event("back", "2019-06", "", ""), event("again", "[2020-03-01,2020-03-05..2020-03-07]", "", "Bo"), event("some-day", "[..2021-02-03]", "", "Cy"))
	require.NoError(t, err)
	return h
}

var june = edtf.MustDay("2019-06-15")

func describe(e timeline.Event[lent]) (what, kind string) { return e.Data.String(), "book.lent" }

func TestEntries(t *testing.T) {
	var lines []string
	for _, e := range export.Entries(library(t), june, describe) {
		lines = append(lines, fmt.Sprint(e.Name, " ", e.Type, " ", e.Status, " ", e.What, " ", e.Sources))
	}
	assert.Equal(t, []string{
		"wrong book.lent left out =SUM(A1) has it [card]",
		`right book.lent happened Ada, "A|d\a" has it [card]`,
		"back book.lent possible it comes back [card]",
		"again book.lent later Bo has it [card]",
		"some-day book.lent possible Cy has it [card]",
	}, lines)
	assert.Equal(t, "it comes back", export.Entries(library(t), june, nil)[2].What)
}

func TestCSV(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, export.CSV(&text, export.Entries(library(t), june, func(e timeline.Event[lent]) (string, string) { return string(e.Data), "" }), june))
	rows, err := csv.NewReader(&text).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"event", "type", "first day", "last day", "when", "edtf", "known", "what", "by 2019-06-15", "sources", "note"}, rows[0])
	assert.Equal(t, []string{"wrong", "", "2019-01-01", "2019-01-01", "1 January 2019", "2019-01-01", "1 January 2019", "'=SUM(A1)", "left out", "card", ""}, rows[1])
	assert.Equal(t, []string{"right", "", "2019-01-02", "2019-01-02", "2 January 2019", "2019-01-02", "February 2019", `Ada, "A|d\a"`, "happened", "card", "told\nlate"}, rows[2])
	assert.Equal(t, []string{"", "2021-02-03", "by 3 February 2021", "[..2021-02-03]"}, rows[5][2:6])
}

func TestPeriods(t *testing.T) {
	periods, err := export.Track(library(t), "the holder", timeline.Value(func(b book) string { return b.Holder }))
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, export.Periods(&text, periods))
	rows, err := csv.NewReader(&text).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"of", "value", "from first day", "from last day", "over first day", "over last day", "from", "over", "certain", "others", "because"}, rows[0])
	possible, others := 0, ""
	for _, row := range rows[1:] {
		if row[8] == "possible" {
			possible++
		}
		others += row[9]
	}
	assert.Positive(t, possible)
	assert.Contains(t, others, "Bo")
	_, err = export.Track(library(t), "x", timeline.Question[book, string]{})
	assert.Error(t, err)
}

// States are those of each day, cut at the days on which they change.
func TestStates(t *testing.T) {
	h := library(t)
	all, err := export.States(h)
	require.NoError(t, err)
	assert.Contains(t, all, export.Value{Address: "/times", JSON: "1", First: edtf.MustDay("2019-01-02"), Last: edtf.MustDay("2020-03-06")})
	assert.Contains(t, all, export.Value{Address: "/holder", JSON: `"Cy"`, First: edtf.MustDay("2021-02-03"), Last: edtf.DistantFuture})
	checkStates(t, h)

	var text bytes.Buffer
	require.NoError(t, export.StatesCSV(&text, h))
	rows, err := csv.NewReader(&text).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"address", "value", "first day", "last day"}, rows[0])
	assert.Contains(t, rows, []string{"/holder", "Bo", "2020-03-07", "2021-02-02"})
}

// checkStates holds that the values of each day together are the state of that day.
func checkStates(t require.TestingT, h *timeline.Timeline[book, lent]) {
	all, err := export.States(h)
	require.NoError(t, err)
	for day := edtf.MustDay("2018-12-01"); day < edtf.MustDay("2021-03-01"); day++ {
		want := h.At(day).State
		got := book{Marks: map[string]string{}}
		for _, v := range all {
			if v.First > day || day > v.Last {
				continue
			}
			switch {
			case v.Address == "/times":
				fmt.Sscan(v.JSON, &got.Times)
			case v.Address == "/holder":
				fmt.Sscanf(v.JSON, "%q", &got.Holder)
			default:
				var date string
				fmt.Sscanf(v.JSON, "%q", &date)
				name := strings.NewReplacer("~1", "/", "~0", "~").Replace(strings.TrimPrefix(v.Address, "/marks/"))
				_, twice := got.Marks[name]
				require.False(t, twice, "%s is there twice on %v", name, day)
				got.Marks[name] = date
			}
		}
		require.Equal(t, fmt.Sprint(want), fmt.Sprint(got), "on %v", day)
	}
}

func TestStatesLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []timeline.Event[lent]
		dates := []string{"2019", "2019-03", "2019-03-04", "2019-03-05", "[2019-05,2020-01]", "2020-XX-11", "[..2020-02]", "2020"}
		for n := range rapid.IntRange(0, 6).Draw(t, "events") {
			e := event(fmt.Sprint("e", n), rapid.SampledFrom(dates).Draw(t, "when"), "", rapid.SampledFrom([]lent{"", "a", "b/c", "d~e"}).Draw(t, "who"))
			if n > 0 && rapid.Bool().Draw(t, "after") {
				e.After = []uuid.UUID{events[n-1].ID}
			}
			events = append(events, e)
		}
		h, err := timeline.New(fold, events...)
		if err != nil {
			t.Skip("links that contradict the dates")
		}
		checkStates(t, h)
	})
}

// A calendar is read again by the library, with a day, a month, ranges, and what is only possible.
func TestICalendar(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, export.ICalendar(&text, "Library\nbook", export.Entries(library(t), june, describe)))
	c, err := ics.ParseCalendar(bytes.NewReader(text.Bytes()))
	require.NoError(t, err)
	var lines []string
	for _, e := range c.Events() {
		value := func(p ics.ComponentProperty) string {
			if v := e.GetProperty(p); v != nil {
				return v.Value
			}
			return ""
		}
		lines = append(lines, strings.Join([]string{value(ics.ComponentPropertySummary), value(ics.ComponentPropertyDtStart), value(ics.ComponentPropertyDtEnd), value(ics.ComponentPropertyStatus)}, " | "))
	}
	assert.Equal(t, []string{
		`Ada, "A|d\a" has it | 20190102 | 20190103 | `,
		"it comes back (June 2019) | 20190601 | 20190701 | TENTATIVE",
		"Bo has it (1 March 2020 or between 5 and 7 March 2020) | 20200301 | 20200302 | TENTATIVE",
		"Bo has it (1 March 2020 or between 5 and 7 March 2020) | 20200305 | 20200308 | TENTATIVE",
		"Cy has it (by 3 February 2021) | 20210203 | 20210204 | TENTATIVE",
	}, lines)
	assert.Contains(t, text.String(), "X-WR-CALNAME:Library book\r\n")
}

func TestAtom(t *testing.T) {
	items := export.Items(export.Entries(library(t), june, describe))
	require.Len(t, items, 4)
	var text bytes.Buffer
	require.NoError(t, export.Atom(&text, export.Feed{Title: "A <book>", Address: "https://example.org/feed", Items: items}))
	var feed struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Content string `xml:"content"`
		} `xml:"entry"`
	}
	require.NoError(t, xml.Unmarshal(text.Bytes(), &feed))
	assert.Equal(t, "A <book>", feed.Title)
	assert.Equal(t, "2021-02-03T00:00:00Z", feed.Updated)
	assert.True(t, strings.HasPrefix(feed.ID, "urn:uuid:"))
	assert.Equal(t, []string{"Possible: Cy has it (by 3 February 2021)", "Bo has it (1 March 2020 or between 5 and 7 March 2020)", "Possible: It comes back (June 2019)", `Ada, "A|d\a" has it`}, []string{feed.Entries[0].Title, feed.Entries[1].Title, feed.Entries[2].Title, feed.Entries[3].Title})
	last := feed.Entries[3]
	assert.Equal(t, "2019-02-28T00:00:00Z", last.Updated, "when it became known")
	assert.Equal(t, "When: 2 January 2019\nKnown: February 2019\nSources: card\ntold\nlate", last.Content)
	assert.True(t, strings.HasPrefix(last.ID, "urn:uuid:"))

	text.Reset()
	require.NoError(t, export.Atom(&text, export.Feed{Title: "none", ID: "https://example.org/none"}))
	assert.Contains(t, text.String(), "<updated>1970-01-01T00:00:00Z</updated>")
	assert.Contains(t, text.String(), "<id>https://example.org/none</id>")
}

func TestMarkdown(t *testing.T) {
	var text bytes.Buffer
	require.NoError(t, export.Markdown(&text, library(t), "The *book*", edtf.MustDay("2020-03-06"), describe))
	assert.Equal(t, `# The \*book\* on 6 March 2020

|  |  |
|---|---|
| times | 1 |

## marks

|  |  |
|---|---|
| Ada, "A\|d\\a" | 2 January 2019 |

## Undecided

| when | what |
|---|---|
| 1 March 2020 or between 5 and 7 March 2020 | Bo has it |
| by 3 February 2021 | Cy has it |
`, text.String())
}

// What cannot be written is an error.
func TestErrors(t *testing.T) {
	h := library(t)
	entries := export.Entries(h, june, nil)
	for name, write := range map[string]func(io.Writer) error{
		"CSV":       func(w io.Writer) error { return export.CSV(w, entries, june) },
		"ICalendar": func(w io.Writer) error { return export.ICalendar(w, "x", entries) },
		"Atom":      func(w io.Writer) error { return export.Atom(w, export.Feed{Title: "x", Items: export.Items(entries)}) },
		"Markdown":  func(w io.Writer) error { return export.Markdown(w, h, "x", june, nil) },
		"StatesCSV": func(w io.Writer) error { return export.StatesCSV(w, h) },
		"Periods":   func(w io.Writer) error { return export.Periods(w, nil) },
	} {
		assert.ErrorIs(t, write(full{}), errFull, name)
	}
}

var errFull = errors.New("no room")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// Of two rivals that come later, each is only possible; a date with a mark is said; a number keeps its sign, and a
// formula none.
func TestDoubts(t *testing.T) {
	a, b := event("a", "2020-05-01", "", "Ann"), event("b", "2020-05-02?", "", "-15.4")
	a.Rival, b.Rival = "may", "may"
	h, err := timeline.New(fold, a, b, event("c", "2020-05-03", "", "-x"), event("d", "2020-05-04", "", " =1"))
	require.NoError(t, err)
	entries := export.Entries(h, june, func(e timeline.Event[lent]) (string, string) { return string(e.Data), "" })
	assert.Equal(t, []export.Status{export.PossiblyLater, export.PossiblyLater, export.Later, export.Later}, []export.Status{entries[0].Status, entries[1].Status, entries[2].Status, entries[3].Status})
	var table, calendar bytes.Buffer
	require.NoError(t, export.CSV(&table, entries, june))
	for _, want := range []string{",-15.4,possibly later,", ",'-x,later,", ",' =1,later,"} {
		assert.Contains(t, table.String(), want)
	}
	require.NoError(t, export.ICalendar(&calendar, "x", entries))
	assert.Contains(t, calendar.String(), "SUMMARY:-15.4 (perhaps 2 May 2020)\r\n")
	assert.Equal(t, 2, strings.Count(calendar.String(), "STATUS:TENTATIVE"))
}

func TestMarkdownText(t *testing.T) {
	for text, want := range map[string]string{
		"a_b *c* [d] #1": `a\_b \*c\* \[d\] \#1`, "see https://example.org/a_b?c=1&d=~e, and\nmore": "see <https://example.org/a_b?c=1&d=~e>, and more",
		"https://x.org/<b>": `https://x.org/\<b\>`, "(https://x.org/a)": "(https://x.org/a)", "": "",
		"https://x.org/Mercury_(planet)": "<https://x.org/Mercury_(planet)>", "https://x.org/a).": "<https://x.org/a>).",
	} {
		assert.Equal(t, want, export.MarkdownText(text), text)
	}
}

// Values of iCalendar have no control characters, however a text ends its lines.
func TestICalendarOfControls(t *testing.T) {
	when := edtf.MustParse("2020-01-01")
	var text bytes.Buffer
	require.NoError(t, export.ICalendar(&text, "a\x07\rb", []export.Entry{{ID: "e", What: "x\x00\rEND:VEVENT", When: when, Known: when, Note: "page 1\r\npage 2"}}))
	assert.NotRegexp(t, "[\x00-\x08\x0b\x0c\x0e-\x1f]", text.String())
	assert.NotContains(t, strings.ReplaceAll(text.String(), "\r\n", ""), "\r")
	assert.Contains(t, text.String(), `page 1\npage 2`)
}
