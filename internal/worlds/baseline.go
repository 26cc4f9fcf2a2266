package worlds

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Baseline is the world in which everything happens, and becomes known, as
// late as it may. It keeps the states after its items, and folds a state when it
// is first asked for. It is safe for concurrent use.
//
// A history of many items whose states are large keeps the state after every
// second item only, or every fourth and so on, so that states take about
// maxStateBytes; what lies between is folded again when it is asked for.
//
//	items     0  1  2  3  4  5  6  7
//	stride 1  s  s  s  s  s  s  s  s      after each item
//	stride 2     s     s     s     s      State(5) folds item 4 onto State(4)
//
// How large states are is measured now and then, of a state and its successor
// together, so that what they share counts once.
type Baseline[S any] struct {
	fold  func(s S, item int) (S, error)
	order []int      // all items, by latest day, then in sequence order
	items []int      // those that the baseline has, in that order
	days  []edtf.Day // the latest day of each of them

	none S // the state before all items
	kept atomic.Pointer[keptStates[S]]

	bytes atomic.Int64 // about what the states take that were folded, if each is kept

	mu        sync.Mutex // held while folding; what follows belongs to who holds it
	last      S          // the state after all items that are folded
	measureAt int        // the item whose state is measured next
}

// keptStates are states after items. One that has been added is not changed.
type keptStates[S any] struct {
	stride int          // a state is kept after each so many items
	states []S          // states[i] is that after (i+1)*stride items; filled from the left
	folded atomic.Int64 // how many items are folded
	err    *Refusal     // why no more can be folded; written before stuck is set
	stuck  atomic.Bool
}

const (
	maxStateBytes = 8 << 20 // about what the states of a baseline may take
	alwaysKept    = 1 << 10 // after so many items states are kept whatever they take
	measureFirst  = 64      // items after which a state is measured
)

// NewBaseline returns the baseline of items.
func NewBaseline[S any](fold func(s S, item int) (S, error), items []Item, c *Conflicts) *Baseline[S] {
	b := &Baseline[S]{fold: fold, order: UpTo(len(items))}
	slices.SortStableFunc(b.order, func(i, j int) int {
		return cmp.Compare(items[i].Latest(), items[j].Latest())
	})
	b.days, b.items = make([]edtf.Day, 0, len(items)), make([]int, 0, len(items))
	for _, i := range b.order {
		if c.InBaseline(i) {
			b.days = append(b.days, items[i].Latest())
			b.items = append(b.items, i)
		}
	}
	b.kept.Store(&keptStates[S]{stride: 1, states: make([]S, len(b.items))})
	return b
}

// Order returns all items by latest day, then in sequence order. The slice must
// not be changed.
func (b *Baseline[S]) Order() []int { return b.order }

// Items returns the items that the baseline has, in the order in which they are
// folded. The slice must not be changed.
func (b *Baseline[S]) Items() []int { return b.items }

// Reuse takes over the states that other has folded, as far as both begin with
// the same items. same reports whether item i of b is item j of other. Reuse
// must come before the first question.
func (b *Baseline[S]) Reuse(other *Baseline[S], same func(i, j int) bool) {
	from := other.kept.Load()
	n := 0
	for most := min(len(b.items), int(from.folded.Load())); n < most && same(b.items[n], other.items[n]); n++ {
	}
	n -= n % from.stride // up to a state that is kept
	if n == 0 {
		return
	}
	k := &keptStates[S]{stride: from.stride, states: make([]S, len(b.items)/from.stride)}
	copy(k.states, from.states[:n/from.stride])
	k.folded.Store(int64(n))
	b.last = from.states[n/from.stride-1]
	b.measureAt = n
	b.bytes.Store(other.bytes.Load() * int64(n) / max(from.folded.Load(), 1))
	b.kept.Store(k)
}

// Count returns how many items of the baseline have happened by day.
func (b *Baseline[S]) Count(day edtf.Day) int { return Search(b.days, day) }

