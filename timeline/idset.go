package timeline

import "github.com/google/uuid"

// An idSet is the IDs of the events of a timeline, in layers: one with more IDs refers to the
// one that it was made of. Each layer is larger than the one above it, so that there are few. A
// set is never changed; nil is the empty one.
type idSet struct {
	ids  map[uuid.UUID]struct{}
	base *idSet
}

// withIDs returns s with the IDs of events.
func withIDs[E any](s *idSet, events []*Event[E]) *idSet {
	if len(events) == 0 {
		return s
	}
	top := &idSet{ids: make(map[uuid.UUID]struct{}, len(events)), base: s}
	for _, e := range events {
		if !s.has(e.ID) {
			top.ids[e.ID] = struct{}{}
		}
	}
	for top.base != nil && len(top.base.ids) <= len(top.ids) {
		for id := range top.base.ids {
			top.ids[id] = struct{}{}
		}
		top.base = top.base.base
	}
	return top
}

func (s *idSet) has(id uuid.UUID) bool {
	for ; s != nil; s = s.base {
		if _, ok := s.ids[id]; ok {
			return true
		}
	}
	return false
}

// len returns how many different IDs s has.
func (s *idSet) len() (n int) {
	for ; s != nil; s = s.base {
		n += len(s.ids)
	}
	return n
}
