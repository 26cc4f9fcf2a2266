package timeline_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// citing returns an event that cites a source.
func citing(e timeline.Event[op], source string) timeline.Event[op] {
	e.Cites = []timeline.Citation{{Source: source}}
	return e
}

// Several sources are silent only where all of them are, and the record ends where
// the last of them does. A view according to one has that one's.
func TestCoverageOfSeveralSources(t *testing.T) {
	line := newBox(t, citing(event(1, "2015", "a", 1), "book"), citing(event(2, "2016", "b", 2), "paper")).Covering(
		timeline.Coverage{Source: "book", Horizon: date("2020"), Topics: []string{"prices"}, Silent: []timeline.Silence{
			{Topic: "sales", When: date("2016/2018")}, {Part: "a", When: date("2017")},
		}},
		timeline.Coverage{Source: "paper", Horizon: date("2022"), Silent: []timeline.Silence{
			{Topic: "sales", When: date("2018/..")}, {Part: "a"},
		}},
	)
	anything := timeline.Value(isOne)
	sales, partA := anything.About("sales"), anything.Reading("a")
	for _, tt := range []struct {
		on   string
		q    timeline.Question[box, bool]
		want string
	}{
		{"2016-06-01", sales, "certain"},
		{"2018-06-01", sales, "not recorded: sales (as recorded: certain)"},
		{"2021-06-01", sales, "not recorded: sales (as recorded: certain)"},
		{"2021-06-01", anything, "certain"},
		{"2023-01-01", anything, "certain, as far as recorded, to 2022"},
		{"2017-06-01", partA, "not recorded: a (as recorded: certain)"},
		{"2018-06-01", partA, "certain"},
		{"2021-06-01", partA, "not recorded: a (as recorded: certain)"},
		{"2017-06-01", timeline.Question[box, bool]{Read: anything.Read, Parts: []string{"a/x"}, Names: []string{}}, "not recorded: a (as recorded: certain)"},
		{"2018-06-01", anything.About("prices"), "certain"},
		{"2018-06-01", anything.About("price"), `error: timeline: no topic is called "price"; did you mean "prices"?`},
	} {
		assert.Equal(t, tt.want, line.Holds(day(tt.on), tt.q).String(), tt.on)
	}
	book := must(line.AccordingTo("book"))
	assert.Equal(t, "not recorded: sales (as recorded: certain)", book.Holds(day("2016-06-01"), sales).String())
	assert.Equal(t, "certain, as far as recorded, to 2020", book.Holds(day("2021-06-01"), anything).String())
	assert.Len(t, book.Coverage(), 1)
	both := must(line.AccordingTo("book", "paper"))
	assert.Equal(t, "certain", both.Holds(day("2016-06-01"), sales).String())

	// The same for days, and for the course of things.
	assert.Equal(t, "not recorded: sales (as recorded: no)", line.Ever(day("2017-01-01"), day("2018-12-31"), timeline.Not(sales)).String())
	assert.Equal(t, edtf.Certain, line.Ever(day("2017-01-01"), day("2018-12-31"), sales).Truth, "because of the days that are covered")
	changes := slices.Collect(timeline.Track(line, sales))
	require.Len(t, changes, 2)
	assert.Empty(t, changes[0].Remarks(), "until 2015 one of them speaks")
	assert.Equal(t, []string{"not recorded: sales", "as far as recorded, to 2022"}, changes[1].Remarks())
	window, verdict := line.First(sales)
	assert.Equal(t, "2015", window.String())
	assert.Equal(t, "certain", verdict.String(), "all were silent only later")
	_, verdict = book.First(timeline.Value(func(b box) bool { return b.B == 2 }).About("sales"))
	assert.Equal(t, "not recorded: sales; as far as recorded, to 2020 (as recorded: no)", verdict.String())
}

// A question is answered from what can decide about its parts: the rest may be as
// undecided as it likes.
func TestQuestionsReadTheirParts(t *testing.T) {
	var events []timeline.Event[op]
	for n := range 20 {
		events = append(events, event(n+1, "2015", "text", n))
	}
	line := newBox(t, append(events, event(100, "2015-06", "a", 1))...)
	q := timeline.Value(isOne)
	all := line.Holds(day("2015-06-15"), q)
	var limit *timeline.LimitError
	require.ErrorAs(t, all.Incomplete, &limit)
	assert.Empty(t, limit.Unscoped, "all payloads say what they have to do with")
	assert.Contains(t, all.String(), "incomplete")
	assert.Equal(t, "possible: e100 (2015-06)", line.Holds(day("2015-06-15"), q.Reading("a")).String())
	assert.Equal(t, "certain", line.Holds(day("2015-07-01"), q.Reading("a")).String())
	assert.Equal(t, "no", line.KnownOn(day("2015-05-31")).Holds(day("2015-07-01"), q.Reading("a")).String(), "it was not known")
	assert.Len(t, slices.Collect(line.Periods(q.Reading("a"))), 1)
}

// An answer that is incomplete since payloads do not say what they have to do with
// names their types.
func TestLimitNamesUnscopedTypes(t *testing.T) {
	sum := func(s int, e timeline.Event[int]) (int, error) { return s + e.Data, nil }
	var events []timeline.Event[int]
	for n := range 20 {
		events = append(events, timeline.Event[int]{ID: id(n + 1), When: date("2015"), Data: 1 << n})
	}
	line, err := timeline.New(sum, events...)
	require.NoError(t, err)
	v := line.Holds(day("2015-06-01"), timeline.Value(func(n int) bool { return n == 0 }))
	assert.EqualError(t, v.Incomplete, "there are more than 8192 worlds, and not all were followed; a method Scope() []string of int would let unrelated events be told apart")
}

