package timeline_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/testbox"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/foldtest"
)

// Laws 1, 3, 4 and 5, on random histories.
func TestLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := drawHistory(t)
		line, err := timeline.New(foldBox, events...)
		shuffled := rapid.Permutation(events).Draw(t, "order")
		again, againErr := timeline.New(foldBox, shuffled...)
		if err != nil {
			if againErr == nil || err.Error() != againErr.Error() {
				t.Fatalf("the error depends on the order of arrival:\n%v\n%v", err, againErr)
			}
			return
		}
		on := day("2024-05-01") + edtf.Day(rapid.SampledFrom([]int{0, 1, 2, 3, 4, 6}).Draw(t, "on"))
		known := day("2024-05-01") + edtf.Day(rapid.SampledFrom([]int{0, 1, 2, 3, 4, 6}).Draw(t, "known on"))
		lawSameEvents(t, line, again, shuffled, on)
		lawFold(t, line, on)
		lawNarrowing(t, line, events, on)
		lawKnowledge(t, line, events, on, known)
		lawKleene(t, line, on)
		lawKleene(t, line.KnownOn(known), on)
	})
}

// 1: the same events give the same timeline, however they are split.
func lawSameEvents(t *rapid.T, line, again *timeline.Timeline[box, op], events []timeline.Event[op], on edtf.Day) {
	want := fmt.Sprint(ask(line, on, func(b box) box { return b }), slices.Collect(line.Events()))
	if got := fmt.Sprint(ask(again, on, func(b box) box { return b }), slices.Collect(again.Events())); got != want {
		t.Fatalf("in another order %v, want %v%s", got, want, show(events))
	}
	split := rapid.IntRange(0, len(events)).Draw(t, "split")
	first, err := timeline.New(foldBox, events[:split]...)
	if err != nil {
		return // what comes later may be needed
	}
	both, err := first.With(events[split:]...)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(ask(both, on, func(b box) box { return b }), slices.Collect(both.Events())); got != want {
		t.Fatalf("split at %d %v, want %v%s", split, got, want, show(events))
	}
}

// 3: the snapshot folds, from the start, what has certainly happened. Rivals,
// corrections and what After tightens are left to the model.
func lawFold(t *rapid.T, line *timeline.Timeline[box, op], on edtf.Day) {
	var want box
	for e := range line.Events() { // by latest day, then in sequence order
		if e.Rival != "" || len(e.Replaces)+len(e.After) > 0 {
			return
		}
		if e.When.Latest() > on {
			continue
		}
		want, _ = foldBox(want, e)
	}
	if got := line.At(on).State; got != want {
		t.Fatalf("%v, want %v%s", got, want, show(slices.Collect(line.Events())))
	}
}

// 4, first half: a narrower window never gives a value that was not possible.
func lawNarrowing(t *rapid.T, line *timeline.Timeline[box, op], events []timeline.Event[op], on edtf.Day) {
	narrow := slices.Clone(events)
	e := &narrow[rapid.IntRange(0, len(events)-1).Draw(t, "narrowed")]
	if e.Known.IsZero() {
		e.Known = e.When
	}
	e.When = e.When.Earliest().Date()
	finer, err := timeline.New(foldBox, narrow...)
	var refused *timeline.FoldError
	if err != nil {
		if !errors.As(err, &refused) && !errors.Is(err, timeline.ErrEmptyWindow) {
			t.Fatal(err)
		}
		return
	}
	before := ask(line, on, func(b box) box { return b }).Values()
	for _, v := range ask(finer, on, func(b box) box { return b }).Values() {
		if !slices.Contains(before, v) {
			t.Fatalf("%v is possible only once e%d is narrowed; before: %v%s", v, e.ID[15], before, show(events))
		}
	}
}

