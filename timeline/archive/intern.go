package archive

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// An internTable numbers distinct keys in the order in which they come, and keeps a
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
	t := &internTable[K, V]{seed: maphash.MakeSeed()}
	t.table.Store(newInternSlots[K, V](firstInternSize))
	return t
}

func newInternSlots[K comparable, V any](n int) *internSlots[K, V] {
	return &internSlots[K, V]{slots: make([]atomic.Pointer[entry[K, V]], 2*n), list: make([]*entry[K, V], n)}
}

func (t *internTable[K, V]) hash(key K) uint64 { return maphash.Comparable(t.seed, key) }

// find returns the entry of key, or nil and the slot where it belongs.
func (s *internSlots[K, V]) find(key K, hash uint64) (*entry[K, V], uint64) {
	mask := uint64(len(s.slots) - 1)
	for slot := hash & mask; ; slot = (slot + 1) & mask {
		if e := s.slots[slot].Load(); e == nil || e.key == key {
			return e, slot
		}
	}
}

// get returns the entry of key, or nil if it is not there.
func (t *internTable[K, V]) get(key K) *entry[K, V] {
	e, _ := t.table.Load().find(key, t.hash(key))
	return e
}

// add adds e and returns it, or the entry with its key that is there already.
func (t *internTable[K, V]) add(e *entry[K, V]) *entry[K, V] {
	t.mu.Lock()
	defer t.mu.Unlock()
	hash := t.hash(e.key)
	s := t.table.Load()
	there, slot := s.find(e.key, hash)
	if there != nil {
		return there
	}
	count := int(s.count.Load())
	if count == len(s.list) {
		s = t.grow(s)
		_, slot = s.find(e.key, hash)
	}
	e.number = uint32(count)
	s.list[count] = e
	s.slots[slot].Store(e)
	s.count.Store(int64(count + 1))
	return e
}

// grow makes a table twice the size of s.
func (t *internTable[K, V]) grow(s *internSlots[K, V]) *internSlots[K, V] {
	bigger := newInternSlots[K, V](2 * len(s.list))
	for i, e := range s.list {
		_, slot := bigger.find(e.key, t.hash(e.key))
		bigger.list[i] = e
		bigger.slots[slot].Store(e)
	}
	bigger.count.Store(s.count.Load())
	t.table.Store(bigger)
	return bigger
}

// all returns what is in t, by number.
func (t *internTable[K, V]) all() []*entry[K, V] {
	s := t.table.Load()
	return s.list[:s.count.Load()]
}

// bytes returns how many bytes t takes, without what is behind the pointers of its keys and
// values.
func (t *internTable[K, V]) bytes() int64 {
	s := t.table.Load()
	return allocated[*V](len(s.slots)+len(s.list)) + s.count.Load()*allocated[entry[K, V]](1)
}

// at returns what has the given number, which must have been handed out.
func (t *internTable[K, V]) at(number uint32) *entry[K, V] { return t.table.Load().list[number] }
