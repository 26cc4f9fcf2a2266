package bods_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/seeds/bods"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

var update = flag.Bool("update", false, "write the golden files anew")

func register(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/register.json")
	require.NoError(t, err)
	return string(text)
}

// history reads statements as a history, with what is left out.
func history(t *testing.T, text string, o bods.Options) (*seeds.HistoryForm, *events.History, []string) {
	t.Helper()
	form, left, err := bods.Read(strings.NewReader(text), "register.json", o)
	require.NoError(t, err)
	var all strings.Builder
	loaded, err := form.Load("own.json")
	require.NoError(t, err)
	for _, l := range left {
		fmt.Fprintln(&all, l)
	}
	return form, loaded.Timeline, strings.Split(strings.TrimSpace(all.String()), "\n")
}

func TestStatementsBecomeHistory(t *testing.T) {
	form, h, left := history(t, register(t), bods.Options{})
	assert.Equal(t, []string{"10000000-0000-0000-0000-000000000010: it names no party: subjectExemptFromDisclosure"}, left)
	var lines []string
	for _, e := range form.Events {
		lines = append(lines, strings.TrimSpace(fmt.Sprintln(e.Slug, e.When, "known", e.Known, string(e.Data), e.Replaces)))
	}
	assert.Equal(t, []string{
		`founded 2015-12-24 known 2016-04-10 {"legalName":"Example Ltd","tradeName":"Example Ltd","seat":"Cork","country":"Ireland"} []`,
		`stake-ada-example 2016-04-01 known 2016-04-10 {"holder":"Ada Example","percent":">50..75","votes":60} []`,
		`appointmentofboard-ada-example 2016-04-01 known 2016-04-10 {"subject":"Ada Example","property":"appointment of board in Example Group Ltd","value":"yes"} []`,
		`chair-ada-example [..2016-04-10] known 2016-04-10 {"office":"chair","person":"Ada Example"} []`,
		`stake-ada-example-2 2016-04-01 known 2017-02-01 {"holder":"Ada Example","percent":60,"votes":60} [stake-ada-example]`,
		`appointmentofboard-ended-ada-example 2017-01-15 known 2017-02-01 {"subject":"Ada Example","property":"appointment of board in Example Group Ltd"} []`,
		`chair-left-ada-example [2016-04-10..2017-02-01] known 2017-02-01 {"office":"chair","person":"Ada Example"} []`,
		`subsidiary-c-3 2017-12-01 known 2018-01-01 {"organisation":"c-3","percent":100} []`,
		`renamed-example-group-ltd [2016-04-10..2018-05-01] known 2018-05-01 {"legalName":"Example Group Ltd"} []`,
		`moved-dublin [2016-04-10..2018-05-01] known 2018-05-01 {"seat":"Dublin"} []`,
		`listed-euronext-dublin [2016-04-10..2018-05-01] known 2018-05-01 {"exchange":"Euronext Dublin","code":"EXG"} []`,
		`stake-ended-ada-example 2019-06-01 known 2019-06-30 {"holder":"Ada Example","percent":0} []`,
		`stake-holding-plc [..2019-06-30] known 2019-06-30 {"holder":"Holding plc","percent":"75..100"} []`,
		`stake-ended-holding-plc [2019-06-30..2020-03-31] known 2020-03-31 {"holder":"Holding plc","percent":0} []`,
	}, lines)

	day := edtf.MustDay("2016-12-31")
	assert.Equal(t, "60 %", h.At(day).State.StakeOf("Ada Example").String())
	assert.Equal(t, "more than 50 to 75 %", h.KnownOn(day).At(day).State.StakeOf("Ada Example").String(), "before it was corrected")
}

// The first day of a month may be any of it, and knowledge may begin with the publication.
func TestOptions(t *testing.T) {
	form, _, _ := history(t, register(t), bods.Options{Rounded: true, Published: true, Subject: "Example Ltd"})
	for _, e := range form.Events {
		if e.Slug == "stake-ada-example" {
			assert.Equal(t, "2016-04", e.When.String())
			assert.Equal(t, "2020-01-01", e.Known.String())
			return
		}
	}
	t.Error("there is no stake")
}

