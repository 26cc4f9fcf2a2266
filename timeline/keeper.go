package timeline

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// A keeper keeps the states of an archive within a budget of bytes. What was
// used least recently goes first: it can always be folded again.
type keeper[S any] struct {
	budget int64
	size   func(S) int // as the caller says, or nil
	leaves func(yield func(*node[S]) bool)
	frames interface {
		drop()
		bytes() int64
	}

	bytes    atomic.Int64  // about what is kept; counted anew when something goes
	perState atomic.Int64  // what one more state costs, as far as measured
	fillings atomic.Uint64 // the clock: it goes on whenever states are added
	dropping sync.Mutex
}

const (
	measureEvery = 64      // fillings
	denseState   = 256     // bytes; what is larger is not kept after every event
	maxStride    = 32      // events
	keptHeader   = 96      // bytes that kept takes beside its states
	afterDrop    = 7. / 8. // of the budget
)

// use marks k as used now.
func (p *keeper[S]) use(k *saved[S]) {
	if now := p.fillings.Load(); k.used.Load() != now {
		k.used.Store(now)
	}
}

// stride returns after how many events a state is to be kept, by what states
// were found to cost: after every one while they are small.
func (p *keeper[S]) stride() int {
	stride := 1
	for stride < maxStride && p.perState.Load() > int64(denseState*stride) {
		stride *= 2
	}
	return stride
}

// measure looks now and then at what state next costs beside prev.
func (p *keeper[S]) measure(prev, next S) {
	if p.fillings.Load()%measureEvery != 0 && p.perState.Load() > 0 {
		return
	}
	size := 0
	if p.size != nil {
		size = p.size(next)
	} else {
		size = sizeOf(&prev, &next)
	}
	if old := p.perState.Load(); old > 0 {
		size = int(old) + (size-int(old))/8
	}
	p.perState.Store(int64(max(1, size)))
}

// filled says that k, with so many more states, is kept.
func (p *keeper[S]) filled(k *saved[S], more int) {
	k.used.Store(p.fillings.Add(1))
	if p.bytes.Add(int64(more)*p.perState.Load()+keptHeader) > p.budget {
		p.drop()
	}
}

// cost returns what k costs, with its states and without them.
func (p *keeper[S]) cost(k *saved[S]) (all, bare int64) {
	per := p.perState.Load()
	return keptHeader + per*int64(1+k.len()), keptHeader + per
}

// drop lets states go until an eighth of the budget is free. What leaves begin
// with goes last: it is little and leads to everything else.
func (p *keeper[S]) drop() {
	if !p.dropping.TryLock() {
		return // somebody is at it
	}
	defer p.dropping.Unlock()
	type candidate struct {
		leaf *node[S]
		kept *saved[S]
		used uint64
	}
	var candidates []candidate
	total := int64(0)
	p.leaves(func(leaf *node[S]) bool {
		if k := leaf.kept.Load(); k != nil {
			all, _ := p.cost(k)
			total += all
			candidates = append(candidates, candidate{leaf, k, k.used.Load()})
		}
		return true
	})
	target := int64(float64(max(0, p.budget)) * afterDrop)
	p.frames.drop() // they lead to states that are to go
	slices.SortFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.used, b.used) })
	for i := 0; i < len(candidates) && total > target; i++ {
		c := &candidates[i]
		all, bare := p.cost(c.kept)
		if k := c.kept.first(0); c.leaf.kept.CompareAndSwap(c.kept, k) {
			c.kept = k
			total -= all - bare
		}
	}
	for i := 0; i < len(candidates) && total > target; i++ {
		c := &candidates[i]
		if c.leaf.kept.CompareAndSwap(c.kept, nil) {
			_, bare := p.cost(c.kept)
			total -= bare
		}
	}
	p.bytes.Store(total)
}

// count returns how many states are kept, and about how many bytes they take.
func (p *keeper[S]) count() (states int, bytes int64) {
	p.leaves(func(leaf *node[S]) bool {
		if k := leaf.kept.Load(); k != nil {
			all, _ := p.cost(k)
			states += k.len() + 1
			bytes += all
		}
		return true
	})
	return states, bytes + p.frames.bytes()
}
