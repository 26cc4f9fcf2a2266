package table_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/seeds/table"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// acquisitions is how testdata/acquisitions.csv is read.
func acquisitions() table.Mapping {
	return table.Mapping{
		Title: "Acquisitions",
		Cells: table.Cells{Dates: "day-first", Untold: []string{"undisclosed"}, Currency: "USD", YearsAsDays: "years"},
		Events: []table.Event{{
			Type: "context.noted", When: "announced",
			Set: map[string]string{"actor": "{buyer}", "what": "buys {bought}[ for {price}]"},
		}},
	}
}

func open(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// load reads a form as a history file.
func load(t *testing.T, form *seeds.HistoryForm) *seeds.File {
	t.Helper()
	file, err := form.Load("own.json")
	require.NoError(t, err)
	return file
}

func TestTableBecomesHistory(t *testing.T) {
	form, remarks, err := table.Read(open(t, "testdata/acquisitions.csv"), "acquisitions.csv", acquisitions())
	require.NoError(t, err)
	var lines []string
	for _, e := range form.Events {
		lines = append(lines, e.When.String()+" "+e.Slug+" "+string(e.Data))
	}
	assert.Equal(t, []string{
		`2002-04-15 alpha-buys-first-workshop {"actor":"Alpha","what":"buys First Workshop"}`,
		`1997-06-01 alpha-buys-second-workshop {"actor":"Alpha","what":"buys Second Workshop"}`,
		`2006 alpha-buys-third-workshop {"actor":"Alpha","what":"buys Third Workshop"}`,
		`2011-11-01 beta-buys-fourth-workshop-for-120-000-000 {"actor":"Beta","what":"buys Fourth Workshop for $120,000,000"}`,
		`2005-12-03 beta-buys-fifth-workshop-for-3-400-000-000 {"actor":"Beta","what":"buys Fifth Workshop for $3,400,000,000"}`,
	}, lines)
	require.Len(t, remarks, 1)
	assert.EqualError(t, remarks[0], `acquisitions.csv:4:27: announced: "28/06/1905" is read as the year 2006`)
	assert.Equal(t, 5, load(t, form).Timeline.Len())
}

// Rows of one buyer, as events of its own history.
func TestRowsOfOneBuyer(t *testing.T) {
	m := acquisitions()
	m.Only = map[string]string{"buyer": "Beta"}
	m.Events = []table.Event{{Type: "subsidiary.acquired", When: "announced", Set: map[string]string{"organisation": "{bought}", "price": "{price}"}}}
	form, _, err := table.Read(open(t, "testdata/acquisitions.csv"), "acquisitions.csv", m)
	require.NoError(t, err)
	require.Len(t, form.Events, 2)
	assert.JSONEq(t, `{"organisation":"Fourth Workshop","price":"USD 120000000"}`, string(form.Events[0].Data))
	owned := load(t, form).Timeline.At(edtf.MustDay("2012-01-01")).State.Related
	_, ok := owned.Get("Fifth Workshop")
	assert.True(t, ok)
}

// Without a word on how to read them, each cell that has two meanings is a fault, and nothing is taken.
func TestEveryFaultIsListed(t *testing.T) {
	m := acquisitions()
	m.Cells = table.Cells{}
	m.Events[0].Type = "subsidiary.acquired"
	m.Events[0].Set = map[string]string{"organisation": "{bought}", "price": "{price}"}
	form, remarks, err := table.Read(open(t, "testdata/acquisitions.csv"), "acquisitions.csv", m)
	assert.Nil(t, form)
	assert.Nil(t, remarks)
	assert.Equal(t, []string{
		`2:38: price: "undisclosed" has no currency; say which one it is`,
		`3:28: announced: "1/06/1997": at offset 0: a date in figures has two meanings, 6 January 1997 and 1 June 1997: write 1997-06-01; 2 of the other dates of the column can only have the day first, and none the month`,
		`3:38: price: "undisclosed" has no currency; say which one it is`,
		`4:27: announced: "28/06/1905" is how a spreadsheet shows the year 2006 in a column of days; yearsAsDays says whether it is the year or the day`,
		`4:38: price: "undisclosed" has no currency; say which one it is`,
		`5:27: announced: "1/11/2011": at offset 0: a date in figures has two meanings, 11 January 2011 and 1 November 2011: write 2011-11-01`,
		`5:37: price: "$120,000,000" may be of several currencies; say which one $ is`,
		`6:26: announced: "3/12/2005": at offset 0: a date in figures has two meanings, 12 March 2005 and 3 December 2005: write 2005-12-03`,
		`6:36: price: "$3,400,000,000" may be of several currencies; say which one $ is`,
	}, faultsOf(err))
}

// faultsOf returns the lines of a [seeds.Faults] without the name of the file.
func faultsOf(err error) []string {
	var lines []string
	for _, line := range strings.Split(err.Error(), "\n") {
		_, rest, _ := strings.Cut(line, ".csv:")
		lines = append(lines, rest)
	}
	return lines
}

func read(text string, m table.Mapping) (*seeds.HistoryForm, error) {
	form, _, err := table.Read(strings.NewReader(text), "own.csv", m)
	return form, err
}

// What a table or a mapping can have wrong, and what is said of it.
func TestReadRefuses(t *testing.T) {
	fact := func(when string) table.Mapping {
		return table.Mapping{Events: []table.Event{{Type: "fact.began", When: when, Set: map[string]string{"subject": "{who}", "property": "{what}"}}}}
	}
	with := func(m table.Mapping, change func(*table.Mapping)) table.Mapping { change(&m); return m }
	for _, c := range []struct {
		text    string
		mapping table.Mapping
		want    string
	}{
		{"", fact("day"), "1:1: the table is empty"},
		{"who,what,day\nA,b,2020\n", fact("days"), `1:1: there is no column "days"; did you mean "day"?`},
		{"who,what,day\nA,b,2020\n", fact("when"), `1:1: there is no column "when"; there is who, what, day`},
		{"who,who,day\nA,b,2020\n", fact("day"), `1:5: who: there is a column "who" already`},
		{"who,what,day\nA,2020\n", fact("day"), "2:1: the line has 2 cells, and the titles are 3"},
		{"who,what,day\nA\"x,b,2020\n", fact("day"), "2:1: a quote stands in a cell that is not quoted, at byte 2; write the cell in quotes, and the quote twice"},
		{"who,what,day\n\"A,b,2020\n", fact("day"), "2:1: a quoted cell does not end as it should, at line 2, byte 11"},
		{"who,what,day\nÄ\xff,b,2020\n", fact("day"), "2:2: this is not UTF-8; save the table as CSV in UTF-8"},
		{"\xff\xfew\x00h\x00o\x00", fact("day"), "1:1: this is not UTF-8; save the table as CSV in UTF-8"},
		{"who,what,day\nÄ,b,45292\n", fact("day"), "2:5: day: 45292 is how a spreadsheet saves 1 January 2024 as a number; dayNumbers says from which year it counts"},
		{"who,what,day\nA,b,\n", fact("day"), "2:5: day: the cell tells no date"},
		{"who,what,day\nA,b,soon\n", fact("day"), `2:5: day: "soon": at offset 0: not a date such as 2018-03, November 2017, Q2 2019 or 11 May 2020`},
		{"who,what,day\n,b,2020\n", fact("day"), "2:1: who: the cell tells nothing, and subject is needed"},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Type = "fact.begun" }), `1:1: there is no event type "fact.begun"; did you mean "fact.began"?`},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Set["prperty"] = "x" }), `1:1: there is no field "prperty"; did you mean "property"?`},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Note = "{who" }), `1:1: "{who": a brace is not closed`},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Note = "a]" }), `1:1: "a]": ']' stands alone; write \] for the sign`},
		{"who,what,day,x\nA,b,2020,\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Note = "of {x}" }), "2:10: x: the cell tells nothing; put what may be left out with it between brackets, or a column of its own"},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Only = map[string]string{"who": "B"} }), "1:1: no row is of what is asked for"},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Type = "{what}" }), `2:3: what: there is no event type "b"`},
		{"who,what,day\nA,b,2020\n", with(fact("day"), func(m *table.Mapping) { m.Events[0].Type = "" }), "1:1: of an event the mapping must say its type and when it happened"},
	} {
		_, err := read(c.text, c.mapping)
		var faults seeds.Faults
		if assert.ErrorAs(t, err, &faults, "%q", c.text) {
			assert.Contains(t, faultsOf(err), c.want)
		}
	}
	for _, c := range []struct {
		cells table.Cells
		want  string
	}{
		{table.Cells{Dates: "year-first"}, `table: dates are day-first or month-first, not "year-first"`},
		{table.Cells{FiscalStart: 13}, "table: a fiscal year begins in a month from 1 to 12, not 13"},
		{table.Cells{YearsAsDays: "x"}, `table: years that are shown as days are years or days, not "x"`},
		{table.Cells{DayNumbers: "1970"}, `table: numbers of days are counted from 1900 or 1904, not "1970"`},
		{table.Cells{Currency: "euro"}, `table: a currency is an ISO 4217 code such as EUR, not "euro"`},
	} {
		_, err := read("who,what,day\n", table.Mapping{Cells: c.cells})
		assert.EqualError(t, err, c.want)
	}
}

