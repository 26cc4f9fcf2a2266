package archive

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// A internTable numbers distinct keys in the order in which they come, and keeps a
// value with each. Nothing is ever taken out of it, and so looking something
// up needs no lock: a table is only added to, one whole item at a time.
type internTable[K comparable, V any] struct {
	seed  maphash.Seed
	mu    sync.Mutex // held while adding
	table atomic.Pointer[internSlots[K, V]]
}

type internSlots[K comparable, V any] struct {
	slots []atomic.Pointer[entry[K, V]] // open addressing, by key
	list  []*entry[K, V]                // by number; beyond count there is nothing yet
	count atomic.Int64
}

// An entry is a key and its value, which is made before others can see it.
type entry[K comparable, V any] struct {
	key    K
	number uint32
	value  V
}

const firstInternSize = 8 // how many keys the first table holds

func newInternTable[K comparable, V any]() *internTable[K, V] {
	r := &internTable[K, V]{seed: maphash.MakeSeed()}
	r.table.Store(newInternSlots[K, V](firstInternSize))
	return r
}

func newInternSlots[K comparable, V any](n int) *internSlots[K, V] {
	return &internSlots[K, V]{slots: make([]atomic.Pointer[entry[K, V]], 2*n), list: make([]*entry[K, V], n)}
}

func (r *internTable[K, V]) hash(key K) uint64 { return maphash.Comparable(r.seed, key) }

// find returns the entry of key in t, or nil and the slot where it belongs.
func (t *internSlots[K, V]) find(key K, hash uint64) (*entry[K, V], uint64) {
	mask := uint64(len(t.slots) - 1)
	for slot := hash & mask; ; slot = (slot + 1) & mask {
		if e := t.slots[slot].Load(); e == nil || e.key == key {
			return e, slot
		}
	}
}

// get returns the entry of key, or nil if it is not there.
func (r *internTable[K, V]) get(key K) *entry[K, V] {
	e, _ := r.table.Load().find(key, r.hash(key))
	return e
}

// add adds e and returns it, or the entry with its key that is there already.
func (r *internTable[K, V]) add(e *entry[K, V]) *entry[K, V] {
	r.mu.Lock()
	defer r.mu.Unlock()
	hash := r.hash(e.key)
	t := r.table.Load()
	there, slot := t.find(e.key, hash)
	if there != nil {
		return there
	}
	count := int(t.count.Load())
	if count == len(t.list) {
		t = r.grow(t)
		_, slot = t.find(e.key, hash)
	}
	e.number = uint32(count)
	t.list[count] = e
	t.slots[slot].Store(e)
	t.count.Store(int64(count + 1))
	return e
}

// grow makes a table twice the size of t.
func (r *internTable[K, V]) grow(t *internSlots[K, V]) *internSlots[K, V] {
	bigger := newInternSlots[K, V](2 * len(t.list))
	for i, e := range t.list {
		_, slot := bigger.find(e.key, r.hash(e.key))
		bigger.list[i] = e
		bigger.slots[slot].Store(e)
	}
	bigger.count.Store(t.count.Load())
	r.table.Store(bigger)
	return bigger
}

// all returns what is in r, by number.
func (r *internTable[K, V]) all() []*entry[K, V] {
	t := r.table.Load()
	return t.list[:t.count.Load()]
}

// bytes returns how many bytes r takes, without what is behind the pointers of its keys and
// values.
func (r *internTable[K, V]) bytes() int64 {
	t := r.table.Load()
	return allocated[*V](len(t.slots)+len(t.list)) + t.count.Load()*allocated[entry[K, V]](1)
}

// at returns what has the given number, which must have been handed out.
func (r *internTable[K, V]) at(number uint32) *entry[K, V] { return r.table.Load().list[number] }
