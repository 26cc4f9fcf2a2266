package wikidata_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/seeds/wikidata"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

var update = flag.Bool("update", false, "write the golden files anew")

func open(t *testing.T, name string) io.Reader {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// Item.json is made by hand, in the form of Special:EntityData.
func TestItemBecomesHistory(t *testing.T) {
	form, left, err := wikidata.Read(open(t, "item.json"), "item.json", wikidata.Options{Names: []io.Reader{open(t, "names.json")}})
	require.NoError(t, err)
	var got strings.Builder
	require.NoError(t, form.Write(&got))
	if *update {
		require.NoError(t, os.WriteFile("testdata/history.golden", []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile("testdata/history.golden")
	require.NoError(t, err)
	assert.Equal(t, string(want), got.String())
	assert.Equal(t, []string{
		"P2139 (total revenue), statement Q900001$0019: the unit Reichsmark is not known",
		"P2139 (total revenue), statement Q900001$0021: it does not say of when it is",
		"P749 (parent organization), statement Q900001$0024: it is deprecated",
		"P31: not understood",
		"P856 (official website): not understood",
	}, texts(left))

	file, err := seeds.Load(strings.NewReader(got.String()), "own.json")
	require.NoError(t, err)
	h := file.Timeline
	assert.Equal(t, "51 %", h.At(edtf.MustDay("1960-01-01")).State.StakeOf("Second Works").String())
	assert.Equal(t, "0 %", h.At(edtf.MustDay("1966-12-31")).State.StakeOf("Second Works").String())
	assert.Equal(t, "10 to 15 %", h.At(edtf.MustDay("1980-01-01")).State.StakeOf("unknown").String())
	assert.Equal(t, "Chemnitz", h.At(edtf.MustDay("1940-01-01")).State.Identity.Seat)
	assert.Equal(t, "1901-05", h.At(edtf.MustDay("1940-01-01")).State.Identity.Founded.String(), "the preferred of three rivals")
}

func texts(left []wikidata.Left) []string {
	var all []string
	for _, l := range left {
		all = append(all, l.String())
	}
	return all
}

// itemWith is an item with statements of one property.
func itemWith(property string, statements ...string) string {
	return fmt.Sprintf(`{"entities": {"Q1": {"id": "Q1", "modified": "2026-02-03T04:05:06Z", "labels": {"en": {"language": "en", "value": "One"}},
		"claims": {%q: [%s]}}}}`, property, strings.Join(statements, ","))
}

func timeValue(time string, precision, before, after int, calendar string) string {
	return fmt.Sprintf(`{"snaktype": "value", "datavalue": {"type": "time", "value": {"time": %q, "timezone": 0, "before": %d, "after": %d, "precision": %d, "calendarmodel": "http://www.wikidata.org/entity/%s"}}}`,
		time, before, after, precision, calendar)
}

const (
	gregorian = "Q1985727"
	julian    = "Q1985786"
)

// Times of every precision, calendar and uncertainty, as dates.
func TestTimes(t *testing.T) {
	for _, c := range []struct {
		time                     string
		precision, before, after int
		calendar                 string
		want                     string
	}{
		{"+2015-12-24T00:00:00Z", 11, 0, 0, gregorian, "2015-12-24"},
		{"+2015-12-24T13:00:00Z", 14, 0, 0, gregorian, "2015-12-24"},
		{"+2015-12-24T00:00:00Z", 11, 2, 8, gregorian, "[2015-12-22..2016-01-01]"},
		{"+2015-12-00T00:00:00Z", 10, 0, 0, gregorian, "2015-12"},
		{"+2015-12-00T00:00:00Z", 10, 1, 1, gregorian, "[2015-11..2016-01]"},
		{"+2015-00-00T00:00:00Z", 9, 0, 0, gregorian, "2015"},
		{"+2015-00-00T00:00:00Z", 9, 5, 0, gregorian, "[2010..2015]"},
		{"+00000002015-00-00T00:00:00Z", 9, 0, 0, gregorian, "2015"},
		{"+2013-00-00T00:00:00Z", 8, 0, 0, gregorian, "201X"},
		{"+2013-00-00T00:00:00Z", 8, 1, 0, gregorian, "[2000..2019]"},
		{"+2000-00-00T00:00:00Z", 7, 0, 0, gregorian, "[1901..2000]"},
		{"+1901-00-00T00:00:00Z", 7, 0, 0, gregorian, "[1901..2000]"},
		{"+1500-00-00T00:00:00Z", 6, 0, 0, gregorian, "[1001..2000]"},
		{"-0044-03-15T00:00:00Z", 11, 0, 0, julian, "-0043-03-13"},
		{"-0044-00-00T00:00:00Z", 9, 0, 0, gregorian, "-0043"},
		{"-0001-00-00T00:00:00Z", 9, 0, 0, gregorian, "0000"},
		{"-0045-00-00T00:00:00Z", 8, 0, 0, gregorian, "[-0048..-0039]"},
		{"-0005-00-00T00:00:00Z", 8, 0, 0, gregorian, "[-0008..0001]"},
		{"-0050-00-00T00:00:00Z", 7, 0, 0, gregorian, "[-0099..0000]"},
		{"+1917-10-25T00:00:00Z", 11, 0, 0, julian, "1917-11-07"},
		{"+1917-10-00T00:00:00Z", 10, 0, 0, julian, "[1917-10-14..1917-11-13]"},
		{"+1700-00-00T00:00:00Z", 9, 0, 0, julian, "[1700-01-11..1701-01-11]"},
		{"+12000-00-00T00:00:00Z", 9, 0, 0, gregorian, "Y12000"},
	} {
		form, left, err := wikidata.Read(strings.NewReader(itemWith("P571", `{"id": "Q1$1", "rank": "normal", "mainsnak": `+timeValue(c.time, c.precision, c.before, c.after, c.calendar)+`}`)), "item", wikidata.Options{})
		if assert.NoError(t, err, c.time) && assert.Empty(t, left, c.time) && assert.Len(t, form.Events, 1, c.time) {
			assert.Equal(t, c.want, form.Events[0].When.String(), "%s of precision %d", c.time, c.precision)
		}
	}
	for _, c := range []struct {
		time      string
		precision int
		want      string
	}{
		{"+2015-02-30T00:00:00Z", 11, `"2015-02-30": at offset 8: the month has no such day`},
		{"2015", 9, `the time "2015" is not written as Wikidata does`},
		{"+2015-00-00T00:00:00Z", 3, "precision 3 is less than of a thousand years"},
		{"+2015-00-00T00:00:00Z", 10, `the time "+2015-00-00T00:00:00Z" has no month 0`},
		{"+2015-13-00T00:00:00Z", 10, `the time "+2015-13-00T00:00:00Z" has no month 13`},
		{"+12000-01-01T00:00:00Z", 11, "a day of the year 12000 has no form in EDTF"},
	} {
		_, left, err := wikidata.Read(strings.NewReader(itemWith("P571", `{"id": "Q1$1", "mainsnak": `+timeValue(c.time, c.precision, 0, 0, gregorian)+`}`)), "item", wikidata.Options{})
		if assert.NoError(t, err) && assert.Len(t, left, 1, c.time) {
			assert.Equal(t, c.want, left[0].Reason)
		}
	}
}

// What qualifiers say of when a statement was so.
func TestQualifiers(t *testing.T) {
	item := `{"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": "Q2"}}}`
	year := func(y string) string { return timeValue("+"+y+"-00-00T00:00:00Z", 9, 0, 0, gregorian) }
	some, none := `{"snaktype": "somevalue"}`, `{"snaktype": "novalue"}`
	for _, c := range []struct {
		qualifiers map[string]string
		want       []string
		left       []string
	}{
		{nil, []string{"office.taken [..2026-02-03]"}, nil},
		{map[string]string{"P580": year("2010")}, []string{"office.taken 2010"}, nil},
		{map[string]string{"P580": year("2010"), "P582": year("2012")}, []string{"office.taken 2010", "office.left 2012"}, nil},
		{map[string]string{"P580": year("2010"), "P582": some}, []string{"office.taken 2010", "office.left [2010-01-01..2026-02-03]"}, nil},
		{map[string]string{"P580": year("2010"), "P582": none}, []string{"office.taken 2010"}, nil},
		{map[string]string{"P582": year("2012")}, []string{"office.taken [..2012-12-31]", "office.left 2012"}, nil},
		{map[string]string{"P585": year("2011")}, []string{"office.taken [..2011-12-31]"}, nil},
		{map[string]string{"P580": some, "P1319": year("2010"), "P8555": year("2011")}, []string{"office.taken [2010-01-01..2011-12-31]"}, nil},
		{map[string]string{"P580": year("2010"), "P8554": year("2012")}, []string{"office.taken 2010", "office.left [2012-01-01..2026-02-03]"}, nil},
		{map[string]string{"P580": year("2010"), "P1480": `{"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": "Q5727902"}}}`}, []string{"office.taken 2010~"}, nil},
		{map[string]string{"P580": year("2010"), "P1319": year("2012")}, []string{"office.taken 2010"}, []string{"P169 (chief executive officer), statement Q1$1: its date is not within its earliest and latest date"}},
		{map[string]string{"P580": year("2010"), "P1319": year("2012"), "P8555": year("2011")}, []string{"office.taken 2010"}, []string{"P169 (chief executive officer), statement Q1$1: its earliest date is after its latest date"}},
		{map[string]string{"P642": item}, []string{"office.taken [..2026-02-03]"}, []string{"P169 (chief executive officer), statement Q1$1: its qualifiers are not understood: P642"}},
	} {
		qs := map[string][]json.RawMessage{}
		for p, snak := range c.qualifiers {
			qs[p] = []json.RawMessage{json.RawMessage(snak)}
		}
		q, err := json.Marshal(qs)
		require.NoError(t, err)
		form, left, err := wikidata.Read(strings.NewReader(itemWith("P169", fmt.Sprintf(`{"id": "Q1$1", "rank": "normal", "mainsnak": %s, "qualifiers": %s}`, item, q))), "item", wikidata.Options{})
		if !assert.NoError(t, err, "%v", c.qualifiers) {
			continue
		}
		var got []string
		for _, e := range form.Events {
			got = append(got, e.Type+" "+e.When.String())
		}
		assert.Equal(t, c.want, got)
		assert.Equal(t, c.left, texts(left))
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{`, "wikidata: item: unexpected end of JSON input"},
		{`{}`, "wikidata: item has no item; it is the JSON of Special:EntityData"},
		{`{"entities": {"Q1": null}}`, "wikidata: item has no item; it is the JSON of Special:EntityData"},
		{`{"entities": {"Q1": {"id": "Q1"}}}`, "wikidata: item has no item with statements"},
		{strings.Replace(itemWith("P17"), `"modified": "2026-02-03T04:05:06Z", `, "", 1), "wikidata: item does not say when Q1 was last modified, which is the last day that it speaks of"},
		{`{"entities": {"Q1": {"claims": {"P1": []}}, "Q2": {"claims": {"P1": []}}}}`, "wikidata: item has several items, Q1, Q2; say which one is meant"},
	} {
		_, _, err := wikidata.Read(strings.NewReader(c.text), "item", wikidata.Options{})
		assert.EqualError(t, err, c.want)
	}
	_, _, err := wikidata.Read(strings.NewReader(itemWith("P17")), "item", wikidata.Options{Item: "Q7"})
	assert.EqualError(t, err, "wikidata: item has no item Q7; it has Q1")
}

// The bare JSON of one item is read as well, and a name in another language if there is none in the first.
func TestBareItem(t *testing.T) {
	bare := `{"id": "Q1", "modified": "2026-02-03T04:05:06Z", "labels": {"de": {"language": "de", "value": "Eins"}}, "claims": {"P571": [{"id": "x", "mainsnak": {"snaktype": "somevalue"}}]}}`
	form, _, err := wikidata.Read(strings.NewReader(bare), "item", wikidata.Options{})
	require.NoError(t, err)
	assert.Equal(t, "Eins", form.Title)
	assert.Equal(t, "[..2026-02-03]", form.Events[0].When.String())
}

// Whatever an item has, it is a history file, or an error says why not.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/item.json")
	require.NoError(f, err)
	f.Add(string(text))
	f.Add(itemWith("P127", `{"id": "Q1$1", "mainsnak": {"snaktype": "somevalue"}, "qualifiers": {"P1107": [{"snaktype": "value", "datavalue": {"type": "quantity", "value": {"amount": "+0.5", "unit": "1"}}}]}}`))
	f.Add(itemWith("P571", `{"mainsnak": `+timeValue("-0044-03-15T00:00:00Z", 11, 1, 1, julian)+`}`))
	f.Fuzz(func(t *testing.T, text string) {
		form, _, err := wikidata.Read(strings.NewReader(text), "item", wikidata.Options{})
		if err != nil {
			return
		}
		_, err = form.Load("own.json")
		assert.NoError(t, err)
		for _, e := range form.Events {
			_, ok := events.PrototypeOf(e.Type)
			assert.True(t, ok)
		}
	})
}

// claims is an item with statements of several properties.
func claims(of map[string][]string) string {
	var all []string
	for p, statements := range of {
		all = append(all, fmt.Sprintf("%q: [%s]", p, strings.Join(statements, ",")))
	}
	return strings.Replace(itemWith("P9999"), `"P9999": []`, strings.Join(all, ","), 1)
}

// Nothing is left out in silence, and no value of an item is a panic.
func TestNothingIsSilent(t *testing.T) {
	n := 0
	statement := func(main, rank string, qualifiers ...string) string {
		n++
		return fmt.Sprintf(`{"id": "Q1$%d", "rank": %q, "mainsnak": %s, "qualifiers": {%s}}`, n, rank, main, strings.Join(qualifiers, ","))
	}
	item := func(id string) string {
		return `{"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": "` + id + `"}}}`
	}
	number := func(amount, unit string) string {
		return `{"snaktype": "value", "datavalue": {"type": "quantity", "value": {"amount": "` + amount + `", "unit": "` + unit + `"}}}`
	}
	is := func(p, snak string) string { return fmt.Sprintf("%q: [%s]", p, snak) }
	year := func(y string) string { return timeValue("+"+y+"-00-00T00:00:00Z", 9, 0, 0, gregorian) }
	some, none := `{"snaktype": "somevalue"}`, `{"snaktype": "novalue"}`
	for name, c := range map[string]struct {
		of     map[string][]string
		events []string
		left   []string
	}{
		"founding": {
			map[string][]string{
				"P571": {statement(year("1900"), "normal", is("P1480", item("Q18122778")))}, "P112": {statement(some, "normal"), statement(item("Q2"), "deprecated"), statement(item("Q3"), "normal")},
				"P17": {statement(item("Q15180"), "normal", is("P582", year("1991"))), statement(item("Q159"), "preferred")}, "P740": {statement(item("Q4"), "normal"), statement(item("Q5"), "preferred")},
			},
			[]string{`company.founded 1900 {"legalName":"One","tradeName":"One","seat":"Q5","country":"Q159","founders":[{"name":"Q3"}]}`},
			[]string{"its dates are said to be Q18122778", "another one is taken", "another one is taken", "it has no value that is known", "it is deprecated"},
		},
		"none": {
			map[string][]string{"P571": {statement(none, "normal")}, "P355": {statement(none, "normal")}, "P576": {statement(none, "normal")}},
			nil,
			[]string{"there was no such day", "there is none", "there was no such day"},
		},
		"seats": {
			map[string][]string{"P159": {statement(item("Q90"), "normal"), statement(item("Q91"), "preferred"), statement(item("Q92"), "normal", is("P582", year("2010")))}},
			[]string{`company.moved [..2026-02-03] {"seat":"Q90"}`, `company.moved [..2026-02-03] {"seat":"Q91"}`, `company.moved [..2010-12-31] {"seat":"Q92"}`},
			[]string{"its end is no event of its own"},
		},
		"figures": {
			map[string][]string{
				"P1128": {statement(number("+100", "1"), "normal", is("P585", year("2022"))), statement(number("+120", "1"), "preferred", is("P585", year("2022"))), statement(number("+5", "http://www.wikidata.org/entity/Q4917"), "normal", is("P585", year("2021")))},
				"P2139": {statement(number("+258935494123456", "http://www.wikidata.org/entity/Q202040"), "normal", is("P580", year("2020")), is("P582", year("2021"))), statement(number("+1", "1"), "normal", is("P585", year("2026")), is("P1107", number("+1", "1")))},
			},
			[]string{
				`figure.reported 2021-12-31 {"figure":"revenue","period":"2020/2021","value":258935494123456,"unit":"KRW"}`, `figure.reported 2026-02-03 {"figure":"revenue","period":"2026","value":1}`,
				`figure.reported 2022-12-31 {"figure":"employees","period":"2022","value":100,"unit":"people"}`, `figure.reported 2022-12-31 {"figure":"employees","period":"2022","value":120,"unit":"people"}`,
			},
			[]string{"its qualifiers are not understood: proportion", "the unit Q4917 is not known"},
		},
		"far": {
			map[string][]string{"P169": {
				statement(item("Q7"), "normal", is("P580", year("2030")), is("P582", some)), statement(item("Q8"), "normal", is("P585", year("99999"))), statement(item("Q9"), "normal", is("P580", year("2012")), is("P582", year("2010"))),
			}},
			[]string{
				`office.taken 2030 {"office":"chief executive","person":"Q7"}`, `office.taken [..2026-02-03] {"office":"chief executive","person":"Q8"}`, `office.taken 2012 {"office":"chief executive","person":"Q9"}`,
			},
			[]string{"it ends before it begins", "it ends before it begins"},
		},
		"an owner with another share": {
			map[string][]string{"P127": {
				statement(item("Q7"), "normal", is("P580", year("2015")), is("P1107", number("+0.3", "1"))),
				statement(item("Q7"), "normal", is("P580", year("2010")), is("P582", year("2015")), `"P1107": [`+number("+0.2", "1")+`, `+number("+0.1", "1")+`]`),
				statement(item("Q8"), "normal", is("P580", year("2015")), is("P582", year("2015"))),
				statement(item("Q8"), "normal", is("P580", year("2015")), is("P582", year("2015"))),
			}},
			[]string{
				`stake.closed 2015 {"holder":"Q7","percent":30}`, `stake.closed 2010 {"holder":"Q7","percent":20}`,
				`stake.closed 2015 {"holder":"Q8"}`, `stake.closed 2015 {"holder":"Q8","percent":0}`, `stake.closed 2015 {"holder":"Q8"}`, `stake.closed 2015 {"holder":"Q8","percent":0}`,
			},
			[]string{"it has several; the first is taken"},
		},
		"deprecated alone": {
			map[string][]string{"P571": {statement(year("1900"), "deprecated")}, "P576": {statement(year("1990"), "preferred")}},
			[]string{`company.dissolved 1990 {}`},
			[]string{"it is deprecated"},
		},
		"no exchange": {
			map[string][]string{"P414": {statement(none, "normal")}, "P7888": {statement(none, "normal")}},
			nil,
			[]string{"there is none", "there is none"},
		},
		"owned twice": {
			map[string][]string{"P355": {statement(item("Q7"), "normal", is("P580", year("2001")))}, "P1830": {statement(item("Q7"), "normal")}},
			[]string{`subsidiary.acquired 2001 {"organisation":"Q7"}`},
			[]string{"Q7 is told by another statement already"},
		},
	} {
		form, left, err := wikidata.Read(strings.NewReader(claims(c.of)), "item", wikidata.Options{})
		if !assert.NoError(t, err, name) {
			continue
		}
		var got []string
		for _, e := range form.Events {
			got = append(got, e.Type+" "+e.When.String()+" "+string(e.Data))
		}
		assert.Equal(t, c.events, got, name)
		if assert.Len(t, left, len(c.left), "%s: %v", name, texts(left)) {
			for n, want := range c.left {
				assert.Contains(t, left[n].Reason, want, name)
			}
		}
	}
}

// Empty objects are lists where PHP wrote them.
func TestEmptyLists(t *testing.T) {
	text := strings.Replace(itemWith("P571", `{"id": "x", "mainsnak": `+timeValue("+2015-00-00T00:00:00Z", 9, 0, 0, gregorian)+`, "qualifiers": [], "references": [{"snaks": []}]}`), `"labels": {"en": {"language": "en", "value": "One"}}`, `"labels": []`, 1)
	form, _, err := wikidata.Read(strings.NewReader(text), "item", wikidata.Options{})
	require.NoError(t, err)
	assert.Equal(t, "Q1", form.Title)
}

// What is left out is listed in the same order each time.
func TestLeftOutInOrder(t *testing.T) {
	old := func(id, y string) string {
		return `{"id": "Q1$` + id + `", "rank": "deprecated", "mainsnak": ` + timeValue("+"+y+"-00-00T00:00:00Z", 9, 0, 0, gregorian) + `, "qualifiers": {}}`
	}
	of := map[string][]string{"P571": {old("1", "1900")}, "P576": {old("2", "1950")}, "P159": {`{"id": "Q1$3", "rank": "deprecated", "mainsnak": {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": "Q5"}}}, "qualifiers": {"P580": [` + timeValue("+1910-00-00T00:00:00Z", 9, 0, 0, gregorian) + `]}}`}}
	_, first, err := wikidata.Read(strings.NewReader(claims(of)), "item", wikidata.Options{})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(first), 2)
	for range 40 {
		_, left, err := wikidata.Read(strings.NewReader(claims(of)), "item", wikidata.Options{})
		require.NoError(t, err)
		require.Equal(t, texts(first), texts(left))
	}
}
