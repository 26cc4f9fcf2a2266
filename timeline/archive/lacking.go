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
func (a *Archive[S, E]) noting(lacking map[string][]*timeline.LackingError, yield func(string, timeline.Snapshot[S]) bool) func(string, timeline.Snapshot[S]) bool {
	if len(lacking) == 0 {
		return yield
	}
	return func(key string, s timeline.Snapshot[S]) bool {
		note(&s, lacking[key])
		return yield(key, s)
	}
}

// unlisted returns the keys of streams that lacked something, and were not among the first so many: those of
// which no record at all could be used. Load what is lacking before the streams are listed: one that
// becomes usable meanwhile is then in the one or the other.
func (a *Archive[S, E]) unlisted(lacking map[string][]*timeline.LackingError, streams int) (keys []string) {
	for key := range lacking {
		if s := a.streams.get(key); s == nil || int(s.number) >= streams {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// unlistedOn calls yield with the streams that are unlisted, as they are on day.
func (a *Archive[S, E]) unlistedOn(day edtf.Day, lacking map[string][]*timeline.LackingError, streams int, yield func(string, timeline.Snapshot[S]) bool) {
	for _, key := range a.unlisted(lacking, streams) {
		if !yield(key, a.At(key, day)) {
			return
		}
	}
}