// Search returns how many of days, which ascend, are not after day.
//
// A binary search waits for memory at each step, since a step depends on the one before. So when at most
// 256 days are left, Search looks at every 16th of them, which the processor can load at the same time;
// a line of memory holds 16. Then it looks through the 16 that are left.
func Search[D ~int32](days []D, day D) int {
	const few, step = 256, 16
	low, high := 0, len(days)
	for high-low > few {
		middle := int(uint(low+high) / 2)
		if days[middle] <= day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for low+step <= high && days[low+step-1] <= day {
		low += step
	}
	for low < high && days[low] <= day {
		low++
	}
	return low
}

// At returns the state at the end of day; see [Baseline.State].
func (b *Baseline[S]) At(day edtf.Day) (*S, *Refusal) { return b.State(Search(b.days, day)) }

// State returns the state after the first n items. If Fold refuses one of them
// it returns the state before that one and the refusal. The state must not be
// changed.
func (b *Baseline[S]) State(n int) (*S, *Refusal) {
	if k := b.kept.Load(); k.stride == 1 && uint(n-1) < uint(k.folded.Load()) {
		return &k.states[n-1], nil
	}
	return b.state(n)
}

// AtHand returns the state at the end of day if it is there without folding anything.
func (b *Baseline[S]) AtHand(day edtf.Day) (*S, bool) {
	n := Search(b.days, day)
	k := b.kept.Load()
	switch {
	case n == 0:
		return &b.none, true
	case n%k.stride == 0 && n <= int(k.folded.Load()):
		return &k.states[n/k.stride-1], true
	}
	return nil, false
}

// AnyState is [Baseline.State] for an [Engine].
func (b *Baseline[S]) AnyState(n int) (State, *Refusal) { return b.State(n) }

// state is State where the state is not at hand: it is folded first, or between
// two states that are kept, or behind a refusal.
func (b *Baseline[S]) state(n int) (*S, *Refusal) {
	for {
		k := b.kept.Load()
		done := int(k.folded.Load())
		switch {
		case n <= done:
			return b.refold(k, n), nil
		case k.stuck.Load():
			refused := *k.err // the caller's own
			return b.refold(k, done), &refused
		}
		b.foldTo(n)
	}
}

// refold returns the state after n items, which are folded already.
func (b *Baseline[S]) refold(k *keptStates[S], n int) *S {
	i := n / k.stride
	s := &b.none
	if i > 0 {
		s = &k.states[i-1]
	}
	if i*k.stride == n {
		return s
	}
	state := *s
	for _, item := range b.items[i*k.stride : n] {
		state, _ = b.fold(state, item) // it was folded before
	}
	return &state
}

// foldTo folds until n items are folded or one is refused.
func (b *Baseline[S]) foldTo(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := b.kept.Load()
	for i := int(k.folded.Load()); i < n && !k.stuck.Load(); i++ {
		next, err := b.fold(b.last, b.items[i])
		if err != nil {
			k.err = &Refusal{Item: b.items[i], Day: b.days[i], Err: err}
			k.stuck.Store(true)
			return
		}
		if i >= b.measureAt && len(b.items) > alwaysKept {
			b.measure(i, b.last, next)
		}
		b.last = next
		if (i+1)%k.stride == 0 {
			k.states[(i+1)/k.stride-1] = next
		}
		k.folded.Store(int64(i + 1))
		if b.bytes.Load() > int64(k.stride)*maxStateBytes {
			k = b.thin(k)
		}
	}
}

// measure adds what the state after item i takes beside the one before it, and
// as much for those until a state is measured again. The farther on, the more
// they are: measuring costs as much as folding many items.
func (b *Baseline[S]) measure(i int, before, after S) {
	b.measureAt = i + max(measureFirst, i/16)
	b.bytes.Add(int64((b.measureAt - i) * value.Extra(&before, &after)))
}

// thin keeps every second of the states of k. Whoever reads k at the same time
// goes on with k, which stays as it is; only new questions see the half.
func (b *Baseline[S]) thin(k *keptStates[S]) *keptStates[S] {
	half := &keptStates[S]{stride: 2 * k.stride, states: make([]S, len(b.items)/(2*k.stride))}
	done := k.folded.Load()
	for i := range int(done) / half.stride {
		half.states[i] = k.states[2*i+1]
	}
	half.folded.Store(done)
	b.kept.Store(half)
	return half
}

// All folds everything and returns the refusal that stops it, or nil.
func (b *Baseline[S]) All() *Refusal {
	_, err := b.State(len(b.items))
	return err
}
