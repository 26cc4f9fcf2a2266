package archive

import (
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// All returns an iterator over the keys of all streams, and the snapshot of
// each at the end of day, in the order in which the streams were first
// appended to. It keeps what it finds for some of the days, as far as a quarter
// of the budget allows, and finds most of it again on days near them.
func (a *Archive[S, E]) All(day edtf.Day) iter.Seq2[string, timeline.Snapshot[S]] {
	return func(yield func(string, timeline.Snapshot[S]) bool) {
		whole := true
		lacking := a.lackingNow()
		streams := a.streams.all()
		note := a.noting(lacking, yield)
		a.all(streams, day, func(key string, s timeline.Snapshot[S]) bool {
			whole = note(key, s)
			return whole
		})
		if whole {
			a.unlistedOn(day, lacking, len(streams), yield)
		}
	}
}

// all calls yield with the key of each of all streams and its snapshot on day.
func (a *Archive[S, E]) all(streams []*entry[string, stream[S, E]], day edtf.Day, yield func(string, timeline.Snapshot[S]) bool) {
	if a.inPlace.Load() != nil {
		allInPlace(streams, day, yield)
		return
	}
	before, after := a.snapshots.around(day)
	made := a.dueSnapshot(day, len(streams), before, after)
	stale, behind := 0, a.cache.behindState()
	var found block[S, E]
	for first := 0; first < len(streams); first += len(found.states) {
		some := streams[first:min(first+len(found.states), len(streams))]
		stale += found.find(some, first, day, before, after)
		for j, s := range some {
			state := &found.states[j]
			made.keep(first+j, found.versions[j], state, behind)
			var snapshot timeline.Snapshot[S]
			snapshot.On, snapshot.KnownOn = day, edtf.DistantFuture
			a.handOut(&snapshot, state.result, nil)
			if !yield(s.key, snapshot) {
				return
			}
		}
	}
	if float64(stale) > manyStale*float64(len(streams)) {
		a.snapshots.drop() // too much was appended since
	}
	if made != nil {
		a.snapshots.add(made, a.roomForSnapshots(), a.cache.isTight())
		a.cache.check()
	}
}

// allInPlace is all of an archive that folds in place, which keeps no day snapshots.
func allInPlace[S, E any](streams []*entry[string, stream[S, E]], day edtf.Day, yield func(string, timeline.Snapshot[S]) bool) {
	for _, s := range streams {
		if !yield(s.key, s.value.current.Load().snapshot(day, edtf.DistantFuture)) {
			return
		}
	}
}

// dueSnapshot returns an empty daySnapshot to be made of day, nil if those around it are enough or there is no room.
func (a *Archive[S, E]) dueSnapshot(day edtf.Day, streams int, before, after *daySnapshot[S, E]) *daySnapshot[S, E] {
	now := a.snapshots.asked.Add(1)
	size, full := daySnapshotSize[S, E](streams, a.cache.behindState()), a.cache.isTight()
	if a.snapshots.mayAdd(size.of(full), a.roomForSnapshots(), full) && float64(before.misses(after, streams, day)) > manyMisses*float64(streams) {
		made := newDaySnapshot[S, E](day, streams)
		made.size = size
		made.used.Store(now)
		return made
	}
	if before != nil {
		before.used.Store(now)
		after.used.Store(now)
	}
	return nil
}

func (a *Archive[S, E]) roomForSnapshots() int64 { return max(0, a.cache.budget) / daySnapshotShare }
