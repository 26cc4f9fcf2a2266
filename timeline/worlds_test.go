package timeline_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/model"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A tally counts what the drawn histories were good for.
type tally struct{ taken, undecided int }

// TestEngineAgreesWithModel holds every answer of the engine against the slow
// reading of what it means, on random small histories.
func TestEngineAgreesWithModel(t *testing.T) {
	t.Parallel()
	var n tally
	rapid.Check(t, n.answersAgree)
	t.Logf("%d histories taken, %d answers with more than one value", n.taken, n.undecided)
	if n.taken == 0 || n.undecided == 0 {
		t.Errorf("%d histories were taken, %d answers had more than one value: the test shows nothing", n.taken, n.undecided)
	}
}

// FuzzEngineAgreesWithModel turns bytes into a history and does the same, for
// answers and for all other verbs.
func FuzzEngineAgreesWithModel(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		if rapid.Bool().Draw(t, "verbs") {
			new(verbTally).verbsAgree(t)
		} else {
			new(tally).answersAgree(t)
		}
	}))
}

func (n *tally) answersAgree(t *rapid.T) {
	events := drawHistory(t)
	line, err := timeline.New(foldBox, events...)
	h := model.History[box, op]{Fold: foldBox, Events: events, Known: edtf.DistantFuture, Related: related}
	if err == nil && oneIn(t, "sequenced", 4) {
		h.Sequenced = true
		line, err = line.Sequenced()
	}
	var faults timeline.Faults
	if errors.As(err, &faults) {
		return
	}
	var refused *timeline.FoldError
	if errors.As(err, &refused) {
		if _, modelErr := h.Baseline(edtf.DistantFuture); !errors.Is(err, modelErr) || modelErr == nil {
			t.Fatalf("New refuses with %v, the model with %v:%s", err, modelErr, show(events))
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	n.taken++
	if rapid.Bool().Draw(t, "as known") {
		h.Known = edtf.MustDay("2024-05-01") + edtf.Day(rapid.SampledFrom([]int{-1, 0, 1, 2, 3, 4, 5, 7}).Draw(t, "known on"))
		line = line.KnownOn(h.Known)
	}
	if oneIn(t, "where", 4) {
		gone := id(rapid.IntRange(1, 5).Draw(t, "gone"))
		line = line.Where(func(e timeline.Event[op]) bool { return e.ID != gone })
		h.Events = slices.DeleteFunc(slices.Clone(events), func(e timeline.Event[op]) bool { return e.ID == gone })
	}
	days := rapid.SliceOfN(rapid.SampledFrom([]int{-1, 0, 1, 2, 3, 4, 5, 6, 8}), 1, 4).Draw(t, "days")
	for _, after := range days {
		day := edtf.MustDay("2024-05-01") + edtf.Day(after)
		if agree(t, line, h, day, "state", func(b box) box { return b }) > 1 {
			n.undecided++
		}
		agree(t, line, h, day, "a", func(b box) int { return b.A })
		agree(t, line, h, day, "text", func(b box) string { return b.Text })
	}
}

// related reports whether two events touch anything in common.
func related(a, b timeline.Event[op]) bool {
	return slices.ContainsFunc(a.Data.Scope(), func(part string) bool {
		return part == timeline.AnyPart || slices.Contains(b.Data.Scope(), part) ||
			slices.Contains(b.Data.Scope(), timeline.AnyPart)
	})
}

// agree compares one answer, and the snapshot beside it, and returns how many
// values there are.
func agree[V comparable](t *rapid.T, line *timeline.Timeline[box, op], h model.History[box, op], day edtf.Day, what string, pick func(box) V) int {
	worlds := h.Worlds(day)
	want := map[V]bool{}
	for _, w := range worlds {
		want[pick(w.State)] = true
	}
	answer := ask(line, day, pick)
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s on %v as known on %v, sequenced %v: %s\nworlds %v\nanswer %v%s", what, day, h.Known, h.Sequenced,
			fmt.Sprintf(format, args...), worlds, answer, show(h.Events))
	}
	if len(answer.Options) != len(want) {
		fail("%d values, want %d", len(answer.Options), len(want))
	}
	state, refused := h.Baseline(day)
	snapshot := line.At(day)
	if (refused == nil) != (snapshot.Err == nil) || refused != nil && !errors.Is(snapshot.Err, refused) || fmt.Sprint(answer.Err) != fmt.Sprint(snapshot.Err) {
		fail("snapshot error %v, answer error %v, want %v", snapshot.Err, answer.Err, refused)
	}
	if refused == nil && snapshot.State != state {
		fail("snapshot %v, want %v", snapshot.State, state)
	}
	for n, o := range answer.Options {
		if !want[o.Value] {
			fail("%v cannot be", o.Value)
		}
		if refused == nil && (n == 0) != (o.Value == pick(state)) {
			fail("the first value should be that of the snapshot")
		}
		if !explained(worlds, o.Value, slices.Concat(o.If, o.Without), pick) {
			fail("%v is not explained by %s without %s", o.Value, show(o.If), show(o.Without))
		}
	}
	pending := map[uuid.UUID]bool{}
	for e := range line.Pending(day) {
		pending[e.ID] = true
	}
	for id, truth := range h.Happened(day) {
		if got := happened(line, id, day); got != truth || pending[id] != (truth == edtf.Possible) {
			fail("event %d happened: %v, pending: %v, want %v", id[15], got, pending[id], truth)
		}
		delete(pending, id)
	}
	if len(pending) > 0 {
		fail("pending, but not there: %v", pending)
	}
	return len(want)
}

// explained reports whether some world has the value and deviates from the
// baseline in just these events. Corrections are not compared: the
// model sees what they do, not that they are known.
func explained[V comparable](worlds []model.World[box], value V, because []timeline.Event[op], pick func(box) V) bool {
	given := map[uuid.UUID]bool{}
	for _, e := range because {
		if len(e.Replaces) == 0 {
			given[e.ID] = true
		}
	}
	return slices.ContainsFunc(worlds, func(w model.World[box]) bool {
		if pick(w.State) != value {
			return false
		}
		for n := 1; n <= 5; n++ {
			if w.Deviations[id(n)] != given[id(n)] && !correction(because, id(n)) && !w.Corrections[id(n)] {
				return false
			}
		}
		return true
	})
}

func correction(events []timeline.Event[op], id uuid.UUID) bool {
	return slices.ContainsFunc(events, func(e timeline.Event[op]) bool { return e.ID == id && len(e.Replaces) > 0 })
}
