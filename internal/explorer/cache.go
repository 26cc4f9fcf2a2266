package explorer

import (
	"container/list"
	"sync"
)

// A cache keeps answers, those that were last asked for, up to so many bytes.
type cache struct {
	mu    sync.Mutex
	room  int // how many bytes more there is room for
	order *list.List
	found map[string]*list.Element
}

type cached struct {
	key  string
	body []byte
}

func newCache(bytes int) *cache {
	return &cache{room: bytes, order: list.New(), found: map[string]*list.Element{}}
}

// get returns what is kept under a key.
func (c *cache) get(key string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.found[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).body, true
}

// put keeps body under a key, and drops what has not been asked for longest.
func (c *cache) put(key string, body []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.found[key]; ok {
		return
	}
	c.room -= len(key) + len(body)
	c.found[key] = c.order.PushFront(&cached{key, body})
	for c.room < 0 && c.order.Len() > 0 {
		last := c.order.Remove(c.order.Back()).(*cached)
		delete(c.found, last.key)
		c.room += len(last.key) + len(last.body)
	}
}
