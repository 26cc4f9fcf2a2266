package timeline_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/model"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// whyAgrees returns how many reasons name more than one event.
func whyAgrees[V comparable](t *rapid.T, d drawn, day edtf.Day, what string, q timeline.Question[box, V]) (several int) {
	answer := must(timeline.Ask(d.line, day, q))
	reasons := must(timeline.Why(d.line, day, q))
	pick := func(b box) V { return q.Read(b, day) }
	if fmt.Sprint(len(reasons)) != fmt.Sprint(len(answer.Options)) {
		t.Fatalf("%d reasons for %v\n%v", len(reasons), answer, d)
	}
	worlds := d.h.Folded(day)
	for n, r := range reasons {
		if r.Value != answer.Options[n].Value {
			t.Fatalf("reason for %v, want %v\n%v", r.Value, answer.Options[n].Value, d)
		}
		if !slices.ContainsFunc(worlds, func(world []timeline.Event[op]) bool { return isReason(world, r, pick) }) {
			t.Fatalf("%s on %v: no world has the reason %v of %v\n%v", what, day, reasonIDs(r), r.Value, d)
		}
		if len(r.Because) > 1 {
			several++
		}
	}
	return several
}

func reasonIDs[V comparable](r timeline.Reason[V, op]) (ids []byte) {
	for _, c := range r.Because {
		ids = append(ids, c.Event.ID[15])
	}
	return ids
}

// isReason reports whether r is the reason of its value if just this happened,
// in this order: the last change, and the fewest that lead up to it.
func isReason[V comparable](world []timeline.Event[op], r timeline.Reason[V, op], pick func(box) V) bool {
	values := []V{pick(box{})}
	last := -1
	var b box
	for n, e := range world {
		b, _ = foldBox(b, e)
		values = append(values, pick(b))
		if values[n] != values[n+1] {
			last = n
		}
	}
	if pick(b) != r.Value {
		return false
	}
	if last < 0 {
		return len(r.Because) == 0
	}
	fewest := len(world)
	given := map[uuid.UUID]bool{}
	for _, c := range r.Because {
		given[c.Event.ID] = true
		n := slices.IndexFunc(world, func(e timeline.Event[op]) bool { return e.ID == c.Event.ID })
		if n < 0 || c.From != values[n] || c.To != values[n+1] {
			return false
		}
	}
	works := false
	for set := range 1 << last {
		var s box
		var err error
		size, same := 1, given[world[last].ID]
		for n := range last {
			in := set>>n&1 == 1
			same = same && in == given[world[n].ID]
			if in && err == nil {
				size++
				s, err = foldBox(s, world[n])
			}
		}
		before := pick(s)
		if err == nil {
			s, err = foldBox(s, world[last])
		}
		if err == nil && before != r.Value && pick(s) == r.Value {
			fewest = min(fewest, size)
			works = works || same
		}
	}
	return works && len(given) == fewest
}

