package timeline_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func trackOf[V comparable](line *timeline.Timeline[box, op], pick func(box) V) []string {
	var all []string
	for c := range track(line, pick) {
		s := c.String()
		if c.Undecided {
			s += ", undecided"
		}
		if len(c.Because) > 0 {
			s += " (" + names(c.Because) + ")"
		}
		all = append(all, s)
	}
	return all
}

func opened(b box) bool { return b.Open }

func after(e timeline.Event[op], others ...int) timeline.Event[op] {
	for _, n := range others {
		e.After = append(e.After, id(n))
	}
	return e
}

func TestTrack(t *testing.T) {
	for _, row := range []struct {
		name   string
		events []timeline.Event[op]
		want   []string
	}{
		{"nothing", nil, []string{"0"}},
		{
			"windows",
			[]timeline.Event[op]{event(1, "2015", "a", 5), event(2, "2015-34", "b", 1), event(3, "2016", "a", 7)},
			[]string{"0 until 2015", "5 from 2015 until 2016 (e1)", "7 from 2016 (e3)"},
		},
		{
			"the same value again changes nothing",
			[]timeline.Event[op]{event(1, "2015", "a", 5), event(2, "2016", "a", 5)},
			[]string{"0 until 2015", "5 from 2015 (e1)"},
		},
		{
			"no order",
			[]timeline.Event[op]{event(1, "2015", "a", 5), event(2, "2015", "a", 7)},
			[]string{
				"0 until 2015-01-01", "0 or 5 or 7 from 2015-01-01 until 2015-12-31, undecided (e1 e2)",
				"7 or 5 from 2015-12-31, undecided (e1 e2)",
			},
		},
		{
			"After gives one",
			[]timeline.Event[op]{event(1, "2015", "a", 5), after(event(2, "2015", "a", 7), 1)},
			[]string{"0 until 2015", "5 from 2015 until 2015 (e1)", "7 from 2015 (e2)"},
		},
		{
			"less than a day",
			[]timeline.Event[op]{event(1, "2015-03-01", "a", 5), event(2, "2015-03-01", "a", 7)},
			[]string{"0 until 2015-03-01", "7 from 2015-03-01 (e2)"},
		},
		{
			"and back within a day",
			[]timeline.Event[op]{event(1, "2015-03-01", "a", 5), event(2, "2015-03-01", "a", 0)},
			[]string{"0"},
		},
		{
			"overlapping windows",
			[]timeline.Event[op]{event(1, "2015-06", "a", 5), event(2, "[2015-06-29..2015-07-31]", "a", 7)},
			[]string{
				"0 until 2015-06-01", "0 or 5 from 2015-06-01 until 2015-06-29, undecided (e1)",
				"0 or 5 or 7 from 2015-06-29 until 2015-06-30, undecided (e1 e2)",
				"5 or 7 from 2015-06-30 until 2015-07-31, undecided (e1 e2)", "7 or 5 from 2015-07-31, undecided (e1 e2)",
			},
		},
		{
			"no first and no last day",
			[]timeline.Event[op]{event(1, "[..2015]", "a", 5), event(2, "[2018..]", "a", 7)},
			[]string{"0 until [..2015]", "5 from [..2015] until [2018..] (e1)", "7 from [2018..] (e2)"},
		},
		{
			"no order and no last day",
			[]timeline.Event[op]{event(1, "[2018..]", "a", 5), event(2, "[2018..]", "a", 7)},
			[]string{"0 until 2018-01-01", "0 or 5 or 7 from 2018-01-01, undecided (e1 e2)"},
		},
		{
			"no order and no first day",
			[]timeline.Event[op]{event(1, "[..2015]", "a", 5), event(2, "[2010..]", "a", 7)},
			[]string{
				"0 or 5 until 2010-01-01, undecided (e1)", "0 or 5 or 7 from 2010-01-01 until 2015-12-31, undecided (e1 e2)",
				"5 or 7 from 2015-12-31, undecided (e1 e2)",
			},
		},
		{
			"either may come first and it does not matter which",
			[]timeline.Event[op]{event(1, "2015-06", "add", 1), event(2, "2015-06", "add", 1)},
			[]string{"0 until 2015-06", "1 from 2015-06 until 2015-06 (e1 e2)", "2 from 2015-06 (e1 e2)"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, trackOf(newBox(t, row.events...), aOf))
		})
	}
}