// What cells hold, by what the field takes.
func TestCells(t *testing.T) {
	others := map[string]map[string]string{
		"figure.reported":     {"figure": "revenue", "period": "2020", "value": "1"},
		"subsidiary.acquired": {"organisation": "O"},
		"office.taken":        {"office": "chair", "person": "P"},
	}
	of := func(kind, field string) func(cell string, c table.Cells) (string, error) {
		return func(cell string, c table.Cells) (string, error) {
			set := maps.Clone(others[kind])
			if set == nil {
				set = map[string]string{}
			}
			set[field] = "{v}"
			c.Separator = "\t"
			form, err := read("v\tday\n"+cell+"\t2020-01-02\n", table.Mapping{Cells: c, Events: []table.Event{{Type: kind, When: "day", Set: set}}})
			if err != nil {
				return err.Error(), err
			}
			var data map[string]any
			assert.NoError(t, json.Unmarshal(form.Events[0].Data, &data))
			written, _ := json.Marshal(data[field])
			return string(written), nil
		}
	}
	for _, c := range []struct {
		kind, field, cell string
		cells             table.Cells
		want              string
	}{
		{"figure.reported", "value", "1,234,567", table.Cells{}, "1234567"},
		{"figure.reported", "value", "1.234.567,5", table.Cells{}, "1234567.5"},
		{"figure.reported", "value", "1 234 567", table.Cells{}, "1234567"},
		{"figure.reported", "value", "1,5", table.Cells{}, "1.5"},
		{"figure.reported", "value", "1.2 billion", table.Cells{}, "1200000000"},
		{"figure.reported", "value", "350k", table.Cells{}, "350000"},
		{"figure.reported", "value", "-12", table.Cells{}, "-12"},
		{"figure.reported", "value", "about 60,000", table.Cells{}, `"about 60000"`},
		{"figure.reported", "value", "c. 5", table.Cells{}, `"about 5"`},
		{"figure.reported", "value", "> 50", table.Cells{}, `"\u003e50"`},
		{"figure.reported", "value", "more than 2 million", table.Cells{}, `"\u003e2000000"`},
		{"figure.reported", "value", "at most 7", table.Cells{}, `"\u003c=7"`},
		{"figure.reported", "value", "25–50", table.Cells{}, `"25..50"`},
		{"subsidiary.acquired", "percent", "51 %", table.Cells{}, "51"},
		{"subsidiary.acquired", "percent", "25% to 50%", table.Cells{}, `"25..50"`},
		{"capital.raised", "amount", "€1.5m", table.Cells{}, `"EUR 1500000"`},
		{"capital.raised", "amount", "HKD 43.80", table.Cells{}, `"HKD 43.8"`},
		{"capital.raised", "amount", "1.500.000 EUR", table.Cells{}, `"EUR 1500000"`},
		{"capital.raised", "amount", "$2,000", table.Cells{Currency: "AUD"}, `"AUD 2000"`},
		{"capital.raised", "amount", "US$2,000", table.Cells{Currency: "AUD"}, `"USD 2000"`},
		{"capital.raised", "amount", "2000", table.Cells{Currency: "CHF"}, `"CHF 2000"`},
		{"figure.reported", "value", "5-10 million", table.Cells{}, `"5000000..10000000"`},
		{"figure.reported", "value", "2.5–12.5k", table.Cells{}, `"2500..12500"`},
		{"figure.reported", "value", "5k to 2 million", table.Cells{}, `"5000..2000000"`},
		{"figure.reported", "value", "0,125", table.Cells{}, "0.125"},
		{"figure.reported", "value", "0.125", table.Cells{}, "0.125"},
		{"figure.reported", "value", "(5)", table.Cells{}, "-5"},
		{"subsidiary.acquired", "percent", "51.234%", table.Cells{}, "51.234"},
		{"capital.raised", "amount", "120 MIO", table.Cells{Currency: "EUR"}, `"EUR 120000000"`},
		{"capital.raised", "amount", "SEK 5000000", table.Cells{}, `"SEK 5000000"`},
		{"capital.raised", "amount", "5000 NOK", table.Cells{Currency: "NOK"}, `"NOK 5000"`},
		{"capital.raised", "amount", "THB 5 million", table.Cells{}, `"THB 5000000"`},
		{"capital.raised", "amount", "RUB 100", table.Cells{}, `"RUB 100"`},
		{"capital.raised", "amount", "CAD 500", table.Cells{}, `"CAD 500"`},
		{"capital.raised", "amount", "CA$5", table.Cells{}, `"CAD 5"`},
		{"figure.reported", "value", "ca5", table.Cells{}, `"about 5"`},
		{"capital.raised", "amount", "EUR 5 MRD", table.Cells{}, `"EUR 5000000000"`},
		{"figure.reported", "period", "Q2 2020", table.Cells{}, `"2020-34"`},
		{"figure.reported", "period", "FY2020", table.Cells{FiscalStart: 4}, `"[2019-04..2020-03]"`},
		{"office.taken", "acting", "Yes", table.Cells{}, "true"},
	} {
		got, err := of(c.kind, c.field)(c.cell, c.cells)
		assert.NoError(t, err, c.cell)
		assert.Equal(t, c.want, got, c.cell)
	}
	for _, c := range []struct{ kind, field, cell, want string }{
		{"figure.reported", "value", "1.234", `"1.234" has two meanings; write 1234, or 1.2340`},
		{"figure.reported", "value", "12,34,567", `"12,34,567" is not a number`},
		{"capital.raised", "amount", "$25-30 million", `is not one amount`},
		{"capital.raised", "amount", "about $5 million", `is about an amount`},
		{"figure.reported", "value", "many", `"many" is not a number`},
		{"subsidiary.acquired", "percent", "120 %", "120 percent is more than 100"},
		{"capital.raised", "amount", "¥5", "may be of several currencies"},
		{"capital.raised", "amount", "EUR -5", "less than nothing"},
		{"figure.reported", "period", "28/06/1905", "a spreadsheet shows the year 2006"},
		{"figure.reported", "period", "45292", "dayNumbers says"},
		{"capital.raised", "amount", "EUR 1.555", "has two meanings"},
		{"capital.raised", "amount", "EUR 1.5555", "at most two decimals"},
		{"office.taken", "acting", "perhaps", `"perhaps" is neither yes nor no`},
	} {
		got, err := of(c.kind, c.field)(c.cell, table.Cells{})
		assert.Error(t, err, c.cell)
		assert.Contains(t, got, c.want)
	}
}

