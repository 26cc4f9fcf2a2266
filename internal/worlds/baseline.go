package worlds

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Baseline is the world in which everything happens, and becomes known, as
// late as it may. It keeps the state after each of its items, folds a state when
// it is first asked for, and never folds one twice. It is safe for concurrent
// use.
type Baseline[S any] struct {
	fold  func(s S, item int) (S, error)
	order []int      // all items, by latest day, then in sequence order
	items []int      // those that the baseline has, in that order
	days  []edtf.Day // the latest day of each of them

	mu     sync.Mutex // held while folding
	none   S          // the state before all items
	states []S        // states[i] is that after items[i]; filled from the left
	folded atomic.Int64
	err    *Refusal // why no more can be folded; written before stuck is set
	stuck  atomic.Bool
}

// NewBaseline returns the baseline of items.
func NewBaseline[S any](fold func(s S, item int) (S, error), items []Item, c *Conflicts) *Baseline[S] {
	b := &Baseline[S]{fold: fold, order: UpTo(len(items))}
	slices.SortStableFunc(b.order, func(i, j int) int {
		return cmp.Compare(items[i].Latest(), items[j].Latest())
	})
	for _, i := range b.order {
		if c.InBaseline(i) {
			b.days = append(b.days, items[i].Latest())
			b.items = append(b.items, i)
		}
	}
	b.states = make([]S, len(b.items))
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
	n := 0
	for most := min(len(b.items), int(other.folded.Load())); n < most && same(b.items[n], other.items[n]); n++ {
		b.states[n] = other.states[n]
	}
	b.folded.Store(int64(n))
}

// Count returns how many items of the baseline have happened by day.
func (b *Baseline[S]) Count(day edtf.Day) int { return Search(b.days, day) }

// Search returns how many of days, which ascend, are not after day.
func Search[D ~int32](days []D, day D) int {
	low, high := 0, len(days)
	for low < high {
		middle := int(uint(low+high) / 2)
		if days[middle] <= day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// At returns the state at the end of day; see [Baseline.State].
func (b *Baseline[S]) At(day edtf.Day) (*S, *Refusal) {
	n := Search(b.days, day)
	if uint(n-1) < uint(b.folded.Load()) {
		return &b.states[n-1], nil
	}
	return b.foldTo(n)
}

// State returns the state after the first n items. If Fold refuses one of them
// it returns the state before that one and the refusal. The state must not be
// changed.
func (b *Baseline[S]) State(n int) (*S, *Refusal) {
	if uint(n-1) < uint(b.folded.Load()) {
		return &b.states[n-1], nil
	}
	return b.foldTo(n)
}

func (b *Baseline[S]) foldTo(n int) (*S, *Refusal) {
	for {
		done := int(b.folded.Load())
		switch {
		case n == 0:
			return &b.none, nil
		case n <= done:
			return &b.states[n-1], nil
		case b.stuck.Load():
			s, _ := b.State(done)
			refused := *b.err // the caller's own
			return s, &refused
		}
		b.foldMore(n)
	}
}

// foldMore folds until n items are folded or one is refused.
func (b *Baseline[S]) foldMore(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := int(b.folded.Load()); i < n && !b.stuck.Load(); i++ {
		s := b.none
		if i > 0 {
			s = b.states[i-1]
		}
		next, err := b.fold(s, b.items[i])
		if err != nil {
			b.err = &Refusal{Item: b.items[i], Day: b.days[i], Err: err}
			b.stuck.Store(true)
			return
		}
		b.states[i] = next
		b.folded.Store(int64(i + 1))
	}
}

// All folds everything and returns the refusal that stops it, or nil.
func (b *Baseline[S]) All() *Refusal {
	_, err := b.State(len(b.items))
	return err
}
