package timeline_test

import (
	"iter"
	"maps"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// What follows asks questions about everything, for which no question can be a
// mistake but in its topics.

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ask[V comparable, S, E any](t *timeline.Timeline[S, E], day edtf.Day, pick func(S) V, topics ...string) timeline.Answer[V, E] {
	return must(timeline.Ask(t, day, timeline.Value(pick).About(topics...)))
}

func holds[S, E any](t *timeline.Timeline[S, E], day edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	return t.Holds(day, timeline.Value(p).About(topics...)).Truth
}

func track[V comparable, S, E any](t *timeline.Timeline[S, E], pick func(S) V) iter.Seq[timeline.Change[V, E]] {
	return timeline.Track(t, timeline.Value(pick))
}

func periods[S, E any](t *timeline.Timeline[S, E], p func(S) bool) iter.Seq[timeline.Period[E]] {
	return t.Periods(timeline.Value(p))
}

func firstTime[S, E any](t *timeline.Timeline[S, E], p func(S) bool) (edtf.Date, edtf.Truth) {
	window, v := t.First(timeline.Value(p))
	return window, v.Recorded
}

func ever[S, E any](t *timeline.Timeline[S, E], first, last edtf.Day, p func(S) bool, topics ...string) edtf.Truth {
	return t.Ever(first, last, timeline.Value(p).About(topics...)).Truth
}

func always[S, E any](t *timeline.Timeline[S, E], first, last edtf.Day, p func(S) bool) edtf.Truth {
	return t.Always(first, last, timeline.Value(p)).Truth
}

func why[V comparable, S, E any](t *timeline.Timeline[S, E], day edtf.Day, pick func(S) V) []timeline.Reason[V, E] {
	return must(timeline.Why(t, day, timeline.Value(pick)))
}

func whyNot[S, E any](t *timeline.Timeline[S, E], day edtf.Day, p func(S) bool) timeline.Missing[E] {
	return t.WhyNot(day, timeline.Value(p))
}

func claims[V comparable, S, E any](t *timeline.Timeline[S, E], day edtf.Day, pick func(S) V) []timeline.Claim[V, E] {
	return must(timeline.Claims(t, day, timeline.Value(pick)))
}

func happened[S, E any](t *timeline.Timeline[S, E], id uuid.UUID, day edtf.Day) edtf.Truth {
	return must(t.Happened(id, day))
}

func about[S, E any](t *timeline.Timeline[S, E], parts ...string) *timeline.Timeline[S, E] {
	return must(t.About(parts...))
}

// keys returns the keys of a map.
func keys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