// Several events of a row, types by a column, sources of rows, separators and marks of files.
func TestEventsOfARow(t *testing.T) {
	text := "\ufeffName;From;To;Kind;Where\r\n" +
		"Zoë Łącka;1 March 2020;;chair;Gazette\r\n" +
		"李明;2019;\"until\nMay 2021\";chief executive;Gazette\r\n\r\n;;;;\r\n"
	who := map[string]string{"office": "{Kind}", "person": "{Name}"}
	form, err := read(text, table.Mapping{Title: "Offices", Horizon: edtf.MustParse("2022"), Events: []table.Event{
		{Type: "office.taken", When: "From", Set: who, Source: table.Source{Key: "{Where}", Title: "The {Where}"}},
		{Type: "office.left", When: "To", Set: who, Optional: true, Slug: "{Name} leaves"},
	}})
	require.NoError(t, err)
	var lines []string
	for _, e := range form.Events {
		lines = append(lines, fmt.Sprint(e.Slug, " ", e.When, " ", e.Cites))
	}
	assert.Equal(t, []string{
		"zoe-lacka-becomes-chair 2020-03-01 [gazette table, line 2]",
		"becomes-chief-executive 2019 [gazette table, line 3]",
		"leaves [..2021-05] [table, line 3]",
	}, lines)
	assert.Equal(t, "The Gazette", form.Sources[1].Title)
	assert.Equal(t, "own.csv", form.Sources[0].Title)
	load(t, form)
}

