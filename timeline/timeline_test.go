package timeline_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/testbox"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func newBox(t testing.TB, events ...timeline.Event[op]) *timeline.Timeline[box, op] {
	t.Helper()
	line, err := timeline.New(foldBox, events...)
	require.NoError(t, err)
	return line
}

func names(events []timeline.Event[op]) string {
	var s []string
	for _, e := range events {
		s = append(s, e.Label())
	}
	return strings.Join(s, " ")
}

func textOf(b box) string { return b.Text }
func aOf(b box) int       { return b.A }

func TestFaultsComeTogether(t *testing.T) {
	named := func(e timeline.Event[op], change func(*timeline.Event[op])) timeline.Event[op] {
		change(&e)
		return e
	}
	_, err := timeline.New(foldBox,
		named(event(1, "2018", "a", 1), func(e *timeline.Event[op]) { e.When = edtf.Date{} }),
		event(2, "2018/2019", "a", 1),
		named(event(3, "2018", "a", 1), func(e *timeline.Event[op]) { e.Known = date("2018/..") }),
		named(event(4, "2018", "a", 1), func(e *timeline.Event[op]) { e.ID = uuid.Nil }),
		event(5, "2018", "a", 1),
		named(event(5, "2019", "a", 1), func(e *timeline.Event[op]) { e.Name, e.Seq = "again", 99 }),
		named(event(6, "2018", "a", 1), func(e *timeline.Event[op]) { e.After = []uuid.UUID{id(77)} }),
		named(event(7, "2018", "a", 1), func(e *timeline.Event[op]) { e.Replaces = []uuid.UUID{id(78), id(7)} }),
		named(event(8, "2018", "a", 1), func(e *timeline.Event[op]) { e.Retraction = true }),
		named(event(9, "2018", "a", 1), func(e *timeline.Event[op]) { e.Rank = 9; e.Name = "" }),
		named(event(10, "{2018,2019}", "a", 1), func(e *timeline.Event[op]) { e.Known = date("{2019..2020}") }),
		event(11, "XXXX-12-XX", "a", 1),
	)
	require.EqualError(t, err, `timeline: 13 faults in the events given:
	again: the ID is taken by another event: e5, which comes before it
	e1: no date in When
	e2: an event happens on one day, and a span is no window: When is 2018/2019; for one day out of a range write [a..b]
	e3: an event happens on one day, and a span is no window: Known is 2018/..; for one day out of a range write [a..b]
	e4: no ID
	e6: After names an event that is not there: 00000000-0000-0000-0000-00000000004d
	e7: Replaces names an event that is not there: 00000000-0000-0000-0000-00000000004e
	e7: Replaces names itself
	e8: a retraction must replace something
	00000000-0000-0000-0000-000000000009: no such rank: 9
	e10: an event happens on one day, and an all-of set is several: When is {2018,2019}; for one of them write [2018,2019]
	e10: an event happens on one day, and an all-of set is several: Known is {2019..2020}; for one of them write [2019..2020]
	e11: a date has more than 1000 ranges of days that do not touch: When is XXXX-12-XX`)
	for _, want := range []error{
		timeline.ErrDuplicateID, timeline.ErrNoDate, timeline.ErrSpan, timeline.ErrNoID, timeline.ErrUnknown,
		timeline.ErrSelf, timeline.ErrRetraction, timeline.ErrRank, timeline.ErrAllOf, timeline.ErrRanges,
	} {
		assert.ErrorIs(t, err, want)
	}
}

func TestNoFold(t *testing.T) {
	_, err := timeline.New[box, op](nil)
	require.ErrorIs(t, err, timeline.ErrNoFold)
	empty := newBox(t)
	assert.Equal(t, box{}, empty.At(day("2020-01-01")).State)
	assert.Equal(t, "0", ask(empty, day("2020-01-01"), aOf).String())
	assert.Equal(t, `""`, ask(empty, day("2020-01-01"), textOf).String())
}

