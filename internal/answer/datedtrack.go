package answer

import (
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A change is a row of the track of a value.
type change = timeline.Change[string, events.Payload]

// A datedTrack is the track of a value that changes with the days alone as well,
// since plans fall due.
type datedTrack struct {
	address address
	history *events.History
	dueDays []edtf.Day // the days from which on the value may be another
	changes []change   // of what the value is made of
	states  map[string]events.Company
	found   []change
}

func newDatedTrack(history *events.History, a address) *datedTrack {
	t := &datedTrack{address: a, history: history, dueDays: PlanDays(history), states: map[string]events.Company{}}
	// Whatever events change shows before or after everything has fallen due, or
	// in the window, which a status does not have in it.
	key := func(c events.Company) string {
		k := a.pick(edtf.MinDay)(c) + a.pick(edtf.DistantFuture)(c) + a.window().pick(edtf.MinDay)(c)
		t.states[k] = c
		return k
	}
	t.changes = slices.Collect(timeline.Track(history, key))
	return t
}

// rows returns the track.
func (t *datedTrack) rows() []change {
	for n := 0; n < len(t.changes); {
		t.addCertain(n)
		next := t.nextCertain(n)
		if next < len(t.changes) && !t.addUncertain(n, next) {
			break
		}
		n = next
	}
	return t.found
}

// bounds returns the first day on which change n may have come, and that from
// which on it has.
func (t *datedTrack) bounds(n int) (open, end edtf.Day) {
	if from := t.changes[n].From; !from.IsZero() {
		return from.Bounds()
	}
	return edtf.MinDay, edtf.MinDay
}

// until returns the first day on which a change after n may have come.
func (t *datedTrack) until(n int) edtf.Day {
	until := edtf.DistantFuture
	for m := n + 1; m < len(t.changes); m++ {
		open, _ := t.bounds(m)
		until = min(until, open)
	}
	return until
}

// nextCertain returns the change after n from which on nothing else may be so
// for some days, or the last; the number of changes if n is the last.
func (t *datedTrack) nextCertain(n int) int {
	for n++; n < len(t.changes)-1; n++ {
		if _, end := t.bounds(n); end < t.until(n) {
			break
		}
	}
	return n
}

// valuesOn returns the values that change n makes possible on a day, that of the
// baseline first.
func (t *datedTrack) valuesOn(n int, day edtf.Day) []string {
	x := t.changes[n]
	pick := t.address.pick(day)
	found := []string{pick(t.states[x.Value])}
	for _, key := range x.Others {
		if v := pick(t.states[key]); !slices.Contains(found, v) {
			found = append(found, v)
		}
	}
	return found
}

// add adds a row, unless it says what the one before does.
func (t *datedTrack) add(x change, values []string) {
	x.Value, x.Others, x.Until = values[0], values[1:], edtf.Date{}
	if last := len(t.found) - 1; last >= 0 {
		before := &t.found[last]
		if before.Value == x.Value && sameSet(before.Others, x.Others) {
			return
		}
		before.Until = x.From
	}
	t.found = append(t.found, x)
}

// addCertain adds the rows of the days from which on change n has come, until
// the next may have.
func (t *datedTrack) addCertain(n int) {
	x := t.changes[n]
	_, first := t.bounds(n)
	t.add(x, t.valuesOn(n, first))
	for _, day := range between(t.dueDays, DayAfter(first), t.until(n)) {
		values := t.valuesOn(n, day)
		t.add(change{From: day.Date(), Undecided: x.Undecided && len(values) > 1, Incomplete: x.Incomplete, Err: x.Err}, values)
	}
}

// addUncertain adds the rows of the days on which the changes after n may have
// come, and next may not have. It returns false if they are the last, since there
// is no day by which next has come.
func (t *datedTrack) addUncertain(n, next int) bool {
	days := t.uncertain(n, next)
	if t.still(n, next, days) {
		for m := n + 1; m < next; m++ {
			_, end := t.bounds(m)
			t.add(t.changes[m], t.valuesOn(m, end))
		}
		return true
	}
	one := change{Undecided: true}
	for _, x := range t.changes[n+1 : next+1] {
		one.Because = append(one.Because, x.Because...)
		one.Incomplete = one.Incomplete || x.Incomplete
	}
	for _, day := range days {
		one.From = day.Date()
		values := []string{t.address.pick(day)(t.history.At(day).State)}
		for m := range t.current(n, next, day) {
			for _, v := range t.valuesOn(m, day) {
				if !slices.Contains(values, v) {
					values = append(values, v)
				}
			}
		}
		t.add(one, values)
	}
	_, end := t.bounds(next)
	t.changes[next].From = end.Date()
	return end < edtf.DistantFuture
}

// uncertain returns the days on which other values may become possible while
// the changes after n may come, and next has not.
func (t *datedTrack) uncertain(n, next int) []edtf.Day {
	_, first := t.bounds(n)
	_, end := t.bounds(next)
	first = max(first, t.until(n))
	days := append([]edtf.Day{first}, between(t.dueDays, DayAfter(first), end)...)
	for m := n + 1; m <= next; m++ {
		a, b := t.bounds(m)
		days = append(days, a, b)
	}
	slices.Sort(days)
	return between(slices.Compact(days), first, end)
}

// current returns those of the changes from n to next that may be the last on a
// day.
func (t *datedTrack) current(n, next int, day edtf.Day) iter.Seq[int] {
	return func(yield func(int) bool) {
		for m := n; m <= next; m++ {
			open, _ := t.bounds(m)
			over := edtf.DistantFuture
			if m < next {
				_, over = t.bounds(m + 1)
			}
			if open <= day && day < over && !yield(m) {
				return
			}
		}
	}
}

// still reports whether the changes from n to next make the same possible on each
// of the days as before the first of them, or once they have come.
func (t *datedTrack) still(n, next int, days []edtf.Day) bool {
	return !slices.ContainsFunc(days, func(day edtf.Day) bool {
		var known, have []string
		for m := range t.current(n, next, day) {
			_, sure := t.bounds(m)
			if m == n {
				sure = max(sure, t.until(n)-1)
			}
			known = append(known, t.valuesOn(m, sure)...)
			have = append(have, t.valuesOn(m, day)...)
		}
		return !subset(have, known) || !subset(known, have)
	})
}

// sameSet reports whether two lists, in which each value is once, have the same.
func sameSet(a, b []string) bool { return len(a) == len(b) && subset(a, b) }

// subset reports whether b has all of a.
func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return !slices.Contains(b, v) })
}

