package eventlog

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"

	"github.com/google/uuid"
)

// A Cursor is how far somebody has read a log. It says not only where that is but also
// what was there, so that a log that was put back to an older state, or replaced by
// another, is noticed when reading goes on: see [ReadFrom] and [FollowFrom]. The zero
// value is that of who has read nothing. It can be compared with ==, and kept.
type Cursor struct {
	Log      uuid.UUID // the identity of the log; zero if it is not compared
	Position int64     // of the last record that was read
	Hash     Hash      // of that record; zero if it is not compared
}

// A Hash is that of the stored form of a record: SHA-256 over a zero byte and what
// [Record.AppendJSON] appends, as in the leaf of a Merkle tree of RFC 6962.
type Hash [sha256.Size]byte

// Hash returns the hash of r.
func (r Record) Hash() Hash { return sha256.Sum256(r.AppendJSON([]byte{0})) }

// CursorAt returns the cursor of who has read a log with this identity up to r.
func CursorAt(identity uuid.UUID, r Record) Cursor {
	return Cursor{identity, r.Position, r.Hash()}
}

// ErrDiverged reports a log that does not hold what somebody has read from it. The
// error is a [*DivergedError].
var ErrDiverged = errors.New("eventlog: the log is not the one that was read")

// A DivergedError says that a log was put back to an older state, as by restoring a
// backup, or replaced by another. Whoever has read it must read it anew: what they
// have may hold records that the log does not have.
type DivergedError struct {
	Position int64  // up to which the log was read
	Reason   string // in what it differs
}

// Error names the position and the reason.
func (e *DivergedError) Error() string {
	return fmt.Sprintf("%v up to position %d: %s", ErrDiverged, e.Position, e.Reason)
}

// Is reports whether target is [ErrDiverged].
func (e *DivergedError) Is(target error) bool { return target == ErrDiverged }

// CheckEnd returns the [*DivergedError] of a log that ends before a position up to
// which it was read, or nil.
func CheckEnd(end, position int64) error {
	if end >= position {
		return nil
	}
	return &DivergedError{position, fmt.Sprintf("it ends at position %d", end)}
}

// CheckRecord returns the [*DivergedError] of a log that has r where a record with
// another hash was read, or nil.
func CheckRecord(r Record, read Hash) error {
	if r.Hash() == read {
		return nil
	}
	return &DivergedError{r.Position, "it has another record there"}
}

// ReadFrom is [Log.ReadAll] for the records behind a cursor. If the log is not the one
// that the cursor is of, the error is a [*DivergedError].
func ReadFrom(ctx context.Context, log Log, c Cursor) iter.Seq2[Record, error] {
	return c.behind(ctx, log, log.ReadAll)
}

// FollowFrom is [Log.Follow] for the records behind a cursor. If the log is not the one
// that the cursor is of, the error is a [*DivergedError].
func FollowFrom(ctx context.Context, log Log, c Cursor) iter.Seq2[Record, error] {
	return c.behind(ctx, log, log.Follow)
}

// behind reads from the record of the cursor on, which it compares and leaves out.
func (c Cursor) behind(ctx context.Context, log Log, read func(context.Context, int64) iter.Seq2[Record, error]) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := c.checkIdentity(ctx, log); err != nil {
			yield(Record{}, err)
			return
		}
		if c.Position <= 0 || c.Hash == (Hash{}) {
			read(ctx, max(c.Position, 0))(yield)
			return
		}
		if err := c.checkEnd(ctx, log); err != nil { // or Follow would wait for it
			yield(Record{}, err)
			return
		}
		compared := false
		for r, err := range read(ctx, c.Position-1) {
			if err == nil && r.Position == c.Position {
				if err = CheckRecord(r, c.Hash); err == nil {
					compared = true
					continue
				}
				r = Record{}
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
		if !compared { // it was put back since its end was asked for
			yield(Record{}, CheckEnd(c.Position-1, c.Position))
		}
	}
}

func (c Cursor) checkEnd(ctx context.Context, log Log) error {
	end, err := log.End(ctx)
	if err != nil {
		return err
	}
	return CheckEnd(end, c.Position)
}

func (c Cursor) checkIdentity(ctx context.Context, log Log) error {
	if c.Log == uuid.Nil {
		return nil
	}
	identity, err := log.Identity(ctx)
	if err == nil && identity != c.Log {
		err = &DivergedError{c.Position, fmt.Sprintf("it is the log %v, not %v", identity, c.Log)}
	}
	return err
}