func TestFaultsOfOrder(t *testing.T) {
	a, b, c := event(1, "2018", "a", 1), event(2, "2018", "a", 2), event(3, "2017", "a", 3)
	a.After, b.After = []uuid.UUID{id(2)}, []uuid.UUID{id(1)}
	_, err := timeline.New(foldBox, a, b, c)
	require.EqualError(t, err, "timeline: 2 faults in the events given:\n\te1: comes after itself\n\te2: comes after itself")
	require.ErrorIs(t, err, timeline.ErrCycle)

	a.After, c.After = nil, []uuid.UUID{id(1)}
	_, err = timeline.New(foldBox, a, c)
	require.ErrorIs(t, err, timeline.ErrEmptyWindow)
	require.ErrorContains(t, err, "e3: its window has no day left that After allows: 2017 against e1, 2018")

	line := newBox(t, a)
	_, err = line.With(c)
	require.ErrorIs(t, err, timeline.ErrEmptyWindow, "With finds what New finds")
	_, err = line.With(a)
	require.ErrorIs(t, err, timeline.ErrDuplicateID)
}

func TestFoldErrorNamesEventDayAndCause(t *testing.T) {
	_, err := timeline.New(foldBox, event(1, "2018-03", "open", 0), event(2, "2018-05", "open", 0))
	var refused *timeline.FoldError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, id(2), refused.ID)
	assert.Equal(t, day("2018-05-31"), refused.Day)
	assert.ErrorIs(t, err, testbox.ErrOpen)
	assert.EqualError(t, err, "timeline: e2 on 2018-05-31: it is open")

	// A back-dated event is refused too, and leaves what was there alone.
	line := newBox(t, event(1, "2018-03", "open", 0))
	_, err = line.With(event(3, "2018-02", "open", 0))
	require.ErrorIs(t, err, testbox.ErrOpen)
	assert.True(t, line.At(day("2018-04-01")).State.Open)
}

func TestViewsCarryFoldErrors(t *testing.T) {
	line := newBox(t, event(1, "2018-03-01", "open", 0), event(2, "2018-05-01", "close", 0), event(3, "2018-06-01", "a", 7))
	view := line.Where(func(e timeline.Event[op]) bool { return e.ID != id(1) })
	require.NoError(t, view.At(day("2018-04-30")).Err)
	snapshot := view.At(day("2018-07-01"))
	require.ErrorIs(t, snapshot.Err, testbox.ErrClosed)
	assert.Equal(t, box{}, snapshot.State, "the state before the event that was refused")
	answer := ask(view, day("2018-07-01"), aOf)
	require.ErrorIs(t, answer.Err, testbox.ErrClosed)
	assert.Empty(t, answer.Options)
	assert.Equal(t, "impossible", answer.String())
	assert.Equal(t, edtf.Possible, holds(view, day("2018-07-01"), func(b box) bool { return b.A == 7 }))
	_, certain := answer.Certain()
	assert.False(t, certain)
}

// A world that the fold refuses cannot have been: the box was opened before it
// was closed, however their windows overlap.
func TestFoldErrorsRuleOutWorlds(t *testing.T) {
	line := newBox(t, event(1, "2018", "open", 0), event(2, "2018", "close", 0), event(3, "2018", "text", 3))
	answer := ask(line, day("2018-06-01"), func(b box) bool { return b.Open })
	assert.Equal(t, "false or true", answer.String())
	assert.Equal(t, edtf.No, holds(line, day("2018-12-31"), func(b box) bool { return b.Open }))
}