// In every world it is false and then true, but the baseline is not the
// last to get there: a window would contradict it.
func TestTrackAgreesWithTheBaseline(t *testing.T) {
	line := newBox(t, event(1, "[2024-05-01..2024-05-02]", "text", 1), event(2, "[2024-05-01..2024-05-02]", "text", 2), event(3, "2024-05-04", "text", 3))
	p := func(b box) bool { return slices.Contains([]string{"1", "12", "123", "213"}, b.Text) }
	assert.Equal(t, []string{
		"false until 2024-05-01",
		"false or true from 2024-05-01 until 2024-05-02, undecided (e1)",
		"true or false from 2024-05-02 until 2024-05-04, undecided (e1)",
		"true from 2024-05-04, undecided (e1 e3)",
	}, trackOf(line, p))
}

// A track and its periods can be left early, and walked again.
func TestTrackStops(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 5), event(2, "2015", "a", 7), event(3, "2016-03-01", "a", 1), event(4, "2017", "a", 5))
	five := func(b box) bool { return b.A == 5 }
	changes, held := slices.Collect(track(line, aOf)), slices.Collect(periods(line, five))
	require.Greater(t, len(changes), 3)
	require.Len(t, held, 2)
	for most := 1; most <= len(changes); most++ {
		assert.Equal(t, changes[:most], first(most, track(line, aOf)))
	}
	for most := 1; most <= len(held); most++ {
		assert.Equal(t, held[:most], first(most, periods(line, five)))
	}
}

// first returns the first n values of a sequence, and leaves it then.
func first[V any](n int, seq iter.Seq[V]) []V {
	var all []V
	for v := range seq {
		if all = append(all, v); len(all) == n {
			break
		}
	}
	return all
}

func TestPeriods(t *testing.T) {
	open, shut := event(1, "2024-06", "open", 0), event(2, "2025-03", "close", 0)
	for _, row := range []struct {
		name   string
		events []timeline.Event[op]
		want   []string
	}{
		{"never", nil, nil},
		{"ended", []timeline.Event[op]{open, shut}, []string{"2024-06 to 2025-03, 244 to 303 days certain"}},
		{"still going", []timeline.Event[op]{open}, []string{"since 2024-06 certain"}},
		{
			"perhaps less than a day",
			[]timeline.Event[op]{open, event(2, "2024-06", "close", 0)},
			[]string{"possibly 2024-06 to 2024-06, 0 to 29 days possible"},
		},
		{
			"twice",
			[]timeline.Event[op]{event(1, "2024-01-01", "open", 0), event(2, "2024-01-05", "close", 0), event(3, "2024-01-07", "open", 0)},
			[]string{"2024-01-01 to 2024-01-05, 4 days certain", "since 2024-01-07 certain"},
		},
		{
			"no day between",
			[]timeline.Event[op]{event(1, "2024-01-01", "open", 0), event(2, "2024-01-05", "close", 0), event(3, "2024-01-05", "open", 0)},
			[]string{"since 2024-01-01 certain"},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for p := range periods(newBox(t, row.events...), opened) {
				got = append(got, fmt.Sprint(p, " ", p.Held))
			}
			assert.Equal(t, row.want, got)
		})
	}
	line := newBox(t, event(1, "2015", "a", 5), event(2, "2015", "a", 7))
	held := slices.Collect(periods(line, func(b box) bool { return b.A == 5 }))
	require.Len(t, held, 1)
	assert.True(t, held[0].Undecided)
	assert.Equal(t, edtf.Possible, held[0].Held)
	assert.Equal(t, "possibly since 2015, or until a day from 2015-01-02 on", held[0].String())
	always := slices.Collect(periods(line, func(b box) bool { return b.B == 0 }))
	require.Len(t, always, 1)
	assert.Equal(t, "always", always[0].String())
	until := slices.Collect(periods(line, func(b box) bool { return b.A == 0 }))
	assert.Equal(t, "until 2015", until[0].String())
	assert.False(t, until[0].Undecided, "whichever came first ended it")
}

