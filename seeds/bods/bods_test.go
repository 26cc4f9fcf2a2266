package bods_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

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
		{``, "bods: x has no statements with a declarationSubject"},
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

	assert.EqualError(t, bods.Write(&got, seeds.Leapmotor(), bods.Release{}), "bods: a release needs a publisher")
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
				if _, exact := stake.Percent.Exact(); exact {
					assert.Equal(t, stake.Percent.String(), b.StakeOf(holder).String(), "%s on %v, as known on %v", holder, day, known)
					compared++
				}
			}
		}
	}
	assert.Greater(t, compared, 1000)
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
