package archive

import (
	"reflect"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Stats is how much an archive holds.
type Stats struct {
	Streams    int
	Events     int
	EventBytes int64 // about what the events and their indexes take, without what is behind pointers in payloads
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
	stats.EventBytes += a.instants.bytes() + a.dates.bytes() + a.streams.bytes()
	stats.States, stats.StateBytes = a.cache.count()
	return stats
}

// bytes returns about what the events of v take.
func (v *version[S, E]) bytes() int64 {
	size := allocated[version[S, E]](1) + v.events.bytes() + v.rare.bytes()
	size += int64(v.events.len()) * 5 // their IDs in the index, at most
	v.root.leaves(func(leaf *node[S]) bool {
		if leaf != &v.leaf {
			size += allocated[node[S]](1)
		}
		size += allocated[int32](3 * cap(leaf.slots))
		return true
	})
	return size + v.undecided.Load().bytes()
}

// bytes returns about how many bytes r takes.
func (r *rareParts) bytes() int64 {
	if r == nil {
		return 0
	}
	size := allocated[rareParts](1) + r.extras.bytes() + allocated[details](cap(r.details)) + allocated[relations](1)
	for _, x := range r.details {
		size += int64(value.Allocated(len(x.name), false))
		if x.rareDetails != nil {
			size += allocated[rareDetails](1) + int64(value.Allocated(len(x.note), false)+value.Allocated(len(x.rival), false)) +
				allocated[uuid.UUID](len(x.links)) + allocated[timeline.Citation](len(x.cites))
		}
	}
	for _, k := range r.components {
		size += k.bytes()
	}
	return size
}

// allocated returns how many bytes an array of n values of type T takes, without what is
// behind their pointers.
func allocated[T any](n int) int64 {
	t := reflect.TypeFor[T]()
	return int64(value.Allocated(n*int(t.Size()), t.Kind() == reflect.Struct || t.Kind() == reflect.Pointer))
}