func TestEver(t *testing.T) {
	// It holds for one day, somewhere in June, and is certain on none.
	line := newBox(t, event(1, "2024-06", "open", 0), after(event(2, "[2024-06..2024-07]", "close", 0), 1))
	all := func(first, last string, p func(box) bool) string {
		return fmt.Sprint(ever(line, day(first), day(last), p), " ", always(line, day(first), day(last), p))
	}
	assert.Equal(t, "possible no", all("2024-06-01", "2024-07-31", opened), "both may be on one day")
	assert.Equal(t, "no no", all("2024-01-01", "2024-05-31", opened))
	assert.Equal(t, "no no", all("2024-08-01", "2030-01-01", opened))
	assert.Equal(t, "possible possible", all("2024-06-30", "2024-06-30", opened))
	assert.Equal(t, "no certain", all("2024-08-02", "2024-08-01", opened), "no day at all")

	line = newBox(t, event(1, "2024-06", "a", 1), event(2, "2024-06", "a", 2))
	one := func(b box) bool { return b.A == 1 }
	both := func(b box) bool { return b.A != 0 }
	assert.Equal(t, "possible no", all("2024-06-01", "2024-06-30", one))
	assert.Equal(t, "possible possible", all("2024-06-02", "2024-06-29", one))
	assert.Equal(t, "certain no", all("2024-05-31", "2024-06-30", both))

	// Nobody knows the day, but in each world there is one.
	e := event(1, "2024-06-10", "a", 1)
	e.Rival = "x"
	f := event(2, "2024-06-20", "a", 1)
	f.Rival = "x"
	line = newBox(t, e, f, event(3, "[2024-06-11,2024-06-21]", "b", 0), event(4, "2024-06-15", "a", 0))
	assert.Equal(t, edtf.Possible, holds(line, day("2024-06-12"), one))
	assert.Equal(t, edtf.Possible, holds(line, day("2024-06-22"), one))
	assert.Equal(t, "certain no", all("2024-06-01", "2024-06-30", one))
	window, truth := firstTime(line, one)
	assert.Equal(t, "[2024-06-10..2024-06-20] certain", fmt.Sprint(window, " ", truth))
}

// Nothing is certain once the fold refuses the baseline of a view.
func TestEverAndFaults(t *testing.T) {
	wrong, right := event(2, "2015-01-01", "close", 0), event(3, "2015-01-01", "a", 1)
	wrong.Rival, wrong.Rank, right.Rival = "r", timeline.RankPreferred, "r"
	view := newBox(t, event(1, "2014-01-01", "open", 0), wrong, right).
		Where(func(e timeline.Event[op]) bool { return e.ID != id(1) })
	one := func(b box) bool { return b.A == 1 }
	assert.Equal(t, edtf.Possible, ever(view, day("2014-01-01"), day("2017-01-01"), one))
	assert.Equal(t, edtf.Possible, always(view, day("2014-01-01"), day("2017-01-01"), func(b box) bool { return b.B == 0 }))
	_, truth := firstTime(view, one)
	assert.Equal(t, edtf.Possible, truth)
}

// What is certain on a day stays so where there are too many worlds to follow.
func TestPastTheLimitVerbsClaimNothing(t *testing.T) {
	var events []timeline.Event[wide]
	for n := range 14 {
		events = append(events, timeline.Event[wide]{ID: id(n + 1), Seq: int64(n), When: date("2015"), Data: wide{n, true}})
	}
	fold := func(s fields, e timeline.Event[wide]) (fields, error) {
		s[e.Data.Field]++
		return s, nil
	}
	line, err := timeline.New(fold, events...)
	require.NoError(t, err)
	p := func(s fields) bool { return s[13] == 1 }
	mid, last := day("2015-06-15"), day("2015-12-31")
	assert.Equal(t, edtf.Certain, ever(line, mid, last, p))
	_, truth := firstTime(line, p)
	assert.Equal(t, edtf.Certain, truth, "as it is on the last day")
	changes := slices.Collect(track(line, p))
	require.Len(t, changes, 3)
	assert.Error(t, changes[1].Incomplete)
	assert.Equal(t, "false or true or other from 2015-01-01 until 2015-12-31", changes[1].String())
	missing := whyNot(line, mid, func(s fields) bool { return s[13] == 2 })
	assert.Error(t, missing.Incomplete)
	assert.Equal(t, edtf.Possible, missing.Truth)
	ds, err := line.Diff(timeline.On(mid), timeline.On(last))
	require.NoError(t, err)
	from, to := ds[0].Certainty()
	assert.False(t, from)
	assert.True(t, to)

	part := about(line, "13")
	window, truth := firstTime(part, p)
	assert.Equal(t, "2015 certain", fmt.Sprint(window, " ", truth), "asked about one part, there are few worlds")
	assert.Len(t, slices.Collect(track(part, p)), 2)
}

