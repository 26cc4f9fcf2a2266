package archive

import (
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A late event outdates the states of all leaves behind it, since a fold may make anything
// of an event. In most histories it does not: it says what a part was until another event,
// soon after, says what that part became. So when leaves are folded again, the state at the
// end of one is compared with the one still kept at the start of the next. If they are the
// same, what is kept there is right again, and nothing of it is folded. So are the leaves
// behind it, without being compared, as long as each was made from what is kept of the one
// before.

// chained says from what the states of a leaf were made.
type chained struct {
	number   atomic.Uint64 // of the state that the leaf begins with and of its events; 0 if nobody has asked
	behindOf atomic.Uint64 // the end of the leaf, as end gives it, after which its first state is that of this leaf
}

// chain makes c what was made from the same as of.
func (c *chained) chain(of *chained) {
	c.number.Store(of.number.Load())
	c.behindOf.Store(of.behindOf.Load())
}

// end returns a number that stands for the state after n events of the leaf. Nothing else
// in an archive has it.
func (c *chained) end(n int, numbers *atomic.Uint64) uint64 {
	for c.number.Load() == 0 {
		c.number.CompareAndSwap(0, numbers.Add(1))
	}
	return c.number.Load()<<8 | uint64(n) // of at most leafSize
}

// startNext moves c to the next leaf and keeps there the state it begins with. k is what is
// kept of the leaf of c.
func (v *version[S, E]) startNext(c *cursor[S], k *cachedStates[S], w *workspace[S, E]) *cachedStates[S] {
	leaf, n := c.leaf, len(c.leaf.days)
	end := k.end(n, &v.cache().numbers)
	c.next()
	kept := c.leaf.cached.Load()
	if kept != nil && kept.behindOf.Load() == end {
		return kept.confirm(c.stateEpoch)
	}
	r := v.foldIn(leaf, k, n, w)
	if kept != nil && r.err == nil && v.cache().finds(kept, r.state) {
		kept.behindOf.Store(end)
		return kept.confirm(c.stateEpoch)
	}
	next := &cachedStates[S]{before: w.keep(r.state), stride: w.strideOf(v.cache())}
	next.behindOf.Store(end)
	if r.err != nil {
		next.refused, next.stop = r.err, -1
	}
	return v.store(c, nil, next)
}

// Where no state ever is what it was, as in a fold that adds up, only one in so many is compared.
const compareOneIn = 16

// finds reports whether k is found to begin with the given state.
func (p *stateCache[S]) finds(k *cachedStates[S], state *S) bool {
	inVain := p.inVain.Load()
	if (inVain < compareOneIn || inVain%compareOneIn == 0) && (k.refused == nil || k.stop >= 0) && value.Same(state, &k.before) {
		p.inVain.Store(0)
		return true
	}
	p.inVain.Add(1)
	return false
}

// confirm says that the states of k are still right after a transaction, and returns k.
func (k *cachedStates[S]) confirm(stateEpoch uint64) *cachedStates[S] {
	if old := k.stateEpoch.Load(); old < stateEpoch {
		k.stateEpoch.CompareAndSwap(old, stateEpoch)
	}
	return k
}
