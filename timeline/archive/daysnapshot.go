package archive

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline"
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

// daySnapshots are those of an archive, by day. They are a part of what is kept.
type daySnapshots[S, E any] struct {
	mu   sync.Mutex // held while adding
	list atomic.Pointer[[]*daySnapshot[S, E]]

	own, full atomic.Int64 // how many bytes they take; see snapshotSize
	asked     atomic.Int64 // how often all streams were asked for
}

const (
	daySnapshotShare = 4       // one part in so many of the budget may be daySnapshots
	manyMisses       = 1. / 20 // of the streams: then a daySnapshot is due
	manyStale        = 1. / 10 // of the streams: then they all go
	longUnused       = 4       // times as often as there are daySnapshots
)

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

// around returns the last daySnapshot up to day and the first one from then on, or one of them twice. They
// are nil if there is none.
func (fs *daySnapshots[S, E]) around(day edtf.Day) (before, after *daySnapshot[S, E]) {
	list := fs.list.Load()
	if list == nil || len(*list) == 0 {
		return nil, nil
	}
	all := *list
	i, there := slices.BinarySearchFunc(all, day, func(f *daySnapshot[S, E], day edtf.Day) int { return cmp.Compare(f.day, day) })
	switch {
	case there || i == 0:
		return all[i], all[i]
	case i == len(all):
		return all[i-1], all[i-1]
	}
	return all[i-1], all[i]
}

// add adds f, in place of one of the same day, and takes those out that were
// not used for longest until all fit into room, counted in full or not.
func (fs *daySnapshots[S, E]) add(f *daySnapshot[S, E], room int64, full bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	var list []*daySnapshot[S, E]
	if old := fs.list.Load(); old != nil {
		list = slices.Clone(*old)
	}
	i, there := slices.BinarySearchFunc(list, f.day, func(f *daySnapshot[S, E], day edtf.Day) int { return cmp.Compare(f.day, day) })
	if there {
		list[i] = f
	} else {
		list = slices.Insert(list, i, f)
	}
	var held snapshotSize
	for _, f := range list {
		held = snapshotSize{held.own + f.size.own, held.full + f.size.full}
	}
	for held.of(full) > room {
		i := oldest(list)
		held = snapshotSize{held.own - list[i].size.own, held.full - list[i].size.full}
		list = slices.Delete(list, i, i+1)
	}
	fs.own.Store(held.own)
	fs.full.Store(held.full)
	fs.list.Store(&list)
}

// mayAdd reports whether there is room for a daySnapshot of that size, or a daySnapshot
// that has long not been used. Otherwise, if days all over were asked for, each
// new daySnapshot would take the place of one that is needed just as soon.
func (fs *daySnapshots[S, E]) mayAdd(size, room int64, full bool) bool {
	held := fs.bytes(full)
	if list := fs.list.Load(); size <= room && held+size > room && list != nil && len(*list) > 0 {
		return fs.asked.Load()-(*list)[oldest(*list)].used.Load() > int64(longUnused*len(*list))
	}
	return held+size <= room
}

// oldest returns the place of the day snapshot that was not used for longest.
func oldest[S, E any](list []*daySnapshot[S, E]) int {
	oldest := 0
	for i, f := range list {
		if f.used.Load() < list[oldest].used.Load() {
			oldest = i
		}
	}
	return oldest
}

// drop lets all day snapshots go.
func (fs *daySnapshots[S, E]) drop() {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.list.Store(nil)
	fs.own.Store(0)
	fs.full.Store(0)
}

// bytes returns about how much the day snapshots take, beside what leaves hold too or in full.
func (fs *daySnapshots[S, E]) bytes(full bool) int64 {
	return snapshotSize{fs.own.Load(), fs.full.Load()}.of(full)
}

// has reports whether f has the state of stream i, of the given version, on
// day.
func (f *daySnapshot[S, E]) has(i int, v *version[S, E], day edtf.Day) bool {
	return f != nil && i < len(f.versions) && f.versions[i] == v && f.from[i] <= int32(day) && int32(day) < f.until[i]
}

// outdated reports whether f has stream i of another version than the given.
func (f *daySnapshot[S, E]) outdated(i int, v *version[S, E]) bool {
	return f != nil && i < len(f.versions) && f.versions[i] != nil && f.versions[i] != v
}

// misses returns of how many streams neither f nor g has a state on day, versions aside.
func (f *daySnapshot[S, E]) misses(g *daySnapshot[S, E], streams int, day edtf.Day) int {
	if f == nil {
		return streams
	}
	common := min(len(f.from), len(g.from), streams)
	n := streams - common
	for i := range common {
		if (f.from[i] > int32(day) || int32(day) >= f.until[i]) && (g.from[i] > int32(day) || int32(day) >= g.until[i]) {
			n++
		}
	}
	return n
}

// get returns the state of stream i, which f has.
func (f *daySnapshot[S, E]) get(i int) spanState[S] {
	return spanState[S]{result[S]{state: &f.states[i]}, edtf.Day(f.from[i]), edtf.Day(f.until[i])}
}

// set puts the state of stream i into f.
func (f *daySnapshot[S, E]) set(i int, v *version[S, E], s spanState[S]) {
	f.versions[i], f.states[i], f.from[i], f.until[i] = v, *s.state, int32(s.from), int32(s.until)
}

// all calls yield with the key of each stream and its snapshot on day.
func (a *Archive[S, E]) all(day edtf.Day, yield func(string, timeline.Snapshot[S]) bool) {
	streams := a.streams.all()
	if a.inPlace.Load() != nil {
		for _, s := range streams {
			if !yield(s.key, s.value.current.Load().snapshot(day, edtf.DistantFuture)) {
				return
			}
		}
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
			v, state := found.versions[j], &found.states[j]
			if made != nil && state.err == nil {
				made.set(first+j, v, *state)
				if state.fresh {
					made.size.own += behind
				}
			}
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

func (a *Archive[S, E]) roomForSnapshots() int64 { return max(0, a.cache.budget) / daySnapshotShare }

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