func TestAbout(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 1), event(2, "2015", "b", 2), event(3, "2015", "add", 3), event(4, "2015", "open", 0))
	assert.Equal(t, 2, about(line, "a").Len())
	assert.Equal(t, 3, about(line, "a", "b").Len())
	assert.Equal(t, 0, about(about(line, "a"), "b").Len(), "about both at once")
	assert.Equal(t, 4, about(line, timeline.AnyPart).Len())
	_, err := line.About("nothing of the kind")
	assert.EqualError(t, err, `timeline: no part is called "nothing of the kind"`)
	secret := event(5, "2015", "b", 5)
	secret.Data.Secret = true
	with, err := line.With(secret)
	require.NoError(t, err)
	assert.Equal(t, 5, about(with, "a").Len(), "it may be about a")

	// The lid decides the order of what comes before and after it.
	line = newBox(t, event(1, "2015", "a", 1), after(event(2, "2015", "open", 0), 1), event(3, "2015", "close", 0), after(event(4, "2015", "a", 2), 3))
	assert.Equal(t, "2", ask(line, day("2016-01-01"), aOf).String())
	assert.Equal(t, "2", ask(about(line, "a"), day("2016-01-01"), aOf).String())
}

func TestEverAndCoverage(t *testing.T) {
	line := newBox(t, event(1, "2024-06", "open", 0)).Covering(timeline.Coverage{
		Horizon: date("2024-12"), Silent: []timeline.Silence{{Topic: "lids", When: date("2023")}},
	})
	ever := func(first, last string, topics ...string) edtf.Truth {
		return ever(line, day(first), day(last), opened, topics...)
	}
	assert.Equal(t, edtf.No, ever("2023-01-01", "2023-12-31"))
	assert.Equal(t, edtf.Possible, ever("2023-01-01", "2023-12-31", "lids"))
	assert.Equal(t, edtf.Possible, ever("2022-01-01", "2023-01-01", "lids"), "one day is enough")
	assert.Equal(t, edtf.No, ever("2022-01-01", "2022-12-31", "lids"))
	assert.Equal(t, edtf.Certain, ever("2024-01-01", "2025-12-31"), "what held by the horizon stays so")
	assert.Equal(t, edtf.Possible, ever("2025-01-01", "2025-12-31"), "past it nothing is certain")
	assert.Equal(t, edtf.Possible, always(line, day("2024-07-01"), day("2025-12-31"), opened))
	assert.Equal(t, edtf.Certain, ever("2022-01-01", "2024-12-31", "lids"), "because of days on which they are not silent")
	assert.Equal(t, edtf.Certain, always(line, day("2024-07-01"), day("2024-12-31"), opened))
}

func TestFirst(t *testing.T) {
	first := func(line *timeline.Timeline[box, op], p func(box) bool) string {
		window, truth := firstTime(line, p)
		return fmt.Sprint(window, " ", truth)
	}
	line := newBox(t, event(1, "2024-06", "open", 0), event(2, "2025-03", "close", 0))
	assert.Equal(t, "2024-06 certain", first(line, opened))
	assert.Equal(t, " certain", first(line, func(b box) bool { return !b.Open }), "before anything happened")
	assert.Equal(t, " no", first(line, func(b box) bool { return b.A == 1 }))
	assert.Equal(t, "[..2015-12-31] certain", first(newBox(t, event(1, "[..2015]", "open", 0)), opened))
	line = newBox(t, event(1, "2015", "a", 5), after(event(2, "2015", "a", 7), 1))
	assert.Equal(t, "2015 certain", first(line, func(b box) bool { return b.A == 7 }))
	assert.Equal(t, "[2015-01-01..2015-12-30] possible", first(line, func(b box) bool { return b.A == 5 }))

	// On 1 May one of three may be true; on the 2nd the one of which nothing
	// would follow is refused.
	one, other, refused := event(1, "2024-05-01", "a", 3), event(2, "2024-05-01", "a", 5), event(3, "2024-05-02", "close", 0)
	one.Rival, other.Rival, refused.Rival = "x", "x", "x"
	one.Rank = timeline.RankPreferred
	line = newBox(t, one, other, refused, event(4, "2024-05-02", "a", 0))
	assert.Equal(t, "[2024-05-01..2024-05-02] certain", first(line, func(b box) bool { return b.A > 0 }))

	line = newBox(t, event(1, "2017", "a", 7), event(2, "[2018..]", "a", 5))
	assert.Equal(t, "[2018-01-01..] certain", first(line, func(b box) bool { return b.A == 5 }))
	for p := range periods(line, func(b box) bool { return b.A == 5 }) {
		assert.Equal(t, "since [2018..]", p.String())
	}
}