// Parts are like paths: who reads one reads what is above and below it.
func TestPartsAbove(t *testing.T) {
	line, err := timeline.New(func(s string, e timeline.Event[named]) (string, error) { return s + string(e.Data), nil },
		timeline.Event[named]{ID: id(1), When: date("2015"), Data: "plants/A/models"},
		timeline.Event[named]{ID: id(2), When: date("2015"), Data: "plants/B"},
		timeline.Event[named]{ID: id(3), When: date("2015"), Data: "stakes"},
	)
	require.NoError(t, err)
	for part, want := range map[string]int{"plants": 2, "plants/A": 1, "plants/A/models/X": 1, "plants/B/city": 1, "stakes": 1} {
		assert.Equal(t, want, about(line, part).Len(), part)
	}
	_, err = line.About("plant")
	assert.EqualError(t, err, `timeline: no part is called "plant"; did you mean "plants"?`)
	_, err = line.About("models")
	assert.EqualError(t, err, `timeline: no part is called "models"; did you mean "plants/A/models"?`)
}

// named is a payload that is its own scope.
type named string

func (n named) Scope() []string { return []string{string(n)} }

// A question that is made by a domain says itself what it is about: a coverage that
// does not name its topics is no mistake. One of one's own may be mistyped.
func TestTopicsOfReadyMadeQuestions(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 1)).Covering(timeline.Coverage{Silent: []timeline.Silence{{Topic: "sales"}}})
	ready := timeline.Question[box, bool]{Read: timeline.Value(isOne).Read, Parts: []string{"a"}, Names: []string{"a"}, Topics: []string{"prices"}}
	assert.Equal(t, "certain", line.Holds(day("2018-06-01"), ready).String())
	assert.Error(t, line.Holds(day("2018-06-01"), timeline.Value(isOne).About("prices")).Err)
}

// A view according to one source knows the topics of all.
func TestTopicsOfAView(t *testing.T) {
	line := newBox(t, citing(event(1, "2015", "a", 1), "book")).Covering(
		timeline.Coverage{Source: "book"}, timeline.Coverage{Source: "paper", Silent: []timeline.Silence{{Topic: "sales"}}},
	)
	view := must(line.AccordingTo("book"))
	assert.Equal(t, "certain", view.Holds(day("2018-06-01"), timeline.Value(isOne).About("sales")).String())
	assert.Error(t, view.Holds(day("2018-06-01"), timeline.Value(isOne).About("sale")).Err)
	_, err := line.AccordingTo()
	assert.Error(t, err, "according to nobody nothing is so, which is no answer")
}

// A stretch on which the sources are silent is a period in which it may have held.
func TestPeriodsOfSilence(t *testing.T) {
	line := newBox(t, event(1, "2015-03-01", "open", 0), event(2, "2015-06-01", "close", 0)).Covering(timeline.Coverage{
		Horizon: date("2020"),
		Silent:  []timeline.Silence{{Topic: "lids", When: date("2014-01-01/2015-04-30")}, {Topic: "lids", When: date("2018/..")}},
	})
	q := timeline.Value(opened)
	var all []string
	for p := range line.Periods(q.About("lids")) {
		all = append(all, p.String())
	}
	assert.Equal(t, []string{
		"possibly 2014-01-01 to 2015-03-01, 424 days, not recorded: lids",
		"2015-03-01 to 2015-06-01, 92 days",
		"possibly since 2018-01-01, not recorded: lids",
	}, all)
	assert.Len(t, slices.Collect(line.Periods(q)), 1, "that is not asked")
	assert.Equal(t, "possible", line.Holds(day("2014-06-01"), q.About("lids")).Truth.String(), "as a day says")
}

// What is missing past the horizon is the record.
func TestWhyNotPastTheHorizon(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 2)).Covering(timeline.Coverage{Horizon: date("2020")})
	missing := line.WhyNot(day("2021-01-01"), timeline.Value(isOne))
	assert.Equal(t, date("2020"), missing.Horizon)
	assert.Equal(t, "possible, recorded no", missing.Truth.String()+", recorded "+missing.Recorded.String())
}

// One of several answers says what is wrong with the question, too.
func TestAnswersOverTimeSayWhatIsWrong(t *testing.T) {
	line := newBox(t, event(1, "2020-01-01", "a", 1)).Covering(timeline.Coverage{Silent: []timeline.Silence{{Topic: "lids", When: edtf.MustParse("2020")}}})
	unheard := timeline.Value(aOf)
	unheard.Names = []string{"b"}
	for c := range timeline.Track(line, unheard) {
		assert.Contains(t, c.String(), "never mentioned: b")
	}
	for p := range line.Periods(timeline.Is(unheard, 1)) {
		assert.Contains(t, p.String(), "never mentioned: b (a?) (as recorded: since 2020-01-01)")
	}
	silent := 0
	for c := range timeline.Track(line, timeline.Value(aOf).About("lids")) {
		if len(c.NotRecorded) > 0 {
			silent++
			assert.Equal(t, "not recorded: lids (as recorded: 1 from 2020-01-01)", c.String())
		}
	}
	assert.Equal(t, 1, silent)
	for p := range line.Periods(timeline.Is(timeline.Value(aOf), 1).About("lidz")) {
		require.Error(t, p.Err)
		assert.Contains(t, p.String(), "error: ")
	}
}