func TestOrderIsUndecidedForEver(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 1), event(2, "2015", "a", 2), event(3, "2016-01-01", "b", 3))
	answer := ask(line, day("2030-01-01"), aOf)
	assert.Equal(t, []int{2, 1}, answer.Values(), "the baseline's value first")
	assert.Equal(t, "e2", names(answer.Options[1].If), "it is 1 if e2 came first")
	assert.Equal(t, "e2", names(answer.Decides))

	after := event(2, "2015", "a", 2)
	after.After = []uuid.UUID{id(1)}
	line = newBox(t, event(1, "2015", "a", 1), after)
	value, certain := ask(line, day("2030-01-01"), aOf).Certain()
	assert.True(t, certain)
	assert.Equal(t, 2, value)
}

// Four events within two days: for the second to come before the first, and
// the fourth before the third, both must on the first day, and the others on
// the second. On each day the sequence decides.
func TestDaysBoundTheOrder(t *testing.T) {
	const when = "[2015-03-01..2015-03-02]"
	line := newBox(t, event(1, when, "a", 1), event(2, when, "a", 2), event(3, when, "text", 3), event(4, when, "text", 4))
	answer := ask(line, day("2015-03-02"), func(b box) box { return b })
	assert.ElementsMatch(t, []box{
		{A: 2, Text: "34"}, {A: 1, Text: "34"}, {A: 2, Text: "43"}, {A: 1, Text: "43"},
	}, answer.Values())
	const long = "[2015-03-01..2015-03-05]" // two days of it have passed
	line = newBox(t, event(1, long, "a", 1), event(2, when, "a", 2), event(3, long, "text", 3), event(4, long, "text", 4))
	answer = ask(line, day("2015-03-02"), func(b box) box { return b })
	assert.Contains(t, answer.Values(), box{A: 1, Text: "43"})
	one := newBox(t, event(1, "2015-03-01", "a", 1), event(2, "2015-03-01", "a", 2))
	assert.Equal(t, "2", ask(one, day("2015-03-01"), aOf).String(), "one day, one order")
}

func TestUnrelatedChangesDecideNothing(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 1), event(2, "2015", "b", 2))
	value, certain := ask(line, day("2016-01-01"), func(b box) box { return b }).Certain()
	assert.True(t, certain)
	assert.Equal(t, box{A: 1, B: 2}, value)
}

func TestSequenced(t *testing.T) {
	line := newBox(t, event(2, "2015", "a", 2), event(1, "2015", "a", 1), event(3, "2014", "a", 3))
	assert.Len(t, ask(line, day("2016-01-01"), aOf).Options, 2)
	line, err := line.Sequenced()
	require.NoError(t, err)
	answer := ask(line, day("2016-01-01"), aOf)
	assert.Equal(t, "2", answer.String(), "last in sequence of those that overlap; the late entry stays in its year")
	line, err = line.With(event(4, "2015-06-01", "a", 4))
	require.NoError(t, err)
	assert.Equal(t, "4", ask(line, day("2015-06-01"), aOf).String())
}

func TestCorrectionsAndRetractions(t *testing.T) {
	wrong := event(1, "2018-03-01", "a", 1)
	right := event(2, "2018-04-01", "a", 2)
	right.Known, right.Replaces = date("2020"), []uuid.UUID{id(1)}
	gone := event(3, "2021-01-01", "a", 0)
	gone.Replaces, gone.Retraction = []uuid.UUID{id(2)}, true
	line := newBox(t, wrong, right, gone)

	at := func(known string) string {
		return ask(line.KnownOn(day(known)), day("2018-06-01"), aOf).String()
	}
	assert.Equal(t, "1", at("2019-12-31"), "the correction is not known yet")
	assert.Equal(t, "1 or 2", at("2020-06-01"), "it may be")
	assert.Equal(t, "2", at("2020-12-31"))
	assert.Equal(t, "1", at("2021-01-01"), "what was corrected comes back")
	assert.Equal(t, "1", ask(line, day("2018-06-01"), aOf).String(), "without KnownOn all is known")

	answer := ask(line.KnownOn(day("2020-06-01")), day("2018-03-15"), aOf)
	assert.Equal(t, "1 or 0", answer.String())
	assert.Equal(t, "e2", names(answer.Options[1].If), "e2 corrects")
	assert.Equal(t, "e1", names(answer.Options[1].Without), "and e1 is out")
}