func TestOrder(t *testing.T) {
	line := newBox(t,
		event(1, "2015", "a", 1), event(2, "2016-03-01", "a", 2), event(3, "2016", "a", 3), after(event(4, "2016", "a", 4), 3),
		event(5, "2016-03-01", "b", 5), after(event(6, "2016-03-01", "b", 6), 5))
	order := func(i, j int) string {
		return fmt.Sprint(must(line.Order(id(i), id(j))), ", ", must(line.Order(id(j), id(i))))
	}
	assert.Equal(t, "before, after", order(1, 2))
	assert.Equal(t, "undecided, undecided", order(2, 3))
	assert.Equal(t, "before, after", order(3, 4), "After says so")
	assert.Equal(t, "same day, same day", order(2, 5))
	assert.Equal(t, "before, after", order(5, 6), "on one day, but After says so")
	assert.Equal(t, "same day, same day", order(2, 2))
	_, err := line.Order(id(1), id(99))
	var unknown *timeline.UnknownError
	require.ErrorAs(t, err, &unknown, "there is no such event")
	sequenced, err := line.Sequenced()
	require.NoError(t, err)
	assert.Equal(t, timeline.RelationBefore, must(sequenced.Order(id(2), id(3))), "the sequence decides")
	assert.Equal(t, timeline.RelationAfter, must(sequenced.Order(id(5), id(2))))
}

func TestClaims(t *testing.T) {
	cited := func(e timeline.Event[op], rank timeline.Rank, sources ...string) timeline.Event[op] {
		e.Rival, e.Rank = "x", rank
		for _, s := range sources {
			e.Cites = append(e.Cites, timeline.Citation{Source: s})
		}
		return e
	}
	line := newBox(t,
		cited(event(1, "2015", "a", 1), timeline.RankNormal, "paper", "paper", "book"),
		cited(event(2, "2015", "a", 2), timeline.RankPreferred, "register"),
		cited(event(3, "2015", "a", 3), timeline.RankDeprecated, "rumour"),
		event(4, "2015", "b", 1))
	var got []string
	for _, c := range claims(line, day("2016-01-01"), aOf) {
		got = append(got, fmt.Sprint(c.Event.Name, " ", c.Answer, " ", c.Sources(), " ", c.Event.Rank))
	}
	assert.Equal(t, []string{"e1 1 [paper book] normal", "e2 2 [register] preferred", "e3 3 [rumour] deprecated"}, got)
	assert.Equal(t, "2 or 1", ask(line, day("2016-01-01"), aOf).String(), "the deprecated one is not true")
	gone := event(5, "2016", "b", 0)
	gone.Replaces = []uuid.UUID{id(1)}
	corrected, err := line.With(gone)
	require.NoError(t, err)
	assert.Len(t, claims(corrected, day("2016-01-01"), aOf), 2, "what is taken back is no claim")
	assert.Empty(t, claims(line, day("2016-01-01"), func(b box) int { return b.B }), "nothing is disputed")
	assert.Empty(t, claims(line, day("2014-01-01"), aOf), "not yet")
	assert.Equal(t, "1", ask(must(line.AccordingTo("book")), day("2016-01-01"), aOf).String())
	_, err = line.AccordingTo("bok")
	assert.EqualError(t, err, `timeline: no source is called "bok"; did you mean "book"?`)
}

