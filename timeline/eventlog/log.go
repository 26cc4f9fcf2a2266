package eventlog

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/google/uuid"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A Log keeps records for good, in the order in which they were appended. Its
// methods are safe for concurrent use, by any number of programs if the store
// is shared.
//
// Every record has a place in the log, its position, and one in its stream,
// its revision. Both count from 1 without gaps and never change. Who reads sees
// a record only when all before it are there.
//
// Package logtest checks that an implementation keeps this contract. The
// interface is the least an implementation must do; [Finder] is for those that can do
// more.
type Log interface {
	// Append adds events to the end of a stream, in the order given: all of
	// them or, with an error, none. With a nil error they are kept for good: no
	// loss of the process or of its machine's power may undo it.
	//
	// Events that the stream has already, with the same content as stored, are
	// not appended again, so that an append whose outcome is unknown can be
	// repeated. If others are left, the stream must stand at the expected
	// revision, 0 for a stream without records; with [AnyRevision] it may stand
	// anywhere. Without events nothing is done, whatever is expected.
	//
	// The ID of an event belongs to the whole log, and its Seq and Recorded are not
	// kept: records are read with their revision as Seq, and as Recorded with the time
	// at which the log took them, which never goes back from one record to the next; where
	// several servers take turns, as far as their clocks agree. What follows from After,
	// Replaces and Rival is not looked at.
	//
	// The error is what [CheckAppend] returns for events that cannot be kept, an
	// [*IDError] if the log has an ID with other content or in another stream,
	// a [*ConflictError] if the stream stands elsewhere. If ctx is cancelled the
	// error wraps its cause, and either all or none of the events are appended;
	// none if it was cancelled before the call.
	//
	// Append must not keep or change the slices it is given.
	Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[Stored]) (AppendResult, error)

	// Read returns an iterator over the records of a stream after a revision,
	// in order. Those that are there when the loop begins are all found, later
	// ones perhaps; of what one Append adds, all or none. A stream that is not
	// there has no records.
	//
	// An error is yielded once, with a zero Record, and ends the loop; if ctx
	// is cancelled it wraps the cause. A record that is not what was appended is
	// never yielded: the error then is a [*CorruptError].
	//
	// The loop can be run again, and its body may use the log. Records share
	// nothing with what the log keeps.
	Read(ctx context.Context, stream string, after int64) iter.Seq2[Record, error]

	// ReadAll is Read for the records of all streams after a position. If the log
	// ends before that position, the error is a [*DivergedError]: it is not the one
	// that was read up to there.
	ReadAll(ctx context.Context, after int64) iter.Seq2[Record, error]

	// Follow is ReadAll that waits for more at the end of the log, until ctx is
	// cancelled: the loop ends with an error only, or when its body ends it.
	//
	// If the log is put back to an older state meanwhile, or replaced by another,
	// the loop ends with a [*DivergedError], at the latest when there is something
	// behind the last record that it has yielded.
	Follow(ctx context.Context, after int64) iter.Seq2[Record, error]

	// End returns the position of the last record, 0 if there is none.
	End(ctx context.Context) (int64, error)

	// Identity returns by what the log is known: a UUID that was made with it, and
	// that its copies and backups have too. Another log has another.
	Identity(ctx context.Context) (uuid.UUID, error)
}

// AnyRevision as the expected revision lets [Log.Append] append wherever the
// stream stands.
const AnyRevision int64 = -1

// A Stored is a payload as a log keeps it: the name and version of its type,
// and JSON. The zero value stands for no payload, as in a retraction.
type Stored struct {
	Type    string // a stable name such as "model.launched", never that of a Go type
	Version int    // of the type's form, from 1
	Data    []byte // compact JSON, as package encoding/json writes it; nil for none
}

// Clone returns a copy of s that shares nothing with it.
func (s Stored) Clone() Stored {
	s.Data = append([]byte(nil), s.Data...)
	return s
}

// A Record is an event in a log, with its place there.
type Record struct {
	Position int64 // in the log: 1, 2, 3 and so on
	Stream   string
	Revision int64 // in the stream: 1, 2, 3 and so on
	Event    timeline.Event[Stored]
}

// AppendResult is what [Log.Append] returns: how far the given events reach, as
// appended now or before. It is zero if there were none.
type AppendResult struct {
	Revision int64 // the greatest of the events
	Position int64 // likewise
}

// Reach returns a with the place of r, if that is farther.
func (a AppendResult) Reach(r Record) AppendResult {
	return AppendResult{max(a.Revision, r.Revision), max(a.Position, r.Position)}
}

// What a log may refuse. The errors of a [Log] match these.
var (
	// ErrConflict reports that a stream does not stand where the caller
	// expected it. The error is a [*ConflictError].
	ErrConflict = errors.New("eventlog: conflicting append")
	// ErrCorrupt reports that a log does not hold what was appended to it. The
	// error is a [*CorruptError].
	ErrCorrupt = errors.New("eventlog: the log is corrupt")
)

// A ConflictError says that a stream stands at another revision than expected.
type ConflictError struct {
	Stream           string
	Expected, Actual int64
}

// Error names the stream and the revisions.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("eventlog: append to stream %q at revision %d, but it is at %d", e.Stream, e.Expected, e.Actual)
}

// Is reports whether target is [ErrConflict].
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }

// An IDError says that an event cannot be appended because its ID is taken: by
// an event of another stream, or by one with other content. It matches
// [timeline.ErrDuplicateID].
type IDError struct {
	ID     uuid.UUID
	Name   string // of the event that was to be appended
	Holder Record // the one that has the ID
}

// Error names the event and the place of the one that has its ID.
func (e *IDError) Error() string {
	return fmt.Sprintf("eventlog: %s: %v: position %d, stream %q, revision %d, ID %v",
		e.Name, timeline.ErrDuplicateID, e.Holder.Position, e.Holder.Stream, e.Holder.Revision, e.ID)
}

// Is reports whether target is [timeline.ErrDuplicateID].
func (e *IDError) Is(target error) bool { return target == timeline.ErrDuplicateID }

// A CorruptError says where a log does not hold what was appended to it.
type CorruptError struct {
	Position int64 // of the record that is damaged or missing; 0 if that is not known
	Err      error
}

// Error names the position and the reason.
func (e *CorruptError) Error() string {
	if e.Position == 0 {
		return fmt.Sprintf("%v: %v", ErrCorrupt, e.Err)
	}
	return fmt.Sprintf("%v at position %d: %v", ErrCorrupt, e.Position, e.Err)
}

// Is reports whether target is [ErrCorrupt].
func (e *CorruptError) Is(target error) bool { return target == ErrCorrupt }

// Unwrap returns the reason.
func (e *CorruptError) Unwrap() error { return e.Err }
