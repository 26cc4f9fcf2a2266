package personal

import (
	"crypto/rand"
	"sync"
)

// Memory keeps keys in memory alone: when the program ends, everything that was sealed is
// lost. It is for tests. The zero value has no keys.
type Memory struct {
	mu   sync.Mutex
	keys map[string]*Key // nil for one that was destroyed
}

// Make is that of [Keys].
func (m *Memory) Make(subject string) (Key, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key, ok := m.keys[subject]
	switch {
	case ok && key == nil:
		return Key{}, ErrErased
	case ok:
		return *key, nil
	}
	key = new(Key)
	rand.Read(key[:]) //nolint:errcheck // it never fails
	if m.keys == nil {
		m.keys = map[string]*Key{}
	}
	m.keys[subject] = key
	return *key, nil
}

// Find is that of [Keys].
func (m *Memory) Find(subject string) (Key, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key, ok := m.keys[subject]
	switch {
	case !ok:
		return Key{}, ErrNoKey
	case key == nil:
		return Key{}, ErrErased
	}
	return *key, nil
}

// Destroy destroys the key of a subject, which gets no other. It may have none.
func (m *Memory) Destroy(subject string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.keys == nil {
		m.keys = map[string]*Key{}
	}
	m.keys[subject] = nil
}