// A type that a column has, by its words.
func TestTypesOfAColumn(t *testing.T) {
	m := table.Mapping{Events: []table.Event{{
		Type: "{kind}", Types: map[string]string{"bought": "subsidiary.acquired", "sold": "subsidiary.sold"}, When: "{month} {year}",
		Set: map[string]string{"organisation": "{name}"},
	}}}
	form, err := read("name,kind,month,year\nA,bought,May,2019\nA,sold,June,2020\n", m)
	require.NoError(t, err)
	assert.Equal(t, "subsidiary.acquired", form.Events[0].Type)
	assert.Equal(t, "2020-06", form.Events[1].When.String())
	_, err = read("name,kind,month,year\nA,baught,May,2019\n", m)
	assert.Equal(t, []string{`2:3: kind: there is no event type "baught"; did you mean "bought"?`}, faultsOf(err))
}

// Equal rows are told apart by numbers, in the order of the table.
func TestEqualSlugs(t *testing.T) {
	form, err := read("a,day\nx,2020\nx,2021\nx 2,2022\nx,2023\n", table.Mapping{Events: []table.Event{
		{Type: "brand.launched", When: "day", Set: map[string]string{"brand": "{a}"}, Slug: "{a}"},
	}})
	require.NoError(t, err)
	var slugs []string
	for _, e := range form.Events {
		slugs = append(slugs, e.Slug)
	}
	assert.Equal(t, []string{"x", "x-2", "x-2-2", "x-3"}, slugs)
}

