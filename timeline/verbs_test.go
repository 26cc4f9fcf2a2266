package timeline_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/internal/model"
	"github.com/leapmotor-timeline/leapmotor/internal/testbox"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The days that drawn histories lie within, with one to spare on each side.
var (
	firstDay = edtf.MustDay("2024-04-30")
	lastDay  = edtf.MustDay("2024-05-09")
)

// A drawn history, as the engine has it and as the model has it.
type drawn struct {
	line *timeline.Timeline[box, op]
	h    model.History[box, op]
}

func (d drawn) String() string {
	return fmt.Sprintf("as known on %v, sequenced %v%s", d.h.Known, d.h.Sequenced, show(d.h.Events))
}

// drawView makes a timeline of events, and perhaps a view of it. It returns
// false if they are refused.
func drawView(t *rapid.T, events []timeline.Event[op]) (drawn, bool) {
	line, err := timeline.New(foldBox, events...)
	h := model.History[box, op]{Fold: foldBox, Events: events, Known: edtf.DistantFuture, Related: related}
	if err == nil && oneIn(t, "sequenced", 5) {
		h.Sequenced = true
		line, err = line.Sequenced()
	}
	if err != nil {
		return drawn{}, false
	}
	if oneIn(t, "as known", 3) {
		h.Known = firstDay + edtf.Day(rapid.IntRange(0, 8).Draw(t, "known on"))
		line = line.KnownOn(h.Known)
	}
	if oneIn(t, "where", 5) {
		gone := id(rapid.IntRange(1, 5).Draw(t, "gone"))
		line = line.Where(func(e timeline.Event[op]) bool { return e.ID != gone })
		h.Events = slices.DeleteFunc(slices.Clone(events), func(e timeline.Event[op]) bool { return e.ID == gone })
	}
	return drawn{line, h}, true
}

func a(b box) int { return b.A }

func text(b box) string { return b.Text }

func all(b box) box { return b }

// A verbTally counts what the drawn histories were good for.
type verbTally struct{ taken, undecided, windows, several, surely int }

// TestVerbsAgreeWithModel holds every question about the course of things, and
// every explanation, against the slow reading of what it means.
func TestVerbsAgreeWithModel(t *testing.T) {
	t.Parallel()
	var n verbTally
	rapid.Check(t, n.verbsAgree)
	t.Logf("%d histories taken; %d changes undecided, %d with a window; %d reasons of more than one event; "+
		"%d times something was certain though on no day", n.taken, n.undecided, n.windows, n.several, n.surely)
	if n.undecided == 0 || n.windows == 0 || n.several == 0 {
		t.Error("the test shows nothing")
	}
}

func (n *verbTally) verbsAgree(t *rapid.T) {
	d, ok := drawView(t, drawHistory(t))
	if !ok {
		return
	}
	n.taken++
	n.trackAgrees(t, d)
	trackAgrees(t, d, "text", timeline.Value(text))
	trackAgrees(t, d, "state", timeline.Value(all))
	trackAgrees(t, d, "due", timeline.ValueOn(testbox.Due))
	limit := rapid.IntRange(0, 4).Draw(t, "limit")
	p := timeline.Value(func(b box) bool { return b.A > limit })
	switch rapid.IntRange(0, 3).Draw(t, "kind of test") {
	case 0:
		p = timeline.Is(timeline.Value(a), limit)
	case 1:
		p = timeline.Map(timeline.ValueOn(testbox.Due), func(n int) bool { return n > 10*limit })
	}
	c := model.CourseOf(d.h, firstDay, lastDay, p.Read)
	periodsAgree(t, d, p, c)
	if everAgrees(t, d, p, c) {
		n.surely++
	}
	duringAgrees(t, d, timeline.Value(a))
	duringAgrees(t, d, timeline.ValueOn(testbox.Due))
	day := firstDay + edtf.Day(rapid.IntRange(0, 9).Draw(t, "day"))
	n.several += whyAgrees(t, d, day, "a", timeline.Value(a))
	whyAgrees(t, d, day, "text", timeline.Value(text))
	whyNotAgrees(t, d, day, p)
	orderAgrees(t, d)
	aboutAgrees(t, d, day)
	claimsAgree(t, d, day)
}

