package archive

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A daySnapshot is the whole of an archive on a day: for each stream the state, and
// the days from which and until which it is so, in columns. Who asks for all
// streams on a day near that one finds most of them there, and does not have
// to look into the streams. Day snapshots are made by being asked for: the farther a
// day is from those there are, the more streams have changed in between,
// and when it is many a daySnapshot is made of that day too.
type daySnapshot[S, E any] struct {
	day      edtf.Day
	versions []*version[S, E] // by the number of the stream; nil if there is nothing to be had
	states   []S              // in one piece, so that they are read one after the other
	from     []int32
	until    []int32 // the day itself is out
	size     int64   // about how many bytes it takes if nobody else holds what is in it
	own      int64   // about how many bytes are behind pointers of states that nobody else holds
	used     atomic.Int64
}

// daySnapshots are those of an archive, by day. They are a part of what is kept. A
// daySnapshot shares what is behind the pointers of its states with those that are
// kept in leaves, but may be the last to hold it, and so is counted in full.
type daySnapshots[S, E any] struct {
	mu   sync.Mutex // held while adding
	list atomic.Pointer[[]*daySnapshot[S, E]]

	held  atomic.Int64 // how many bytes they take
	asked atomic.Int64 // how often all streams were asked for
}

const (
	daySnapshotBytes = 16      // for each stream, beside the state
	daySnapshotShare = 4       // one part in so many of the budget may be daySnapshots
	manyMisses       = 1. / 10 // of the streams: then a daySnapshot is due
	longUnused       = 4       // times as often as there are daySnapshots
)

func newDaySnapshot[S, E any](day edtf.Day, streams int, size int64) *daySnapshot[S, E] {
	return &daySnapshot[S, E]{
		day: day, size: size, versions: make([]*version[S, E], streams), states: make([]S, streams),
		from: make([]int32, streams), until: make([]int32, streams),
	}
}

// nearest returns the daySnapshot whose day is nearest to day, or nil.
func (fs *daySnapshots[S, E]) nearest(day edtf.Day) *daySnapshot[S, E] {
	list := fs.list.Load()
	if list == nil || len(*list) == 0 {
		return nil
	}
	i, _ := slices.BinarySearchFunc(*list, day, func(f *daySnapshot[S, E], day edtf.Day) int { return cmp.Compare(f.day, day) })
	if i == len(*list) || i > 0 && int64(day)-int64((*list)[i-1].day) < int64((*list)[i].day)-int64(day) {
		i--
	}
	return (*list)[i]
}

// add adds f, in place of one of the same day, and takes those out that were
// not used for longest until all fit into room.
func (fs *daySnapshots[S, E]) add(f *daySnapshot[S, E], room int64) {
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
	held := int64(0)
	for _, f := range list {
		held += f.size
	}
	for held > room {
		i := oldest(list)
		held -= list[i].size
		list = slices.Delete(list, i, i+1)
	}
	fs.held.Store(held)
	fs.list.Store(&list)
}

// mayAdd reports whether there is room for a daySnapshot of that size, or a daySnapshot
// that has long not been used. Otherwise, if days all over were asked for, each
// new daySnapshot would take the place of one that is needed just as soon.
func (fs *daySnapshots[S, E]) mayAdd(size, room int64) bool {
	if list := fs.list.Load(); size <= room && fs.held.Load()+size > room && list != nil && len(*list) > 0 {
		return fs.asked.Load()-(*list)[oldest(*list)].used.Load() > int64(longUnused*len(*list))
	}
	return fs.held.Load()+size <= room
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
	fs.held.Store(0)
}

// bytes returns about how much the day snapshots take if nobody else holds what is in them.
func (fs *daySnapshots[S, E]) bytes() int64 { return fs.held.Load() }

// own returns how much they take beside what others hold too.
func (fs *daySnapshots[S, E]) own() (size int64) {
	if list := fs.list.Load(); list != nil {
		for _, f := range *list {
			size += f.own + allocated[*version[S, E]](len(f.versions)) + allocated[S](len(f.states)) + 2*allocated[int32](len(f.from))
		}
	}
	return size
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

// misses returns of how many streams f has no state on day, versions aside.
func (f *daySnapshot[S, E]) misses(streams int, day edtf.Day) int {
	n := streams - len(f.states)
	for i := range f.from {
		if f.from[i] > int32(day) || int32(day) >= f.until[i] {
			n++
		}
	}
	return n
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
	near, made := a.snapshots.nearest(day), (*daySnapshot[S, E])(nil)
	now := a.snapshots.asked.Add(1)
	size := int64(len(streams)) * (daySnapshotBytes + max(a.cache.perState.Load(), int64(reflect.TypeFor[S]().Size())))
	room := max(0, a.cache.budget) / daySnapshotShare
	due := near == nil || float64(near.misses(len(streams), day)) > manyMisses*float64(len(streams))
	if due && a.snapshots.mayAdd(size, room) {
		made = newDaySnapshot[S, E](day, len(streams), size)
		made.used.Store(now)
	} else if near != nil {
		near.used.Store(now)
	}
	stale, behind := 0, max(0, a.cache.perState.Load()-a.cache.stateSize)
	for i, s := range streams {
		v := s.value.current.Load()
		var state spanState[S]
		if near.has(i, v, day) {
			state.state, state.from, state.until = &near.states[i], edtf.Day(near.from[i]), edtf.Day(near.until[i])
		} else {
			if near.outdated(i, v) {
				stale++
			}
			state = v.stateSpan(day)
		}
		if made != nil && state.err == nil {
			made.set(i, v, state)
			if state.fresh {
				made.own += behind
			}
		}
		var snapshot timeline.Snapshot[S]
		snapshot.On, snapshot.KnownOn = day, edtf.DistantFuture
		v.handOut(&snapshot, state.result, nil)
		if !yield(s.key, snapshot) {
			return
		}
	}
	if float64(stale) > manyMisses*float64(len(streams)) {
		a.snapshots.drop() // too much was appended since
	}
	if made != nil {
		a.snapshots.add(made, room)
		a.cache.check()
	}
}