func TestReadMapping(t *testing.T) {
	m, err := table.ReadMapping(strings.NewReader(`{"title": "T", "horizon": "2022", "source": {"key": "k", "title": "K"}, "only": {"a": "b"},
		"cells": {"separator": ";", "dates": "day-first", "fiscalStart": 4, "currency": "EUR", "untold": ["-"], "yearsAsDays": "years", "dayNumbers": "1904"},
		"events": [{"type": "{t}", "types": {"x": "fact.began"}, "when": "w", "known": "k", "set": {"a": "{b}"}, "slug": "{s}", "note": "n", "source": {"key": "{k}"}, "optional": true}]}`))
	require.NoError(t, err)
	assert.Equal(t, "day-first", m.Cells.Dates)
	assert.True(t, m.Events[0].Optional)
	_, err = table.ReadMapping(strings.NewReader(`{"titel": "T"}`))
	assert.EqualError(t, err, `table: the mapping: json: unknown field "titel"`)
	_, err = table.ReadMapping(strings.NewReader(`{} {}`))
	assert.EqualError(t, err, "table: the mapping: something stands behind it")
}

// Whatever a table has, it is a history file or has faults that name a place in it.
func FuzzRead(f *testing.F) {
	f.Add("buyer,bought,announced,price\nA,B,15/04/2002,$1\n", "{bought}[ for {price}]", "announced")
	f.Add("buyer;bought;announced;price\n\"A\";B;45292;\n", "{price}", "{announced}")
	f.Fuzz(func(t *testing.T, text, what, when string) {
		m := table.Mapping{Events: []table.Event{{
			Type: "subsidiary.acquired", When: when, Optional: true,
			Set: map[string]string{"organisation": what, "price": "{price}"},
		}}}
		form, err := read(text, m)
		var faults seeds.Faults
		if err == nil {
			load(t, form)
			return
		}
		require.ErrorAs(t, err, &faults)
		for _, fault := range faults {
			assert.Positive(t, fault.Line)
			assert.Positive(t, fault.Column)
		}
	})
}

