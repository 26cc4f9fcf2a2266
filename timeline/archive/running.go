package archive

import (
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// running is the state of a stream in the course of days.
type running[S, E any] struct {
	work    workspace[S, E]
	version *version[S, E]
	place   place[S]
	err     *timeline.FoldError
}

// farAhead is beyond how many events the state on a day is looked up: one that is kept is
// nearer then.
const farAhead = 24

// at returns the snapshot of a version on day.
func (r *running[S, E]) at(v *version[S, E], day edtf.Day) *timeline.Snapshot[S] {
	snapshot := &r.work.snapshot
	ahead := r.version == v && r.place.from <= day
	switch {
	case ahead && day < r.place.until:
	case ahead && r.err == nil && r.forward(day):
	default:
		r.work.prepare(v.stream.archive)
		r.version = nil // until the fold has returned, and not panicked
		place, k := v.placeOf(day)
		r.place = place
		result := v.stateIn(place, k, day, &r.work)
		v.stream.archive.handOut(snapshot, result, &r.work)
		r.version, r.err = v, result.err
	}
	snapshot.On, snapshot.KnownOn, snapshot.Err = day, edtf.DistantFuture, nil
	if r.err != nil {
		refused := *r.err // the caller's own
		snapshot.Err = &refused
	}
	return snapshot
}

// forward folds what happened up to day, or reports that it is better looked up.
func (r *running[S, E]) forward(day edtf.Day) bool {
	leaf := r.place.leaf
	count := r.place.count + worlds.Search(leaf.days[r.place.count:], int32(day))
	if !r.work.foldsInPlace() || count-r.place.count > farAhead || count == len(leaf.days) && r.version.root != leaf {
		return false
	}
	v := r.version
	r.version = nil // until the fold has returned, and not panicked
	for i := r.place.count; i < count; i++ {
		if r.work.step(v, leaf.slots[i]) != nil {
			return false // to be looked up, with the error
		}
	}
	r.version = v
	r.place.count, r.place.from, r.place.until = count, day, edtf.DistantFuture
	if count < len(leaf.days) {
		r.place.until = leaf.day(count)
	}
	return true
}