// Ends that are told otherwise, taken back, or told by a record that is closed.
func TestEnds(t *testing.T) {
	statement := func(id, date, status, interests string) string {
		return fmt.Sprintf(`{"statementId": %q, "statementDate": %q, "declarationSubject": "c", "recordId": "r", "recordType": "relationship", "recordStatus": %q,
			"recordDetails": {"isComponent": false, "subject": "c", "interestedParty": "h", "interests": [%s]}}`, id, date, status, interests)
	}
	holding := func(share, start, end string) string {
		return fmt.Sprintf(`{"type": "shareholding", "share": {"exact": %s}, "startDate": %q, "endDate": %q}`, share, start, end)
	}
	ended := statement("1", "2020-02-01", "new", holding("10", "2019-01-05", "2020-01-05"))
	for _, c := range []struct {
		second string
		want   string
	}{
		{statement("2", "2020-03-01", "updated", holding("10", "2019-01-05", "2020-01-06")), "2020-01-06 [stake-ended-h]"},
		{statement("2", "2020-03-01", "updated", holding("10", "2019-01-05", "")), "2020-03-01 [stake-ended-h]"},
		{statement("2", "2020-03-01", "updated", holding("10", "2019-01-07", "2020-01-05")), "2019-01-07 [stake-h]"},
		{statement("2", "2020-03-01", "updated", holding("11", "2019-01-05", "2020-01-05")), "2019-01-05 [stake-h]"},
		{statement("2", "2020-03-01", "updated", holding("12", "2020-02-05", "")+","+holding("10", "2019-01-05", "2020-01-05")), "2020-02-05 []"},
		{statement("2", "2020-03-01", "closed", holding("12", "2020-02-05", "")+","+holding("10", "2019-01-05", "2020-01-05")), "[2020-02-01..2020-03-01] []"},
	} {
		form, _, _ := history(t, ended+"\n"+c.second, bods.Options{})
		last := form.Events[len(form.Events)-1]
		assert.Equal(t, c.want, fmt.Sprint(last.When, " ", last.Replaces), c.second)
	}
	form, _, _ := history(t, ended+"\n"+statement("2", "2020-03-01", "updated", holding("10", "2019-01-05", "2020-01-05")), bods.Options{})
	assert.Len(t, form.Events, 2, "nothing is told otherwise")
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`[{`, "bods: x: unexpected end of JSON input"},
		{`{"statementId": 1}`, "bods: x: statement 1: json: cannot unmarshal number into Go struct field Statement.statementId of type string"},
		{``, "bods: x has no statements with a declarationSubject, as BODS 0.4 has them"},
		{`{"declarationSubject": "a"} {"declarationSubject": "b"}`, "bods: x is about several, a (a), b (b); say which one is meant"},
	} {
		_, _, err := bods.Read(strings.NewReader(c.text), "x", bods.Options{})
		assert.EqualError(t, err, c.want)
	}
	_, _, err := bods.Read(strings.NewReader(`{"declarationSubject": "a"}`), "x", bods.Options{Subject: "z"})
	assert.EqualError(t, err, `bods: x has no entity "z"; it is about a (a)`)
	for _, c := range []struct{ interest, want string }{
		{`{"type": "shareholding", "share": {"exact": 120}}`, "s: /recordDetails/interests/0/share: 120 is no share of 100"},
		{`{"type": "shareholding", "startDate": "soon"}`, `s: /recordDetails/interests/0/startDate: "soon" is no day`},
	} {
		_, _, left := history(t, `{"statementId": "s", "statementDate": "2020-01-01", "declarationSubject": "c", "recordId": "r", "recordType": "relationship", "recordDetails": {"subject": "c", "interestedParty": "h", "interests": [`+c.interest+`]}}`, bods.Options{})
		assert.Equal(t, []string{c.want}, left)
	}
}

var release = bods.Release{Publisher: "Example", Published: edtf.MustDay("2026-04-01")}

