package archive

import (
	"slices"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// cachedStates is what an archive keeps of the states in a leaf: the state before
// its first event, and those after its events, from the left as far as they were
// asked for. Its states are never changed once they can be seen: more of them make a
// new one. So reading takes no lock, and if two readers fold the same, one of them did
// so in vain. What it says about when they are right, and were used, may change.
//
// What most questions touch comes first, so that it is together in memory.
type cachedStates[S any] struct {
	stateEpoch atomic.Uint64       // the last transaction after which these are the states; see branches
	used       atomic.Uint64       // when it was last used, as the count of fillings
	refused    *timeline.FoldError // why there are no more states
	stride     int                 // states are kept after each so many events
	// The states after stride events, after twice as many, and so on, in two
	// slices: when an event comes between, those before it stay where they are.
	most, rest []S
	cut        bool        // most is all there will be of it
	isFirst    bool        // the leaf is the first, before which there is nothing
	taken      atomic.Bool // somebody has appended behind states, in place
	room       int         // how many states the memory of most has room for, if it is cut
	before     S
	each       int64 // how many bytes the last state took that was measured, with what it does not share; 0 if none was
	measured   int   // how many states there were then
	counted    int64 // what was added for it to what the archive keeps
	behind     int64 // about how many bytes are behind pointers of the states, as long as their memory is kept
	stop       int   // with refused: how many events of the leaf come before the one refused; -1 if it is in an earlier leaf
	chained          // which leaf it follows, and its own number
}

// A result is what folding anchored to: a state and, if the fold refuses what
// comes next, why.
type result[S any] struct {
	state *S // not to be changed
	err   *timeline.FoldError
	fresh bool // the state is kept nowhere
}

// first returns what k has of the first n events; nil of nil.
func (k *cachedStates[S]) first(n int) *cachedStates[S] {
	if k == nil {
		return nil
	}
	f := &cachedStates[S]{
		stride: k.stride, before: k.before, isFirst: k.isFirst,
		each: k.each, measured: k.measured, behind: k.behind, counted: k.counted,
		most: k.most, cut: true, room: max(k.room, cap(k.most)),
	}
	f.stateEpoch.Store(k.stateEpoch.Load())
	f.used.Store(k.used.Load())
	f.follows.Store(k.follows.Load())
	if states := n / k.stride; states < len(k.most) {
		f.most = k.most[:states:states]
	} else {
		f.rest = slices.Clip(k.rest[:min(len(k.rest), states-len(k.most))])
		f.behind = k.behind * int64(f.len()+1) / int64(k.len()+1)
	}
	f.measured = min(f.measured, f.len())
	if k.refused != nil && k.stop < n {
		f.refused, f.stop = k.refused, k.stop
	}
	return f
}

// bare returns k without its states but the first.
func (k *cachedStates[S]) bare() *cachedStates[S] {
	b := &cachedStates[S]{stride: k.stride, before: k.before, isFirst: k.isFirst, each: k.each}
	b.stateEpoch.Store(k.stateEpoch.Load())
	b.used.Store(k.used.Load())
	b.copyChain(&k.chained)
	if k.refused != nil && k.stop <= 0 {
		b.refused, b.stop = k.refused, k.stop
	}
	return b
}

// len returns how many states k has; none if it is nil.
func (k *cachedStates[S]) len() int {
	if k == nil {
		return 0
	}
	return len(k.most) + len(k.rest)
}

// after returns the state after n times stride events, which k has. It must
// not be changed.
func (k *cachedStates[S]) after(n int) *S {
	switch {
	case n == 0:
		return &k.before
	case n <= len(k.most):
		return &k.most[n-1]
	}
	return &k.rest[n-1-len(k.most)]
}

// has reports whether k anchored to the state after n events by folding fewer
// than stride of them.
func (k *cachedStates[S]) has(n int) bool {
	return k.refused != nil && n > k.stop || n/k.stride <= k.len()
}

// near returns the state kept for the greatest number of events up to n, and
// that number.
func (k *cachedStates[S]) near(n int) (*S, int) {
	i := min(n/k.stride, k.len())
	return k.after(i), i * k.stride
}

// valid returns what is kept in leaf if it is of the given state epoch, else nil.
func valid[S any](leaf *node[S], stateEpoch uint64) *cachedStates[S] {
	if k := leaf.cached.Load(); k != nil && k.stateEpoch.Load() == stateEpoch {
		return k
	}
	return nil
}

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

// cachedState returns the state after the first count events of a leaf, if k has it. k is what is kept of
// the leaf, or nil.
func (v *version[S, E]) cachedState(k *cachedStates[S], count int) (result[S], bool) {
	if k == nil || k.stride > 1 || count > len(k.most) && count > k.len() || k.refused != nil && count > k.stop {
		return result[S]{}, false
	}
	v.cache().use(k)
	return result[S]{state: k.after(count)}, true
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
	for from.isBefore(c) && from.leaf != c.leaf {
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

// fill adds to k the states up to c, keeps that, and returns the state at c.
func (v *version[S, E]) fill(c *cursor[S], k *cachedStates[S], w *workspace[S, E]) result[S] {
	more := &cachedStates[S]{before: k.before, isFirst: k.isFirst, each: k.each, measured: k.measured, behind: k.behind, stride: k.stride, most: k.most, rest: k.rest, cut: k.cut, room: k.room}
	more.copyChain(&k.chained)
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
