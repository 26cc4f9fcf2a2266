package archive

import (
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A View is what could be known of an archive by the end of a day, or what a log held at
// some position or instant, or both. See [Archive.KnownOn], [Live.AsOf] and
// [Live.RecordedBy].
type View[S, E any] struct {
	archive *Archive[S, E]
	known   edtf.Day
	then    *past[S, E] // what the log held; nil for all that the archive has
	live    *Live[S, E] // of the log, if there is one
}

// KnownOn returns what could be known of v by the end of day. It can only take more away.
func (v View[S, E]) KnownOn(day edtf.Day) View[S, E] {
	v.known = min(v.known, day)
	return v
}

// At is [Archive.At] as it could be known then. Days before the first event
// that was not known cost what they cost in the archive; a later day costs
// folding from there. Events that are linked by After, Replaces or a Rival, and were not all known,
// are arranged anew: that costs n log n in their number.
func (v View[S, E]) At(key string, day edtf.Day) timeline.Snapshot[S] {
	if err := v.ensure(key); err != nil {
		return unreadSnapshot[S](day, v.known, err)
	}
	now, lacking := v.version(key)
	s := now.snapshot(day, v.known)
	note(&s, lacking)
	return s
}

// version returns the version of a stream that v shows, and what it lacks.
func (v View[S, E]) version(key string) (*version[S, E], []*timeline.LackingError) {
	if v.then != nil {
		s := v.then.stream(key)
		return s.version, s.lacking
	}
	return v.archive.version(key)
}

// All is [Archive.All] as it could be known then. It costs one At for each
// stream.
func (v View[S, E]) All(day edtf.Day) iter.Seq2[string, timeline.Snapshot[S]] {
	if v.live == nil || v.live.unread == nil {
		return v.all(day)
	}
	return func(yield func(string, timeline.Snapshot[S]) bool) {
		v.live.unreadAll(day, v.known, v.all(day), yield)
	}
}

// ensure reads a stream if that was not done yet.
func (v View[S, E]) ensure(key string) error {
	if v.live == nil {
		return nil
	}
	return v.live.ensure(key)
}

func (v View[S, E]) all(day edtf.Day) iter.Seq2[string, timeline.Snapshot[S]] {
	return func(yield func(string, timeline.Snapshot[S]) bool) {
		for key, s := range v.streams {
			if !yield(key, s.snapshot(day, v.known)) {
				return
			}
		}
	}
}

// streams calls yield with the key of each stream that v shows, and what there is of it.
func (v View[S, E]) streams(yield func(string, shownStream[S, E]) bool) {
	if v.then != nil {
		for key, s := range v.then.streams {
			if !yield(key, s.shownStream) {
				return
			}
		}
		return
	}
	lacking := v.archive.lackingNow()
	streams := v.archive.streams.all()
	for _, s := range streams {
		if !yield(s.key, shownStream[S, E]{s.value.current.Load(), lacking[s.key]}) {
			return
		}
	}
	for _, key := range v.archive.unlisted(lacking, len(streams)) {
		if version, now := v.archive.version(key); !yield(key, shownStream[S, E]{version, now}) {
			return
		}
	}
}

// A shownStream is what a view shows of a stream.
type shownStream[S, E any] struct {
	version *version[S, E]
	lacking []*timeline.LackingError
}

func (s *shownStream[S, E]) snapshot(day, known edtf.Day) timeline.Snapshot[S] {
	snapshot := s.version.snapshot(day, known)
	note(&snapshot, s.lacking)
	return snapshot
}

// Keys is [Archive.Keys] for the streams that the log held then; what was known does not
// matter.
func (v View[S, E]) Keys() iter.Seq[string] {
	switch {
	case v.then == nil && v.live != nil:
		return v.live.Keys()
	case v.then == nil:
		return v.archive.Keys()
	}
	return func(yield func(string) bool) {
		if v.live.ensureAll() != nil { // whoever asks for one of these is told
			for _, key := range v.live.unread.names() {
				if !yield(key) {
					return
				}
			}
		}
		for key := range v.then.streams {
			if !yield(key) {
				return
			}
		}
	}
}

// Timeline is [Archive.Timeline] as it could be known then.
func (v View[S, E]) Timeline(key string) (*timeline.Timeline[S, E], bool) {
	t, ok := v.timeline(key)
	if ok && v.known != edtf.DistantFuture {
		t = t.KnownOn(v.known)
	}
	return t, ok
}

func (v View[S, E]) timeline(key string) (*timeline.Timeline[S, E], bool) {
	if err := v.ensure(key); err != nil {
		return v.archive.unreadTimeline(err), true
	}
	if v.then == nil {
		return v.archive.Timeline(key)
	}
	s := v.then.stream(key)
	if !s.isThere() {
		return nil, false
	}
	return s.version.timeline().Lacking(s.lacking...), true
}