func TestWhyNotInPairs(t *testing.T) {
	line := newBox(t, event(1, "2015", "a", 1), event(2, "2015", "b", 1), event(3, "2015", "text", 1))
	missing := whyNot(line, day("2015-06-01"), func(b box) bool { return b.A+b.B == 2 })
	require.Len(t, missing.Undecided, 1)
	assert.Equal(t, "e1 e2", names(missing.Undecided[0].If))
	assert.Equal(t, edtf.Possible, missing.Truth)
	one := whyNot(line, day("2015-06-01"), func(b box) bool { return b.A+b.B == 1 })
	require.Len(t, one.Undecided, 2)
	assert.Equal(t, "e1 | e2", names(one.Undecided[0].If)+" | "+names(one.Undecided[1].If))
	later := whyNot(line, day("2014-06-01"), func(b box) bool { return b.A == 1 })
	assert.Equal(t, edtf.No, later.Truth)
	assert.Empty(t, later.Undecided)
	assert.Equal(t, "2015 e1", later.Later.String()+" "+names(later.LaterBecause))
	outset := newBox(t, event(1, "2015-01-01", "open", 0), event(2, "2017-01-01", "close", 0))
	again := whyNot(outset, day("2016-01-01"), func(b box) bool { return !b.Open })
	assert.Equal(t, "2017-01-01 e2", again.Later.String()+" "+names(again.LaterBecause))
	had := whyNot(line, day("2016-06-01"), func(b box) bool { return b.A == 1 })
	assert.Equal(t, timeline.Missing[op]{Verdict: timeline.Verdict[op]{Truth: edtf.Certain, Recorded: edtf.Certain}}, had)
}

// It is false because of an event that is later taken back.
func TestWhyNotYetCorrected(t *testing.T) {
	wrong, right := event(2, "2015", "a", 0), event(3, "2015", "nop", 0)
	right.Replaces, right.Retraction, right.Known = []uuid.UUID{id(2)}, true, date("2020")
	line := newBox(t, event(1, "2014", "a", 1), wrong, right)
	missing := whyNot(line.KnownOn(day("2016-01-01")), day("2016-01-01"), func(b box) bool { return b.A == 1 })
	assert.Equal(t, "e3", names(missing.Unknown))
	assert.Empty(t, missing.Corrections)

	// It would be true, had that not been taken back.
	missing = whyNot(line, day("2016-01-01"), func(b box) bool { return b.Text == "" && b.A == 0 })
	assert.Equal(t, "e3", names(missing.Corrections))
	missing = whyNot(line, day("2016-01-01"), func(b box) bool { return b.A == 7 })
	assert.Empty(t, missing.Corrections)
}

func TestWhy(t *testing.T) {
	line := newBox(t, event(1, "2014", "a", 1), event(2, "2015", "b", 1), event(3, "2016", "add", 4), event(4, "2017", "open", 0), event(5, "2018", "close", 0))
	why := func(on string, pick func(box) int) string {
		var all []string
		for _, r := range why(line, day(on), pick) {
			s := fmt.Sprint(r.Value, ":")
			for _, c := range r.Because {
				s += fmt.Sprintf(" %s %v->%v", c.Event.Name, c.From, c.To)
			}
			all = append(all, s)
		}
		return fmt.Sprint(all)
	}
	assert.Equal(t, "[5: e3 1->5 e1 0->1]", why("2019-01-01", aOf))
	assert.Equal(t, "[0:]", why("2013-01-01", aOf), "nothing made it so")
	assert.Equal(t, "[1: e1 0->1 5: e3 1->5 e1 0->1]", why("2016-06-01", aOf))
	back := newBox(t, event(1, "2014", "a", 5), event(2, "2015", "a", 0))
	reasons := must(timeline.Why(back, day("2016-01-01"), timeline.Value(aOf)))
	assert.Len(t, reasons[0].Because, 2, "to be 0 again it must have been something else")
	lid := func(b box) int { return map[bool]int{true: 1}[b.Open] }
	assert.Equal(t, "[0: e5 1->0 e4 0->1]", why("2019-01-01", lid), "the end and the beginning that it takes")
}

