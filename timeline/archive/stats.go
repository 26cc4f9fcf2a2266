package archive

import (
	"reflect"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Stats is how much an archive holds.
type Stats struct {
	Streams    int
	Events     int
	EventBytes int64 // about what the events take, without what is behind pointers in payloads
	States     int   // how many states are kept
	StateBytes int64 // about what they take, with what [Archive.All] keeps for days: the budget is over this
}

// Stats returns how much a holds now. It goes through all streams.
func (a *Archive[S, E]) Stats() Stats {
	var stats Stats
	for _, s := range a.streams.all() {
		v := s.value.current.Load()
		stats.Streams++
		stats.Events += v.events.len()
		stats.EventBytes += v.bytes()
	}
	stats.EventBytes += a.instants.bytes()
	stats.States, stats.StateBytes = a.cache.count()
	return stats
}

// bytes returns about what the events of v take.
func (v *version[S, E]) bytes() int64 {
	size := sizeOfType[version[S, E]](1) + sizeOfType[stream[S, E]](1) +
		sizeOfType[compactEvent[E]](cap(v.events.most)+cap(v.events.rest)) + sizeOfType[details](cap(v.details))
	size += int64(v.events.len()) * 5 // their IDs in the index
	v.root.leaves(func(leaf *node[S]) bool {
		size += sizeOfType[node[S]](1) + int64(cap(leaf.slots))*12
		return true
	})
	for _, x := range v.details {
		if size += int64(len(x.name)); x.rareDetails != nil {
			size += sizeOfType[rareDetails](1) + int64(len(x.note)+len(x.rival)+16*(len(x.replaces)+len(x.after))) +
				sizeOfType[timeline.Citation](len(x.cites))
		}
	}
	return size
}

// sizeOfType returns how many bytes n values of type T take by themselves.
func sizeOfType[T any](n int) int64 { return int64(n) * int64(reflect.TypeFor[T]().Size()) }
