package timeline

import (
	"slices"
	"time"
)

// RecordedBy returns t with only the events that a log had recorded by an instant: its
// Recorded is not after it. Events that say no such time stay: a log that knows when it
// recorded its last events may not know it of its first, and a history from a file has no
// log. What the events that are left refer to may be missing.
//
// It is a third time beside the two of [Timeline.At] and [Timeline.KnownOn]: not when a
// thing was so nor when it became public, but when it was written down, to the microsecond.
func (t *Timeline[S, E]) RecordedBy(instant time.Time) *Timeline[S, E] {
	return t.recorded(
		func(e Event[E]) bool { return !e.Recorded.After(instant) },
		func(e *LackingError) bool { return !e.Recorded.After(instant) },
	)
}

// AsOfSeq returns t with only the events whose Seq is not greater than this one: what a
// stream of a log held at that revision. Events without Seq stay, since theirs is 0. What
// the events that are left refer to may be missing.
func (t *Timeline[S, E]) AsOfSeq(seq int64) *Timeline[S, E] {
	return t.recorded(
		func(e Event[E]) bool { return e.Seq <= seq },
		func(e *LackingError) bool { return e.Seq <= seq },
	)
}

// recorded returns t with those of its events that are kept, and those it lacks.
func (t *Timeline[S, E]) recorded(keep func(Event[E]) bool, lacks func(*LackingError) bool) *Timeline[S, E] {
	u := t.Where(keep)
	for _, v := range []*Timeline[S, E]{u, u.whole} {
		if v != nil {
			v.rules.lacking = slices.DeleteFunc(slices.Clone(v.rules.lacking), func(e *LackingError) bool { return !lacks(e) })
		}
	}
	return u
}
