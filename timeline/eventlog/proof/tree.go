package proof

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"golang.org/x/mod/sumdb/tlog"
)

// A Store keeps the hashes of a tree, beside the log. They can be made again
// from the records, so it need not be careful: [Open] makes those that are
// missing. Its methods are safe for concurrent use.
type Store interface {
	// Count returns how many hashes there are, from the first on without gaps.
	Count(ctx context.Context) (int64, error)
	// Hashes returns the hashes at places, which count from 0, in the order of
	// places.
	Hashes(ctx context.Context, places []int64) ([][32]byte, error)
	// Extend adds hashes from a place on, where those that are there already,
	// which are the same, may be left as they are.
	Extend(ctx context.Context, from int64, hashes [][32]byte) error
	// Clear removes all hashes.
	Clear(ctx context.Context) error
}

// Memory is a [Store] in memory. The zero value is an empty one.
type Memory struct {
	mu     sync.RWMutex
	hashes [][32]byte
}

// Count is [Store.Count].
func (m *Memory) Count(context.Context) (int64, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return int64(len(m.hashes)), nil
}

// Hashes is [Store.Hashes].
func (m *Memory) Hashes(_ context.Context, places []int64) ([][32]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	list := make([][32]byte, len(places))
	for i, p := range places {
		if p < 0 || p >= int64(len(m.hashes)) {
			return nil, fmt.Errorf("proof: no hash at %d", p)
		}
		list[i] = m.hashes[p]
	}
	return list, nil
}

// Extend is [Store.Extend].
func (m *Memory) Extend(_ context.Context, from int64, hashes [][32]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if from < 0 || from > int64(len(m.hashes)) {
		return fmt.Errorf("proof: hashes from %d on, where %d are there", from, len(m.hashes))
	}
	if have := int64(len(m.hashes)) - from; have < int64(len(hashes)) {
		m.hashes = append(m.hashes, hashes[have:]...)
	}
	return nil
}

// Clear is [Store.Clear].
func (m *Memory) Clear(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hashes = nil
	return nil
}

// A Tree is the Merkle tree over a log's records, as far as it has taken them
// in. It is safe for concurrent use.
type Tree struct {
	log   eventlog.Log
	store Store

	mu   sync.Mutex
	size int64
	last tlog.Hash // of the last record, zero if it is not known yet
}

// Open returns the tree over all records that a log holds now. It calculates
// the hashes that the store does not have. If the last of the store's does not
// go with its record, the error is a [*MismatchError]: either of them was
// changed, and [Rebuild] followed by [Tree.Verify] with a checkpoint tells which.
func Open(ctx context.Context, log eventlog.Log, store Store) (*Tree, error) {
	t := &Tree{log: log, store: store}
	count, err := store.Count(ctx)
	if err != nil {
		return nil, err
	}
	t.size = sizeOf(count)
	return t, t.Update(ctx)
}

// Rebuild calculates all hashes anew, for a store whose hashes are damaged.
func Rebuild(ctx context.Context, log eventlog.Log, store Store) (*Tree, error) {
	if err := store.Clear(ctx); err != nil {
		return nil, err
	}
	return Open(ctx, log, store)
}

// sizeOf returns over how many records a tree is that has so many hashes.
func sizeOf(count int64) int64 {
	return int64(sort.Search(int(count)+1, func(n int) bool { return tlog.StoredHashCount(int64(n)) > count })) - 1
}

// checkLast compares the last record that the tree has with the log.
func (t *Tree) checkLast(ctx context.Context) error {
	if t.size == 0 {
		return nil
	}
	for r, err := range t.log.ReadAll(ctx, t.size-1) {
		if errors.Is(err, eventlog.ErrDiverged) {
			break
		}
		if err != nil {
			return err
		}
		if t.last == (tlog.Hash{}) {
			leaf, err := t.reader(ctx).ReadHashes([]int64{tlog.StoredHashIndex(0, t.size-1)})
			if err != nil {
				return err
			}
			t.last = leaf[0]
		}
		if t.last != LeafHash(r) {
			return &MismatchError{t.size, notInTree}
		}
		return nil
	}
	return &MismatchError{t.size, "it is missing, and the tree has it"}
}

