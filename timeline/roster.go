package timeline

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// A roster numbers distinct keys in the order in which they come, and keeps a
// value with each. Nothing is ever taken out of it, and so looking something
// up needs no lock: a table is only added to, and a number is written into it
// after what it stands for.
type roster[K comparable, V any] struct {
	seed  maphash.Seed
	mu    sync.Mutex // held while adding
	table atomic.Pointer[rosterTable[K, V]]
}

type rosterTable[K comparable, V any] struct {
	slots []atomic.Uint32    // open addressing: 1 + the number of the key there, or 0
	list  []rosterItem[K, V] // by number; beyond count there is nothing yet
	count atomic.Int64
}

type rosterItem[K comparable, V any] struct {
	key   K
	value V
}

const firstRoster = 8 // how many keys the first table holds

func newRoster[K comparable, V any]() *roster[K, V] {
	r := &roster[K, V]{seed: maphash.MakeSeed()}
	r.table.Store(newRosterTable[K, V](firstRoster))
	return r
}

func newRosterTable[K comparable, V any](n int) *rosterTable[K, V] {
	return &rosterTable[K, V]{slots: make([]atomic.Uint32, 2*n), list: make([]rosterItem[K, V], n)}
}

// find returns the number of key in t, or the slot where it belongs.
func (t *rosterTable[K, V]) find(key K, hash uint64) (number int, slot uint64, ok bool) {
	mask := uint64(len(t.slots) - 1)
	for slot = hash & mask; ; slot = (slot + 1) & mask {
		n := t.slots[slot].Load()
		if n == 0 {
			return 0, slot, false
		}
		if t.list[n-1].key == key {
			return int(n - 1), slot, true
		}
	}
}

// number returns the number of key, or false if it is not there.
func (r *roster[K, V]) number(key K) (int, bool) {
	n, _, ok := r.table.Load().find(key, maphash.Comparable(r.seed, key))
	return n, ok
}

// get returns the value of key, or false if it is not there.
func (r *roster[K, V]) get(key K) (V, bool) {
	t := r.table.Load()
	n, _, ok := t.find(key, maphash.Comparable(r.seed, key))
	if !ok {
		var zero V
		return zero, false
	}
	return t.list[n].value, true
}

// add returns the number of key. If it is not there yet it is added, with the
// value that make gives.
func (r *roster[K, V]) add(key K, make func() V) int {
	if n, ok := r.number(key); ok {
		return n
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	hash := maphash.Comparable(r.seed, key)
	t := r.table.Load()
	n, slot, ok := t.find(key, hash)
	if ok {
		return n // somebody was faster
	}
	count := int(t.count.Load())
	if count == len(t.list) {
		t = r.grow(t)
		_, slot, _ = t.find(key, hash)
	}
	t.list[count] = rosterItem[K, V]{key, make()}
	t.slots[slot].Store(uint32(count + 1))
	t.count.Store(int64(count + 1))
	return count
}

// grow makes a table twice the size of t.
func (r *roster[K, V]) grow(t *rosterTable[K, V]) *rosterTable[K, V] {
	bigger := newRosterTable[K, V](2 * len(t.list))
	for i := range t.list {
		_, slot, _ := bigger.find(t.list[i].key, maphash.Comparable(r.seed, t.list[i].key))
		bigger.list[i] = t.list[i]
		bigger.slots[slot].Store(uint32(i + 1))
	}
	bigger.count.Store(t.count.Load())
	r.table.Store(bigger)
	return bigger
}

// all returns what is in r, by number.
func (r *roster[K, V]) all() []rosterItem[K, V] {
	t := r.table.Load()
	return t.list[:t.count.Load()]
}

// at returns what has the given number, which must have been handed out.
func (r *roster[K, V]) at(number int) *rosterItem[K, V] { return &r.table.Load().list[number] }