// A value that rests on many events is explained by all of them.
func TestWhyOfMany(t *testing.T) {
	var events []timeline.Event[op]
	for n := range 40 {
		e := event(n+1, "2015", "add", 1)
		e.When = (day("2015-01-01") + edtf.Day(n)).Date()
		events = append(events, e, timeline.Event[op]{ID: id(n + 100), Seq: 1, When: e.When, Data: op{Kind: "b", Value: n}})
	}
	reasons := why(newBox(t, events...), day("2016-01-01"), aOf)
	require.Len(t, reasons, 1)
	assert.Len(t, reasons[0].Because, 40)
}

// An undecided period with a part that is certain began by then at the latest, and
// the events of the first such part began it. One that is certain on no day may
// have begun on any day of it.
func TestPeriodsOfUndecidedTracks(t *testing.T) {
	type change = timeline.Change[bool, int]
	from := func(day string, value bool, others ...bool) change {
		return change{Value: value, Others: others, From: date(day), Undecided: true}
	}
	for name, tt := range map[string]struct {
		track       []change
		from, until string
		held        edtf.Truth
		began       int
	}{
		"a certain part": {
			[]change{{}, from("2024-06-05", false, true), from("2024-06-10", true), from("2024-07-01", true, false), from("2024-07-31", false)},
			"2024-06-05 2024-06-10", "2024-07-01 2024-07-31", edtf.Certain, 2,
		},
		"two certain parts": {
			[]change{{}, from("2024-06-01", true), from("2024-06-10", true, false), from("2024-06-12", true), from("2024-07-01", false)},
			"2024-06-01 2024-06-01", "2024-07-01 2024-07-01", edtf.Certain, 1,
		},
		"no certain part": {
			[]change{{}, from("2024-06-01", false, true), from("2024-06-20", false)},
			"2024-06-01 2024-06-19", "2024-06-02 2024-06-20", edtf.Possible, 1,
		},
	} {
		for n := range tt.track {
			tt.track[n].Because = []timeline.Event[int]{{Data: n}}
			if n+1 < len(tt.track) {
				tt.track[n].Until = tt.track[n+1].From
			}
		}
		periods := slices.Collect(timeline.PeriodsOf(slices.Values(tt.track)))
		require.Len(t, periods, 1, name)
		p := periods[0]
		assert.True(t, p.Undecided, name)
		assert.Equal(t, tt.held, p.Held, name)
		assert.Equal(t, tt.from, fmt.Sprint(p.From.Earliest(), " ", p.From.Latest()), name)
		assert.Equal(t, tt.until, fmt.Sprint(p.Until.Earliest(), " ", p.Until.Latest()), name)
		assert.Equal(t, tt.began, p.Began[0].Data, name)
		assert.Equal(t, len(tt.track)-1, p.Ended[0].Data, name)
	}
}

// Days beside a silent stretch are covered: what holds on one of them is certain.
func TestEverBesideSilence(t *testing.T) {
	line := newBox(t, event(1, "2024-06-03", "a", 1), event(2, "2024-06-04", "a", 0), event(3, "2024-06-20", "a", 1), event(4, "2024-06-21", "a", 0)).
		Covering(timeline.Coverage{Silent: []timeline.Silence{{Topic: "a", When: date("2024-06-04/2024-06-19")}}})
	ever := func(first, last string) edtf.Truth { return ever(line, day(first), day(last), isOne, "a") }
	assert.Equal(t, edtf.Certain, ever("2024-06-01", "2024-06-10"), "on the day before the silence")
	assert.Equal(t, edtf.Possible, ever("2024-06-01", "2024-06-02").Or(ever("2024-06-04", "2024-06-10")))
	assert.Equal(t, edtf.Certain, ever("2024-06-10", "2024-06-30"), "on the day after it")
	assert.Equal(t, edtf.Possible, ever("2024-06-04", "2024-06-19"))
	assert.Equal(t, edtf.No, ever("2024-06-21", "2024-06-30"))
	assert.Equal(t, edtf.Certain, line.Ever(day("2024-06-10"), day("2024-06-20"), timeline.Value(isOne)).Truth, "no topic is silent")
}

