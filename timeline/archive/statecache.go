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

func (c *stateCache[S]) init(size func(S) int, leaves func(yield func(*node[S]) bool), days keptDays) {
	c.size, c.leaves, c.snapshots, c.same = size, leaves, days, value.Sameness[S]()
	c.header = int64(value.Allocated(int(reflect.TypeFor[cachedStates[S]]().Size()), true))
	c.stateSize = int64(reflect.TypeFor[S]().Size())
}

// use marks k as used now.
func (c *stateCache[S]) use(k *cachedStates[S]) {
	if now := c.fillings.Load(); k.used.Load() != now {
		k.used.Store(now)
	}
}

// filled says that k is kept in place of old, which may be nil.
func (c *stateCache[S]) filled(old, k *cachedStates[S]) {
	k.used.Store(c.fillings.Add(1))
	less := int64(0)
	if old != nil {
		less = old.counted
	}
	c.bytes.Add(k.counted - less)
	c.check()
}

// check drops states if what is kept is over the budget.
func (c *stateCache[S]) check() {
	if c.bytes.Load()+c.snapshots.bytes(c.isTight()) > c.budget {
		c.drop()
	}
}

// isTight reports whether states have gone from leaves: what is kept beside them may be the last to hold some.
func (c *stateCache[S]) isTight() bool { return c.dropped.Load() }

// A candidate is a leaf from which states may go.
type candidate[S any] struct {
	leaf   *node[S]
	states *cachedStates[S]
	used   uint64
}

const afterDrop = 7. / 8. // of the budget

// drop lets states go until an eighth of the budget is free: first the day snapshots if they, counted in
// full as from now on, have more than their share; then the states of leaves, the least recently
// used first; then the day snapshots. What leaves begin with goes last: it is little, and
// everything else can be folded from it.
func (c *stateCache[S]) drop() {
	if !c.dropping.TryLock() {
		return // somebody is at it
	}
	defer c.dropping.Unlock()
	c.dropped.Store(true)
	if c.snapshots.bytes(true) > c.budget/daySnapshotShare {
		c.snapshots.drop()
	}
	var candidates []candidate[S]
	total := int64(0)
	c.leaves(func(leaf *node[S]) bool {
		if k := leaf.cached.Load(); k != nil {
			total += c.cost(k)
			candidates = append(candidates, candidate[S]{leaf, k, k.used.Load()})
		}
		return true
	})
	slices.SortFunc(candidates, func(a, b candidate[S]) int { return cmp.Compare(a.used, b.used) })
	target := int64(float64(c.budget) * afterDrop)
	total = c.replace(candidates, total, target-c.snapshots.bytes(true), func(k *cachedStates[S]) *cachedStates[S] { return k.bare() })
	if total+c.snapshots.bytes(true) > target {
		c.snapshots.drop()
	}
	total = c.replace(candidates, total, target-c.snapshots.bytes(true), func(*cachedStates[S]) *cachedStates[S] { return nil })
	c.bytes.Store(total)
}

// replace puts less in the place of what candidates have, one by one, until the
// total is down to target, and returns the total.
func (c *stateCache[S]) replace(candidates []candidate[S], total, target int64, less func(*cachedStates[S]) *cachedStates[S]) int64 {
	for i := 0; i < len(candidates) && total > target; i++ {
		one := &candidates[i]
		k := less(one.states)
		if k != nil {
			k.counted = c.cost(k)
		}
		if !one.leaf.cached.CompareAndSwap(one.states, k) {
			continue // somebody has just added to it
		}
		total -= c.cost(one.states)
		if one.states = k; k != nil {
			total += c.cost(k)
		}
	}
	return total
}

// count returns how many states are kept, and about how many bytes they take.
func (c *stateCache[S]) count() (states int, bytes int64) {
	c.leaves(func(leaf *node[S]) bool {
		if k := leaf.cached.Load(); k != nil {
			states += k.len() + 1
			bytes += c.cost(k)
		}
		return true
	})
	return states, bytes + c.snapshots.bytes(false)
}