func whyNotAgrees(t *rapid.T, d drawn, day edtf.Day, q timeline.Question[box, bool]) {
	p := func(b box) bool { return q.Read(b, day) }
	missing := d.line.WhyNot(day, q)
	if missing.Truth != d.line.Holds(day, q).Truth {
		t.Fatalf("holds %v\n%v", missing.Truth, d)
	}
	worlds := d.h.Worlds(day)
	possible := slices.ContainsFunc(worlds, func(w model.World[box]) bool { return p(w.State) })
	snapshot := d.line.At(day)
	had := snapshot.Err == nil && p(snapshot.State)
	if (len(missing.Undecided) > 0) != (possible && !had) {
		t.Fatalf("on %v possible %v, had %v, undecided %v\n%v", day, possible, had, missing.Undecided, d)
	}
	for _, w := range missing.Undecided {
		if !explained(worlds, true, slices.Concat(w.If, w.Without), p) {
			t.Fatalf("on %v no world has just %s without %s\n%v", day, show(w.If), show(w.Without), d)
		}
		for _, x := range worlds {
			if size := len(w.If) + len(w.Without); p(x.State) && len(x.Corrections) == 0 && len(x.Deviations) < size {
				t.Fatalf("on %v %d events, and %v would do\n%v", day, size, x.Deviations, d)
			}
		}
	}
	singlesAgree(t, d, day, p, missing, worlds)
	correctionsAgree(t, d, day, p, missing)
	if len(missing.Undecided) == 0 && !had {
		laterAgrees(t, d, day, q, missing)
	}
	if possible || had {
		if len(missing.Unknown) > 0 {
			t.Fatalf("it is possible already, without %s\n%v", show(missing.Unknown), d)
		}
		return
	}
	knowing := func(ids map[uuid.UUID]bool) bool {
		h := d.h
		h.Events = slices.Clone(h.Events)
		for n := range h.Events {
			if ids[h.Events[n].ID] {
				h.Events[n].Known = h.Known.Date()
			}
		}
		return slices.ContainsFunc(h.Worlds(day), func(w model.World[box]) bool { return p(w.State) })
	}
	ids := map[uuid.UUID]bool{}
	for _, e := range missing.Unknown {
		ids[e.ID] = true
	}
	if len(ids) == 0 {
		all := map[uuid.UUID]bool{}
		for _, e := range d.h.Events {
			all[e.ID] = knownOf(e).Earliest() > d.h.Known
		}
		if knowing(all) {
			t.Fatalf("on %v it is possible once all is known\n%v", day, d)
		}
		return
	}
	if !knowing(ids) {
		t.Fatalf("on %v it is not possible even with %s\n%v", day, show(missing.Unknown), d)
	}
	for one := range ids {
		delete(ids, one)
		if knowing(ids) {
			t.Fatalf("on %v it is possible without %v\n%v", day, one, d)
		}
		ids[one] = true
	}
}

func knownOf(e timeline.Event[op]) edtf.Date {
	if e.Known.IsZero() {
		return e.When
	}
	return e.Known
}

// laterAgrees checks when it next comes to hold.
func laterAgrees(t *rapid.T, d drawn, day edtf.Day, q timeline.Question[box, bool], missing timeline.Missing[op]) {
	for n, x := range model.CourseOf(d.h, firstDay, lastDay, q.Read).Track() {
		if n == 0 || x.Latest <= day || !x.Value && !x.Others[true] {
			continue
		}
		if first, last := missing.Later.Bounds(); first != x.Earliest || last != x.Latest || !sameIDs(missing.LaterBecause, x.Because) {
			t.Fatalf("after %v it holds %v because of %s, want %v to %v\n%v", day, missing.Later, show(missing.LaterBecause), x.Earliest, x.Latest, d)
		}
		return
	}
	if !missing.Later.IsZero() {
		t.Fatalf("after %v it holds %v, and never should\n%v", day, missing.Later, d)
	}
}

// singlesAgree checks that every single event is named that would do, where
// nothing is replaced or rival.
func singlesAgree(t *rapid.T, d drawn, day edtf.Day, p func(box) bool, missing timeline.Missing[op], worlds []model.World[box]) {
	if len(missing.Undecided) == 0 || slices.ContainsFunc(d.h.Events, func(e timeline.Event[op]) bool {
		return len(e.Replaces) > 0 || e.Rival != "" || e.When.Latest() <= day
	}) {
		return
	}
	for _, w := range worlds {
		if !p(w.State) || len(w.Deviations) != 1 {
			continue
		}
		if !slices.ContainsFunc(missing.Undecided, func(way timeline.Scenario[op]) bool {
			return len(way.If) == 1 && w.Deviations[way.If[0].ID]
		}) {
			t.Fatalf("on %v %v would do, and is not among %v\n%v", day, w.Deviations, missing.Undecided, d)
		}
	}
}