// What a retraction takes back has no effect, and has it again if that is taken back
// in its turn. A correction that is corrected still takes the place of what was wrong.
func TestRetractedCorrection(t *testing.T) {
	retracts := func(n int, known string, what int) timeline.Event[op] {
		e := event(n, "2018-01-01", "nop", 0)
		e.Known, e.Retraction, e.Replaces = date(known), true, []uuid.UUID{id(what)}
		return e
	}
	wrong, right := event(1, "2018-03-01", "a", 1), event(2, "2018-04-01", "a", 2)
	right.Known, right.Replaces = date("2020-01-01"), []uuid.UUID{id(1)}
	better := event(3, "2018-05-01", "a", 3)
	better.Known, better.Replaces = date("2021-01-01"), []uuid.UUID{id(2)}
	asKnown := func(line *timeline.Timeline[box, op]) (all []string) {
		for _, known := range []string{"2019", "2020", "2021", "2022-06-01", "2022", "2023"} {
			all = append(all, ask(line.KnownOn(date(known).Latest()), day("2018-12-31"), aOf).String())
		}
		return all
	}
	assert.Equal(t, []string{"1", "2", "3", "3", "3", "3"}, asKnown(newBox(t, wrong, right, better)))
	taken := newBox(t, wrong, right, retracts(4, "2022", 2), retracts(5, "2023-01-01", 4))
	assert.Equal(t, []string{"1", "2", "2", "2 or 1", "1", "2"}, asKnown(taken))
	ds, err := taken.Diff(timeline.On(day("2018-12-31")).KnownOn(day("2021-12-31")), timeline.On(day("2018-12-31")).KnownOn(day("2022-12-31")))
	require.NoError(t, err)
	require.NotEmpty(t, ds)
	assert.Equal(t, "corrected because of e4", fmt.Sprint(ds[0].Kind, " because of ", names(ds[0].Because)))
}

// Retractions that take back each other mean nothing.
func TestRetractionsInACircle(t *testing.T) {
	var events []timeline.Event[op]
	for n := range 3 {
		e := event(n+1, "2018-01-01", "nop", 0)
		e.Retraction, e.Replaces = true, []uuid.UUID{id((n+1)%3 + 1)}
		events = append(events, e)
	}
	behind := event(4, "2018-01-01", "a", 1)
	events[0].Replaces = append(events[0].Replaces, id(4))
	_, err := timeline.New(foldBox, append(events, behind)...)
	var faults timeline.Faults
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults, 3)
	assert.EqualError(t, faults[0], "e1: Replaces names itself through other retractions")
}

// An interface type needs no mark for a retraction.
func TestNilDataRetracts(t *testing.T) {
	fold := func(n int, e timeline.Event[any]) (int, error) { return n + e.Data.(int), nil }
	line, err := timeline.New(fold,
		timeline.Event[any]{ID: id(1), When: date("2018-01-01"), Data: 5},
		timeline.Event[any]{ID: id(2), When: date("2019-01-01"), Replaces: []uuid.UUID{id(1)}},
	)
	require.NoError(t, err)
	assert.Equal(t, 0, line.At(day("2020-01-01")).State)
	assert.Equal(t, 5, line.KnownOn(day("2018-06-01")).At(day("2020-01-01")).State)
}