func (n *verbTally) trackAgrees(t *rapid.T, d drawn) {
	undecided, windows := trackAgrees(t, d, "a", timeline.Value(a))
	n.undecided, n.windows = n.undecided+undecided, n.windows+windows
}

// trackAgrees returns how many changes are undecided, and how many are decided
// and have a window of several days.
func trackAgrees[V comparable](t *rapid.T, d drawn, what string, q timeline.Question[box, V]) (undecided, windows int) {
	c := model.CourseOf(d.h, firstDay, lastDay, q.Read)
	want := c.Track()
	got := slices.Collect(timeline.Track(d.line, q))
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s: %s\ngot  %v\nwant %v\n%v", what, fmt.Sprintf(format, args...), got, want, d)
	}
	if len(got) != len(want) {
		fail("%d changes, want %d", len(got), len(want))
	}
	for n, x := range got {
		w := want[n]
		earliest, latest := x.From.Bounds()
		if n == 0 {
			latest = edtf.DistantPast
		}
		others := map[V]bool{}
		for _, v := range x.Others {
			others[v] = true
		}
		switch {
		case x.Value != w.Value || fmt.Sprint(others) != fmt.Sprint(w.Others) && len(others)+len(w.Others) > 0:
			fail("change %d: %v or %v, want %v or %v", n, x.Value, x.Others, w.Value, w.Others)
		case n > 0 && (earliest != w.Earliest || latest != w.Latest):
			fail("change %d: from %v to %v, want %v to %v", n, earliest, latest, w.Earliest, w.Latest)
		case x.Undecided != w.Undecided || (x.Err != nil) != w.Err || x.Incomplete != nil:
			fail("change %d: undecided %v, err %v, incomplete %v", n, x.Undecided, x.Err, x.Incomplete)
		case n+1 < len(got) && (x.Until != got[n+1].From || x.Until.IsZero()), n+1 == len(got) && !x.Until.IsZero():
			fail("change %d: there is a gap", n)
		case !sameIDs(x.Because, w.Because):
			fail("change %d: because of %s, want %v", n, show(x.Because), w.Because)
		}
		if x.Undecided {
			undecided++
		} else if earliest < latest && n > 0 {
			windows++
		}
	}
	// Law 6: it agrees with At on every day.
	for day := firstDay; day <= lastDay; day++ {
		value := got[0].Value
		for _, x := range got[1:] {
			if x.From.Latest() <= day {
				value = x.Value
			}
		}
		if s := d.line.At(day); q.Read(s.State, day) != value {
			fail("on %v %v, and the snapshot %v", day, value, q.Read(s.State, day))
		}
	}
	return undecided, windows
}

func sameIDs(events []timeline.Event[op], ids map[uuid.UUID]bool) bool {
	for _, e := range events {
		if !ids[e.ID] {
			return false
		}
	}
	return len(events) == len(ids)
}

