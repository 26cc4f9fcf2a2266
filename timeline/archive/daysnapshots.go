package archive

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

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

// around returns the last daySnapshot up to day and the first one from then on, or one of them twice. They
// are nil if there is none.
func (l *daySnapshots[S, E]) around(day edtf.Day) (before, after *daySnapshot[S, E]) {
	list := l.list.Load()
	if list == nil || len(*list) == 0 {
		return nil, nil
	}
	all := *list
	i, there := slices.BinarySearchFunc(all, day, func(d *daySnapshot[S, E], day edtf.Day) int { return cmp.Compare(d.day, day) })
	switch {
	case there || i == 0:
		return all[i], all[i]
	case i == len(all):
		return all[i-1], all[i-1]
	}
	return all[i-1], all[i]
}

// add adds d, in place of one of the same day, and takes those out that were
// not used for longest until all fit into room, counted in full or not.
func (l *daySnapshots[S, E]) add(d *daySnapshot[S, E], room int64, full bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []*daySnapshot[S, E]
	if old := l.list.Load(); old != nil {
		list = slices.Clone(*old)
	}
	i, there := slices.BinarySearchFunc(list, d.day, func(d *daySnapshot[S, E], day edtf.Day) int { return cmp.Compare(d.day, day) })
	if there {
		list[i] = d
	} else {
		list = slices.Insert(list, i, d)
	}
	var held snapshotSize
	for _, d := range list {
		held = snapshotSize{held.own + d.size.own, held.full + d.size.full}
	}
	for held.of(full) > room {
		i := oldest(list)
		held = snapshotSize{held.own - list[i].size.own, held.full - list[i].size.full}
		list = slices.Delete(list, i, i+1)
	}
	l.own.Store(held.own)
	l.full.Store(held.full)
	l.list.Store(&list)
}

// mayAdd reports whether there is room for a daySnapshot of that size, or a daySnapshot
// that has long not been used. Otherwise, if days all over were asked for, each
// new daySnapshot would take the place of one that is needed just as soon.
func (l *daySnapshots[S, E]) mayAdd(size, room int64, full bool) bool {
	held := l.bytes(full)
	if list := l.list.Load(); size <= room && held+size > room && list != nil && len(*list) > 0 {
		return l.asked.Load()-(*list)[oldest(*list)].used.Load() > int64(longUnused*len(*list))
	}
	return held+size <= room
}

// oldest returns the place of the day snapshot that was not used for longest.
func oldest[S, E any](list []*daySnapshot[S, E]) int {
	oldest := 0
	for i, d := range list {
		if d.used.Load() < list[oldest].used.Load() {
			oldest = i
		}
	}
	return oldest
}

// drop lets all day snapshots go.
func (l *daySnapshots[S, E]) drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list.Store(nil)
	l.own.Store(0)
	l.full.Store(0)
}

// bytes returns about how much the day snapshots take, beside what leaves hold too or in full.
func (l *daySnapshots[S, E]) bytes(full bool) int64 {
	return snapshotSize{l.own.Load(), l.full.Load()}.of(full)
}
