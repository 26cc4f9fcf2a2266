package archive

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// The archive of a log lacks the records that it cannot use. A snapshot of their stream
// says so from their day on, and a stream of which no record can be used is there too.

// lackingNow returns what each stream lacks, nil if none lacks anything. Load it before the
// streams: a version that is read later lacks no more than that.
func (a *Archive[S, E]) lackingNow() map[string][]*timeline.LackingError {
	if all := a.lacking.Load(); all != nil {
		return *all
	}
	return nil
}

// note says in a snapshot which event is lacking that may count in it.
func note[S any](s *timeline.Snapshot[S], lacking []*timeline.LackingError) {
	if s.Err == nil {
		s.Err = lackingOn(lacking, s.On, s.KnownOn)
	}
}

// lackingOn returns which event is lacking that may count on day, as known on another; nil
// if none is.
func lackingOn(lacking []*timeline.LackingError, day, known edtf.Day) error {
	for _, e := range lacking {
		if e.When.Earliest() <= day && e.Known.Earliest() <= known {
			return e
		}
	}
	return nil
}

// noting returns yield for snapshots that say what is lacking.
func (a *Archive[S, E]) noting(yield func(string, timeline.Snapshot[S]) bool) func(string, timeline.Snapshot[S]) bool {
	lacking := a.lackingNow()
	if len(lacking) == 0 {
		return yield
	}
	return func(key string, s timeline.Snapshot[S]) bool {
		note(&s, lacking[key])
		return yield(key, s)
	}
}

// unusable returns the keys of streams of which no record at all can be used.
func (a *Archive[S, E]) unusable() (keys []string) {
	for key := range a.lackingNow() {
		if a.streams.get(key) == nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// unusableAll calls yield with the streams of which no record can be used, and what they
// lack on day.
func (a *Archive[S, E]) unusableAll(day edtf.Day, yield func(string, timeline.Snapshot[S]) bool) {
	for _, key := range a.unusable() {
		if !yield(key, a.At(key, day)) {
			return
		}
	}
}