// periodsAgree checks that no life holds outside the periods, and that each one
// that is decided has its bounds from some life.
func periodsAgree(t *rapid.T, d drawn, p timeline.Question[box, bool], c model.Course[bool]) {
	periods := slices.Collect(d.line.Periods(p))
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s\nperiods %v\n%v", fmt.Sprintf(format, args...), periods, d)
	}
	bounds := func(w edtf.Date, none edtf.Day) (first, last edtf.Day) {
		if w.IsZero() {
			return none, none
		}
		return w.Bounds()
	}
	decidedPeriodsAgree(t, d, periods, c.Track())
	undecidedPeriodsAgree(t, d, periods, c)
	for n, period := range periods {
		begins, begun := bounds(period.From, edtf.DistantPast)
		ends, over := bounds(period.Until, edtf.DistantFuture)
		if n > 0 {
			if _, earlier := bounds(periods[n-1].From, edtf.DistantPast); earlier > begun {
				fail("period %d begins before the one before it", n)
			}
		}
		for _, l := range c.Lives {
			run, began := 0, edtf.DistantPast
			for m, lived := range l.Days {
				if day := firstDay + edtf.Day(m); lived.Value && begins <= day && day < over {
					if run == 0 {
						began = day
					}
					run++
				}
			}
			if len(l.Days) < int(lastDay-firstDay)+1 {
				continue // the fold refuses it
			}
			if period.Held == edtf.Certain && run == 0 {
				fail("period %d is not there in %v", n, l)
			}
			if days := period.Days(); !period.Undecided && len(periods) == 1 && run > 0 && !period.From.IsZero() && !period.Until.IsZero() &&
				(run < days.Min || run > days.Max || began < begins || began > begun || began+edtf.Day(run) < ends || began+edtf.Day(run) > over) {
				fail("period %d has %d days from %v", n, run, began)
			}
		}
	}
	for _, l := range c.Lives {
		for m, lived := range l.Days {
			day := firstDay + edtf.Day(m)
			inside := slices.ContainsFunc(periods, func(p timeline.Period[op]) bool {
				begins, _ := bounds(p.From, edtf.DistantPast)
				_, over := bounds(p.Until, edtf.DistantFuture)
				return begins <= day && day < over
			})
			if lived.Value && !inside {
				fail("it may hold on %v", day)
			}
		}
	}
}

// decidedPeriodsAgree checks periods against a track in which everything is
// decided: each value that is true is one.
func decidedPeriodsAgree(t *rapid.T, d drawn, periods []timeline.Period[op], track []model.Change[bool]) {
	var want []int
	for n, x := range track {
		if x.Undecided || x.Err {
			return
		}
		if x.Value {
			want = append(want, n)
		}
	}
	if len(periods) != len(want) {
		t.Fatalf("periods %v, want %v\n%v", periods, track, d)
	}
	same := func(w edtf.Date, x model.Change[bool]) bool {
		first, last := w.Bounds()
		return first == x.Earliest && last == x.Latest
	}
	for i, n := range want {
		p := periods[i]
		last := n+1 == len(track)
		switch {
		case n > 0 && (!same(p.From, track[n]) || !sameIDs(p.Began, track[n].Because)), n == 0 && !p.From.IsZero():
			t.Fatalf("period %v began %v because of %s, want %v\n%v", p, p.From, show(p.Began), track[n], d)
		case !last && (!same(p.Until, track[n+1]) || !sameIDs(p.Ended, track[n+1].Because)), last && !p.Until.IsZero():
			t.Fatalf("period %v ended %v because of %s, want %v\n%v", p, p.Until, show(p.Ended), track, d)
		}
		lasts := last || n == 0 || track[n].Latest < track[n+1].Earliest
		if p.Undecided || (p.Held == edtf.Certain) != lasts {
			t.Fatalf("period %v: undecided %v, held %v\n%v", p, p.Undecided, p.Held, d)
		}
	}
}