// DayAfter returns the day after another; after the distant future there is none.
func DayAfter(day edtf.Day) edtf.Day { return min(day, edtf.DistantFuture-1) + 1 }

// between returns those of ascending days that are from first on, and before end.
func between(days []edtf.Day, first, end edtf.Day) []edtf.Day {
	n, _ := slices.BinarySearch(days, first)
	m, _ := slices.BinarySearch(days, end)
	return days[n:max(n, m)]
}

// PlanDays returns the days on which the window of a plan opens or is over, of
// any that an event gives to a plan.
func PlanDays(h *events.History) []edtf.Day {
	var days []edtf.Day
	for e := range h.Events() {
		for _, window := range windowsOf(e.Data) {
			if !window.IsZero() {
				days = append(days, window.Earliest(), DayAfter(window.Latest()))
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// windowsOf returns the windows that an event gives to plans.
func windowsOf(p events.Payload) []edtf.Date {
	var windows []edtf.Date
	switch p := p.(type) {
	case events.PlanConsidered:
		windows = append(windows, p.Window)
	case events.PlanAnnounced:
		windows = append(windows, p.Window)
	case events.PlanMoved:
		windows = append(windows, p.Window)
	case events.PlansAnnounced:
		for plan := range p.Plans.All() {
			windows = append(windows, plan.Window)
		}
	case events.PlanDropped:
		for plan := range p.Instead.All() {
			windows = append(windows, plan.Window)
		}
	}
	return windows
}