// 4, second half: what is known only later might as well not be there.
func lawKnowledge(t *rapid.T, line *timeline.Timeline[box, op], events []timeline.Event[op], on, known edtf.Day) {
	ids := map[uuid.UUID]bool{}
	var rest []timeline.Event[op]
	for _, e := range events {
		window := e.Known
		if window.IsZero() {
			window = e.When
		}
		if window.Earliest() <= known {
			rest = append(rest, e)
			ids[e.ID] = true
		}
	}
	for i := range rest {
		gone := func(id uuid.UUID) bool { return !ids[id] }
		rest[i].After = slices.DeleteFunc(slices.Clone(rest[i].After), gone)
		rest[i].Replaces = slices.DeleteFunc(slices.Clone(rest[i].Replaces), gone)
		rest[i].Retraction = rest[i].Retraction && len(rest[i].Replaces) > 0
		if rest[i].Retraction != events[indexOf(events, rest[i].ID)].Retraction {
			return // a retraction of what nobody knew: it cannot be told alone
		}
	}
	without, err := timeline.New(foldBox, rest...)
	if err != nil {
		return
	}
	want := ask(without.KnownOn(known), on, func(b box) box { return b })
	if got := ask(line.KnownOn(known), on, func(b box) box { return b }); got.String() != want.String() {
		t.Fatalf("as known on %v: %v, want %v%s", known, got, want, show(events))
	}
}

func indexOf(events []timeline.Event[op], id uuid.UUID) int {
	return slices.IndexFunc(events, func(e timeline.Event[op]) bool { return e.ID == id })
}

// 5: not p holds just as p does not; certain and no agree with the snapshot.
func lawKleene(t *rapid.T, line *timeline.Timeline[box, op], on edtf.Day) {
	for v := range 6 {
		p := func(b box) bool { return b.A >= v }
		truth := holds(line, on, p)
		if not := holds(line, on, func(b box) bool { return !p(b) }); not != truth.Not() {
			t.Fatalf("A >= %d: %v, and its opposite: %v", v, truth, not)
		}
		if s := line.At(on); truth != edtf.Possible && (truth == edtf.Certain) != p(s.State) {
			t.Fatalf("A >= %d is %v, and the snapshot %v", v, truth, s.State)
		}
	}
}

// TestQuestionsChangeNothingLaw: what was asked before has no influence on an
// answer, whatever was kept of the way to it.
func TestQuestionsChangeNothingLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := drawHistory(t)
		if rapid.Bool().Draw(t, "settling") { // each event sets all there is
			for i := range events {
				events[i].Data = op{Kind: "a", Value: i + 1}
			}
		}
		asked, err := timeline.New(foldBox, events...)
		if err != nil {
			return
		}
		days := rapid.Permutation([]int{-1, 0, 1, 2, 3, 4, 5, 6, 7, 8}).Draw(t, "days")
		for _, n := range days {
			day := firstDay + edtf.Day(n)
			fresh, err := timeline.New(foldBox, events...)
			if err != nil {
				t.Fatal(err)
			}
			got, want := ask(asked, day, all), ask(fresh, day, all)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("on %v, after other questions: %v, without: %v%s", day, got, want, show(events))
			}
		}
	})
}

// TestSettledByALaterEvent: what two rivals leave open an event of a later day
// settles, but only from that day on.
func TestSettledByALaterEvent(t *testing.T) {
	line, err := timeline.New(foldBox,
		timeline.Event[op]{ID: id(1), When: edtf.MustParse("2024-05-01"), Data: op{Kind: "a", Value: 1}, Rival: "x"},
		timeline.Event[op]{ID: id(2), When: edtf.MustParse("2024-05-01"), Data: op{Kind: "a", Value: 2}, Rival: "x"},
		timeline.Event[op]{ID: id(3), When: edtf.MustParse("2024-05-03"), Data: op{Kind: "a", Value: 3}},
	)
	require.NoError(t, err)
	for range 2 {
		assert.Equal(t, "2 or 1", ask(line, edtf.MustDay("2024-05-02"), a).String())
		assert.Equal(t, "3", ask(line, edtf.MustDay("2024-05-05"), a).String())
		assert.Equal(t, "3", ask(line, edtf.MustDay("2024-05-03"), a).String())
	}
}

// The fold and the scopes of the tests keep what they promise.
func TestPromisesOfTheBox(t *testing.T) {
	var events []timeline.Event[op]
	for n, kind := range append(testbox.Kinds, testbox.Kinds...) {
		events = append(events, event(n+1, "2024-05-01", kind, n))
	}
	assert.NoError(t, foldtest.Check(foldBox, events...))
	q := timeline.ValueOn(testbox.Due).Reading("b")
	assert.NoError(t, foldtest.CheckQuestion(foldBox, q, edtf.Between(firstDay, lastDay), events...))
}