// What is written of Leapmotor is the golden file, of which integration/schema says that it is valid.
func TestWrite(t *testing.T) {
	var got strings.Builder
	require.NoError(t, bods.Write(&got, seeds.Leapmotor(), release))
	if *update {
		require.NoError(t, os.WriteFile("testdata/leapmotor.golden", []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile("testdata/leapmotor.golden")
	require.NoError(t, err)
	assert.Equal(t, string(want), got.String())

	assert.EqualError(t, bods.Write(&got, seeds.Leapmotor(), bods.Release{}), "bods: a release needs a publisher and the day of publication")
	empty, err := timeline.New(events.Fold)
	require.NoError(t, err)
	all, err := bods.Statements(empty, release)
	require.NoError(t, err)
	assert.Empty(t, all)
}

// What is written and read again has the same stakes on each day, as known on each day.
func TestRoundTrip(t *testing.T) {
	h := seeds.Leapmotor()
	var text strings.Builder
	require.NoError(t, bods.Write(&text, h, release))
	_, again, left := history(t, text.String(), bods.Options{})
	assert.Equal(t, []string{""}, left)
	compared := 0
	for day := edtf.MustDay("2015-12-01"); day < edtf.MustDay("2026-04-01"); day += 13 {
		for _, known := range []edtf.Day{day, day + 40, edtf.MustDay("2026-04-01")} {
			a, b := h.KnownOn(known).At(day).State, again.KnownOn(known).At(day).State
			for holder, stake := range a.Stakes.All() {
				if stake.Percent.Told() { // exactly, or about so much
					assert.Equal(t, stake.Percent.String(), b.StakeOf(holder).String(), "%s on %v, as known on %v", holder, day, known)
					compared++
				}
			}
		}
	}
	assert.Greater(t, compared, 1000)
}

// rel is a statement of a relationship with the company c.
func rel(id, record, date, status, party, interests string) string {
	return fmt.Sprintf(`{"statementId": %q, "statementDate": %q, "declarationSubject": "c", "recordId": %q, "recordType": "relationship", "recordStatus": %q,
		"recordDetails": {"isComponent": false, "subject": "c", "interestedParty": %q, "interests": [%s]}}`, id, date, record, status, party, interests)
}

// share is a direct shareholding. What is empty is left out.
func share(percent, start, end string) string {
	text := `{"type": "shareholding", "directOrIndirect": "direct", "share": ` + percent
	if start != "" {
		text += `, "startDate": "` + start + `"`
	}
	if end != "" {
		text += `, "endDate": "` + end + `"`
	}
	return text + "}"
}

const low, high, exact30, exact20, exact60 = `{"minimum": 25, "maximum": 50}`, `{"minimum": 50, "maximum": 75}`, `{"exact": 30}`, `{"exact": 20}`, `{"exact": 60}`

// What holders have in 2020, where statements are in an odd order, tell two things of one day, or are taken back.
func TestHoldings(t *testing.T) {
	person := func(record string) string {
		return fmt.Sprintf(`{"statementId": "n%s", "statementDate": "2016-01-01", "declarationSubject": "c", "recordId": %q, "recordType": "person", "recordDetails": {"isComponent": false, "personType": "knownPerson", "names": [{"givenName": "John", "familyName": "Smith"}]}}`, record, record)
	}
	for name, c := range map[string]struct {
		statements []string
		want       string
	}{
		"two of one name": {
			[]string{person("p1"), person("p2"), rel("1", "r1", "2016-02-01", "new", "p1", share(exact30, "2016-01-05", "")), rel("2", "r2", "2016-02-01", "new", "p2", share(exact20, "2016-01-05", "")), rel("3", "r2", "2019-02-01", "closed", "p2", share(exact20, "2016-01-05", "2019-01-01"))},
			"John Smith (p1) 30 %, John Smith (p2) 0 %",
		},
		"two at a time":              {[]string{rel("1", "r", "2018-02-01", "new", "h", share(exact30, "2016-01-05", "")+","+share(exact20, "2018-01-05", ""))}, "h 30 %, h, holding 2 20 %"},
		"in two relationships":       {[]string{rel("1", "r1", "2018-02-01", "new", "h", share(exact30, "2016-01-05", "")), rel("2", "r2", "2018-02-01", "new", "h", share(exact20, "2018-01-05", "")), rel("3", "r1", "2019-02-01", "closed", "h", share(exact30, "2016-01-05", "2019-01-01"))}, "h 0 %, h, by r2 20 %"},
		"the new one first":          {[]string{rel("1", "r", "2018-02-01", "new", "h", share(high, "2018-01-01", "")+","+share(low, "2016-01-01", "2018-01-01"))}, "h 50 to 75 %"},
		"the old one first":          {[]string{rel("1", "r", "2018-02-01", "new", "h", share(low, "2016-01-01", "2018-01-01")+","+share(high, "2018-01-01", ""))}, "h 50 to 75 %"},
		"changed, no day":            {[]string{rel("1", "r", "2016-05-01", "new", "h", share(low, "", "")), rel("2", "r", "2018-02-01", "updated", "h", share(high, "", ""))}, "h 50 to 75 %"},
		"told again":                 {[]string{rel("1", "r", "2016-05-01", "new", "h", share(exact60, "2016-01-05", "")), rel("2", "r", "2018-02-01", "updated", "h", ""), rel("3", "r", "2019-02-01", "updated", "h", share(exact60, "2016-01-05", ""))}, "h 60 %"},
		"opened again":               {[]string{rel("1", "r", "2016-05-01", "new", "h", share(exact60, "2016-01-05", "")), rel("2", "r", "2018-02-01", "closed", "h", share(exact60, "2016-01-05", "")), rel("3", "r", "2019-02-01", "updated", "h", share(exact60, "2016-01-05", ""))}, "h 60 %"},
		"closed twice":               {[]string{rel("1", "r", "2016-05-01", "new", "h", share(exact60, "2016-01-05", "")), rel("2", "r", "2018-02-01", "closed", "h", share(exact60, "2016-01-05", "")), rel("3", "r", "2018-03-01", "closed", "h", share(exact60, "2016-01-05", ""))}, "h 0 %"},
		"the update of the same day": {[]string{rel("2", "r", "2016-05-01", "updated", "h", share(exact60, "2016-01-05", "")), rel("1", "r", "2016-05-01", "new", "h", share(exact30, "2016-01-05", ""))}, "h 60 %"},
		"the update is only published": {
			[]string{strings.Replace(rel("2", "r", "", "updated", "h", share(exact60, "2016-01-05", "")), `"statementDate": ""`, `"publicationDetails": {"publicationDate": "2018-05-01", "bodsVersion": "0.4", "publisher": {"name": "P"}}`, 1), rel("1", "r", "2016-05-01", "new", "h", share(exact30, "2016-01-05", ""))},
			"h 60 %",
		},
	} {
		_, h, _ := history(t, strings.Join(c.statements, "\n"), bods.Options{Subject: ""})
		var got []string
		for holder, stake := range h.At(edtf.MustDay("2020-01-01")).State.Stakes.All() {
			got = append(got, holder+" "+stake.Percent.String())
		}
		assert.Equal(t, c.want, strings.Join(got, ", "), name)
	}
}

// What is told of the company itself is corrected, too.
func TestCompanyCorrected(t *testing.T) {
	entity := func(date, details string) string {
		return fmt.Sprintf(`{"statementId": "s%s", "statementDate": %q, "declarationSubject": "c", "recordId": "c", "recordType": "entity", "recordDetails": {"isComponent": false, "entityType": {"type": "registeredEntity"}, "name": "C"%s}}`, date, date, details)
	}
	listing := func(exchange string) string {
		return `, "publicListing": {"hasPublicListing": true, "securitiesListings": [{"stockExchangeName": "` + exchange + `"}]}`
	}
	form, _, left := history(t, strings.Join([]string{
		entity("2015-02-01", `, "foundingDate": "2015-01-01", "jurisdiction": {"name": "Ireland"}`+listing("A")),
		entity("2016-11-01", `, "foundingDate": "2014-01-01", "jurisdiction": {"name": "France"}, "dissolutionDate": "2016-10-01"`+listing("B")),
		entity("2016-12-01", `, "foundingDate": "2014-01-01", "jurisdiction": {"name": "France"}, "dissolutionDate": "2016-11-01"`),
		entity("2017-01-01", `, "foundingDate": "2014-01-01", "jurisdiction": {"name": "Spain"}`),
	}, "\n"), bods.Options{})
	var lines []string
	for _, e := range form.Events {
		lines = append(lines, fmt.Sprint(e.Slug, " ", e.When, " ", e.Replaces))
	}
	assert.Equal(t, []string{
		"founded 2015-01-01 []", "listed-a [..2015-02-01] []",
		"founded-2 2014-01-01 [founded]", "dissolved 2016-10-01 []", "listed-b [2015-02-01..2016-11-01] []", "delisted-a [2015-02-01..2016-11-01] []",
		"dissolved-2 2016-11-01 [dissolved]", "not-dissolved 2017-01-01 [dissolved-2]",
	}, lines)
	assert.Equal(t, []string{"s2017-01-01: another jurisdiction, Spain, of which no seat is told"}, left)
}

// A party that is not named any more, relationships between others, and dates that are none are listed, and no panic.
func TestListed(t *testing.T) {
	unnamed := strings.Replace(rel("2", "r", "2018-02-01", "updated", "h", ""), `"interestedParty": "h"`, `"interestedParty": {"reason": "unknown"}`, 1)
	other := strings.Replace(rel("3", "r3", "2018-02-01", "new", "h", share(exact30, "", "")), `"subject": "c"`, `"subject": "x"`, 1)
	_, _, left := history(t, strings.Join([]string{rel("1", "r", "2016-05-01", "new", "h", share(exact60, "2015-13-01", "")), unnamed, other, rel("4", "r4", "2016-05-01", "new", "i", share(`{"minimum": 150}`, "-01", ""))}, "\n"), bods.Options{Rounded: true})
	assert.Equal(t, []string{
		`1: /recordDetails/interests/0/startDate: "2015-13-01" is no day`, "2: it names no party: unknown",
		`4: /recordDetails/interests/0/startDate: "-01" is no day`, "4: /recordDetails/interests/0/share: 150 is no share of 100", "1 records of relationships between others",
	}, left)
}

// What makes no history is said with the statement that it comes from.
func TestContradiction(t *testing.T) {
	_, _, err := bods.Read(strings.NewReader(rel("the-statement", "r", "2016-05-01", "new", "h", share(exact60, "2015-05-01", "2014-05-01"))), "x", bods.Options{})
	assert.ErrorContains(t, err, "bods: x makes no history:\nstatement the-statement, event stake-")
}

// A stake that was taken back is closed in what is written.
func TestWriteTakenBack(t *testing.T) {
	h, err := timeline.New(events.Fold,
		events.Event{ID: uuid.UUID{1}, Name: "a", Seq: 1, When: edtf.MustParse("2016-01-01"), Data: events.StakeClosed{Holder: "H", Percent: events.ExactPercent(50)}},
		events.Event{ID: uuid.UUID{2}, Name: "b", Seq: 2, When: edtf.MustParse("2018-01-01"), Replaces: []uuid.UUID{{1}}, Retraction: true})
	require.NoError(t, err)
	all, err := bods.Statements(h, release)
	require.NoError(t, err)
	last := all[len(all)-1]
	assert.Equal(t, []string{"relationship", "closed", "2018-01-01"}, []string{last.Type, last.Status, last.Date})
	assert.Empty(t, last.Details.Interests)
}

// Whatever statements say, they are a history file, or an error says why not.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("testdata/register.json")
	require.NoError(f, err)
	f.Add(string(text), true)
	f.Add(`{"statementId": "s", "statementDate": "2020-01-01", "declarationSubject": "c", "recordId": "r", "recordType": "relationship", "recordDetails": {"subject": "c", "interestedParty": "h", "interests": [{"type": "shareholding", "startDate": "2019-12-01"}]}}`, false)
	f.Fuzz(func(t *testing.T, text string, rounded bool) {
		form, _, err := bods.Read(strings.NewReader(text), "x", bods.Options{Rounded: rounded})
		if err != nil {
			return
		}
		_, err = form.Load("own.json")
		assert.NoError(t, err)
	})
}