func TestRivals(t *testing.T) {
	a, b, c := event(1, "2017", "a", 1), event(2, "2018", "a", 2), event(3, "2019", "a", 3)
	a.Rival, b.Rival, c.Rival = "k", "k", "k"
	b.Rank, c.Rank = timeline.RankPreferred, timeline.RankDeprecated
	line := newBox(t, a, b, c)
	answer := ask(line, day("2020-01-01"), aOf)
	assert.Equal(t, "2 or 1", answer.String(), "preferred first; deprecated never")
	assert.Equal(t, "e1", names(answer.Options[1].If))
	assert.Equal(t, "e2", names(answer.Options[1].Without))
	assert.Equal(t, "0 or 1", ask(line, day("2017-12-31"), aOf).String())
	only := line.Where(func(e timeline.Event[op]) bool { return e.ID == id(3) })
	assert.Equal(t, "3", ask(only, day("2020-01-01"), aOf).String(), "a deprecated one, if no other is left")

	b.Rank = timeline.RankNormal
	line = newBox(t, b, a, c)
	assert.Equal(t, 2, line.At(day("2020-01-01")).State.A, "of equal rank the latest")
	var pending []timeline.Event[op]
	for e := range line.Pending(day("2020-01-01")) {
		pending = append(pending, e)
	}
	assert.Equal(t, "e1 e2", names(pending))
}

func TestKnowledgeTime(t *testing.T) {
	late := event(1, "2024-06", "a", 1)
	late.Known = date("2024-11")
	line := newBox(t, late, event(2, "2023-10", "b", 2))
	assert.Equal(t, edtf.No, holds(line.KnownOn(day("2024-10-31")), day("2024-07-01"), isOne))
	assert.Equal(t, edtf.Possible, holds(line.KnownOn(day("2024-11-15")), day("2024-07-01"), isOne))
	assert.Equal(t, edtf.Certain, holds(line.KnownOn(day("2024-11-30")), day("2024-07-01"), isOne))
	assert.Equal(t, edtf.Certain, holds(line, day("2024-07-01"), isOne))

	view := line.KnownOn(day("2024-10-31")).KnownOn(day("2030-01-01"))
	known, ok := view.KnowledgeDay()
	assert.True(t, ok)
	assert.Equal(t, day("2024-10-31"), known, "a view of a view can only take away")
	assert.Equal(t, day("2024-10-31"), view.At(0).KnownOn)
	_, ok = line.KnowledgeDay()
	assert.False(t, ok)

	more, err := view.With(event(3, "2024-10-01", "a", 1))
	require.NoError(t, err)
	assert.Equal(t, 2, more.Len(), "the view still hides what is known later")
	assert.Equal(t, edtf.Certain, holds(more, day("2024-10-01"), isOne))
}

func isOne(b box) bool { return b.A == 1 }

func TestAfterTightens(t *testing.T) {
	early, exact := event(1, "[..2024-11]", "a", 1), event(2, "2024-05-10", "b", 2)
	exact.After = []uuid.UUID{id(1)}
	line := newBox(t, early, exact)
	assert.Equal(t, edtf.Possible, holds(line, day("1900-01-01"), isOne))
	assert.Equal(t, edtf.Certain, holds(line, day("2024-05-10"), isOne))
	only := line.Where(func(e timeline.Event[op]) bool { return e.ID == id(1) })
	assert.Equal(t, edtf.Possible, holds(only, day("2024-05-10"), isOne))
}

func TestIterators(t *testing.T) {
	line := newBox(t, event(3, "2018", "a", 1), event(1, "2018-12-31", "a", 1), event(2, "[2017-01,2019-01]", "a", 1))
	list := func(first, last edtf.Day) string {
		return names(slices.Collect(line.Between(first, last)))
	}
	assert.Equal(t, "e1 e3 e2", names(slices.Collect(line.Events())))
	assert.Equal(t, "e3", list(day("2018-01-01"), day("2018-12-30")), "e2 has a gap there")
	assert.Equal(t, "e1 e3", list(day("2018-12-31"), day("2018-12-31")), "both ends are in")
	assert.Equal(t, "", list(day("2018-12-31"), day("2018-01-01")))
	for e := range line.Events() {
		assert.Equal(t, "e1", e.Name)
		break
	}
	e, ok := line.ByID(id(2))
	assert.True(t, ok)
	assert.Equal(t, "e2", e.Name)
	_, ok = line.ByID(id(9))
	assert.False(t, ok)
	assert.Equal(t, 3, line.Len())
	var pending []timeline.Event[op]
	for e := range line.Pending(day("2018-06-01")) {
		pending = append(pending, e)
	}
	assert.Equal(t, "e3 e2", names(pending))
	for range line.Pending(day("2018-06-01")) {
		break
	}
}

