package archive

import (
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A View is what could be known of an archive by the end of a day.
type View[S, E any] struct {
	archive *Archive[S, E]
	known   edtf.Day
}

// At is [Archive.At] as it could be known then. Days before the first event
// that was not known cost what they cost in the archive; a later day costs
// folding from there.
func (v View[S, E]) At(key string, day edtf.Day) timeline.Snapshot[S] {
	return v.archive.at(key, day, v.known)
}

// All is [Archive.All] as it could be known then. It costs one At for each
// stream.
func (v View[S, E]) All(day edtf.Day) iter.Seq2[string, timeline.Snapshot[S]] {
	return func(yield func(string, timeline.Snapshot[S]) bool) {
		yield = v.archive.noting(yield)
		for _, s := range v.archive.streams.all() {
			if !yield(s.key, s.value.current.Load().snapshot(day, v.known)) {
				return
			}
		}
	}
}

// Timeline is [Archive.Timeline] as it could be known then.
func (v View[S, E]) Timeline(key string) (*timeline.Timeline[S, E], bool) {
	t, ok := v.archive.Timeline(key)
	if ok {
		t = t.KnownOn(v.known)
	}
	return t, ok
}
