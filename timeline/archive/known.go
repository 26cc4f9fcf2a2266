package archive

import (
	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// stateKnown returns the state on day as known on another. Up to the first
// event that was not known yet, that is the state as known today.
func (v *version[S, E]) stateKnown(day, known edtf.Day, w *workspace[S, E]) result[S] {
	n := 0
	components := v.components()
	for n < len(components) && components[n].known > known {
		n++
	}
	if n > 0 {
		return v.stateRecomputed(day, known, n, w)
	}
	c, ok := v.firstUnknown(day, known)
	if !ok {
		return v.state(day, w)
	}
	r, ok := v.cachedState(valid(c.leaf, c.stateEpoch), c.n)
	if !ok {
		r = v.stateAt(&c, w)
	}
	f := v.from(r, w)
	for more := true; more && f.err == nil; more = c.next() {
		for i := c.n; i < len(c.leaf.days) && f.err == nil; i++ {
			if c.leaf.day(i) > day {
				return f.result()
			}
			if c.leaf.known[i] <= int32(known) {
				f.fold(c.leaf.slots[i], c.leaf.day(i))
			}
		}
	}
	return f.result()
}

// firstUnknown returns the cursor before the first event up to day that was
// not known for certain, or false if there is none.
func (v *version[S, E]) firstUnknown(day, known edtf.Day) (cursor[S], bool) {
	c := cursor[S]{leaf: v.root}
	if v.root.inner != nil {
		var ok bool
		if c, ok = seekUnknown(v.root, known); !ok {
			return c, false
		}
		return c, c.leaf.day(c.n) <= day
	}
	most := worlds.Search(v.root.days, int32(day))
	for c.n < most && v.root.known[c.n] <= int32(known) {
		c.n++
	}
	return c, c.n < most
}