// LeafHash returns the hash of a record in a tree.
func LeafHash(r eventlog.Record) tlog.Hash { return tlog.Hash(r.Hash()) }

// batchSize is how many hashes are stored at once, at least.
const batchSize = 4096

// Update takes in the records that were appended since. If the log does not hold any
// more what the tree was made of, as after it was put back to an older state, the error
// is a [*MismatchError], and the tree stays as it is.
func (t *Tree) Update(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := pending{reader: t.reader(ctx), from: tlog.StoredHashCount(t.size)}
	size, last := t.size, tlog.Hash{}
	flush := func() error {
		if len(b.hashes) == 0 {
			return nil
		}
		if err := t.store.Extend(ctx, b.from, b.hashes); err != nil {
			return err
		}
		b.from, b.hashes = b.from+int64(len(b.hashes)), nil
		t.size, t.last = size, last
		return nil
	}
	if err := t.checkLast(ctx); err != nil {
		return err
	}
	for r, err := range t.log.ReadAll(ctx, t.size) {
		if err != nil {
			return err
		}
		if r.Position != size+1 {
			return &MismatchError{size + 1, fmt.Sprintf("it is missing, the next is at %d", r.Position)}
		}
		last = LeafHash(r)
		hashes, err := tlog.StoredHashesForRecordHash(size, last, b)
		if err != nil {
			return err
		}
		for _, h := range hashes {
			b.hashes = append(b.hashes, h)
		}
		size++
		if len(b.hashes) >= batchSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// pending reads hashes of which the last are not stored yet.
type pending struct {
	reader tlog.HashReader
	from   int64
	hashes [][32]byte
}

// ReadHashes is that of [tlog.HashReader].
func (b pending) ReadHashes(places []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(places))
	for i, p := range places {
		if p >= b.from {
			list[i] = b.hashes[p-b.from]
			continue
		}
		stored, err := b.reader.ReadHashes([]int64{p})
		if err != nil {
			return nil, err
		}
		list[i] = stored[0]
	}
	return list, nil
}

// reader reads stored hashes.
func (t *Tree) reader(ctx context.Context) tlog.HashReader {
	return tlog.HashReaderFunc(func(places []int64) ([]tlog.Hash, error) {
		stored, err := t.store.Hashes(ctx, places)
		if err != nil {
			return nil, err
		}
		list := make([]tlog.Hash, len(stored))
		for i, h := range stored {
			list[i] = h
		}
		return list, nil
	})
}

// Size returns how many records the tree has taken in.
func (t *Tree) Size() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size
}

// Checkpoint returns the checkpoint of the first records, from none to [Tree.Size]
// of them, under an origin. Another size is an error.
func (t *Tree) Checkpoint(ctx context.Context, origin string, size int64) (Checkpoint, error) {
	if have := t.Size(); size < 0 || size > have {
		return Checkpoint{}, fmt.Errorf("proof: a checkpoint of %d records, and the tree has %d", size, have)
	}
	root, err := tlog.TreeHash(size, t.reader(ctx))
	return Checkpoint{origin, size, root}, err
}

// ProveExtension returns a proof that what the tree had at one size begins with
// what it had at a smaller one; see [CheckExtension]. From 0 there is nothing to prove,
// and the proof is nil. Sizes that the tree did not have are an error.
func (t *Tree) ProveExtension(ctx context.Context, from, to int64) (tlog.TreeProof, error) {
	if have := t.Size(); from < 0 || from > to || to > have {
		return nil, fmt.Errorf("proof: from %d records to %d, and the tree has %d", from, to, have)
	}
	if from == 0 {
		return nil, nil // everything begins with nothing
	}
	return tlog.ProveTree(to, from, t.reader(ctx))
}

// A MismatchError says where a log, its tree and a checkpoint do not go
// together.
type MismatchError struct {
	Position int64 // of the record; 0 if that is not known
	Reason   string
}

// notInTree is what is wrong with a record whose hash is not in the tree.
const notInTree = "it is not the one that the tree was made of, or the tree was damaged"

// Error names the position and the reason.
func (e *MismatchError) Error() string {
	if e.Position == 0 {
		return "proof: the history does not match: " + e.Reason
	}
	return fmt.Sprintf("proof: the history does not match: the record at position %d: %s", e.Position, e.Reason)
}
