package archive

import (
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A place is a leaf and how many of its events come before a day.
type place[S any] struct {
	leaf        *node[S]
	count       int
	from, until edtf.Day // on the days before until it is the same; until is that of the next event
}

// A spanState is a state and the days on which it is that of a stream.
type spanState[S any] struct {
	result[S]
	from, until edtf.Day // until is the day of the next event
}

// placeOf returns the place behind the last event that is not after day, and what is kept of its leaf.
func (v *version[S, E]) placeOf(day edtf.Day) (place[S], *cachedStates[S]) {
	n, stateEpoch := v.root, uint64(0)
	s := place[S]{from: edtf.DistantPast, until: edtf.DistantFuture}
	for n.inner != nil {
		i := max(0, worlds.Search(n.days, int32(day))-1)
		if i+1 < len(n.days) {
			s.until = n.day(i + 1)
		}
		stateEpoch = max(stateEpoch, n.inner.stateEpochs[i])
		n = n.inner.children[i]
	}
	k := valid(n, stateEpoch) // before the days are searched, so that the processor waits for both at once
	s.leaf, s.count = n, worlds.Search(n.days, int32(day))
	if s.count > 0 {
		s.from = n.day(s.count - 1)
	}
	if s.count < len(n.days) {
		s.until = n.day(s.count)
	}
	return s, k
}
