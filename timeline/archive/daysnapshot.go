package archive

import (
	"math"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A daySnapshot is the whole of an archive on a day: for each stream the state, and
// the days from which and until which it is so, in columns. Who asks for all
// streams on a day between two of them finds most in the one or the other, and does not have
// to look into the streams. Day snapshots are made by being asked for: the farther a
// day is from those there are, the more streams have changed on both sides,
// and when it is many a daySnapshot is made of that day too.
type daySnapshot[S, E any] struct {
	day      edtf.Day
	versions []*version[S, E] // by the number of the stream; nil if there is nothing to be had
	states   []S              // in one piece, so that they are read one after the other
	from     []int32
	until    []int32 // the day itself is out
	size     snapshotSize
	used     atomic.Int64
}

// A snapshotSize is about how many bytes a daySnapshot takes. It shares what is behind the pointers of
// its states with those that are kept in leaves. When leaves have let states go, it may be the last
// to hold them.
type snapshotSize struct {
	own  int64 // beside what leaves hold too
	full int64 // if nobody else holds any of it
}

// of returns the size that counts, if leaves have let states go or not.
func (s snapshotSize) of(full bool) int64 {
	if full {
		return s.full
	}
	return s.own
}

func newDaySnapshot[S, E any](day edtf.Day, streams int) *daySnapshot[S, E] {
	return &daySnapshot[S, E]{
		day: day, versions: make([]*version[S, E], streams), states: make([]S, streams),
		from: make([]int32, streams), until: make([]int32, streams),
	}
}

// daySnapshotSize returns about how much a daySnapshot of so many streams takes, each of which has so many bytes
// behind its pointers.
func daySnapshotSize[S, E any](streams int, behind int64) snapshotSize {
	own := allocated[*version[S, E]](streams) + allocated[S](streams) + 2*allocated[int32](streams)
	return snapshotSize{own: own, full: own + behind*int64(streams)}
}

// has reports whether d has the state of stream i, of the given version, on
// day.
func (d *daySnapshot[S, E]) has(i int, v *version[S, E], day edtf.Day) bool {
	return d != nil && i < len(d.versions) && d.versions[i] == v && d.from[i] <= int32(day) && int32(day) < d.until[i]
}

// outdated reports whether d has stream i of another version than the given.
func (d *daySnapshot[S, E]) outdated(i int, v *version[S, E]) bool {
	return d != nil && i < len(d.versions) && d.versions[i] != nil && d.versions[i] != v
}

// misses returns of how many streams neither d nor other has a state on day, versions aside.
func (d *daySnapshot[S, E]) misses(other *daySnapshot[S, E], streams int, day edtf.Day) int {
	if d == nil {
		return streams
	}
	common := min(len(d.from), len(other.from), streams)
	n := streams - common
	for i := range common {
		if (d.from[i] > int32(day) || int32(day) >= d.until[i]) && (other.from[i] > int32(day) || int32(day) >= other.until[i]) {
			n++
		}
	}
	return n
}

// get returns the state of stream i, which d has.
func (d *daySnapshot[S, E]) get(i int) spanState[S] {
	return spanState[S]{result[S]{state: &d.states[i]}, edtf.Day(d.from[i]), edtf.Day(d.until[i])}
}

// keep puts what was found of stream i into d, if d is not nil. A state that is kept nowhere else has so
// many bytes behind its pointers. A stream that the fold refuses has no state here, and is not
// missed: it is looked up each time.
func (d *daySnapshot[S, E]) keep(i int, v *version[S, E], s *spanState[S], behind int64) {
	switch {
	case d == nil:
	case s.err != nil:
		d.from[i], d.until[i] = math.MinInt32, math.MaxInt32
	default:
		d.versions[i], d.states[i], d.from[i], d.until[i] = v, *s.state, int32(s.from), int32(s.until)
		if s.fresh {
			d.size.own += behind
		}
	}
}