// What programs write that is no date, or is two things, is not read as one.
func TestSpoiledDates(t *testing.T) {
	m := table.Mapping{Events: []table.Event{{Type: "brand.launched", When: "day", Set: map[string]string{"brand": "{b}"}}}}
	for cell, want := range map[string]string{
		"2020-21": "has two meanings; write 2020/2021", "2022-23": "has two meanings", "1921-22": "write 1921/1922", "2019-22": "write 2019/2022", "1914-39": "write 1914/1939", "0000-00-00": "there is no date", "1900-01-00": "there is no date",
		"45292": "dayNumbers says", "28/06/1905": "yearsAsDays says",
	} {
		_, err := read("b,day\nB,"+cell+"\n", m)
		assert.ErrorContains(t, err, want, cell)
	}
	for cell, want := range map[string]string{"2002-04-15 00:00:00": "2002-04-15", "2019-34": "2019-34", "-0044": "-0044", "12345": "1933-10-18"} {
		m.Cells.DayNumbers = "1900"
		form, err := read("b,day\nB,"+cell+"\n", m)
		if assert.NoError(t, err, cell) {
			assert.Equal(t, want, form.Events[0].When.String(), cell)
		}
	}
}

// Tables as programs save them: blank lines first, Excel's line of the separator, other separators, other ends of lines.
func TestSheets(t *testing.T) {
	m := table.Mapping{Events: []table.Event{{Type: "brand.launched", When: "day", Set: map[string]string{"brand": "{b}"}}}}
	for _, text := range []string{"\n,\nb,day\nB,2020\n,,,\n \n", "sep=;\nb;day\nB;2020\n", "\n \nb;day\nB;2020\n", "sep=;\n\nb;day\nB;2020\n", "b|day\nB|2020\n", "b,day\rB,2020\r", "b\tday\r\nB\t2020"} {
		form, err := read(text, m)
		if assert.NoError(t, err, "%q", text) {
			assert.Equal(t, "2020", form.Events[0].When.String(), "%q", text)
		}
	}
	for _, separator := range []string{"\"", "\n", "\r", "tab", "\xff", "||"} {
		m.Cells.Separator = separator
		_, err := read("b,day\nB,2020\n", m)
		assert.ErrorContains(t, err, "table: cells are parted by one sign", "%q", separator)
	}
	_, err := read("b;v;day\nB;1,234;2020\n", table.Mapping{Events: []table.Event{{Type: "plant.rated", When: "day", Set: map[string]string{"plant": "{b}", "capacity": "{v}"}}}})
	assert.ErrorContains(t, err, "has two meanings", "where cells are parted by semicolons, commas are decimal")
}

// Every row that is wrong is said at once, whatever is wrong with others; an event is left out only if no part of its date
// is told; sources keep apart.
func TestRowsAlone(t *testing.T) {
	m := table.Mapping{Events: []table.Event{{
		Type: "brand.launched", When: "[{d} ]{m} {y}", Optional: true, Set: map[string]string{"brand": "{b}"}, Source: table.Source{Key: "{s}"},
	}}}
	_, err := read("b,d,m,y,s\nA,1,May\nB,1,soon,2020,x\n,1,May,2020,x\n", m)
	assert.Len(t, faultsOf(err), 3, "%v", err)
	form, err := read("b,d,m,y,s\nA,,May,2020,新华社\nB,,,,x\nC,1,May,2020,人民日报\nD,2,May,2020,A&B\nE,3,May,2020,A B\nF,4,May,2020,table\n", m)
	require.NoError(t, err)
	var lines []string
	for _, e := range form.Events {
		lines = append(lines, e.When.String()+" "+e.Cites[0].Source)
	}
	assert.Equal(t, []string{"2020-05 source", "2020-05-01 source-2", "2020-05-02 a-b", "2020-05-03 a-b-2", "2020-05-04 table-2"}, lines)
	_, err = read("b,day\nB,2020\n", table.Mapping{})
	assert.ErrorContains(t, err, "the mapping says of no events")
}