// The bounds of a period are those in some world, also where worlds differ in which
// values follow each other.
func TestUndecidedPeriodsHaveExactBounds(t *testing.T) {
	line := newBox(t, event(1, "[2024-01-01..2024-01-10]", "a", 1), event(2, "[2024-01-05..2024-01-20]", "a", 2), event(3, "2024-03-01", "a", 3))
	held := slices.Collect(periods(line, isOne))
	require.Len(t, held, 1)
	assert.Equal(t, "possibly [2024-01-01..2024-01-10] to [2024-01-05..2024-03-01], 0 to 60 days", held[0].String(), "both may have been on one day")
	assert.Equal(t, "e1", names(held[0].Decides), "what decides on the first day")
}

// Two sources that deny each other are both named, and what one of them says has ended
// may go on.
func TestDisputedEnd(t *testing.T) {
	ended, doubted := event(2, "2016-05-01", "close", 0), event(3, "2016-05-01", "nop", 0)
	ended.Rival, doubted.Rival = "fate", "fate"
	line := newBox(t, event(1, "2010-03-01", "open", 0), ended, doubted)
	held := slices.Collect(periods(line, opened))
	require.Len(t, held, 1)
	assert.Equal(t, "since 2010-03-01, or until a day from 2016-05-01 on", held[0].String())
	assert.Equal(t, "e2 e3", names(held[0].Decides))
	assert.Equal(t, edtf.Certain, held[0].Held)
	assert.False(t, held[0].Interrupted)
}

// What rivals say decides no more than it must: where they agree nothing is undecided,
// and what one of them ends has ended in no world before.
func TestRivalsInTheCourse(t *testing.T) {
	one, other := event(3, "2024-01-06", "a", 3), event(4, "[2024-01-06..2024-01-07]", "a", 3)
	one.Rival, other.Rival = "r", "r"
	line := newBox(t, event(1, "2024-01-03", "a", 1), event(2, "2024-01-05", "a", 2), one, other)
	assert.Equal(t, []string{
		"0 until 2024-01-03", "1 from 2024-01-03 until 2024-01-05 (e1)",
		"2 from 2024-01-05 until [2024-01-06..2024-01-07] (e2)", "3 from [2024-01-06..2024-01-07] (e3 e4)",
	}, trackOf(line, aOf))
	six, none := event(2, "2022-01-01", "a", 6), event(3, "2023-01-01", "a", 0)
	six.Rival, none.Rival = "n", "n"
	line = newBox(t, event(1, "2020-01-01", "a", 5), six, none)
	assert.Equal(t, "[since 2020-01-01, or until a day from 2023-01-01 on]", fmt.Sprint(slices.Collect(periods(line, func(b box) bool { return b.A > 0 }))))
	assert.Equal(t, "[2020-01-01 to [2022-01-01..2023-01-01], 731 to 1096 days]", fmt.Sprint(slices.Collect(periods(line, func(b box) bool { return b.A == 5 }))))
}

// A rival that becomes known is learned, and not put down to the calendar.
func TestLearntRival(t *testing.T) {
	a, b := event(1, "2015-01-01", "a", 1), event(2, "2015-02-01", "a", 2)
	a.Rival, b.Rival, b.Known = "r", "r", date("2020-01-01")
	line := newBox(t, a, b)
	for _, later := range []string{"2016-01-01", "2021-01-01"} {
		ds, err := line.Diff(timeline.On(day("2016-01-01")).KnownOn(day("2019-01-01")), timeline.On(day(later)).KnownOn(day("2021-01-01")))
		require.NoError(t, err)
		require.Len(t, ds, 1)
		assert.Equal(t, "learned e2", fmt.Sprint(ds[0].Kind, " ", names(ds[0].Because)))
	}
}

// A period in English says what its codes do.
func TestPeriodsInEnglish(t *testing.T) {
	open, window := event(1, "2024-06", "open", 0), event(1, "[2016-01-01..2022-09-20]", "open", 0)
	for want, events := range map[string][]timeline.Event[op]{
		"from June 2024 to March 2025, 244 to 303 days": {open, event(2, "2025-03", "close", 0)},
		"since June 2024": {open},
		"since a day between 2016 and 20 September 2022":     {window},
		"since June 2024, or until a day from 1 May 2025 on": {open, event(2, "[2025-05..]", "close", 0)},
	} {
		var got []string
		for p := range newBox(t, events...).Periods(timeline.Value(opened)) {
			got = append(got, p.English())
		}
		assert.Equal(t, []string{want}, got)
	}
}