func TestCoverage(t *testing.T) {
	line := newBox(t, event(1, "2018-03-01", "a", 1)).Covering(timeline.Coverage{
		Horizon: date("2025-10"),
		Silent: []timeline.Silence{
			{Topic: "sales", Note: "the table is empty"},
			{Topic: "prices", When: date("2019/..")},
		},
	})
	assert.False(t, line.PastHorizon(day("2025-10-31")))
	assert.True(t, line.PastHorizon(day("2025-11-01")))
	past := ask(line, day("2025-11-01"), aOf)
	assert.Equal(t, date("2025-10"), past.Horizon)
	assert.Equal(t, "1, as far as recorded, to 2025-10", past.String())
	recorded, ok := past.Recorded()
	assert.True(t, ok && recorded == 1, "the value as recorded is still given")
	assert.Equal(t, edtf.Certain, holds(line, day("2025-10-31"), isOne))
	assert.Equal(t, edtf.Possible, holds(line, day("2025-11-01"), isOne), "past the horizon nothing is certain")
	assert.Equal(t, edtf.Possible, holds(line, day("2018-06-01"), isOne, "sales"), "nor where the sources are silent")
	assert.Equal(t, edtf.Certain, holds(line, day("2018-06-01"), isOne, "prices"), "silent later")
	answer := ask(line, day("2018-06-01"), aOf, "sales", "prices")
	assert.Equal(t, "not recorded: sales (as recorded: 1)", answer.String())
	require.Len(t, answer.NotRecorded, 1)
	assert.Equal(t, "sales", answer.NotRecorded[0].Topic)
	assert.Len(t, line.NotRecorded(day("2020-01-01")), 2)
	assert.Equal(t, "1", ask(line, day("2018-06-01"), aOf).String())

	line, err := line.With(event(2, "2019", "a", 2))
	require.NoError(t, err)
	assert.True(t, line.KnownOn(day("2030-01-01")).PastHorizon(day("2026-01-01")), "it stays with what is made of it")
	c := line.Coverage()
	c[0].Silent[0].Topic = "changed"
	assert.Equal(t, "sales", line.Coverage()[0].Silent[0].Topic)
}

// Law 2: nothing that is passed in or handed out reaches into a timeline.
func TestTimelinesNeverChange(t *testing.T) {
	in := event(1, "2018", "a", 1)
	in.Cites = []timeline.Citation{{Source: "s", Section: "History", Paragraph: 1, Sentence: 2}}
	in.After, in.Replaces = []uuid.UUID{id(2)}, []uuid.UUID{id(3)}
	given := []timeline.Event[op]{in, event(2, "2018", "a", 2), event(3, "2017", "a", 3)}
	line := newBox(t, given...)
	before, answer := fmt.Sprint(slices.Collect(line.Events())), ask(line, day("2018-06-01"), aOf).String()
	spoil := func(e timeline.Event[op]) {
		for i := range e.Cites {
			e.Cites[i].Source = "changed"
		}
		for i := range e.After {
			e.After[i] = id(99)
		}
		for i := range e.Replaces {
			e.Replaces[i] = id(99)
		}
	}
	for i := range given {
		spoil(given[i])
		given[i].Data = op{Kind: "a", Value: 99}
	}
	for e := range line.Events() {
		spoil(e)
	}
	for e := range line.Pending(day("2018-06-01")) {
		spoil(e)
	}
	byID, _ := line.ByID(id(1))
	spoil(byID)
	for _, o := range ask(line, day("2018-06-01"), aOf).Options {
		for _, e := range o.If {
			spoil(e)
		}
	}
	line.Where(func(e timeline.Event[op]) bool { spoil(e); return true }).At(0)
	_, err := line.With(event(4, "2016", "a", 4))
	require.NoError(t, err)
	assert.Equal(t, before, fmt.Sprint(slices.Collect(line.Events())))
	assert.Equal(t, answer, ask(line, day("2018-06-01"), aOf).String(), "and answers stay")
}