// claimsAgree checks each claim against the history in which its event has no
// rivals.
func claimsAgree(t *rapid.T, d drawn, day edtf.Day) {
	claims := claims(d.line, day, a)
	for _, c := range claims {
		h := d.h
		h.Chosen = map[string]uuid.UUID{c.Event.Rival: c.Event.ID}
		var want []int
		for _, w := range h.Worlds(day) {
			if v := w.State.A; !slices.Contains(want, v) {
				want = append(want, v)
			}
		}
		if !sameSet(want, c.Answer.Values()) {
			t.Fatalf("on %v %d claims %v, want %v\n%v", day, c.Event.ID[15], c.Answer, want, d)
		}
	}
	byKey := map[string][]timeline.Claim[int, op]{}
	for _, c := range claims {
		byKey[c.Event.Rival] = append(byKey[c.Event.Rival], c)
	}
	for key, cs := range byKey {
		if !slices.ContainsFunc(cs, func(c timeline.Claim[int, op]) bool {
			return !sameSet(c.Answer.Values(), cs[0].Answer.Values())
		}) {
			t.Fatalf("the rivals %s agree\n%v", key, d)
		}
	}
	corrected := slices.ContainsFunc(d.h.Events, func(e timeline.Event[op]) bool { return len(e.Replaces) > 0 })
	for _, key := range []string{"x", "y"} {
		if len(byKey[key]) == 0 && !corrected && disputed(d.h, day, key) {
			t.Fatalf("on %v the rivals %s disagree, and there is no claim\n%v", day, key, d)
		}
	}
}

// disputed reports whether rivals disagree about A.
func disputed(h model.History[box, op], day edtf.Day, key string) bool {
	var seen [][]int
	for _, e := range h.Events {
		if e.Rival != key || knownOf(e).Earliest() > h.Known {
			continue
		}
		h.Chosen = map[string]uuid.UUID{key: e.ID}
		var values []int
		for _, w := range h.Worlds(day) {
			if !slices.Contains(values, w.State.A) {
				values = append(values, w.State.A)
			}
		}
		seen = append(seen, values)
	}
	return slices.ContainsFunc(seen, func(values []int) bool { return !sameSet(values, seen[0]) })
}

// correctionsAgree checks that without the corrections that are named it would
// be possible, and with any one of them not.
func correctionsAgree(t *rapid.T, d drawn, day edtf.Day, p func(box) bool, missing timeline.Missing[op]) {
	without := func(except uuid.UUID) bool {
		h := d.h
		h.Events = slices.DeleteFunc(slices.Clone(h.Events), func(e timeline.Event[op]) bool {
			return e.ID != except && slices.ContainsFunc(missing.Corrections, func(c timeline.Event[op]) bool { return c.ID == e.ID })
		})
		return slices.ContainsFunc(h.Worlds(day), func(w model.World[box]) bool { return p(w.State) })
	}
	if len(missing.Corrections) == 0 {
		return
	}
	if !without(uuid.Nil) {
		t.Fatalf("on %v it is not possible even without %s\n%v", day, show(missing.Corrections), d)
	}
	for _, c := range missing.Corrections {
		if without(c.ID) {
			t.Fatalf("on %v it is possible with %d, too\n%v", day, c.ID[15], d)
		}
	}
}

// Of two ways to the same state, the one stays that is the nearer in the end: here c
// comes before the others, and is then the only event that is not where the baseline
// has it.
func TestWhyNotNamesTheFewest(t *testing.T) {
	a, b := event(1, "[2024-05-01..2024-05-02]", "a", 0), event(2, "2024-05-02", "a", 0)
	c, last := event(3, "[2024-05-01..2024-05-03]", "a", 0), event(4, "2024-05-03", "a", 4)
	a.Seq, b.Seq, c.Seq, last.Seq, c.After = 2, 0, 1, 0, []uuid.UUID{id(2)}
	missing := newBox(t, a, b, c, last).WhyNot(day("2024-05-03"), timeline.Value(func(b box) bool { return b.A == 4 }))
	var ways []string
	for _, w := range missing.Undecided {
		ways = append(ways, names(w.If)+" without "+names(w.Without))
	}
	assert.Equal(t, []string{"e3 without "}, ways)
}