// undecidedPeriodsAgree checks the bounds of periods of which it is undecided what
// happened: the first and the last day on which they began, and were over, in any life
// that has them, and whether all have.
func undecidedPeriodsAgree(t *rapid.T, d drawn, periods []timeline.Period[op], c model.Course[bool]) {
	if slices.ContainsFunc(c.Lives, func(l model.Life[bool]) bool { return len(l.Days) < int(lastDay-firstDay)+1 }) {
		return // the fold refuses one, which was possible until then
	}
	for _, p := range periods {
		if !p.Undecided || p.Err != nil || p.From.IsZero() || p.Until.Latest() > lastDay {
			continue
		}
		held := edtf.Certain
		begin, end := [2]edtf.Day{edtf.DistantFuture, edtf.DistantPast}, [2]edtf.Day{edtf.DistantFuture, edtf.DistantPast}
		for _, l := range c.Lives {
			first, last := edtf.DistantFuture, edtf.DistantPast
			for n, lived := range l.Days {
				if day := firstDay + edtf.Day(n); lived.Value && day >= p.From.Earliest() && day < p.Until.Latest() {
					first, last = min(first, day), day
				}
			}
			if first == edtf.DistantFuture {
				held = edtf.Possible
				continue
			}
			begin[0], begin[1] = min(begin[0], first), max(begin[1], first)
			end[0], end[1] = min(end[0], last+1), max(end[1], last+1)
		}
		if p.From != edtf.Between(begin[0], begin[1]) || p.Until != edtf.Between(end[0], end[1]) || p.Held != held {
			t.Fatalf("period %v, want %v, from %v to %v, until %v to %v\n%v", p, held, begin[0], begin[1], end[0], end[1], d)
		}
	}
}

// duringAgrees checks the values over some days against those of each life.
func duringAgrees(t *rapid.T, d drawn, q timeline.Question[box, int]) {
	first := firstDay + edtf.Day(rapid.IntRange(0, 9).Draw(t, "during from"))
	last := first + edtf.Day(rapid.IntRange(0, int(lastDay-first)).Draw(t, "during to"))
	if d.line.At(last).Err != nil {
		return // nothing is certain once there is a fault
	}
	got, err := timeline.During(d.line, first, last, q)
	if err != nil || !got.Complete() {
		t.Fatalf("%v %v\n%v", got, err, d)
	}
	want := map[int]bool{}
	all := model.CourseOf(d.h, firstDay, lastDay, q.Read)
	for day := first; day <= last; day++ {
		for v := range all.On(day) {
			want[v] = true
		}
	}
	truth := func(lives, held int) edtf.Truth {
		if held == 0 || held == lives {
			return edtf.TruthOf(held > 0)
		}
		return edtf.Possible
	}
	for _, v := range got.Values {
		is := timeline.Is(q, v.Value)
		ever := truth(model.Ever(model.CourseOf(d.h, firstDay, lastDay, is.Read), first, last))
		always := truth(model.Ever(model.CourseOf(d.h, firstDay, lastDay, timeline.Not(is).Read), first, last)).Not()
		if !want[v.Value] || v.Ever != ever || v.Always != always {
			t.Fatalf("from %v to %v: %v ever %v always %v, want %v, %v\n%v", first, last, v.Value, v.Ever, v.Always, ever, always, d)
		}
	}
	if len(got.Values) != len(want) {
		t.Fatalf("from %v to %v: %v, want %v\n%v", first, last, got, want, d)
	}
}

