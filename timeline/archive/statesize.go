package archive

import (
	"cmp"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

const (
	measureEvery = 64  // fillings
	denseState   = 256 // bytes; what is larger is not kept after every event
	maxStride    = 32  // events
)

// stride returns how many events apart states are to be kept: least, and twice as many for as long
// as what a state was found to cost, divided by it, is more than dense bytes an event; but
// never more than maxStride.
func (c *stateCache[S]) stride(least, dense int) int {
	stride := least
	for stride < maxStride && c.perState.Load() > int64(dense*stride) {
		stride *= 2
	}
	return stride
}

// measure brings up to date what k says of the bytes behind its states, of which the first so many
// were there before. Without a Size it looks only at the last state, and only if there are twice
// as many as when it looked before, and now and then.
func (c *stateCache[S]) measure(there int, k *cachedStates[S]) {
	added := int64(k.len() - there)
	if added == 0 {
		return
	}
	if c.size == nil && k.each > 0 && k.len() < 2*k.measured && c.fillings.Load()%measureEvery > 0 {
		k.behind += added * max(0, k.each-c.stateSize)
		return
	}
	var size int64
	if c.size != nil {
		size = int64(max(0, c.size(*k.after(k.len()))))
	} else {
		size = int64(value.Extra(k.after(k.len()-1), k.after(k.len())))
	}
	if old := c.perState.Load(); old > 0 {
		c.perState.Store(max(1, old+(size-old)/8))
	} else {
		c.perState.Store(max(1, size))
	}
	first := k.each // from which they have grown, or shrunk
	if first == 0 && (added == 1 || !k.isFirst) {
		first = size
	}
	// Since the last measured one, each state was counted as large as that. Now they and the new
	// ones count as the mean of its size and this one.
	provisional := int64(there-k.measured) * max(0, first-c.stateSize)
	k.behind += int64(k.len()-k.measured)*max(0, (first+size)/2-c.stateSize) - provisional
	k.each, k.measured = max(1, size), k.len()
}

// behindState returns about how many bytes are behind the pointers of a state, beside what its neighbours share.
func (c *stateCache[S]) behindState() int64 { return max(0, c.perState.Load()-c.stateSize) }

// cost returns about how many bytes k takes.
func (c *stateCache[S]) cost(k *cachedStates[S]) int64 {
	cost := c.header + k.behind + c.stateSize*int64(max(k.room, cap(k.most))+cap(k.rest))
	if !k.isFirst {
		cost += max(0, cmp.Or(k.each, c.perState.Load())-c.stateSize) // of the state before
	}
	return cost
}
