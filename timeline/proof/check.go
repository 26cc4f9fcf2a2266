package proof

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Check reads the records of a log that a checkpoint stands for, and returns an
// error if they are not those: a [*MismatchError], or that of the log. It needs
// no tree; [Tree.Verify] also finds the place.
func Check(ctx context.Context, log timeline.Log, c Checkpoint) error {
	var r rooter
	if err := r.read(ctx, log, c.Size, nil); err != nil {
		return err
	}
	if root := r.root(); root != c.Root {
		return &MismatchError{0, fmt.Sprintf("the root over %d records is %v, and was %v", c.Size, root, c.Root)}
	}
	return nil
}

// Verify is [Check] with the tree's help: of a record that is not what the tree
// has, the error names the position. If the records are right and the hashes in
// the store are not, the error is [ErrHashes].
func (t *Tree) Verify(ctx context.Context, c Checkpoint) error {
	var r rooter
	var wrong error
	var stored []tlog.Hash // the leaves from a multiple of leavesAtOnce on
	size := t.Size()
	err := r.read(ctx, t.log, c.Size, func(at int64, leaf tlog.Hash) (err error) {
		if wrong != nil || at >= size {
			return nil
		}
		if at%leavesAtOnce == 0 {
			stored, err = t.leaves(ctx, at, min(at+leavesAtOnce, size))
		}
		if err == nil && stored[at%leavesAtOnce] != leaf {
			wrong = &MismatchError{at + 1, "it is not what the tree has"}
		}
		return err
	})
	if err != nil {
		return err
	}
	if r.root() == c.Root {
		if root, err := tlog.TreeHash(min(c.Size, t.Size()), t.reader(ctx)); wrong != nil || err != nil || t.Size() >= c.Size && root != c.Root {
			return errors.Join(ErrHashes, err)
		}
		return nil
	}
	if wrong == nil {
		wrong = &MismatchError{0, fmt.Sprintf("the root over %d records is %v, and was %v", c.Size, r.root(), c.Root)}
	}
	return wrong
}

const leavesAtOnce = 1000

// leaves returns the stored hashes of some records.
func (t *Tree) leaves(ctx context.Context, from, to int64) ([]tlog.Hash, error) {
	var places []int64
	for at := from; at < to; at++ {
		places = append(places, tlog.StoredHashIndex(0, at))
	}
	return t.reader(ctx).ReadHashes(places)
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

// read takes in the first records of a log, and calls each with the leaf of
// each if it is not nil.
func (r *rooter) read(ctx context.Context, log timeline.Log, size int64, each func(at int64, leaf tlog.Hash) error) error {
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
		leaf := LeafHash(rec)
		if each != nil {
			if err := each(r.size, leaf); err != nil {
				return err
			}
		}
		if r.add(leaf); r.size == size {
			return nil
		}
	}
	return &MismatchError{r.size + 1, fmt.Sprintf("it is missing: the log holds %d records, and held %d", r.size, size)}
}

func (r *rooter) add(leaf tlog.Hash) {
	r.whole = append(r.whole, leaf)
	for n := r.size; n&1 == 1; n >>= 1 { // as often as two subtrees are of one size
		last := len(r.whole) - 1
		r.whole[last-1] = tlog.NodeHash(r.whole[last-1], r.whole[last])
		r.whole = r.whole[:last]
	}
	r.size++
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
	case earlier.Size == 0:
		var r rooter
		if earlier.Root != r.root() || len(proof) > 0 {
			return &MismatchError{0, "the checkpoint of no records has another root"}
		}
		return nil
	}
	if err := tlog.CheckTree(proof, later.Size, later.Root, earlier.Size, earlier.Root); err != nil {
		return &MismatchError{0, fmt.Sprintf("the first %d of %d records are not those there were: %v", earlier.Size, later.Size, err)}
	}
	return nil
}
