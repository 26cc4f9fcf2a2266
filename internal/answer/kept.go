package answer

import (
	"slices"
	"strings"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// kept is what was found to be undecided, by the events that have to do with it and the
// first day on which it is so: on other days, and for the next event of several that hang
// together, it is looked up.
type kept struct {
	mu        sync.Mutex
	calendars map[string]*Calendar // by the IDs of the events
	pending   map[keptKey][]Pending
}

type keptKey struct {
	events, undecided string // IDs
	day               edtf.Day
}

// maxKept is how many findings are kept.
const maxKept = 1 << 12

func newKept() *kept {
	return &kept{calendars: map[string]*Calendar{}, pending: map[keptKey][]Pending{}}
}

func (k *kept) keyOf(h *events.History, day edtf.Day, undecided []events.Event) keptKey {
	var all, open strings.Builder
	for e := range h.Events() {
		all.Write(e.ID[:])
	}
	for _, e := range undecided {
		open.Write(e.ID[:])
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.calendars[all.String()]
	if c == nil {
		c = CalendarOf(h)
		k.calendars[all.String()] = c
	}
	return keptKey{all.String(), open.String(), c.First(day)}
}

func (k *kept) get(key keptKey) ([]Pending, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, ok := k.pending[key]
	return copied(found), ok
}

func (k *kept) put(key keptKey, found []Pending) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.pending) >= maxKept {
		clear(k.pending)
		clear(k.calendars)
	}
	k.pending[key] = copied(found)
}

// copied returns a copy of found of which the changes can be changed.
func copied(found []Pending) []Pending {
	found = slices.Clone(found)
	for n := range found {
		found[n].Changes = slices.Clone(found[n].Changes)
	}
	return found
}
