package proof

import (
	"context"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Receipt proves that a record is in a history, to whoever trusts the key of
// a checkpoint. It is all that is needed. Its JSON form is stable.
type Receipt struct {
	Record     string           `json:"record"`     // the stored form of the record
	Proof      tlog.RecordProof `json:"proof"`      // from the record to the root
	Checkpoint string           `json:"checkpoint"` // the signed note
}

// Receipt returns the receipt for the record at a position, under a checkpoint
// of this tree that is signed. The error says that signed is no checkpoint or not one of
// this tree, or that it does not have the position; or it is that of the log.
func (t *Tree) Receipt(ctx context.Context, position int64, signed []byte) (Receipt, error) {
	c, err := ParseCheckpoint(string(signed))
	if err != nil {
		return Receipt{}, err
	}
	if position < 1 || position > c.Size || c.Size > t.Size() {
		return Receipt{}, fmt.Errorf("proof: a receipt for position %d of %d records, and the tree has %d", position, c.Size, t.Size())
	}
	for r, err := range t.log.ReadAll(ctx, position-1) {
		if err != nil {
			return Receipt{}, err
		}
		path, err := tlog.ProveRecord(c.Size, position-1, t.reader(ctx))
		if err != nil {
			return Receipt{}, err
		}
		if err := tlog.CheckRecord(path, c.Size, c.Root, position-1, LeafHash(r)); err != nil {
			return Receipt{}, &MismatchError{position, "it is not what the checkpoint stands for, or the tree was damaged"}
		}
		return Receipt{string(r.AppendJSON(nil)), path, string(signed)}, nil
	}
	return Receipt{}, &MismatchError{position, "it is missing"}
}

// Verify returns the record that a receipt proves to be in the history with the
// given origin, and the checkpoint, which one of the verifiers must know. The
// error matches [ErrCheckpoint], or is a [*MismatchError].
func (r Receipt) Verify(origin string, verifiers ...note.Verifier) (eventlog.Record, Checkpoint, error) {
	c, err := OpenCheckpoint([]byte(r.Checkpoint), origin, verifiers...)
	if err != nil {
		return eventlog.Record{}, Checkpoint{}, err
	}
	var rec eventlog.Record
	if err := rec.UnmarshalJSON([]byte(r.Record)); err != nil { // by itself: a payload may be as deep as encoding/json takes
		return eventlog.Record{}, Checkpoint{}, &MismatchError{0, fmt.Sprintf("the receipt has no record: %v", err)}
	}
	if string(rec.AppendJSON(nil)) != r.Record {
		return eventlog.Record{}, Checkpoint{}, &MismatchError{rec.Position, "the receipt does not have its stored form"}
	}
	if rec.Position < 1 || rec.Position > c.Size {
		return eventlog.Record{}, Checkpoint{}, &MismatchError{rec.Position, fmt.Sprintf("the checkpoint is of %d records", c.Size)}
	}
	if err := tlog.CheckRecord(r.Proof, c.Size, c.Root, rec.Position-1, tlog.RecordHash([]byte(r.Record))); err != nil {
		return eventlog.Record{}, Checkpoint{}, &MismatchError{rec.Position, "the proof does not lead from it to the checkpoint's root"}
	}
	return rec, c, nil
}
