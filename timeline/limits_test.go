package timeline_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

func TestPastTheLimitAnswersAreIncomplete(t *testing.T) {
	add := func(n int) []timeline.Event[op] { // they all touch a
		var events []timeline.Event[op]
		for i := range n {
			events = append(events, event(i+1, "2018", "add", 1<<i))
		}
		return events
	}
	at := ask(newBox(t, add(12)...), day("2018-06-01"), aOf)
	assert.NoError(t, at.Incomplete)
	assert.Len(t, at.Options, 1<<12, "each sum of the 12 is possible")

	line := newBox(t, append(add(16), event(100, "2017", "b", 1))...)
	past := ask(line, day("2018-06-01"), aOf)
	assert.Error(t, past.Incomplete)
	assert.Equal(t, 0, past.Options[0].Value, "the baseline is always there")
	_, certain := ask(line, day("2018-06-01"), func(b box) int { return b.B }).Certain()
	assert.False(t, certain, "nothing is certain past the limit")
	assert.Equal(t, edtf.Possible, holds(line, day("2018-06-01"), func(b box) bool { return b.B == 1 }))
	later := ask(line, day("2020-01-01"), aOf)
	assert.Error(t, later.Incomplete)
	assert.Equal(t, 1<<16-1, later.Options[0].Value)
	assert.True(t, strings.HasSuffix(later.String(), " or other"))
}

// Worlds that are dropped because there are too many must never leave false
// certainty behind, even if the fold later refuses most of what is left.
func TestTruncatedBranchesAreIncomplete(t *testing.T) {
	var events []timeline.Event[op]
	for key := range 16 {
		for n := range 2 {
			e := event(2*key+n+1, "2020-05-01", "nop", 0)
			e.Rival, e.Rank = fmt.Sprintf("k%02d", key), timeline.Rank(1-n)
			switch {
			case key == 0 && n == 1:
				e.Data.Kind = "close" // which the fold refuses
			case key == 15:
				e.Data = op{Kind: "a", Value: n + 1}
			}
			events = append(events, e)
		}
	}
	answer := ask(newBox(t, events...), day("2020-06-01"), aOf)
	_, certain := answer.Certain()
	assert.Error(t, answer.Incomplete)
	assert.False(t, certain)
	assert.Equal(t, 1, answer.Options[0].Value)
}

// A history of 100 events, 12 of them undecided on one day: the answer is exact,
// and only what differs between worlds is folded.
func TestFoldsOnlyWhatDiffers(t *testing.T) {
	for _, says := range []bool{true, false} {
		folds := 0
		fold := func(s fields, e timeline.Event[wide]) (fields, error) {
			folds++
			s[e.Data.Field]++
			return s, nil
		}
		var events []timeline.Event[wide]
		for n := range 100 {
			e := timeline.Event[wide]{ID: id(n + 1), Seq: int64(n), When: (day("2014-01-01") + edtf.Day(n)).Date(), Data: wide{n, says}}
			if n >= 88 {
				e.When = date("2015-06")
			}
			events = append(events, e)
		}
		line, err := timeline.New(fold, events...)
		require.NoError(t, err)
		assert.Equal(t, 100, folds, "once each")

		folds = 0
		answer := ask(line, day("2015-06-15"), func(s fields) fields { return s })
		assert.NoError(t, answer.Incomplete)
		assert.Len(t, answer.Options, 1<<12)
		most := 1<<12 - 1 // each world is another one and one event
		if !says {
			most = 12 << 11 // each is reached from every world with one event less
		}
		assert.LessOrEqual(t, folds, most)

		folds = 0
		one := func(s fields) int { return s[99] }
		assert.Equal(t, "0 or 1", ask(line, day("2015-06-15"), one).String())
		assert.Zero(t, folds, "another question about the day folds nothing")
		assert.Equal(t, edtf.Certain, holds(line, day("2015-07-01"), func(s fields) bool { return s[99] == 1 }))
		assert.LessOrEqual(t, folds, most)

		folds = 0
		about := about(line, "99")
		assert.Equal(t, "0 or 1", ask(about, day("2015-06-15"), one).String())
		if says {
			assert.Equal(t, 1, folds, "of what has nothing to do with it nothing is folded")
		}
	}
}

// wide is an event about a field of its own, in a state of many.
type wide struct {
	Field int
	Says  bool // whether it says so
}

// fields are the state. All tests have the same, since each other one is compiled with all
// of the engine.
type fields [200]int

func (w wide) Scope() []string {
	if !w.Says {
		return []string{timeline.AnyPart}
	}
	return []string{fmt.Sprint(w.Field)}
}

