package archive

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A state is found in three steps. If it is kept, that is all. Otherwise events are folded from
// the nearest one that is kept in its leaf. If nothing is kept there, the leaf is started: with the
// state at the end of the leaf before, which is found in the same way, back to the nearest leaf
// of which something is kept.

// state returns the state on day.
func (v *version[S, E]) state(day edtf.Day, w *workspace[S, E]) result[S] {
	p, k := v.placeOf(day)
	return v.stateIn(p, k, day, w)
}

// stateIn returns the state on day, of which p is the place; k is what is kept of its leaf, or nil.
func (v *version[S, E]) stateIn(p place[S], k *cachedStates[S], day edtf.Day, w *workspace[S, E]) result[S] {
	if r, ok := v.cachedState(k, p.count); ok {
		return r
	}
	c := seekDay(v.root, day)
	return v.stateAt(&c, w)
}

// stateAt returns the state at c. It folds what it must, from the nearest
// state that is kept, and keeps some of that: in the leaf of c every state on
// the way, in leaves before it only the one they begin with.
func (v *version[S, E]) stateAt(c *cursor[S], w *workspace[S, E]) result[S] {
	k := valid(c.leaf, c.stateEpoch)
	if k == nil {
		k = v.startLeaf(c, w)
	}
	v.cache().use(k)
	if !k.has(c.n) {
		return v.fill(c, k, w)
	}
	return v.foldIn(c.leaf, k, c.n, w)
}

// cachedState returns the state after the first count events of a leaf, if k has it. k is what is kept of
// the leaf, or nil.
func (v *version[S, E]) cachedState(k *cachedStates[S], count int) (result[S], bool) {
	if k == nil || k.stride > 1 || count > len(k.most) && count > k.len() || k.refused != nil && count > k.stop {
		return result[S]{}, false
	}
	v.cache().use(k)
	return result[S]{state: k.after(count)}, true
}

// fill adds to k the states up to c, keeps that, and returns the state at c.
func (v *version[S, E]) fill(c *cursor[S], k *cachedStates[S], w *workspace[S, E]) result[S] {
	more := k.extensible()
	near, i := k.near(c.n)
	f := v.from(result[S]{state: near}, w)
	states := &more.most
	if k.cut {
		states = &more.rest
	}
	if !k.taken.CompareAndSwap(false, true) {
		*states = slices.Clip(*states) // somebody else appends behind what others see of it
	}
	for ; i < c.n; i++ {
		if f.fold(c.leaf.slots[i], c.leaf.day(i)); f.err != nil {
			more.refused, more.stop = f.err, i
			break
		}
		if (i+1)%k.stride == 0 {
			*states = append(*states, f.keep())
		}
	}
	v.cache().measure(k.len(), more)
	v.store(c, k, more)
	if more.refused == nil && more.stride == 1 {
		return result[S]{state: more.after(c.n)}
	}
	return f.result()
}

// startLeaf keeps in the leaf of c the state it begins with.
func (v *version[S, E]) startLeaf(c *cursor[S], w *workspace[S, E]) *cachedStates[S] {
	from := *c
	k := valid(from.leaf, from.stateEpoch)
	for k == nil && from.previous() {
		k = valid(from.leaf, from.stateEpoch)
	}
	if k == nil { // the first leaf
		k = v.store(&from, nil, &cachedStates[S]{stride: w.strideOf(v.cache()), isFirst: true})
	}
	for from.leaf != c.leaf {
		k = v.startNext(&from, k, w)
	}
	return k
}

// foldIn returns the state after n events of leaf, of which k may lack some.
func (v *version[S, E]) foldIn(leaf *node[S], k *cachedStates[S], n int, w *workspace[S, E]) result[S] {
	var refused *timeline.FoldError
	if k.refused != nil && n > k.stop {
		n, refused = max(0, k.stop), k.refused
	}
	near, i := k.near(n)
	if i == n {
		return result[S]{state: near, err: refused}
	}
	f := v.from(result[S]{state: near}, w)
	for ; i < n && f.err == nil; i++ {
		f.fold(leaf.slots[i], leaf.day(i))
	}
	if f.err == nil {
		f.err = refused
	}
	return f.result()
}

// store keeps k in the leaf of c instead of old, unless somebody was faster or
// k would be outdated at once, and returns k.
func (v *version[S, E]) store(c *cursor[S], old, k *cachedStates[S]) *cachedStates[S] {
	k.stateEpoch.Store(c.stateEpoch)
	if old != nil { // which may be right for a newer version, too
		k.stateEpoch.Store(max(c.stateEpoch, old.stateEpoch.Load()))
	}
	if v.cache().budget < 0 {
		return k
	}
	there := c.leaf.cached.Load()
	if there == old || old == nil && there.stateEpoch.Load() < c.stateEpoch {
		k.counted = v.cache().cost(k)
		if c.leaf.cached.CompareAndSwap(there, k) {
			v.cache().filled(there, k)
		}
	}
	return k
}
