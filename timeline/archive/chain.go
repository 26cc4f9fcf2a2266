package archive

import "sync/atomic"

// A late event outdates the states of all leaves behind it, since a fold may make anything
// of an event. But most change nothing for long: another event, soon after, says anew what
// a part is. So when leaves are folded again, the state at the end of one is compared with
// the one still kept at the start of the next. If they are the same, what is kept there is
// right again, and nothing of it is folded. So are the leaves behind it, without being
// compared, as long as each was made from what is kept of the one before.

// chained says from what the states of a leaf were made.
type chained struct {
	number  atomic.Uint64 // stands for its first state and its events; 0 if nobody has asked
	follows atomic.Uint64 // what numberAfter gives for the end of the leaf before: the state there is its first
}

const _ = uint8(leafSize) // the number of an event within its leaf takes eight bits

// copyChain copies what of says of its leaf. Both have the same first state and the same events.
func (c *chained) copyChain(of *chained) {
	c.number.Store(of.number.Load())
	c.follows.Store(of.follows.Load())
}

// numberAfter returns a number that stands for the state after n events of the leaf. Two
// states that differ never have the same.
func (c *chained) numberAfter(n int, last *atomic.Uint64) uint64 {
	for c.number.Load() == 0 {
		c.number.CompareAndSwap(0, last.Add(1))
	}
	return c.number.Load()<<8 | uint64(n)
}

// startNext moves c to the next leaf and keeps there the state it begins with. k is what is
// kept of the leaf of c.
func (v *version[S, E]) startNext(c *cursor[S], k *cachedStates[S], w *workspace[S, E]) *cachedStates[S] {
	leaf, n := c.leaf, len(c.leaf.days)
	end := k.numberAfter(n, &v.cache().numbers)
	c.next()
	kept := c.leaf.cached.Load()
	if kept != nil && kept.follows.Load() == end {
		return kept.confirm(c.stateEpoch)
	}
	r := v.foldIn(leaf, k, n, w)
	next := &cachedStates[S]{before: w.keep(r.state), stride: w.strideOf(v.cache())}
	if kept != nil && r.err == nil && v.cache().beginsWith(kept, &next.before) {
		kept.follows.Store(end)
		return kept.confirm(c.stateEpoch)
	}
	next.follows.Store(end)
	if r.err != nil {
		next.refused, next.stop = r.err, -1
	}
	return v.store(c, nil, next)
}

// Where no state ever is what it was, as in a fold that adds up, only one in so many is compared.
const compareOneIn = 16

// beginsWith reports whether k is found to begin with the given state.
func (c *stateCache[S]) beginsWith(k *cachedStates[S], state *S) bool {
	if k.refused != nil && k.stop < 0 {
		return false // what was refused before it is not any more
	}
	if inVain := c.inVain.Load(); inVain < compareOneIn || inVain%compareOneIn == 0 {
		if c.same(state, &k.before) {
			c.inVain.Store(0)
			return true
		}
	}
	c.inVain.Add(1)
	return false
}

// confirm says that the states of k are still right after a transaction, and returns k.
func (k *cachedStates[S]) confirm(stateEpoch uint64) *cachedStates[S] {
	if old := k.stateEpoch.Load(); old < stateEpoch {
		k.stateEpoch.CompareAndSwap(old, stateEpoch)
	}
	return k
}
