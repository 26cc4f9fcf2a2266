package answer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// listed returns the events of the article's history and some of every odd kind.
func listed(t *testing.T) ([]Listed, edtf.Day) {
	t.Helper()
	h, err := Place{File: "../../seeds/testdata/article.json"}.Load(t.Context())
	require.NoError(t, err)
	q, err := h.Ask(Query{On: "2024-07-01"})
	require.NoError(t, err)
	all := q.Events().Events
	for n, date := range []string{"[2017-03-01..2017-03-31,2019-01-05]", "[..2015-12]", "[2020-05..]", "[..2015,2020..]", "0000-05-01", "9999-12-31", "0001-01-01", "9999-12-30", "2024-02"} {
		d := edtf.MustParse(date)
		all = append(all, Listed{Event: "odd", ID: strings.Repeat("0", 35) + string(rune('a'+n)), What: "=1+1, \"quoted\"\nand; a second line, " + strings.Repeat("très long ", 20), When: d, Known: d, Note: "@x", Happened: edtf.Certain})
	}
	return all, q.On()
}

// The table can be read again, and says of each event what the list does.
func TestCSV(t *testing.T) {
	events, on := listed(t)
	var b bytes.Buffer
	require.NoError(t, export.CSV(&b, Entries(events, on), on))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, len(events)+1)
	assert.Equal(t, []string{"event", "type", "first day", "last day", "when", "edtf", "known", "what", "by 2024-07-01", "sources", "note"}, rows[0])
	for n := range events {
		e, row := &events[n], rows[n+1]
		assert.Equal(t, e.Event, row[0])
		d, err := edtf.Parse(row[5])
		if row[5][0] != '\'' {
			require.NoError(t, err)
			assert.Equal(t, e.When, d)
		}
		assert.Equal(t, strings.TrimPrefix(row[7], "'"), e.What)
		for _, cell := range row {
			assert.False(t, cell != "" && strings.ContainsRune("=+-@", rune(cell[0])), "%q is a formula", cell)
		}
	}
	odd := rows[len(events)-8:]
	assert.Equal(t, []string{"2017-03-01", "2019-01-05"}, odd[0][2:4])
	assert.Equal(t, []string{"", "2015-12-31"}, odd[1][2:4])
	assert.Equal(t, []string{"2020-05-01", ""}, odd[2][2:4])
	assert.Error(t, export.CSV(broken{}, Entries(events, on), on))
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }

// The calendar can be read by a calendar, and its entries are the days of the events.
func TestICalendar(t *testing.T) {
	events, on := listed(t)
	var b, again bytes.Buffer
	require.NoError(t, export.ICalendar(&b, "A\nhistory", Entries(events, on)))
	require.NoError(t, export.ICalendar(&again, "A\nhistory", Entries(events, on)))
	assert.Equal(t, b.String(), again.String(), "it is the same each time")
	for line := range strings.SplitSeq(b.String(), "\r\n") {
		assert.LessOrEqual(t, len(line), 75, line)
	}
	c, err := ics.ParseCalendar(&b)
	require.NoError(t, err)
	entries := map[string]*ics.VEvent{}
	for _, e := range c.Events() {
		require.Nil(t, entries[e.Id()], "one entry for each ID")
		entries[e.Id()] = e
	}
	ranges := 0
	for n := range events {
		e := &events[n]
		for first, last := range e.When.Ranges() {
			switch {
			case first == edtf.DistantPast:
				first = last
			case last == edtf.DistantFuture:
				last = first
			}
			if e.Had(on) == "left out" || first < edtf.MustDay("0001-01-01") || last > edtf.MustDay("9999-12-30") {
				continue
			}
			ranges++
			found := false
			for id, entry := range entries {
				if !strings.HasPrefix(id, e.ID) {
					continue
				}
				start, err := entry.GetAllDayStartAt()
				require.NoError(t, err)
				end, err := entry.GetAllDayEndAt()
				require.NoError(t, err)
				found = found || start.Equal(first.Time()) && end.Equal((last+1).Time())
				assert.Contains(t, entry.GetProperty(ics.ComponentPropertySummary).Value, e.What)
			}
			assert.True(t, found, "%s: %v", e.Event, e.When)
		}
	}
	assert.Len(t, entries, ranges)
	odd := func(n int) int {
		count := 0
		for id := range entries {
			if strings.HasPrefix(id, strings.Repeat("0", 35)+string(rune('a'+n))) {
				count++
			}
		}
		return count
	}
	assert.Equal(t, []int{2, 1, 1, 2, 0, 0, 1, 1, 1}, []int{odd(0), odd(1), odd(2), odd(3), odd(4), odd(5), odd(6), odd(7), odd(8)})
	month := entries[strings.Repeat("0", 35)+"i"]
	assert.Contains(t, month.GetProperty(ics.ComponentPropertySummary).Value, "(February 2024)")
	assert.Error(t, export.ICalendar(broken{}, "", Entries(events, on)))
}
