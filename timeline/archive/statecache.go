package archive

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A stateCache keeps the states of an archive within a budget of bytes. What was
// used least recently goes first: it can always be folded again.
type stateCache[S any] struct {
	budget    int64
	size      func(S) int // as the caller says, or nil
	leaves    func(yield func(*node[S]) bool)
	snapshots keptDays

	header    int64 // how many bytes cachedStates takes beside its states
	stateSize int64 // how many a state itself does

	bytes    atomic.Int64  // about what is kept; counted anew when something goes
	perState atomic.Int64  // what one more state costs, as far as measured
	fillings atomic.Uint64 // the clock: it goes on whenever states are added
	numbers  atomic.Uint64 // the last number that a leaf was given; see chained
	inVain   atomic.Uint32 // how many comparisons in a row have failed, or were left out
	same     func(a, b *S) bool
	dropping sync.Mutex
	dropped  atomic.Bool // something has gone
}

// keptDays are what is kept beside the states of leaves.
type keptDays interface {
	drop()
	bytes(full bool) int64
}

func (p *stateCache[S]) init(size func(S) int, leaves func(yield func(*node[S]) bool), days keptDays) {
	p.size, p.leaves, p.snapshots, p.same = size, leaves, days, value.Sameness[S]()
	p.header = int64(value.Allocated(int(reflect.TypeFor[cachedStates[S]]().Size()), true))
	p.stateSize = int64(reflect.TypeFor[S]().Size())
}

const (
	measureEvery = 64      // fillings
	denseState   = 256     // bytes; what is larger is not kept after every event
	maxStride    = 32      // events
	afterDrop    = 7. / 8. // of the budget
)

// use marks k as used now.
func (p *stateCache[S]) use(k *cachedStates[S]) {
	if now := p.fillings.Load(); k.used.Load() != now {
		k.used.Store(now)
	}
}

// stride returns after how many events a state is to be kept, by what states
// were found to cost: at least so many, which is enough for states of dense bytes each.
func (p *stateCache[S]) stride(least, dense int) int {
	stride := least
	for stride < maxStride && p.perState.Load() > int64(dense*stride) {
		stride *= 2
	}
	return stride
}

// measure notes what the states of k take that are behind the first so many. Without a
// Size it looks only at the last of them, and only if there are twice as many as when it
// looked before, and now and then.
func (p *stateCache[S]) measure(there int, k *cachedStates[S]) {
	added := int64(k.len() - there)
	if added == 0 {
		return
	}
	if p.size == nil && k.each > 0 && k.len() < 2*k.measured && p.fillings.Load()%measureEvery > 0 {
		k.behind += added * max(0, k.each-p.stateSize)
		return
	}
	var size int64
	if p.size != nil {
		size = int64(max(0, p.size(*k.after(k.len()))))
	} else {
		size = int64(value.Extra(k.after(k.len()-1), k.after(k.len())))
	}
	if old := p.perState.Load(); old > 0 {
		p.perState.Store(max(1, old+(size-old)/8))
	} else {
		p.perState.Store(max(1, size))
	}
	first := k.each // from which they have grown, or shrunk
	if first == 0 && (added == 1 || !k.isFirst) {
		first = size
	}
	k.behind += int64(k.len()-k.measured)*max(0, (first+size)/2-p.stateSize) - int64(there-k.measured)*max(0, first-p.stateSize)
	k.each, k.measured = max(1, size), k.len()
}

// filled says that k is kept in place of old, which may be nil.
func (p *stateCache[S]) filled(old, k *cachedStates[S]) {
	k.used.Store(p.fillings.Add(1))
	less := int64(0)
	if old != nil {
		less = old.counted
	}
	p.bytes.Add(k.counted - less)
	p.check()
}

// check drops states if what is kept is over the budget.
func (p *stateCache[S]) check() {
	if p.bytes.Load()+p.snapshots.bytes(p.isTight()) > p.budget {
		p.drop()
	}
}

// isTight reports whether states have gone from leaves: what is kept beside them may be the last to hold some.
func (p *stateCache[S]) isTight() bool { return p.dropped.Load() }

// behindState returns about how many bytes are behind the pointers of a state, beside what its neighbours share.
func (p *stateCache[S]) behindState() int64 { return max(0, p.perState.Load()-p.stateSize) }

// cost returns about how many bytes k takes.
func (p *stateCache[S]) cost(k *cachedStates[S]) int64 {
	cost := p.header + k.behind + p.stateSize*int64(max(k.room, cap(k.most))+cap(k.rest))
	if !k.isFirst {
		cost += max(0, cmp.Or(k.each, p.perState.Load())-p.stateSize) // of the state before
	}
	return cost
}

// A candidate is a leaf from which states may go.
type candidate[S any] struct {
	leaf   *node[S]
	states *cachedStates[S]
	used   uint64
}

// drop lets states go until an eighth of the budget is free: first the daySnapshots if they, counted in full as
// from now on, have more than their share. What leaves begin
// with goes last: it is little and anchored to everything else.
func (p *stateCache[S]) drop() {
	if !p.dropping.TryLock() {
		return // somebody is at it
	}
	defer p.dropping.Unlock()
	p.dropped.Store(true)
	if p.snapshots.bytes(true) > p.budget/daySnapshotShare {
		p.snapshots.drop()
	}
	var candidates []candidate[S]
	total := int64(0)
	p.leaves(func(leaf *node[S]) bool {
		if k := leaf.cached.Load(); k != nil {
			total += p.cost(k)
			candidates = append(candidates, candidate[S]{leaf, k, k.used.Load()})
		}
		return true
	})
	slices.SortFunc(candidates, func(a, b candidate[S]) int { return cmp.Compare(a.used, b.used) })
	target := int64(float64(p.budget) * afterDrop)
	total = p.replace(candidates, total, target-p.snapshots.bytes(true), func(k *cachedStates[S]) *cachedStates[S] { return k.bare() })
	if total+p.snapshots.bytes(true) > target {
		p.snapshots.drop()
	}
	total = p.replace(candidates, total, target-p.snapshots.bytes(true), func(*cachedStates[S]) *cachedStates[S] { return nil })
	p.bytes.Store(total)
}

// replace puts less in the place of what candidates have, one by one, until the
// total is down to target, and returns the total.
func (p *stateCache[S]) replace(candidates []candidate[S], total, target int64, less func(*cachedStates[S]) *cachedStates[S]) int64 {
	for i := 0; i < len(candidates) && total > target; i++ {
		c := &candidates[i]
		k := less(c.states)
		if k != nil {
			k.counted = p.cost(k)
		}
		if !c.leaf.cached.CompareAndSwap(c.states, k) {
			continue // somebody has just added to it
		}
		total -= p.cost(c.states)
		if c.states = k; k != nil {
			total += p.cost(k)
		}
	}
	return total
}

// count returns how many states are kept, and about how many bytes they take.
func (p *stateCache[S]) count() (states int, bytes int64) {
	p.leaves(func(leaf *node[S]) bool {
		if k := leaf.cached.Load(); k != nil {
			states += k.len() + 1
			bytes += p.cost(k)
		}
		return true
	})
	return states, bytes + p.snapshots.bytes(false)
}