// bag is a state, and a payload, that can be changed through a copy and says
// how to clone itself.
type bag map[string]int

func (b bag) Clone() bag {
	c := bag{}
	for k, v := range b {
		c[k] = v
	}
	return c
}

func TestClonesAreHandedOut(t *testing.T) {
	fold := func(b bag, e timeline.Event[bag]) (bag, error) {
		b = b.Clone()
		for k, v := range e.Data {
			b[k] = v
		}
		return b, nil
	}
	data := bag{"x": 1}
	line, err := timeline.New(fold, timeline.Event[bag]{ID: id(1), When: date("2018"), Data: data})
	require.NoError(t, err)
	data["x"] = 2
	line.At(day("2019-01-01")).State["x"] = 3
	for e := range line.Events() {
		e.Data["x"] = 4
	}
	ask(line, day("2019-01-01"), func(b bag) int { b["x"] = 5; return 0 })
	assert.Equal(t, bag{"x": 1}, line.At(day("2019-01-01")).State)
	e, _ := line.ByID(id(1))
	assert.Equal(t, bag{"x": 1}, e.Data)
}

func TestAtAllocatesNothing(t *testing.T) {
	line := newBox(t, event(1, "2018", "a", 1), event(2, "2018-05", "b", 2), event(3, "2019-01-01", "text", 3))
	on := day("2018-08-01")
	line.At(on)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = line.At(on).State }))
}

func TestAtDoesNotReplay(t *testing.T) {
	folds := 0
	fold := func(b box, e timeline.Event[op]) (box, error) {
		folds++
		return foldBox(b, e)
	}
	var events []timeline.Event[op]
	for i := range 100 {
		e := event(i%100+1, (day("2018-01-01") + edtf.Day(i)).String(), "a", i)
		events = append(events, e)
	}
	line, err := timeline.New(fold, events...)
	require.NoError(t, err)
	require.Equal(t, 100, folds, "each event once")
	for d := range edtf.Day(200) {
		line.At(day("2018-01-01") + d)
		ask(line, day("2018-01-01")+d, aOf)
	}
	assert.Equal(t, 100, folds, "nothing is folded again")
	late := event(101, "2018-04-05", "a", 7)
	_, err = line.With(late)
	require.NoError(t, err)
	assert.Equal(t, 100+6, folds, "a late event costs what comes after it")
}

func TestConcurrentUse(t *testing.T) {
	line := newBox(t, event(1, "2018", "a", 1), event(2, "2018", "a", 2), event(3, "2018-05", "text", 3), event(4, "2019", "text", 4))
	want := ask(newBox(t, slices.Collect(line.Events())...), day("2018-07-01"), textOf).String()
	view := line.KnownOn(day("2030-01-01"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for d := range edtf.Day(400) {
				ask(view, day("2018-01-01")+d, textOf)
				view.At(day("2018-01-01") + d)
				view.ByID(id(1))
			}
			assert.Equal(t, want, ask(view, day("2018-07-01"), textOf).String())
		}()
	}
	wg.Wait()
}

func TestCyclesBlameNobodyElse(t *testing.T) {
	a, b, c, d := event(1, "2018", "a", 1), event(2, "2018", "a", 2), event(3, "2018", "a", 3), event(4, "2018", "a", 4)
	a.After, b.After, c.After, d.After = []uuid.UUID{id(2)}, []uuid.UUID{id(1)}, []uuid.UUID{id(1)}, []uuid.UUID{id(3)}
	_, err := timeline.New(foldBox, a, b, c, d)
	require.EqualError(t, err, "timeline: 2 faults in the events given:\n\te1: comes after itself\n\te2: comes after itself")
}