// everAgrees reports whether p certainly held on some day, but certainly on
// none of them.
func everAgrees(t *rapid.T, d drawn, p timeline.Question[box, bool], c model.Course[bool]) (surely bool) {
	first := firstDay + edtf.Day(rapid.IntRange(0, 9).Draw(t, "first"))
	last := first + edtf.Day(rapid.IntRange(0, int(lastDay-first)).Draw(t, "last"))
	lives, held := model.Ever(c, first, last)
	want := edtf.Possible
	if lives > 0 && (held == 0 || held == lives) {
		want = edtf.TruthOf(held > 0)
	}
	if got := d.line.Ever(first, last, p).Truth; d.line.At(last).Err != nil {
		// Nothing is certain once there is a fault.
		certain := false
		for day := first; day <= last && d.line.At(day).Err == nil; day++ {
			certain = certain || d.line.Holds(day, p).Truth == edtf.Certain
		}
		if got != edtf.Possible && !certain {
			t.Fatalf("ever from %v to %v: %v, though there is a fault\n%v", first, last, got, d)
		}
		return false
	} else if got != want {
		t.Fatalf("ever from %v to %v: %v, want %v (%d of %d)\n%v", first, last, got, want, held, lives, d)
	}
	always := d.line.Always(first, last, timeline.Not(p)).Truth
	if got := d.line.Ever(first, last, p).Truth; always != got.Not() {
		t.Fatalf("ever %v, and always not %v\n%v", got, always, d)
	}
	for day := first; day <= last && want == edtf.Certain; day++ {
		surely = d.line.Holds(day, p).Truth != edtf.Certain
		if !surely {
			break
		}
	}
	if d.line.At(lastDay).Err != nil {
		return surely
	}
	window, verdict := d.line.First(p)
	truth := verdict.Truth
	earliest, latest, lastPossible := edtf.DistantFuture, edtf.DistantFuture, edtf.DistantPast
	for day := lastDay; day >= firstDay; day-- {
		if c.On(day)[true] {
			earliest, lastPossible = day, max(lastPossible, day)
		}
		if lives, held := model.Ever(c, firstDay, day); lives > 0 && lives == held {
			latest = day
		}
	}
	wantTruth := edtf.Possible
	switch {
	case c.Before:
		if !window.IsZero() || truth != edtf.Certain {
			t.Fatalf("first %v %v\n%v", window, truth, d)
		}
		return surely
	case earliest == edtf.DistantFuture:
		wantTruth = edtf.No
	case latest <= lastDay:
		wantTruth = edtf.Certain
	case lastPossible < lastDay:
		latest = lastPossible
	}
	if truth != wantTruth || window != edtf.Between(earliest, latest) {
		t.Fatalf("first %v %v, want %v to %v %v\n%v", window, truth, earliest, latest, wantTruth, d)
	}
	return surely
}

func orderAgrees(t *rapid.T, d drawn) {
	i := id(rapid.IntRange(1, 5).Draw(t, "first of order"))
	j := id(rapid.IntRange(1, 5).Draw(t, "second of order"))
	found := d.h.Relations(i, j)
	want := timeline.RelationUndecided
	if len(found) == 1 {
		for r := range found {
			want = r
		}
	}
	if i == j && len(found) > 0 {
		want = timeline.RelationSameDay
	}
	got, err := d.line.Order(i, j)
	if (err != nil) != (len(found) == 0) || got != want {
		t.Fatalf("%d and %d: %v, want %v\n%v", i[15], j[15], got, want, d)
	}
}

// aboutAgrees checks that leaving out what has nothing to do with a part changes
// no answer about it.
func aboutAgrees(t *rapid.T, d drawn, day edtf.Day) {
	full := ask(d.line, day, a)
	if full.Err != nil || len(full.Options) == 0 {
		return
	}
	q := timeline.Value(a).Reading("a")
	q.Names = []string{} // whether there is such a part or not
	if got := must(timeline.Ask(d.line, day, q)); !sameSet(got.Values(), full.Values()) || got.Err != nil {
		t.Fatalf("about a, on %v: %v, want %v\n%v", day, got, full, d)
	}
	if d.line.At(lastDay).Err != nil {
		return
	}
	whole, part := slices.Collect(track(d.line, a)), slices.Collect(timeline.Track(d.line, q))
	if fmt.Sprint(whole) != fmt.Sprint(part) {
		t.Fatalf("about a: %v, want %v\n%v", part, whole, d)
	}
	about, err := d.line.About("a")
	if err != nil {
		return
	}
	for e := range about.Events() {
		if _, ok := d.line.ByID(e.ID); !ok {
			t.Fatalf("%s is not in the timeline\n%v", show([]timeline.Event[op]{e}), d)
		}
	}
	if about.Len() != len(slices.Collect(about.Events())) {
		t.Fatalf("%d events, Len %d", len(slices.Collect(about.Events())), about.Len())
	}
}

func sameSet[V comparable](a, b []V) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(v V) bool { return !slices.Contains(b, v) })
}
