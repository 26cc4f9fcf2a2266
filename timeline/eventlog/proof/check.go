package proof

import (
	"context"
	"errors"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"golang.org/x/mod/sumdb/tlog"
)

// Check reads the records of a log that a checkpoint stands for, and returns an
// error if they are not those: a [*MismatchError], or that of the log. It needs
// no tree; [Tree.Verify] also finds the place.
func Check(ctx context.Context, log eventlog.Log, c Checkpoint) error {
	var r rooter
	if err := r.read(ctx, log, c.Size, nil); err != nil {
		return err
	}
	if r.root() != c.Root {
		return r.mismatch(c)
	}
	return nil
}

// Verify is [Check] with the tree's help: of a record that is not what the tree
// has, the error names the position. If the records are right and any hash in
// the store over them is not, the error is [ErrHashes].
func (t *Tree) Verify(ctx context.Context, c Checkpoint) error {
	var r rooter
	stored := run{reader: t.reader(ctx), end: tlog.StoredHashCount(min(t.Size(), c.Size))}
	damaged := false
	wrong := int64(0) // the first position whose leaf is not the stored one
	err := r.read(ctx, t.log, c.Size, func(made []tlog.Hash) error {
		for i, h := range made {
			same, err := stored.next(h)
			if err != nil {
				return err
			}
			damaged = damaged || !same
			if !same && i == 0 && wrong == 0 {
				wrong = r.size
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case r.root() == c.Root && damaged:
		return ErrHashes
	case r.root() == c.Root:
		return nil
	case wrong > 0:
		return &MismatchError{wrong, notInTree}
	}
	return r.mismatch(c)
}

// A run reads stored hashes one after the other, many at once.
type run struct {
	reader   tlog.HashReader
	at, end  int64
	buffered []tlog.Hash
}

// next reports whether the next hash is h. Behind the end all are.
func (s *run) next(h tlog.Hash) (bool, error) {
	if s.at == s.end {
		return true, nil
	}
	if len(s.buffered) == 0 {
		places := make([]int64, min(1000, s.end-s.at))
		for i := range places {
			places[i] = s.at + int64(i)
		}
		var err error
		if s.buffered, err = s.reader.ReadHashes(places); err != nil {
			return false, err
		}
	}
	same := s.buffered[0] == h
	s.at, s.buffered = s.at+1, s.buffered[1:]
	return same, nil
}

// ErrHashes reports that the records are right and the stored hashes of the
// tree are not; [Rebuild] makes them anew.
var ErrHashes = errors.New("proof: the stored hashes of the tree are damaged, the records are not")

// A rooter calculates the root over leaves that come one after the other. It
// keeps a hash for each whole subtree, from the left.
type rooter struct {
	size  int64
	whole []tlog.Hash // largest first
}

// read takes in the first records of a log, and calls each, if it is not nil,
// with the hashes that each record adds to the tree, in the order of storage.
func (r *rooter) read(ctx context.Context, log eventlog.Log, size int64, each func(made []tlog.Hash) error) error {
	if size == 0 {
		return nil
	}
	for rec, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		if rec.Position != r.size+1 {
			return &MismatchError{r.size + 1, fmt.Sprintf("it is missing, the next is at %d", rec.Position)}
		}
		made := r.add(LeafHash(rec))
		if each != nil {
			if err := each(made); err != nil {
				return err
			}
		}
		if r.size == size {
			return nil
		}
	}
	return &MismatchError{r.size + 1, fmt.Sprintf("it is missing: the log holds %d records, and held %d", r.size, size)}
}

// add adds a leaf, and returns it and the nodes above it that it completes.
func (r *rooter) add(leaf tlog.Hash) []tlog.Hash {
	r.whole = append(r.whole, leaf)
	made := []tlog.Hash{leaf}
	for n := r.size; n&1 == 1; n >>= 1 { // as often as two subtrees are of one size
		last := len(r.whole) - 1
		node := tlog.NodeHash(r.whole[last-1], r.whole[last])
		r.whole = append(r.whole[:last-1], node)
		made = append(made, node)
	}
	r.size++
	return made
}

func (r *rooter) mismatch(c Checkpoint) error {
	return &MismatchError{0, fmt.Sprintf("the root over the first %d records is %v, and the checkpoint's is %v", c.Size, r.root(), c.Root)}
}

func (r *rooter) root() tlog.Hash {
	if r.size == 0 {
		root, _ := tlog.TreeHash(0, nil)
		return root
	}
	last := len(r.whole) - 1
	root := r.whole[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(r.whole[i], root)
	}
	return root
}

// CheckExtension returns an error unless a proof shows that the history of the
// later checkpoint begins with that of the earlier one. It needs neither log nor
// tree. The error is a [*MismatchError].
func CheckExtension(earlier, later Checkpoint, proof tlog.TreeProof) error {
	switch {
	case earlier.Origin != later.Origin:
		return &MismatchError{0, fmt.Sprintf("the checkpoints are of %q and of %q", earlier.Origin, later.Origin)}
	case earlier.Size > later.Size:
		return &MismatchError{0, fmt.Sprintf("it had %d records and then %d", earlier.Size, later.Size)}
	case later.Size > maxSize:
		return &MismatchError{0, fmt.Sprintf("no log has %d records", later.Size)}
	case earlier.Size == later.Size && earlier.Root != later.Root:
		return &MismatchError{0, fmt.Sprintf("there are two roots over %d records", later.Size)}
	case earlier.Size == 0:
		if earlier.Root != (&rooter{}).root() || len(proof) > 0 {
			return &MismatchError{0, "the checkpoint of no records has another root"}
		}
		return nil
	}
	if err := tlog.CheckTree(proof, later.Size, later.Root, earlier.Size, earlier.Root); err != nil {
		return &MismatchError{0, fmt.Sprintf("the first %d of %d records are not those there were: %v", earlier.Size, later.Size, err)}
	}
	return nil
}