func TestErrorsAreTheCallersOwn(t *testing.T) {
	line := newBox(t, event(1, "2018-03-01", "open", 0), event(2, "2018-05-01", "close", 0))
	view := line.Where(func(e timeline.Event[op]) bool { return e.ID != id(1) })
	var refused *timeline.FoldError
	require.ErrorAs(t, view.At(day("2019-01-01")).Err, &refused)
	refused.Name = "changed"
	assert.ErrorContains(t, view.At(day("2019-01-01")).Err, "e2 on")
}

// shelf is a state behind a pointer, which is nil at first.
type shelf struct{ books []int }

func (s *shelf) Clone() *shelf { return &shelf{slices.Clone(s.books)} }

func (s *shelf) Equal(t *shelf) bool { return slices.Equal(s.books, t.books) }

func TestPointerStates(t *testing.T) {
	fold := func(s *shelf, e timeline.Event[int]) (*shelf, error) {
		next := &shelf{}
		if s != nil {
			next = s.Clone()
		}
		next.books = append(next.books, e.Data)
		return next, nil
	}
	line, err := timeline.New(fold,
		timeline.Event[int]{ID: id(1), When: date("2018"), Data: 1}, timeline.Event[int]{ID: id(2), When: date("2018"), Data: 2})
	require.NoError(t, err)
	assert.Nil(t, line.At(day("2017-01-01")).State)
	line.At(day("2019-01-01")).State.books[0] = 99
	assert.Equal(t, []int{1, 2}, line.At(day("2019-01-01")).State.books)
	answer := ask(line, day("2018-06-01"), func(s *shelf) string {
		if s == nil {
			return "nothing"
		}
		return fmt.Sprint(s.books)
	})
	assert.Equal(t, "nothing or [1] or [2] or [1 2] or [2 1]", answer.String())
}

func TestRankText(t *testing.T) {
	for _, r := range []timeline.Rank{timeline.RankDeprecated, timeline.RankNormal, timeline.RankPreferred} {
		text, err := r.MarshalText()
		require.NoError(t, err)
		var back timeline.Rank
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, r, back)
	}
	var r timeline.Rank
	assert.Error(t, r.UnmarshalText([]byte("best")))
	_, err := timeline.Rank(5).MarshalText()
	assert.Error(t, err)
	assert.Equal(t, "Rank(5)", timeline.Rank(5).String())
}

func TestCitationString(t *testing.T) {
	for _, row := range []struct {
		c    timeline.Citation
		want string
	}{
		{timeline.Citation{Source: "article"}, "article"},
		{timeline.Citation{Source: "article", Section: "History"}, "article, History"},
		{timeline.Citation{Source: "article", Section: "History", Paragraph: 4}, "article, History/4"},
		{timeline.Citation{Source: "article", Section: "History", Paragraph: 4, Sentence: 2}, "article, History/4/2"},
	} {
		assert.Equal(t, row.want, row.c.String())
	}
}

// A sequenced view is still a view: what is known later stays hidden.
func TestSequencedViews(t *testing.T) {
	late := event(2, "2024", "a", 2)
	late.Known = date("2025")
	line := newBox(t, event(1, "2024", "a", 1), late, event(3, "2024", "b", 3))
	view, err := line.KnownOn(day("2024-12-31")).Sequenced()
	require.NoError(t, err)
	assert.Equal(t, 2, view.Len())
	assert.Equal(t, timeline.RelationBefore, must(view.Order(id(1), id(3))), "the sequence decides")
	assert.Equal(t, box{A: 1, B: 3}, view.At(day("2030-01-01")).State)
}