// Events that have nothing to do with each other decide nothing about each
// other, and cost nothing, however many there are.
func TestUnrelatedEventsCostNothing(t *testing.T) {
	folds := 0
	fold := func(s fields, e timeline.Event[wide]) (fields, error) {
		folds++
		s[e.Data.Field]++
		return s, nil
	}
	history := func(says bool) *timeline.Timeline[fields, wide] {
		var events []timeline.Event[wide]
		for i := range 200 {
			when := date(fmt.Sprintf("2020-%02d", i%12+1))
			events = append(events, timeline.Event[wide]{ID: id(i + 1), Seq: int64(i), When: when, Data: wide{i, says}})
		}
		line, err := timeline.New(fold, events...)
		require.NoError(t, err)
		folds = 0
		return line
	}
	field := func(s fields) int { return s[7] }
	line := history(true)
	answer := ask(line, day("2021-01-01"), field)
	assert.NoError(t, answer.Incomplete)
	assert.Equal(t, "1", answer.String())
	assert.Zero(t, folds, "nothing is undecided once the year is over")
	assert.Error(t, ask(line, day("2020-08-15"), field).Incomplete, "2 to the 17th ways that day")
	assert.NoError(t, ask(line, day("2020-08-31"), field).Incomplete, "and one at the end of the month")
	assert.Error(t, ask(history(false), day("2021-01-01"), field).Incomplete, "unless they say so")
}

// The baseline survives one overflow after another.
func TestOverflowTwice(t *testing.T) {
	var events []timeline.Event[op]
	for i := range 40 {
		when := "2018-03"
		if i >= 20 {
			when = "2020-03"
		}
		events = append(events, event(i+1, when, "add", 1<<(i%20)))
	}
	line := newBox(t, events...)
	for _, on := range []string{"2018-03-15", "2018-04-01", "2020-03-15", "2021-01-01"} {
		answer := ask(line, day(on), aOf)
		require.Error(t, answer.Incomplete, on)
		assert.Equal(t, line.At(day(on)).State.A, answer.Options[0].Value, on)
	}
}

// A log in sequence order has one world however imprecise its dates, and finding
// it is quick.
func TestLongSequence(t *testing.T) {
	var events []timeline.Event[op]
	for i := range 600 {
		e := event(1, "2020", "a", i)
		e.ID, e.Seq = uuid.NewSHA1(uuid.NameSpaceOID, []byte(fmt.Sprint(i))), int64(i)
		events = append(events, e)
	}
	line, err := newBox(t, events...).Sequenced()
	require.NoError(t, err)
	assert.Equal(t, "599", ask(line, day("2021-01-01"), aOf).String())
	inside := ask(line, day("2020-06-01"), aOf)
	assert.NoError(t, inside.Incomplete)
	assert.Len(t, inside.Options, 600, "any number of them may have happened, 366 days notwithstanding")
}

// part is a payload behind a pointer that says what it touches.
type part struct{ name string }

func (p part) Scope() []string { return []string{p.name} }

// A retraction folds nothing, and is not asked what it touches.
func TestRetractionsTouchNothing(t *testing.T) {
	fold := func(n int, _ timeline.Event[any]) (int, error) { return n + 1, nil }
	line, err := timeline.New(fold,
		timeline.Event[any]{ID: id(1), When: date("2024"), Data: &part{"a"}},
		timeline.Event[any]{ID: id(2), When: date("2024"), Known: date("2025"), Replaces: []uuid.UUID{id(1)}, Retraction: true},
	)
	require.NoError(t, err)
	one := func(n int) int { return n }
	assert.Equal(t, "0 or 1", ask(line.KnownOn(day("2025-06-01")), day("2024-06-01"), one).String())
	assert.Equal(t, "1 or 0", ask(line.KnownOn(day("2025-06-01")), day("2024-12-31"), one).String())
}

// Long windows and many exact events that have nothing to do with them.
func TestLongWindowsAmongMany(t *testing.T) {
	var events []timeline.Event[wide]
	fold := func(s fields, e timeline.Event[wide]) (fields, error) {
		s[min(e.Data.Field, 1)] += 1 + e.Data.Field
		return s, nil
	}
	for i := range 4 {
		e := timeline.Event[wide]{ID: uuid.NewSHA1(uuid.Nil, []byte{byte(i)}), Seq: int64(i), When: date("[1960..2030]"), Data: wide{0, true}}
		events = append(events, e)
	}
	for i := range 2000 {
		events = append(events, timeline.Event[wide]{
			ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(fmt.Sprint(i))), Seq: int64(10 + i),
			When: (day("1970-01-01") + edtf.Day(i)).Date(), Data: wide{1, true},
		})
	}
	line, err := timeline.New(fold, events...)
	require.NoError(t, err)
	for _, n := range []int{0, 1, 31, 32, 33, 1000, 1999} {
		on := day("1970-01-01") + edtf.Day(n)
		answer := ask(line, on, func(s fields) [2]int { return [2]int(s[:2]) })
		assert.ElementsMatch(t, [][2]int{{0, 2 * (n + 1)}, {1, 2 * (n + 1)}, {2, 2 * (n + 1)}, {3, 2 * (n + 1)}, {4, 2 * (n + 1)}}, answer.Values())
	}
}

