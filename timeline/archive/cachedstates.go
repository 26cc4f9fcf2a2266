package archive

import (
	"slices"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline"
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

// extensible returns a copy of k, to which more states are added. It was not used yet, and is of
// no epoch.
func (k *cachedStates[S]) extensible() *cachedStates[S] {
	more := &cachedStates[S]{
		stride: k.stride, before: k.before, isFirst: k.isFirst,
		each: k.each, measured: k.measured, behind: k.behind,
		most: k.most, rest: k.rest, cut: k.cut, room: k.room,
	}
	more.copyChain(&k.chained)
	return more
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

// has reports whether the state after n events is one of k, or fewer than stride events behind
// one.
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