// Of more rivals than are followed each may still be true.
func TestManyRivalsArePossible(t *testing.T) {
	var events []timeline.Event[op]
	for n := range 1100 {
		e := event(1, "2024-01-01", "a", n+1)
		e.ID, e.Rival = uuid.NewSHA1(uuid.NameSpaceOID, []byte(fmt.Sprint(n))), "x"
		events = append(events, e)
	}
	line := newBox(t, events...)
	for _, e := range events {
		require.Equal(t, edtf.Possible, happened(line, e.ID, day("2024-02-10")))
	}
	answer := ask(line, day("2024-02-10"), aOf)
	assert.Error(t, answer.Incomplete)
}

// Questions about many days, and about the first one, say that they ended early.
func TestOverTimeSaysWhatWasSpent(t *testing.T) {
	a, b := event(1, "2024-05-01", "a", 1), event(2, "2024-06-01", "a", 1)
	a.Rival, b.Rival = "x", "x"
	events := []timeline.Event[op]{a, b, event(3, "2024-05-20", "a", 0)}
	for i := 4; i < 8; i++ {
		events = append(events, event(i, "2024-05", "text", i))
	}
	q := timeline.Value(func(b box) bool { return b.A == 1 })
	first, last := day("2024-05-01"), day("2024-06-30")
	for effort, enough := range map[int]bool{timeline.DefaultEffort: true, 3000: false} {
		line := newBox(t, events...).WithEffort(effort)
		ever := line.Ever(first, last, q)
		assert.Equal(t, enough, ever.Complete())
		assert.Equal(t, enough, ever.Truth == edtf.Certain)
		_, v := line.First(q)
		assert.Equal(t, enough, v.Complete())
		c, err := timeline.During(line, first, last, timeline.Value(aOf))
		require.NoError(t, err)
		assert.Equal(t, enough, c.Complete())
	}
}

// Rivals and corrections with more combinations than are listed make answers incomplete, however much effort
// there is. That a view of many is made at once is shown by BenchmarkManyAlternatives.
func TestManyAlternatives(t *testing.T) {
	for disputes, enough := range map[int]bool{5: true, 7: false} { // of three rivals each: 243 and 2187 combinations
		view := manyAlternatives(t, disputes, 1).WithEffort(math.MaxInt).KnownOn(day("2024-06-01"))
		a, err := timeline.Ask(view, day("2024-06-01"), timeline.Value(aOf))
		require.NoError(t, err)
		assert.Equal(t, enough, a.Incomplete == nil, "%d: %v", disputes, a.Incomplete)
	}
}

func BenchmarkManyAlternatives(b *testing.B) {
	line := manyAlternatives(b, 70, 10)
	for b.Loop() {
		line.KnownOn(day("2024-06-01"))
	}
}

// manyAlternatives returns disputes of three rivals each, in one conflict with an event that has corrections.
func manyAlternatives(t testing.TB, disputes, corrections int) *timeline.Timeline[box, op] {
	var events []timeline.Event[op]
	var firsts []uuid.UUID
	add := func(change func(*timeline.Event[op])) {
		e := event(len(events)+1, "2020-01-01", "a", len(events))
		e.ID, e.Known = uuid.UUID{1, byte(len(events) >> 8), byte(len(events))}, edtf.MustParse("2020")
		change(&e)
		events = append(events, e)
	}
	for key := range disputes {
		for n := range 3 {
			add(func(e *timeline.Event[op]) {
				if e.Rival = fmt.Sprint(key); n == 0 {
					firsts = append(firsts, e.ID)
				}
			})
		}
	}
	add(func(*timeline.Event[op]) {})
	corrected := events[len(events)-1].ID
	for n := range corrections {
		add(func(e *timeline.Event[op]) {
			e.Known, e.Replaces = edtf.MustParse("2024"), []uuid.UUID{corrected}
			if n == 0 {
				e.Replaces = append(e.Replaces, firsts...)
			}
		})
	}
	line, err := timeline.NewLenient(foldBox, events...)
	require.NoError(t, err)
	return line
}
